"""Every rubric version that a round used, whole: a later wording never changes what was asked."""

from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import RubricVersion


async def keep(session: AsyncSession, *, workspace_id: str, version: str, document: str) -> None:
    """Store a rubric version for this workspace, if it isn't there."""
    if await session.get(RubricVersion, (workspace_id, version)) is None:
        session.add(RubricVersion(workspace_id=workspace_id, version=version, document=document))
        await session.flush()


async def document(session: AsyncSession, *, workspace_id: str, version: str) -> str:
    """The rubric as it was stored; raises NoResultFound for a version that no round of this workspace used."""
    return (await session.get_one(RubricVersion, (workspace_id, version))).document
