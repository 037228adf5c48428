"""What is stored about many teams' last rounds, in as many queries as for one.

Each question is about all teams of a workspace, or about those that one person manages.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, String, and_, cast, func, not_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from storage.kinds import ActionState, RoundState
from storage.models import ActionItem, Manager, Person, Round, RoundCount, RoundMember, Team
from storage.teams import STAYS, WITHOUT_POWER, has_power

SEVERAL = 2
"""Teams that a person manages before they get an overview."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Which teams are asked about."""

    workspace_id: str
    managed_by: str | None = None
    """None: every team of the workspace."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """An open action item that needs leadership."""

    team_id: int
    dimension: str
    text: str
    owner_id: str | None
    due_on: date | None


def _teams(scope: Scope) -> Select[int]:
    found = select(Team.id).where(Team.workspace_id == scope.workspace_id, STAYS)
    if scope.managed_by is None:
        return found
    mine = and_(Manager.team_id == Team.id, Manager.user_id == scope.managed_by)
    return found.join(Manager, mine).where(has_power(workspace_id=scope.workspace_id, user_id=scope.managed_by))


def _latest(scope: Scope) -> Select[int]:
    """Ids of the teams' last closed rounds: one step into the index (team, number) for each."""
    other = aliased(Round)
    newest = (
        select(other.id)
        .where(other.team_id == Team.id, other.state == RoundState.CLOSED)
        .order_by(other.number.desc())
        .limit(1)
        .correlate(Team)
        .scalar_subquery()
    )
    return _teams(scope).with_only_columns(newest)


async def teams_of(session: AsyncSession, scope: Scope) -> Sequence[Team]:
    """The teams, by name."""
    rows = await session.execute(
        select(Team).where(Team.id.in_(_teams(scope))).order_by(func.lower(Team.name), Team.id)
    )
    return list(rows.scalars())


async def latest_closed(session: AsyncSession, scope: Scope) -> Mapping[int, Round]:
    """Each team's last closed round, by team; teams that have none are missing."""
    rows = await session.execute(select(Round).where(Round.id.in_(_latest(scope))))
    return {found.team_id: found for found in rows.scalars()}


async def counts(session: AsyncSession, scope: Scope) -> Mapping[int, Mapping[str, Mapping[int, int]]]:
    """Counts of those rounds: round -> dimension -> level -> how many; level 0 is "can't say"."""
    return await together(
        session,
        select(RoundCount.round_id, RoundCount.dimension, RoundCount.level, RoundCount.answers).where(
            RoundCount.round_id.in_(_latest(scope))
        ),
    )


async def together(
    session: AsyncSession, query: Select[int, str, int, int]
) -> Mapping[int, Mapping[str, Mapping[int, int]]]:
    """The counts that a query (round, dimension, level, how many) finds.

    The database writes each round's into one text, `A1:3 A2:5 B0:1`: to fetch a row costs several times what it
    costs to find it, so a thousand rounds are a thousand rows and not twenty thousand.
    """
    each = query.subquery()
    round_id, dimension, level, number = each.c
    written = dimension + cast(level, String) + ":" + cast(number, String)
    rows = await session.execute(select(round_id, func.aggregate_strings(written, " ")).group_by(round_id))
    found: dict[int, dict[str, dict[int, int]]] = {}
    for found_id, text in rows:
        by_dimension = found[found_id] = {}
        for part in text.split(" "):
            chosen, _colon, many = part.partition(":")
            by_dimension.setdefault(chosen[0], {})[int(chosen[1:])] = int(many)
    return found


async def attendance(session: AsyncSession, scope: Scope) -> Mapping[int, tuple[int, int]]:
    """How many took part in those rounds and how many were asked, by round."""
    rows = await session.execute(
        select(RoundMember.round_id, func.count().filter(RoundMember.took_part.is_(True)), func.count())
        .where(RoundMember.round_id.in_(_latest(scope)))
        .group_by(RoundMember.round_id)
    )
    return {round_id: (took_part, asked) for round_id, took_part, asked in rows}


async def need_leadership(session: AsyncSession, scope: Scope) -> Sequence[Wanted]:
    """Open action items that a team can't do by itself, by team and then as they were written."""
    rows = await session.execute(
        select(ActionItem.team_id, ActionItem.dimension, ActionItem.text, ActionItem.owner_id, ActionItem.due_on)
        .where(
            ActionItem.team_id.in_(_teams(scope)),
            ActionItem.state == ActionState.OPEN,
            ActionItem.needs_leadership.is_(True),
        )
        .order_by(ActionItem.team_id, ActionItem.id)
    )
    return [Wanted(*row) for row in rows]


async def managers_of_several(session: AsyncSession, team_id: int) -> Sequence[str]:
    """Those of a team's active managers who manage another team of its workspace as well."""
    other, there = aliased(Manager), aliased(Team)
    also = (
        select(other.team_id)
        .join(there, there.id == other.team_id)
        .where(other.user_id == Manager.user_id, other.team_id != team_id, there.workspace_id == Team.workspace_id)
        .correlate(Manager, Team)
        .exists()
    )
    rows = await session.execute(
        select(Manager.user_id)
        .join(Team, Team.id == Manager.team_id)
        .outerjoin(Person, and_(Person.workspace_id == Team.workspace_id, Person.user_id == Manager.user_id))
        .where(Manager.team_id == team_id, or_(Person.user_id.is_(None), not_(WITHOUT_POWER)), also)
        .order_by(Manager.user_id)
    )
    return list(rows.scalars())
