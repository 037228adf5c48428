"""Workspaces: the walls between tenants, and who is an admin within them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Admin, Person, Workspace


async def get(session: AsyncSession, workspace_id: str) -> Workspace | None:
    return await session.get(Workspace, workspace_id)


async def active(session: AsyncSession) -> Sequence[Workspace]:
    """Workspaces whose token is not known to be refused."""
    return list((await session.execute(select(Workspace).where(Workspace.revoked_at.is_(None)))).scalars())


async def keep(
    session: AsyncSession, *, workspace_id: str, name: str, url: str, bot_user_id: str, bot_id: str, now: datetime
) -> Workspace:
    """The workspace as Slack describes it now: added, or brought up to date and active again."""
    workspace = await session.get(Workspace, workspace_id)
    if workspace is None:
        workspace = Workspace(id=workspace_id, installed_at=now, minimum=4)
        session.add(workspace)
    workspace.name, workspace.url = name, url
    workspace.bot_user_id, workspace.bot_id = bot_user_id, bot_id
    workspace.revoked_at = None
    await session.flush()
    return workspace


async def revoke(session: AsyncSession, workspace_id: str, *, now: datetime) -> None:
    """Slack refuses our token from now on: nothing more is sent there, nothing is deleted."""
    await session.execute(
        update(Workspace).where(Workspace.id == workspace_id, Workspace.revoked_at.is_(None)).values(revoked_at=now)
    )


async def is_admin(session: AsyncSession, *, workspace_id: str, user_id: str) -> bool:
    """True for a Slack admin or owner, and for someone named by `/maturity admins add`."""
    if await session.get(Admin, (workspace_id, user_id)) is not None:
        return True
    person = await session.get(Person, (workspace_id, user_id))
    return person is not None and person.is_admin
