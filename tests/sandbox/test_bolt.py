"""An app made with Bolt lives in the sandbox as it does in Slack."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.sandbox import App, Channel, Installation, Person, Sandbox
from bot.sandbox.wire.server import serving
from tests.sandbox.receiver import buttons, section, text_input

FORM = {
    "type": "modal",
    "callback_id": "setup",
    "title": {"type": "plain_text", "text": "Set up"},
    "submit": {"type": "plain_text", "text": "Save"},
    "blocks": [text_input("name")],
}


def team_app(app: App, installation: Installation, sandbox: Sandbox) -> AsyncApp:
    """`/maturity setup` opens a form; saved, its name stands in the direct message with a button that says thanks."""
    bolt = AsyncApp(
        signing_secret=app.signing_secret,
        client=AsyncWebClient(token=installation.bot_token, base_url=f"{sandbox.url}/api/"),
        process_before_response=True,
    )

    async def setup(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=FORM)
        await ack()

    async def save(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
        name = body["view"]["state"]["values"]["name"]["typed"]["value"]
        if name == "taken":
            await ack(response_action="errors", errors={"name": "That name is taken."})
            return
        await ack()
        await client.chat_postMessage(
            channel=body["user"]["id"], text=f"Saved {name}", blocks=[section(f"Saved {name}"), buttons("b", ok="Fine")]
        )

    async def thank(ack: Any, respond: Any) -> None:
        await ack()
        await respond(text="Thanks", replace_original=True)

    async def home(event: dict[str, Any], client: AsyncWebClient) -> None:
        await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": [section("Your teams")]})

    bolt.command("/maturity")(setup)
    bolt.view("setup")(save)
    bolt.action("ok")(thank)
    bolt.event("app_home_opened")(home)
    return bolt


@pytest.fixture
def bolt(app: App, installation: Installation, sandbox: Sandbox) -> AsyncApp:
    return team_app(app, installation, sandbox)


@asynccontextmanager
async def over_http(app: App, bolt: AsyncApp, sandbox: Sandbox) -> AsyncIterator[None]:
    del sandbox
    handler = AsyncSlackRequestHandler(bolt)

    async def endpoint(request: Request) -> Response:
        return await handler.handle(request)

    routes = Starlette(routes=[Route("/slack/events", endpoint, methods=["POST"])])
    async with serving(routes, host="127.0.0.1", port=0) as url:
        app.request_url = f"{url}/slack/events"
        yield


@asynccontextmanager
async def over_the_socket(app: App, bolt: AsyncApp, sandbox: Sandbox) -> AsyncIterator[None]:
    app.request_url = None
    client = AsyncWebClient(base_url=f"{sandbox.url}/api/")
    handler = AsyncSocketModeHandler(bolt, app.app_token, web_client=client, ping_interval=0.05)
    await handler.connect_async()  # type: ignore[no-untyped-call]
    await sandbox.until(lambda: sandbox.socket_mode.connections(app))
    try:
        yield
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]


@pytest.fixture(params=[over_http, over_the_socket])
async def running(request: pytest.FixtureRequest, app: App, bolt: AsyncApp, sandbox: Sandbox) -> AsyncIterator[None]:
    async with request.param(app, bolt, sandbox):
        yield


@pytest.mark.usefixtures("running")
async def test_a_person_goes_from_a_command_through_a_form_to_a_receipt(
    app: App, sandbox: Sandbox, channel: Channel, ana: Person
) -> None:
    assert (await ana.types("/maturity setup", channel)).status == 200
    await ana.fills("name", "taken")
    assert (await ana.submits()).errors == {"name": "That name is taken."}
    await ana.fills("name", "Permits")
    assert (await ana.submits()).errors == {}
    assert ana.modal is None
    (message,) = ana.sees(app)
    assert message.shown == "Saved Permits\n[Fine]"
    await ana.taps(message, action_id="ok")
    await sandbox.until(lambda: [message.text for message in ana.sees(app)] == ["Thanks"])


@pytest.mark.usefixtures("running")
async def test_a_home_tab_appears_when_it_is_opened(app: App, ana: Person, sandbox: Sandbox) -> None:
    await ana.opens_home(app)
    home = await sandbox.until(lambda: ana.home(app))
    assert home.blocks[0]["text"]["text"] == "Your teams"
