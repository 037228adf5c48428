"""Who was asked a few days ago, or is being asked: what rounds of nearly the same people are told by.

A row outlives team, round and erasure, holds no answer, and goes once nobody needs it: six days after its round
opened, or when the last round closes that it could be subtracted from.
"""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, exists, func, or_, select, true, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from rubric.subtraction import RECENT, can_print
from storage.kinds import Privacy
from storage.models import Answer, RecentlyAsked, RosterMember, Round, RoundCount, Team

TURN = 0x6D617475
"""What our locks are told from other programs' by, in one database."""


async def take_turn(session: AsyncSession, workspace_id: str) -> None:
    """Be the only one who opens or closes a round of this workspace until the transaction ends.

    Of two that are due at once the second must see the first. On PostgreSQL it is a lock of its own and no row's: it is
    taken after a team or a round, and whoever moves a team to another channel takes the workspace's row before those.
    """
    if session.get_bind().dialect.name == "postgresql":  # SQLite has one writer
        await session.execute(select(func.pg_advisory_xact_lock(TURN, func.hashtext(workspace_id))))


async def keep(session: AsyncSession, opened: Round, user_ids: Iterable[str]) -> None:
    """Write down whom a round that opens asks; nobody of one so small that it can't print anything."""
    asked = sorted(set(user_ids))
    if not can_print(len(asked), minimum=opened.minimum, confidential=opened.privacy is Privacy.CONFIDENTIAL):
        return
    session.add_all(
        RecentlyAsked(
            round_id=opened.id,
            user_id=user_id,
            workspace_id=opened.workspace_id,
            privacy=opened.privacy,
            opened_at=opened.opened_at,
        )
        for user_id in asked
    )
    await session.flush()


async def hindering(session: AsyncSession, team: Team, *, at: datetime) -> dict[str, datetime]:
    """Those on a team's roster who count as asked a few days ago at that instant, and until when each does.

    An open round counts until it closes, which of one that is over is `at` itself; between two named ones nothing does.
    """
    listed = select(RosterMember.user_id).where(RosterMember.team_id == team.id)
    over = func.coalesce(Round.closes_at, RecentlyAsked.opened_at)  # a closed round may be gone with its team
    rows = await session.execute(
        select(RecentlyAsked.user_id, RecentlyAsked.opened_at, RecentlyAsked.closed_at, over)
        .join(Round, Round.id == RecentlyAsked.round_id, isouter=True)
        .where(
            RecentlyAsked.workspace_id == team.workspace_id,
            RecentlyAsked.user_id.in_(listed),
            or_(RecentlyAsked.opened_at > at - RECENT, RecentlyAsked.closed_at.is_(None)),
            _hinders(team.privacy),
        )
    )
    found: dict[str, datetime] = {}
    for user_id, opened_at, closed_at, closes_at in rows:
        until = opened_at + RECENT
        if closed_at is None:
            until = max(until, closes_at, at)
        found[user_id] = max(found.get(user_id, until), until)
    return found


def _hinders(privacy: Privacy) -> ColumnElement[bool]:
    return true() if privacy is Privacy.CONFIDENTIAL else RecentlyAsked.privacy == Privacy.CONFIDENTIAL


async def took_part_elsewhere(session: AsyncSession, closing: Round) -> set[str]:
    """Of those who answered in a round, who took part in another that printed and could be subtracted from it.

    One that opened within six days of it, before or after, or was open when it opened.
    """
    answered = select(Answer.user_id).where(Answer.round_id == closing.id)
    rows = await session.execute(
        select(RecentlyAsked.user_id).where(
            RecentlyAsked.workspace_id == closing.workspace_id,
            RecentlyAsked.user_id.in_(answered),
            RecentlyAsked.round_id != closing.id,
            RecentlyAsked.took_part,
            or_(
                RecentlyAsked.opened_at > closing.opened_at - RECENT,
                RecentlyAsked.closed_at > closing.opened_at,
            ),
            _hinders(closing.privacy),
        )
    )
    return set(rows.scalars())


async def end(session: AsyncSession, ended: Round, *, took_part: Collection[str], now: datetime) -> None:
    """A round has ended: who took part is known, unless it printed nothing, which hinders no other."""
    mine = RecentlyAsked.round_id == ended.id
    printed = exists().where(RoundCount.round_id == ended.id)
    if (await session.execute(select(printed))).scalar_one():
        await session.execute(
            update(RecentlyAsked).where(mine).values(closed_at=now, took_part=RecentlyAsked.user_id.in_(took_part))
        )
    else:
        await drop(session, ended.id)


async def drop(session: AsyncSession, round_id: int) -> None:
    """Have a round hinder no other."""
    await session.execute(delete(RecentlyAsked).where(RecentlyAsked.round_id == round_id))


async def forget(session: AsyncSession, *, now: datetime) -> int:
    """Delete the rows that nobody needs any more; how many."""
    other = aliased(RecentlyAsked)
    still_asked = (
        exists()
        .where(
            other.workspace_id == RecentlyAsked.workspace_id,
            other.user_id == RecentlyAsked.user_id,
            other.closed_at.is_(None),
        )
        .correlate(RecentlyAsked)
    )
    done = await session.execute(
        delete(RecentlyAsked)
        .where(and_(RecentlyAsked.opened_at <= now - RECENT, RecentlyAsked.closed_at.is_not(None), ~still_asked))
        .returning(RecentlyAsked.round_id)
    )
    return len(done.all())
