"""Events: who hears what, and what happens when the app doesn't listen."""

import asyncio
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient
from starlette.responses import PlainTextResponse, Response

from bot.sandbox import App, Channel, Installation, Person, Sandbox, Workspace
from tests.sandbox.receiver import Receiver


async def heard(sandbox: Sandbox, receiver: Receiver) -> list[dict[str, Any]]:
    """The events since the last time, without what no test expects."""
    await sandbox.quiet()
    events = [{name: value for name, value in event.items() if name != "event_ts"} for event in receiver.events]
    receiver.requests.clear()
    return events


async def test_an_app_hears_how_its_channel_changes(
    sandbox: Sandbox, city: Workspace, channel: Channel, ana: Person, receiver: Receiver
) -> None:
    carla = city.add_person(name="Carla")
    await heard(sandbox, receiver)
    membership = {"user": carla.id, "channel": channel.id, "channel_type": "C", "team": city.id}
    channel.invite(carla, by=ana)
    assert await heard(sandbox, receiver) == [{"type": "member_joined_channel", **membership, "inviter": ana.id}]
    channel.invite(carla)
    assert await heard(sandbox, receiver) == []
    channel.remove(carla)
    assert await heard(sandbox, receiver) == [{"type": "member_left_channel", **membership}]
    channel.rename("permits")
    (renamed,) = await heard(sandbox, receiver)
    assert (renamed["type"], renamed["channel"]["name"]) == ("channel_rename", "permits")
    channel.archive(by=ana)
    assert await heard(sandbox, receiver) == [{"type": "channel_archive", "channel": channel.id, "user": ana.id}]
    channel.unarchive(by=ana)
    assert await heard(sandbox, receiver) == [{"type": "channel_unarchive", "channel": channel.id, "user": ana.id}]
    channel.delete(by=ana)
    assert await heard(sandbox, receiver) == [{"type": "channel_deleted", "channel": channel.id, "user": ana.id}]
    assert channel.id not in city.channels


@pytest.mark.parametrize(("is_private", "event"), [(False, "channel_left"), (True, "group_left")])
async def test_an_app_hears_that_it_came_and_that_it_had_to_go(
    sandbox: Sandbox,
    city: Workspace,
    ana: Person,
    installation: Installation,
    receiver: Receiver,
    is_private: bool,  # noqa: FBT001 - a parameter of the test
    event: str,
) -> None:
    room = city.add_channel("room", members=[ana], is_private=is_private)
    room.invite(installation, by=ana)
    (joined,) = await heard(sandbox, receiver)
    assert (joined["type"], joined["user"]) == ("member_joined_channel", installation.bot_user_id)
    room.remove(installation, by=ana)
    assert await heard(sandbox, receiver) == [{"type": event, "channel": room.id, "actor_id": ana.id}]


async def test_an_app_hears_nothing_of_rooms_it_is_not_in(
    sandbox: Sandbox, city: Workspace, ana: Person, ben: Person, installation: Installation, receiver: Receiver
) -> None:
    room = city.add_channel("room", members=[ana])
    room.invite(ben)
    room.archive()
    assert await heard(sandbox, receiver) == []
    assert installation.bot_user_id not in room.members


async def test_an_app_hears_of_people_and_groups(
    sandbox: Sandbox, city: Workspace, ana: Person, ben: Person, installation: Installation, receiver: Receiver
) -> None:
    assert not installation.ended
    ana.change(tz="Asia/Tokyo")
    (moved,) = await heard(sandbox, receiver)
    assert (moved["type"], moved["user"]["tz"]) == ("user_change", "Asia/Tokyo")
    ben.change(deleted=True)
    (left,) = await heard(sandbox, receiver)
    assert (left["user"]["deleted"], "tz" in left["user"]) == (True, False)
    group = city.add_usergroup("permits", "Permit people", [ana])
    city.set_usergroup(group, [ben])
    (changed,) = await heard(sandbox, receiver)
    assert (changed["added_users"], changed["removed_users"]) == ([ben.id], [ana.id])
    with pytest.raises(AttributeError, match="a person has no shoe_size"):
        ana.change(shoe_size=38)


async def test_an_envelope_says_for_whom_it_is(
    sandbox: Sandbox, city: Workspace, app: App, installation: Installation, ana: Person, receiver: Receiver
) -> None:
    ana.change(is_owner=True)
    await sandbox.quiet()
    (body,) = receiver.bodies
    assert (body["type"], body["team_id"], body["api_app_id"]) == ("event_callback", city.id, app.id)
    assert body["authorizations"][0]["user_id"] == installation.bot_user_id
    assert body["event_id"].startswith("Ev")


async def test_an_event_that_fails_comes_again_with_the_same_id(
    sandbox: Sandbox, installation: Installation, ana: Person, receiver: Receiver
) -> None:
    assert not installation.ended
    answers = iter([500, 503, 200])
    receiver.answers = lambda _: Response(status_code=next(answers))
    ana.change(tz="Asia/Tokyo")
    await sandbox.quiet()
    numbers = [request.headers.get("x-slack-retry-num") for request in receiver.requests]
    reasons = [request.headers.get("x-slack-retry-reason") for request in receiver.requests]
    assert numbers == [None, "1", "2"]
    assert reasons == [None, "http_error", "http_error"]
    assert len({body["event_id"] for body in receiver.bodies}) == 1


async def test_after_three_retries_an_event_is_given_up(
    sandbox: Sandbox, installation: Installation, ana: Person, receiver: Receiver
) -> None:
    assert not installation.ended
    receiver.answers = lambda _: Response(status_code=500)
    ana.change(tz="Asia/Tokyo")
    await sandbox.quiet()
    assert len(receiver.requests) == 4


async def test_an_app_can_ask_not_to_be_told_again(
    sandbox: Sandbox, installation: Installation, ana: Person, receiver: Receiver
) -> None:
    assert not installation.ended
    receiver.answers = lambda _: Response(status_code=500, headers={"X-Slack-No-Retry": "1"})
    ana.change(tz="Asia/Tokyo")
    await sandbox.quiet()
    assert len(receiver.requests) == 1


async def test_a_retry_says_why_it_comes(
    sandbox: Sandbox, app: App, installation: Installation, ana: Person, receiver: Receiver
) -> None:
    assert not installation.ended
    sandbox.answer_within = 0.05
    sandbox.retry_delays = (0.0,)
    forever = asyncio.Event()

    async def never(body: dict[str, Any]) -> Response:
        del body
        await forever.wait()
        return Response()

    receiver.answers = never
    ana.change(tz="Asia/Tokyo")
    await sandbox.quiet()
    forever.set()
    assert receiver.requests[1].headers["x-slack-retry-reason"] == "http_timeout"
    app.request_url = "http://127.0.0.1:9/slack/events"
    ana.change(tz="Asia/Seoul")
    await sandbox.quiet()
    assert sandbox.traffic[-1]["problem"] == "connection_failed"
    assert sandbox.traffic[-1]["retry"] == 1


async def test_a_request_url_is_verified_by_its_echo(sandbox: Sandbox, app: App, receiver: Receiver) -> None:
    receiver.answers = lambda body: PlainTextResponse(body["challenge"])
    assert await sandbox.courier.verify_url(app) is True
    receiver.answers = None
    assert await sandbox.courier.verify_url(app) is False


async def test_an_app_that_subscribes_to_nothing_hears_nothing(
    sandbox: Sandbox, city: Workspace, ana: Person, receiver: Receiver
) -> None:
    sandbox.add_app(name="Deaf", request_url=receiver.url).install(city)
    ana.change(tz="Asia/Tokyo")
    await sandbox.quiet()
    assert receiver.requests == []


async def test_edits_and_deletions_are_heard_in_direct_messages(
    sandbox: Sandbox, client: AsyncWebClient, ana: Person, receiver: Receiver
) -> None:
    posted = await client.chat_postMessage(channel=ana.id, text="One")
    await client.chat_update(channel=posted["channel"], ts=posted["ts"], text="Two")
    await client.chat_delete(channel=posted["channel"], ts=posted["ts"])
    events = await heard(sandbox, receiver)
    assert [event.get("subtype") for event in events] == [None, "message_changed", "message_deleted"]
    assert events[1]["message"]["text"] == "Two"
    assert events[2]["deleted_ts"] == posted["ts"]
