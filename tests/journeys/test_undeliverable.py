"""What can't be delivered ends with a reason that managers see; a deleted check-in comes back or stays away."""

from typing import Any

import pytest

from bot.sandbox import Person
from bot.sandbox.wire import posting
from storage.deliveries import Owed, owe
from storage.kinds import DeliveryKind
from tests.journeys.city import City
from tests.journeys.records import befalls, calls, rows
from tests.journeys.test_notes import write
from tests.storage.builders import on_both

ASKED = "Choose the level where you stop"
NOT_ASKED = "could not be asked"


async def deliveries(town: City, kind: str) -> list[Any]:
    return [row for row in await rows(town, "deliveries") if row["kind"] == kind]


def delete_check_in(town: City, person: Person) -> None:
    """Take the person's check-in message away, as an admin of the workspace may."""
    for message in list(person.dm(town.app).messages.values()):
        posting.delete(message)


@on_both
async def test_the_manager_reads_once_a_round_how_many_could_not_be_asked_and_why(town: City) -> None:
    await town.set_up()
    town.people[3].deleted = town.people[4].deleted = True  # since the roster was read, and without an event
    await town.manages("start")
    for person in town.people[:3]:
        await town.sees(person, ASKED)
    await town.settled()
    assert not town.seen(town.manager, NOT_ASKED), "it waits for the others, to count them all"
    town.clock.move(minutes=6)
    line = await town.sees(town.manager, NOT_ASKED)
    assert "2 of 5 could not be asked: deactivated." in line.shown
    town.clock.move(hours=2)
    await town.settled()
    assert len(town.seen(town.manager, NOT_ASKED)) == 1
    assert {row["last_error"] for row in await deliveries(town, "prompt") if row["state"] == "failed"} == {
        "user_disabled"
    }


async def test_who_met_with_nothing_but_errors_until_the_close_counts_as_not_asked(town: City) -> None:
    await town.set_up()
    eli = town.people[4]

    def for_eli(said: dict[str, Any]) -> bool:
        return bool(said["users"] == eli.id)

    town.sandbox.faults.add(method="conversations.open", kind="ratelimited", retry_after=60, times=10_000, when=for_eli)
    await town.manages("start")
    for person in town.people[:4]:
        await town.sees(person, ASKED)
    await town.settled()
    assert not town.seen(town.manager, NOT_ASKED)
    await town.close_early()
    town.clock.move(minutes=2)  # the workspace is left alone for a minute
    line = await town.sees(town.manager, NOT_ASKED)
    assert "1 of 5 could not be asked: Slack took no more messages from the app." in line.shown


async def test_what_failed_is_not_tried_again(town: City) -> None:
    await town.set_up()
    town.people[4].deleted = True
    await town.manages("start")
    await town.sees(town.people[0], ASKED)
    await town.settled()
    before = len(town.sandbox.traffic)
    for _hour in range(3):
        town.clock.move(hours=1)
        await town.settled()
    assert "conversations.open" not in calls(town, since=before)


async def test_a_summary_for_an_archived_channel_goes_to_the_manager_with_the_mend(town: City) -> None:
    await town.set_up()
    await town.opened()
    await town.answer_example()
    town.channel.archived = True  # without an event
    town.clock.move(days=5)
    said = await town.sees(town.manager, "could not be posted")
    assert "archived" in said.shown
    await town.settled()
    assert [row["last_error"] for row in await deliveries(town, "summary")] == ["is_archived"]


@on_both
async def test_a_check_in_that_was_deleted_comes_back_while_the_round_is_open(town: City) -> None:
    await town.set_up()
    await town.opened()
    ben = town.people[1]
    await town.answer(ben, (1, 2, 3, 4, 1))
    await town.sees(ben, "Thank you")
    delete_check_in(town, ben)
    assert not town.seen(ben, "Thank you")
    await ben.types("/maturity checkin", town.channel)
    await town.sees(ben, "Thank you")
    await town.settled()
    assert len(town.seen(ben, "Thank you")) == 1
    assert [row["state"] for row in await deliveries(town, "prompt") if row["user_id"] == ben.id] == ["sent"]


async def test_a_check_in_that_was_deleted_stays_away_once_the_round_is_closed(town: City) -> None:
    await town.set_up()
    await town.opened()
    await town.answer_example()
    ben = town.people[1]
    delete_check_in(town, ben)
    await town.close_early()
    await town.sees(town.people[0], "This round has closed. Thanks for taking part.")
    await town.settled()
    assert not town.seen(ben, "This round has closed.")
    assert not town.seen(ben, ASKED)
    ended = [row for row in await deliveries(town, "closing") if row["user_id"] == ben.id]
    assert [(row["state"], row["last_error"]) for row in ended] == [("skipped", "message_not_found")]


@on_both
async def test_a_note_saved_while_the_message_is_being_redrawn_shows_in_it(town: City) -> None:
    """A redraw that is asked for while another is on its way comes after it."""
    await town.set_up()
    await town.opened()
    ben = town.people[1]
    await town.answer(ben, (1, 2, 3, 4, 1))
    slow = town.sandbox.faults.add(method="chat.update", kind="slow", delay=None)
    await write(town, ben, A="The first thought")
    await befalls(town, slow)
    await write(town, ben, A="The second thought")
    slow.release()
    await town.sees(ben, "The second thought")


@on_both
async def test_a_message_that_only_another_version_can_read_ends_and_stops_no_other(
    town: City, caplog: pytest.LogCaptureFixture
) -> None:
    """The database of a newer version, from which somebody went back to this one."""
    await town.set_up()
    now = town.clock()
    async with town.bot.database.begin() as session:
        unreadable = Owed(key="of next year", kind=DeliveryKind.NOTICE, due=now, user_id=town.manager.id,
                          details={"reason": "a reason of next year"})  # fmt: skip
        await owe(session, workspace_id=town.workspace.id, messages=[unreadable])
    await town.manages("start")
    for person in town.people:
        await town.sees(person, ASKED)
    await town.settled()
    [ended] = [row for row in await deliveries(town, "notice") if row["key"] == "of next year"]
    assert (ended["state"], ended["last_error"], ended["next_attempt_at"]) == ("failed", "unreadable", None)
    assert "can't be read: ValueError in Notice" in caplog.text
