"""Planned rounds of nearly the same people: of two that are too near in time one has to wait for the other.

So that it hardly ever has to, a first date is chosen on which neither does, and a round isn't started by hand where a
planned one would have to wait for it.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from bot.schedule import schedules
from bot.schedule.cadence import Slot, at_local, next_slot, next_slots
from rubric.subtraction import RECENT, can_print, must_wait
from storage import rosters, rounds, teams, workspaces
from storage.engine import Database
from storage.kinds import Privacy
from storage.models import Person, Team

MOST_TEAMS = 50
"""Teams that share people with one: past that, only those that are asked next are looked at."""
MOST_DATES = 14
"""Dates of each that are looked at: a quarter of a weekly team's."""
MOST_WEEKS_LATER = 13
"""By how many weeks a first date is put off at most: of weekly teams no later dates are looked at."""
OFTEN = 2
"""Weeks from round to round, at most, where two rounds of one or two teams are near in time."""
HORIZON = timedelta(weeks=8)
"""How far ahead a time is looked for at which nobody has to wait."""
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Planned:
    """A round as it would open: whom it would ask, and for how long it hinders others."""

    opens: datetime
    over: datetime
    people: frozenset[str]
    is_named: bool
    prints: bool
    """False for one so small that it prints nothing, and hinders nobody."""

    @property
    def free_from(self) -> datetime:
        """When it hinders nobody any more."""
        return max(self.opens + RECENT, self.over)

    def hinders(self, other: "Planned") -> bool:
        """Whether its people count as asked when the other opens."""
        is_near = self.opens <= other.opens < self.free_from
        return is_near and self.prints and not (self.is_named and other.is_named) and self is not other


def waits(one: Planned, others: Iterable[Planned]) -> bool:
    """Whether a round has to wait for some of the others; one that prints nothing never does."""
    if not one.prints:
        return False
    asked: set[str] = set()
    return must_wait(one.people, asked.union(*(each.people for each in others if each.hinders(one))))


def kept_waiting(one: Planned, others: Sequence[Planned]) -> list[Planned]:
    """Those of the others that would have to wait for a round, and don't without it."""
    near = [each for each in others if one.hinders(each)]
    return [each for each in near if waits(each, [*others, one]) and not waits(each, others)]


async def free_from(
    session: AsyncSession, team: Team, user_ids: Collection[str], *, now: datetime, lasting: timedelta
) -> datetime | None:
    """From when on a round of these people, open for so long, makes no planned one wait, nor waits for one.

    `now`, where it does so already; None where there is no such time within HORIZON. Of fewer people than the
    workspace's minimum it isn't told for which planned ones they would have to wait.
    """
    others = await _others(session, team, user_ids, until=now + HORIZON + max(RECENT, lasting))
    minimum = await workspaces.minimum_of(session, team.workspace_id)
    at = now
    while at <= now + HORIZON:
        ours = _planned(team, user_ids, opens=at, over=at + lasting, minimum=minimum)
        must = len(ours.people) >= minimum and waits(ours, others)
        before = [each.free_from for each in others if each.hinders(ours)] if must else []
        after = [
            each.free_from if waits(replace(ours, opens=each.opens), [each]) else each.opens + MINUTE
            for each in kept_waiting(ours, others)
        ]
        if not before and not after:
            return at
        at = max([*after, min(before, default=at)])
    return None


async def tellable(session: AsyncSession, team: Team, until: datetime, user_ids: Collection[str]) -> datetime:
    """The instant itself; of fewer people than the minimum the end of its day, for it tells when one was asked."""
    if len(user_ids) >= await workspaces.minimum_of(session, team.workspace_id):
        return until
    day = until.astimezone(ZoneInfo(team.time_zone)).date()
    return at_local(day + timedelta(days=1), time(0), team.time_zone)


async def would_wait_for(
    session: AsyncSession, team: Team, user_ids: Collection[str], *, opens: datetime, closes: datetime, later: datetime
) -> bool:
    """Whether a planned round would have to wait if one of these people closed later than it does."""
    others = await _others(session, team, user_ids, until=later)
    minimum = await workspaces.minimum_of(session, team.workspace_id)
    ours = _planned(team, user_ids, opens=opens, over=closes, minimum=minimum)
    longer = replace(ours, over=later)
    return any(waits(each, [*others, longer]) and not waits(each, [*others, ours]) for each in others)


async def with_first_date(database: Database, team: Team, *, now: datetime) -> tuple[Team, datetime | None]:
    """A team whose members were read, with its first date chosen as by `choose_first_date`, in its own transaction."""
    async with database.begin() as session:
        held = await teams.hold(session, team.id)
        if held is None:
            return team, None
        return held, await choose_first_date(session, held, now=now)


async def share_half(session: AsyncSession, team: Team, user_ids: Collection[str]) -> bool:
    """Whether another team that is asked every week or two may have to wait for one of these people, or it for them."""
    minimum = await workspaces.minimum_of(session, team.workspace_id)
    never = datetime.max.replace(tzinfo=UTC)
    ours = _planned(team, user_ids, opens=never, over=never, minimum=minimum)
    # Of fewer nothing is told, named or not: one who is chosen alone would be looked for in all teams.
    if not ours.prints or len(ours.people) < minimum:
        return False
    for other in await teams.asked_often_with(session, team, user_ids=user_ids, weeks=OFTEN, limit=MOST_TEAMS):
        asked = [
            person.user_id for person in await rosters.to_ask(session, other, at=_at(other.next_round_at or never))
        ]
        theirs = _planned(other, asked, opens=never, over=never, minimum=minimum)
        is_half = must_wait(ours.people, theirs.people) or must_wait(theirs.people, ours.people)
        if theirs.prints and is_half and not (ours.is_named and theirs.is_named):
            return True
    return False


async def choose_first_date(
    session: AsyncSession,
    team: Team,
    *,
    now: datetime,
    user_ids: Collection[str] | None = None,
    beside: Sequence[Planned] = (),
) -> datetime | None:
    """Have a team's schedule begin so many weeks later that neither it nor another team has to wait for the other.

    `user_ids`: whom it would ask where that isn't its roster; `beside`: rounds that are planned and not stored yet.

    When it would have begun, where that is later; None where it stays: for a weekly or monthly team, which has no other
    weeks, where all weeks are taken, and where it asks fewer people than the workspace's minimum.
    """
    weeks = team.every_weeks or 1
    if team.next_slot_date is None or team.next_round_at is None or schedules.is_put_off(team):
        return None
    began, last_opened = team.next_round_at, await rounds.last_opened(session, team.id)
    after = max(schedules.after_skips(team, now), began - timedelta(seconds=1))
    if user_ids is None:
        people = [person.user_id for person in await rosters.to_ask(session, team, at=_at(began))]
    else:
        people = await rosters.would_ask(session, team, user_ids, at=_at(began))
    minimum = await workspaces.minimum_of(session, team.workspace_id)
    if len(people) < minimum:  # it would tell when those few are asked elsewhere
        return None
    others = [*await _others(session, team, people, until=began + timedelta(weeks=weeks) + RECENT), *beside]
    schedule = schedules.schedule_of(team)
    for later in range(min(weeks, MOST_WEEKS_LATER)):
        anchor = team.anchor + timedelta(weeks=later)
        slot = next_slot(replace(schedule, anchor=anchor), after=after)
        over = schedules.closes_at(team, slot.date, local_time=team.local_time)
        ours = _planned(team, people, opens=slot.at, over=over, minimum=minimum)
        too_soon = last_opened is not None and slot.at < last_opened + schedules.APART
        if too_soon or waits(ours, others) or kept_waiting(ours, others):
            continue
        if later == 0:
            return None
        team.anchor = anchor
        schedules.wait_for(team, slot)
        return began
    return None


async def _others(session: AsyncSession, team: Team, user_ids: Collection[str], *, until: datetime) -> list[Planned]:
    """The planned rounds up to an instant of teams that share people with this one."""
    minimum = await workspaces.minimum_of(session, team.workspace_id)
    found = []
    for other in await teams.sharing_people(session, team, user_ids=user_ids, until=until, limit=MOST_TEAMS):
        if other.next_round_at is None:
            continue
        theirs = [person.user_id for person in await rosters.to_ask(session, other, at=_at(other.next_round_at))]
        found += [each for each in coming_of(other, theirs, minimum=minimum) if each.opens <= until]
    return found


def coming_of(team: Team, user_ids: Collection[str], *, minimum: int) -> list[Planned]:
    """The rounds that a team is planned to have, the next first."""
    if team.next_round_at is None:
        return []
    first, planned = Slot(team.next_slot_date or team.next_round_at.date(), team.next_round_at), []
    for slot in [first, *next_slots(schedules.schedule_of(team), after=first.at, count=MOST_DATES - 1)]:
        over = schedules.closes_at(team, slot.date, local_time=team.local_time)
        planned.append(_planned(team, user_ids, opens=slot.at, over=over, minimum=minimum))
    return planned


def _planned(team: Team, user_ids: Iterable[str], *, opens: datetime, over: datetime, minimum: int) -> Planned:
    asked = frozenset(user_ids)
    is_named = team.privacy is Privacy.NAMED
    return Planned(opens, over, asked, is_named, can_print(len(asked), minimum=minimum, confidential=not is_named))


def _at(instant: datetime) -> Callable[[Person], datetime]:
    return lambda _person: instant
