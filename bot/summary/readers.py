"""For whom a result is printed: all of a named round only for those whom its names and notes are for."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from storage import readers
from storage.kinds import Privacy
from storage.models import Round

EVERYBODY = None
"""Whoever comes upon it, as in a channel: of a named round it tells what a confidential one would."""


async def whole_to(session: AsyncSession, reader: str | None, closed: Sequence[Round]) -> frozenset[int]:
    """Those of these rounds that are named and are printed whole for this reader.

    A confidential round is printed the same for everybody. Whoever may read only the lesser print of a round reads no
    other one of it anywhere, nor a change that was computed from one.
    """
    named = [each.id for each in closed if each.privacy is Privacy.NAMED]
    if reader is EVERYBODY or not named:
        return frozenset()
    return await readers.whole_to(session, workspace_id=closed[0].workspace_id, user_id=reader, round_ids=named)
