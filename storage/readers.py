"""Who may read all of a named round; everybody else reads of it what a confidential one would show."""

from collections.abc import Sequence

from sqlalchemy import exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.kinds import Privacy
from storage.models import Manager, Round, RoundMember
from storage.teams import has_power

BATCH = 10_000
"""Rounds asked about in one query, whose parameters are limited in number."""


async def whole_to(
    session: AsyncSession, *, workspace_id: str, user_id: str, round_ids: Sequence[int]
) -> frozenset[int]:
    """Those of these rounds that are named and whose names and notes are for this person.

    Who was asked in the round, and who manages its team now; full members both.
    """
    was_asked = exists().where(RoundMember.round_id == Round.id, RoundMember.user_id == user_id)
    manages = exists().where(Manager.team_id == Round.team_id, Manager.user_id == user_id)
    theirs = select(Round.id).where(
        Round.workspace_id == workspace_id,
        Round.privacy == Privacy.NAMED,
        or_(was_asked, manages),
        has_power(workspace_id=workspace_id, user_id=user_id),
    )
    found: set[int] = set()
    for start in range(0, len(round_ids), BATCH):
        rows = await session.execute(theirs.where(Round.id.in_(round_ids[start : start + BATCH])))
        found.update(rows.scalars())
    return frozenset(found)
