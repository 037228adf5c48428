"""What is stored about every closed round of many teams, in as many queries as for one."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage import answers, rounds
from storage.action_items import AS_WRITTEN
from storage.kinds import Privacy, RoundState
from storage.models import ActionItem, Answer, Round, RoundMember, RoundNote, Team


def _closed(workspace_id: str, team_ids: Sequence[int]) -> Select[int]:
    """Ids of the teams' closed rounds."""
    return select(Round.id).where(
        Round.workspace_id == workspace_id, Round.team_id.in_(team_ids), Round.state == RoundState.CLOSED
    )


async def anything(session: AsyncSession, *, workspace_id: str, team_ids: Sequence[int]) -> bool:
    """Whether these teams have a closed round or an action item."""
    closed = _closed(workspace_id, team_ids).exists()
    items = select(ActionItem.id).where(ActionItem.team_id.in_(team_ids)).exists()
    mine = select(Team.id).where(Team.workspace_id == workspace_id, Team.id.in_(team_ids)).where(or_(closed, items))
    return (await session.execute(mine.limit(1))).first() is not None


async def closed_rounds(session: AsyncSession, *, workspace_id: str, team_ids: Sequence[int]) -> Sequence[Round]:
    """All closed rounds of these teams, each team's by number."""
    query = select(Round).where(Round.id.in_(_closed(workspace_id, team_ids))).order_by(Round.team_id, Round.number)
    return list((await session.execute(query)).scalars())


async def counts(session: AsyncSession, *, workspace_id: str, team_ids: Sequence[int]) -> answers.Counts:
    """What was counted at the close of those rounds."""
    return await answers.counts(session, round_ids=_closed(workspace_id, team_ids))


async def attendance(
    session: AsyncSession, *, workspace_id: str, team_ids: Sequence[int]
) -> Mapping[int, tuple[int, int]]:
    """How many took part in those rounds and how many were asked, by round."""
    return await rounds.attendances(session, round_ids=_closed(workspace_id, team_ids))


async def in_either(session: AsyncSession, *, workspace_id: str, team_ids: Sequence[int]) -> Mapping[int, int]:
    """How many people took part in each of those rounds, in their team's closed round before it, or in both; by round.

    The first round of a team is missing.
    """
    pairs = (
        select(Round.id, func.lag(Round.id).over(partition_by=Round.team_id, order_by=Round.number).label("before"))
        .where(Round.id.in_(_closed(workspace_id, team_ids)))
        .subquery()
    )
    rows = await session.execute(
        select(pairs.c.id, func.count(RoundMember.user_id.distinct()))
        .outerjoin(
            RoundMember,
            and_(RoundMember.round_id.in_([pairs.c.id, pairs.c.before]), RoundMember.took_part.is_(True)),
        )
        .where(pairs.c.before.is_not(None))
        .group_by(pairs.c.id)
    )
    return {row[0]: row[1] for row in rows}


async def notes(
    session: AsyncSession, *, workspace_id: str, team_ids: Sequence[int]
) -> Mapping[int, Mapping[str, Sequence[str]]]:
    """Notes of those rounds: round -> dimension -> texts, without writers.

    Those of confidential rounds come in their random order, those of named ones in the order of their texts.
    """
    found: dict[int, dict[str, list[str]]] = {}
    closed = _closed(workspace_id, team_ids)
    kept = (
        select(RoundNote.round_id, RoundNote.dimension, RoundNote.text)
        .where(RoundNote.round_id.in_(closed))
        .order_by(RoundNote.id)
    )
    signed = (
        select(Answer.round_id, Answer.dimension, Answer.note)
        .where(Answer.round_id.in_(closed.where(Round.privacy == Privacy.NAMED)), Answer.note.is_not(None))
        .order_by(Answer.note)
    )
    for query in (kept, signed):
        for round_id, dimension, text in await session.execute(query):
            found.setdefault(round_id, {}).setdefault(dimension, []).append(str(text))
    return found


async def action_items(session: AsyncSession, *, workspace_id: str, team_ids: Sequence[int]) -> Sequence[ActionItem]:
    """The action items of these teams, whatever became of them, as they were written."""
    query = (
        select(ActionItem)
        .where(ActionItem.workspace_id == workspace_id, ActionItem.team_id.in_(team_ids))
        .order_by(ActionItem.team_id, *AS_WRITTEN)
    )
    return list((await session.execute(query)).scalars())
