"""What a tick costs when there is nothing to do, by how many teams wait; and a claim past 100,000 messages."""

import asyncio
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from datetime import time as wall_time
from pathlib import Path
from typing import Any

from sqlalchemy import insert, text, update
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncSession

from benchmarks import servers
from benchmarks.report import Line
from storage import claims, deliveries, migrate, rounds, teams
from storage.claims import Allowance
from storage.engine import Database, read_url
from storage.kinds import DeliveryKind, DeliveryState, TeamStep
from storage.models import Delivery, DeliveryLimit, Team, Workspace


@dataclass(frozen=True)
class Size:
    """How many teams and messages, and of how many workspaces."""

    few: int
    many: int
    workspaces: int


WHOLE, QUICK = Size(10_000, 100_000, 10_000), Size(2_000, 20_000, 2_000)
NOW = datetime(2026, 9, 15, 15, tzinfo=UTC)
TURNS = 200
BATCH = 2_000


async def measure(*, quick: bool = False) -> tuple[list[Line], dict[str, Any]]:
    """Goal 3, and what bounds one worker, on both databases."""
    size = QUICK if quick else WHOLE
    lines: list[Line] = []
    measured: dict[str, Any] = {}
    with ExitStack() as stack:
        directory = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="maturity-benchmark-")))
        urls = {
            "SQLite": read_url(f"sqlite:///{directory / 'schedule.db'}"),
            "PostgreSQL": stack.enter_context(servers.postgresql()),
        }
        for name, url in urls.items():
            found = await _of(url, size)
            measured[name] = found
            ratio = found["tick_ms"][size.many] / found["tick_ms"][size.few]
            lines += [
                Line(f"goal 3: {name}, a tick at {size.many:,} teams, ratio to {size.few:,}", ratio, 1.15),
                Line(f"{name}, a claim past {size.many:,} held back messages of {size.workspaces:,} workspaces",
                     found["claim_ms"], 200, " ms"),
            ]  # fmt: skip
    return lines, measured


async def _of(url: URL, size: Size) -> dict[str, Any]:
    await asyncio.to_thread(migrate.upgrade, url)
    database = Database(url)
    try:
        await _add_workspaces(database, size)
        ticks = {}
        for before, number in ((0, size.few), (size.few, size.many)):
            await _add_teams(database, before, number, size)
            await _analyse(database)
            ticks[number] = await _median(lambda: _tick(database))
        await _add_deliveries(database, size)
        await _analyse(database)
        return {"tick_ms": ticks, "claim_ms": await _median(lambda: _claim(database), turns=20)}
    finally:
        await database.close()


async def _median(work: Callable[[], Awaitable[None]], *, turns: int = TURNS) -> float:
    """Milliseconds that it takes."""
    took = []
    for _ in range(turns):
        begun = time.perf_counter()
        await work()
        took.append(1000 * (time.perf_counter() - begun))
    return statistics.median(took)


async def _tick(database: Database) -> None:
    """The questions that every tick asks."""
    async with database.reading() as session:
        assert not await teams.due(TeamStep.REFRESH).any(session, now=NOW)
        assert not await teams.due(TeamStep.OPEN).any(session, now=NOW)
        assert not await rounds.DUE.any(session, now=NOW)
        assert not await claims.any_due(session, now=NOW)


async def _claim(database: Database) -> None:
    """Claim where all the oldest messages are of workspaces that take none now; then as if it hadn't been."""
    async with database.begin() as session:
        claimed = await claims.claim(
            session,
            worker=deliveries.new_id(),
            now=NOW,
            lease=timedelta(minutes=1),
            allowance=Allowance(rate=4, burst=20),
            each=10,
        )
        assert len(claimed) == 100
        await session.rollback()


async def _insert(session: AsyncSession, table: type[Any], rows: list[dict[str, Any]]) -> None:
    for start in range(0, len(rows), BATCH):
        await session.execute(insert(table), rows[start : start + BATCH])


async def _add_workspaces(database: Database, size: Size) -> None:
    async with database.begin() as session:
        await _insert(session, Workspace, [
            {"id": f"T{number}", "name": "", "url": "", "bot_user_id": "U", "bot_id": "B", "minimum": 4,
             "installed_at": NOW}
            for number in range(size.workspaces)
        ])  # fmt: skip
        await _insert(session, DeliveryLimit, [
            {"workspace_id": f"T{number}", "method": claims.Lane.POSTS, "spent_until_us": 0, "share": claims.WHOLE,
             "blocked_until_us": 0}
            for number in range(size.workspaces)
        ])  # fmt: skip


async def _add_teams(database: Database, start: int, end: int, size: Size) -> None:
    """Teams that wait for rounds of the coming quarter."""
    async with database.begin() as session:
        await _insert(session, Team, [
            {"workspace_id": f"T{number % size.workspaces}", "channel_id": f"C{number}", "name": f"Team {number}",
             "every_weeks": 13, "weekday": "tuesday", "local_time": wall_time(10), "time_zone": "America/Chicago",
             "anchor": NOW.date(), "created_at": NOW, "next_round_at": NOW + timedelta(minutes=number + 1),
             "next_slot_date": NOW.date(), "next_step": TeamStep.REFRESH,
             "next_step_at": NOW + timedelta(minutes=number + 1)}
            for number in range(start, end)
        ])  # fmt: skip


async def _add_deliveries(database: Database, size: Size) -> None:
    """All are due; the older nine tenths are of workspaces that have spent their allowance."""
    spent = size.workspaces * 9 // 10
    async with database.begin() as session:
        await _insert(session, Delivery, [
            {"id": deliveries.new_id(), "workspace_id": f"T{number * size.workspaces // size.many}", "key": str(number),
             "kind": DeliveryKind.PROMPT, "details": {}, "state": DeliveryState.PENDING, "maybe_sent": False,
             "attempt": 0, "looked_up": 0, "next_attempt_at": NOW - timedelta(seconds=size.many - number)}
            for number in range(size.many)
        ])  # fmt: skip
        await session.execute(
            update(DeliveryLimit)
            .where(DeliveryLimit.workspace_id.in_([f"T{number}" for number in range(spent)]))
            .values(spent_until_us=claims.microseconds(NOW + timedelta(hours=1)))
        )


async def _analyse(database: Database) -> None:
    """Let the planner know what is there: PostgreSQL's autovacuum does so by itself, a minute later."""
    async with database.begin() as session:
        await session.execute(text("ANALYZE"))
