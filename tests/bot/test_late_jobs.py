"""A job that hangs is late, and one that has much to do isn't."""

import asyncio
from datetime import timedelta

from bot.program.worker import Worker
from tests.clocks import StandingClock
from tests.faults.ticking import a_worker
from tests.storage.builders import on_sqlite

STALLED, HUNG = timedelta(seconds=30), timedelta(minutes=10)


async def others_take_their_turn(worker: Worker) -> None:
    for name, job in worker._due_jobs.items():
        if name != "deliver":
            await worker._guarded(name, job)


@on_sqlite
async def test_a_job_at_work_has_longer_than_one_that_takes_no_turn(database_url: str) -> None:
    clock = StandingClock()
    async with a_worker(database_url, clock) as (worker, _database):
        go_on = asyncio.Event()

        async def long_job() -> int:
            await go_on.wait()
            return 1

        working = asyncio.create_task(worker._guarded("deliver", long_job))
        await others_take_their_turn(worker)
        assert worker.late(STALLED, at_work=HUNG) == []
        clock.move(minutes=9)
        assert "deliver" not in worker.late(STALLED, at_work=HUNG)
        assert "open" in worker.late(STALLED, at_work=HUNG)
        clock.move(minutes=2)
        await others_take_their_turn(worker)
        assert worker.late(STALLED, at_work=HUNG) == ["deliver"]
        go_on.set()
        await working
        assert worker.late(STALLED, at_work=HUNG) == []
