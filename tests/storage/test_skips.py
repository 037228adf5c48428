"""A member who leaves a round out."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import text

from storage import answers, rounds, taps
from storage.engine import Database, read_url
from storage.models import RoundMember
from tests.storage.builders import (
    ELSEWHERE,
    HOME,
    MEMBERS,
    NOW,
    a_round_with,
    a_team,
    a_workspace,
    an_open_round,
    close,
    member_of,
    on_postgresql,
    tap,
)

ME, COLLEAGUE = MEMBERS[:2]


async def _skip(
    database: Database,
    round_id: int,
    user_id: str = ME,
    *,
    workspace_id: str = HOME,
    after: timedelta = timedelta(0),
    skipped: bool = True,
) -> bool:
    async with database.begin() as session:
        return await rounds.skip(
            session, workspace_id=workspace_id, round_id=round_id, user_id=user_id, now=NOW + after, skipped=skipped
        )


async def test_who_skips_a_round_takes_their_own_answers_out_of_it(database: Database) -> None:
    round_id = await a_round_with(database)
    async with database.begin() as session:
        for user_id in (ME, COLLEAGUE):
            await tap(session, round_id, user_id)
        await session.run_sync(taps.complete, round_id=round_id, user_id=ME, now=NOW)
    assert await _skip(database, round_id)
    async with database.reading() as session:
        assert await answers.progress(session, round_id=round_id) == (1, 5)
        assert await answers.own(session, round_id=round_id, user_id=ME, dimensions=["A"]) == {}
    skipping: RoundMember = await member_of(database, round_id)
    assert (skipping.skipped, skipping.completed_at) == (True, None)
    assert not (await member_of(database, round_id, COLLEAGUE)).skipped


async def test_who_skipped_can_come_back_while_the_round_is_open(database: Database) -> None:
    round_id = await a_round_with(database)
    await _skip(database, round_id)
    assert await _skip(database, round_id, skipped=False)
    assert not (await member_of(database, round_id)).skipped


async def test_nobody_skips_a_round_that_is_over_not_theirs_or_another_workspaces(database: Database) -> None:
    round_id = await a_round_with(database)
    async with database.begin() as session:
        await a_workspace(session, ELSEWHERE)
        await tap(session, round_id)
    assert not await _skip(database, round_id, "U0STRANGER")
    assert not await _skip(database, round_id, workspace_id=ELSEWHERE)
    assert not await _skip(database, round_id, after=timedelta(days=3))
    async with database.begin() as session:
        await close(session, round_id, erase=False)
    assert not await _skip(database, round_id)
    assert not (await member_of(database, round_id)).skipped
    async with database.reading() as session:
        assert await answers.progress(session, round_id=round_id) == (1, 5)


@pytest.mark.waits
async def test_a_skip_that_meets_the_close_never_lets_a_group_below_the_minimum_through(
    database: Database, database_url: str
) -> None:
    """Four answered, and one of them leaves while the round closes: four are counted, or none."""
    async with database.begin() as session:
        round_ids = [
            (await an_open_round(session, await a_team(session, channel_id=f"C{number}"))).id for number in range(12)
        ]
        for round_id in round_ids:
            for user_id in MEMBERS[:4]:
                await tap(session, round_id, user_id, level=2)
    other = Database(read_url(database_url))

    async def close_it(round_id: int) -> None:
        async with other.begin() as session:
            await close(session, round_id, minimum=4)

    try:
        outcomes = await asyncio.gather(
            *(each for round_id in round_ids for each in (close_it(round_id), _skip(database, round_id)))
        )
    finally:
        await other.close()
    async with database.reading() as session:
        counts = await answers.counts(session, round_ids=round_ids)
    assert [counts.get(round_id, {}) for round_id in round_ids] == [
        {} if skipped else {"A": {2: 4}} for skipped in outcomes[1::2]
    ]


@pytest.mark.waits
@on_postgresql  # SQLite has one writer, which is the close
async def test_a_skip_waits_for_a_close_that_has_begun_and_is_then_too_late(database: Database) -> None:
    round_id = await a_round_with(database)
    async with database.begin() as session:
        await tap(session, round_id)
    waiting = text(
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    )
    async with database.begin() as session:
        await rounds.hold(session, round_id)
        skipping = asyncio.create_task(_skip(database, round_id))
        async with database.reading() as onlooker:
            while not skipping.done() and (await onlooker.execute(waiting)).scalar_one() == 0:
                await onlooker.execute(text("SELECT pg_stat_clear_snapshot()"))
        assert not skipping.done()
        await close(session, round_id, minimum=1)
    assert await skipping is False
    assert not (await member_of(database, round_id)).skipped
