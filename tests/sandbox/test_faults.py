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
    await sandbox.until(lambda: held.times == 0, timeout=60)
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
