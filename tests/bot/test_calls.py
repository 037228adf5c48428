"""Every call to Slack, over its wire: what each verdict makes of it, what is heard, and how long it is waited for."""

import logging
import time
from collections.abc import AsyncIterator
from typing import Any, ClassVar

import pytest
from slack_sdk.errors import SlackApiError

from bot.sandbox import Sandbox
from bot.slack.calls import Client, Patience, Refusal, may_pass, pages, patient, verdict_on
from bot.slack.verdicts import Verdict

WORD_OF = {
    Verdict.PASSING: "rate_limited",
    Verdict.INSTALLATION: "account_inactive",
    Verdict.CHANNEL: "is_archived",
    Verdict.PERSON: "user_not_visible",
    Verdict.SETTING: "missing_scope",
    Verdict.TARGET: "message_not_found",
    Verdict.MOMENT: "hash_conflict",
    Verdict.BUG: "a_word_of_next_year",
}
CALLS: dict[str, dict[str, Any]] = {
    "auth.test": {},
    "chat.postMessage": {"channel": "C1", "text": "Hi"},
    "chat.update": {"channel": "C1", "ts": "1.5", "text": "Hi"},
    "conversations.history": {"channel": "D1"},
    "conversations.info": {"channel": "C1"},
    "conversations.join": {"channel": "C1"},
    "conversations.list": {},
    "conversations.members": {"channel": "C1"},
    "conversations.open": {"users": "U1"},
    "files.completeUploadExternal": {"files": [{"id": "F1"}]},
    "files.getUploadURLExternal": {"filename": "a.png", "length": 3},
    "usergroups.list": {},
    "usergroups.users.list": {"usergroup": "S1"},
    "users.info": {"user": "U1"},
    "views.open": {"trigger_id": "1", "view": {}},
    "views.publish": {"user_id": "U1", "view": {}},
    "views.push": {"trigger_id": "1", "view": {}},
    "views.update": {"view_id": "V1", "view": {}},
}


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox().serve() as served:
        yield served


def a_client(sandbox: Sandbox, heard: list[Refusal]) -> Client:
    app = sandbox.add_app(name="maturity", scopes=["channels:read", "users:read", "chat:write", "im:write"])
    workspace = sandbox.add_workspace(name="City", domain="city")
    return Client(hear=heard.append, token=app.install(workspace).bot_token, base_url=f"{sandbox.url}/api/")


class Written(str):
    """A text that counts how often somebody writes it out but to send it."""

    __slots__ = ()
    times: ClassVar[list[str]] = []

    def __repr__(self) -> str:
        self.times.append(self)
        return super().__repr__()


async def test_what_is_sent_is_written_out_for_nobody_else(sandbox: Sandbox, caplog: pytest.LogCaptureFixture) -> None:
    client = a_client(sandbox, [])
    with caplog.at_level(logging.DEBUG):
        await client.api_call("auth.test", json={"text": Written("What somebody wrote")})
    assert Written.times == []


async def test_each_call_meets_each_verdict_and_every_refusal_is_heard_with_its_method(sandbox: Sandbox) -> None:
    heard: list[Refusal] = []
    client = a_client(sandbox, heard)
    for method, arguments in CALLS.items():
        for verdict, word in WORD_OF.items():
            sandbox.faults.add(method=method, kind="refused", word=word)
            with pytest.raises(SlackApiError) as caught:
                await client.api_call(method, json=arguments)
            assert verdict_on(caught.value) is verdict
            assert may_pass(caught.value) is (verdict is Verdict.PASSING)
            assert (heard[-1].method, heard[-1].code, heard[-1].verdict) == (method, word, verdict)
    assert len(heard) == len(CALLS) * len(WORD_OF)


async def test_a_patient_call_waits_for_what_passes_as_long_as_slack_says_and_no_longer_than_it_may(
    sandbox: Sandbox,
) -> None:
    waits: list[float] = []
    client = a_client(sandbox, [])
    waiting = patient(client, Patience(5.0, lambda _method, seconds: waits.append(seconds)))
    sandbox.faults.add(method="auth.test", kind="ratelimited", retry_after=1)
    sandbox.faults.add(method="auth.test", kind="refuse_connection")
    begun = time.monotonic()
    await waiting.auth_test()
    assert time.monotonic() - begun >= 1
    assert len(waits) == 2
    sandbox.faults.add(method="auth.test", kind="ratelimited", retry_after=30)
    with pytest.raises(SlackApiError):
        await waiting.auth_test()
    sandbox.faults.add(method="auth.test", kind="refused", word="account_inactive")
    with pytest.raises(SlackApiError):
        await waiting.auth_test()
    assert len(waits) == 2, "what doesn't pass isn't waited for"


async def test_a_patient_post_is_repeated_only_where_slack_has_not_done_it(sandbox: Sandbox) -> None:
    client = patient(a_client(sandbox, []), Patience(5.0))
    workspace = next(iter(sandbox.workspaces.values()))
    ana = workspace.add_person(name="Ana")
    sandbox.faults.add(method="chat.postMessage", kind="refused", word="service_unavailable")
    await client.chat_postMessage(channel=ana.id, text="Hi")
    sandbox.faults.add(method="chat.postMessage", kind="refused", word="internal_error")
    with pytest.raises(SlackApiError):
        await client.chat_postMessage(channel=ana.id, text="Hi")
    assert len(sandbox.traffic.of("chat.postMessage")) == 3


async def test_a_list_goes_on_from_where_slack_asked_to_wait(sandbox: Sandbox) -> None:
    client = patient(a_client(sandbox, []), Patience(5.0))
    workspace = next(iter(sandbox.workspaces.values()))
    for number in range(5):
        workspace.add_channel(f"channel-{number}")
    sandbox.faults.add(
        method="conversations.list", kind="ratelimited", retry_after=1, when=lambda said: bool(said.get("cursor"))
    )  # fmt: skip
    names = [channel["name"] async for channel in pages(client.conversations_list, "channels", size=2)]
    assert names == [f"channel-{number}" for number in range(5)]
    assert len(sandbox.traffic.of("conversations.list")) == 4


async def test_the_permissions_that_are_missing_are_told_by_their_names(sandbox: Sandbox) -> None:
    heard: list[Refusal] = []
    client = a_client(sandbox, heard)
    with pytest.raises(SlackApiError):
        await client.usergroups_list()
    with pytest.raises(SlackApiError):
        await client.conversations_list(types="public_channel,private_channel")
    assert [(each.code, each.needed) for each in heard] == [
        ("missing_scope", "usergroups:read"),
        ("missing_scope", "groups:read"),
    ]
