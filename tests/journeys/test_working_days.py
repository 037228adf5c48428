"""A team's own week: who is reminded when, when an action is due, and what becomes of dates that a weekend takes."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import update

from bot.schedule.days_off import countries
from bot.slack.ids import Do
from storage.kinds import TeamStep
from storage.models import Round, Team
from tests.journeys.city import City
from tests.journeys.records import rows
from tests.storage.builders import on_both


@on_both
async def test_on_a_day_off_the_manager_reads_that_nobody_is_reminded_now_and_when(town: City) -> None:
    await town.set_up()
    town.clock.move_to(datetime(2026, 10, 9, 15, 0, tzinfo=UTC))  # a Friday, 10:00 in Chicago
    await town.opened()
    town.clock.move(days=1)
    said = (await town.manages("remind")).text
    assert said.startswith("*permits*: it is outside everybody's working hours now. Whoever hasn't")
    assert "Tuesday 13 October" in said, "Monday is a public holiday of their country"
    async with town.bot.database.begin() as session:
        await session.execute(update(Round).values(closes_at=datetime(2026, 10, 13, 13, 0, tzinfo=UTC)))
    town.clock.move(minutes=1)
    reminders = [row for row in await rows(town, "deliveries") if row["kind"] == "reminder"]
    assert {row["next_attempt_at"].date() for row in reminders} == {date(2026, 10, 13)}


@pytest.mark.parametrize(
    ("country", "off", "goes_on", "closes"),
    [
        ("SA", 9, "Sunday 11", 13),
        ("BN", 9, "Saturday 10", 13),  # Friday and Sunday are off
        ("IR", 9, "Saturday 10", 12),
        ("AE", 10, "Monday 12", 13),
    ],
)
@on_both
async def test_a_team_of_another_week_is_asked_open_and_reminded_on_its_working_days(
    town: City, country: str, off: int, goes_on: str, closes: int
) -> None:
    ana = await town.open_setup()
    await ana.suggests("country:US", "country", countries()[country])
    await ana.fills("country:US", country)
    await town.bot.in_flight.landed()
    await ana.fills("weekday", "thursday")
    await town.bot.in_flight.landed()
    assert (await ana.submits()).response_action == "push"
    await town.bot.in_flight.landed()
    await ana.closes()
    town.clock.move_to(datetime(2026, 10, 8, 15, 0, tzinfo=UTC))  # a Thursday, 10:00 in Chicago
    await town.sees(ana, "Choose the level where you stop")
    [opened] = await rows(town, "rounds")
    assert opened["closes_at"].date() == date(2026, 10, closes), "three working days later"
    town.clock.move_to(datetime(2026, 10, off, 15, 0, tzinfo=UTC))
    said = (await town.manages("remind")).text
    assert "outside everybody's working hours now" in said
    assert f"{goes_on} October" in said


@on_both
async def test_an_action_is_due_on_a_working_day_of_its_team(town: City) -> None:
    await town.set_up()
    async with town.bot.database.begin() as session:
        await session.execute(update(Team).values(country="EG"))
    town.clock.move_to(datetime(2026, 10, 9, 15, 0, tzinfo=UTC))  # a Friday, on which Egypt doesn't work
    ana = town.manager
    await town.manages("actions")
    empty = await town.sees(ana, "has no open action items", where=town.channel)
    await ana.taps(empty, action_id=Do.ADD_ACTION)
    assert ana.modal is not None
    fields = {block["block_id"]: block["element"] for block in ana.modal.blocks if "element" in block}
    assert fields["action_due"]["initial_date"] == "2026-10-25", "two weeks later is a Friday, so Sunday"


@on_both
async def test_a_round_planned_for_a_weekend_moves_and_its_managers_are_told_once(town: City) -> None:
    await town.set_up()
    await town.opened()
    [before] = await rows(town, "rounds")
    friday = datetime(2026, 10, 16, 15, 0, tzinfo=UTC)
    await town.stop_bot()
    await town.start_bot()
    async with town.bot.database.begin() as session:
        await session.execute(
            update(Team).values(
                country="SA", next_slot_date=friday.date(), next_round_at=friday, next_step=TeamStep.REFRESH,
                next_step_at=friday,
            )
        )  # fmt: skip
    for _again in range(2):
        await town.stop_bot()
        await town.start_bot()
        await town.settled()
    told = town.seen(town.manager, "isn't a working day in Saudi Arabia")
    assert len(told) == 1
    assert "not on Friday 16 October 2026" in told[0].shown
    [team] = await rows(town, "teams")
    assert team["next_slot_date"] > friday.date()
    assert team["next_slot_date"].strftime("%A") == "Tuesday"
    [after] = await rows(town, "rounds")
    assert after["closes_at"] == before["closes_at"]
