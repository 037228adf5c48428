"""What is stored about many teams' last rounds, in as many queries as for one.

Each question is about all teams of a workspace, or about those that one person manages.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, and_, func, not_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from storage import answers, rounds
from storage.action_items import AS_WRITTEN
from storage.kinds import ActionState, RoundState
from storage.models import ActionItem, Manager, Person, Round, Team
from storage.people import NO_MEMBER
from storage.teams import STAYS, has_power

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
        select(Team).where(Team.id.in_(_teams(scope))).order_by(func.lower(Team.name), Team.created_at, Team.id)
    )
    return list(rows.scalars())


async def latest_closed(session: AsyncSession, scope: Scope) -> Mapping[int, Round]:
    """Each team's last closed round, by team; teams that have none are missing."""
    rows = await session.execute(select(Round).where(Round.id.in_(_latest(scope))))
    return {found.team_id: found for found in rows.scalars()}


async def counts(session: AsyncSession, scope: Scope) -> answers.Counts:
    """What was counted at the close of those rounds."""
    return await answers.counts(session, round_ids=_latest(scope))


async def attendance(session: AsyncSession, scope: Scope) -> Mapping[int, tuple[int, int]]:
    """How many took part in those rounds and how many were asked, by round."""
    return await rounds.attendances(session, round_ids=_latest(scope))


async def need_leadership(session: AsyncSession, scope: Scope) -> Sequence[Wanted]:
    """Open action items that a team can't do by itself, by team and then as they were written."""
    rows = await session.execute(
        select(ActionItem.team_id, ActionItem.dimension, ActionItem.text, ActionItem.owner_id, ActionItem.due_on)
        .where(
            ActionItem.team_id.in_(_teams(scope)),
            ActionItem.state == ActionState.OPEN,
            ActionItem.needs_leadership.is_(True),
        )
        .order_by(ActionItem.team_id, *AS_WRITTEN)
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
        .where(Manager.team_id == team_id, or_(Person.user_id.is_(None), not_(NO_MEMBER)), also)
        .order_by(Manager.user_id)
    )
    return list(rows.scalars())
