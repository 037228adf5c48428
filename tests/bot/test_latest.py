"""Jobs that overtake each other: the newest word counts, in whichever order they come."""

import asyncio

import pytest

from bot.kit.latest_wins import REMEMBERED, LatestWins


async def ran(orders: list[str], *, together: bool) -> list[str]:
    """Which of these jobs about one thing did run, begun in this order."""
    latest, done = LatestWins(), list[str]()

    async def job(order: str) -> None:
        async def write() -> None:
            await asyncio.sleep(0)
            done.append(order)

        await latest.run("V1", order, write)

    if together:
        await asyncio.gather(*map(job, orders))
    else:
        for order in orders:
            await job(order)
    return done


@pytest.mark.waits
async def test_a_job_that_comes_after_a_newer_one_is_left_out() -> None:
    assert await ran(["2", "1"], together=False) == ["2"]
    assert await ran(["1", "2"], together=False) == ["1", "2"]


@pytest.mark.waits
async def test_of_jobs_that_wait_only_the_newest_is_done_and_it_is_done_last() -> None:
    assert await ran(["1", "2", "3"], together=True) == ["1", "3"]
    assert await ran(["3", "1", "2"], together=True) == ["3"]


@pytest.mark.waits
async def test_things_do_not_wait_for_each_other() -> None:
    latest, first = LatestWins(), asyncio.Event()

    async def set_first() -> None:
        first.set()

    async with asyncio.timeout(60):
        waiting = asyncio.create_task(latest.run("V1", "1", first.wait))  # type: ignore[arg-type]
        await asyncio.sleep(0)
        await latest.run("V2", "1", set_first)
        await waiting


async def test_only_so_many_things_are_remembered() -> None:
    latest, done = LatestWins(), list[str]()

    async def note() -> None:
        done.append("")

    for number in range(REMEMBERED + 5):
        await latest.run(f"V{number}", "2", note)
    assert len(latest._turns) == REMEMBERED
