"""Socket Mode, with the client of Slack's own SDK at the other end."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import App, Channel, Person, Sandbox, Workspace
from tests.sandbox.receiver import buttons, section


class Listener:
    """Keeps what came, and acknowledges with `payload` unless it is told to be silent."""

    def __init__(self) -> None:
        self.requests: list[SocketModeRequest] = []
        self.payload: dict[str, Any] | None = None
        self.silent = False

    async def __call__(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        self.requests.append(request)
        if not self.silent:
            await client.send_socket_mode_response(
                SocketModeResponse(envelope_id=request.envelope_id, payload=self.payload)
            )


@pytest.fixture
def listener() -> Listener:
    return Listener()


@pytest.fixture
def app(app: App) -> App:
    app.request_url = None
    return app


@pytest.fixture
async def socket(sandbox: Sandbox, app: App, listener: Listener) -> AsyncIterator[SocketModeClient]:
    client = SocketModeClient(
        app_token=app.app_token, web_client=AsyncWebClient(base_url=f"{sandbox.url}/api/"), ping_interval=0.05
    )
    client.socket_mode_request_listeners.append(listener)
    await client.connect()  # type: ignore[no-untyped-call]
    await sandbox.until(lambda: sandbox.socket_mode.connections(app) == 1)
    yield client
    await client.close()  # type: ignore[no-untyped-call]


@pytest.mark.usefixtures("socket")
async def test_commands_and_taps_come_through_the_socket_and_are_answered(
    client: AsyncWebClient, channel: Channel, ana: Person, listener: Listener
) -> None:
    listener.payload = {"text": "Here you are"}
    reply = await ana.types("/maturity help", channel)
    assert (reply.status, reply.text) == (200, "Here you are")
    listener.payload = None
    await client.chat_postMessage(channel=channel.id, text="Tap", blocks=[buttons("b", go="Go")])
    assert (await ana.taps(ana.sees(channel)[-1], action_id="go")).status == 200
    assert [request.type for request in listener.requests] == ["slash_commands", "interactive"]
    assert all(request.accepts_response_payload for request in listener.requests)


@pytest.mark.usefixtures("socket")
async def test_a_form_is_answered_through_the_socket(
    client: AsyncWebClient, channel: Channel, ana: Person, listener: Listener
) -> None:
    await ana.types("/maturity setup", channel)
    view = {
        "type": "modal",
        "title": {"type": "plain_text", "text": "Set up"},
        "submit": {"type": "plain_text", "text": "Save"},
        "blocks": [section("Hi")],
    }
    await client.views_open(trigger_id=listener.requests[-1].payload["trigger_id"], view=view)
    listener.payload = {"response_action": "update", "view": view | {"blocks": [section("Done")]}}
    assert (await ana.submits()).response_action == "update"
    assert ana.modal is not None
    assert ana.modal.blocks[0]["text"]["text"] == "Done"


@pytest.mark.usefixtures("socket")
async def test_an_event_that_is_not_acknowledged_comes_again(
    sandbox: Sandbox, channel: Channel, ana: Person, listener: Listener
) -> None:
    assert channel.members
    sandbox.answer_within = 0.05
    sandbox.retry_delays = (0.0,)
    listener.silent = True
    ana.change(tz="Asia/Tokyo")
    await sandbox.quiet()
    first, second = listener.requests
    assert first.payload["event_id"] == second.payload["event_id"]
    assert (first.retry_attempt, second.retry_attempt, second.retry_reason) == (0, 1, "http_timeout")
    reply = await ana.types("/maturity help", channel)
    assert reply.error == "operation_timeout"


async def test_without_a_connection_nothing_can_be_dispatched(channel: Channel, ana: Person) -> None:
    assert (await ana.types("/maturity help", channel)).error == "dispatch_failed"


async def test_an_app_that_is_asked_to_reconnects(
    sandbox: Sandbox, app: App, channel: Channel, ana: Person, socket: SocketModeClient
) -> None:
    before = await socket.session_id()
    await sandbox.socket_mode.refresh(app)
    await sandbox.until(lambda: sandbox.socket_mode.connections(app) == 1)
    assert (await ana.types("/maturity help", channel)).status == 200
    assert await socket.session_id() != before


async def test_connections_take_turns(
    sandbox: Sandbox, app: App, city: Workspace, channel: Channel, ana: Person
) -> None:
    assert city.installations
    web = AsyncWebClient(base_url=f"{sandbox.url}/api/")
    async with aiohttp.ClientSession() as session:
        sockets = []
        for _ in range(2):
            opened = await web.apps_connections_open(app_token=app.app_token)
            sockets.append(await session.ws_connect(opened["url"]))
            assert (await sockets[-1].receive_json())["type"] == "hello"
        await sandbox.until(lambda: sandbox.socket_mode.connections(app) == 2)
        sandbox.answer_within = 0.05
        for _ in range(2):
            await ana.types("/maturity help", channel)
        envelopes = [await one.receive_json() for one in sockets]
        assert [envelope["type"] for envelope in envelopes] == ["slash_commands", "slash_commands"]
        for one in sockets:
            await one.close()
        await sandbox.until(lambda: sandbox.socket_mode.connections(app) == 0)


async def test_an_eleventh_connection_is_sent_away_and_a_ticket_works_once(
    sandbox: Sandbox, app: App, city: Workspace
) -> None:
    assert app.id not in city.installations
    web = AsyncWebClient(base_url=f"{sandbox.url}/api/")
    async with aiohttp.ClientSession() as session:
        sockets = []
        for number in range(11):
            url = (await web.apps_connections_open(app_token=app.app_token))["url"]
            sockets.append(await session.ws_connect(url))
            frame = await sockets[-1].receive_json()
            assert frame["type"] == ("hello" if number < 10 else "disconnect")
        assert frame["reason"] == "too_many_websockets"
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(url)
        for one in sockets:
            await one.close()
