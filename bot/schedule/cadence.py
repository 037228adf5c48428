"""When rounds open, remind and close: a schedule, a time zone and days off in, instants out. No clock, no I/O.

Three rules hold for every local time:

- One that a clock change skips happens at the first valid instant after the gap; one that a clock change repeats
  happens once, at the first.
- A date whose hour doesn't exist before its end (Pacific/Apia had no 30 December 2011; in America/Nuuk some Saturdays
  end at 23:00) is no working day.
- A slot that isn't on a working day moves to the next one. Several slots that come to lie in one calendar week, Monday
  to Sunday, are one: the first.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import NamedTuple

from bot.kit.i18n import _
from bot.schedule.days_off import (
    DAYS_OF_WEEK,
    NO_DAYS_OFF,
    DaysOff,
    Subdivision,
    Weekday,
    countries,
    is_working_day,
    subdivisions,
)
from bot.schedule.zones import at_local, time_zone, time_zones

__all__ = [
    "NO_DAYS_OFF",
    "DaysOff",
    "Schedule",
    "Slot",
    "Subdivision",
    "Weekday",
    "at_local",
    "countries",
    "is_working_day",
    "member_open",
    "next_slot",
    "next_slots",
    "office_hours",
    "reminder_times",
    "subdivisions",
    "time_zones",
    "window_end",
    "working_day_at",
]

CYCLES = (1, 2, 4, 13, 26, 52)
"""Weeks between rounds."""
LAST = -1
MONTHLY = (1, 2, 3, 4, LAST)
"""Which of a month's weekdays; there isn't always a fifth."""
OFFICE_OPENS, OFFICE_CLOSES = time(9), time(17)
DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)
DAYS_IN_WEEK = 7
NUMBERS = {weekday: number for number, weekday in enumerate(DAYS_OF_WEEK)}


@dataclass(frozen=True, slots=True)
class Schedule:
    """How often a team is asked: every n weeks on a weekday, or monthly on its nth one.

    Raises ValueError, with a sentence for the person, for what can't be a schedule.
    """

    every_weeks: int | None
    """One of `CYCLES`; None for monthly."""
    monthly_nth: int | None
    """One of `MONTHLY`; None for every n weeks."""
    weekday: Weekday
    local_time: time
    """Naive, whole minutes."""
    time_zone: str
    anchor: date | None
    """Any date in a week in which a round is due. It sets the cycle, not a beginning."""
    days_off: DaysOff = NO_DAYS_OFF

    def __post_init__(self) -> None:
        if (self.every_weeks is None) == (self.monthly_nth is None):
            raise ValueError(_("Choose one: every so many weeks, or monthly."))
        if self.every_weeks not in {None, *CYCLES}:
            raise ValueError(
                _("Every {weeks} weeks is not on offer: choose 1, 2, 4, 13, 26 or 52 weeks, or monthly.").format(
                    weeks=self.every_weeks
                )
            )
        if self.monthly_nth not in {None, *MONTHLY}:
            raise ValueError(
                _("Not every month has that weekday {nth} times: choose the 1st to 4th, or the last.").format(
                    nth=self.monthly_nth
                )
            )
        if self.anchor is None and self.every_weeks not in {None, 1}:
            raise ValueError(_("Say in which week to begin: choose the date of the first round."))
        if self.weekday not in NUMBERS:
            raise ValueError(
                _("“{weekday}” isn't a weekday: write one of {names}.").format(
                    weekday=self.weekday, names=", ".join(DAYS_OF_WEEK)
                )
            )
        if self.local_time != time(self.local_time.hour, self.local_time.minute) or self.local_time.fold:
            raise ValueError(_("Write the time in hours and minutes, such as 09:30; the time zone is set by itself."))
        time_zone(self.time_zone)


class Slot(NamedTuple):
    """One occurrence of a schedule."""

    date: date
    """The local date after any move. With the team it is the key of a round."""
    at: datetime
    """UTC."""


def next_slot(schedule: Schedule, *, after: datetime) -> Slot:
    """The first slot strictly after an instant."""
    return _undisturbed_slot(schedule, after) or next(_slots(schedule, after))


def next_slots(schedule: Schedule, *, after: datetime, count: int = 3) -> list[Slot]:
    """The first `count` slots strictly after an instant, in order."""
    return list(islice(_slots(schedule, after), count))


def window_end(
    opened_on: date,
    *,
    window_days: int,
    zone: str,
    days_off: DaysOff,
    local_time: time,
    works_on: Weekday | None = None,
) -> datetime:
    """The UTC instant at which a round closes: the same local time on the nth working day after its date."""
    if window_days < 1:
        raise ValueError(_("A round stays open for at least one working day: choose 1 or more."))
    day = opened_on
    for _nth in range(window_days):
        day, closes_at = _next_opening(day + DAY, local_time, zone, days_off, works_on)
    return closes_at


def reminder_times(
    opens_at: datetime,
    closes_at: datetime,
    *,
    zone: str,
    days_off: DaysOff,
    works_on: Weekday | None = None,
) -> tuple[datetime, ...]:
    """The UTC instants, none to two, at which a person in `zone` is nudged.

    Half-way and at 80% of the window, each moved forward into 9:00-17:00 of a working day; left out where that
    is at or after the close, and once where both come to the same instant.
    """
    _require_aware(opens_at)
    _require_aware(closes_at)
    window = closes_at - opens_at
    moments = (opens_at + window / 2, opens_at + window * 4 / 5)
    moved = dict.fromkeys(office_hours(moment, zone=zone, days_off=days_off, works_on=works_on) for moment in moments)
    return tuple(moment for moment in moved if moment < closes_at)


def office_hours(moment: datetime, *, zone: str, days_off: DaysOff, works_on: Weekday | None = None) -> datetime:
    """The moment itself if it is in 9:00-17:00 of a working day in `zone`, else the next time that begins; UTC."""
    _require_aware(moment)
    local = moment.astimezone(time_zone(zone))
    day, clock = local.date(), local.time()
    if OFFICE_OPENS <= clock < OFFICE_CLOSES and is_working_day(day, days_off, works_on=works_on):
        return moment.astimezone(UTC)
    if clock >= OFFICE_OPENS:
        day += DAY
    return _next_opening(day, OFFICE_OPENS, zone, days_off, works_on)[1]


def member_open(slot_date: date, local_time: time, member_zone: str) -> datetime:
    """The UTC instant of a slot for a team that is asked on each member's own clock."""
    return at_local(slot_date, local_time, member_zone)


def _undisturbed_slot(schedule: Schedule, after: datetime) -> Slot | None:
    """What `_slots` gives first, in a third of its time; None where days off or a clock change may have a say in it."""
    _require_aware(after)
    if schedule.days_off:
        return None
    zone = time_zone(schedule.time_zone)
    now = after.astimezone(zone)
    if (now - WEEK).utcoffset() != now.utcoffset():
        return None  # a gap may have moved a slot of those days
    ordinal = now.toordinal()
    while True:
        ordinal = _due(schedule, ordinal)
        local = datetime.combine(date.fromordinal(ordinal), schedule.local_time, zone)
        if local.utcoffset() != (local + DAY).utcoffset():
            return None
        at = local.astimezone(UTC)
        if at > after:
            return Slot(local.date(), at)
        ordinal += 1


def _slots(schedule: Schedule, after: datetime) -> Iterator[Slot]:
    _require_aware(after)
    local_time, zone, days_off, works_on = schedule.local_time, schedule.time_zone, schedule.days_off, schedule.weekday
    today = after.astimezone(time_zone(zone)).toordinal()
    monday = today - (today - 1) % DAYS_IN_WEEK
    ordinal = _back_from(monday, schedule)
    last_week = None
    while True:
        ordinal = _due(schedule, ordinal)
        day, at = _next_opening(date.fromordinal(ordinal), local_time, zone, days_off, works_on)
        ordinal += 1
        week = (day.toordinal() - 1) // DAYS_IN_WEEK
        if week == last_week:
            continue
        last_week = week
        if at > after:
            yield Slot(day, at)


def _back_from(monday: int, schedule: Schedule) -> int:
    """The ordinal of a date from which all slots are due that come to lie on `monday` or later."""
    if not schedule.days_off:
        # Only a date or hour that doesn't exist moves such a slot: by a weekend at most.
        return monday - DAYS_IN_WEEK
    day = date.fromordinal(monday) - DAY
    while _opening(day, schedule.local_time, schedule.time_zone, schedule.days_off, schedule.weekday) is None:
        day -= DAY
    return day.toordinal() + 1


def _due(schedule: Schedule, ordinal: int) -> int:
    """The first date of the schedule, before any move, from an ordinal on; an ordinal too."""
    number = NUMBERS[schedule.weekday]
    if schedule.every_weeks is not None:
        anchor = schedule.anchor.toordinal() if schedule.anchor is not None else 1
        phase = anchor - (anchor - 1) % DAYS_IN_WEEK + number
        return ordinal + (phase - ordinal) % (schedule.every_weeks * DAYS_IN_WEEK)
    start = date.fromordinal(ordinal)
    first = ordinal - start.day + 1
    length = monthrange(start.year, start.month)[1]
    due = _nth_weekday(first, length, number=number, nth=schedule.monthly_nth)
    if due >= ordinal:
        return due
    following = date.fromordinal(first + length)
    length = monthrange(following.year, following.month)[1]
    return _nth_weekday(following.toordinal(), length, number=number, nth=schedule.monthly_nth)


def _nth_weekday(first: int, length: int, *, number: int, nth: int | None) -> int:
    """The ordinal of a month's nth weekday; `first` is the ordinal of its first day."""
    due = first + (number + 1 - first) % DAYS_IN_WEEK
    if nth == LAST:
        return due + (first + length - 1 - due) // DAYS_IN_WEEK * DAYS_IN_WEEK
    return due + ((nth or 1) - 1) * DAYS_IN_WEEK


def _next_opening(
    day: date, local_time: time, zone: str, days_off: DaysOff, works_on: Weekday | None
) -> tuple[date, datetime]:
    """The first working day from `day` on, with its instant."""
    while (at := _opening(day, local_time, zone, days_off, works_on)) is None:
        day += DAY
    return day, at


def working_day_at(day: date, local_time: time, *, zone: str, days_off: DaysOff, works_on: Weekday | None) -> datetime:
    """That local time on the first working day from `day` on."""
    return _next_opening(day, local_time, zone, days_off, works_on)[1]


def _opening(day: date, local_time: time, zone: str, days_off: DaysOff, works_on: Weekday | None) -> datetime | None:
    """The instant on a working day; None on any other, and on a date that ends before such an hour."""
    if not is_working_day(day, days_off, works_on=works_on):
        return None
    at = at_local(day, local_time, zone)
    return at if at.astimezone(time_zone(zone)).date() == day else None


def _require_aware(instant: datetime) -> None:
    if instant.tzinfo is None:
        raise ValueError("An instant needs its time zone: pass an aware datetime.")
