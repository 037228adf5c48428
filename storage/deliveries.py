"""Deliveries: messages owed to Slack. The rows are the queue; a claim is a lease, written before anything is sent."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import and_, case, delete, exists, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from storage.kinds import ENDED, DeliveryKind, DeliveryState, RoundState
from storage.models import Delivery, Round

KEPT = timedelta(days=400)
"""How long a message that ended is kept: a year, and a month in which to look back at it.

By then nothing reads it but the list of what failed and what is told of somebody's stored data: a round's messages
are looked at while it is open and until its closing messages are out, the picture and the place of a summary are kept
by its round, and a key keeps the same request from being answered twice within minutes.
"""


@dataclass(frozen=True, slots=True)
class Owed:
    """A message to be owed: what it is, whom or where it is for, and from when."""

    key: str
    kind: DeliveryKind
    due: datetime
    user_id: str | None = None
    channel_id: str | None = None
    team_id: int | None = None
    round_id: int | None = None
    expires_at: datetime | None = None
    details: Mapping[str, Any] | None = None


def new_id() -> UUID:
    return UUID(int=secrets.randbits(128), version=4)


async def owe(session: AsyncSession, *, workspace_id: str, messages: Sequence[Owed]) -> int:
    """Owe these messages; those whose key the workspace has already are left as they are. Returns how many are new."""
    if not messages:
        return 0
    dialect = session.get_bind().dialect.name
    rows = [
        {
            "id": new_id(),
            "workspace_id": workspace_id,
            "key": message.key,
            "kind": message.kind,
            "team_id": message.team_id,
            "round_id": message.round_id,
            "user_id": message.user_id,
            "channel_id": message.channel_id,
            "details": dict(message.details or {}),
            "state": DeliveryState.PENDING,
            "next_attempt_at": message.due,
            "expires_at": message.expires_at,
            "maybe_sent": False,
            "attempt": 0,
            "looked_up": 0,
        }
        for message in messages
    ]
    added = 0
    for start in range(0, len(rows), 100):
        statement: Any = (postgresql.insert if dialect == "postgresql" else sqlite.insert)(Delivery)
        statement = statement.values(rows[start : start + 100]).on_conflict_do_nothing(
            index_elements=["workspace_id", "key"]
        )
        added += len((await session.execute(statement.returning(Delivery.id))).all())
    return added


async def files_under_way(session: AsyncSession, *, workspace_id: str, user_id: str) -> int:
    """How many files this person asked for that haven't come yet."""
    # By the index of what is to come: whoever asks twice at once may get one more.
    query = select(func.count()).where(
        Delivery.workspace_id == workspace_id,
        Delivery.user_id == user_id,
        Delivery.kind == DeliveryKind.FILE,
        Delivery.next_attempt_at.is_not(None),
    )
    return int((await session.execute(query)).scalar_one())


async def owe_again(session: AsyncSession, *, workspace_id: str, message: Owed) -> None:
    """Owe a message that may have been sent before (a check-in to be redrawn, a summary to be posted again).

    One that is on its way is sent once more after that: what it says was drawn before this was asked for.
    """
    if await owe(session, workspace_id=workspace_id, messages=[message]):
        return
    there = await again(
        session,
        workspace_id=workspace_id,
        key=message.key,
        due=message.due,
        expires_at=message.expires_at,
        details=message.details,
    )
    if not there:  # old enough to be deleted just now
        await owe(session, workspace_id=workspace_id, messages=[message])


async def again(
    session: AsyncSession,
    *,
    workspace_id: str,
    key: str,
    due: datetime,
    expires_at: datetime | None,
    details: Mapping[str, Any] | None = None,
) -> bool:
    """Owe the message of this key once more, as by `owe_again`; False where there is none."""
    same = (Delivery.workspace_id == workspace_id, Delivery.key == key)
    # Locked, whatever it is: one that still waits isn't claimed, nor drawn, before what it is to show is committed.
    state = (await session.execute(select(Delivery.state).where(*same).with_for_update())).scalar_one_or_none()
    if state is DeliveryState.SENDING:
        on_its_way = {"again_at": due, "expires_at": expires_at}
        await session.execute(update(Delivery).where(*same).values(on_its_way))
    elif state in ENDED:
        anew = {**_anew(due=due), "expires_at": expires_at, "details": dict(details or {})}
        await session.execute(update(Delivery).where(*same).values(anew))
    return state is not None


async def owe_failed_again(session: AsyncSession, *, workspace_id: str, key: str, due: datetime) -> bool:
    """Owe a message that failed once more; False where there is none that did (any more)."""
    done = await session.execute(
        update(Delivery)
        .where(Delivery.workspace_id == workspace_id, Delivery.key == key, Delivery.state == DeliveryState.FAILED)
        .values(**_anew(due=due))
        .returning(Delivery.key)
    )
    return done.first() is not None


def _anew(*, due: datetime) -> dict[str, Any]:
    """A delivery as if it had never been sent, but for where its message is."""
    return {
        "state": DeliveryState.PENDING,
        "next_attempt_at": due,
        "ended_on": None,
        "again_at": None,
        "maybe_sent": False,
        "attempt": 0,
        "looked_up": 0,
        "first_attempt_at": None,
        "last_error": None,
        "id": new_id(),
    }


async def settle(
    session: AsyncSession,
    delivery_id: UUID,
    *,
    worker: UUID,
    now: datetime,
    state: DeliveryState,
    maybe_sent: bool,
    next_attempt_at: datetime | None,
    message_ts: str | None = None,
    channel_id: str | None = None,
    error: str | None = None,
    looked_up: int | None = None,
    too_early: bool = False,
) -> bool:
    """Write down what became of a claimed delivery; False when another worker has taken it over meanwhile.

    `too_early`: it waits for its own time, and how long it is tried counts from then.
    """
    values: dict[str, Any] = {
        "state": state,
        "maybe_sent": maybe_sent,
        "next_attempt_at": next_attempt_at,
        "ended_on": now.date() if state in ENDED else None,
        "lease_owner": None,
        "last_error": error,
    }
    if message_ts is not None:
        values["message_ts"] = message_ts
    if channel_id is not None:
        values["channel_id"] = channel_id
    if looked_up is not None:
        values["looked_up"] = looked_up
    if too_early:
        values |= {"attempt": 0, "first_attempt_at": None}
    held = (Delivery.id == delivery_id, Delivery.lease_owner == worker, Delivery.state == DeliveryState.SENDING)
    found = (await session.execute(select(Delivery.again_at).where(*held).with_for_update())).first()
    if found is None:
        return False
    if found.again_at is not None and state in ENDED:
        values |= _anew(due=found.again_at)
    # One update: a second one of the same row would check its foreign keys, and might wait for a team that is going.
    await session.execute(update(Delivery).where(*held).values(values))
    return True


async def will_send(session: AsyncSession, delivery_id: UUID, *, worker: UUID) -> bool:
    """Note that a message which was looked for in vain is sent now: if its fate is lost again, all looks begin anew.

    False when another worker has taken it over meanwhile.
    """
    done = await session.execute(
        update(Delivery)
        .where(Delivery.id == delivery_id, Delivery.lease_owner == worker, Delivery.state == DeliveryState.SENDING)
        .values(looked_up=0)
        .returning(Delivery.id)
    )
    return done.first() is not None


async def remember_details(
    session: AsyncSession, delivery_id: UUID, *, worker: UUID, details: Mapping[str, Any]
) -> bool:
    """Keep what is known of a delivery that this worker is sending; False when another has taken it over meanwhile."""
    done = await session.execute(
        update(Delivery)
        .where(Delivery.id == delivery_id, Delivery.lease_owner == worker, Delivery.state == DeliveryState.SENDING)
        .values(details=dict(details))
        .returning(Delivery.id)
    )
    return done.first() is not None


async def skip_unsent(
    session: AsyncSession, *, round_id: int, kinds: Sequence[DeliveryKind], reason: str, now: datetime
) -> int:
    """Drop what a round still owed but no longer means (a prompt after the close). What may be on its way stays.

    What was tried, and met with errors only, has failed with the last of them; how many those are.
    """
    unsent = (
        Delivery.round_id == round_id,
        Delivery.kind.in_(kinds),
        Delivery.state == DeliveryState.PENDING,
        Delivery.maybe_sent.is_(False),
    )
    failed = await session.execute(
        update(Delivery)
        .where(*unsent, Delivery.last_error.is_not(None))
        .values(state=DeliveryState.FAILED, next_attempt_at=None, ended_on=now.date())
        .returning(Delivery.id)
    )
    await session.execute(update(Delivery).where(*unsent).values(**_skipped(reason, now=now)))
    return len(failed.all())


def _skipped(reason: str, *, now: datetime) -> dict[str, Any]:
    return {
        "state": DeliveryState.SKIPPED,
        "next_attempt_at": None,
        "ended_on": now.date(),
        "last_error": reason,
    }


async def leave_alone(session: AsyncSession, *, workspace_id: str, user_id: str, now: datetime) -> None:
    """Drop the prompts and reminders that are on their way to someone who asked for an end to them."""
    await session.execute(
        update(Delivery)
        .where(
            Delivery.workspace_id == workspace_id,
            Delivery.next_attempt_at.is_not(None),
            Delivery.user_id == user_id,
            Delivery.kind.in_([DeliveryKind.PROMPT, DeliveryKind.REMINDER]),
            Delivery.state == DeliveryState.PENDING,
            Delivery.maybe_sent.is_(False),
        )
        .values(**_skipped("they asked for an end to it", now=now))
    )


async def extend(session: AsyncSession, *, round_id: int, expires_at: datetime, now: datetime) -> set[str]:
    """Give what a round still owes until its new close; whose check-in is on its way, drawn with the old one.

    What was to show an earlier new close isn't sent any more: of a round that is extended again and again each member
    waits for one message, and so do the members of other teams.
    """
    await session.execute(
        update(Delivery)
        .where(
            Delivery.round_id == round_id,
            Delivery.next_attempt_at.is_not(None),
            Delivery.kind == DeliveryKind.REFRESH,
            Delivery.key.startswith(f"round:{round_id}:extended:"),
            Delivery.state == DeliveryState.PENDING,
            Delivery.maybe_sent.is_(False),
        )
        .values(**_skipped("its round was extended once more", now=now))
    )
    rows = await session.execute(
        update(Delivery)
        .where(Delivery.round_id == round_id, Delivery.next_attempt_at.is_not(None), Delivery.expires_at.is_not(None))
        .values(expires_at=expires_at)
        .returning(Delivery.kind, Delivery.user_id, Delivery.maybe_sent)
    )
    return {
        user_id
        for kind, user_id, maybe_sent in rows
        if kind is DeliveryKind.PROMPT and maybe_sent and user_id is not None
    }


async def get(session: AsyncSession, *, workspace_id: str, key: str) -> Delivery | None:
    return (
        await session.execute(select(Delivery).where(Delivery.workspace_id == workspace_id, Delivery.key == key))
    ).scalar_one_or_none()


async def in_trouble(session: AsyncSession, *, workspace_id: str | None = None, limit: int = 50) -> Sequence[Delivery]:
    """Deliveries that failed, or are being tried again, the newest first."""
    query = (
        select(Delivery)
        .where(
            or_(
                Delivery.state == DeliveryState.FAILED,
                and_(Delivery.state == DeliveryState.PENDING, Delivery.last_error.is_not(None)),
            )
        )
        .order_by(Delivery.first_attempt_at.desc())
        .limit(limit)
    )
    if workspace_id is not None:
        query = query.where(Delivery.workspace_id == workspace_id)
    return list((await session.execute(query)).scalars())


async def failed_prompts(session: AsyncSession, *, round_id: int) -> dict[str, str]:
    """Which of a round's members couldn't be asked, each with Slack's error."""
    rows = await session.execute(
        select(Delivery.user_id, Delivery.last_error)
        .where(
            Delivery.round_id == round_id, Delivery.kind == DeliveryKind.PROMPT, Delivery.state == DeliveryState.FAILED
        )
        .order_by(Delivery.user_id)
    )
    return {user_id: error or "unknown" for user_id, error in rows if user_id is not None}


async def backlog(session: AsyncSession, *, now: datetime) -> tuple[int, int]:
    """How many deliveries wait for a worker now, and how many have failed."""
    row = (
        await session.execute(
            select(
                func.sum(case((Delivery.next_attempt_at <= now, 1), else_=0)),
                func.sum(case((Delivery.state == DeliveryState.FAILED, 1), else_=0)),
            ).where(or_(Delivery.next_attempt_at.is_not(None), Delivery.state == DeliveryState.FAILED))
        )
    ).one()
    return int(row[0] or 0), int(row[1] or 0)


async def under_way(session: AsyncSession, *, team_id: int, kinds: Sequence[DeliveryKind]) -> bool:
    """Whether any message of these kinds about a team's rounds is still to be sent, or of unknown fate."""
    rounds = select(Round.id).where(Round.team_id == team_id)
    query = select(Delivery.id).where(
        Delivery.round_id.in_(rounds), Delivery.next_attempt_at.is_not(None), Delivery.kind.in_(kinds)
    )
    return (await session.execute(query.limit(1))).first() is not None


async def remember_channel(session: AsyncSession, delivery_id: UUID, *, channel_id: str) -> None:
    """Keep where a message is about to be sent, so that it can be looked for there."""
    await session.execute(update(Delivery).where(Delivery.id == delivery_id).values(channel_id=channel_id))


async def forget(
    session: AsyncSession, *, round_id: int, kinds: Sequence[DeliveryKind], user_id: str | None = None
) -> None:
    """Drop a round's messages of these kinds, with all that they tell of when a member did something.

    One that is on its way stays until it is settled; with `user_id` only that member's are dropped.
    """
    query = delete(Delivery).where(
        Delivery.round_id == round_id, Delivery.kind.in_(kinds), Delivery.state != DeliveryState.SENDING
    )
    await session.execute(query if user_id is None else query.where(Delivery.user_id == user_id))


async def forget_old(session: AsyncSession, *, now: datetime, limit: int) -> int:
    """Delete up to `limit` messages of every workspace that ended longer ago than they are kept; how many.

    Those of a round that is still open stay, and a summary that failed: its managers may post it again whenever they
    find the button. Workers that do so at once take other messages each.
    """
    still_open = exists().where(Round.id == Delivery.round_id, Round.state == RoundState.OPEN)
    to_be_posted = and_(Delivery.kind == DeliveryKind.SUMMARY, Delivery.state == DeliveryState.FAILED)
    old = (
        select(Delivery.id)
        .where(Delivery.ended_on.is_not(None), Delivery.ended_on < (now - KEPT).date(), ~to_be_posted, ~still_open)
        .order_by(Delivery.ended_on)
        .limit(limit)
        .with_for_update(skip_locked=True, of=Delivery)
    )
    done = await session.execute(delete(Delivery).where(Delivery.id.in_(old)).returning(Delivery.id))
    return len(done.all())
