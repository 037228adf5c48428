"""A worker is killed at each step of a delivery in turn; the next one does what is left, and nobody is asked twice.

No hook in the program stops it: Slack keeps it waiting, or the database does, and then it gets SIGKILL.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from storage.engine import Database, read_url
from tests.faults.asked import owe_check_ins, prompts_that_are, received
from tests.processes.program import Program, program
from tests.processes.town import Town, town, within

LEASE = 60
QUICK = {"MATURITY_LEASE": str(LEASE), "DELIVERY_SETTLE": "0.1"}
PATIENCE = 600
"""Seconds, which no busy machine takes."""

Kill = Callable[[Town, str, Program], Awaitable[None]]


async def before_the_claim(here: Town, database_url: str, worker: Program) -> None:
    await worker.kill()
    assert await prompts_that_are("pending", database_url) == 1
    here.move(hours=1)


async def after_the_claim(here: Town, database_url: str, worker: Program) -> None:
    """Slack keeps it waiting for the direct message: nothing was sent yet."""
    async with _held(here, "conversations.open"):
        await worker.kill()
        assert await prompts_that_are("sending", database_url) == 1
        assert received(here, here.manager) == 0


async def while_it_is_sent(here: Town, database_url: str, worker: Program) -> None:
    """Slack has the call and carries it out when the worker is dead already."""
    async with _held(here, "chat.postMessage"):
        await worker.kill()
        assert await prompts_that_are("sending", database_url) == 1
        assert received(here, here.manager) == 0
    await _arrives(here)


async def after_the_send(here: Town, database_url: str, worker: Program) -> None:
    """Slack has answered; the database keeps the worker from writing it down."""
    async with AsyncExitStack() as locked:
        async with _held(here, "chat.postMessage"):
            await locked.enter_async_context(_nobody_writes(database_url))
        await _arrives(here)
        await worker.kill()
    assert await prompts_that_are("sending", database_url) == 1


async def after_it_is_written_down(here: Town, database_url: str, worker: Program) -> None:
    here.move(hours=1)

    async def sent() -> bool:
        return await prompts_that_are("sent", database_url) == 1

    await within(PATIENCE, sent)
    await worker.kill()


@pytest.mark.parametrize(
    "kill", [before_the_claim, after_the_claim, while_it_is_sent, after_the_send, after_it_is_written_down]
)
async def test_a_worker_killed_at_any_step_leaves_exactly_one_prompt(
    database_url: str, tmp_path: Path, kill: Kill
) -> None:
    async with town(tmp_path) as here:
        await owe_check_ins(here, database_url, [here.manager], late_by=timedelta(minutes=30))
        environment = here.environment(database_url, **QUICK)
        async with program("worker", environment=environment, directory=tmp_path) as first:
            await kill(here, database_url, first)
        here.move(seconds=LEASE)  # what the dead one had claimed is anybody's
        async with program("worker", environment=environment, directory=tmp_path) as second:

            async def all_is_sent() -> bool:
                return await prompts_that_are("sent", database_url) == 1

            await within(PATIENCE, all_is_sent)
            assert await second.stop() == 0
            assert "ERROR" not in second.said
        assert received(here, here.manager) == 1


@asynccontextmanager
async def _held(here: Town, method: str) -> AsyncIterator[None]:
    """The check-in is due, and Slack has such a call of the worker's; it goes on when the block ends."""
    held = here.sandbox.faults.add(method=method, kind="slow", delay=None)
    here.move(hours=1)
    await here.sandbox.until(lambda: held.times == 0, timeout=PATIENCE)
    yield
    held.release()


async def _arrives(here: Town) -> None:
    await here.sandbox.until(lambda: received(here, here.manager) == 1, timeout=PATIENCE)


@asynccontextmanager
async def _nobody_writes(database_url: str) -> AsyncIterator[None]:
    """A transaction that holds all deliveries."""
    database = Database(read_url(database_url))
    try:
        async with database.begin() as session:
            if not database.is_sqlite:  # on SQLite a transaction that may write keeps all others waiting as it is
                await session.execute(text("LOCK TABLE deliveries IN EXCLUSIVE MODE"))
            yield
    finally:
        await database.close()
