"""When an action is due, and when its owner is asked what became of it."""

from calendar import monthrange
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.schedule import schedules
from bot.schedule.cadence import Weekday, is_working_day, working_day_at
from rubric import Effort
from storage import people
from storage.models import Person, Team

ASKED_AT = time(10)
"""On the owner's own clock."""
DAY = timedelta(days=1)
MONTHS = {Effort.MEDIUM: 3, Effort.LARGE: 6}


def first_due(effort: Effort | None, *, today: date) -> date:
    """The due date that an action of this effort begins with: two weeks, three months or half a year from today."""
    months = MONTHS.get(effort, 0) if effort is not None else 0
    if not months:
        return today + timedelta(weeks=2)
    year, month = divmod(today.month - 1 + months, 12)
    year, month = today.year + year, month + 1
    return date(year, month, min(today.day, monthrange(year, month)[1]))


def working_day(team: Team, day: date) -> date:
    """The day itself where the team works on it, else the next on which it does."""
    days_off, works_on = schedules.days_off_of(team), Weekday(team.weekday)
    while not is_working_day(day, days_off, works_on=works_on):
        day += DAY
    return day


def today_of(team: Team, *, now: datetime) -> date:
    """The date on the team's clock: what due dates are counted by."""
    return now.astimezone(ZoneInfo(team.time_zone)).date()


def asked_at(team: Team, owner: Person | None, *, due_on: date, now: datetime) -> datetime:
    """When an owner is asked what became of an action: at ten on their own clock, from now on.

    On the due date; where the team doesn't work on it, or they are away, on the next working day.
    """
    zone = people.zone_of(owner, team.time_zone)
    first = due_on
    if owner is not None and owner.away_until is not None:
        first = max(first, owner.away_until + DAY)

    def asked(day: date) -> datetime:
        return working_day_at(
            day, ASKED_AT, zone=zone, days_off=schedules.days_off_of(team), works_on=Weekday(team.weekday)
        )

    at = asked(first)
    if at >= now:
        return at
    # That moment has passed: the next working day, beginning with today.
    today = now.astimezone(ZoneInfo(zone)).date()
    at = asked(today)
    return at if at >= now else asked(today + DAY)
