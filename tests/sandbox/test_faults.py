"""Slack going wrong on purpose, and its rate limits."""

import asyncio

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError, SlackRequestError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.sandbox import App, Channel, Person, Sandbox
from tests.sandbox.receiver import Receiver, refused


async def test_a_rate_limited_call_says_when_to_come_again_and_does_nothing(
    sandbox: Sandbox, client: AsyncWebClient, channel: Channel
) -> None:
    sandbox.faults.add(method="chat.postMessage", kind="ratelimited", retry_after=7)
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel=channel.id, text="Hi")
    response = caught.value.response
    assert (response.status_code, response["error"], response.headers["Retry-After"]) == (429, "ratelimited", "7")
    assert channel.messages == {}
    await client.chat_postMessage(channel=channel.id, text="Hi")
    assert len(channel.messages) == 1


@pytest.mark.parametrize(
    ("kind", "done"), [("lose_reply", 1), ("refuse_connection", 0)], ids=["the reply is lost", "nothing gets through"]
)
async def test_a_broken_connection_tells_nothing_about_what_was_done(
    sandbox: Sandbox, client: AsyncWebClient, channel: Channel, kind: str, done: int
) -> None:
    sandbox.faults.add(method="chat.postMessage", kind=kind)  # type: ignore[arg-type]  # a parameter of the test
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await client.chat_postMessage(channel=channel.id, text="Hi")
    assert len(channel.messages) == done
    assert sandbox.traffic[-1]["status"] == 0


async def test_an_internal_error_is_slack_s_own_word(
    sandbox: Sandbox, client: AsyncWebClient, channel: Channel
) -> None:
    sandbox.faults.add(method="*", kind="internal_error")
    assert (await refused(client.chat_postMessage(channel=channel.id, text="Hi")))["error"] == "internal_error"
    assert channel.messages == {}


async def test_a_server_error_is_no_json(sandbox: Sandbox, client: AsyncWebClient, channel: Channel) -> None:
    sandbox.faults.add(method="chat.postMessage", kind="server_error")
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel=channel.id, text="Hi")
    assert caught.value.response.status_code == 503
    assert channel.messages == {}


async def test_a_slow_call_is_done_in_the_end(sandbox: Sandbox, client: AsyncWebClient, channel: Channel) -> None:
    sandbox.faults.add(method="chat.postMessage", kind="slow", delay=0.01)
    await client.chat_postMessage(channel=channel.id, text="Hi")
    assert len(channel.messages) == 1


async def test_a_held_call_is_done_once_it_is_released(
    sandbox: Sandbox, client: AsyncWebClient, channel: Channel
) -> None:
    held = sandbox.faults.add(method="chat.postMessage", kind="slow", delay=None)
    calling = asyncio.create_task(client.chat_postMessage(channel=channel.id, text="Hi"))
    await sandbox.until(lambda: held.times == 0)
    assert channel.messages == {}
    held.release()
    await calling
    assert len(channel.messages) == 1


async def test_a_fault_strikes_only_whom_it_is_meant_for(
    sandbox: Sandbox, client: AsyncWebClient, app: App, channel: Channel, ana: Person
) -> None:
    county = sandbox.add_workspace(name="County", domain="county")
    far = app.install(county)
    road = county.add_channel("roads", members=[far])
    fault = sandbox.faults.add(
        method="chat.postMessage",
        kind="internal_error",
        times=2,
        workspace=county,
        when=lambda call: "bad" in call["text"],
    )
    await client.chat_postMessage(channel=ana.id, text="bad, but here")
    await client.chat_postMessage(channel=road.id, text="good", token=far.bot_token)
    bad = client.chat_postMessage(channel=road.id, text="bad", token=far.bot_token)
    assert (await refused(bad))["error"] == "internal_error"
    assert fault.times == 1
    sandbox.faults.clear()
    await client.chat_postMessage(channel=road.id, text="bad", token=far.bot_token)
    assert channel.messages == {}


async def test_response_urls_and_uploads_can_fail_too(
    sandbox: Sandbox, client: AsyncWebClient, channel: Channel, ana: Person, receiver: Receiver
) -> None:
    await ana.types("/maturity help", channel)
    webhook = AsyncWebhookClient(receiver.bodies[-1]["response_url"], retry_handlers=[])
    sandbox.faults.add(method="response_url", kind="server_error")
    assert (await webhook.send(text="Hi")).status_code == 503
    sandbox.faults.add(method="response_url", kind="lose_reply")
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await webhook.send(text="Hi")
    sandbox.faults.add(method="response_url", kind="refuse_connection")
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await webhook.send(text="Hi")
    assert [message.text for message in ana.sees(channel)] == ["Hi"]
    sandbox.faults.add(method="upload", kind="server_error")
    with pytest.raises(SlackRequestError, match="status: 503"):
        await client.files_upload_v2(content=b"x", filename="a.png")


async def test_a_burst_goes_through_and_the_rest_must_wait(
    sandbox: Sandbox, client: AsyncWebClient, channel: Channel
) -> None:
    sandbox.rate_limits = {"chat.postMessage": (0.1, 2)}
    for _ in range(2):
        await client.chat_postMessage(channel=channel.id, text="Hi")
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel=channel.id, text="Hi")
    assert caught.value.response.status_code == 429
    assert 1 <= int(caught.value.response.headers["Retry-After"]) <= 10
    assert (await client.users_list())["ok"] is True
    assert len(channel.messages) == 2


async def test_any_word_can_be_the_answer_for_a_time(
    sandbox: Sandbox, client: AsyncWebClient, channel: Channel
) -> None:
    fault = sandbox.faults.add(method="*", kind="refused", word="message_limit_exceeded", seconds=60)
    for _try in range(3):
        said = await refused(client.chat_postMessage(channel=channel.id, text="Hi"))
        assert said["error"] == "message_limit_exceeded"
    sandbox.faults.end(fault)
    sandbox.faults.add(method="*", kind="refused", word="rate_limited", seconds=0)
    await client.chat_postMessage(channel=channel.id, text="Hi")
    assert len(channel.messages) == 1


async def test_a_person_can_be_unknown_to_users_info_and_a_member_all_the_same(
    client: AsyncWebClient, channel: Channel, ana: Person
) -> None:
    ana.untold = "user_not_visible"
    assert (await refused(client.users_info(user=ana.id)))["error"] == "user_not_visible"
    assert ana.id in (await client.conversations_members(channel=channel.id))["members"]
    await client.chat_postMessage(channel=ana.id, text="Hi")


async def test_a_recreated_app_is_another_bot_that_reaches_nothing_of_the_old_one(
    client: AsyncWebClient, app: App, ana: Person
) -> None:
    old = await client.chat_postMessage(channel=ana.id, text="Hi")
    before = (await client.auth_test())["user_id"]
    new = app.recreate(ana.workspace).bot_token
    assert (await refused(client.auth_test()))["error"] == "account_inactive"
    assert (await client.auth_test(token=new))["user_id"] != before
    into_the_old = client.chat_postMessage(channel=old["channel"], text="Hi", token=new)
    assert (await refused(into_the_old))["error"] == "channel_not_found"
    change = client.chat_update(channel=old["channel"], ts=old["ts"], text="Ho", token=new)
    assert (await refused(change))["error"] == "channel_not_found"
    assert (await client.conversations_open(users=[ana.id], token=new))["channel"]["id"] != old["channel"]


async def test_limits_refuse_as_slack_does(client: AsyncWebClient, channel: Channel) -> None:
    for page in (client.conversations_list(limit=2000), client.conversations_members(channel=channel.id, limit=2000)):
        assert (await refused(page))["error"] == "invalid_limit"
    posted = await client.chat_postMessage(channel=channel.id, text="x" * 4001)
    longer = client.chat_update(channel=channel.id, ts=posted["ts"], text="x" * 4001)
    assert (await refused(longer))["error"] == "msg_too_long"
    uploaded = await client.files_upload_v2(content="a,b", filename="rounds.csv", channel=channel.id)
    image = {"type": "image", "alt_text": "A", "slack_file": {"id": uploaded["file"]["id"]}}
    shown = await refused(client.chat_postMessage(channel=channel.id, text="Look", blocks=[image]))
    assert (shown["error"], shown["errors"]) == (
        "invalid_blocks",
        ["invalid slack file [json-pointer:/blocks/0/slack_file]"],
    )
