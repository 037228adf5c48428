"""Goals 4 and 5: workers are killed, Slack fails, and every round opens and every message arrives exactly once.

Four workers on PostgreSQL; SQLite takes one. The pieces are those of the fault tests (`tests/faults`).
"""

import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.engine import URL

from benchmarks import servers
from benchmarks.country import CLOSED, OPENED, READ, SENT, SLOT, WINDOW, Country, Size, country
from benchmarks.report import Line
from benchmarks.workers import Worker, worker
from storage.engine import read_url
from storage.kinds import DeliveryKind, DeliveryState
from storage.models import Delivery
from tests.faults.fleet import Fleet, add_trouble


@dataclass(frozen=True)
class Plan:
    """How much is to be done, and how long it may take."""

    rounds: Size
    messages: Size
    """Few workspaces: a worker takes ten messages of each, and what it held when it was killed waits for its lease."""
    runs: Mapping[str, int]
    """Of the messages, by database."""
    rounds_within: float
    """Seconds of one run of the rounds; what isn't there by then is missed."""
    messages_within: float
    """Seconds of one run of the messages; what waits still is counted apart."""


WHOLE = Plan(
    Size(workspaces=20, teams=10), Size(workspaces=4, teams=150), {"SQLite": 1, "PostgreSQL": 3},
    rounds_within=120, messages_within=50,
)  # fmt: skip
QUICK = Plan(
    Size(workspaces=4, teams=5), Size(workspaces=4, teams=5), {"SQLite": 1, "PostgreSQL": 1},
    rounds_within=60, messages_within=20,
)  # fmt: skip
FINISHING = 0.3
"""Of that time: what is kept for the last messages, when nobody is killed any more."""
TROUBLE = {"lose_reply": 0.04, "ratelimited": 0.02, "server_error": 0.03, "refuse_connection": 0.03}
"""How often each befalls a call that is part of a delivery."""
DOWN = timedelta(minutes=10)
KILL_EVERY = {"SQLite": 1.0, "PostgreSQL": 0.25}
"""Seconds from one kill to the next. A worker alone, killed four times a second, would spend its life starting."""
MOST_KILLS = 100
"""A machine on which less than this part of the work is done between two kills is given more time between them."""
WORKERS = {"SQLite": 1, "PostgreSQL": 4}
HELD_BACK = {"DELIVERY_RATE": "0.1", "DELIVERY_BURST": "1"}
"""So that workers have nothing to do but rounds."""
HURRIED = {"MATURITY_LEASE": "12", "DELIVERY_SETTLE": "1", "DELIVERY_RATE": "200"}
"""So that what a killed worker held is taken over within seconds, and a run doesn't wait for the allowance.

With a lease of two seconds four workers on a busy machine would do little but give back what they hadn't got to.
"""


async def measure(only: frozenset[int] = frozenset(), plan: Plan = WHOLE) -> tuple[list[Line], dict[str, Any]]:
    """Goals 4 and 5 (or one of them), on both databases."""
    lines: list[Line] = []
    measured: dict[str, Any] = {}
    for name in WORKERS if not only or 4 in only else ():
        found = measured[f"rounds {name}"] = await _in_a_database(name, plan.rounds, _rounds, within=plan.rounds_within)
        what = f"goal 4: {name}, {WORKERS[name]} workers, {found['kills']} killed, {DOWN.seconds // 60} minutes down"
        lines += [
            Line(f"{what}: of {plan.rounds.rounds} rounds doubled", found["doubled"], 0),
            Line(f"{what}: missed", found["missed"], 0),
        ]
    for name in WORKERS if not only or 5 in only else ():
        for number in range(plan.runs[name]):
            found = await _in_a_database(name, plan.messages, _messages, within=plan.messages_within)
            measured[f"messages {name} {number + 1}"] = found
            what = (
                f"goal 5: {name}, seed {found['seed']}, {found['kills']} kills, "
                f"{sum(found['faults'].values())} faults, {found['seconds']:.0f} s"
            )
            lines += [
                Line(f"{what}: of {plan.messages.messages} messages doubled", found["doubled"], 0),
                Line(f"{what}: lost", found["lost"], 0),
                Line(f"{what}: still waiting when the time was up", found["waiting"], 0),
            ]
    return lines, measured


async def _in_a_database(
    name: str, size: Size, work: Callable[..., Awaitable[dict[str, Any]]], *, within: float
) -> dict[str, Any]:
    """What comes of it in a country of its own; said at once, with its seed, for a replay."""
    with ExitStack() as stack:
        directory = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="maturity-benchmark-")))
        url: URL = (
            read_url(f"sqlite:///{directory / 'maturity.db'}")
            if name == "SQLite"
            else stack.enter_context(servers.postgresql())
        )
        late = DOWN / 2 if work is _rounds else timedelta(0)
        async with country(url, directory, size=size, late=late, is_read=work is _messages) as here:
            begun = time.perf_counter()
            found = await work(here, name, until=begun + within) | {"seconds": round(time.perf_counter() - begun, 1)}
    print(f"{work.__name__.strip('_')}, {name}: {found}", file=sys.stderr, flush=True)
    return found


def _fleet(here: Country, **environment: str) -> Fleet[Worker]:
    return Fleet(lambda _part: worker(here.environment(**environment), here.directory))


def _left(until: float) -> float:
    """Seconds until then."""
    return max(0.0, until - time.perf_counter())


async def _rounds(here: Country, name: str, *, until: float) -> dict[str, Any]:
    """Rounds open, and close, through kills and a downtime during which half of them come due."""
    chance = random.Random(0)  # noqa: S311 - to be replayed
    fleet, all_of_them = _fleet(here, **HELD_BACK), here.size.rounds
    kills = 0
    try:
        for _ in range(WORKERS[name]):
            await fleet.add("worker")
        here.move_to(SLOT - timedelta(minutes=50))
        await here.until(READ, all_of_them, within=_left(until))
        here.move_to(SLOT)
        await here.until(OPENED, all_of_them // 8, within=_left(until))  # of the half that is due now
        kills += await fleet.kill_all_workers()
        here.move_to(SLOT + DOWN)
        kills += await _killing_until(here, fleet, OPENED, all_of_them, name=name, chance=chance, until=until)
        closes_at = SLOT + WINDOW
        here.move_to(closes_at)
        await here.until(CLOSED, all_of_them // 4, within=_left(until))
        kills += await fleet.kill_all_workers()
        here.move_to(closes_at + DOWN)
        kills += await _killing_until(here, fleet, CLOSED, all_of_them, name=name, chance=chance, until=until)
        await fleet.stop()
    finally:
        await fleet.close()
    per_team, summaries, check_ins = await _outcome(here)
    return {
        "kills": kills,
        "doubled": _doubled(per_team) + _doubled(summaries) + _doubled(check_ins),
        "missed": 2 * all_of_them - len(per_team) - len(summaries) + here.size.messages - len(check_ins),
    }


def _doubled(found: Counter[Any]) -> int:
    """How many there are beyond one of each."""
    return found.total() - len(found)


async def _killing_until(
    here: Country, fleet: Fleet[Worker], query: str, number: int, *, name: str, chance: random.Random, until: float
) -> int:
    """Start as many workers as the database takes, and kill one after another until so many are counted; the kills."""
    for _ in range(WORKERS[name]):
        await fleet.add("worker")
    kills, counted = 0, 0
    while counted < number and _left(until):
        goal = min(number, counted + max(1, number // MOST_KILLS))
        await here.until(query, number, within=min(KILL_EVERY[name], _left(until)))
        await here.until(query, goal, within=_left(until))
        counted = await here.count(query)
        if counted < number:
            await fleet.kill_a_worker(chance)
            kills += 1
    return kills


async def _outcome(here: Country) -> list[Counter[Any]]:
    """How many rounds each team has had, how many summaries each round owes, and how many check-ins each person."""
    queries = (
        "SELECT team_id FROM rounds",
        "SELECT round_id FROM deliveries WHERE kind = 'summary'",
        "SELECT user_id FROM deliveries WHERE kind = 'prompt'",
    )
    async with here.database.reading() as session:
        return [Counter((await session.execute(text(query))).scalars()) for query in queries]


async def _finish(here: Country, *, until: float) -> None:
    """Let the last messages be sent; where all of them wait, time leaps to the first."""
    while _left(until) and not await here.until(SENT, here.size.messages, within=0.5):
        async with here.database.reading() as session:
            waiting = select(Delivery.next_attempt_at, Delivery.state).where(Delivery.next_attempt_at.is_not(None))
            rows = (await session.execute(waiting)).all()
        if rows and all(row.state is DeliveryState.PENDING for row in rows):
            here.leap(min(row.next_attempt_at for row in rows) - here.clock())


async def _ended(here: Country) -> set[str]:
    """Who is sent nothing more: the check-in is with them, or lost."""
    ended = select(Delivery.user_id).where(Delivery.kind == DeliveryKind.PROMPT, Delivery.next_attempt_at.is_(None))
    async with here.database.reading() as session:
        return {user_id for user_id in (await session.execute(ended)).scalars() if user_id is not None}


async def _messages(here: Country, name: str, *, until: float) -> dict[str, Any]:
    """Everybody is asked while workers are killed and Slack fails."""
    seed = int(os.environ.get("FAULT_SEED") or random.SystemRandom().randrange(1_000_000))
    print(f"FAULT_SEED={seed}", file=sys.stderr, flush=True)
    chance, faults = random.Random(seed), random.Random(seed + 1)  # noqa: S311 - to be replayed
    fleet, all_of_them = _fleet(here, **HURRIED), here.size.messages
    try:
        befell = add_trouble(here.sandbox, faults, TROUBLE)
        here.move_to(SLOT)
        kills = await _killing_until(
            here, fleet, SENT, all_of_them * 49 // 50, name=name, chance=chance, until=until - FINISHING * _left(until)
        )
        await _finish(here, until=until)
        await fleet.stop()
        await here.sandbox.quiet()
    finally:
        await fleet.close()
    received, ended = here.received(), await _ended(here)
    assert len(received) == all_of_them
    return {
        "seed": seed,
        "kills": kills,
        "faults": dict(befell),
        "waiting": all_of_them - len(ended),
        "doubled": sum(number - 1 for number in received.values() if number > 1),
        "lost": sum(received[user_id] == 0 for user_id in ended),
    }
