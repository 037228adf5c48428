"""The audit: what managers and admins did, a line for each, written in the transaction that does it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.kinds import Deed
from storage.models import AuditEntry, Team

KEPT = timedelta(days=731)
"""Two years. Older entries are deleted by a worker, once a day."""

OPERATOR = "operator"
"""In place of a user id: whoever runs the program, by its command line."""

Detail = str | int | list[str]


async def of_team(session: AsyncSession, deed: Deed, team: Team, *, by: str, now: datetime, **details: Detail) -> None:
    """Add a line about a team, under the name that it has now.

    `details` are ids, dates and settings, never an answer or a note.
    """
    await _add(
        session, team.workspace_id, deed, by=by, now=now, team_name=team.name, details={"team": team.id} | details
    )


async def of_workspace(
    session: AsyncSession, deed: Deed, workspace_id: str, *, by: str, now: datetime, **details: Detail
) -> None:
    """Add a line about the workspace as a whole; `details` as above."""
    await _add(session, workspace_id, deed, by=by, now=now, team_name=None, details=details)


async def _add(
    session: AsyncSession,
    workspace: str,
    deed: Deed,
    *,
    by: str,
    now: datetime,
    team_name: str | None,
    details: dict[str, Detail],
) -> None:
    session.add(
        AuditEntry(
            workspace_id=workspace, at=now, user_id=by, what=deed.value, team_name=team_name, details=dict(details)
        )
    )
    await session.flush()


async def latest(
    session: AsyncSession, *, workspace_id: str, limit: int, team_id: int | None = None, team_name: str | None = None
) -> Sequence[AuditEntry]:
    """The newest lines of a workspace, newest first: all of them, or those about one team, by its id or its name."""
    query = select(AuditEntry).where(*_about(workspace_id, team_id, team_name))
    return list((await session.execute(query.order_by(AuditEntry.id.desc()).limit(limit))).scalars())


async def last_of_team(session: AsyncSession, deed: Deed, team: Team, *, since: datetime) -> datetime | None:
    """When this was done to a team for the last time, at that instant or after it; None: not since then."""
    query = select(AuditEntry.at).where(
        *_about(team.workspace_id, team.id, None), AuditEntry.what == deed.value, AuditEntry.at >= since
    )
    return (await session.execute(query.order_by(AuditEntry.id.desc()).limit(1))).scalar_one_or_none()


async def count(
    session: AsyncSession, *, workspace_id: str, team_id: int | None = None, team_name: str | None = None
) -> int:
    """How many lines there are in all."""
    query = select(func.count()).select_from(AuditEntry).where(*_about(workspace_id, team_id, team_name))
    return (await session.execute(query)).scalar_one()


async def forget(session: AsyncSession, *, before: datetime) -> int:
    """Delete the lines of every workspace that are older than that; how many."""
    done = await session.execute(delete(AuditEntry).where(AuditEntry.at < before).returning(AuditEntry.id))
    return len(done.all())


def _about(workspace_id: str, team_id: int | None, team_name: str | None) -> list[ColumnElement[bool]]:
    """A team that was deleted is known by its name alone; one that is there also by what it was called before."""
    within: list[ColumnElement[bool]] = [AuditEntry.workspace_id == workspace_id]
    meant: list[ColumnElement[bool]] = []
    if team_id is not None:
        meant.append(AuditEntry.details["team"].as_integer() == team_id)
    if team_name is not None:
        meant.append(func.lower(AuditEntry.team_name) == team_name.lower())
    return [*within, or_(*meant)] if meant else within
