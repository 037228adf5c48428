"""Time that people change: a round kept open longer, somebody away, the dates that are shown."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.slack.ids import Do
from tests.journeys.city import City
from tests.journeys.records import befalls, rows
from tests.storage.builders import on_both

TUESDAY = datetime(2026, 10, 6, 15, 0, tzinfo=UTC)
FRIDAY = datetime(2026, 10, 9, 15, 0, tzinfo=UTC)
ASKED = "Choose the level where you stop"
REMINDED = "Your check-in for *permits* isn't finished."


async def opened(town: City, **fields: Any) -> None:
    """The scheduled round is open, and everyone is asked."""
    await town.set_up(**fields)
    await town.without_holidays()
    town.clock.move_to(TUESDAY)
    for person in town.people:
        await town.sees(person, ASKED)
    await town.settled()


async def test_an_extended_round_shows_its_new_time_and_takes_answers_until_then(town_on_any_transport: City) -> None:
    town = town_on_any_transport
    ana, ben, cho, _dev, _eli = town.people
    await opened(town)
    await town.answer(ana, (1, 1, 1, 1, 1))
    await town.sees(ana, "Thank you")
    await cho.taps(await town.sees(cho, ASKED), action_id=Do.SKIP_ROUND)
    await town.sees(cho, "You skipped this round.")

    reply = await town.manages("extend")
    assert reply.text.startswith("The round of *permits* is open until <!date^"), reply.text
    for person, words in ((ana, "Thank you"), (ben, ASKED), (cho, "You skipped this round.")):
        await town.sees(person, "Monday 12 October 2026, 10:00")
        assert "Monday 12 October 2026, 10:00" in (await town.sees(person, words)).shown
        assert not town.seen(person, "Friday 9 October")

    town.clock.move_to(FRIDAY.replace(minute=30))
    await town.settled()
    await town.answer(ben, (2, 2, 2, 2, 2))
    await town.sees(ben, "Thank you")
    assert not town.seen(ana, ": round 1", where=town.channel)
    town.clock.move_to(FRIDAY.replace(day=12))
    assert "2 of 5 answered." in (await town.summary()).shown


async def test_a_round_is_extended_by_a_month_at_most_however_the_number_is_written(town: City) -> None:
    await town.set_up()
    await town.opened()
    [before] = await rows(town, "rounds")
    for number in ("00019999", "00019999999", "0001" + "9" * 5000, "21", "0", "-1", "1.5"):
        said = (await town.manages(f"extend {number}")).text
        assert said == "A round is extended by 1 to 20 working days: `/maturity extend 2`."
    for word in ("abc", "3x"):
        await town.manages(f"extend {word}")
        said = (await town.sees(town.manager, f"There is no team called “{word}”.", where=town.channel)).shown
        assert said.endswith("A round is extended by 1 to 20 working days: `/maturity extend 2`.")
    await town.manages("extend 2 nowhere")
    said = (await town.sees(town.manager, "There is no team called “nowhere”.", where=town.channel)).shown
    assert "working days" not in said
    [after] = await rows(town, "rounds")
    assert after["closes_at"] == before["closes_at"]


@on_both
async def test_a_check_in_that_is_on_its_way_when_its_round_is_extended_comes_to_show_the_new_time(town: City) -> None:
    await town.set_up()
    await town.without_holidays()
    slow = town.sandbox.faults.add(
        method="chat.postMessage", kind="slow", delay=None, when=lambda said: said["channel"] == ben.dm(town.app).id
    )
    ben = town.people[1]
    town.clock.move_to(TUESDAY)
    await befalls(town, slow)
    assert not town.seen(ben, ASKED)
    await town.manages("extend")
    slow.release()
    await town.sees(ben, "Monday 12 October 2026, 10:00")
    assert len(town.seen(ben, ASKED)) == 1
    assert not town.seen(ben, "Friday 9 October")


async def test_reminders_follow_an_extension(town: City) -> None:
    cho = town.people[2]
    await opened(town)
    await town.manages("extend 2 working days")
    # The window ends on Tuesday: half-way is Saturday, four fifths Monday early, both moved to Monday 9:00.
    town.clock.move_to(FRIDAY.replace(hour=14))
    await town.settled()
    assert not town.seen(cho, REMINDED)
    town.clock.move_to(FRIDAY.replace(day=12, hour=14))
    await town.settled()
    assert len(town.seen(cho, REMINDED)) == 1


async def test_an_extension_steps_over_the_teams_days_off_and_weekends(town: City) -> None:
    await opened(town, days_off="2026-10-12")
    assert "Tuesday 13 October 2026, 10:00" in (await town.manages("extend 1")).text
    assert "Friday 16 October 2026, 10:00" in (await town.manages("extend 3 permits")).text


@pytest.mark.parametrize(
    ("typed", "said"),
    [(typed, "1 to 20 working days") for typed in ("0", "-1", "1.5", "21", "999999999999")]
    + [("²", "There is no team called")],
)
async def test_an_extension_by_no_such_number_is_refused(town: City, typed: str, said: str) -> None:
    await opened(town)
    await town.manages(f"extend {typed}")
    await town.sees(town.manager, said, where=town.channel)
    [found] = await rows(town, "rounds")
    assert found["closes_at"] == FRIDAY


async def test_a_team_whose_name_begins_with_a_number_is_extended_by_a_day(town: City) -> None:
    await opened(town, name="2 Rivers")
    assert "Monday 12 October 2026, 10:00" in (await town.manages("extend 2 Rivers")).text
    assert "Tuesday 13 October 2026, 10:00" in (await town.manages("extend 1 2 Rivers")).text


async def test_a_round_is_not_extended_into_the_next_one(town: City) -> None:
    await opened(town, cadence="1")
    assert "next round of *permits*" in (await town.manages("extend 2")).text
    assert "`/maturity skip`" in (await town.manages("extend 2")).text
    await town.manages("skip")
    assert "Tuesday 13 October" in (await town.manages("extend 2")).text
    await town.close_early()
    await town.summary()
    assert "has no open round" in (await town.manages("extend")).text


async def test_who_is_away_is_not_asked_until_the_day_after(town: City) -> None:
    ben = town.people[1]
    await town.set_up(cadence="1")
    for typed in ("away", "away off"):
        said = (await ben.types(f"/maturity {typed}", town.channel)).text
        assert said.startswith("You are not away, so you are asked")
        assert "`/maturity away until 2026-10-12`" in said
    reply = await ben.types("/maturity away until 2026-10-12", town.channel)
    assert reply.text.startswith("You are away through Monday 12 October 2026: ")
    assert "From Tuesday 13 October 2026 on you will be again." in reply.text
    assert (await ben.types("/maturity away", town.channel)).text == reply.text
    town.clock.move_to(TUESDAY)
    await town.sees(town.manager, ASKED)
    await town.settled()
    assert not town.seen(ben, ASKED)
    assert "0 of 4 people have answered" in (await town.manages("close")).text
    await town.close_early()
    town.clock.move_to(TUESDAY.replace(day=13))
    await town.sees(ben, ASKED)


@pytest.mark.parametrize(
    ("zone", "last_day", "asked"),
    [
        ("Pacific/Auckland", "2026-10-06", True),
        ("Pacific/Auckland", "2026-10-07", False),
        ("America/Los_Angeles", "2026-10-06", False),
        ("America/Los_Angeles", "2026-10-05", True),
    ],
)
async def test_a_day_away_is_a_day_where_that_person_is(town: City, zone: str, last_day: str, asked: bool) -> None:  # noqa: FBT001
    """The round opens on Tuesday 6 October at 15:00 UTC: that is Wednesday in Auckland."""
    ben = town.people[1]
    ben.change(tz=zone)
    await town.set_up(cadence="1")
    await ben.types(f"/maturity away until {last_day}", town.channel)
    town.clock.move_to(TUESDAY)
    await town.sees(town.manager, ASKED)
    await town.settled()
    assert bool(town.seen(ben, ASKED)) is asked


async def test_nobody_is_reminded_while_it_is_still_a_day_away_where_they_are(town: City) -> None:
    ben = town.people[1]
    town.manager.change(tz="Pacific/Auckland")
    ben.change(tz="America/Los_Angeles")
    await town.set_up()
    await town.opened()
    await ben.types("/maturity away until 2026-10-05", town.channel)
    await town.manages("remind")
    await town.settled()
    assert town.seen(town.people[2], REMINDED)
    town.clock.move(hours=2)  # 10:00 in Los Angeles
    await town.settled()
    assert not town.seen(ben, REMINDED)


async def test_who_goes_away_during_a_round_gets_no_reminder_and_can_come_back(town: City) -> None:
    ben = town.people[1]
    await opened(town)
    said = (await ben.types("/maturity away until tomorrow", town.channel)).text
    assert "Your check-in that is open now stays open: you can still answer it." in said
    await town.manages("remind")
    await town.settled()
    assert not town.seen(ben, REMINDED)
    assert "You are back" in (await ben.types("/maturity away off", town.channel)).text
    town.clock.move(hours=1)  # a manager may remind once an hour
    await town.manages("remind")
    await town.sees(ben, REMINDED)


async def test_somebody_we_never_heard_of_can_be_away(town: City) -> None:
    own = town.bystander.dm(town.app)
    await town.bystander.types("/maturity away until 20 December", own)
    await town.sees(town.bystander, "You are away through Sunday 20 December 2026", where=own)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("2026-10-04", "Sunday 4 October 2026 is over."),
        ("until", "I couldn't read “until” as a date. Try 2026-10-12."),
        ("2026-02-30", "I couldn't read “2026-02-30” as a date. Try 2026-10-12."),
        ("10/12/2026", "I couldn't read “10/12/2026” as a date"),
        ("until 2036-01-01", "more than a year away"),
        ("until <!channel>", "I couldn't read “&lt;!channel&gt;” as a date"),
        ("until", "I couldn't read"),
    ],
)
async def test_a_bad_date_is_refused_with_what_to_write(town: City, typed: str, said: str) -> None:
    await town.set_up()
    assert said in (await town.manages(f"away {typed}")).text
    assert {row["away_until"] for row in await rows(town, "people")} == {None}


async def test_the_next_dates_keep_their_hour_across_a_clock_change_and_step_over_days_off(town: City) -> None:
    """Chicago's clocks change on 1 November 2026."""
    await town.set_up(cadence="1", days_off="2026-10-27")
    town.clock.move_to(TUESDAY.replace(day=21))
    await town.settled()
    await town.manages("pause")
    said = (await town.manages("resume")).text
    dates = ["Wednesday 28 October 2026", "Tuesday 3 November 2026", "Tuesday 10 November 2026"]
    assert [said.count(words) for words in [*dates, "at 10:00"]] == [1, 1, 1, 1], said
    said = (await town.manages("skip")).text
    assert [said.count(words) for words in [*dates, "Tuesday 17 November 2026"]] == [1, 1, 1, 1], said
    assert said.index("is skipped") < said.index(dates[1])


@on_both
async def test_the_settings_of_a_paused_team_promise_no_date(town: City) -> None:
    await town.set_up(cadence="1")
    assert "*permits* is paused" in (await town.manages("pause")).text
    await town.open_setup()
    await town.manager.submits()
    await town.until(lambda: any("are saved" in str(each.blocks) for each in town.manager.modals) or None)
    assert any(
        "This team is paused. Restart it with `/maturity resume`." in str(each.blocks) for each in town.manager.modals
    )


@on_both
async def test_a_round_that_is_left_out_stays_left_out_until_that_is_taken_back(town: City) -> None:
    await town.set_up(cadence="1")
    skipped = await _next_round(town)
    assert "`/maturity skip off` undoes that" in (await town.manages("skip")).text
    after = await _next_round(town)
    assert after > skipped

    await town.set_up(name="Permits & Plans", privacy="named")
    assert await _next_round(town) == after, "settings that don't change the rhythm change no date"
    await town.manages("pause")
    await town.manages("resume")
    assert await _next_round(town) == after

    assert "No round is skipped any more." in (await town.manages("skip off")).text
    assert await _next_round(town) == skipped


@on_both
async def test_another_rhythm_knows_nothing_of_what_was_left_out(town: City) -> None:
    await town.set_up()
    await town.manages("skip")
    await town.set_up(cadence="1")
    assert await _next_round(town) <= town.clock() + timedelta(days=8)


async def _next_round(town: City) -> datetime:
    [team] = await rows(town, "teams")
    found: datetime = team["next_round_at"]
    return found
