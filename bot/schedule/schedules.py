"""A team's schedule, as cadence.py reads it, and the step that the team waits for."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.schedule.cadence import (
    DaysOff,
    Schedule,
    Slot,
    Weekday,
    at_local,
    next_slot,
    next_slots,
    window_end,
    working_day_at,
)
from storage.kinds import TeamStep, Whose
from storage.models import Team

ROSTER_LEAD = timedelta(hours=1)
"""How long before a round its roster is read."""

MOST_DAYS_OPEN = 20
"""Working days that a round is open at most, extensions included."""

APART = timedelta(days=7) - timedelta(hours=25)
"""Two rounds of a team are a week apart; a holiday and a clock change may take a day and an hour of it."""

LONGEST_WAIT = 900
"""Days of waiting that count, a millisecond each: a second later the next look would come."""

LONGEST_RHYTHM = timedelta(weeks=56)
"""Further back than the date before any other."""

FIRST_ZONE = "Pacific/Kiritimati"
"""Where each date begins first: a round on everyone's own clock may have members there."""


def schedule_of(team: Team) -> Schedule:
    return Schedule(
        every_weeks=team.every_weeks,
        monthly_nth=team.monthly_nth,
        weekday=Weekday(team.weekday),
        local_time=team.local_time,
        time_zone=team.time_zone,
        anchor=team.anchor,
        days_off=days_off_of(team),
    )


def days_off_of(team: Team) -> DaysOff:
    return DaysOff(
        country=team.country,
        subdivision=team.subdivision,
        dates=frozenset(date.fromisoformat(day) for day in team.own_days_off),
    )


def coming(team: Team, *, now: datetime, count: int = 3) -> list[Slot]:
    """The next dates of a team; the first is the one it waits for."""
    if team.next_round_at is not None and team.next_slot_date is not None and team.next_round_at > now:
        first = Slot(team.next_slot_date, team.next_round_at)
        return [first, *next_slots(schedule_of(team), after=first.at, count=count - 1)]
    return next_slots(schedule_of(team), after=after_skips(team, now), count=count)


def closes_at(team: Team, opened_on: date, *, local_time: time) -> datetime:
    """The end of the window of a round that opens then, on the team's clock."""
    return window_end(
        opened_on,
        window_days=team.window_days,
        zone=team.time_zone,
        days_off=days_off_of(team),
        local_time=local_time,
        works_on=Weekday(team.weekday),
    )


def after_skips(team: Team, instant: datetime) -> datetime:
    """The instant after which a team's next slot counts: this one, or the end of what a manager left out."""
    return instant if team.skipped_until is None else max(instant, team.skipped_until)


def skip_next(team: Team, *, now: datetime, last_opened: datetime | None) -> None:
    """Leave out the round that a team waits for; it stays left out whatever is planned anew until then."""
    team.skipped_until = team.next_round_at
    wait_for_next(team, after=now, last_opened=last_opened)


def unskip(team: Team, *, now: datetime, last_opened: datetime | None) -> None:
    """Take back what was left out and hasn't passed, also a round that had been put off."""
    left_out, team.skipped_until = team.skipped_until, None
    if is_paused(team) or team.started_by is not None or is_put_off(team):
        return
    wait_for_next(team, after=now, last_opened=last_opened)
    planned_at = _put_off_from(team, left_out) if left_out is not None and left_out > now else None
    if left_out is not None and planned_at is not None and team.next_round_at and left_out < team.next_round_at:
        wait_for(team, Slot(left_out.astimezone(ZoneInfo(team.time_zone)).date(), left_out))
        team.planned_at = planned_at


def _put_off_from(team: Team, at: datetime) -> datetime | None:
    """The team's own date before an instant to which a round was put off; None where that is on a date of its own."""
    schedule, day = schedule_of(team), at.astimezone(ZoneInfo(team.time_zone)).date()
    found: datetime | None = None
    slot = next_slot(schedule, after=at - LONGEST_RHYTHM)
    while slot.date < day:
        found, slot = slot.at, next_slot(schedule, after=slot.at)
    return None if slot.date == day else found


def wait_for_next(team: Team, *, after: datetime, last_opened: datetime | None) -> None:
    """Point the team at its first slot after an instant, on a date at least a week after its last opening."""
    schedule = schedule_of(team)
    slot = next_slot(schedule, after=after_skips(team, after))
    while last_opened is not None and slot.at < last_opened + APART:
        slot = next_slot(schedule, after=slot.at)
    wait_for(team, slot)


def wait_for(team: Team, slot: Slot) -> None:
    """Point the team at this slot: first its roster is read, then the round opens."""
    opens = slot.at if team.clock is Whose.TEAM else at_local(slot.date, team.local_time, FIRST_ZONE)
    team.next_slot_date, team.next_round_at = slot.date, slot.at
    team.next_step, team.next_step_at = TeamStep.REFRESH, min(opens, slot.at) - ROSTER_LEAD
    team.started_by = team.planned_at = None


def put_off(team: Team, *, until: datetime) -> bool:
    """Have the round that a team waits for open at its own time on the first working day from that instant on.

    False, and nothing is changed, where that reaches the next of the team's own dates.
    """
    planned_at = team.planned_at or team.next_round_at
    assert planned_at is not None  # noqa: S101 - of a slot
    days_off, works_on = days_off_of(team), Weekday(team.weekday)
    day = until.astimezone(ZoneInfo(team.time_zone)).date()
    while True:
        at = working_day_at(day, team.local_time, zone=team.time_zone, days_off=days_off, works_on=works_on)
        if at >= until:
            break
        day += timedelta(days=1)
    # The settings may have another time of day by now: the next of its dates is no other hour of the same.
    day_after = planned_at.astimezone(ZoneInfo(team.time_zone)).date() + timedelta(days=1)
    midnight = at_local(day_after, time(0), team.time_zone)
    if at >= next_slot(schedule_of(team), after=midnight - timedelta(seconds=1)).at:
        return False
    wait_for(team, Slot(at.astimezone(ZoneInfo(team.time_zone)).date(), at))
    team.planned_at = planned_at
    return True


def put_off_anew(team: Team) -> bool:
    """Have a round that waits for its time wait by the settings as they are now; False where none does, or can."""
    if team.planned_at is None or team.next_slot_date is None:
        return False
    return put_off(team, until=at_local(team.next_slot_date, time(0), team.time_zone))


def is_put_off(team: Team) -> bool:
    """Whether the round that a team waits for had to wait for a round of nearly the same people."""
    return team.planned_at is not None


def opens_at(team: Team, *, now: datetime, last_opened: datetime | None) -> datetime:
    """When the round that a team waits for may open, once its roster is read.

    Of those that had to wait and are due at once, the one goes first that was asked the longest ago, counted from when
    it was set up where it never was: else one that is left out again and again might never have its turn.
    """
    if team.next_round_at is None:
        return now
    at = team.next_round_at
    if team.next_slot_date is not None and team.clock is not Whose.TEAM:
        at = min(at, at_local(team.next_slot_date, team.local_time, FIRST_ZONE))
    if team.planned_at is None:
        return at
    since = team.created_at if last_opened is None else last_opened
    return at - timedelta(milliseconds=min(max(1, (at - since).days), LONGEST_WAIT))


def move_on(team: Team, *, after: datetime, last_opened: datetime | None) -> None:
    """Leave a round behind, opened or left out: wait for the next one, or for nothing where the team is paused."""
    if is_paused(team):
        pause(team)
    else:
        wait_for_next(team, after=after, last_opened=last_opened)


def is_paused(team: Team) -> bool:
    """Whether the team's schedule stands still; a manager may have started one round of a paused team all the same."""
    return team.next_round_at is None


def start_now(team: Team, *, by: str, now: datetime) -> None:
    """Point the team at this moment: a round of no slot. A paused team stays paused."""
    team.next_slot_date, team.next_round_at = None, None if is_paused(team) else now
    team.next_step, team.next_step_at = TeamStep.REFRESH, now
    team.started_by, team.planned_at = by, None


def resume(team: Team, *, now: datetime, last_opened: datetime | None, until: datetime | None = None) -> None:
    """Let a paused team's schedule go on; a round that a manager has started opens first.

    One that was put off before the pause opens as it would have, where its team's own next date isn't sooner: `until`
    is when nearly the same people won't hinder it any more, None where they don't now.
    """
    if team.started_by is not None:
        team.next_round_at = now
    elif is_paused(team) and (team.planned_at is None or not put_off(team, until=max(until or now, now))):
        wait_for_next(team, after=now, last_opened=last_opened)


def pause(team: Team) -> None:
    """The team waits for nothing until it is pointed at a slot again; that a round was put off isn't forgotten."""
    team.next_slot_date = team.next_round_at = team.next_step = team.next_step_at = team.started_by = None
