"""What holds of every schedule in every time zone for ten years, against a slow reading of the rule day by day."""

from bisect import bisect_right
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import holidays
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.schedule.cadence import (
    DaysOff,
    Schedule,
    Slot,
    Weekday,
    countries,
    is_working_day,
    next_slot,
    next_slots,
    reminder_times,
    time_zones,
    window_end,
)

DAY = timedelta(days=1)
YEARS = 10
CLOCKS = st.times().map(lambda moment: time(moment.hour, moment.minute))
AWKWARD_CLOCKS = st.sampled_from([time(0), time(0, 1), time(1, 30), time(2), time(2, 30), time(23, 30), time(23, 59)])


@st.composite
def days_off(draw: st.DrawFn, *, first_year: int) -> DaysOff:
    """No days off, or those of any country and up to four stretches of own ones, up to six weeks long."""
    if draw(st.booleans()):
        return DaysOff()
    stretches = st.lists(st.tuples(st.integers(0, 365 * YEARS), st.integers(1, 42)), max_size=4)
    january = date(first_year, 1, 1)
    own = {january + (start + n) * DAY for start, length in draw(stretches) for n in range(length)}
    return DaysOff(country=draw(st.none() | st.sampled_from(list(countries()))), dates=frozenset(own))


@st.composite
def schedules(draw: st.DrawFn, *, first_year: int) -> Schedule:
    every_weeks = draw(st.sampled_from([1, 2, 4, 13, 26, 52, None]))
    return Schedule(
        every_weeks=every_weeks,
        monthly_nth=draw(st.sampled_from([1, 2, 3, 4, -1])) if every_weeks is None else None,
        weekday=draw(st.sampled_from(Weekday)),
        local_time=draw(CLOCKS | AWKWARD_CLOCKS),
        time_zone=draw(st.sampled_from(time_zones())),
        anchor=draw(st.dates(date(2000, 1, 1), date(2040, 1, 1))),
        days_off=draw(days_off(first_year=first_year)),
    )


def is_due(schedule: Schedule, day: date) -> bool:
    if day.strftime("%A").casefold() != schedule.weekday:
        return False
    if schedule.every_weeks is None:
        if schedule.monthly_nth == -1:
            return (day + 7 * DAY).month != day.month
        return (day.day + 6) // 7 == schedule.monthly_nth
    assert schedule.anchor is not None
    return ((day - day.weekday() * DAY) - (schedule.anchor - schedule.anchor.weekday() * DAY)).days % (
        7 * schedule.every_weeks
    ) == 0


def is_the_first_moment(at: datetime, day: date, schedule: Schedule) -> bool:
    """Clocks show the time, or jump over it, at this instant, on that date and for the first time."""
    zone, wanted = ZoneInfo(schedule.time_zone), datetime.combine(day, schedule.local_time)
    local, just_before = at.astimezone(zone), (at - timedelta(seconds=1)).astimezone(zone)
    if local.replace(tzinfo=None, fold=0) == wanted:
        return local.fold == 0
    return just_before.replace(tzinfo=None) < wanted < local.replace(tzinfo=None) and local.date() == day


def has_the_hour(day: date, schedule: Schedule) -> bool:
    """A later minute of that date, or the time itself, exists."""
    zone, minutes = ZoneInfo(schedule.time_zone), schedule.local_time.hour * 60 + schedule.local_time.minute
    last = datetime.combine(day, time(23, 59), zone)
    if last.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == last.replace(tzinfo=None):
        return True
    wanted = (datetime.combine(day, time(), zone) + timedelta(minutes=m) for m in range(minutes, 24 * 60))
    return any(m.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == m.replace(tzinfo=None) for m in wanted)


def weekends(country: str | None) -> Callable[[int], set[int]]:
    """The weekdays, 0 for Monday, on which nobody works in a year, as they are at its end."""
    if country is None:
        return lambda _year: {5, 6}
    calendar = holidays.country_holidays(country)

    @cache
    def of(year: int) -> set[int]:
        last = date(year, 12, 31)
        return {day.weekday() for day in (last - n * DAY for n in range(7)) if calendar.is_weekend(day)}

    return of


def expected_dates(schedule: Schedule, first: date, last: date) -> Iterator[date]:
    off = set(schedule.days_off.dates)
    if schedule.days_off.country is not None:
        years = range(first.year - 1, last.year + 2)
        off |= set(holidays.country_holidays(schedule.days_off.country, years=years, expand=False))
    weekend = weekends(schedule.days_off.country)
    waiting, weeks = False, set()
    day = first - 400 * DAY
    while day <= last:
        waiting = waiting or is_due(schedule, day)
        works = day.weekday() not in weekend(day.year) or day.strftime("%A").casefold() == schedule.weekday
        if waiting and works and day not in off and has_the_hour(day, schedule):
            waiting = False
            week = day.isocalendar()[:2]
            if week not in weeks and day >= first:
                yield day
            weeks.add(week)
        day += DAY


def walk(schedule: Schedule, after: datetime) -> Iterator[Slot]:
    while True:
        slot = next_slot(schedule, after=after)
        yield slot
        after = slot.at


@pytest.mark.slow
@pytest.mark.unmeasured
@settings(max_examples=150, deadline=None)
@given(data=st.data(), first_year=st.integers(2008, 2030))
def test_no_round_is_skipped_doubled_or_on_a_day_off_in_ten_years(data: st.DataObject, first_year: int) -> None:
    schedule = data.draw(schedules(first_year=first_year))
    first = date(first_year, 1, 1)
    expected = list(expected_dates(schedule, first, first + 366 * YEARS * DAY))
    before = datetime.combine(first, time(), ZoneInfo(schedule.time_zone)).astimezone(UTC) - timedelta(microseconds=1)
    slots = list(islice(walk(schedule, before), len(expected)))

    assert [slot.date for slot in slots] == expected
    assert all(earlier.at < later.at for earlier, later in pairwise(slots))
    assert [slot for slot in slots if not is_the_first_moment(slot.at, slot.date, schedule)] == []
    assert next_slots(schedule, after=before, count=len(expected)) == slots

    instants = [slot.at for slot in slots]
    # Hypothesis draws between naive bounds.
    moments = st.lists(st.datetimes(before.replace(tzinfo=None), instants[-2].replace(tzinfo=None)), max_size=20)
    for moment in data.draw(moments):
        after = moment.replace(tzinfo=UTC)
        assert next_slot(schedule, after=after) == slots[bisect_right(instants, after)]


@pytest.mark.slow
@pytest.mark.unmeasured
@pytest.mark.parametrize(
    ("weekday", "local_time"),
    [(Weekday.SUNDAY, time(2, 30)), (Weekday.SATURDAY, time(23, 30)), (Weekday.FRIDAY, time(0))],
)
def test_every_time_zone_keeps_the_hour_through_ten_years_of_clock_changes(weekday: Weekday, local_time: time) -> None:
    for zone in time_zones():
        schedule = Schedule(1, None, weekday, local_time, zone, None)
        slots = next_slots(schedule, after=datetime(2026, 1, 1, tzinfo=UTC), count=52 * YEARS)
        strays = [slot for slot in slots if not is_the_first_moment(slot.at, slot.date, schedule)]
        assert strays == [], zone
        assert len({slot.date.isocalendar()[:2] for slot in slots}) == len(slots), zone


@settings(max_examples=100, deadline=None)
@given(
    opens_at=st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - bounds are naive
    hours=st.integers(1, 21 * 24),
    zone=st.sampled_from(time_zones()),
    off=days_off(first_year=2026),
)
def test_nobody_is_nudged_outside_working_hours_or_after_the_close(
    opens_at: datetime, hours: int, zone: str, off: DaysOff
) -> None:
    closes_at = opens_at + timedelta(hours=hours)
    nudges = reminder_times(opens_at, closes_at, zone=zone, days_off=off)
    assert len(nudges) <= 2
    assert list(nudges) == sorted(set(nudges))
    for nudge in nudges:
        local = nudge.astimezone(ZoneInfo(zone))
        assert opens_at + (closes_at - opens_at) / 2 <= nudge < closes_at
        assert 9 <= local.hour < 17
        assert is_working_day(local.date(), off)


@settings(max_examples=100, deadline=None)
@given(
    opened_on=st.dates(date(2026, 1, 1), date(2030, 1, 1)),
    window_days=st.integers(1, 15),
    zone=st.sampled_from(time_zones()),
    local_time=CLOCKS,
    off=days_off(first_year=2026),
)
def test_a_window_has_as_many_working_days_as_it_says(
    opened_on: date, window_days: int, zone: str, local_time: time, off: DaysOff
) -> None:
    closes_at = window_end(opened_on, window_days=window_days, zone=zone, days_off=off, local_time=local_time)
    closes_on = closes_at.astimezone(ZoneInfo(zone)).date()
    counted = [opened_on + n * DAY for n in range(1, (closes_on - opened_on).days + 1)]
    assert sum(is_working_day(day, off) for day in counted) == window_days
    assert is_working_day(closes_on, off)
