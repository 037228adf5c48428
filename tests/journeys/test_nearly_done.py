"""A round that is nearly done: what its manager hears and can do, and what an early close leaves."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import delete

from bot.slack.ids import Do
from storage.kinds import DeliveryKind
from storage.models import Delivery
from tests.journeys.city import City
from tests.journeys.records import rows
from tests.storage.builders import on_both

TUESDAY = datetime(2026, 10, 6, 15, 0, tzinfo=UTC)
"""Ten in Chicago; the round closes on Friday at ten."""
LATE = datetime(2026, 10, 9, 0, 36, tzinfo=UTC)
"""Four fifths of that are over."""
FEW = "A summary needs 4 answers"
LEVELS = (1, 2, 3, 2, 1)


async def opened(town: City, *, answering: int, **fields: Any) -> None:
    await town.set_up(**fields)
    town.clock.move_to(TUESDAY)
    await town.settled()
    for person in town.people[:answering]:
        await town.answer(person, LEVELS)
        await town.sees(person, "Thank you")
    await town.settled()


async def test_the_manager_hears_once_that_all_have_answered_and_closes(town: City) -> None:
    await opened(town, answering=4)
    assert not town.seen(town.manager, "have answered")
    await town.answer(town.people[4], LEVELS)
    told = await town.sees(town.manager, "*permits*: all 5 people have answered.")
    town.clock.move(minutes=90)
    await town.settled()
    town.clock.move_to(LATE)
    await town.settled()
    assert len(town.seen(town.manager, "people have answered")) == 1
    await town.manager.taps(told, action_id=Do.ASK_CLOSE)
    question = await town.sees(town.manager, "Dimensions with fewer than 4 answers show nothing.")
    assert "5 of 5 people have answered." in question.shown
    await town.manager.taps(question, action_id=Do.CLOSE_NOW)
    await town.sees(town.manager, "Closed. The summary of *permits* is on its way")
    await town.summary()


async def test_who_skips_as_the_last_is_not_waited_for(town: City) -> None:
    await opened(town, answering=4)
    prompt = await town.sees(town.people[4], "Choose the level where you stop")
    await town.people[4].taps(prompt, action_id=Do.SKIP_ROUND)
    await town.sees(town.manager, "4 of 5 people have answered. The others skipped this round or left.")


@on_both
async def test_who_is_no_member_any_more_is_not_waited_for(town: City) -> None:
    await town.set_up()
    town.clock.move_to(TUESDAY)
    await town.settled()
    town.people[4].change(is_restricted=True)
    await town.settled()
    for person in town.people[:4]:
        await town.answer(person, LEVELS)
    await town.sees(town.manager, "4 of 5 people have answered. The others skipped this round or left.")


async def test_it_is_told_after_a_restart_where_the_process_ended_first(town: City) -> None:
    await opened(town, answering=5)
    await town.sees(town.manager, "all 5 people have answered.")
    async with town.bot.database.begin() as session:  # as if it had been killed between the last answer and this
        await session.execute(delete(Delivery).where(Delivery.kind == DeliveryKind.NOTICE))
    await town.stop_bot()
    await town.start_bot()
    await town.settled()  # it looks after what is due
    await town.settled()
    assert len(town.seen(town.manager, "all 5 people have answered.")) == 2
    await town.stop_bot()
    await town.start_bot()
    await town.settled()  # it looks after what is due
    await town.settled()
    assert len(town.seen(town.manager, "all 5 people have answered.")) == 2, "told already"


@pytest.mark.parametrize("reminders", [True, False])
async def test_late_in_a_round_the_manager_hears_what_a_summary_lacks(town: City, *, reminders: bool) -> None:
    await opened(town, answering=3, **({} if reminders else {"reminders": []}))
    assert not town.seen(town.manager, FEW)
    town.clock.move_to(LATE)
    told = await town.sees(town.manager, FEW)
    assert "*permits*: 3 of 5 people have answered. A summary needs 4 answers." in told.shown
    town.clock.move(minutes=30)
    await town.settled()
    assert len(town.seen(town.manager, FEW)) == 1
    await town.manager.taps(told, action_id=Do.REMIND_NOW)
    await town.sees(town.manager, "Whoever hasn't finished is reminded from")
    [before] = await rows(town, "rounds")
    await town.manager.taps(told, action_id=Do.KEEP_OPEN)
    await town.sees(town.manager, "The round of *permits* is open until")
    [after] = await rows(town, "rounds")
    assert after["closes_at"].date().isoformat() == "2026-10-14", "Monday is a public holiday"
    assert after["closes_at"] > before["closes_at"]


async def test_where_a_round_cannot_be_kept_open_its_manager_is_not_offered_that_late_in_it(town: City) -> None:
    await opened(town, answering=3, cadence="1")  # the next one is on the Tuesday after the Monday that is a holiday
    town.clock.move_to(LATE)
    told = await town.sees(town.manager, FEW)
    assert "[Remind]" in told.shown
    assert "Keep open" not in told.shown


async def test_a_team_that_is_too_small_reads_that_there_will_be_no_summary(town: City) -> None:
    await opened(town, answering=3, source="people", people=town.people[:3])
    told = await town.sees(
        town.manager, "all 3 people have answered. A summary needs 4 answers, so there will be none."
    )
    await town.manager.taps(told, action_id=Do.ASK_CLOSE)
    question = await town.sees(town.manager, "Closing now erases these answers and shows nothing.")
    assert "[Erase and close]" in question.shown
    assert "Remind" not in question.shown
    assert "Keep open" not in question.shown


async def test_what_a_summary_lacks_is_not_told_where_the_answers_came_before_the_message_did(town: City) -> None:
    await opened(town, answering=4)
    town.clock.move_to(LATE)
    await town.settled()
    assert not town.seen(town.manager, FEW)


@pytest.mark.parametrize(
    ("answering", "fields", "asked", "closed"),
    [
        (0, {}, "Closing now shows nothing.", "Nobody in *permits* had answered"),
        (1, {}, "Closing now erases these answers and shows nothing.", "Closed without a summary: too few"),
        (3, {}, "Closing now erases these answers and shows nothing.", "Closed without a summary: too few"),
        (4, {}, "Dimensions with fewer than 4 answers show nothing.", "The summary of *permits* is on its way"),
        (1, {"privacy": "named"}, "so the channel would see no levels.", "Too few in *permits* had answered for a"),
        (3, {"privacy": "named"}, "so the channel would see no levels.", "Too few in *permits* had answered for a"),
        (4, {"privacy": "named"}, "The channel sees no level of a", "The summary of *permits* is on its way"),
        (0, {"privacy": "named"}, "Closing now shows nothing.", "Nobody in *permits* had answered"),
    ],
)
async def test_the_question_before_an_early_close_says_what_the_database_then_keeps(
    town: City, answering: int, fields: dict[str, str], asked: str, closed: str
) -> None:
    await opened(town, answering=answering, **fields)
    assert asked in (await town.manages("close")).text
    assert len(await rows(town, "answers")) == answering * 5, "it asks first"
    await town.close_early()
    await town.sees(town.manager, closed, where=town.channel)
    kept, named = await rows(town, "answers"), bool(fields)
    assert len(kept) == (answering * 5 if named else 0)
    counted = sum(row["answers"] for row in await rows(town, "round_counts") if row["dimension"] == "A")
    assert (counted >= 4) is ("on its way" in closed)


async def test_a_button_does_not_close_what_has_changed_since_it_was_offered(town: City) -> None:
    await opened(town, answering=3)
    await town.manages("close")
    offer = await town.sees(town.manager, "Closing now erases these answers", where=town.channel)
    await town.answer(town.people[3], LEVELS)
    await town.settled()
    await town.manager.taps(offer, action_id=Do.ERASE_AND_CLOSE)
    anew = await town.sees(town.manager, "Dimensions with fewer than 4 answers show nothing.", where=town.channel)
    assert len(await rows(town, "answers")) == 20
    await town.manager.taps(anew, action_id=Do.CLOSE_NOW)
    await town.sees(town.manager, "The summary of *permits* is on its way", where=town.channel)
