"""Each part starts, says that it is ready, and ends on a signal with nothing in flight lost."""

import signal
from pathlib import Path

import httpx
import pytest

from tests.processes.program import PATIENCE, program
from tests.processes.town import Town, becomes_ready, get, rows, town, within
from tests.storage.builders import on_sqlite

SIGNALS = [signal.SIGTERM, signal.SIGINT]
MIB = 1024 * 1024

pytestmark = on_sqlite


@pytest.mark.parametrize("part", ["run", "web", "worker"])
async def test_each_part_becomes_ready_stays_small_and_ends_cleanly(
    part: str, database_url: str, tmp_path: Path
) -> None:
    async with town(tmp_path) as here:
        async with program(part, environment=here.environment(database_url), directory=tmp_path) as started:
            await becomes_ready(started)
            assert started.memory < 150 * MIB
            assert await started.stop() == 0
        assert f"ready: {part}, HTTP, on http://127.0.0.1:" in started.said
        assert started.said.endswith("stopped")


async def test_over_socket_mode_it_is_ready_and_answers_without_an_address(database_url: str, tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        here.app.request_url = None
        environment = here.environment(database_url, SLACK_APP_TOKEN=here.app.app_token, SLACK_SIGNING_SECRET="")
        async with program("run", environment=environment, directory=tmp_path) as started:
            reply = await here.manager.types("/maturity help", here.channel)
            assert "/maturity setup" in str(reply), reply
            assert (await get(started.address, "/healthz")).text == "alive\n"
            async with httpx.AsyncClient(base_url=started.address, timeout=PATIENCE) as stranger:
                posted = await stranger.post("/slack/events", content="command=%2Fmaturity&text=help")
            assert posted.status_code == 404, "Slack's requests come over its connection, and nowhere else"
            assert await started.stop() == 0
        assert "ready: run, Socket Mode, on" in started.said


@pytest.mark.slow
async def test_a_revoked_app_token_and_a_cut_socket_are_not_ready_until_there_is_a_new_connection(
    database_url: str, tmp_path: Path
) -> None:
    async with town(tmp_path) as here:
        here.app.request_url = None
        environment = here.environment(database_url, SLACK_APP_TOKEN=here.app.app_token, SLACK_SIGNING_SECRET="")
        async with program("run", environment=environment, directory=tmp_path) as started:
            await becomes_ready(started)
            revoked = here.sandbox.faults.add(
                method="apps.connections.open", kind="refused", word="invalid_auth", times=1000
            )
            await here.sandbox.socket_mode.refresh(here.app, reason="link_disabled")

            async def is_cut() -> bool:
                return (await get(started.address, "/readyz")).status_code == httpx.codes.SERVICE_UNAVAILABLE

            await within(PATIENCE, is_cut)
            told = await get(started.address, "/readyz")
            assert told.json() == {"ready": False, "reason": "Socket Mode isn't connected"}
            assert 'maturity_check_ok{check="socket_mode"} 0.0' in (await get(started.address, "/metrics")).text
            here.sandbox.faults.end(revoked)
            await becomes_ready(started)
            assert await started.stop() == 0


async def _asked(here: Town) -> None:
    await here.set_up()
    await here.opened()


@pytest.mark.parametrize("number", SIGNALS)
async def test_a_receipt_that_is_on_its_way_arrives_before_the_program_ends(
    number: signal.Signals, database_url: str, tmp_path: Path
) -> None:
    async with town(tmp_path) as here:
        async with program("run", environment=here.environment(database_url), directory=tmp_path) as started:
            here.send_to(started)
            await _asked(here)
            slow = here.sandbox.faults.add(method="response_url", kind="slow", delay=1)
            await here.answer(here.manager, [2, 2, 2, 2, 2])
            await here.sandbox.until(lambda: slow.times == 0 or None)
            assert await started.stop(number) == 0
        assert here.seen(here.manager, "Thank you")


@pytest.mark.parametrize("number", SIGNALS)
async def test_a_message_that_is_being_sent_is_settled_before_the_program_ends(
    number: signal.Signals, database_url: str, tmp_path: Path
) -> None:
    async with town(tmp_path) as here:
        environment = here.environment(database_url)
        async with program("run", environment=environment, directory=tmp_path) as started:
            here.send_to(started)
            await here.set_up()
            slow = here.sandbox.faults.add(method="chat.postMessage", kind="slow", delay=1)
            await here.manager.types("/maturity start", here.channel)

            async def sending() -> bool:
                return slow.times == 0

            await within(PATIENCE, sending)
            assert await started.stop(number) == 0
        unsettled = await rows(database_url, "SELECT key, state FROM deliveries WHERE state = 'sending' OR maybe_sent")
        assert unsettled == []
        async with program("run", environment=environment, directory=tmp_path):
            for person in here.people:
                await here.sees(person, "Choose the level where you stop")
        for person in here.people:
            assert len(here.seen(person, "Choose the level where you stop")) == 1, person


async def test_a_round_under_way_goes_on_after_a_restart(database_url: str, tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        environment = here.environment(database_url)
        async with program("run", environment=environment, directory=tmp_path) as first:
            here.send_to(first)
            await _asked(here)
            await here.answer(here.people[0], [2, 2, 2, 2, 2])
            assert await first.stop() == 0
        async with program("run", environment=environment, directory=tmp_path) as second:
            here.send_to(second)
            for person in here.people[1:]:
                await here.answer(person, [2, 2, 2, 2, 2])
            await here.close_early()
            await here.sees(here.manager, "5 of 5 answered", where=here.channel)
