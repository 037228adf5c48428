"""Workers that tick at the same instant: no round is opened or closed twice, and none is left out."""

import asyncio
from collections import Counter
from contextlib import AsyncExitStack
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select

from storage.engine import Database
from storage.kinds import DeliveryKind, RoundState, TeamStep
from storage.models import Delivery, Round, RoundMember, Team
from tests.clocks import StandingClock
from tests.faults.ticking import a_worker, take_what_is_owed
from tests.storage.builders import HOME, NOW, a_team, a_workspace, an_open_round, on_postgresql, people_of
from tests.storage.locks import be_patient

TEAMS = 60
MEMBERS = 4
SLOT = datetime(2026, 9, 15, 15, 0, tzinfo=UTC)


async def _teams_that_are_due(database: Database) -> None:
    """Their rosters are read, and all of them open at SLOT."""
    async with database.begin() as session:
        await a_workspace(session)
        for number in range(TEAMS):
            team = await a_team(
                session, channel_id=f"C{number}", name=f"Team {number}", every_weeks=1,
                next_slot_date=date(2026, 9, 15), next_round_at=SLOT, next_step=TeamStep.OPEN, next_step_at=SLOT,
            )  # fmt: skip
            await people_of(session, team, [f"U{number}X{member}" for member in range(MEMBERS)])


@on_postgresql  # SQLite takes one worker
async def test_workers_that_tick_at_once_open_and_close_each_round_once(database: Database, database_url: str) -> None:
    await _teams_that_are_due(database)
    clock = StandingClock(NOW)
    async with AsyncExitStack() as stack:
        workers = [await stack.enter_async_context(a_worker(database_url, clock)) for _ in range(4)]
        for _worker, own in workers:
            be_patient(own)
        await asyncio.gather(*(worker.open_rounds() for worker, _database in workers))
        async with database.reading() as session:
            opened = list((await session.execute(select(Round))).scalars())
            prompts = list((await session.execute(select(Delivery.key))).scalars())
        assert len(opened) == len({each.team_id for each in opened}) == TEAMS
        assert len(prompts) == len(set(prompts)) == TEAMS * MEMBERS

        clock.move_to(max(each.closes_at for each in opened))
        # Half of a tick's work is sending: the two go on beside each other, as they do in a worker.
        await asyncio.gather(
            *(worker.step_rounds() for worker, _database in workers),
            *(take_what_is_owed(own, now=clock()) for _worker, own in workers),
        )
    async with database.reading() as session:
        closed = list((await session.execute(select(Round))).scalars())
        summaries = await session.execute(select(Delivery.round_id).where(Delivery.kind == DeliveryKind.SUMMARY))
        owed = Counter(summaries.scalars())
        waiting = list((await session.execute(select(Team.next_round_at))).scalars())
    assert {each.state for each in closed} == {RoundState.CLOSED}
    assert owed == Counter(each.id for each in closed)
    assert set(waiting) == {SLOT + timedelta(weeks=1)}
    assert {each.workspace_id for each in closed} == {HOME}


@on_postgresql  # SQLite takes one worker
async def test_of_two_teams_of_the_same_people_that_are_due_at_once_one_is_asked(
    database: Database, database_url: str
) -> None:
    """Twenty times, since two workers don't meet at the same pair each time."""
    pairs = 20
    async with database.begin() as session:
        await a_workspace(session)
        for number in range(2 * pairs):
            team = await a_team(
                session, channel_id=f"C{number}", name=f"Team {number}",
                next_slot_date=date(2026, 9, 15), next_round_at=SLOT, next_step=TeamStep.OPEN, next_step_at=SLOT,
            )  # fmt: skip
            await people_of(session, team, [f"U{number // 2}X{member}" for member in range(MEMBERS)])
    async with AsyncExitStack() as stack:
        workers = [await stack.enter_async_context(a_worker(database_url, StandingClock(NOW))) for _ in range(2)]
        for _worker, own in workers:
            be_patient(own)
        await asyncio.gather(*(worker.open_rounds() for worker, _database in workers))
        await asyncio.gather(*(worker.open_rounds() for worker, _database in workers))
    async with database.reading() as session:
        asked = Counter((await session.execute(select(RoundMember.user_id))).scalars())
        left = list((await session.execute(select(Team.next_round_at))).scalars())
    assert asked == Counter(f"U{number}X{member}" for number in range(pairs) for member in range(MEMBERS))
    assert None not in left
    assert min(each for each in left if each is not None) > SLOT, "the others wait"


@on_postgresql
async def test_what_is_owed_is_taken_once_by_workers_at_once(database: Database, database_url: str) -> None:
    await _teams_that_are_due(database)
    clock = StandingClock(NOW)
    async with AsyncExitStack() as stack:
        workers = [await stack.enter_async_context(a_worker(database_url, clock)) for _ in range(2)]
        await asyncio.gather(*(worker.open_rounds() for worker, _database in workers))
        shares = await asyncio.gather(*(take_what_is_owed(own, now=clock()) for _worker, own in workers))
        rest = await take_what_is_owed(database, now=clock())
    taken = Counter(delivery.key for delivery in [*shares[0], *shares[1], *rest])
    assert len(taken) == TEAMS * MEMBERS
    assert set(taken.values()) == {1}


async def test_a_worker_that_is_stopping_leaves_what_is_due_to_others(database: Database, database_url: str) -> None:
    """It ends within what its host gives it, however much is due."""
    await _teams_that_are_due(database)
    async with a_worker(database_url, StandingClock(NOW)) as (worker, _own):
        worker.start()
        await worker.stop()
        assert await worker.open_rounds() == 0
    async with a_worker(database_url, StandingClock(NOW)) as (worker, _own):
        assert await worker.open_rounds() == TEAMS


@on_postgresql  # SQLite has one writer: there nothing goes on beside it
async def test_a_team_that_somebody_holds_stops_no_other_teams_close(database: Database, database_url: str) -> None:
    """As an operator's session left open does; its round is the longest overdue, so each tick begins with it."""
    async with database.begin() as session:
        stuck, free = await a_team(session, channel_id="C1"), await a_team(session, channel_id="C2")
        await an_open_round(session, stuck, closes_at=NOW - timedelta(minutes=1))
        await an_open_round(session, free, closes_at=NOW)

    async def states() -> list[RoundState]:
        async with database.reading() as session:
            return list((await session.execute(select(Round.state).order_by(Round.closes_at))).scalars())

    async with a_worker(database_url, StandingClock(NOW)) as (worker, _own):
        async with database.begin() as session:
            await session.execute(select(Team.id).where(Team.id == stuck.id).with_for_update())
            assert await worker.step_rounds() == 1
            assert await states() == [RoundState.OPEN, RoundState.CLOSED]
        # It was nobody's fault: its turn comes with the next tick, not after a while.
        assert await worker.step_rounds() == 1
    assert await states() == [RoundState.CLOSED, RoundState.CLOSED]
