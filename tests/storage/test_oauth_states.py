import asyncio
import logging
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from storage.engine import Database
from storage.installations import MOST_STATES, StateStore, TooManyStatesError
from storage.models import OAuthState
from tests.storage.builders import NOW


class Clock:
    """A clock that goes when it is told to."""

    def __init__(self) -> None:
        self.time = NOW

    def __call__(self) -> datetime:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def states(database: Database, clock: Clock) -> StateStore:
    return StateStore(database, now=clock)


async def test_a_state_is_good_once(states: StateStore) -> None:
    state = await states.async_issue()
    assert await states.async_consume(state)
    assert not await states.async_consume(state)


@pytest.mark.waits
async def test_a_state_brought_twice_at_once_is_good_for_one(states: StateStore) -> None:
    state = await states.async_issue()
    outcomes = await asyncio.gather(*(states.async_consume(state) for _ in range(4)))
    assert sorted(outcomes) == [False, False, False, True]


async def test_a_state_that_was_never_issued_is_not_good(states: StateStore) -> None:
    await states.async_issue()
    assert not await states.async_consume("made up")


@pytest.mark.parametrize(("after", "good"), [(timedelta(minutes=9, seconds=59), True), (timedelta(minutes=10), False)])
async def test_a_state_lasts_ten_minutes(states: StateStore, clock: Clock, after: timedelta, *, good: bool) -> None:
    state = await states.async_issue()
    clock.time += after
    assert await states.async_consume(state) is good
    assert not await states.async_consume(state)


async def test_whoever_asks_for_states_without_end_fills_no_table_and_others_can_install_later(
    database: Database, states: StateStore, clock: Clock
) -> None:
    async with database.begin() as session:
        session.add_all(
            OAuthState(state=str(each), expires_at=NOW + timedelta(minutes=1)) for each in range(MOST_STATES)
        )
    with pytest.raises(TooManyStatesError):
        await states.async_issue()
    clock.time += timedelta(minutes=1)
    assert await states.async_consume(await states.async_issue())


async def test_a_state_can_be_made_to_last_longer(database: Database, clock: Clock) -> None:
    states = StateStore(database, now=clock, lasting=timedelta(hours=1))
    state = await states.async_issue()
    clock.time += timedelta(minutes=59)
    assert await states.async_consume(state)


async def test_states_that_ran_out_are_cleared_away_when_the_next_is_issued(
    database: Database, states: StateStore, clock: Clock
) -> None:
    for _ in range(3):
        await states.async_issue()
    clock.time += timedelta(minutes=10)
    await states.async_issue()
    async with database.reading() as session:
        assert len((await session.execute(select(OAuthState))).all()) == 1


async def test_reading_the_table_gives_nobody_a_state_that_works(database: Database, states: StateStore) -> None:
    state = await states.async_issue()
    async with database.reading() as session:
        stored = (await session.execute(select(OAuthState.state))).scalar_one()
    assert stored != state
    assert not await states.async_consume(stored)
    assert await states.async_consume(state)


async def test_no_two_states_are_alike(states: StateStore) -> None:
    issued = {await states.async_issue() for _ in range(5)}
    assert len(issued) == 5
    assert min(map(len, issued)) >= 43  # 256 bits


async def test_the_states_log_under_their_own_name(states: StateStore) -> None:
    assert states.logger is logging.getLogger("storage.installations")
