"""Every rubric version that a round used, whole: a later wording never changes what was asked."""

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import RubricVersion


async def keep(session: AsyncSession, *, workspace_id: str, version: str, document: str) -> None:
    """Store a rubric version for this workspace, if it isn't there; two workers may do so at the same time."""
    if await session.get(RubricVersion, (workspace_id, version)) is not None:
        return
    insert: Any = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    row = {"workspace_id": workspace_id, "version": version, "document": document}
    await session.execute(insert(RubricVersion).values(row).on_conflict_do_nothing())


async def document(session: AsyncSession, *, workspace_id: str, version: str) -> str:
    """The rubric as it was stored; raises NoResultFound for a version that no round of this workspace used."""
    return (await session.get_one(RubricVersion, (workspace_id, version))).document
