"""`python -m benchmarks`: every goal in one interleaved run, as ratios, on SQLite and on PostgreSQL.

The servers take turns, round by round, so that whatever else the machine does befalls all of them; a ratio is the
median of the rounds' ratios. Nothing fails: a goal that is missed is said to be.
"""

import argparse
import asyncio
import json
import statistics
import sys
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from benchmarks import (
    bench_capacity,
    bench_delivery,
    bench_faults,
    bench_overview,
    bench_schedule,
    machine,
    payloads,
    report,
    servers,
    small,
    taps,
)
from benchmarks.report import Line
from benchmarks.servers import Server
from rubric import load
from storage.engine import read_url

BASELINE, BEST = "A Bolt as it comes, acknowledging only", "B Bolt at its best, acknowledging only"
ON_SQLITE, ON_POSTGRESQL = "C this bot, saved on SQLite", "C this bot, saved on PostgreSQL"
Measuring = Awaitable[tuple[list[Line], dict[str, Any]]]
CONNECTIONS = 32
IN_TWO_MINUTES = frozenset({1, 2, 3, 6, 7, 8, 9})
"""What is quick in small: kills and leases take their time."""
RATE = 200


@dataclass(frozen=True)
class Plan:
    """How long everything takes."""

    rounds: int
    crowded: float
    alone: float
    steady: float
    starts: int
    quick: bool = False
    """Whether what isn't taps is measured in small, too."""
    killing: float | None = None
    """Seconds of one run of messages with kills, where they aren't the usual."""

    @property
    def members(self) -> int:
        """Enough that no check-in is finished twice in the steady run."""
        return max(200, int(self.steady * RATE / 5) + 1)


async def tapped(server: Server, plan: Plan, templates: dict[str, str], **how: Any) -> dict[str, Any]:
    """What came of one load on one server."""
    load = taps.Load(url=server.url, templates=templates, members=plan.members, **how)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benchmarks.load", stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    before = server.processor_time
    out, _none = await process.communicate(json.dumps(load.document()).encode())
    if process.returncode:
        raise RuntimeError("the load generator failed: see above")
    found: dict[str, Any] = json.loads(out)
    return found | {"processor_us": 1e6 * (server.processor_time - before) / found["all_taps"]}


async def throughput(
    running: dict[str, Server], plan: Plan, templates: dict[str, str], rounds_open: dict[str, int]
) -> tuple[dict[str, dict[str, float]], dict[str, list[dict[str, Any]]]]:
    """Medians by server, and every round."""
    rounds: dict[str, list[dict[str, Any]]] = {name: [] for name in running}
    names = list(running)
    for number in range(plan.rounds):
        for name in names[number % len(names) :] + names[: number % len(names)]:
            how: dict[str, Any] = {
                "server": running[name],
                "plan": plan,
                "templates": templates,
                "round_id": rounds_open.get(name, 1),
            }
            many = await tapped(**how, connections=CONNECTIONS, seconds=plan.crowded)
            one = await tapped(**how, connections=1, seconds=plan.alone)
            rounds[name].append({"many": many, "one": one})
            print(".", end="", flush=True, file=sys.stderr)

    def median(name: str, load: str, what: str) -> float:
        return statistics.median(float(each[load][what]) for each in rounds[name])

    def ratio(name: str, other: str, load: str, what: str) -> float:
        pairs = zip(rounds[name], rounds[other], strict=True)
        return statistics.median(float(mine[load][what]) / float(theirs[load][what]) for mine, theirs in pairs)

    return {
        name: {
            "per_second": median(name, "many", "per_second"),
            "ratio": ratio(name, BEST, "many", "per_second"),
            "p99_ms": median(name, "many", "p99_ms"),
            "processor_us": median(name, "many", "processor_us"),
            "alone_ms": median(name, "one", "p50_ms"),
            "alone_ratio": ratio(name, BASELINE, "one", "p50_ms"),
        }
        for name in running
    }, rounds


async def tap_path(plan: Plan) -> tuple[list[Line], dict[str, Any]]:
    """Goals 1 and 2: what a tap costs, and what a process does that waits for taps."""
    _workspace, templates = await payloads.templates(load())
    lines: list[Line] = []
    async with AsyncExitStack() as stack:
        directory = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="maturity-benchmark-")))
        sandbox = await stack.enter_async_context(servers.slack())
        urls = {
            ON_SQLITE: read_url(f"sqlite:///{directory / 'maturity.db'}"),
            ON_POSTGRESQL: stack.enter_context(servers.postgresql()),
        }
        running = {
            BASELINE: await stack.enter_async_context(servers.baseline("default")),
            BEST: await stack.enter_async_context(servers.baseline("best")),
        }
        rounds_open = {}
        for name, url in urls.items():
            rounds_open[name] = await servers.prepare(url, members=plan.members)
            text = url.render_as_string(hide_password=False)
            running[name] = await stack.enter_async_context(servers.bot(text, sandbox, directory=directory))
        by_name = {ON_SQLITE: "SQLite", ON_POSTGRESQL: "PostgreSQL"}
        resting = {name: running[name].memory for name in by_name}
        medians, rounds = await throughput(running, plan, templates, rounds_open)
        steady = {}
        for name, database in by_name.items():
            steady[name] = await tapped(
                running[name], plan, templates, round_id=rounds_open[name], connections=64, seconds=plan.steady,
                rate=RATE,
            )  # fmt: skip
            lines += [
                Line(f"goal 1: {database}, {CONNECTIONS} connections, ratio to B", medians[name]["ratio"], 1.0,
                     at_least=True),
                Line(f"goal 1: {database}, {RATE} taps a second for {plan.steady:g} s, p99", steady[name]["p99_ms"],
                     50, " ms"),
                Line(f"goal 2: {database}, p50 alone, ratio to A", medians[name]["alone_ratio"], 0.15),
                Line(f"at rest: {database}, memory", resting[name], 150, " MiB"),
            ]  # fmt: skip
        busy = {name: running[name].memory for name in by_name}
        starts = []
        for number in range(plan.starts):
            fresh = f"sqlite:///{directory / f'fresh{number}.db'}"
            async with servers.bot(fresh, sandbox, directory=directory) as started:
                starts.append(started.started_in)
    lines.append(Line("start: `run` with a new SQLite file until ready", statistics.median(starts), 3, " s"))
    return lines, {
        "medians": medians, "rounds": rounds, "steady": steady, "memory_after_load_mib": busy, "starts_s": starts,
        "request_bytes": {key: len(body) for key, body in templates.items()},
    }  # fmt: skip


async def schedules(*, quick: bool) -> tuple[list[Line], dict[str, Any]]:
    """Goal 3: what a tick and the next occurrence cost."""
    ours, theirs = small.cadence()
    lines, measured = await bench_schedule.measure(quick=quick)
    occurrence = Line("goal 3: next occurrence, ratio to CronTrigger", ours / theirs, 0.1)
    return [occurrence, *lines], {**measured, "next_occurrence_us": {"ours": ours, "cron_trigger": theirs}}


async def pictures() -> tuple[list[Line], dict[str, Any]]:
    """Goal 9: whether the loop goes on while a picture is drawn."""
    drawn, stall = await small.picture(load())
    return [Line("goal 9: a picture, the loop stands still", stall, 10, " ms")], {"picture_ms": drawn}


def parts(plan: Plan, only: frozenset[int]) -> dict[str, tuple[set[int], Callable[[], Measuring]]]:
    """What can be measured by itself, with the goals that each part is about; 0 is what workers can do."""
    faults = bench_faults.QUICK if plan.quick else bench_faults.WHOLE
    if plan.killing is not None:
        faults = replace(faults, messages_within=plan.killing)
    return {
        "taps": ({1, 2}, lambda: tap_path(plan)),
        "schedule": ({3}, lambda: schedules(quick=plan.quick)),
        "pictures": ({9}, pictures),
        "delivery": ({6, 7}, bench_delivery.measure),
        "overview": ({8}, bench_overview.measure),
        "faults": (
            {4, 5},
            lambda: bench_faults.measure(only, faults),
        ),
        "capacity": ({0}, lambda: bench_capacity.measure(quick=plan.quick)),
    }


async def measure(plan: Plan, *, only: frozenset[int]) -> tuple[list[Line], dict[str, Any]]:
    """Every part, or those of some goals."""
    lines: list[Line] = []
    everything: dict[str, Any] = {}
    for name, (goals, part) in parts(plan, only).items():
        if goals & only or (not only and (goals & IN_TWO_MINUTES or not plan.quick)):
            found, everything[name] = await part()
            lines += found
    return lines, everything


def main() -> None:
    """Measure, print, save."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Speed and memory, as ratios.")
    parser.add_argument(
        "--quick",
        action="store_true",
        help="about two minutes when idle: less of most, hence rougher ratios; 0, 4 and 5 only where --only names them",
    )
    parser.add_argument("--seconds", type=float, help="how long 200 taps a second last (default 10; quick: 3)")
    parser.add_argument(
        "--killing", type=float, metavar="SECONDS",
        help="how long one of goal 5's runs may take (default 50; quick: 20); a busy machine needs more",
    )  # fmt: skip
    parser.add_argument("--directory", type=Path, default=Path("var/benchmarks"), help="where the results go")
    parser.add_argument(
        "--only", type=int, nargs="+", default=(), metavar="GOAL", choices=range(10),
        help="measure what these goals are about alone; 0 is what workers can do",
    )  # fmt: skip
    given = parser.parse_args()
    if given.quick:
        plan = Plan(
            rounds=3, crowded=1, alone=0.5, steady=given.seconds or 3, starts=1, quick=True, killing=given.killing
        )
    else:
        plan = Plan(rounds=5, crowded=3, alone=1.5, steady=given.seconds or 10, starts=3, killing=given.killing)
    facts = machine.facts()
    lines, everything = asyncio.run(measure(plan, only=frozenset(given.only)))
    if "taps" in everything:
        print(file=sys.stderr)
        print(report.servers(everything["taps"]["medians"]))
        print()
    print(report.table(lines))
    print()
    print("; ".join(f"{name} {value}" for name, value in facts.items()))
    print(f"saved in {report.save(given.directory, facts=facts, lines=lines, measured=everything)}")


if __name__ == "__main__":
    main()
