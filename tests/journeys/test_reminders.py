"""Reminders: for who hasn't finished, twice at most, in working hours, and an end to them at one tap."""

from datetime import UTC, datetime

from bot.sandbox import Person
from bot.slack.ids import Do
from tests.journeys.city import City
from tests.storage.builders import on_both

TUESDAY = datetime(2026, 10, 6, 15, 0, tzinfo=UTC)
FIRST = datetime(2026, 10, 8, 14, 0, tzinfo=UTC)
"""Half-way would be on Wednesday night: Thursday at 9:00 in Chicago."""
SECOND = datetime(2026, 10, 9, 14, 0, tzinfo=UTC)
"""80% of the window would be on Thursday evening."""
REMINDED = "Your check-in for *permits* isn't finished."


async def reminded(town: City, at: datetime) -> list[Person]:
    """Who has been reminded by then, once for each time."""
    town.clock.move_to(at)
    await town.settled()
    return [person for person in town.people for _reminder in town.seen(person, REMINDED)]


async def test_only_who_has_not_finished_is_reminded_and_twice_at_most(town: City) -> None:
    ana, ben, cho, dev, eli = town.people
    await town.set_up()
    town.clock.move_to(TUESDAY)
    await town.answer(ana, (1, 1, 1, 1, 1))
    await town.tap(ben, await town.sees(ben, "Choose the level where you stop"), "A", 2)
    await dev.taps(await town.sees(dev, "Choose the level where you stop"), action_id=Do.SKIP_ROUND)
    await town.sees(eli, "Choose the level where you stop")

    assert await reminded(town, FIRST.replace(hour=13, minute=55)) == []
    assert await reminded(town, FIRST) == [ben, cho, eli]
    reminder = await town.sees(cho, REMINDED)
    assert reminder.blocks[-1]["elements"][0]["url"].startswith("https://city.slack.com/archives/D")

    await eli.taps(await town.sees(eli, REMINDED), action_id=Do.STOP_ASKING)
    await town.sees(eli, "You won't be asked or reminded any more")
    await town.answer(ben, (2, 2, 2, 2, 2), prompt=await town.sees(ben, "Choose the level where you stop"))
    assert await reminded(town, SECOND) == [ben, cho, cho]
    assert await reminded(town, SECOND.replace(minute=50)) == [ben, cho, cho]


async def test_a_snoozed_reminder_comes_once_on_the_next_working_day(town: City) -> None:
    cho = town.people[2]
    await town.set_up()
    town.clock.move_to(TUESDAY)
    await town.sees(cho, "Choose the level where you stop")
    assert cho in await reminded(town, FIRST)
    await cho.taps(await town.sees(cho, REMINDED), action_id=Do.SNOOZE)
    await town.sees(cho, "You will be reminded of your check-in for *permits* again")
    assert (await reminded(town, SECOND.replace(hour=13, minute=55))).count(cho) == 0
    assert (await reminded(town, SECOND)).count(cho) == 1
    assert (await reminded(town, SECOND.replace(minute=50))).count(cho) == 1


async def test_a_teams_switch_for_reminders_holds_at_once_for_the_open_round(town: City) -> None:
    await town.set_up()
    town.clock.move_to(TUESDAY)
    for person in town.people:
        await town.sees(person, "Choose the level where you stop")
    await town.set_up(reminders=[])
    assert await reminded(town, FIRST.replace(hour=20)) == [], "switched off"
    await town.set_up(reminders=["yes"])
    assert await reminded(town, SECOND) == town.people, "switched on again: the second moment is the first nudge"


@on_both
async def test_a_planned_reminder_that_is_held_up_does_not_go_out_once_reminders_are_off(town: City) -> None:
    await town.set_up()
    town.clock.move_to(TUESDAY)
    for person in town.people:
        await town.sees(person, "Choose the level where you stop")
    town.sandbox.faults.add(
        method="chat.postMessage", kind="ratelimited", times=5, retry_after=600, when=lambda said: REMINDED in str(said)
    )
    assert await reminded(town, FIRST) == []
    await town.set_up(reminders=[])
    town.clock.move(hours=2)
    await town.settled()
    assert not town.seen(town.people[2], REMINDED)
    await town.manages("remind")
    assert await reminded(town, SECOND) == town.people, "a manager's own word goes out"


async def test_a_team_without_reminders_is_left_alone(town: City) -> None:
    await town.set_up(reminders=[])
    town.clock.move_to(TUESDAY)
    await town.sees(town.manager, "Choose the level where you stop")
    assert await reminded(town, SECOND.replace(minute=50)) == []


async def test_a_round_can_be_left_out_from_its_reminder(town: City) -> None:
    ben = town.people[1]
    await town.set_up()
    town.clock.move_to(TUESDAY)
    await town.sees(ben, "Choose the level where you stop")
    assert ben in await reminded(town, FIRST)
    await ben.taps(await town.sees(ben, REMINDED), action_id=Do.SKIP_ROUND)
    await town.sees(ben, "You skipped this round.")
    assert ben not in await reminded(town, SECOND)


async def test_a_reminder_that_is_tapped_after_the_close_says_so_and_keeps_no_button(town: City) -> None:
    ben, cho, dev = town.people[1:4]
    await town.set_up()
    dev.deleted = True  # so that the check-in can't be delivered, and the reminder's Answer has to bring it
    town.clock.move_to(TUESDAY)
    await town.settled()
    dev.change(deleted=False)
    assert {ben, cho, dev} <= set(await reminded(town, FIRST))
    late = {person: await town.sees(person, REMINDED) for person in (ben, cho, dev)}
    await town.close_early()
    await town.sees(ben, "This round has closed. You didn't answer.")
    for person, action_id in ((ben, Do.SNOOZE), (cho, Do.SKIP_ROUND), (dev, Do.SHOW_CHECK_IN)):
        await person.taps(late[person], action_id=action_id)
        said = await town.sees(person, "This round has closed, so nothing")
        assert said.ts == late[person].ts
        assert not town.seen(person, REMINDED)
        assert "[" not in said.shown


async def test_nobody_is_reminded_of_a_check_in_that_has_not_come_yet(town: City) -> None:
    ben, cho = town.people[1:3]
    await town.set_up()
    to_cho = cho.dm(town.app).id
    # Later than an hour after the first reminders: no claim believes that a whole workspace is put off for longer.
    town.sandbox.faults.add(
        method="chat.postMessage",
        kind="ratelimited",
        retry_after=2 * 86400 + 2 * 3600,
        when=lambda call: call["channel"] == to_cho,
    )
    town.clock.move_to(TUESDAY)
    await town.settled()
    assert ben in await reminded(town, FIRST)
    assert not town.seen(cho, REMINDED)
    town.clock.move_to(FIRST.replace(hour=20))
    await town.settled()
    asked, again = await town.sees(cho, "Choose the level where you stop"), await town.sees(cho, REMINDED)
    assert asked.ts < again.ts
