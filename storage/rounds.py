"""Rounds: opened once for each slot, held while they change, closed for good."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, and_, bindparam, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from storage.kinds import RoundState, RoundStep
from storage.models import Answer, RosterMember, Round, RoundMember, Team
from storage.models.rounds import NAMELESS
from storage.overdue import DueRows
from storage.taps import is_no_member

DUE = DueRows(select(Round), row_id=Round.id, at=Round.next_step_at)
"""Rounds with a step to take."""


async def hold(
    session: AsyncSession, round_id: int, *, workspace_id: str | None = None, skip_locked: bool = False
) -> Round | None:
    """The round, locked until this transaction ends; None where it isn't, or another worker holds it.

    A tap waits for whoever holds it (`storage.taps.hold`), and they for it; who owes a message about it doesn't.
    """
    query = (
        select(Round)
        .where(Round.id == round_id)
        .with_for_update(key_share=True, skip_locked=skip_locked)
        .execution_options(populate_existing=True)
    )
    if workspace_id is not None:
        query = query.where(Round.workspace_id == workspace_id)
    return (await session.execute(query)).scalar_one_or_none()


async def get(session: AsyncSession, round_id: int, *, workspace_id: str) -> Round | None:
    """The round, where this workspace has it."""
    return (
        await session.execute(select(Round).where(Round.id == round_id, Round.workspace_id == workspace_id))
    ).scalar_one_or_none()


async def left_open(session: AsyncSession, *, workspace_id: str, before: datetime) -> list[tuple[str, datetime]]:
    """Rounds that should have closed before then and haven't: the team's name, and when. By name."""
    rows = await session.execute(
        select(Team.name, Round.closes_at)
        .join(Round, Round.team_id == Team.id)
        .where(Team.workspace_id == workspace_id, Round.state == RoundState.OPEN, Round.closes_at < before)
        .order_by(Team.name, Round.id)
    )
    return [(name, closes_at) for name, closes_at in rows]


async def open_of(session: AsyncSession, team_id: int) -> Round | None:
    """The team's open round."""
    return (
        await session.execute(select(Round).where(Round.team_id == team_id, Round.state == RoundState.OPEN))
    ).scalar_one_or_none()


async def closed_of(
    session: AsyncSession, team_id: int, *, before: int | None = None, limit: int = 1
) -> Sequence[Round]:
    """The team's latest closed rounds, newest first; with `before`, those of a smaller number."""
    query = select(Round).where(Round.team_id == team_id, Round.state == RoundState.CLOSED)
    if before is not None:
        query = query.where(Round.number < before)
    return list((await session.execute(query.order_by(Round.number.desc()).limit(limit))).scalars())


async def last_opened(session: AsyncSession, team_id: int) -> datetime | None:
    """When the team's latest round opened, whatever became of it; a cancelled one doesn't count."""
    return (
        await session.execute(
            select(func.max(Round.opened_at)).where(Round.team_id == team_id, Round.state != RoundState.CANCELLED)
        )
    ).scalar_one_or_none()


async def cancelled_since(session: AsyncSession, team_id: int, *, since: datetime) -> int:
    """How many rounds of the team were cancelled at that instant or after it."""
    query = select(func.count()).where(
        Round.team_id == team_id, Round.state == RoundState.CANCELLED, Round.closed_at >= since
    )
    return int((await session.execute(query)).scalar_one())


async def cancelled_among(session: AsyncSession, team: Team, *, team_ids: Collection[int], since: datetime) -> int:
    """How many rounds of these teams that asked half or more of one's roster were cancelled since an instant."""
    listed = select(RosterMember.user_id).where(RosterMember.team_id == team.id)
    half = select(func.count()).select_from(listed.subquery()).scalar_subquery()
    alike = (
        select(RoundMember.round_id)
        .join(Round, Round.id == RoundMember.round_id)
        .where(
            Round.workspace_id == team.workspace_id,
            Round.team_id.in_(team_ids),
            Round.state == RoundState.CANCELLED,
            Round.closed_at >= since,
            RoundMember.user_id.in_(listed),
        )
        .group_by(RoundMember.round_id)
        .having(2 * func.count() >= half)
    )
    return int((await session.execute(select(func.count()).select_from(alike.subquery()))).scalar_one())


async def for_nothing(session: AsyncSession, team_id: int, *, since: datetime) -> int:
    """How many rounds of a team that is deleted end for nothing: its open one, and those cancelled from then on."""
    cancelled = and_(Round.state == RoundState.CANCELLED, Round.closed_at >= since)
    query = select(func.count()).where(Round.team_id == team_id, or_(Round.state == RoundState.OPEN, cancelled))
    return int((await session.execute(query)).scalar_one())


async def add(
    session: AsyncSession,
    team: Team,
    *,
    slot_date: date | None,
    minimum: int,
    rubric_version: str,
    opened_at: datetime,
    closes_at: datetime,
    next_step: RoundStep,
    next_step_at: datetime,
    members: Sequence[tuple[str, datetime]],
) -> Round:
    """A round that has just opened, with its members and the instant at which each is asked.

    It takes the team's settings with it. Raises IntegrityError where the team has an open round or one of that slot.
    """
    highest = select(func.coalesce(func.max(Round.number), 0)).where(Round.team_id == team.id)
    opened = Round(
        workspace_id=team.workspace_id,
        team_id=team.id,
        number=(await session.execute(highest)).scalar_one() + 1,
        slot_date=slot_date,
        state=RoundState.OPEN,
        privacy=team.privacy,
        minimum=minimum,
        rubric_version=rubric_version,
        opened_at=opened_at,
        closes_at=closes_at,
        next_step=next_step,
        next_step_at=next_step_at,
        channel_id=team.channel_id,
    )
    session.add(opened)
    await session.flush()
    session.add_all(RoundMember(round_id=opened.id, user_id=user_id, opens_at=at) for user_id, at in members)
    await session.flush()
    return opened


async def members(session: AsyncSession, round_id: int) -> Sequence[RoundMember]:
    """Everyone who is asked in a round."""
    rows = await session.execute(
        select(RoundMember).where(RoundMember.round_id == round_id).order_by(RoundMember.user_id)
    )
    return list(rows.scalars())


async def member(session: AsyncSession, round_id: int, user_id: str) -> RoundMember | None:
    """One member's check-in in a round."""
    return await session.get(RoundMember, (round_id, user_id))


async def check_ins_of(
    session: AsyncSession, *, workspace_id: str, user_id: str, now: datetime
) -> Sequence[tuple[Round, RoundMember, Team]]:
    """The open rounds in which this person is asked, each with their row and its team; the first to close leads."""
    rows = await session.execute(
        select(Round, RoundMember, Team)
        .join_from(Team, Round, Round.team_id == Team.id)
        .join(RoundMember, RoundMember.round_id == Round.id)
        .where(
            Team.workspace_id == workspace_id,
            Round.workspace_id == workspace_id,
            _is_open(),
            Round.closes_at > now,
            RoundMember.user_id == user_id,
            RoundMember.opens_at <= now,
        )
        .order_by(Round.closes_at, func.lower(Team.name), Round.id)
    )
    return [(opened, member, team) for opened, member, team in rows]


def _is_open() -> ColumnElement[bool]:
    """Written out in the statement: SQLite uses the index of open rounds only where it reads the word itself."""
    return Round.state == bindparam(None, RoundState.OPEN, type_=Round.state.type, literal_execute=True)


async def open_among(session: AsyncSession, *, team_ids: Sequence[int]) -> dict[int, Round]:
    """The open rounds of these teams, by team."""
    rows = await session.execute(select(Round).where(Round.team_id.in_(team_ids), _is_open()))
    return {found.team_id: found for found in rows.scalars()}


async def last_closed_among(session: AsyncSession, *, team_ids: Sequence[int]) -> dict[int, Round]:
    """The latest closed round of each of these teams that has one, by team."""
    other = aliased(Round)
    latest = (
        select(func.max(other.number))
        .where(other.team_id == Round.team_id, other.state == RoundState.CLOSED)
        .scalar_subquery()
    )
    rows = await session.execute(select(Round).where(Round.team_id.in_(team_ids), Round.number == latest))
    return {found.team_id: found for found in rows.scalars()}


async def draw_anew(session: AsyncSession, *, round_id: int, user_id: str) -> int:
    """The next render number of a check-in: block ids must be new, or clients keep the selection they had."""
    result = await session.execute(
        update(RoundMember)
        .where(RoundMember.round_id == round_id, RoundMember.user_id == user_id)
        .values(render=RoundMember.render + 1)
        .returning(RoundMember.render)
    )
    return result.scalar_one()


async def attendance(session: AsyncSession, round_id: int) -> tuple[int, int]:
    """How many took part in a closed round, and how many were asked."""
    return (await attendances(session, round_ids=[round_id])).get(round_id, (0, 0))


async def attendances(
    session: AsyncSession, *, round_ids: Sequence[int] | Select[int]
) -> Mapping[int, tuple[int, int]]:
    """What `attendance` tells, of several rounds, by round; one in which nobody was asked is missing."""
    rows = await session.execute(
        select(RoundMember.round_id, func.count().filter(RoundMember.took_part.is_(True)), func.count())
        .where(RoundMember.round_id.in_(round_ids))
        .group_by(RoundMember.round_id)
    )
    return {round_id: (took_part, asked) for round_id, took_part, asked in rows}


async def newcomers(session: AsyncSession, *, round_id: int, before: int) -> int:
    """How many of a round's members were not asked in the round `before`."""
    old = select(RoundMember.user_id).where(RoundMember.round_id == before)
    query = select(func.count()).where(RoundMember.round_id == round_id, RoundMember.user_id.not_in(old))
    return (await session.execute(query)).scalar_one()


async def in_either(session: AsyncSession, *, round_id: int, before: int) -> int:
    """How many people took part in one of two closed rounds or in both."""
    query = select(func.count(RoundMember.user_id.distinct())).where(
        RoundMember.round_id.in_([round_id, before]), RoundMember.took_part.is_(True)
    )
    return (await session.execute(query)).scalar_one()


async def compare_with_last(session: AsyncSession, opened: Round) -> None:
    """Write down in a round that opens how many joined and left since the team's last closed one, if it has one.

    Who was erased from that one isn't told of: neither as somebody who left nor, asked again, as somebody who joined.
    """
    last = await closed_of(session, opened.team_id)
    if last:
        erased = RoundMember.round_id == last[0].id, RoundMember.user_id.startswith(NAMELESS)
        nameless = (await session.execute(select(func.count()).where(*erased))).scalar_one()
        joined = await newcomers(session, round_id=opened.id, before=last[0].id)
        departed = await newcomers(session, round_id=last[0].id, before=opened.id)
        opened.joined, opened.departed = max(0, joined - nameless), departed - nameless
        await session.flush()


async def remember_picture(session: AsyncSession, round_id: int, *, file_id: str | None) -> None:
    """Keep the file that a round's picture was uploaded as; None where it came to nothing."""
    await session.execute(update(Round).where(Round.id == round_id).values(picture_file_id=file_id))


async def found_at(session: AsyncSession, *, round_id: int, user_id: str, channel_id: str, message_ts: str) -> None:
    """Keep where a member's check-in is, where that isn't known."""
    await session.execute(
        update(RoundMember)
        .where(RoundMember.round_id == round_id, RoundMember.user_id == user_id, RoundMember.message_ts.is_(None))
        .values(channel_id=channel_id, message_ts=message_ts)
    )


async def finished(session: AsyncSession, *, round_id: int) -> tuple[int, int]:
    """How many check-ins of an open round are complete, and how many there are."""
    query = select(func.count(RoundMember.completed_at), func.count()).where(RoundMember.round_id == round_id)
    row = (await session.execute(query)).one()
    return int(row[0]), int(row[1])


async def fewer_than(session: AsyncSession, enough: int, *, round_id: int) -> int | None:
    """How many are asked in a round, where these are fewer than enough: no more than that many are counted."""
    some = select(RoundMember.user_id).where(RoundMember.round_id == round_id).limit(enough).subquery()
    found = (await session.execute(select(func.count()).select_from(some))).scalar_one()
    return found if found < enough else None


async def all_finished(session: AsyncSession, *, closing_after: datetime) -> Sequence[Round]:
    """The open rounds, but for those about to close, in which somebody has answered everything and nobody is left."""
    theirs = RoundMember.round_id == Round.id
    waited_for = (
        theirs
        & RoundMember.completed_at.is_(None)
        & RoundMember.skipped.is_(False)
        & is_no_member(Round.workspace_id).is_(False)
    )
    complete = theirs & RoundMember.completed_at.is_not(None)
    query = select(Round).where(
        _is_open(),
        Round.closes_at > closing_after,
        ~select(RoundMember.user_id).where(waited_for).exists(),
        select(RoundMember.user_id).where(complete).exists(),
    )
    return list((await session.execute(query.order_by(Round.id))).scalars())


async def skip(
    session: AsyncSession, *, workspace_id: str, round_id: int, user_id: str, now: datetime, skipped: bool
) -> bool:
    """Let a member leave an open round out, and erase what they had answered (or take them back); False once closed."""
    # FOR SHARE, as a tap: a close waits, or it could count four and then write down three.
    asking = select(Round.id).where(
        Round.id == round_id,
        Round.workspace_id == workspace_id,
        Round.state == RoundState.OPEN,
        Round.closes_at > now,
    )
    if (await session.execute(asking.with_for_update(read=True))).first() is None:
        return False
    done = await session.execute(
        update(RoundMember)
        .where(RoundMember.round_id == round_id, RoundMember.user_id == user_id)
        .values(skipped=skipped, completed_at=None)
        .returning(RoundMember.user_id)
    )
    if done.first() is None:
        return False
    if skipped:
        await session.execute(delete(Answer).where(Answer.round_id == round_id, Answer.user_id == user_id))
    return True
