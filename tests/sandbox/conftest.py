"""A workspace with a channel, three people and an app whose other end is a `Receiver`."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import App, Channel, Installation, Person, Sandbox, Workspace
from bot.sandbox.wire.server import serving
from tests.sandbox.receiver import Clock, Receiver

SCOPES = (
    "channels:history",
    "channels:join",
    "channels:read",
    "chat:write",
    "commands",
    "files:read",
    "files:write",
    "groups:history",
    "groups:read",
    "im:history",
    "im:read",
    "im:write",
    "mpim:write",
    "team:read",
    "usergroups:read",
    "users:read",
)
EVENTS = (
    "app_home_opened",
    "app_uninstalled",
    "channel_archive",
    "channel_deleted",
    "channel_left",
    "channel_rename",
    "channel_unarchive",
    "group_left",
    "member_joined_channel",
    "member_left_channel",
    "message.im",
    "subteam_members_changed",
    "team_join",
    "tokens_revoked",
    "user_change",
)


@pytest.fixture
def clock() -> Clock:
    return Clock(datetime(2026, 11, 2, 15, 0, tzinfo=UTC))


@pytest.fixture
async def sandbox(clock: Clock) -> AsyncIterator[Sandbox]:
    sandbox = Sandbox(clock=clock)
    sandbox.answer_within = 300.0  # a test of answers that come too late says so
    sandbox.retry_delays = (0.0, 0.0, 0.0)
    async with sandbox.serve():
        yield sandbox


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    async with serving(receiver.application(), host="127.0.0.1", port=0) as url:
        receiver.url = f"{url}/slack/events"
        yield receiver


@pytest.fixture
def city(sandbox: Sandbox) -> Workspace:
    return sandbox.add_workspace(id="T0CITY", name="City", domain="city")


@pytest.fixture
def ana(city: Workspace) -> Person:
    return city.add_person(name="Ana Ruiz", display_name="ana", is_admin=True)


@pytest.fixture
def ben(city: Workspace) -> Person:
    return city.add_person(name="Ben Okafor", display_name="ben", tz="Europe/Lisbon")


@pytest.fixture
def app(sandbox: Sandbox, receiver: Receiver) -> App:
    return sandbox.add_app(
        name="Check-in",
        scopes=SCOPES,
        commands=["/maturity"],
        events=EVENTS,
        request_url=receiver.url,
        redirect_urls=["https://app.example/slack/oauth_redirect"],
    )


@pytest.fixture
def installation(app: App, city: Workspace, ana: Person, ben: Person) -> Installation:
    """Of an app that came after the people, so that it doesn't hear them join."""
    assert {ana.id, ben.id} < city.people.keys()
    return app.install(city)


@pytest.fixture
def channel(city: Workspace, ana: Person, ben: Person, installation: Installation) -> Channel:
    return city.add_channel("permits-online", members=[ana, ben, installation])


@pytest.fixture
def client(sandbox: Sandbox, installation: Installation) -> AsyncWebClient:
    return AsyncWebClient(token=installation.bot_token, base_url=f"{sandbox.url}/api/", retry_handlers=[])
