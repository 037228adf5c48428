"""When Slack fails, everyone still gets each message exactly once."""

from datetime import datetime, timedelta
from typing import Any

from bot.slack.ids import Do
from tests.journeys.city import City
from tests.journeys.records import befalls, calls, opened_unconfirmed, prompt_to, rows
from tests.storage.builders import on_both

ASKED = "Choose the level where you stop"


def prompts(town: City) -> dict[str, int]:
    """How many check-in messages each member has, in the record of everything that was ever posted."""
    return {
        person.name: len([each for each in person.dm(town.app).messages.values() if "Check-in" in str(each.content)])
        for person in town.people
    }


async def test_whatever_befalls_a_prompt_each_member_gets_exactly_one(town_on_any_transport: City) -> None:
    town = town_on_any_transport
    await town.set_up()
    kinds: list[Any] = ["server_error", "internal_error", "lose_reply", "refuse_connection"]
    for person, kind in zip(town.people, kinds, strict=False):
        town.sandbox.faults.add(method="chat.postMessage", kind=kind, when=prompt_to(person.dm(town.app).id))
    await town.opened()
    await town.settled()
    assert prompts(town) == dict.fromkeys(prompts(town), 1)
    assert "conversations.history" in calls(town), "a message of unknown fate is looked for before it is sent again"
    await town.answer_example()
    await town.close_early()
    assert "5 of 5 answered." in (await town.summary()).shown


@on_both
async def test_a_clock_that_leaps_while_a_message_is_in_the_air_sends_it_no_second_time(town: City) -> None:
    """Its lease is over, and it isn't in Slack yet; but who is sending it is there, and waits for the answer."""
    await town.set_up()
    ben = town.people[1]
    slow = town.sandbox.faults.add(
        method="chat.postMessage", kind="slow", delay=None, when=prompt_to(ben.dm(town.app).id)
    )  # fmt: skip
    await town.manages("start")
    await befalls(town, slow)
    assert not town.seen(ben, ASKED)
    town.clock.move(hours=20)
    await town.ticks()
    slow.release()
    await town.settled()
    town.clock.move(minutes=1)  # who was claimed and not yet called is looked for first, and asked within a minute
    for person in town.people:
        await town.sees(person, ASKED)
    await town.settled()
    assert prompts(town) == dict.fromkeys(prompts(town), 1)


async def test_a_look_up_that_fails_leaves_a_message_as_unknown_as_it_was(town: City) -> None:
    await town.set_up()
    ben = town.people[1]
    town.sandbox.faults.add(method="chat.postMessage", kind="lose_reply", when=prompt_to(ben.dm(town.app).id))
    failing = [
        town.sandbox.faults.add(method="conversations.history", kind=kind, retry_after=7)
        for kind in ("ratelimited", "server_error", "internal_error", "refuse_connection")
    ]
    await town.opened()
    while any(fault.times for fault in failing):
        await town.settled()
        town.clock.move(minutes=1)
    await town.settled()
    assert prompts(town) == dict.fromkeys(prompts(town), 1)
    found = [row for row in await rows(town, "deliveries") if row["user_id"] == ben.id and row["kind"] == "prompt"]
    assert [row["state"] for row in found] == ["sent"]


async def test_who_is_held_back_waits_as_long_as_slack_said_and_the_others_go_on(town: City) -> None:
    await town.set_up()
    eli = town.people[4].dm(town.app).id

    def for_eli(arguments: dict[str, Any]) -> bool:
        return arguments.get("channel") == eli

    town.sandbox.faults.add(method="chat.postMessage", kind="ratelimited", retry_after=30, when=for_eli)
    await town.manages("start")
    for person in town.people[:4]:
        await town.sees(person, ASKED)
    await town.until(lambda: _sent_to(town, eli) or None)
    await town.settled()
    assert not town.seen(town.people[4], ASKED)

    town.clock.move(seconds=31)
    await town.sees(town.people[4], ASKED)
    refused, taken = _sent_to(town, eli)
    assert (refused["status"], taken["status"]) == (429, 200)
    waited = datetime.fromisoformat(taken["at"]) - datetime.fromisoformat(refused["at"])
    assert waited >= timedelta(seconds=30)


def _sent_to(town: City, channel_id: str) -> list[dict[str, Any]]:
    return [each for each in town.sandbox.traffic.of("chat.postMessage") if each["body"].get("channel") == channel_id]


async def test_a_receipt_that_got_lost_comes_with_the_command(town: City) -> None:
    await town.set_up()
    await town.opened()
    ben = town.people[1]
    town.sandbox.faults.add(method="response_url", kind="server_error")
    await town.answer(ben, (1, 2, 3, 4, 1))
    await town.bot.in_flight.landed()
    assert not town.seen(ben, "Thank you")
    assert len(await rows(town, "answers")) == 5, "the answers are safe"
    await ben.types("/maturity checkin", town.channel)
    await town.sees(ben, "Thank you")


async def test_a_check_in_whose_delivery_nobody_confirmed_can_be_skipped_and_taken_up_again(town: City) -> None:
    ben = town.people[1]
    await opened_unconfirmed(town, ben)
    await ben.taps(await town.sees(ben, ASKED), action_id=Do.SKIP_ROUND)
    skipped = await town.sees(ben, "You skipped this round. If you change your mind")
    await ben.taps(skipped, action_id=Do.SHOW_CHECK_IN)
    await town.answer(ben, (1, 2, 3, 4, 1))
    await town.sees(ben, "Thank you")
    assert len(town.seen(ben, "check-in for")) == 1, "it is one message all along"


async def test_who_asks_for_a_check_in_that_is_in_the_air_gets_one(town: City) -> None:
    await town.set_up()
    ben = town.people[1]
    slow = town.sandbox.faults.add(
        method="chat.postMessage", kind="slow", delay=None, when=prompt_to(ben.dm(town.app).id)
    )
    assert "Opening a round" in (await town.manager.types("/maturity start", town.channel)).text
    await befalls(town, slow)
    reply = await ben.types("/maturity checkin", town.channel)
    assert "is on its way to you" in reply.text
    slow.release()
    await town.sees(ben, ASKED)
    await town.settled()
    assert len(town.seen(ben, ASKED)) == 1


async def test_closing_messages_that_failed_are_tried_again(town: City) -> None:
    await town.set_up()
    await town.opened()
    await town.answer_example()
    town.sandbox.faults.add(method="chat.update", kind="server_error", times=3)
    await town.close_early()
    await town.sees(town.manager, ": round 1", where=town.channel)
    town.clock.move(seconds=2)
    await town.settled()
    town.clock.move(minutes=1)
    for person in town.people:
        await town.sees(person, "This round has closed. Thanks for taking part.")


async def test_a_person_who_cannot_be_written_to_keeps_nobody_else_waiting(town: City) -> None:
    await town.set_up()
    town.people[4].deleted = True  # since the roster was read, and without an event
    await town.manages("start")
    for person in town.people[:4]:
        await town.sees(person, ASKED)
    await town.settled()
    failed = [row for row in await rows(town, "deliveries") if row["state"] == "failed"]
    assert [(row["user_id"], row["last_error"]) for row in failed] == [(town.people[4].id, "user_disabled")]


async def test_a_roster_that_cannot_be_read_asks_those_of_last_time_and_tells_the_manager(town: City) -> None:
    await town.set_up(cadence="1")
    await town.settled()
    town.sandbox.faults.add(method="conversations.members", kind="internal_error", times=5)
    town.clock.move(days=1)
    for person in town.people:
        await town.sees(person, ASKED)
    await town.sees(town.manager, "could not be read from Slack, so those of last time are asked")


@on_both
async def test_a_revoked_token_ends_all_calls_until_the_app_is_installed_again(town: City) -> None:
    await town.set_up()
    town.app.events = ()  # the events of it get lost, too
    town.app.end(town.installation, "token_revoked")
    town.clock.move(days=1)
    await town.until(lambda: any("token_revoked" in str(each["response"]) for each in town.sandbox.traffic))
    await town.settled()
    before = len(town.sandbox.traffic)
    for _hour in range(5):
        town.clock.move(hours=1)
        await town.settled()
    assert calls(town, since=before) == []

    town.app.install(town.workspace)
    await town.stop_bot()
    await town.start_bot()
    for person in town.people:
        await town.sees(person, ASKED)
