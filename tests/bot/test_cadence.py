import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.schedule.cadence import (
    DaysOff,
    Schedule,
    Weekday,
    at_local,
    member_open,
    next_slot,
    next_slots,
    reminder_times,
    window_end,
)

NINE = time(9)
CHICAGO = "America/Chicago"


def schedule(**changes: Any) -> Schedule:
    """Every Tuesday at 9:00 in Chicago, but for the changes."""
    usual: dict[str, Any] = {
        "every_weeks": 1,
        "monthly_nth": None,
        "weekday": Weekday.TUESDAY,
        "local_time": NINE,
        "time_zone": CHICAGO,
        "anchor": None,
    }
    return Schedule(**usual | changes)


def monthly(nth: int, weekday: Weekday, **changes: Any) -> Schedule:
    return schedule(every_weeks=None, monthly_nth=nth, weekday=weekday, **changes)


def dates(of: Schedule, *, after: str, count: int = 3) -> list[str]:
    start = datetime.fromisoformat(after).replace(tzinfo=ZoneInfo(of.time_zone))
    return [slot.date.isoformat() for slot in next_slots(of, after=start, count=count)]


def off(first: str, last: str | None = None) -> DaysOff:
    """Own days off, from the first to the last."""
    start, end = date.fromisoformat(first), date.fromisoformat(last or first)
    return DaysOff(dates=frozenset(start + timedelta(days=n) for n in range((end - start).days + 1)))


@pytest.mark.parametrize(
    ("zone", "day", "clock", "instant"),
    [
        (CHICAGO, "2026-07-01", "09:00", "2026-07-01T14:00Z"),
        (CHICAGO, "2026-03-08", "02:30", "2026-03-08T08:00Z"),
        (CHICAGO, "2026-11-01", "01:30", "2026-11-01T06:30Z"),
        ("Europe/Amsterdam", "2026-03-29", "02:30", "2026-03-29T01:00Z"),
        ("Europe/Amsterdam", "2026-10-25", "02:30", "2026-10-25T00:30Z"),
        ("Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-03T15:30Z"),
        ("Australia/Lord_Howe", "2026-04-05", "01:45", "2026-04-04T14:45Z"),
        ("Africa/Cairo", "2026-04-24", "00:00", "2026-04-23T22:00Z"),
        ("America/Sao_Paulo", "2018-11-04", "00:00", "2018-11-04T03:00Z"),
        ("Pacific/Apia", "2011-12-30", "09:00", "2011-12-30T10:00Z"),
        ("America/Nuuk", "2026-03-28", "23:30", "2026-03-29T01:00Z"),
    ],
)
def test_a_skipped_time_is_the_end_of_its_gap_and_a_repeated_one_its_first(
    zone: str, day: str, clock: str, instant: str
) -> None:
    found = at_local(date.fromisoformat(day), time.fromisoformat(clock), zone)
    assert found == datetime.fromisoformat(instant)
    assert found.tzinfo is UTC


def test_a_time_that_remembers_a_repetition_is_still_the_first() -> None:
    assert at_local(date(2026, 11, 1), time(1, 30, fold=1), CHICAGO) == datetime(2026, 11, 1, 6, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "after"),
    [(CHICAGO, "2026-03-01"), ("Europe/Amsterdam", "2026-10-18"), ("Australia/Lord_Howe", "2026-03-28")],
)
def test_a_team_is_asked_at_the_same_local_time_on_both_sides_of_a_clock_change(zone: str, after: str) -> None:
    start = datetime.fromisoformat(after).replace(tzinfo=UTC)
    slots = next_slots(schedule(time_zone=zone), after=start, count=3)
    local = [slot.at.astimezone(ZoneInfo(zone)) for slot in slots]
    assert len({moment.utcoffset() for moment in local}) == 2
    assert {moment.time() for moment in local} == {NINE}


def test_a_midnight_that_a_clock_change_skips_keeps_its_date() -> None:
    at_midnight = schedule(weekday=Weekday.FRIDAY, local_time=time(0), time_zone="Africa/Cairo")
    assert dates(at_midnight, after="2026-04-18") == ["2026-04-24", "2026-05-01", "2026-05-08"]


def test_a_repeated_hour_opens_one_round() -> None:
    in_the_fold = schedule(weekday=Weekday.SUNDAY, local_time=time(1, 30))
    first = next_slot(in_the_fold, after=datetime(2026, 10, 30, tzinfo=UTC))
    assert first.at == datetime(2026, 11, 1, 6, 30, tzinfo=UTC)
    assert next_slot(in_the_fold, after=first.at).date == date(2026, 11, 8)
    assert next_slot(in_the_fold, after=first.at + timedelta(minutes=59)).date == date(2026, 11, 8)


def test_a_date_that_a_country_left_out_moves_to_its_next_working_day() -> None:
    fridays = schedule(weekday=Weekday.FRIDAY, time_zone="Pacific/Apia")
    assert dates(fridays, after="2011-12-23T12:00") == ["2012-01-02", "2012-01-13", "2012-01-20"]


@pytest.mark.parametrize("cycle", [{}, {"every_weeks": 4, "anchor": date(2026, 3, 28)}])
def test_a_day_that_ends_before_the_hour_moves_to_the_next_working_day(cycle: dict[str, Any]) -> None:
    late = schedule(weekday=Weekday.SATURDAY, local_time=time(23, 30), time_zone="America/Nuuk", **cycle)
    for after in ("2026-03-28T12:00", "2026-03-29T12:00", "2026-03-30T23:29"):
        assert dates(late, after=after, count=1) == ["2026-03-30"]
        start = datetime.fromisoformat(after).replace(tzinfo=ZoneInfo("America/Nuuk"))
        assert next_slot(late, after=start).date == date(2026, 3, 30)


def test_weeks_are_counted_from_the_week_of_the_anchor() -> None:
    quarterly = schedule(every_weeks=13, anchor=date(2026, 1, 11))
    assert dates(quarterly, after="2026-01-01") == ["2026-01-06", "2026-04-07", "2026-07-07"]
    fortnightly = schedule(every_weeks=2, weekday=Weekday.FRIDAY, anchor=date(2026, 6, 1))
    assert dates(fortnightly, after="2026-01-01", count=2) == ["2026-01-02", "2026-01-16"]


def test_an_anchor_in_the_future_sets_the_cycle_and_no_beginning() -> None:
    assert dates(schedule(every_weeks=4, anchor=date(2030, 1, 1)), after="2026-01-01", count=1) == ["2026-01-06"]


@pytest.mark.parametrize(
    ("nth", "weekday", "expected"),
    [
        (1, Weekday.MONDAY, ["2026-02-02", "2026-03-02", "2026-04-06"]),
        (2, Weekday.WEDNESDAY, ["2026-01-14", "2026-02-11", "2026-03-11"]),
        (4, Weekday.THURSDAY, ["2026-01-22", "2026-02-26", "2026-03-26"]),
        (-1, Weekday.FRIDAY, ["2026-01-30", "2026-02-27", "2026-03-27"]),
        (-1, Weekday.SATURDAY, ["2026-01-31", "2026-02-28", "2026-03-28"]),
    ],
)
def test_monthly_means_the_nth_or_last_weekday(nth: int, weekday: Weekday, expected: list[str]) -> None:
    assert dates(monthly(nth, weekday), after="2026-01-06") == expected


def test_the_next_slot_is_strictly_later() -> None:
    slot = next_slot(schedule(), after=datetime(2026, 5, 5, 13, 59, tzinfo=UTC))
    assert slot.at == datetime(2026, 5, 5, 14, tzinfo=UTC)
    assert next_slot(schedule(), after=slot.at).date == date(2026, 5, 12)


def test_a_public_holiday_moves_a_round_to_the_next_working_day() -> None:
    thursdays = schedule(weekday=Weekday.THURSDAY, days_off=DaysOff("US"))
    assert dates(thursdays, after="2026-11-20") == ["2026-11-27", "2026-12-03", "2026-12-10"]


def test_a_moved_round_and_the_next_one_are_one_when_they_fall_in_one_week() -> None:
    # In Texas the day after Thanksgiving is off too, so that Thursday's round comes on Monday.
    thursdays = schedule(weekday=Weekday.THURSDAY, days_off=DaysOff("US", "TX"))
    assert dates(thursdays, after="2026-11-20") == ["2026-11-30", "2026-12-10", "2026-12-17"]


def test_the_merged_round_is_not_repeated_by_asking_within_its_week() -> None:
    thursdays = schedule(weekday=Weekday.THURSDAY, days_off=DaysOff("US", "TX"))
    assert dates(thursdays, after="2026-12-01", count=1) == ["2026-12-10"]


def test_a_week_without_a_working_day_runs_into_the_next_round() -> None:
    assert dates(schedule(days_off=off("2026-08-04", "2026-08-10")), after="2026-07-30", count=2) == [
        "2026-08-11",
        "2026-08-18",
    ]


def test_months_of_days_off_end_in_one_round() -> None:
    summer = monthly(2, Weekday.MONDAY, days_off=off("2026-06-01", "2026-08-31"))
    assert dates(summer, after="2026-05-15", count=2) == ["2026-09-01", "2026-09-14"]


def test_a_team_that_chose_a_weekend_day_works_on_it_but_not_on_the_other() -> None:
    saturdays = schedule(weekday=Weekday.SATURDAY, days_off=off("2026-08-08"))
    assert dates(saturdays, after="2026-08-02", count=2) == ["2026-08-10", "2026-08-22"]
    assert dates(saturdays, after="2026-07-26", count=1) == ["2026-08-01"]


def test_each_member_is_asked_at_their_own_local_time_of_the_date() -> None:
    opens = [member_open(date(2026, 5, 5), NINE, zone) for zone in ("Asia/Tokyo", "Europe/Amsterdam", CHICAGO)]
    assert [moment.isoformat() for moment in opens] == [
        "2026-05-05T00:00:00+00:00",
        "2026-05-05T07:00:00+00:00",
        "2026-05-05T14:00:00+00:00",
    ]


@pytest.mark.parametrize(
    ("opened_on", "days_off", "works_on", "closes"),
    [
        ("2026-05-05", DaysOff(), None, "2026-05-08T14:00Z"),
        ("2026-05-07", DaysOff(), None, "2026-05-12T14:00Z"),
        ("2026-05-07", DaysOff(), Weekday.SATURDAY, "2026-05-11T14:00Z"),
        ("2026-05-21", DaysOff("US"), None, "2026-05-27T14:00Z"),
        ("2026-05-21", off("2026-05-22", "2026-05-27"), None, "2026-06-01T14:00Z"),
        ("2026-03-06", DaysOff(), None, "2026-03-11T14:00Z"),
    ],
)
def test_a_window_counts_working_days_and_ends_at_the_local_time_it_began(
    opened_on: str, days_off: DaysOff, works_on: Weekday | None, closes: str
) -> None:
    assert window_end(
        date.fromisoformat(opened_on),
        window_days=3,
        zone=CHICAGO,
        days_off=days_off,
        local_time=NINE,
        works_on=works_on,
    ) == datetime.fromisoformat(closes)


@pytest.mark.parametrize(
    ("opens", "closes", "days_off", "nudges"),
    [
        ("2026-05-05T10:00", "2026-05-08T10:00", DaysOff(), ["2026-05-07T09:00", "2026-05-08T09:00"]),
        ("2026-05-05T09:00", "2026-05-08T09:00", DaysOff(), ["2026-05-07T09:00"]),
        ("2026-05-05T09:00", "2026-05-05T15:00", DaysOff(), ["2026-05-05T12:00", "2026-05-05T13:48"]),
        ("2026-05-04T08:00", "2026-05-08T18:00", DaysOff(), ["2026-05-06T13:00", "2026-05-08T09:00"]),
        ("2026-05-07T09:00", "2026-05-12T09:00", DaysOff(), ["2026-05-11T09:00"]),
        ("2026-05-07T10:00", "2026-05-12T10:00", DaysOff(), ["2026-05-11T09:00", "2026-05-11T10:00"]),
        ("2026-05-08T16:00", "2026-05-11T16:00", DaysOff(), ["2026-05-11T09:00"]),
        ("2026-05-05T10:00", "2026-05-08T10:00", off("2026-05-07"), ["2026-05-08T09:00"]),
        ("2026-05-05T10:00", "2026-05-06T09:00", DaysOff(), []),
        ("2026-05-04T16:00", "2026-05-05T18:00", DaysOff(), ["2026-05-05T09:00", "2026-05-05T12:48"]),
    ],
)
def test_nudges_come_half_way_and_at_four_fifths_within_office_hours(
    opens: str, closes: str, days_off: DaysOff, nudges: list[str]
) -> None:
    zone = ZoneInfo(CHICAGO)
    start, end = (datetime.fromisoformat(moment).replace(tzinfo=zone).astimezone(UTC) for moment in (opens, closes))
    found = reminder_times(start, end, zone=CHICAGO, days_off=days_off)
    assert [moment.astimezone(zone).strftime("%Y-%m-%dT%H:%M") for moment in found] == nudges


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"monthly_nth": 1}, "Choose one: every so many weeks, or monthly."),
        ({"every_weeks": None}, "Choose one: every so many weeks, or monthly."),
        ({"every_weeks": 3}, "Every 3 weeks is not on offer: choose 1, 2, 4, 13, 26 or 52 weeks, or monthly."),
        (
            {"every_weeks": None, "monthly_nth": 5},
            "Not every month has that weekday 5 times: choose the 1st to 4th, or the last.",
        ),
        ({"every_weeks": 2}, "Say in which week to begin: choose the date of the first round."),
        ({"weekday": "2"}, "“2” isn't a weekday: write one of monday, tuesday, wednesday,"),
        ({"local_time": time(9, 0, 30)}, "Write the time in hours and minutes, such as 09:30"),
        ({"local_time": time(9, tzinfo=UTC)}, "Write the time in hours and minutes, such as 09:30"),
        ({"local_time": time(1, 30, fold=1)}, "Write the time in hours and minutes, such as 09:30"),
        ({"time_zone": "Amsterdam"}, "“Amsterdam” isn't a time zone. Did you mean Europe/Amsterdam?"),
        ({"time_zone": "new york"}, "“new york” isn't a time zone. Did you mean America/New_York?"),
        ({"time_zone": "../x"}, "“../x” isn't a time zone: write one by its area and city, such as America/Chicago."),
    ],
)
def test_an_impossible_schedule_says_what_to_do(changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}"):
        schedule(**changes)


def test_a_window_without_a_day_is_refused() -> None:
    with pytest.raises(ValueError, match="choose 1 or more"):
        window_end(date(2026, 5, 5), window_days=0, zone=CHICAGO, days_off=DaysOff(), local_time=NINE)


def test_a_naive_instant_is_refused() -> None:
    naive = datetime(2026, 5, 5)  # noqa: DTZ001 - the point of the test
    aware = naive.replace(tzinfo=UTC)
    with pytest.raises(ValueError, match="aware"):
        next_slot(schedule(), after=naive)
    with pytest.raises(ValueError, match="aware"):
        next_slots(schedule(), after=naive)
    with pytest.raises(ValueError, match="aware"):
        reminder_times(aware, naive, zone=CHICAGO, days_off=DaysOff())
