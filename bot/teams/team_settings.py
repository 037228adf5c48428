"""A team's settings as one value. It has three edges: the form, an operator's file, and the team's row."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.inputs import typed
from bot.schedule import schedules
from bot.schedule.cadence import DaysOff, Schedule, Weekday, at_local, next_slots
from bot.schedule.days_off import country_suggested_by
from bot.slack.ids import Do
from storage.kinds import MemberSource, Privacy, Whose
from storage.models import Team
from storage.teams import LONGEST_NAME

DEFAULT_TIME = time(10)
DEFAULT_WEEKDAY = Weekday.TUESDAY
DEFAULT_WEEKS = 13
MOST_DAYS_OFF = 250
"""One a line, in a field that holds 3000 characters."""


@dataclass(frozen=True, slots=True)
class TeamSettings:
    """What a team is called, who is asked, when and how. Its channel is no setting, nor are its managers."""

    name: str
    source: MemberSource
    usergroup_id: str | None
    """Kept for a change of mind, like `people`, where the members come from elsewhere."""
    people: tuple[str, ...]
    every_weeks: int | None
    """As in `Schedule`, like the next four."""
    monthly_nth: int | None
    weekday: Weekday
    local_time: time
    time_zone: str
    clock: Whose
    window_days: int
    privacy: Privacy
    reminders: bool
    country: str | None
    subdivision: str | None
    """A part of the country; None: the whole of it."""
    days_off: tuple[date, ...]
    """The team's own, in order, each once."""


def defaults(*, name: str, time_zone: str) -> TeamSettings:
    """Settings that are valid as they stand; the public holidays are those of the country that the zone suggests."""
    return TeamSettings(
        name=name[:LONGEST_NAME],
        source=MemberSource.CHANNEL,
        usergroup_id=None,
        people=(),
        every_weeks=DEFAULT_WEEKS,
        monthly_nth=None,
        weekday=DEFAULT_WEEKDAY,
        local_time=DEFAULT_TIME,
        time_zone=time_zone,
        clock=Whose.TEAM,
        window_days=3,
        privacy=Privacy.CONFIDENTIAL,
        reminders=True,
        country=country_suggested_by(time_zone),
        subdivision=None,
        days_off=(),
    )


def of_team(team: Team, *, chosen: tuple[str, ...], now: datetime) -> TeamSettings:
    """A team's settings, with the people `chosen` for it; of its days off those to come."""
    today = now.astimezone(ZoneInfo(team.time_zone)).date()
    return TeamSettings(
        name=typed.clean(team.name),
        source=team.source,
        usergroup_id=team.usergroup_id,
        people=chosen,
        every_weeks=team.every_weeks,
        monthly_nth=team.monthly_nth,
        weekday=Weekday(team.weekday),
        local_time=team.local_time,
        time_zone=team.time_zone,
        clock=team.clock,
        window_days=team.window_days,
        privacy=team.privacy,
        reminders=team.reminders,
        country=team.country,
        subdivision=team.subdivision,
        days_off=to_come(map(date.fromisoformat, team.own_days_off), today=today),
    )


def to_come(days_off: Iterable[date], *, today: date) -> tuple[date, ...]:
    """Days off from today on, in order, each once, as many as a form takes."""
    return tuple(sorted({day for day in days_off if day >= today})[:MOST_DAYS_OFF])


def schedule_of(settings: TeamSettings, team: Team | None, *, now: datetime) -> Schedule:
    """The schedule of a team's new settings.

    A changed rhythm begins with its first weekday to come; an unchanged one goes on.
    """
    rhythm = (settings.every_weeks, settings.monthly_nth, settings.weekday)
    if team is not None and (team.every_weeks, team.monthly_nth, team.weekday) == rhythm:
        anchor = team.anchor
    else:
        today = now.astimezone(ZoneInfo(settings.time_zone)).date()
        anchor = today + timedelta(days=(list(Weekday).index(settings.weekday) - today.weekday()) % 7 or 7)
    return Schedule(
        every_weeks=settings.every_weeks,
        monthly_nth=settings.monthly_nth,
        weekday=settings.weekday,
        local_time=settings.local_time,
        time_zone=settings.time_zone,
        anchor=anchor,
        days_off=DaysOff(
            country=settings.country, subdivision=settings.subdivision, dates=frozenset(settings.days_off)
        ),
    )


def set_schedule(team: Team, settings: TeamSettings) -> None:
    """Write all of a schedule into a team's row, but for the date that it is counted from."""
    team.every_weeks, team.monthly_nth = settings.every_weeks, settings.monthly_nth
    team.weekday, team.local_time, team.time_zone = settings.weekday, settings.local_time, settings.time_zone
    team.country, team.subdivision = settings.country, settings.subdivision
    team.own_days_off = [day.isoformat() for day in settings.days_off]


def next_dates(
    settings: TeamSettings, team: Team | None, *, now: datetime, last_opened: datetime | None = None
) -> list[datetime]:
    """The next three openings that a team's new settings lead to, the first a week after the last one at the soonest.

    A round that was put off opens when it was put off to, while the schedule stays as it is.
    """
    schedule = schedule_of(settings, team, now=now)
    if team is not None and schedules.is_put_off(team) and schedule == schedules.schedule_of(team):
        return [slot.at for slot in schedules.coming(team, now=now)]
    after = first_after(settings, team, schedule, now=now)
    if team is not None and schedule.anchor == team.anchor:
        after = schedules.after_skips(team, after)
    if last_opened is not None:
        after = max(after, last_opened + schedules.APART - timedelta(microseconds=1))
    return [slot.at for slot in next_slots(schedule, after=after)]


def first_after(settings: TeamSettings, team: Team | None, schedule: Schedule, *, now: datetime) -> datetime:
    """After which the first date may be: on the day on which settings are saved only where one was planned already."""
    today = now.astimezone(ZoneInfo(settings.time_zone)).date()
    if team is not None and schedule.anchor == team.anchor and team.next_slot_date == today:
        return now
    return at_local(today + timedelta(days=1), time(0), settings.time_zone) - timedelta(seconds=1)


def differences(before: TeamSettings, after: TeamSettings) -> list[str]:
    """The fields, by their block ids in the form, in which a team's settings change."""
    pairs: dict[str, tuple[object, object]] = {
        Do.SET_NAME: (before.name, after.name),
        Do.SET_SOURCE: (_members(before), _members(after)),
        Do.SET_CADENCE: ((before.every_weeks, before.monthly_nth), (after.every_weeks, after.monthly_nth)),
        Do.SET_WEEKDAY: (before.weekday, after.weekday),
        Do.SET_TIME: (before.local_time, after.local_time),
        Do.SET_ZONE: (before.time_zone, after.time_zone),
        Do.SET_CLOCK: (before.clock, after.clock),
        Do.SET_WINDOW: (before.window_days, after.window_days),
        Do.SET_PRIVACY: (before.privacy, after.privacy),
        Do.SET_REMINDERS: (before.reminders, after.reminders),
        Do.SET_COUNTRY: ((before.country, before.subdivision), (after.country, after.subdivision)),
        Do.SET_DAYS_OFF: (before.days_off, after.days_off),
    }
    return [str(field) for field, (old, new) in pairs.items() if old != new]


def begins_anew(changed: Collection[str]) -> bool:
    """Whether a change of these fields has a schedule begin anew: of other people others may be asked around then."""
    return bool({str(Do.SET_CADENCE), str(Do.SET_WEEKDAY), str(Do.SET_SOURCE)} & set(changed))


def _members(settings: TeamSettings) -> tuple[object, ...]:
    """Who is asked, without what is only kept for a change of mind."""
    if settings.source is MemberSource.USERGROUP:
        return settings.source, settings.usergroup_id
    if settings.source is MemberSource.PEOPLE:
        return (settings.source, *sorted(settings.people))
    return (settings.source,)
