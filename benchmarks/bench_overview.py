"""The overview of 1,000 teams from counts, beside a scan of their answers; one team's summary as answers grow."""

import asyncio
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from datetime import time as wall_time
from pathlib import Path
from typing import Any

from sqlalchemy import func, insert, select, text
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncSession

from benchmarks import servers
from benchmarks.report import Line
from bot.kit.rubrics import Rubrics
from bot.overview import standings
from bot.summary import result
from rubric import load, to_json
from storage import answers, migrate, overview
from storage.answers import CANT_SAY, Counts
from storage.engine import Database, read_url
from storage.kinds import Privacy, RoundState
from storage.models import Answer, Round, RubricVersion, Team, Workspace
from storage.overview import Scope

TEAMS, ROUNDS, MEMBERS = 1_000, 5, 24
"""With five dimensions these are 600,000 answers, 600 a team."""
HOME = "T0HOME"
NOW = datetime(2026, 9, 15, 15, tzinfo=UTC)
TURNS = 15
GOALS = {"SQLite": 0.35, "PostgreSQL": 0.6}
MADE = (
    (
        "INSERT INTO round_members (round_id, user_id, opens_at, render, took_part, nudges, skipped) "
        "SELECT rounds.id, 'U' || people.number, rounds.opened_at, 0, true, 0, false FROM rounds, people"
    ),
    (
        "INSERT INTO answers (round_id, dimension, user_id, level, tapped_us) "
        "SELECT rounds.id, dimensions.key, 'U' || people.number, "
        "1 + (rounds.id + people.number * people.number + dimensions.number) % 4, 1 "
        "FROM rounds, dimensions, people"
    ),
    (
        "INSERT INTO round_counts (round_id, dimension, level, answers) "
        "SELECT round_id, dimension, level, count(*) FROM answers GROUP BY round_id, dimension, level"
    ),
)


async def measure() -> tuple[list[Line], dict[str, Any]]:
    """Goal 8, on both databases."""
    lines: list[Line] = []
    measured: dict[str, Any] = {}
    with ExitStack() as stack:
        directory = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="maturity-benchmark-")))
        urls = {
            "SQLite": [read_url(f"sqlite:///{directory / name}.db") for name in ("few", "many")],
            "PostgreSQL": [stack.enter_context(servers.postgresql(suffix)) for suffix in ("_few", "_many")],
        }
        for name, (few, many) in urls.items():
            found = measured[name] = await _of(few, many)
            lines += [
                Line(f"goal 8: {name}, overview of {TEAMS:,} teams from counts, ratio to a scan of answers",
                     found["ratio"], GOALS[name]),
                Line(f"goal 8: {name}, one team's summary at 600,000 answers, ratio to 600", found["grown"], 1.15),
                Line(f"{name}, an overview of {TEAMS:,} teams", found["overview_ms"], 1000, " ms"),
            ]  # fmt: skip
    return lines, measured


async def _of(few_url: URL, many_url: URL) -> dict[str, Any]:
    rubrics = Rubrics(load())
    few, many = await _filled(few_url, rubrics, teams=1), await _filled(many_url, rubrics, teams=TEAMS)
    try:
        pairs = [
            (await _timed(lambda: _result(many, _from_counts)), await _timed(lambda: _result(many, _from_answers)))
            for _ in range(TURNS)
        ]
        alone = [
            (await _timed(lambda: _summary(few, rubrics)), await _timed(lambda: _summary(many, rubrics)))
            for _ in range(20 * TURNS)
        ]
        return {
            "ratio": statistics.median(counted / scanned for counted, scanned in pairs),
            "counted_ms": statistics.median(counted for counted, _scanned in pairs),
            "scanned_ms": statistics.median(scanned for _counted, scanned in pairs),
            "grown": statistics.median(there / here for here, there in alone),
            "summary_ms": statistics.median(there for _here, there in alone),
            "overview_ms": statistics.median([await _timed(lambda: _overview(many, rubrics)) for _ in range(TURNS)]),
        }
    finally:
        await few.close()
        await many.close()


async def _filled(url: URL, rubrics: Rubrics, *, teams: int) -> Database:
    """A database with so many teams, their closed rounds and all answers."""
    await asyncio.to_thread(migrate.upgrade, url)
    database = Database(url)
    await _begin(database, rubrics)
    await _grow(database, rubrics, teams)
    return database


async def _timed(work: Callable[[], Awaitable[Any]]) -> float:
    """Milliseconds that it takes."""
    begun = time.perf_counter()
    await work()
    return 1000 * (time.perf_counter() - begun)


async def _from_counts(session: AsyncSession) -> Counts:
    """As the product has it."""
    return await overview.counts(session, Scope(HOME))


async def _from_answers(session: AsyncSession) -> Counts:
    """The same, had only answers been kept."""
    level = func.coalesce(Answer.level, CANT_SAY)
    newest = select(Round.id).where(Round.workspace_id == HOME, Round.number == ROUNDS)
    return await answers.together(
        session,
        select(Answer.round_id, Answer.dimension, level, func.count())
        .where(Answer.round_id.in_(newest))
        .group_by(Answer.round_id, Answer.dimension, level),
    )


async def _result(database: Database, source: Callable[[AsyncSession], Awaitable[Counts]]) -> None:
    """How many chose what in every team's last round, read one way or the other; what follows is the same for both."""
    async with database.reading() as session:
        assert len(await source(session)) == TEAMS


async def _overview(database: Database, rubrics: Rubrics) -> None:
    """All of it, as `/maturity overview` has it."""
    async with database.reading() as session:
        found = await standings.of(session, Scope(HOME), reader="U0ADMIN", rubrics=rubrics)
    assert len(found.teams) == TEAMS


async def _summary(database: Database, rubrics: Rubrics) -> None:
    async with database.reading() as session:
        assert await result.latest(session, 1, reader="U0ADMIN", rubrics=rubrics) is not None


async def _begin(database: Database, rubrics: Rubrics) -> None:
    """A workspace, and what the answers are made from: people and dimensions."""
    model = rubrics.current
    async with database.begin() as session:
        session.add(Workspace(id=HOME, name="", url="", bot_user_id="U", bot_id="B", minimum=4, installed_at=NOW))
        await session.flush()
        session.add(RubricVersion(workspace_id=HOME, version=model.version, document=to_json(model)))
        await session.execute(text("CREATE TABLE people_made (number INTEGER PRIMARY KEY)"))
        await session.execute(text("CREATE TABLE dimensions_made (number INTEGER PRIMARY KEY, key VARCHAR(1))"))
        for number in range(MEMBERS):
            await session.execute(text("INSERT INTO people_made VALUES (:number)"), {"number": number})
        for number, dimension in enumerate(model.dimensions):
            row = {"number": number, "key": dimension.key}
            await session.execute(text("INSERT INTO dimensions_made VALUES (:number, :key)"), row)


async def _grow(database: Database, rubrics: Rubrics, teams: int) -> None:
    """Teams with closed rounds, named ones, which keep their answers beside the counts."""
    async with database.begin() as session:
        await session.execute(insert(Team), [
            {"id": number + 1, "workspace_id": HOME, "channel_id": f"C{number}", "name": f"Team {number}",
             "every_weeks": 13, "weekday": "tuesday", "local_time": wall_time(10), "time_zone": "America/Chicago",
             "anchor": NOW.date(), "created_at": NOW}
            for number in range(teams)
        ])  # fmt: skip
        await session.execute(insert(Round), [
            {"workspace_id": HOME, "team_id": number + 1, "number": each + 1, "state": RoundState.CLOSED,
             "privacy": Privacy.NAMED, "minimum": 4, "rubric_version": rubrics.current.version,
             "opened_at": NOW + timedelta(weeks=each), "closes_at": NOW + timedelta(weeks=each, days=3),
             "closed_at": NOW + timedelta(weeks=each, days=3), "channel_id": f"C{number}"}
            for number in range(teams) for each in range(ROUNDS)
        ])  # fmt: skip
        for statement in MADE:
            made = statement.replace("people", "people_made").replace("dimensions", "dimensions_made")
            await session.execute(text(made))
        await session.execute(text("ANALYZE"))
