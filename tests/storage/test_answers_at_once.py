"""Taps that arrive at the same time, and taps that meet the close."""

import asyncio
import itertools
from collections import Counter
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text

from storage import answers, rounds, taps
from storage.answers import Saved
from storage.engine import Database, read_url
from tests.storage.builders import DIMENSIONS, HOME, MEMBERS, NOW, a_round_with, close, tap

ME = MEMBERS[0]
TEAM = tuple(f"U0MEMBER{number}" for number in range(8))


@pytest.fixture
async def processes(database: Database, database_url: str) -> AsyncIterator[list[Database]]:
    """Two ways to one database that share no lock, as two processes don't."""
    other = Database(read_url(database_url))
    yield [database, other]
    await other.close()


@pytest.mark.waits
async def test_five_taps_of_one_member_at_once_complete_the_check_in_once(processes: list[Database]) -> None:
    round_id = await a_round_with(processes[0])
    on_postgresql_together = asyncio.Barrier(1 if processes[0].is_sqlite else 5)

    async def answer(through: Database, dimension: str) -> bool:
        async with through.begin() as session:
            await session.execute(text("SELECT 1"))  # connects, so that all five begin before one ends
            await on_postgresql_together.wait()
            assert await tap(session, round_id, ME, dimension=dimension) is Saved.KEPT
            own = await answers.own(session, round_id=round_id, user_id=ME, dimensions=DIMENSIONS)
            return len(own) == 5 and await session.run_sync(taps.complete, round_id=round_id, user_id=ME, now=NOW)

    completed = await asyncio.gather(*map(answer, itertools.cycle(processes), DIMENSIONS))
    assert sorted(completed) == [False, False, False, False, True]


@pytest.mark.waits
async def test_many_taps_on_one_question_leave_the_newest(processes: list[Database]) -> None:
    round_id = await a_round_with(processes[0])

    async def answer(through: Database, number: int) -> None:
        async with through.begin() as session:
            await tap(session, round_id, ME, level=number % 4 + 1, tapped_us=number)

    await asyncio.gather(*map(answer, itertools.cycle(processes), [7, 3, 19, 1, 12, 18, 5, 16, 2, 11]))
    async with processes[0].reading() as session:
        own = await answers.own(session, round_id=round_id, user_id=ME, dimensions=["A"])
    assert own["A"].level == 19 % 4 + 1


@pytest.mark.waits
async def test_a_members_taps_and_notes_at_once_wait_for_each_other_without_a_deadlock(
    processes: list[Database],
) -> None:
    round_id = await a_round_with(processes[0])
    async with processes[0].begin() as session:
        await tap(session, round_id, ME, dimension="A", tapped_us=1)

    async def answer(through: Database, number: int) -> Saved:
        async with through.begin() as session:
            return await tap(session, round_id, ME, dimension=DIMENSIONS[number % 5], tapped_us=100 + number)

    async def note(through: Database, number: int) -> Saved:
        async with through.begin() as session:
            return await answers.save_notes(
                session, workspace_id=HOME, round_id=round_id, user_id=ME, notes={"A": f"note {number}"}, now=NOW
            )

    outcomes = await asyncio.gather(
        *(kind(through, number) for number in range(12) for kind in (answer, note) for through in processes)
    )
    assert set(outcomes) <= {Saved.KEPT, Saved.OLDER}


@pytest.mark.waits
@pytest.mark.parametrize("taps_before_the_close", [20, 80, 140])
async def test_taps_that_meet_the_close_are_counted_or_refused_and_none_stays_behind(
    processes: list[Database], taps_before_the_close: int
) -> None:
    """Everybody goes on tapping until they are refused, so that the close is met for certain."""
    if processes[0].is_sqlite:
        del processes[1]  # two processes on one file take turns by polling: fair enough for people, not for this
    round_id = await a_round_with(processes[0], members=TEAM)
    kept: dict[tuple[str, str], list[tuple[int, int]]] = {}
    refused: list[Saved] = []
    enough = asyncio.Event()

    async def keep_tapping(through: Database, user_id: str) -> None:
        for tapped_us, dimension in enumerate(itertools.cycle(DIMENSIONS), start=1):
            level = (tapped_us * tapped_us + int(user_id[-1])) % 4 + 1
            async with through.begin() as session:
                outcome = await tap(session, round_id, user_id, dimension=dimension, level=level, tapped_us=tapped_us)
            if outcome is not Saved.KEPT:
                refused.append(outcome)
                return
            kept.setdefault((user_id, dimension), []).append((tapped_us, level))
            if sum(map(len, kept.values())) >= taps_before_the_close:
                enough.set()

    async def close_midway(through: Database) -> None:
        await enough.wait()
        async with through.begin() as session:
            await close(session, round_id, minimum=1)

    await asyncio.gather(*map(keep_tapping, itertools.cycle(processes), TEAM), close_midway(processes[-1]))

    expected: dict[str, dict[int, int]] = {}
    for (_, dimension), tapped in kept.items():
        level = max(tapped)[1]
        expected.setdefault(dimension, Counter())[level] += 1
    async with processes[0].reading() as session:
        assert (await answers.counts(session, round_ids=[round_id]))[round_id] == expected
        assert await answers.progress(session, round_id=round_id) == (0, len(TEAM))
        assert await rounds.attendance(session, round_id) == (len({user for user, _ in kept}), len(TEAM))
    assert refused == [Saved.CLOSED] * len(TEAM)


@pytest.mark.waits
async def test_two_closes_at_once_count_once(processes: list[Database]) -> None:
    round_id = await a_round_with(processes[0])
    async with processes[0].begin() as session:
        for user_id in MEMBERS:
            await tap(session, round_id, user_id, level=3)

    async def close_if_open(through: Database) -> bool:
        async with through.begin() as session:
            held = await rounds.hold(session, round_id)
            if held is None or held.closed_at is not None:
                return False
            await close(session, round_id)
            return True

    assert sorted(await asyncio.gather(*map(close_if_open, processes * 2))) == [False, False, False, True]
    async with processes[0].reading() as session:
        assert (await answers.counts(session, round_ids=[round_id]))[round_id] == {"A": {3: 5}}
