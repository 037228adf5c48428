"""Answers: kept as they are tapped, counted and erased when the round closes."""

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, String, and_, case, cast, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.kinds import RoundState
from storage.models import Answer, Round, RoundCount, RoundMember, RoundNote
from storage.taps import Saved, Tapped, hold, is_no_member, save_all, why_not

__all__ = ["CANT_SAY", "Counts", "OwnAnswer", "Saved"]

CANT_SAY = 0
"""How "can't say" stands among the levels of `round_counts`."""

Counts = Mapping[int, Mapping[str, Mapping[int, int]]]
"""Round -> dimension -> level -> how many; level 0 is "can't say"."""


@dataclass(frozen=True, slots=True)
class OwnAnswer:
    """One of a member's own answers; level None is "can't say"."""

    level: int | None
    note: str | None


def _open_for(round_id: int, user_id: str, *, workspace_id: str, now: datetime) -> ColumnElement[bool]:
    """The guard of every write to a check-in: this workspace's round, still open, and a full member asked in it."""
    return and_(
        Round.id == round_id,
        Round.workspace_id == workspace_id,
        Round.state == RoundState.OPEN,
        Round.closes_at > now,
        RoundMember.user_id == user_id,
        is_no_member(Round.workspace_id).is_(False),
    )


async def save(
    session: AsyncSession,
    *,
    workspace_id: str,
    round_id: int,
    user_id: str,
    dimension: str,
    level: int | None,
    tapped_us: int,
    now: datetime,
) -> Saved:
    """Keep one tapped answer, if the round takes it, and say what became of it. A note already there stays."""
    tap = Tapped(workspace_id, round_id, user_id, dimension, level, tapped_us)
    return (await session.run_sync(save_all, [tap], now=now))[0]


async def save_notes(
    session: AsyncSession,
    *,
    workspace_id: str,
    round_id: int,
    user_id: str,
    notes: Mapping[str, str | None],
    now: datetime,
) -> Saved:
    """Keep a member's notes (None erases one) beside the answers they have given."""
    await session.run_sync(hold, [(round_id, user_id)])
    taken = (
        await session.execute(
            select(RoundMember.user_id)
            .join(Round, Round.id == RoundMember.round_id)
            .where(_open_for(round_id, user_id, workspace_id=workspace_id, now=now))
        )
    ).first()
    if taken is None:
        return await session.run_sync(why_not, workspace_id=workspace_id, round_id=round_id, user_id=user_id, now=now)
    for dimension, note in notes.items():
        await session.execute(
            update(Answer)
            .where(Answer.round_id == round_id, Answer.dimension == dimension, Answer.user_id == user_id)
            .values(note=note)
        )
    return Saved.KEPT


async def own(session: AsyncSession, *, round_id: int, user_id: str, dimensions: Sequence[str]) -> dict[str, OwnAnswer]:
    """A member's own answers in a round, by dimension.

    The dimensions are named so that each answer is one step into the primary key (round, dimension, member).
    """
    rows = await session.execute(
        select(Answer.dimension, Answer.level, Answer.note).where(
            Answer.round_id == round_id, Answer.dimension.in_(dimensions), Answer.user_id == user_id
        )
    )
    return {row.dimension: OwnAnswer(row.level, row.note) for row in rows}


async def progress(session: AsyncSession, *, round_id: int) -> tuple[int, int]:
    """How many have answered at least one question, and how many were asked; no levels before the close."""
    asked = select(func.count()).select_from(RoundMember).where(RoundMember.round_id == round_id)
    answered = select(func.count(Answer.user_id.distinct())).where(Answer.round_id == round_id)
    row = (await session.execute(select(answered.scalar_subquery(), asked.scalar_subquery()))).one()
    return int(row[0]), int(row[1])


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near an open round is to its end: numbers of people, and no levels."""

    asked: int
    answered: int
    """At least one question."""
    completed: int
    unfinished: int
    """Who has neither answered everything nor skipped the round, and still can: full members."""

    def can_reach(self, needed: int) -> bool:
        """Whether so many can have answered at the end, if nobody who skipped answers after all."""
        return self.completed + self.unfinished >= needed


async def nearness(session: AsyncSession, *, round_id: int) -> Nearness:
    """How near an open round is to its end."""
    unfinished = (
        RoundMember.completed_at.is_(None)
        & RoundMember.skipped.is_(False)
        & is_no_member(Round.workspace_id).is_(False)
    )
    answered = select(func.count(Answer.user_id.distinct())).where(Answer.round_id == round_id).scalar_subquery()
    query = (
        select(
            func.count().label("asked"),
            answered.label("answered"),
            func.count(RoundMember.completed_at).label("completed"),
            func.count(case((unfinished, 1))).label("unfinished"),
        )
        .join(Round, Round.id == RoundMember.round_id)
        .where(RoundMember.round_id == round_id)
    )
    row = (await session.execute(query)).one()
    return Nearness(row.asked, row.answered, row.completed, row.unfinished)


async def progress_among(session: AsyncSession, *, round_ids: Sequence[int]) -> dict[int, int]:
    """What `progress` tells, of several open rounds: by round how many have answered; a round is missing for none."""
    rows = await session.execute(
        select(Answer.round_id, func.count(Answer.user_id.distinct()))
        .where(Answer.round_id.in_(round_ids))
        .group_by(Answer.round_id)
    )
    return {round_id: int(answered) for round_id, answered in rows}


async def own_numbers(
    session: AsyncSession, *, round_ids: Sequence[int], user_id: str, dimensions: Collection[str]
) -> dict[int, int]:
    """How many questions a member has answered, by round; a round is missing for none."""
    rows = await session.execute(
        select(Answer.round_id, func.count())
        .where(Answer.round_id.in_(round_ids), Answer.dimension.in_(dimensions), Answer.user_id == user_id)
        .group_by(Answer.round_id)
    )
    return {round_id: int(number) for round_id, number in rows}


async def count_and_erase(session: AsyncSession, *, round_id: int, minimum: int, notes_from: int, erase: bool) -> None:
    """Turn a round's answers into counts, at its close, in the close's own transaction.

    Counts are written for dimensions that at least `minimum` members chose a level for; notes are kept for those with
    at least `notes_from`. With `erase` (confidential rounds) the answers and the tap times are deleted; who took part
    stays, beside no level. Call it while the round is held (`rounds.hold`).
    """
    chose = func.count(case((Answer.level.is_not(None), 1)))
    sizes = {
        row.dimension: row.chose
        for row in await session.execute(
            select(Answer.dimension, chose.label("chose")).where(Answer.round_id == round_id).group_by(Answer.dimension)
        )
    }
    level = func.coalesce(Answer.level, CANT_SAY)
    counted = [dimension for dimension, size in sizes.items() if size >= minimum]
    await session.execute(
        insert(RoundCount).from_select(
            ["round_id", "dimension", "level", "answers"],
            select(Answer.round_id, Answer.dimension, level, func.count())
            .where(Answer.round_id == round_id, Answer.dimension.in_(counted))
            .group_by(Answer.round_id, Answer.dimension, level),
        )
    )
    await remember_who_took_part(session, round_id=round_id)
    if not erase:
        return
    noted = [dimension for dimension, size in sizes.items() if size >= notes_from]
    notes = (
        await session.execute(
            select(Answer.dimension, Answer.note).where(
                Answer.round_id == round_id, Answer.dimension.in_(noted), Answer.note.is_not(None)
            )
        )
    ).all()
    # Inserted in random order as well, so that neither the row's place in the file nor its id tells who wrote it.
    for row in sorted(notes, key=lambda _: secrets.randbits(64)):
        session.add(
            RoundNote(
                id=UUID(int=secrets.randbits(128), version=4), round_id=round_id, dimension=row.dimension, text=row.note
            )
        )
        await session.flush()
    await erase_round(session, round_id=round_id)


async def who_answered(session: AsyncSession, *, round_id: int) -> set[str]:
    """User ids of those who have answered at least one question of a round."""
    return set((await session.execute(select(Answer.user_id).where(Answer.round_id == round_id).distinct())).scalars())


async def remember_who_took_part(session: AsyncSession, *, round_id: int) -> None:
    """Write down who has answered at least one question of a round, which stays beside no level."""
    await session.execute(
        update(RoundMember)
        .where(
            RoundMember.round_id == round_id,
            RoundMember.user_id.in_(select(Answer.user_id).where(Answer.round_id == round_id)),
        )
        .values(took_part=True)
    )


async def erase_round(session: AsyncSession, *, round_id: int) -> None:
    """Delete all answers of a round and whatever tells when each member tapped."""
    await session.execute(delete(Answer).where(Answer.round_id == round_id))
    await session.execute(
        update(RoundMember)
        .where(RoundMember.round_id == round_id)
        .values(completed_at=None, render=0, quiet_until=None, nudges=0)
    )


async def counts(session: AsyncSession, *, round_ids: Sequence[int] | Select[int]) -> Counts:
    """What was counted at the close of these rounds; one of which nothing was is missing."""
    return await together(
        session,
        select(RoundCount.round_id, RoundCount.dimension, RoundCount.level, RoundCount.answers).where(
            RoundCount.round_id.in_(round_ids)
        ),
    )


async def together(session: AsyncSession, query: Select[int, str, int, int]) -> Counts:
    """The counts that a query (round, dimension, level, how many) finds.

    The database writes each round's into one text, `A1:3 A2:5 B0:1`: to fetch a row costs several times what it
    costs to find it, so a thousand rounds are a thousand rows and not twenty thousand.
    """
    each = query.subquery()
    round_id, dimension, level, number = each.c
    written = dimension + cast(level, String) + ":" + cast(number, String)
    rows = await session.execute(select(round_id, func.aggregate_strings(written, " ")).group_by(round_id))
    found: dict[int, dict[str, dict[int, int]]] = {}
    for found_id, text in rows:
        by_dimension = found[found_id] = {}
        for part in text.split(" "):
            chosen, _colon, many = part.partition(":")
            by_dimension.setdefault(chosen[0], {})[int(chosen[1:])] = int(many)
    return found


async def most_answers(session: AsyncSession, *, round_id: int) -> int:
    """How many chose a level in that dimension of a closed round in which most did; 0 where nothing was counted."""
    chose = (
        select(func.sum(RoundCount.answers).label("number"))
        .where(RoundCount.round_id == round_id, RoundCount.level != CANT_SAY)
        .group_by(RoundCount.dimension)
        .subquery()
    )
    return int((await session.execute(select(func.coalesce(func.max(chose.c.number), 0)))).scalar_one())


async def keeps_notes(session: AsyncSession, *, round_id: int) -> bool:
    """Whether any note of a closed confidential round is kept."""
    found = await session.execute(select(RoundNote.id).where(RoundNote.round_id == round_id).limit(1))
    return found.first() is not None


async def keeps_answers(session: AsyncSession, *, round_id: int) -> bool:
    """Whether any answer of a round stands with its name: those of a confidential round go at its close."""
    found = await session.execute(select(Answer.level).where(Answer.round_id == round_id).limit(1))
    return found.first() is not None


async def notes(session: AsyncSession, *, round_id: int) -> dict[str, list[str]]:
    """Notes of a closed confidential round by dimension, in their random order."""
    found: dict[str, list[str]] = {}
    rows = await session.execute(
        select(RoundNote.dimension, RoundNote.text).where(RoundNote.round_id == round_id).order_by(RoundNote.id)
    )
    for row in rows:
        found.setdefault(row.dimension, []).append(row.text)
    return found


async def named(session: AsyncSession, *, round_id: int) -> dict[str, dict[str, OwnAnswer]]:
    """Answers of a closed named round: dimension -> member -> answer. Empty for a confidential round: they are gone."""
    found: dict[str, dict[str, OwnAnswer]] = {}
    rows = await session.execute(
        select(Answer.dimension, Answer.user_id, Answer.level, Answer.note)
        .join(Round, Round.id == Answer.round_id)
        .where(Answer.round_id == round_id, Round.state == RoundState.CLOSED)
        .order_by(Answer.dimension, Answer.user_id)
    )
    for row in rows:
        found.setdefault(row.dimension, {})[row.user_id] = OwnAnswer(row.level, row.note)
    return found
