"""The rubric of new rounds, and those that earlier rounds were asked with."""

from sqlalchemy.ext.asyncio import AsyncSession

from rubric import Rubric, from_json, to_json
from storage import rubrics
from storage.models import Round


class Rubrics:
    """Rubrics by version, read from the database once a process."""

    def __init__(self, current: Rubric) -> None:
        self.current = current
        self._known: dict[tuple[str, str], Rubric] = {}

    async def keep_current(self, session: AsyncSession, workspace_id: str) -> Rubric:
        """The rubric for a round that opens now, stored whole beside it."""
        await rubrics.keep(
            session, workspace_id=workspace_id, version=self.current.version, document=to_json(self.current)
        )
        return self.current

    async def of(self, session: AsyncSession, opened: Round) -> Rubric:
        """The rubric that a round was asked with."""
        return await self.version(session, workspace_id=opened.workspace_id, version=opened.rubric_version)

    async def version(self, session: AsyncSession, *, workspace_id: str, version: str) -> Rubric:
        """A version that a round of this workspace used."""
        if version == self.current.version:
            return self.current  # word for word: a version is the hash of what it says
        key = (workspace_id, version)
        if key not in self._known:
            self._known[key] = from_json(await rubrics.document(session, workspace_id=workspace_id, version=version))
        return self._known[key]
