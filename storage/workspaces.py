"""Workspaces: the walls between tenants, and who is an admin within them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, not_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from rubric import SMALLEST_MINIMUM
from storage import another_bot, claims
from storage.models import Admin, Person, Workspace
from storage.people import NO_MEMBER


async def get(session: AsyncSession, workspace_id: str) -> Workspace | None:
    return await session.get(Workspace, workspace_id)


async def known(session: AsyncSession, workspace_id: str) -> Workspace:
    """A workspace that is here for certain, since something of it is."""
    return await session.get_one(Workspace, workspace_id)


async def hold_channels(session: AsyncSession, workspace_id: str) -> None:
    """Have whoever gives a team a channel or a name in this workspace wait for its turn, until this transaction ends.

    A lock that rows pointing at the workspace don't wait for: only two of these meet.
    """
    await session.execute(select(Workspace.id).where(Workspace.id == workspace_id).with_for_update(key_share=True))


async def active(session: AsyncSession) -> Sequence[Workspace]:
    """Workspaces whose token is not known to be refused."""
    return list((await session.execute(select(Workspace).where(Workspace.revoked_at.is_(None)))).scalars())


async def every(session: AsyncSession) -> Sequence[Workspace]:
    """All workspaces that the app was ever installed in."""
    return list((await session.execute(select(Workspace).order_by(Workspace.id))).scalars())


async def refused(session: AsyncSession) -> Sequence[Workspace]:
    """Workspaces that refuse our token, or from which the app was removed, the latest first; for the operator."""
    query = select(Workspace).where(Workspace.revoked_at.is_not(None))
    return list((await session.execute(query.order_by(Workspace.revoked_at.desc(), Workspace.id))).scalars())


async def keep(
    session: AsyncSession,
    *,
    workspace_id: str,
    name: str,
    url: str,
    bot_user_id: str,
    bot_id: str,
    enterprise_id: str | None = None,
    now: datetime,
) -> Workspace:
    """The workspace as Slack describes it now: added, or brought up to date and active again.

    Where the app was made anew at Slack, and so is another bot, what the old one had written is out of reach.
    """
    workspace = await session.get(Workspace, workspace_id)
    if workspace is None:
        workspace = Workspace(id=workspace_id, installed_at=now)
        session.add(workspace)
    elif workspace.bot_user_id not in {"", bot_user_id}:
        await another_bot.forget_places(session, workspace_id=workspace_id, now=now)
    workspace.name, workspace.url = name, url
    workspace.bot_user_id, workspace.bot_id = bot_user_id, bot_id
    workspace.enterprise_id = enterprise_id
    workspace.revoked_at = None
    await session.flush()
    await claims.begin(session, workspace_id)
    return workspace


async def revoke(session: AsyncSession, workspace_id: str, *, now: datetime) -> None:
    """Slack refuses our token from now on: nothing more is sent there, nothing is deleted."""
    await session.execute(
        update(Workspace).where(Workspace.id == workspace_id, Workspace.revoked_at.is_(None)).values(revoked_at=now)
    )


async def minimum_of(session: AsyncSession, workspace_id: str) -> int:
    """The smallest group that results are shown for; the least that is safe where no admin raised it."""
    workspace = await session.get(Workspace, workspace_id)
    return SMALLEST_MINIMUM if workspace is None else workspace.minimum


async def change_minimum(session: AsyncSession, workspace_id: str, *, minimum: int) -> bool:
    """Set the smallest group that results are shown for, from the next rounds on; False where it is that already.

    Raises ValueError below the smallest that is safe.
    """
    if minimum < SMALLEST_MINIMUM:
        raise ValueError(f"a smaller group than {SMALLEST_MINIMUM} protects nobody")
    done = await session.execute(
        update(Workspace)
        .where(Workspace.id == workspace_id, Workspace.minimum != minimum)
        .values(minimum=minimum)
        .returning(Workspace.id)
    )
    return done.first() is not None


async def is_admin(session: AsyncSession, *, workspace_id: str, user_id: str) -> bool:
    """True for a Slack admin or owner, and for someone named by `/maturity admins add`; for full members alone."""
    person = await session.get(Person, (workspace_id, user_id))
    if person is None or not person.is_full_member:
        return False
    if person.is_admin:
        return True
    return await session.get(Admin, (workspace_id, user_id)) is not None


async def named_admins(session: AsyncSession, *, workspace_id: str) -> Sequence[str]:
    """User ids of those named by `/maturity admins add`."""
    rows = await session.execute(
        select(Admin.user_id).where(Admin.workspace_id == workspace_id).order_by(Admin.user_id)
    )
    return list(rows.scalars())


async def admins(session: AsyncSession, *, workspace_id: str) -> Sequence[str]:
    """User ids of all admins that aren't known to be no full members: Slack's own, and those named here."""
    named = select(Admin.user_id).where(Admin.workspace_id == workspace_id)
    rows = await session.execute(
        select(Person.user_id)
        .where(
            Person.workspace_id == workspace_id,
            not_(NO_MEMBER),
            or_(Person.is_admin.is_(True), Person.user_id.in_(named)),
        )
        .order_by(Person.user_id)
    )
    return list(rows.scalars())


async def add_admin(session: AsyncSession, *, workspace_id: str, user_id: str) -> bool:
    """Name an admin; False where they are named already."""
    if await session.get(Admin, (workspace_id, user_id)) is not None:
        return False
    session.add(Admin(workspace_id=workspace_id, user_id=user_id))
    await session.flush()
    return True


async def remove_admin(session: AsyncSession, *, workspace_id: str, user_id: str) -> bool:
    """Take the name off again; False where it wasn't there."""
    done = await session.execute(
        delete(Admin).where(Admin.workspace_id == workspace_id, Admin.user_id == user_id).returning(Admin.user_id)
    )
    return done.first() is not None
