"""What workers do in a second: rosters read, rounds opened, check-ins delivered, rounds closed; by one, and by four.

Everything is due at once, as on a Monday at nine. The local Slack answers at once and takes any number of messages.
"""

import tempfile
import time
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select, text

from benchmarks import servers
from benchmarks.country import CLOSED, OPENED, READ, SENT, SLOT, WINDOW, Country, Size, country
from benchmarks.report import Line
from benchmarks.workers import Worker, worker
from storage import claims
from storage.engine import read_url
from storage.models import Answer, RoundMember
from tests.faults.fleet import Fleet

SIZE, QUICK = Size(workspaces=20, teams=10), Size(workspaces=10, teams=4)
PATIENCE = 180.0
"""Seconds for one kind of work; what isn't done by then isn't counted."""
RUNS = (("SQLite", 1), ("PostgreSQL", 1), ("PostgreSQL", 4))
WITHIN_AN_HOUR = 100_000 / 3600
"""Rounds a second at which 100,000 teams that are due at once are asked within the hour."""


async def measure(*, quick: bool = False) -> tuple[list[Line], dict[str, Any]]:
    """The capacity that ARCHITECTURE.md reckons with."""
    lines: list[Line] = []
    measured: dict[str, Any] = {}
    for name, workers in RUNS:
        with ExitStack() as stack:
            directory = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="maturity-benchmark-")))
            sqlite = read_url(f"sqlite:///{directory / 'maturity.db'}")
            url = sqlite if name == "SQLite" else stack.enter_context(servers.postgresql())
            async with country(url, directory, size=QUICK if quick else SIZE) as here:
                found = await _of(here, workers)
        who = f"{name}, {workers} worker{'s' if workers > 1 else ''}"
        measured[who] = found
        lines += [
            Line(f"capacity: {who}, {what} a second", each["a_second"], WITHIN_AN_HOUR, at_least=True)
            for what, each in found.items()
        ]
    return lines, measured


async def _of(here: Country, workers: int) -> dict[str, dict[str, float]]:
    """How many of each a second, and milliseconds of the workers' processor time for one."""
    plenty = {"DELIVERY_RATE": "1000", "DELIVERY_BURST": "1000"}
    fleet: Fleet[Worker] = Fleet(lambda _part: worker(here.environment(**plenty), here.directory))
    found: dict[str, dict[str, float]] = {}
    try:
        started = [await fleet.add("worker") for _ in range(workers)]
        for each in started:
            await each.ready()

        async def take(what: str, query: str, number: int) -> None:
            begun, spent = time.perf_counter(), sum(each.processor_time for each in started)
            await here.until(query, number, within=PATIENCE)
            done = max(1, await here.count(query))
            seconds = time.perf_counter() - begun
            spent = sum(each.processor_time for each in started) - spent
            found[what] = {"a_second": done / seconds, "processor_ms": 1000 * spent / done}

        here.move_to(SLOT - timedelta(minutes=50))
        await take("rosters read", READ, here.size.rounds)
        await _hold_messages_back(here, until=SLOT + timedelta(minutes=30))
        here.move_to(SLOT)
        await take("rounds opened", OPENED, here.size.rounds)
        await _hold_messages_back(here, until=SLOT - timedelta(minutes=30))
        await take("check-ins delivered", SENT, here.size.messages)
        await _answer(here)
        await _hold_messages_back(here, until=SLOT + WINDOW + timedelta(minutes=30))
        here.move_to(SLOT + WINDOW)
        await take("rounds closed", CLOSED, here.size.rounds)
        await fleet.stop()
    finally:
        await fleet.close()
    return found


async def _hold_messages_back(here: Country, *, until: Any) -> None:
    """As if Slack had asked for a pause, so that workers do nothing but rounds."""
    async with here.database.begin() as session:
        await session.execute(
            text("UPDATE delivery_limits SET blocked_until_us = :until, spent_until_us = 0"),
            {"until": claims.microseconds(until)},
        )


async def _answer(here: Country) -> None:
    """Everybody has answered every question."""
    now_us = claims.microseconds(here.clock())
    async with here.database.begin() as session:
        members = (await session.execute(select(RoundMember.round_id, RoundMember.user_id))).all()
        rows = [
            {"round_id": round_id, "dimension": dimension, "user_id": user_id, "level": 2, "tapped_us": now_us}
            for round_id, user_id in members
            for dimension in "ABCDE"
        ]
        for start in range(0, len(rows), 500):
            await session.execute(insert(Answer), rows[start : start + 500])
