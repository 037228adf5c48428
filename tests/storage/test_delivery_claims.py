"""Workers at the same time, and how many messages a workspace takes."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from datetime import timedelta
from uuid import UUID

import pytest

from storage import claims, deliveries
from storage.claims import Allowance, Lane, lane_of
from storage.deliveries import Owed
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
    database: Database,
    *,
    worker: int = 1,
    seconds: float = 0,
    limit: int = 100,
    allowance: Allowance = ALLOWANCE,
    each: int | None = None,
    busy: Mapping[str, int] | None = None,
    lane: Lane = Lane.POSTS,
) -> list[str]:
    """Keys of what a worker gets, so many seconds after NOW."""
    async with database.begin() as session:
        claimed = await claims.claim(
            session,
            worker=UUID(int=worker),
            now=NOW + timedelta(seconds=seconds),
            lease=LEASE,
            allowance=allowance,
            limit=limit,
            each=each,
            busy=busy or {},
            lane=lane,
        )
        return [delivery.key for delivery, _ in claimed]


@pytest.fixture
async def workers(database: Database, database_url: str) -> AsyncIterator[list[Database]]:
    """Four workers in two processes, as far as the database can tell."""
    other = Database(read_url(database_url))
    yield [database, other, database, other]
    await other.close()


@pytest.mark.waits
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
        claimed = await claims.claim(session, worker=UUID(int=1), now=NOW, lease=LEASE, allowance=ALLOWANCE, limit=3)
        assert {delivery.workspace_id for delivery, _ in claimed} == {HOME}
        assert sorted(await _claim(database, worker=2, limit=3)) == [f"{ELSEWHERE}:{number}" for number in range(3)]


@pytest.mark.waits
async def test_workers_at_once_share_one_allowance_even_at_the_first_messages_of_a_workspace(
    workers: list[Database],
) -> None:
    await _owe(workers[0], 60)
    shares = await asyncio.gather(
        *(_claim(through, worker=number, limit=15) for number, through in enumerate(workers * 2))
    )
    rest = await _claim(workers[0])
    assert sum(map(len, shares)) + len(rest) == ALLOWANCE.burst


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
        await claims.push_back(session, HOME, now=NOW, until=NOW + timedelta(seconds=30), allowance=ALLOWANCE)
    assert await _claim(database, seconds=29.9, worker=2) == []
    assert len(await _claim(database, seconds=30, worker=2)) == 1  # one to try, then at the rate
    assert len(await _claim(database, seconds=31, worker=1)) == 2  # the rate is half of what it was


async def test_files_and_messages_are_drawn_from_allowances_of_their_own(database: Database) -> None:
    await _owe(database, 30)
    files = [Owed(key=f"file:{n}", kind=DeliveryKind.FILE, due=NOW - timedelta(hours=1)) for n in range(30)]
    async with database.begin() as session:
        await deliveries.owe(session, workspace_id=HOME, messages=files)
    assert len(await _claim(database)) == ALLOWANCE.burst, "older files take no message's place"
    assert len(await _claim(database, lane=Lane.FILES)) == ALLOWANCE.burst
    async with database.begin() as session:
        until = NOW + timedelta(seconds=30)
        await claims.push_back(session, HOME, now=NOW, until=until, allowance=ALLOWANCE, lane=Lane.FILES)
    assert await _claim(database, seconds=29, lane=Lane.FILES) == []
    assert await _claim(database, seconds=29) != [], "too many files are not too many messages"


@pytest.mark.parametrize("kind", DeliveryKind)
async def test_a_kind_is_claimed_in_its_lane_and_in_no_other(database: Database, kind: DeliveryKind) -> None:
    async with database.begin() as session:
        await a_workspace(session)
        await deliveries.owe(session, workspace_id=HOME, messages=[Owed(key="it", kind=kind, due=NOW)])
    found = [lane for lane in Lane if await _claim(database, lane=lane)]
    assert found == [lane_of(kind)]


async def test_a_shorter_wait_never_cuts_a_longer_one_short(database: Database) -> None:
    await _owe(database, 60)
    await _claim(database)
    async with database.begin() as session:
        await claims.push_back(session, HOME, now=NOW, until=NOW + timedelta(seconds=30), allowance=ALLOWANCE)
        await claims.push_back(session, HOME, now=NOW, until=NOW + timedelta(seconds=5), allowance=ALLOWANCE)
    assert await _claim(database, seconds=10) == []


async def test_a_claim_takes_no_more_than_its_limit(database: Database) -> None:
    await _owe(database, 10)
    assert len(await _claim(database, limit=3)) == 3
    assert len(await _claim(database, limit=100)) == 7


async def test_an_allowance_halves_once_a_wave_and_creeps_back_with_what_is_taken(database: Database) -> None:
    await _owe(database, 500)
    await _claim(database)

    async def too_many(seconds: float) -> None:
        async with database.begin() as session:
            at = NOW + timedelta(seconds=seconds)
            await claims.push_back(session, HOME, now=at, until=at + timedelta(seconds=1), allowance=ALLOWANCE)

    for late in (0.0, 0.1, 0.2):  # ten messages were in the air: each gets the same answer
        await too_many(late)
    assert len(await _claim(database, seconds=1.2)) == 1
    by_second = [len(await _claim(database, seconds=2.2 + second)) for second in range(60)]
    assert by_second[0] == 2
    assert by_second[-1] == 4
    assert sorted(by_second) == by_second or max(by_second) == 4
    for second in (70, 80, 90, 100, 110, 120):
        await too_many(second)
    assert len(await _claim(database, seconds=200)) >= 1  # never down to nothing


async def test_a_workspace_gets_no_more_of_a_worker_than_its_share(database: Database) -> None:
    await _owe(database, 50, late_by=timedelta(minutes=5))
    await _owe(database, 4, workspace_id=ELSEWHERE)
    first = Counter(key.split(":")[0] for key in await _claim(database, each=6, limit=20))
    assert first == {HOME: 6, ELSEWHERE: 4}
    assert await _claim(database, each=6, busy={HOME: 6}, limit=20) == []
    assert len(await _claim(database, each=6, busy={HOME: 4}, limit=20)) == 2


async def test_many_workspaces_with_long_queues_are_served_in_turn(database: Database) -> None:
    """Each claim serves those that were served least: none waits for another's queue to end."""
    names = [f"T{number:03}" for number in range(12)]
    for number, name in enumerate(names):
        await _owe(database, 40, workspace_id=name, late_by=timedelta(minutes=20 - number))
    served: Counter[str] = Counter()
    for tick in range(3):
        claimed = await _claim(database, seconds=tick, limit=30, each=5)
        assert len(claimed) == 30
        served.update(key.split(":")[0] for key in claimed)
    assert set(served) == set(names)


async def test_a_channel_takes_one_post_a_second_and_the_people_in_it_wait_for_none(database: Database) -> None:
    posts = [
        Owed(key=f"post:{number}", kind=DeliveryKind.SHARE, due=NOW - timedelta(seconds=9 - number), channel_id="C1")
        for number in range(3)
    ]
    elsewhere = Owed(key="other", kind=DeliveryKind.SHARE, due=NOW, channel_id="C2")
    to_person = Owed(key="person", kind=DeliveryKind.PROMPT, due=NOW, channel_id="C1", user_id="U1")
    async with database.begin() as session:
        await a_workspace(session)
        await deliveries.owe(session, workspace_id=HOME, messages=[*posts, elsewhere, to_person])
    assert sorted(await _claim(database)) == ["other", "person", "post:0"]
    assert await _claim(database, seconds=0.9) == []
    assert len(await _claim(database, seconds=1)) == 1
    assert len(await _claim(database, seconds=2)) == 1


async def test_a_claim_passes_by_thousands_of_rows_of_a_spent_workspace(database: Database) -> None:
    await _owe(database, 3_000, late_by=timedelta(hours=1))
    assert len(await _claim(database)) == 20
    await _owe(database, 1, workspace_id=ELSEWHERE)
    assert await _claim(database, limit=10) == [f"{ELSEWHERE}:0"]
