"""What people type, how it reaches the app, and what they read then."""

import asyncio
from typing import Any

import pytest
from slack_sdk.signature import SignatureVerifier
from starlette.responses import PlainTextResponse, Response

from bot.sandbox import App, Channel, Installation, Person, Sandbox, Workspace
from tests.sandbox.receiver import Clock, Receiver, section


async def test_a_command_arrives_signed_with_all_its_fields(
    sandbox: Sandbox, channel: Channel, ana: Person, app: App, receiver: Receiver, clock: Clock
) -> None:
    clock.forward(days=-400)
    reply = await ana.types("/maturity setup now", channel)
    assert reply.status == 200
    (request,) = receiver.requests
    assert SignatureVerifier(app.signing_secret).is_valid_request(request.raw, request.headers)
    assert not SignatureVerifier("another secret").is_valid_request(request.raw, request.headers)
    body = request.body
    assert (body["command"], body["text"]) == ("/maturity", "setup now")
    assert (body["team_id"], body["channel_id"], body["user_id"]) == ("T0CITY", channel.id, ana.id)
    assert (body["channel_name"], body["user_name"], body["api_app_id"]) == ("permits-online", "ana", app.id)
    assert body["response_url"].startswith(sandbox.url)
    assert body["trigger_id"]


@pytest.mark.parametrize(
    ("typed", "arrives"),
    [
        ("summary #permits-online", "summary <#{channel}|permits-online>"),
        ("managers add @ben", "managers add <@{ben}|ben>"),
        ("managers add @Ben Okafor please", "managers add <@{ben}|ben> please"),
        ("ask @permits", "ask <!subteam^{group}|@permits>"),
        ("about #secret and @nobody", "about #secret and @nobody"),
        ("a < b & c", "a &lt; b &amp; c"),
    ],
)
async def test_names_arrive_escaped(
    city: Workspace, channel: Channel, ana: Person, ben: Person, receiver: Receiver, typed: str, arrives: str
) -> None:
    group = city.add_usergroup("permits", "Permit people", [ben])
    city.add_channel("secret", members=[ben], is_private=True)
    await ana.types(f"/maturity {typed}", channel)
    assert receiver.bodies[0]["text"] == arrives.format(channel=channel.id, ben=ben.id, group=group.id)


async def test_without_should_escape_names_arrive_as_typed(
    channel: Channel, ana: Person, ben: Person, app: App, receiver: Receiver
) -> None:
    app.should_escape = False
    await ana.types(f"/maturity managers add @{ben.username}", channel)
    assert receiver.bodies[0]["text"] == "managers add @ben"


async def test_an_answer_is_only_for_who_asked(channel: Channel, ana: Person, ben: Person, receiver: Receiver) -> None:
    receiver.says(text="Here you are", blocks=[section("Here *you* are")])
    reply = await ana.types("/maturity help", channel)
    assert (reply.text, reply.response_type, reply.error) == ("Here you are", "ephemeral", None)
    assert reply.blocks[0]["text"]["text"] == "Here *you* are"
    assert [(message.text, message.ephemeral) for message in ana.sees(channel)] == [("Here you are", True)]
    assert ben.sees(channel) == []


async def test_an_answer_in_the_channel_is_for_everybody(
    channel: Channel, ana: Person, ben: Person, receiver: Receiver
) -> None:
    receiver.says(text="For all", response_type="in_channel")
    await ana.types("/maturity summary", channel)
    assert [(message.text, message.ephemeral) for message in ben.sees(channel)] == [("For all", False)]


async def test_a_plain_text_is_an_answer_too(channel: Channel, ana: Person, receiver: Receiver) -> None:
    receiver.answers = lambda _: PlainTextResponse("Just words")
    assert (await ana.types("/maturity help", channel)).text == "Just words"


async def test_an_empty_answer_shows_nothing(channel: Channel, ana: Person) -> None:
    reply = await ana.types("/maturity setup", channel)
    assert (reply.status, reply.text) == (200, "")
    assert ana.sees(channel) == []


async def test_an_app_that_takes_too_long_times_out(
    sandbox: Sandbox, channel: Channel, ana: Person, receiver: Receiver
) -> None:
    sandbox.answer_within = 0.05
    forever = asyncio.Event()

    async def never(body: dict[str, Any]) -> Response:
        del body
        await forever.wait()
        return Response()

    receiver.answers = never
    reply = await ana.types("/maturity setup", channel)
    forever.set()
    assert (reply.status, reply.error) == (0, "operation_timeout")
    assert [message.text for message in ana.sees(channel)] == ['/maturity failed with the error "operation_timeout"']


async def test_an_app_that_fails_or_is_away_cannot_be_dispatched_to(
    channel: Channel, ana: Person, app: App, receiver: Receiver
) -> None:
    receiver.answers = lambda _: Response(status_code=500)
    failed = await ana.types("/maturity setup", channel)
    assert (failed.status, failed.error) == (500, "dispatch_failed")
    app.request_url = "http://127.0.0.1:9/slack/events"
    away = await ana.types("/maturity setup", channel)
    assert (away.status, away.error) == (0, "dispatch_failed")


async def test_blocks_that_slack_refuses_are_not_shown(channel: Channel, ana: Person, receiver: Receiver) -> None:
    receiver.says(text="Hi", blocks=[section("x" * 3001)])
    reply = await ana.types("/maturity help", channel)
    assert reply.error == "invalid_blocks"
    assert reply.text == '/maturity failed with the error "invalid_blocks"'


async def test_a_command_of_no_app_is_not_valid(
    channel: Channel, ana: Person, app: App, city: Workspace, receiver: Receiver
) -> None:
    assert (await ana.types("/shout loud", channel)).error == "unknown_command"
    app.uninstall(city)
    assert (await ana.types("/maturity help", channel)).error == "unknown_command"
    assert not [body for body in receiver.bodies if "command" in body]


async def test_commands_work_in_direct_messages_and_private_channels(
    city: Workspace, ana: Person, app: App, installation: Installation, receiver: Receiver
) -> None:
    assert not installation.ended
    private = city.add_channel("secret", members=[ana], is_private=True)
    await ana.types("/maturity help", app)
    await ana.types("/maturity help", private)
    assert [body["channel_name"] for body in receiver.bodies] == ["directmessage", "privategroup"]
    outside = city.add_channel("outside")
    with pytest.raises(ValueError, match="can't write in #outside"):
        await ana.types("/maturity help", outside)


async def test_a_group_message_has_the_id_of_a_channel_and_its_own_kind_of_name(
    city: Workspace, ana: Person, installation: Installation, receiver: Receiver
) -> None:
    assert not installation.ended
    group = city.direct(ana, city.add_person(name="Ben"), city.add_person(name="Cleo"))
    await ana.types("/maturity setup", group)
    (body,) = [body for body in receiver.bodies if "command" in body]
    assert body["channel_id"].startswith("C")
    assert body["channel_name"] == "mpdm-ana--ben--cleo-1"


async def test_people_of_another_organisation_are_known_by_their_workspace_and_have_no_commands(
    city: Workspace, ana: Person, channel: Channel, installation: Installation, receiver: Receiver
) -> None:
    assert not installation.ended
    xan = city.add_person(name="Xan", team_id="T0THEIRS", is_admin=True)
    gil = city.add_person(name="Gil", team_id="T0SISTER", enterprise_user={"teams": ["T0SISTER", city.id]})
    assert (xan.profile()["team_id"], xan.profile()["is_stranger"]) == ("T0THEIRS", False)
    assert gil.profile()["enterprise_user"] == {"teams": ["T0SISTER", city.id]}
    channel.invite(xan, gil, by=ana)
    assert (await xan.types("/maturity help", channel)).error == "unknown_command"
    assert (await gil.types("/maturity help", channel)).status == 200
    assert [body["user_id"] for body in receiver.bodies if "command" in body] == [gil.id]


async def test_people_talk_to_each_other_and_the_app_hears_its_direct_messages(
    sandbox: Sandbox, channel: Channel, ana: Person, ben: Person, app: App, receiver: Receiver
) -> None:
    ana.says("Morning", channel)
    ana.says("Level 3 I think", app)
    await sandbox.quiet()
    assert [message.text for message in ben.sees(channel)] == ["Morning"]
    (event,) = receiver.events
    assert (event["type"], event["channel_type"], event["text"]) == ("message", "im", "Level 3 I think")
