"""Measurements beside their goals, as a table for people and a file for programs."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Line:
    """One goal and what was measured."""

    what: str
    measured: float
    goal: float
    unit: str = ""
    at_least: bool = False
    """True where more is better."""

    @property
    def met(self) -> bool:
        return self.measured >= self.goal if self.at_least else self.measured <= self.goal


def table(lines: Sequence[Line]) -> str:
    """One line a goal, and in words whether it is met."""
    wide = max(len(line.what) for line in lines)
    rows = [f"{'what':<{wide}}  {'goal':>12}  {'measured':>12}"]
    for line in lines:
        goal = f"{'>=' if line.at_least else '<='} {line.goal:g}{line.unit}"
        rows.append(f"{line.what:<{wide}}  {goal:>12}  {_short(line.measured) + line.unit:>12}  {_word(line)}")
    return "\n".join(rows)


def servers(measured: dict[str, dict[str, float]]) -> str:
    """Throughput and latencies, one line a server."""
    wide = max(map(len, measured))
    titles = f"{'taps/s':>8}  {'ratio to B':>10}  {'p99 ms':>8}  {'p50 alone ms':>12}  {'processor us a tap':>18}"
    rows = [f"{'server':<{wide}}  {titles}"]
    rows += [
        f"{name:<{wide}}  {each['per_second']:>8.0f}  {each['ratio']:>10.2f}  {each['p99_ms']:>8.1f}  "
        f"{each['alone_ms']:>12.2f}  {each['processor_us']:>18.0f}"
        for name, each in measured.items()
    ]
    return "\n".join(rows)


def save(directory: Path, *, facts: dict[str, str], lines: Sequence[Line], measured: dict[str, Any]) -> Path:
    """Everything as JSON, named by its time; the file."""
    directory.mkdir(parents=True, exist_ok=True)
    path = directory / f"{datetime.now(UTC):%Y-%m-%dT%H%M%SZ}.json"
    goals = [asdict(line) | {"met": line.met} for line in lines]
    path.write_text(json.dumps({"machine": facts, "goals": goals, "servers": measured}, indent=2) + "\n")
    return path


def _word(line: Line) -> str:
    return "pass" if line.met else "miss"


def _short(value: float) -> str:
    return f"{value:.3g}" if value < 100 else f"{value:.0f}"
