"""Answers to taps and commands, over the wire: at the address that came with them, else by direct message."""

import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest
from slack_bolt.async_app import AsyncRespond

from bot.sandbox import Channel, Person, Sandbox
from bot.sandbox.wire.faults import Faults
from bot.slack import response_urls
from bot.slack.blocks import Message
from bot.slack.calls import Client
from tests.journeys.city import PATIENCE

MESSAGE = Message("Saved.", [])


FAULTS: dict[str, dict[str, Any]] = {
    "ok": {},
    "refused": {"kind": "refused", "word": "used_url"},
    "rate_limited": {"kind": "ratelimited", "retry_after": 30},
    "unanswered": {"kind": "refuse_connection", "times": 10},
}


@dataclass(frozen=True)
class Tapped:
    """Somebody tapped, and waits for an answer."""

    person: Person
    respond: AsyncRespond
    client: Client
    direct: Channel
    faults: Faults

    async def replied(self) -> None:
        await response_urls.reply(MESSAGE, respond=self.respond, client=self.client, user_id=self.person.id)

    @property
    def read(self) -> int:
        """How often they were written to."""
        return len(self.person.sees(self.direct))


@pytest.fixture
async def tapped() -> AsyncIterator[Tapped]:
    async with Sandbox().serve() as sandbox:
        app = sandbox.add_app(name="maturity", scopes=["chat:write", "im:write"])
        workspace = sandbox.add_workspace(name="City", domain="city")
        installation, ana = app.install(workspace), workspace.add_person(name="Ana")
        channel = workspace.add_channel("permits", members=[ana, installation])
        respond = AsyncRespond(response_url=sandbox.response_urls.issue(installation, ana, channel))
        client = Client(token=installation.bot_token, base_url=f"{sandbox.url}/api/")
        yield Tapped(ana, respond, client, ana.dm(app), sandbox.faults)


async def test_an_answer_that_both_ways_refuse_is_written_as_soon_as_slack_takes_it(tapped: Tapped) -> None:
    tapped.faults.add(method="response_url", kind="server_error")
    tapped.faults.add(method="chat.postMessage", kind="server_error")
    tapped.faults.add(method="chat.postMessage", kind="refuse_connection")
    await tapped.replied()
    assert tapped.read == 1


async def test_it_is_written_no_sooner_than_slack_asks(tapped: Tapped) -> None:
    tapped.faults.add(method="response_url", kind="ratelimited")
    tapped.faults.add(method="chat.postMessage", kind="ratelimited", retry_after=1)
    begun = time.monotonic()
    await tapped.replied()
    assert time.monotonic() - begun >= 1
    assert tapped.read == 1


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "ratelimited", "retry_after": int(response_urls.FOR) + 1},
        {"kind": "refused", "word": "messages_tab_disabled"},
        {"kind": "refused", "word": "token_revoked"},
    ],
    ids=["longer than anybody waits", "a setting", "a token"],
)
async def test_what_slack_takes_too_late_or_never_is_given_up_and_logged(
    tapped: Tapped, fault: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    tapped.faults.add(method="response_url", kind="server_error")
    never = tapped.faults.add(method="chat.postMessage", times=10, **fault)
    await tapped.replied()
    assert never.times == 9
    assert tapped.read == 0
    assert "reached them by no way" in caplog.text


async def test_an_address_that_says_no_with_a_good_status_has_not_taken_the_answer(tapped: Tapped) -> None:
    tapped.faults.add(method="response_url", kind="refused", word="used_url", status=200)
    await tapped.replied()
    assert tapped.read == 1


async def test_an_address_that_keeps_silent_is_left_in_time(tapped: Tapped) -> None:
    silent = tapped.faults.add(method="response_url", kind="slow", delay=None)
    assert not await response_urls.taken(MESSAGE, respond=tapped.respond, replace=False, within=0.05)
    silent.release()
    assert await response_urls.taken(MESSAGE, respond=tapped.respond, replace=False, within=PATIENCE)


@pytest.mark.parametrize("outcome", FAULTS)
async def test_each_answer_is_counted_by_what_became_of_it(tapped: Tapped, outcome: str) -> None:
    counted: list[tuple[str, str]] = []
    if FAULTS[outcome]:
        tapped.faults.add(method="response_url", **FAULTS[outcome])
    client = Client(
        token=tapped.client.token,
        base_url=tapped.client.base_url,
        watch=lambda method, became, _seconds: counted.append((method, became)),
    )
    respond = response_urls.at(tapped.respond.response_url or "", client=client)
    taken = await response_urls.taken(MESSAGE, respond=respond, replace=False, within=PATIENCE)
    assert taken == (outcome == "ok")
    assert counted == [("response_url", outcome)]
