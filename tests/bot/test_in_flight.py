import asyncio
import logging

import pytest

from bot.slack.in_flight import InFlight


@pytest.mark.waits
async def test_landed_returns_when_everything_started_has_ended_and_not_before() -> None:
    in_flight, gate, done = InFlight(), asyncio.Event(), []

    async def work(name: str) -> None:
        await gate.wait()
        done.append(name)

    in_flight.start(work("first"))
    in_flight.start(work("second"))
    landing = asyncio.create_task(in_flight.landed())
    await asyncio.sleep(0)
    assert not landing.done()
    gate.set()
    await landing
    assert sorted(done) == ["first", "second"]


@pytest.mark.waits
async def test_what_work_starts_in_turn_is_waited_for_as_well() -> None:
    in_flight, done = InFlight(), []

    async def second() -> None:
        await asyncio.sleep(0)
        done.append("second")

    async def first() -> None:
        await asyncio.sleep(0)
        in_flight.start(second())
        done.append("first")

    in_flight.start(first())
    await in_flight.landed()
    assert done == ["first", "second"]


async def test_with_nothing_in_flight_it_has_landed() -> None:
    await InFlight().landed()


async def test_failing_work_is_logged_by_its_place_and_not_by_its_message(caplog: pytest.LogCaptureFixture) -> None:
    in_flight = InFlight()

    async def work() -> None:
        raise ValueError("what somebody wrote")

    with caplog.at_level(logging.ERROR):
        in_flight.start(work())
        await in_flight.landed()
    (record,) = caplog.records
    assert record.getMessage().startswith("work after an answer failed: ValueError in work (test_in_flight.py:")
    assert "somebody" not in caplog.text


@pytest.mark.waits
async def test_cancelled_work_is_no_failure(caplog: pytest.LogCaptureFixture) -> None:
    in_flight, begun = InFlight(), asyncio.Event()
    tasks: list[asyncio.Task[None] | None] = []

    async def work() -> None:
        tasks.append(asyncio.current_task())
        begun.set()
        await asyncio.Event().wait()

    in_flight.start(work())
    await begun.wait()
    assert tasks[0] is not None
    tasks[0].cancel()
    await in_flight.landed()
    assert caplog.records == []


@pytest.mark.waits
async def test_a_shutdown_waits_for_what_is_in_flight_and_gives_up_what_takes_too_long(
    caplog: pytest.LogCaptureFixture,
) -> None:
    in_flight, gate = InFlight(), asyncio.Event()
    task = in_flight.start(gate.wait())
    ending = asyncio.create_task(in_flight.end(within=60))
    await asyncio.sleep(0)
    assert not ending.done()
    gate.set()
    await ending
    assert task.result()
    never = in_flight.start(asyncio.Event().wait())
    await in_flight.end(within=0.01)
    with pytest.raises(asyncio.CancelledError):
        await never
    assert "work after an answer undone: 1" in caplog.text
