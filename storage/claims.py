"""Who sends what now: deliveries are claimed under a lease, and every workspace gets its share of the workers.

A workspace takes a burst and then a rate (GCRA, one row that all workers draw from, in microseconds since the epoch).
The rate halves when Slack says "too many" and creeps back. A channel takes one post a second, whoever posts it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from itertools import groupby
from operator import attrgetter
from types import MappingProxyType
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ColumnElement, and_, literal, literal_column, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from storage import overdue
from storage.kinds import DeliveryKind, DeliveryState
from storage.models import Delivery, DeliveryLimit, Workspace

# Written out, and of no type, to which SQLite would be told to compare: a partial index is found by its very words.
IS_FILE: ColumnElement[bool] = literal_column("deliveries.kind IN ('file', 'picture')")
IS_POST: ColumnElement[bool] = literal_column("deliveries.kind NOT IN ('file', 'picture')")


class Lane(StrEnum):
    """What waits for its turn together; its value names the workspace's allowance that it is drawn from.

    Files have a lane of their own, so that neither a picture that takes long to draw nor Slack's "too many" to one
    keeps a check-in waiting.
    """

    POSTS = "chat.postMessage"
    FILES = "files"

    @property
    def takes(self) -> ColumnElement[bool]:
        """Which deliveries stand in it."""
        return IS_FILE if self is Lane.FILES else IS_POST


def lane_of(kind: DeliveryKind) -> Lane:
    """Where a message of this kind waits."""
    return Lane.FILES if kind in {DeliveryKind.FILE, DeliveryKind.PICTURE} else Lane.POSTS


SECOND = 1_000_000
LONGEST_WAIT = 3600 * SECOND
"""Slack asks for seconds or minutes, never for more than this."""
WHOLE = 1000
"""All of an allowance; shares are in thousandths."""
LEAST_SHARE = WHOLE // 16
BACK_WITH_EACH = WHOLE // 100
"""What a message that is let through gives back of an allowance that was halved."""
NONE_BUSY: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Allowance:
    """How many messages a second a workspace takes from us, and how many at once."""

    rate: float
    burst: int

    def step(self, share: int = WHOLE) -> int:
        """Microseconds from one message to the next, at that share of the rate in thousandths."""
        return round(SECOND * WHOLE / (self.rate * share))


async def any_due(session: AsyncSession, *, now: datetime, lane: Lane = Lane.POSTS) -> bool:
    """Whether `claim` may find something."""
    return await overdue.any_due(session, select(Delivery.id).where(lane.takes), at=Delivery.next_attempt_at, now=now)


async def claim(
    session: AsyncSession,
    *,
    worker: UUID,
    now: datetime,
    lease: timedelta,
    allowance: Allowance,
    limit: int = 100,
    each: int | None = None,
    busy: Mapping[str, int] = NONE_BUSY,
    lane: Lane = Lane.POSTS,
) -> Sequence[tuple[Delivery, bool]]:
    """Take up to `limit` due deliveries of a lane for this worker alone; each with "its fate is unknown".

    A claimed row is `sending` and `maybe_sent` until its worker settles it, fenced by `lease_owner`. A row whose
    lease ran out, or whose last call ended without an answer, comes back with True: the caller must look before it
    sends.

    The longest overdue come first. No workspace gives more than its allowance, nor more than `each` with what the
    worker has in the air there (`busy`); what it holds back keeps its place, and keeps nobody else waiting: where the
    oldest rows are such, the workspaces with room are asked one by one, the least served first. What a workspace
    claims for one worker, others leave alone; SQLite has one writer.
    """
    claims = _Claims(session, worker=worker, now=now, lease=lease, allowance=allowance, limit=limit, each=each,
                     busy=busy, lane=lane)  # fmt: skip
    oldest = await _oldest(session, now=now, limit=limit, lane=lane)
    await claims.take(oldest)
    if len(oldest) == limit and claims.wanted:
        await session.flush()
        waiting = await _with_room(session, now=now, allowance=allowance, without=claims.full, limit=claims.wanted,
                                   lane=lane)  # fmt: skip
        for workspace_id in waiting:
            if claims.wanted:
                await claims.take(
                    await _oldest(session, now=now, limit=claims.wanted, lane=lane, workspace_id=workspace_id)
                )
    await session.flush()
    return claims.claimed


@dataclass(frozen=True, slots=True)
class _Due:
    id: UUID
    workspace_id: str


async def _oldest(
    session: AsyncSession, *, now: datetime, limit: int, lane: Lane, workspace_id: str | None = None
) -> Sequence[_Due]:
    """Due deliveries, the longest overdue first, whoever may hold them."""
    query = (
        select(Delivery.id, Delivery.workspace_id)
        .where(lane.takes, Delivery.next_attempt_at.is_not(None), Delivery.next_attempt_at <= now)
        .order_by(Delivery.next_attempt_at)
        .limit(limit)
    )
    if workspace_id is not None:
        query = query.where(Delivery.workspace_id == workspace_id)
    return [_Due(*row) for row in await session.execute(query)]


async def _with_room(
    session: AsyncSession, *, now: datetime, allowance: Allowance, without: Iterable[str], limit: int, lane: Lane
) -> Sequence[str]:
    """Workspaces that have something due and take at least one more message now, the least served first."""
    now_us = literal(microseconds(now), BigInteger)
    saved_up = literal((allowance.burst - 1) * allowance.step(1), BigInteger)
    due = select(Delivery.id).where(
        lane.takes,
        Delivery.workspace_id == Workspace.id,
        Delivery.next_attempt_at.is_not(None),
        Delivery.next_attempt_at <= now,
    )
    rows = await session.execute(
        select(Workspace.id)
        .outerjoin(DeliveryLimit, and_(DeliveryLimit.workspace_id == Workspace.id, DeliveryLimit.method == lane))
        .where(
            Workspace.revoked_at.is_(None),
            Workspace.id.not_in([*without]),
            or_(
                DeliveryLimit.spent_until_us.is_(None),
                and_(
                    DeliveryLimit.blocked_until_us <= now_us,
                    (DeliveryLimit.spent_until_us - now_us) * DeliveryLimit.share <= saved_up,
                ),
            ),
            due.exists(),
        )
        .order_by(DeliveryLimit.spent_until_us, Workspace.id)
        .limit(limit)
    )
    return list(rows.scalars())


class _Claims:
    """One claim under way."""

    def __init__(
        self,
        session: AsyncSession,
        *,
        worker: UUID,
        now: datetime,
        lease: timedelta,
        allowance: Allowance,
        limit: int,
        each: int | None,
        busy: Mapping[str, int],
        lane: Lane,
    ) -> None:
        self._lane = lane
        self._session = session
        self._worker = worker
        self._now = now
        self._lease = lease
        self._allowance = allowance
        self._limit = limit
        self._each = each if each is not None else limit
        self._busy = Counter(busy)
        self.claimed: list[tuple[Delivery, bool]] = []

    @property
    def wanted(self) -> int:
        """How many more may be claimed."""
        return self._limit - len(self.claimed)

    @property
    def full(self) -> set[str]:
        """Workspaces that have as much in the air as one may."""
        return {workspace_id for workspace_id, number in self._busy.items() if number >= self._each}

    async def take(self, due: Sequence[_Due]) -> None:
        """Claim what of these their workspaces take now."""
        by_workspace: dict[str, list[UUID]] = {}
        for each in due:
            by_workspace.setdefault(each.workspace_id, []).append(each.id)
        granted: list[UUID] = []
        limits = await self._limits(sorted(by_workspace.keys() - self.full))
        for limit in limits:
            _believe_the_clock(limit, now=self._now, allowance=self._allowance)
            waiting = by_workspace[limit.workspace_id]
            wanted = min(len(waiting), self._each - self._busy[limit.workspace_id], self.wanted - len(granted))
            granted += waiting[: _room(limit, wanted=wanted, now=self._now, allowance=self._allowance)]
        held = {limit.workspace_id: limit for limit in limits}
        rows = await self._hold(granted)
        for workspace_id, deliveries in groupby(rows, key=attrgetter("workspace_id")):
            taken = [delivery for delivery in deliveries if await self._channel_is_free(delivery)]
            _reserve(held[workspace_id], len(taken), now=self._now, allowance=self._allowance)
            for delivery in taken:
                self._mark(delivery)

    async def _limits(self, workspace_ids: Sequence[str]) -> Sequence[DeliveryLimit]:
        """The allowances of those that are installed, held; without those from which another worker is claiming."""
        if not workspace_ids:
            return []
        installed = select(Workspace.id).where(Workspace.id.in_(workspace_ids), Workspace.revoked_at.is_(None))
        active = sorted((await self._session.execute(installed)).scalars())
        query = select(DeliveryLimit).where(DeliveryLimit.workspace_id.in_(active), DeliveryLimit.method == self._lane)
        ordered = query.order_by(DeliveryLimit.workspace_id)
        known = await self._session.execute(select(DeliveryLimit.workspace_id).where(
            DeliveryLimit.workspace_id.in_(active), DeliveryLimit.method == self._lane))  # fmt: skip
        for workspace_id in sorted(set(active) - set(known.scalars())):
            await begin(self._session, workspace_id, self._lane)
        return list((await self._session.execute(ordered.with_for_update(skip_locked=True))).scalars())

    async def _hold(self, ids: Sequence[UUID]) -> Sequence[Delivery]:
        """These deliveries, held, by workspace and then by age; without those that somebody is settling."""
        if not ids:
            return []
        rows = await self._session.execute(
            select(Delivery)
            .where(Delivery.id.in_(ids), Delivery.next_attempt_at <= self._now)
            .with_for_update(skip_locked=True)
        )
        return sorted(rows.scalars(), key=attrgetter("workspace_id", "next_attempt_at"))

    async def _channel_is_free(self, delivery: Delivery) -> bool:
        """True for a message to a person and a channel's next post; one too soon after another waits its turn."""
        if delivery.user_id is not None or delivery.channel_id is None:
            return True
        method = f"in:{delivery.channel_id}"
        key = (delivery.workspace_id, method)
        limit = await self._session.get(DeliveryLimit, key)
        if limit is None:
            await begin(self._session, *key)
            limit = await self._session.get_one(DeliveryLimit, key)
        if microseconds(self._now) < limit.spent_until_us <= microseconds(self._now) + SECOND:
            delivery.next_attempt_at = instant(limit.spent_until_us)
            return False
        limit.spent_until_us = microseconds(self._now) + SECOND
        return True

    def _mark(self, delivery: Delivery) -> None:
        self._busy[delivery.workspace_id] += 1
        self.claimed.append((delivery, delivery.maybe_sent))
        delivery.state = DeliveryState.SENDING
        delivery.maybe_sent = True
        delivery.lease_owner = self._worker
        delivery.next_attempt_at = self._now + self._lease
        delivery.attempt += 1
        delivery.first_attempt_at = delivery.first_attempt_at or self._now


async def begin(session: AsyncSession, workspace_id: str, method: str = Lane.POSTS) -> None:
    """Add an allowance of which nothing is spent, unless there is one. Who does so at the same time waits."""
    insert: Any = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    fresh = {"workspace_id": workspace_id, "method": method, "spent_until_us": 0, "share": WHOLE, "blocked_until_us": 0}
    await session.execute(insert(DeliveryLimit).values(**fresh).on_conflict_do_nothing())


def _believe_the_clock(limit: DeliveryLimit, *, now: datetime, allowance: Allowance) -> None:
    """Take back what was spent in a future that no allowance reaches: a clock was ahead, and was set right."""
    now_us = microseconds(now)
    if limit.blocked_until_us > now_us + LONGEST_WAIT:
        limit.blocked_until_us = now_us
    furthest = max(limit.blocked_until_us, now_us) + allowance.burst * allowance.step(limit.share)
    limit.spent_until_us = min(limit.spent_until_us, furthest)


def _room(limit: DeliveryLimit, *, wanted: int, now: datetime, allowance: Allowance) -> int:
    """How many of `wanted` messages may go now."""
    now_us, step = microseconds(now), allowance.step(limit.share)
    if limit.blocked_until_us > now_us:
        return 0
    room = now_us + allowance.burst * step - max(limit.spent_until_us, now_us)
    return max(0, min(wanted, room // step))


def _reserve(limit: DeliveryLimit, count: int, *, now: datetime, allowance: Allowance) -> None:
    """Spend so many messages of an allowance, which gets back a little of what it lost."""
    now_us, before = microseconds(now), limit.share
    spent = max(limit.spent_until_us, now_us) + count * allowance.step(before) - now_us
    limit.share = min(WHOLE, before + count * BACK_WITH_EACH)
    # What is spent is a number of messages: each takes less time now.
    limit.spent_until_us = now_us + spent * before // limit.share


async def push_back(
    session: AsyncSession,
    workspace_id: str,
    *,
    now: datetime,
    until: datetime,
    allowance: Allowance,
    lane: Lane = Lane.POSTS,
) -> None:
    """Slack said "too many": nothing of this lane goes to this workspace until then, and then half as much.

    That holds for every worker.

    Several such answers in one wave halve it once.
    """
    limit = await session.get(DeliveryLimit, (workspace_id, lane), with_for_update=True)
    if limit is None:
        return
    if limit.blocked_until_us <= microseconds(now):
        limit.share = max(LEAST_SHARE, limit.share // 2)
    limit.blocked_until_us = max(limit.blocked_until_us, microseconds(until))
    # After the wait one message is let through to try, then they come at the rate: nothing is saved up meanwhile.
    saved_up = (allowance.burst - 1) * allowance.step(limit.share)
    limit.spent_until_us = max(limit.spent_until_us, limit.blocked_until_us + saved_up)
    await session.flush()


async def give_up_unreachable(
    session: AsyncSession, *, before: datetime, now: datetime, lane: Lane = Lane.POSTS
) -> int:
    """End what of a lane waits since `before` for a workspace that refuses our token, with that reason; how many."""
    refused = select(Workspace.id).where(Workspace.revoked_at.is_not(None))
    done = await session.execute(
        update(Delivery)
        .where(
            lane.takes,
            Delivery.next_attempt_at.is_not(None),
            Delivery.next_attempt_at <= before,
            Delivery.workspace_id.in_(refused),
        )
        .values(
            state=DeliveryState.FAILED,
            next_attempt_at=None,
            ended_on=now.date(),
            lease_owner=None,
            last_error="token_revoked",
        )
        .returning(Delivery.id)
    )
    return len(done.all())


def microseconds(instant: datetime) -> int:
    """Microseconds since the epoch, exactly."""
    return (instant - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def instant(microseconds: int) -> datetime:
    """The instant that many microseconds after the epoch."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)
