"""A team's own week: who is reminded when, when an action is due, and what becomes of dates that a weekend takes."""

from datetime import UTC, date, datetime

from sqlalchemy import update

from bot.ids import Do
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
    assert said.startswith("*permits*: nobody is reminded now, outside everybody's working hours. Whoever hasn't")
    assert "Monday 12 October" in said
    async with town.bot.database.begin() as session:
        await session.execute(update(Round).values(closes_at=datetime(2026, 10, 12, 13, 0, tzinfo=UTC)))
    town.clock.move(minutes=1)
    reminders = [row for row in await rows(town, "deliveries") if row["kind"] == "reminder"]
    assert {row["next_attempt_at"].date() for row in reminders} == {date(2026, 10, 12)}


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
    told = town.seen(town.manager, "no working day in Saudi Arabia")
    assert len(told) == 1
    assert "not on Friday 16 October 2026" in told[0].shown
    [team] = await rows(town, "teams")
    assert team["next_slot_date"] > friday.date()
    assert team["next_slot_date"].strftime("%A") == "Tuesday"
    [after] = await rows(town, "rounds")
    assert after["closes_at"] == before["closes_at"]
