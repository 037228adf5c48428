"""Taps, kept many at a time: those that arrive while one commit runs share the next.

However many there are, it is one guarded statement, whose taps travel as one JSON document: the same text each time,
so that it is built, compiled and prepared once. `Database.write` runs these functions in one go on the driver's own
cursor, and `AsyncSession.run_sync` within a longer transaction.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any, TypeAlias

from sqlalchemy import (
    JSON,
    BigInteger,
    FromClause,
    Integer,
    Text,
    and_,
    bindparam,
    cast,
    column,
    false,
    func,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from storage.kinds import RoundState
from storage.models import Answer, Person, Round, RoundMember
from storage.people import NO_MEMBER
from storage.plain import Plain
from storage.types import UtcDateTime

Transaction: TypeAlias = Session | Plain


class Saved(StrEnum):
    """What became of a tap."""

    KEPT = "kept"
    OLDER = "older"
    """A newer answer to this question is there already: a repeated or late delivery."""
    CLOSED = "closed"
    NOT_ASKED = "not asked"
    NO_MEMBER = "no member"
    """Asked, but a guest, of another organisation or deactivated by now."""
    FORGOTTEN = "forgotten"
    """There is no such round: its team was deleted, or the database was restored from an earlier copy."""


@dataclass(frozen=True, slots=True)
class Tapped:
    """One tap; level None is "can't say"."""

    workspace_id: str
    round_id: int
    user_id: str
    dimension: str
    level: int | None
    tapped_us: int


ANSWERS: Any = Answer.__table__
ROUNDS: Any = Round.__table__
MEMBERS: Any = RoundMember.__table__
PEOPLE: Any = Person.__table__
KINDS: dict[str, Any] = {
    "workspace_id": Text(),
    "round_id": BigInteger(),
    "user_id": Text(),
    "dimension": Text(),
    "level": Integer(),
    "tapped_us": BigInteger(),
}


def _given(dialect: str) -> FromClause:
    """The taps of the parameter `taps` as rows."""
    document = bindparam("taps", type_=Text())
    if dialect == "postgresql":
        columns = [column(name, kind) for name, kind in KINDS.items()]
        rows = func.json_to_recordset(cast(document, JSON)).table_valued(*columns)
        return rows.render_derived(name="taps", with_types=True)
    each = func.json_each(document).table_valued("value")
    values = [func.json_extract(each.c.value, f"$.{name}", type_=kind).label(name) for name, kind in KINDS.items()]
    return select(*values).subquery("taps")


def _held(given: Any) -> Any:
    """The taps that their rounds take, with round and member locked as `hold` does, in one round trip."""
    held_rounds = (
        select(ROUNDS.c.id, ROUNDS.c.workspace_id)
        .where(ROUNDS.c.id.in_(select(given.round_id)), *_open())
        .order_by(ROUNDS.c.id)
        .with_for_update(read=True, of=ROUNDS)
        .cte("held_rounds")
    )
    held = (
        select(MEMBERS.c.round_id, given.dimension, MEMBERS.c.user_id, given.level, given.tapped_us)
        .join_from(given.round_id.table, held_rounds, held_rounds.c.id == given.round_id)
        .join(MEMBERS, and_(MEMBERS.c.round_id == held_rounds.c.id, MEMBERS.c.user_id == given.user_id))
        .where(held_rounds.c.workspace_id == given.workspace_id, is_no_member(given.workspace_id).is_(False))
        .order_by(MEMBERS.c.round_id, MEMBERS.c.user_id)
        .with_for_update(of=MEMBERS)
        .cte("held")
    )
    return select(held.c.round_id, held.c.dimension, held.c.user_id, held.c.level, held.c.tapped_us)


def _guarded(given: Any) -> Any:
    """The taps that their rounds take."""
    return (
        select(ROUNDS.c.id, given.dimension, MEMBERS.c.user_id, given.level, given.tapped_us)
        .join_from(given.round_id.table, ROUNDS, ROUNDS.c.id == given.round_id)
        .join(MEMBERS, and_(MEMBERS.c.round_id == ROUNDS.c.id, MEMBERS.c.user_id == given.user_id))
        .where(ROUNDS.c.workspace_id == given.workspace_id, *_open(), is_no_member(given.workspace_id).is_(False))
    )


def is_no_member(workspace_id: Any) -> Any:
    """Whether Slack said that the round's member of this row is no full member; of who isn't known it isn't so.

    A subquery for each, which is one step into the primary key, and not a join: see `answered` below.
    """
    said = select(NO_MEMBER).where(PEOPLE.c.workspace_id == workspace_id, PEOPLE.c.user_id == MEMBERS.c.user_id)
    return func.coalesce(said.correlate_except(PEOPLE).scalar_subquery(), false())


def _open() -> tuple[Any, Any]:
    return ROUNDS.c.state == RoundState.OPEN, ROUNDS.c.closes_at > bindparam("now", type_=UtcDateTime())


@cache
def _statements(dialect: str) -> dict[str, Any]:
    given = _given(dialect).c
    guarded = _held(given) if dialect == "postgresql" else _guarded(given)
    insert: Any = (postgresql.insert if dialect == "postgresql" else sqlite.insert)(ANSWERS)
    insert = insert.from_select(["round_id", "dimension", "user_id", "level", "tapped_us"], guarded)
    insert = insert.on_conflict_do_update(
        index_elements=["round_id", "dimension", "user_id"],
        set_={"level": insert.excluded.level, "tapped_us": insert.excluded.tapped_us},
        where=insert.excluded.tapped_us > ANSWERS.c.tapped_us,
    ).returning(ANSWERS.c.round_id, ANSWERS.c.user_id)
    # Each answer is one step into the primary key (round, dimension, member). A subquery for each, and not a join, for
    # which PostgreSQL would read the whole table as long as it is small.
    there = select(ANSWERS.c.tapped_us).where(
        ANSWERS.c.round_id == given.round_id,
        ANSWERS.c.dimension == given.dimension,
        ANSWERS.c.user_id == given.user_id,
    )
    tapped_us = there.scalar_subquery()
    answered = select(given.round_id, given.user_id, given.dimension, tapped_us.label("tapped_us"))
    hold_rounds = select(ROUNDS.c.id).where(ROUNDS.c.id.in_(select(given.round_id))).order_by(ROUNDS.c.id)
    hold_members = (
        select(MEMBERS.c.user_id)
        .join_from(
            given.round_id.table,
            MEMBERS,
            and_(MEMBERS.c.round_id == given.round_id, MEMBERS.c.user_id == given.user_id),
        )
        .order_by(MEMBERS.c.round_id, MEMBERS.c.user_id)
    )
    why_not = (
        select(and_(*_open()), MEMBERS.c.user_id, is_no_member(ROUNDS.c.workspace_id))
        .outerjoin_from(
            ROUNDS, MEMBERS, and_(MEMBERS.c.round_id == ROUNDS.c.id, MEMBERS.c.user_id == bindparam("user_id"))
        )
        .where(ROUNDS.c.id == bindparam("round_id"), ROUNDS.c.workspace_id == bindparam("workspace_id"))
    )
    complete = (
        update(MEMBERS)
        .where(
            MEMBERS.c.round_id == bindparam("in_round"),
            MEMBERS.c.user_id == bindparam("of_user"),
            MEMBERS.c.completed_at.is_(None),
        )
        .values(completed_at=bindparam("now", type_=UtcDateTime()))
        .returning(MEMBERS.c.user_id)
    )
    return {
        "insert": insert,
        "why not": why_not,
        "answered": answered,
        "complete": complete,
        "hold rounds": hold_rounds.with_for_update(read=True, of=ROUNDS),
        "hold members": hold_members.with_for_update(of=MEMBERS),
    }


def _prepared(session: Transaction) -> tuple[str, dict[str, Any]]:
    dialect = session.dialect_name if isinstance(session, Plain) else session.get_bind().dialect.name
    return dialect, _statements(dialect)


def hold(session: Transaction, check_ins: Sequence[tuple[int, str]]) -> None:
    """Lock check-ins (round, member) until this transaction ends; SQLite has one writer and needs no lock.

    The rounds FOR SHARE: a close waits for them, so nothing is counted and then changed. Then the members FOR UPDATE:
    two taps of one person queue, so the fifth knows that it is the fifth. Always in this order, and in the order of
    their ids, or two transactions would wait for each other.
    """
    dialect, statements = _prepared(session)
    if dialect != "postgresql":
        return
    given = {"taps": json.dumps([{"round_id": round_id, "user_id": user_id} for round_id, user_id in check_ins])}
    session.execute(statements["hold rounds"], given)
    session.execute(statements["hold members"], given)


def save_all(session: Transaction, taps: Sequence[Tapped], *, now: datetime) -> list[Saved]:
    """Keep each tap that its round takes, and say what became of each, in their order.

    One guarded statement, which holds what `hold` holds. Notes already there stay. At most one tap a member;
    ValueError otherwise.
    """
    check_ins = [(tap.round_id, tap.user_id) for tap in taps]
    if len(set(check_ins)) < len(taps):
        raise ValueError("two taps of one member: the second has to wait for the first")
    rows_given = [{name: getattr(tap, name) for name in KINDS} for tap in taps]  # asdict() copies each value deeply
    given = {"taps": json.dumps(rows_given), "now": now}
    rows = session.execute(_prepared(session)[1]["insert"], given)
    kept = {(round_id, user_id) for round_id, user_id in rows}
    return [
        Saved.KEPT
        if (tap.round_id, tap.user_id) in kept
        else why_not(session, workspace_id=tap.workspace_id, round_id=tap.round_id, user_id=tap.user_id, now=now)
        for tap in taps
    ]


def why_not(session: Transaction, *, workspace_id: str, round_id: int, user_id: str, now: datetime) -> Saved:
    """Why the guard refused a tap or a note of this member."""
    given = {"workspace_id": workspace_id, "round_id": round_id, "user_id": user_id, "now": now}
    for is_open, asked, is_nobody in session.execute(_prepared(session)[1]["why not"], given):
        if asked is None:
            return Saved.NOT_ASKED
        if not is_open:
            return Saved.CLOSED
        return Saved.NO_MEMBER if is_nobody else Saved.OLDER
    return Saved.FORGOTTEN


def answered(
    session: Transaction, check_ins: Sequence[tuple[int, str, Sequence[str]]]
) -> dict[tuple[int, str], dict[str, int]]:
    """Which of the named dimensions have an answer, and when it was tapped (microseconds since 1970).

    Of each check-in: (round, member, dimensions).
    """
    found: dict[tuple[int, str], dict[str, int]] = {(round_id, user_id): {} for round_id, user_id, _ in check_ins}
    asked = [
        {"round_id": round_id, "user_id": user_id, "dimension": dimension}
        for round_id, user_id, dimensions in check_ins
        for dimension in dimensions
    ]
    rows = session.execute(_prepared(session)[1]["answered"], {"taps": json.dumps(asked)})
    for round_id, user_id, dimension, tapped_us in rows:
        if tapped_us is not None:
            found[round_id, user_id][dimension] = tapped_us
    return found


def complete(session: Transaction, *, round_id: int, user_id: str, now: datetime) -> bool:
    """Mark a check-in complete; True for the one call that did."""
    given = {"in_round": round_id, "of_user": user_id, "now": now}
    return any(True for _row in session.execute(_prepared(session)[1]["complete"], given))
