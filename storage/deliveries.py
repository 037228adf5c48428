"""Deliveries: messages owed to Slack. The rows are the queue; a claim is a lease, written before anything is sent."""

import secrets
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import and_, case, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from storage.kinds import DeliveryKind, DeliveryState
from storage.models import Delivery, DeliveryLimit, Workspace

POSTS = "chat.postMessage"
"""The allowance that all messages of a workspace are drawn from."""

ENDED = frozenset({DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.SKIPPED})


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


@dataclass(frozen=True, slots=True)
class Allowance:
    """How many messages a second a workspace takes from us, and how many at once."""

    rate: float = 4.0
    burst: int = 20


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


async def owe_again(session: AsyncSession, *, workspace_id: str, message: Owed) -> None:
    """Owe a message that may have been sent before (a check-in to be redrawn, a summary to be posted again)."""
    if await owe(session, workspace_id=workspace_id, messages=[message]):
        return
    await session.execute(
        update(Delivery)
        .where(Delivery.workspace_id == workspace_id, Delivery.key == message.key, Delivery.state.in_([*ENDED]))
        .values(
            state=DeliveryState.PENDING,
            next_attempt_at=message.due,
            expires_at=message.expires_at,
            maybe_sent=False,
            attempt=0,
            looked_up=0,
            first_attempt_at=None,
            last_error=None,
            id=new_id(),
        )
    )


async def claim(
    session: AsyncSession,
    *,
    worker: UUID,
    now: datetime,
    lease: timedelta,
    allowance: Allowance,
    limit: int = 100,
) -> Sequence[tuple[Delivery, bool]]:
    """Take up to `limit` due deliveries, oldest first, for this worker alone; each with "its fate is unknown".

    A claimed row is `sending` and `maybe_sent` until its worker settles it, fenced by `lease_owner`. A row whose
    lease ran out, or whose last call ended without an answer, comes back with True: the caller must look before it
    sends. No workspace gives more than its allowance; what it holds back keeps its place, and keeps nobody else
    waiting. PostgreSQL workers skip rows that another worker holds; SQLite has one writer.
    """
    claimed: list[tuple[Delivery, bool]] = []
    # Once more after each workspace that turns out to be spent: its rows may have filled the limit.
    while len(claimed) < limit and (
        rows := await _ready(session, now=now, allowance=allowance, limit=limit - len(claimed))
    ):
        by_workspace: dict[str, list[Delivery]] = defaultdict(list)
        for delivery in rows:
            by_workspace[delivery.workspace_id].append(delivery)
        for workspace_id, waiting in sorted(by_workspace.items()):
            granted = await _reserve(session, workspace_id, wanted=len(waiting), now=now, allowance=allowance)
            for delivery in waiting[:granted]:
                claimed.append((delivery, delivery.maybe_sent))
                delivery.state = DeliveryState.SENDING
                delivery.maybe_sent = True
                delivery.lease_owner = worker
                delivery.next_attempt_at = now + lease
                delivery.attempt += 1
                delivery.first_attempt_at = delivery.first_attempt_at or now
        await session.flush()
    return claimed


async def _ready(session: AsyncSession, *, now: datetime, allowance: Allowance, limit: int) -> Sequence[Delivery]:
    """Due deliveries of workspaces that take at least one more message now, the longest overdue first."""
    has_room = microseconds(now) + (allowance.burst - 1) * _step(allowance)
    rows = await session.execute(
        select(Delivery)
        .join(Workspace, Workspace.id == Delivery.workspace_id)
        .outerjoin(
            DeliveryLimit, and_(DeliveryLimit.workspace_id == Delivery.workspace_id, DeliveryLimit.method == POSTS)
        )
        .where(
            Delivery.next_attempt_at.is_not(None),
            Delivery.next_attempt_at <= now,
            Workspace.revoked_at.is_(None),
            or_(DeliveryLimit.spent_until_us.is_(None), DeliveryLimit.spent_until_us <= has_room),
        )
        .order_by(Delivery.next_attempt_at)
        .limit(limit)
        .with_for_update(skip_locked=True, of=Delivery)
    )
    return list(rows.scalars())


def _step(allowance: Allowance) -> int:
    """Microseconds from one message to the next at the allowance's rate."""
    return round(1_000_000 / allowance.rate)


async def _reserve(
    session: AsyncSession, workspace_id: str, *, wanted: int, now: datetime, allowance: Allowance
) -> int:
    """How many of `wanted` messages may go now (GCRA, one row a workspace)."""
    step = _step(allowance)
    now_us = microseconds(now)
    limit = await session.get(DeliveryLimit, (workspace_id, POSTS), with_for_update=True)
    if limit is None:
        dialect = session.get_bind().dialect.name
        # Two workers may be here with a workspace's first messages: one adds the row, both then take it in turn.
        first: Any = (postgresql.insert if dialect == "postgresql" else sqlite.insert)(DeliveryLimit)
        first = first.values(workspace_id=workspace_id, method=POSTS, spent_until_us=now_us)
        await session.execute(first.on_conflict_do_nothing())
        limit = await session.get_one(DeliveryLimit, (workspace_id, POSTS), with_for_update=True)
    spent = max(limit.spent_until_us, now_us)
    room = now_us + allowance.burst * step - spent
    granted = max(0, min(wanted, room // step))
    limit.spent_until_us = spent + granted * step
    await session.flush()
    return granted


async def push_back(session: AsyncSession, workspace_id: str, *, until: datetime, allowance: Allowance) -> None:
    """Slack said "too many": this workspace's allowance is spent until then, for every worker."""
    spent_until = microseconds(until) + (allowance.burst - 1) * _step(allowance)
    await session.execute(
        update(DeliveryLimit)
        .where(
            DeliveryLimit.workspace_id == workspace_id,
            DeliveryLimit.method == POSTS,
            DeliveryLimit.spent_until_us < spent_until,
        )
        .values(spent_until_us=spent_until)
    )


async def settle(
    session: AsyncSession,
    delivery_id: UUID,
    *,
    worker: UUID,
    state: DeliveryState,
    maybe_sent: bool,
    next_attempt_at: datetime | None,
    message_ts: str | None = None,
    channel_id: str | None = None,
    error: str | None = None,
    looked_up: int | None = None,
) -> bool:
    """Write down what became of a claimed delivery; False when another worker has taken it over meanwhile."""
    values: dict[str, Any] = {
        "state": state,
        "maybe_sent": maybe_sent,
        "next_attempt_at": next_attempt_at,
        "lease_owner": None,
        "last_error": error,
    }
    if message_ts is not None:
        values["message_ts"] = message_ts
    if channel_id is not None:
        values["channel_id"] = channel_id
    if looked_up is not None:
        values["looked_up"] = looked_up
    done = await session.execute(
        update(Delivery)
        .where(Delivery.id == delivery_id, Delivery.lease_owner == worker, Delivery.state == DeliveryState.SENDING)
        .values(values)
        .returning(Delivery.id)
    )
    return done.first() is not None


async def skip_unsent(session: AsyncSession, *, round_id: int, kinds: Sequence[DeliveryKind], reason: str) -> None:
    """Drop what a round still owed but no longer means (a prompt after the close). What may be on its way stays."""
    await session.execute(
        update(Delivery)
        .where(
            Delivery.round_id == round_id,
            Delivery.kind.in_(kinds),
            Delivery.state == DeliveryState.PENDING,
            Delivery.maybe_sent.is_(False),
        )
        .values(state=DeliveryState.SKIPPED, next_attempt_at=None, last_error=reason)
    )


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


def microseconds(instant: datetime) -> int:
    """Microseconds since the epoch, exactly."""
    return (instant - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


async def remember_channel(session: AsyncSession, delivery_id: UUID, *, channel_id: str) -> None:
    """Keep where a message is about to be sent, so that it can be looked for there."""
    await session.execute(update(Delivery).where(Delivery.id == delivery_id).values(channel_id=channel_id))
