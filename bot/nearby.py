"""Planned rounds of nearly the same people: of two that are too near in time one has to wait for the other.

So that it hardly ever has to, a first date is chosen on which neither does, and a round isn't started by hand where a
planned one would have to wait for it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.schedule import schedules
from bot.schedule.cadence import Slot, next_slot, next_slots
from rubric.subtraction import RECENT, must_wait
from storage import rosters, rounds, teams, workspaces
from storage.engine import Database
from storage.kinds import Privacy
from storage.models import Person, Team

MOST_TEAMS = 50
"""Teams that share people with one: past that, only those that are asked next are looked at."""
MOST_DATES = 14
"""Dates of each that are looked at: a quarter of a weekly team's."""


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


async def free_after(
    session: AsyncSession, team: Team, people: Sequence[Person], *, now: datetime, over: datetime
) -> datetime | None:
    """From when on a round of these people makes no planned one wait, where one that opens now would; else None."""
    others = await _others(session, team, people, until=max(now + RECENT, over))
    minimum = await workspaces.minimum_of(session, team.workspace_id)
    ours = _planned(team, people, opens=now, over=over, minimum=minimum)
    near = kept_waiting(ours, others)
    return max(
        (each.free_from if waits(replace(ours, opens=each.opens), [each]) else each.opens for each in near),
        default=None,
    )


async def with_first_date(database: Database, team: Team, *, now: datetime) -> tuple[Team, datetime | None]:
    """A team whose members were read, with its first date chosen as by `choose_first_date`, in its own transaction."""
    async with database.begin() as session:
        held = await teams.hold(session, team.id)
        if held is None:
            return team, None
        return held, await choose_first_date(session, held, now=now)


async def choose_first_date(session: AsyncSession, team: Team, *, now: datetime) -> datetime | None:
    """Have a team's schedule begin so many weeks later that neither it nor another team has to wait for the other.

    When it would have begun, where that is later; None where it stays: for a weekly or monthly team, which has no other
    weeks, and where all weeks are taken.
    """
    weeks = team.every_weeks or 1
    if team.next_slot_date is None or team.next_round_at is None or schedules.is_put_off(team):
        return None
    began, last_opened = team.next_round_at, await rounds.last_opened(session, team.id)
    after = max(schedules.after_skips(team, now), began - timedelta(seconds=1))
    people = await rosters.to_ask(session, team, at=_at(began))
    others = await _others(session, team, people, until=began + timedelta(weeks=weeks) + RECENT)
    minimum = await workspaces.minimum_of(session, team.workspace_id)
    schedule = schedules.schedule_of(team)
    for later in range(weeks):
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


async def _others(session: AsyncSession, team: Team, people: Sequence[Person], *, until: datetime) -> list[Planned]:
    """The planned rounds up to an instant of teams that share people with this one."""
    minimum = await workspaces.minimum_of(session, team.workspace_id)
    found = []
    ours = {person.user_id for person in people}
    for other in await teams.sharing_people(session, team, user_ids=ours, until=until, limit=MOST_TEAMS):
        if other.next_round_at is None:
            continue
        theirs = await rosters.to_ask(session, other, at=_at(other.next_round_at))
        first = Slot(other.next_slot_date or other.next_round_at.date(), other.next_round_at)
        for slot in [first, *next_slots(schedules.schedule_of(other), after=first.at, count=MOST_DATES - 1)]:
            if slot.at <= until:
                over = schedules.closes_at(other, slot.date, local_time=other.local_time)
                found.append(_planned(other, theirs, opens=slot.at, over=over, minimum=minimum))
    return found


def _planned(team: Team, people: Iterable[Person], *, opens: datetime, over: datetime, minimum: int) -> Planned:
    asked = frozenset(person.user_id for person in people)
    is_named = team.privacy is Privacy.NAMED
    return Planned(opens, over, asked, is_named, prints=is_named or len(asked) >= minimum)


def _at(instant: datetime) -> Callable[[Person], datetime]:
    return lambda _person: instant
