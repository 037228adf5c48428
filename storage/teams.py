"""Teams: their settings, their managers, and when each has something to do next."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.kinds import TeamStep
from storage.models import ChosenPerson, Manager, RosterMember, Team


async def get(session: AsyncSession, team_id: int, *, workspace_id: str) -> Team | None:
    return (
        await session.execute(select(Team).where(Team.id == team_id, Team.workspace_id == workspace_id))
    ).scalar_one_or_none()


async def hold(
    session: AsyncSession, team_id: int, *, workspace_id: str | None = None, skip_locked: bool = False
) -> Team | None:
    """The team, locked until this transaction ends; None where it isn't, or another worker holds it."""
    query = select(Team).where(Team.id == team_id).with_for_update(skip_locked=skip_locked)
    if workspace_id is not None:
        query = query.where(Team.workspace_id == workspace_id)
    return (await session.execute(query)).scalar_one_or_none()


async def of_channel(session: AsyncSession, *, workspace_id: str, channel_id: str) -> Team | None:
    """The team whose results go to this channel."""
    return (
        await session.execute(select(Team).where(Team.workspace_id == workspace_id, Team.channel_id == channel_id))
    ).scalar_one_or_none()


async def all_of(session: AsyncSession, *, workspace_id: str) -> Sequence[Team]:
    """Every team of a workspace, by name."""
    rows = await session.execute(
        select(Team).where(Team.workspace_id == workspace_id).order_by(func.lower(Team.name), Team.id)
    )
    return list(rows.scalars())


async def of_person(session: AsyncSession, *, workspace_id: str, user_id: str) -> Sequence[Team]:
    """The teams that this person manages or is a member of, by name."""
    managed = select(Manager.team_id).where(Manager.user_id == user_id)
    joined = select(RosterMember.team_id).where(RosterMember.user_id == user_id)
    mine: ColumnElement[bool] = or_(Team.id.in_(managed), Team.id.in_(joined))
    rows = await session.execute(
        select(Team).where(Team.workspace_id == workspace_id, mine).order_by(func.lower(Team.name), Team.id)
    )
    return list(rows.scalars())


async def due(session: AsyncSession, *, step: TeamStep, now: datetime, limit: int) -> Sequence[int]:
    """Ids of teams with this step to take, the longest overdue first."""
    rows = await session.execute(
        select(Team.id)
        .where(Team.next_step_at.is_not(None), Team.next_step_at <= now, Team.next_step == step)
        .order_by(Team.next_step_at)
        .limit(limit)
    )
    return list(rows.scalars())


async def managers(session: AsyncSession, team_id: int) -> Sequence[str]:
    """User ids of a team's managers."""
    rows = await session.execute(select(Manager.user_id).where(Manager.team_id == team_id).order_by(Manager.user_id))
    return list(rows.scalars())


async def is_manager(session: AsyncSession, *, team_id: int, user_id: str) -> bool:
    return await session.get(Manager, (team_id, user_id)) is not None


async def add_manager(session: AsyncSession, *, team_id: int, user_id: str) -> bool:
    """Make someone a manager; False where they are one."""
    if await is_manager(session, team_id=team_id, user_id=user_id):
        return False
    session.add(Manager(team_id=team_id, user_id=user_id))
    await session.flush()
    return True


async def choose_people(session: AsyncSession, *, team_id: int, user_ids: Iterable[str]) -> None:
    """Replace the people picked by hand."""
    await session.execute(delete(ChosenPerson).where(ChosenPerson.team_id == team_id))
    session.add_all(ChosenPerson(team_id=team_id, user_id=user_id) for user_id in sorted(set(user_ids)))
    await session.flush()


async def chosen_people(session: AsyncSession, team_id: int) -> Sequence[str]:
    rows = await session.execute(
        select(ChosenPerson.user_id).where(ChosenPerson.team_id == team_id).order_by(ChosenPerson.user_id)
    )
    return list(rows.scalars())
