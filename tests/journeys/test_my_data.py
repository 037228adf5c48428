"""`/maturity privacy`: what is stored about me, as a file, and erased; what was printed stays as it was."""

import json
from typing import Any

from sqlalchemy import update

from bot.program.worker import FORGOTTEN_AT_ONCE
from bot.sandbox import Person, SeenMessage
from bot.slack.ids import Do
from storage import deliveries, people, workspaces
from storage.deliveries import Owed
from storage.kinds import DeliveryKind, DeliveryState
from storage.models import Delivery
from tests.journeys.city import EXAMPLE, City
from tests.journeys.records import every_row, files, opened_unconfirmed, rows
from tests.journeys.test_notes import write
from tests.storage.builders import on_both

ASKED = "Choose the level where you stop"
EXAMPLE_OF_BEN = [EXAMPLE[dimension][1] for dimension in "ABCDE"]


async def shown(town: City, person: Person) -> SeenMessage:
    """What `/maturity privacy` says to this person now."""
    before = len(town.seen(person, "Stored about you now", where=town.channel))
    await person.types("/maturity privacy", town.channel)
    return await town.until(
        lambda: next(iter(town.seen(person, "Stored about you now", where=town.channel)[before:]), None)
    )


async def my_data(town: City, person: Person) -> dict[str, Any]:
    """The file that comes after a tap on its button."""
    await person.taps(await shown(town, person), action_id=Do.EXPORT_MY_DATA)
    got = await town.sees(person, "This file holds what is stored about you")
    (content,) = got.files.values()
    found: dict[str, Any] = json.loads(content)
    return found


async def erase(town: City, person: Person) -> str:
    """Tap, read, confirm; what the modal says then."""
    await person.taps(await shown(town, person), action_id=Do.ERASE_MY_DATA)
    assert person.modal is not None
    assert "This stays" in str(person.modal.blocks)
    submitted = await person.submits()
    assert submitted.status == 200
    assert person.modal is not None
    said = str(person.modal.blocks)
    await person.closes()
    return said


async def everything(town: City) -> str:
    """Every row but those that outlive an erasure for six days: whom a round asked."""
    return str({table: rows for table, rows in (await every_row(town)).items() if table != "recently_asked"})


async def test_it_says_in_numbers_what_is_stored(town: City) -> None:
    await town.set_up()
    await town.round()
    town.clock.move(days=8)
    await town.opened()
    ben = town.people[1]
    await town.answer(ben, EXAMPLE_OF_BEN)
    await write(town, ben, A="We met in the library.")
    said = (await shown(town, ben)).shown
    assert "From Slack: Ben, time zone America/Chicago, full member." in said
    assert "You are a member of *permits*." in said
    assert "Open check-ins: *permits*, with 5 answers and 1 note of yours." in said
    assert "Closed rounds: you were asked in 1 and took part in 1." in said
    assert "library" not in said
    manager = (await shown(town, town.manager)).shown
    assert "You manage *permits*." in manager
    stranger = town.workspace.add_person(name="Stranger")
    town.channel.invite(stranger)
    await town.settled()
    assert "Open check-ins" not in (await shown(town, stranger)).shown


@on_both
async def test_which_messages_one_got_is_known_for_400_days_and_then_forgotten_a_batch_a_tick(town: City) -> None:
    await town.set_up()
    await town.round()
    town.clock.move(seconds=10)  # what the channel is told of the team waits behind the summary
    await town.sees(town.manager, "has set up check-ins", where=town.channel)
    ben = town.people[1]
    said = (await shown(town, ben)).shown
    assert "The app sent you 2 messages; it keeps when, and not what they said. This is kept for 400 days." in said
    worker = town.bot.worker
    assert worker is not None
    owed = [
        Owed(key=f"old:{number}", kind=DeliveryKind.NOTICE, due=town.clock()) for number in range(FORGOTTEN_AT_ONCE)
    ]
    async with town.bot.database.begin() as session:
        [workspace] = await workspaces.every(session)
        await deliveries.owe(session, workspace_id=workspace.id, messages=owed)
        sent = {"state": DeliveryState.SENT, "next_attempt_at": None, "ended_on": town.clock().date()}
        await session.execute(update(Delivery).where(Delivery.key.startswith("old:")).values(sent))
    ended = len(await rows(town, "deliveries"))
    town.clock.move(days=400)
    assert await worker.forget_old() == 0
    town.clock.move(days=1)
    assert await worker.forget_old() == FORGOTTEN_AT_ONCE
    assert await worker.forget_old() == ended - FORGOTTEN_AT_ONCE, "the rest at once, not tomorrow"
    assert await rows(town, "deliveries") == []
    after = (await shown(town, ben)).shown
    assert "The app sent you" not in after
    assert "you were asked in 1 and took part in 1" in after


async def test_my_data_are_all_mine_and_only_mine(town: City) -> None:
    await town.set_up(privacy="named")
    await town.round()
    town.clock.move(days=8)
    await town.opened()
    ben = town.people[1]
    await town.answer(ben, (4, 3, 2, 1, None))
    await write(town, ben, A="We met in the library.")
    await town.answer(town.people[2], (1, 1, 1, 1, 1))
    await write(town, town.people[2], A="A secret of Cho's")
    found = await my_data(town, ben)
    assert (found["profile"]["name"], found["profile"]["time_zone"]) == ("Ben", "America/Chicago")
    assert found["teams"] == [{"team": "permits", "member": True, "chosen_by_a_manager": False, "manager": False}]
    closed, still_open = found["rounds"]
    assert [each["level"] for each in closed["answers"]] == EXAMPLE_OF_BEN
    assert closed["you"]["took_part"] is True
    assert [each["level"] for each in still_open["answers"]] == [4, 3, 2, 1, None]
    assert still_open["answers"][0]["note"] == "We met in the library."
    assert still_open["answers"][0]["dimension_name"] == town.rubric.dimensions[0].name
    assert {each["kind"] for each in found["messages"]} >= {"prompt", "file"}
    text = json.dumps(found)
    for other in town.people:
        assert (other.id in text) is (other is ben)
    assert "secret" not in text
    assert not [each for person in town.people if person is not ben for each in town.seen(person, "stored about you.")]


async def test_who_is_erased_leaves_the_open_round_and_may_come_back(town: City) -> None:
    await town.set_up()
    await town.opened()
    ben = town.people[1]
    await town.answer(ben, (4, 3, 2, 1, None))
    await write(town, ben, A="We met in the library.")
    await town.settled()
    assert "Deleted." in await erase(town, ben)
    skipped = await town.sees(ben, "You skipped this round. If you change your mind")
    assert not town.seen(ben, "library")
    assert await rows(town, "answers") == []
    assert "library" not in await everything(town)
    for name, content in files(town).items():
        assert b"library" not in content, name
    await ben.taps(skipped, action_id=Do.SHOW_CHECK_IN)
    await town.answer(ben, (1, 1, 1, 1, 1))
    await town.sees(ben, "Thank you")


@on_both
async def test_an_erasure_changes_nothing_that_was_printed_and_leaves_no_trace(town: City) -> None:
    await town.set_up(cadence="1")
    await town.round()
    town.clock.move_to(await _next_round(town))
    for person in town.people:
        await town.sees(person, ASKED)
    await town.answer_all(EXAMPLE)
    await town.close_early()
    await town.summary()
    await town.settled()
    before, counted = await _printed(town), await rows(town, "round_counts")
    ben = town.people[1]
    assert "Deleted." in await erase(town, ben)
    await town.settled()
    assert await _printed(town) == before
    assert await rows(town, "round_counts") == counted
    left = await everything(town)
    assert ben.id not in left
    assert "Ben" not in left
    assert len({row["user_id"] for row in await rows(town, "round_members")}) == 5, "the same stand-in in both rounds"
    said = (await shown(town, ben)).shown
    told = said.partition("Stored about you now*")[2].partition("[")[0]
    assert told.split("•")[1:] == ["  You were asked in 1 check-in within the last six days, or are being asked now.\n"]

    # He is still in the team's channel, so Slack tells of him before the next round.
    town.clock.move_to(await _next_round(town))
    await town.sees(ben, ASKED)
    assert "From Slack: Ben" in (await shown(town, ben)).shown


async def _next_round(town: City) -> Any:
    (team,) = await rows(town, "teams")
    return team["next_round_at"]


async def _printed(town: City) -> str:
    """The summary as its manager sees it now, without the names that Slack gives to blocks."""
    reply = await town.manages("summary")
    return str([{key: value for key, value in block.items() if key != "block_id"} for block in reply.blocks])


@on_both
async def test_whoever_is_not_to_be_asked_stays_so(town: City) -> None:
    await town.set_up()
    await town.opened()
    ben = town.people[1]
    town.clock.move(days=1, hours=6)
    await ben.taps(await town.sees(ben, ASKED), action_id=Do.SKIP_ROUND)
    async with town.bot.database.begin() as session:
        await people.opt_out(session, workspace_id=town.workspace.id, user_id=ben.id, opted_out=True)
    await town.settled()
    assert "Deleted." in await erase(town, ben)
    (person,) = [row for row in await rows(town, "people") if row["user_id"] == ben.id]
    assert (person["name"], person["time_zone"], person["opted_out"]) == ("", None, True)
    await town.close_early()
    await town.settled()
    town.clock.move(days=8)
    asked = len(await rows(town, "round_members"))
    await town.manages("start")
    for each in town.people[2:]:
        await town.sees(each, ASKED)
    await town.settled()
    assert len(await rows(town, "round_members")) == asked + 4


async def test_names_go_from_a_named_round_and_its_counts_stay(town: City) -> None:
    await town.set_up(privacy="named")
    await town.round()
    await town.settled()
    counted = await rows(town, "round_counts")
    ben = town.people[1]
    printed = await _printed(town)
    await erase(town, ben)
    assert await _printed(town) == printed
    assert ben.id not in await everything(town)
    assert await rows(town, "round_counts") == counted
    assert len(await rows(town, "answers")) == 4 * 5


@on_both
async def test_nothing_is_erased_while_a_closing_message_is_on_its_way(town: City) -> None:
    await town.set_up()
    await town.opened()
    await town.answer_example()
    town.sandbox.faults.add(method="chat.update", kind="ratelimited", retry_after=60, times=20)
    await town.close_early()
    ben = town.people[1]
    assert "Nothing was deleted" in await erase(town, ben)
    assert ben.id in await everything(town)
    town.sandbox.faults.clear()
    town.clock.move(minutes=2)
    await town.sees(ben, "This round has closed. Thanks for taking part.")
    await town.settled()
    assert "Deleted." in await erase(town, ben)
    assert ben.id not in await everything(town)


@on_both
async def test_who_was_erased_can_still_ask_not_to_be_asked(town: City) -> None:
    await town.set_up()
    ben, cho = town.people[1:3]
    await town.opens_home(ben)
    await town.opens_home(cho)
    await erase(town, ben)
    await erase(town, cho)
    await ben.taps(await town.home(ben), action_id=Do.STOP_ASKING)
    assert "You chose not to be asked any more" in (await town.home(ben)).shown
    await cho.taps(await town.home(cho), action_id=Do.BE_AWAY)
    await cho.fills("away_until", "2026-12-01")
    await cho.submits()
    await town.manages("start")
    await town.sees(town.manager, ASKED)
    await town.settled()
    assert not town.seen(ben, ASKED)
    assert not town.seen(cho, ASKED)


async def test_who_is_erased_during_a_round_is_gone_from_it_once_it_has_closed(town: City) -> None:
    await town.set_up()
    await town.opened()
    ben = town.people[1]
    await town.answer_all(EXAMPLE)
    await town.settled()
    assert "Deleted." in await erase(town, ben)
    await town.sees(ben, "You skipped this round. If you change your mind")
    await town.settled()
    await town.close_early()
    await town.sees(ben, "This round has closed. You skipped it.")
    await town.settled()
    assert ben.id not in await everything(town)
    assert len(await rows(town, "round_members")) == 5, "how many were asked stays"


@on_both
async def test_a_check_in_that_nobody_confirmed_yet_ends_with_an_erasure_all_the_same(town: City) -> None:
    ben = town.people[1]
    await opened_unconfirmed(town, ben)
    await town.tap(ben, await town.sees(ben, ASKED), "A", 2)
    assert "Deleted." in await erase(town, ben)
    town.clock.move(hours=3)
    await town.sees(ben, "You skipped this round. If you change your mind")
    assert not town.seen(ben, ASKED)


async def test_who_is_erased_and_comes_back_before_the_close_stays_in_the_round(town: City) -> None:
    await town.set_up()
    await town.opened()
    ben = town.people[1]
    await town.sees(ben, ASKED)
    assert "Deleted." in await erase(town, ben)
    await ben.taps(await town.sees(ben, "You skipped this round. If you change your mind"), action_id=Do.SHOW_CHECK_IN)
    await town.answer(ben, (1, 1, 1, 1, 1))
    await town.close_early()
    await town.sees(ben, "This round has closed. Thanks for taking part.")
    await town.settled()
    assert ben.id in [row["user_id"] for row in await rows(town, "round_members")]
