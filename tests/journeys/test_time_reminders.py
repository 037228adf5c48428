"""Reminders as each person lives them: in their own working hours, put off, asked for by a manager, and ended."""

from datetime import UTC, datetime

from bot.sandbox import Person
from bot.slack.ids import Do
from tests.journeys.city import City
from tests.journeys.records import rows
from tests.journeys.test_settings import saved, settings
from tests.storage.builders import on_both

TUESDAY = datetime(2026, 10, 6, 15, 0, tzinfo=UTC)
FIRST = datetime(2026, 10, 8, 14, 0, tzinfo=UTC)
"""Half-way, moved into the office hours of Chicago: Thursday at 9:00."""
SECOND = datetime(2026, 10, 9, 14, 0, tzinfo=UTC)
CLOSE = datetime(2026, 10, 9, 15, 0, tzinfo=UTC)
ASKED = "Choose the level where you stop"
REMINDED = "Your check-in for *permits* isn't finished."


async def opened(town: City) -> None:
    """The scheduled round is open, and everyone is asked."""
    await town.set_up()
    town.clock.move_to(TUESDAY)
    for person in town.people:
        await town.sees(person, ASKED)


def reminders(town: City, person: Person) -> int:
    return len(town.seen(person, REMINDED))


async def at(town: City, instant: datetime) -> list[int]:
    """How many reminders each of the five has had by then."""
    await town.settled()  # a leap of time is a leap of leases too
    town.clock.move_to(instant)
    await town.settled()
    return [reminders(town, person) for person in town.people]


async def test_each_person_is_reminded_in_their_own_working_hours(town: City) -> None:
    zones = ("America/Chicago", "Europe/Berlin", "Asia/Tokyo", "America/Los_Angeles", "Asia/Kolkata")
    for person, zone in zip(town.people, zones, strict=True):
        person.change(tz=zone)
    await opened(town)
    # Half-way is Thursday 03:00 UTC: noon in Tokyo, 8:30 in Kolkata, night elsewhere.
    day = TUESDAY.replace(day=8)
    assert await at(town, day.replace(hour=2, minute=59)) == [0, 0, 0, 0, 0]
    assert await at(town, day.replace(hour=3, minute=1)) == [0, 0, 1, 0, 0]
    assert await at(town, day.replace(hour=3, minute=30)) == [0, 0, 1, 0, 1]
    assert await at(town, day.replace(hour=7, minute=0)) == [0, 1, 1, 0, 1]
    assert await at(town, day.replace(hour=14, minute=0)) == [1, 1, 1, 0, 1]
    assert await at(town, day.replace(hour=16, minute=0)) == [1, 1, 1, 1, 1]
    # Four fifths is Friday 00:36 UTC: the next morning for most, which in Los Angeles begins after the close.
    day = TUESDAY.replace(day=9)
    assert await at(town, day.replace(hour=0, minute=37)) == [1, 1, 2, 1, 1]
    assert await at(town, day.replace(hour=3, minute=31)) == [1, 1, 2, 1, 2]
    assert await at(town, day.replace(hour=7, minute=1)) == [1, 2, 2, 1, 2]
    assert await at(town, SECOND) == [2, 2, 2, 1, 2]
    assert await at(town, CLOSE.replace(hour=14, minute=58)) == [2, 2, 2, 1, 2]


async def test_a_reminder_that_was_held_up_overnight_waits_for_the_morning(town: City) -> None:
    await opened(town)
    await town.stop_bot()
    town.clock.move_to(FIRST.replace(hour=23))  # 18:00 in Chicago: the app was down all day
    await town.start_bot()
    assert await at(town, FIRST.replace(hour=23, minute=30)) == [0] * 5
    assert await at(town, SECOND) == [1] * 5, "and in the morning there is one, not two"


async def test_the_teams_days_off_are_nobodys_working_days(town: City) -> None:
    await town.set_up(days_off="2026-10-08")
    town.clock.move_to(TUESDAY)
    await town.sees(town.manager, ASKED)
    assert await at(town, FIRST.replace(hour=20)) == [0] * 5
    assert await at(town, SECOND) == [0] * 5
    assert await at(town, CLOSE.replace(minute=1)) == [0] * 5
    assert await at(town, CLOSE.replace(day=13, hour=14, minute=1)) == [1] * 5, (
        "half-way of a window that goes over Monday, a public holiday, too, is at its end"
    )


async def test_a_manager_reminds_who_has_not_finished_and_it_counts_as_one_of_two(town: City) -> None:
    ana, ben, cho, dev, eli = town.people
    await opened(town)
    await town.answer(ana, (1, 1, 1, 1, 1))
    await town.sees(ana, "Thank you")
    await dev.taps(await town.sees(dev, ASKED), action_id=Do.SKIP_ROUND)
    reply = await town.manages("remind")
    assert reply.text.startswith("*permits*: whoever hasn't finished is reminded")
    for person in (ben, cho, eli):
        await town.sees(person, REMINDED)
    await town.settled()
    assert [reminders(town, person) for person in town.people] == [0, 1, 1, 0, 1]

    again = await town.manages("remind")
    assert again.text.startswith(
        "*permits*: whoever hasn't finished was reminded just now, or will be when their working day"
    )
    assert "you can remind them once more" in again.text
    assert "Tuesday 6 October 2026, 11:00 (America/Chicago)" in again.text
    await town.settled()
    assert [reminders(town, person) for person in town.people] == [0, 1, 1, 0, 1], "a moment later nobody is reminded"
    await eli.taps(await town.sees(eli, REMINDED), action_id=Do.STOP_ASKING)
    await town.sees(eli, "You won't be asked or reminded any more")
    assert await at(town, FIRST) == [0, 1, 1, 0, 0], "half-way comes to nothing: it is used up"
    await town.manages("remind")
    assert await at(town, SECOND) == [0, 2, 2, 0, 0]
    await town.manages("remind")
    await town.settled()
    assert [reminders(town, person) for person in town.people] == [0, 2, 2, 0, 0]


async def test_a_second_reminder_within_the_hour_reaches_nobody_not_even_who_came_back_meanwhile(town: City) -> None:
    ben, cho = town.people[1:3]
    await opened(town)
    await ben.types("/maturity away until 2026-10-30", town.channel)
    await town.manages("remind")
    await town.sees(cho, REMINDED)
    await ben.types("/maturity away off", town.channel)
    assert "was reminded just now" in (await town.manages("remind")).text
    await town.settled()
    assert (reminders(town, ben), reminders(town, cho)) == (0, 1)


@on_both
async def test_a_reminder_tells_nobody_who_has_finished(town: City) -> None:
    """A manager may make anyone the whole team, during the round, and would count them."""
    await town.set_up()
    await town.opened()
    ben, cho = town.people[1:3]
    await town.answer(ben, (1, 2, 3, 4, 1))
    said, said_again = set(), set()
    for alone in (ben, cho):
        await settings(town, town.manager)
        await town.manager.fills("source", "people")
        await town.bot.in_flight.landed()
        await town.manager.fills("people", [alone])
        await saved(town, town.manager)
        await town.manager.closes()
        said.add((await town.manages("remind")).text)
        said_again.add((await town.manages("remind")).text.partition(" From ")[0])
        town.clock.move(hours=2)
    assert (len(said), len(said_again)) == (1, 1)


async def test_nobody_who_finished_is_told_by_a_reminder_that_reminds_nobody(town: City) -> None:
    await town.set_up()
    await town.opened()
    for person in town.people:
        await town.answer(person, (1, 1, 1, 1, 1))
        await town.sees(person, "Thank you")
    assert "is reminded, each in their own working hours" in (await town.manages("remind")).text
    assert "was reminded just now" in (await town.manages("remind")).text


async def test_a_managers_reminder_at_night_goes_out_in_the_morning(town: City) -> None:
    town.people[1].change(tz="Europe/Berlin")
    await opened(town)
    town.clock.move_to(TUESDAY.replace(hour=20, minute=30))  # 15:30 in Chicago, 22:30 in Berlin
    await town.manages("remind")
    assert await at(town, TUESDAY.replace(hour=21)) == [1, 0, 1, 1, 1]
    town.clock.move_to(TUESDAY.replace(day=7, hour=3))  # 22:00 in Chicago
    assert "it is outside everybody's working hours now" in (await town.manages("remind")).text
    town.clock.move_to(TUESDAY.replace(day=7, hour=5))
    assert "Wednesday 7 October 2026, 10:00 (America/Chicago)" in (await town.manages("remind")).text
    assert await at(town, TUESDAY.replace(day=7, hour=7)) == [1, 1, 1, 1, 1]


@on_both
async def test_a_snoozed_reminder_is_no_new_one(town: City) -> None:
    cho = town.people[2]
    cho.change(tz="America/New_York")
    await opened(town)
    await town.manages("remind")
    await cho.taps(await town.sees(cho, REMINDED), action_id=Do.SNOOZE)
    await town.sees(cho, "You will be reminded of your check-in for *permits* again")
    assert (await at(town, TUESDAY.replace(day=7, hour=12, minute=55)))[2] == 0
    assert (await at(town, TUESDAY.replace(day=7, hour=13)))[2] == 1, "9:00 in New York"
    assert (await at(town, FIRST))[2] == 1, "half-way was used up by the manager"
    assert (await at(town, SECOND))[2] == 2, "the second is still to come"
    await cho.taps(await town.sees(cho, REMINDED), action_id=Do.SNOOZE)
    await town.sees(cho, "closes before your next working day")


async def test_who_asks_for_an_end_is_asked_no_more_until_they_ask_again(town: City) -> None:
    eli = town.people[4]
    await town.set_up(cadence="1")
    town.clock.move_to(TUESDAY)
    await town.answer_all(dict.fromkeys("ABCDE", (2, 2, 2, 2)))
    await town.manages("remind")
    await eli.taps(await town.sees(eli, REMINDED), action_id=Do.STOP_ASKING)
    stopped = await town.sees(eli, "You won't be asked or reminded any more, in any team.")
    await town.close_early()
    await town.summary()

    town.clock.move_to(TUESDAY.replace(day=13))
    await town.sees(town.manager, ASKED)
    await town.settled()
    assert not town.seen(eli, ASKED)
    assert len([row for row in await rows(town, "round_members") if row["user_id"] == eli.id]) == 1
    assert "You chose not to be asked any more." in (await eli.types("/maturity checkin", town.channel)).text

    await eli.taps(stopped, action_id=Do.ASK_AGAIN)
    await town.sees(eli, "You will be asked again")
    assert "You chose" not in (await eli.types("/maturity checkin", town.channel)).text
    await town.close_early()
    town.clock.move_to(TUESDAY.replace(day=20))
    await town.sees(eli, ASKED)


async def test_an_end_to_it_stops_what_is_on_its_way_too(town: City) -> None:
    """On members' own clocks, one team's prompt may be due hours after another team's reminder."""
    ana = town.manager
    ana.change(tz="America/Los_Angeles")
    await town.set_up(clock="member", privacy="named")  # two named rounds of the same people may be near
    other = town.workspace.add_channel("water", members=[*town.people, town.installation])
    await town.set_up(where=other, name="water", privacy="named")
    await ana.types("/maturity start", other)
    await town.sees(ana, "Check-in: water")
    town.clock.move_to(TUESDAY)
    await town.sees(town.people[1], "Check-in: permits")
    reply = await ana.types("/maturity remind", other)
    assert "is reminded" in reply.text
    town.clock.move_to(TUESDAY.replace(hour=16))
    await ana.taps(await town.sees(ana, "Your check-in for *water* isn't finished."), action_id=Do.STOP_ASKING)
    town.clock.move_to(TUESDAY.replace(hour=18))
    await town.settled()
    assert not town.seen(ana, "Check-in: permits")
    await ana.types("/maturity checkin", other)
    await town.sees(ana, "Check-in: permits")


async def test_a_round_left_out_from_its_reminder_shows_so_in_its_own_message_and_leaves_no_answer_there(
    town: City,
) -> None:
    ben = town.people[1]
    await opened(town)
    prompt = await town.sees(ben, ASKED)
    await town.tap(ben, prompt, "A", 3)
    await town.manages("remind")
    await ben.taps(await town.sees(ben, REMINDED), action_id=Do.SKIP_ROUND)
    await town.sees(ben, "You skipped this check-in")
    skipped = await town.sees(ben, "You skipped this round. If you change your mind")
    assert skipped.ts == prompt.ts
    await ben.taps(skipped, action_id=Do.SHOW_CHECK_IN)
    await town.answer(ben, (2, 2, 2, 2, 2), prompt=await town.sees(ben, ASKED))
    assert (await town.sees(ben, "Thank you")).ts == prompt.ts
    await town.close_early()
    await town.sees(ben, "This round has closed. Thanks for taking part.")
    assert not town.seen(ben, "Level ")
