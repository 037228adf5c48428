"""Action items: what teams have taken on, who owns it until when, and what became of it."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.kinds import ActionState
from storage.models import ActionItem, Team
from storage.overdue import DueRows

AS_WRITTEN = (ActionItem.created_at, ActionItem.dimension, ActionItem.text, ActionItem.id)
"""The oldest first. An id tells nothing about time."""
DUE = DueRows(select(ActionItem), row_id=ActionItem.id, at=ActionItem.remind_at)
"""Items whose owner is to be asked what became of them."""


async def get(session: AsyncSession, item_id: int, *, workspace_id: str) -> ActionItem | None:
    """The item, where this workspace has it."""
    return (
        await session.execute(
            select(ActionItem).where(ActionItem.id == item_id, ActionItem.workspace_id == workspace_id)
        )
    ).scalar_one_or_none()


async def hold(session: AsyncSession, item_id: int, *, workspace_id: str | None = None) -> ActionItem | None:
    """The item, locked until this transaction ends; None where it isn't."""
    query = (
        select(ActionItem).where(ActionItem.id == item_id).with_for_update().execution_options(populate_existing=True)
    )
    if workspace_id is not None:
        query = query.where(ActionItem.workspace_id == workspace_id)
    return (await session.execute(query)).scalar_one_or_none()


async def of_person(session: AsyncSession, *, workspace_id: str, user_id: str) -> Sequence[ActionItem]:
    """The open items that this person owns, of all teams, the one due first at the front."""
    return await _in_order(session, ActionItem.workspace_id == workspace_id, ActionItem.owner_id == user_id, _is_open())


async def open_of(session: AsyncSession, *, workspace_id: str, team_ids: Sequence[int]) -> Sequence[ActionItem]:
    """The open items of these teams, the one due first at the front."""
    return await _in_order(session, _of_teams(workspace_id, team_ids), _is_open())


async def adopted(session: AsyncSession, *, workspace_id: str, team_id: int, action_key: str) -> ActionItem | None:
    """The team's open item that was made of this action of the library."""
    found = await _in_order(
        session, _of_teams(workspace_id, [team_id]), ActionItem.action_key == action_key, _is_open()
    )
    return found[0] if found else None


async def made_by(session: AsyncSession, *, workspace_id: str, team_id: int, request: str) -> ActionItem | None:
    """The team's item that this modal made, if it came before; whatever became of it since."""
    query = select(ActionItem).where(_of_teams(workspace_id, [team_id]), ActionItem.request == request)
    return (await session.execute(query)).scalar_one_or_none()


async def of_library(
    session: AsyncSession, *, workspace_id: str, team_id: int, keys: Collection[str]
) -> dict[str, ActionItem]:
    """The team's latest item of each of these actions of the library, whatever became of it."""
    query = select(ActionItem).where(_of_teams(workspace_id, [team_id]), ActionItem.action_key.in_(keys))
    found = (await session.execute(query.order_by(*AS_WRITTEN))).scalars()
    return {item.action_key: item for item in found if item.action_key is not None}


async def taken_on(
    session: AsyncSession, *, workspace_id: str, team_id: int, before: datetime, since: datetime | None
) -> Sequence[ActionItem]:
    """The team's items that were there at `before`, without those that had ended by `since`, the oldest first."""
    query = select(ActionItem).where(_of_teams(workspace_id, [team_id]), ActionItem.created_at < before)
    if since is not None:
        query = query.where(or_(ActionItem.ended_at.is_(None), ActionItem.ended_at > since))
    return list((await session.execute(query.order_by(*AS_WRITTEN))).scalars())


async def known_keys(session: AsyncSession, *, workspace_id: str, team_id: int, before: datetime) -> frozenset[str]:
    """Keys of the library's actions that the team had adopted by then, whatever became of them."""
    rows = await session.execute(
        select(ActionItem.action_key).where(
            _of_teams(workspace_id, [team_id]),
            ActionItem.action_key.is_not(None),
            ActionItem.created_at < before,
        )
    )
    return frozenset(key for key in rows.scalars() if key is not None)


async def add(
    session: AsyncSession,
    team: Team,
    *,
    round_id: int | None,
    dimension: str,
    action_key: str | None,
    text: str,
    owner_id: str,
    due_on: date,
    needs_leadership: bool,
    remind_at: datetime,
    by: str,
    now: datetime,
    request: str | None = None,
) -> ActionItem:
    """An item that a team has just taken on.

    Raises IntegrityError for a library's action that it has open, and for a modal that made one before.
    """
    item = ActionItem(
        workspace_id=team.workspace_id,
        team_id=team.id,
        round_id=round_id,
        dimension=dimension,
        action_key=action_key,
        text=text,
        owner_id=owner_id,
        due_on=due_on,
        state=ActionState.OPEN,
        needs_leadership=needs_leadership,
        created_by=by,
        created_at=now,
        remind_at=remind_at,
        request=request,
    )
    session.add(item)
    await session.flush()
    return item


def _of_teams(workspace_id: str, team_ids: Sequence[int]) -> ColumnElement[bool]:
    """Items of those of these teams that the workspace has: found by their team, however many the workspace has."""
    return ActionItem.team_id.in_(select(Team.id).where(Team.id.in_(team_ids), Team.workspace_id == workspace_id))


def _is_open() -> ColumnElement[bool]:
    return ActionItem.state == ActionState.OPEN


async def _in_order(session: AsyncSession, *conditions: ColumnElement[bool]) -> Sequence[ActionItem]:
    query = select(ActionItem).where(*conditions)
    order = (ActionItem.due_on.is_(None), ActionItem.due_on, *AS_WRITTEN)
    return list((await session.execute(query.order_by(*order))).scalars())
