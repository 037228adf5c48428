"""Workers at the same time, and how many messages a workspace takes."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import UUID

import pytest

from storage import deliveries
from storage.deliveries import Allowance, Owed
from storage.engine import Database, read_url
from storage.kinds import DeliveryKind
from tests.storage.builders import ELSEWHERE, HOME, NOW, a_workspace, on_postgresql

LEASE = timedelta(seconds=60)
ALLOWANCE = Allowance(rate=4, burst=20)
PLENTY = Allowance(rate=10_000, burst=10_000)


async def _owe(database: Database, count: int, *, workspace_id: str = HOME, late_by: timedelta = timedelta(0)) -> None:
    """So many messages, due at NOW or so much earlier."""
    messages = [
        Owed(key=f"{workspace_id}:{number}", kind=DeliveryKind.PROMPT, due=NOW - late_by) for number in range(count)
    ]
    async with database.begin() as session:
        await a_workspace(session, workspace_id)
        await deliveries.owe(session, workspace_id=workspace_id, messages=messages)


async def _claim(
    database: Database, *, worker: int = 1, seconds: float = 0, limit: int = 100, allowance: Allowance = ALLOWANCE
) -> list[str]:
    """Keys of what a worker gets, so many seconds after NOW."""
    async with database.begin() as session:
        claimed = await deliveries.claim(
            session,
            worker=UUID(int=worker),
            now=NOW + timedelta(seconds=seconds),
            lease=LEASE,
            allowance=allowance,
            limit=limit,
        )
        return [delivery.key for delivery, _ in claimed]


@pytest.fixture
async def workers(database: Database, database_url: str) -> AsyncIterator[list[Database]]:
    """Four workers in two processes, as far as the database can tell."""
    other = Database(read_url(database_url))
    yield [database, other, database, other]
    await other.close()


async def test_workers_at_once_never_take_the_same_delivery_and_leave_none(workers: list[Database]) -> None:
    await _owe(workers[0], 120)

    async def work(number: int, through: Database) -> list[str]:
        taken: list[str] = []
        while batch := await _claim(through, worker=number, limit=7, allowance=PLENTY):
            taken += batch
        return taken

    shares = await asyncio.gather(*(work(number, through) for number, through in enumerate(workers)))
    taken = Counter(key for share in shares for key in share)
    assert len(taken) == 120
    assert set(taken.values()) == {1}


@on_postgresql  # SQLite has one writer: the second waits for the first
async def test_a_worker_that_is_claiming_holds_up_no_other(database: Database) -> None:
    await _owe(database, 3, late_by=timedelta(minutes=1))
    await _owe(database, 3, workspace_id=ELSEWHERE)
    async with database.begin() as session:
        claimed = await deliveries.claim(
            session, worker=UUID(int=1), now=NOW, lease=LEASE, allowance=ALLOWANCE, limit=3
        )
        assert {delivery.workspace_id for delivery, _ in claimed} == {HOME}
        assert sorted(await _claim(database, worker=2, limit=3)) == [f"{ELSEWHERE}:{number}" for number in range(3)]


async def test_workers_at_once_share_one_allowance_even_at_the_first_messages_of_a_workspace(
    workers: list[Database],
) -> None:
    await _owe(workers[0], 60)
    shares = await asyncio.gather(
        *(_claim(through, worker=number, limit=15) for number, through in enumerate(workers * 2))
    )
    assert sum(map(len, shares)) == ALLOWANCE.burst


async def test_a_workspace_takes_a_burst_and_then_its_rate(database: Database) -> None:
    await _owe(database, 100)
    assert len(await _claim(database)) == 20
    assert await _claim(database, seconds=0.249) == []
    assert len(await _claim(database, seconds=0.25)) == 1
    assert len(await _claim(database, seconds=1.25)) == 4
    assert len(await _claim(database, seconds=31.25)) == 20  # a pause saves up one burst and no more


async def test_a_minute_of_ticks_uses_the_whole_allowance_and_no_more(database: Database) -> None:
    await _owe(database, 300)
    got = [len(await _claim(database, seconds=tick, limit=50)) for tick in range(31)]
    assert sum(got) == 20 + 30 * 4
    assert max(got[1:]) == 4


async def test_what_is_held_back_keeps_its_order(database: Database) -> None:
    await _owe(database, 22, late_by=timedelta(minutes=1))
    assert len(await _claim(database)) == 20
    async with database.begin() as session:
        newer = Owed(key="newer", kind=DeliveryKind.PROMPT, due=NOW)
        await deliveries.owe(session, workspace_id=HOME, messages=[newer])
    held_back = await _claim(database, seconds=0.5)
    assert len(held_back) == 2
    assert "newer" not in held_back
    assert await _claim(database, seconds=0.75) == ["newer"]


async def test_a_workspace_that_has_spent_its_allowance_holds_up_nobody_else(database: Database) -> None:
    """Its hundreds of waiting messages are older, and more than a claim's limit: they must not fill every claim."""
    await _owe(database, 500, late_by=timedelta(minutes=5))
    await _owe(database, 3, workspace_id=ELSEWHERE)
    by_workspace = Counter(key.split(":")[0] for key in await _claim(database))
    assert by_workspace == {HOME: 20, ELSEWHERE: 3}


async def test_too_many_requests_stop_that_workspace_for_every_worker_until_the_time_slack_named(
    database: Database,
) -> None:
    await _owe(database, 60)
    await _owe(database, 1, workspace_id=ELSEWHERE)
    await _claim(database)
    async with database.begin() as session:
        await deliveries.push_back(session, HOME, until=NOW + timedelta(seconds=30), allowance=ALLOWANCE)
    assert await _claim(database, seconds=29.9, worker=2) == []
    assert len(await _claim(database, seconds=30, worker=2)) == 1  # one to try, then at the rate
    assert len(await _claim(database, seconds=31, worker=1)) == 4


async def test_a_shorter_wait_never_cuts_a_longer_one_short(database: Database) -> None:
    await _owe(database, 60)
    await _claim(database)
    async with database.begin() as session:
        await deliveries.push_back(session, HOME, until=NOW + timedelta(seconds=30), allowance=ALLOWANCE)
        await deliveries.push_back(session, HOME, until=NOW + timedelta(seconds=5), allowance=ALLOWANCE)
    assert await _claim(database, seconds=10) == []


async def test_a_claim_takes_no_more_than_its_limit(database: Database) -> None:
    await _owe(database, 10)
    assert len(await _claim(database, limit=3)) == 3
    assert len(await _claim(database, limit=100)) == 7
