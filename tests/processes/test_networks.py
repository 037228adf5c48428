"""Behind a forward proxy that is the only way out, the main job is done; this machine is called directly."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.journeys.raw import send, tapped
from tests.processes.forward_proxy import OUTSIDE, forward_proxy
from tests.processes.program import ended, program
from tests.processes.town import Town, town
from tests.storage.builders import on_sqlite

pytestmark = on_sqlite


async def job(here: Town) -> None:
    """A team is set up, asked, answers, and has its summary with its picture."""
    await here.set_up()
    await here.opened()
    await here.answer_example()
    await here.close_early()
    await here.sees(here.manager, "A. Engage society", where=here.channel)


@pytest.mark.parametrize("way", ["http", "socket_mode"])
async def test_the_main_job_is_done_through_a_proxy_alone(way: str, database_url: str, tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        port = urlsplit(here.sandbox.url).port
        assert port is not None
        async with forward_proxy(port) as proxy:
            here.sandbox._url = f"http://{OUTSIDE}"  # what it tells programs about itself from now on
            environment = here.environment(database_url, HTTP_PROXY=proxy.url, HTTPS_PROXY=proxy.url)
            if way == "socket_mode":
                here.app.request_url = None
                environment |= {"SLACK_APP_TOKEN": here.app.app_token, "SLACK_SIGNING_SECRET": ""}
            async with program("run", environment=environment, directory=tmp_path) as started:
                if way == "http":
                    here.send_to(started)
                await job(here)
                await here.sandbox.until(lambda: here.sandbox.traffic.of("files.completeUploadExternal") or None)
                told = await ended("doctor", environment=environment, directory=tmp_path)
                assert f"through the proxy {proxy.url}" in told.out, told.out
                assert await started.stop() == 0
            paths = " ".join(proxy.asked)
            assert "/api/" in paths, proxy.asked
            assert "/actions/" in paths, "answers to taps; the upload's host is found by the proxy alone"
            assert ("/link/" in paths) == (way == "socket_mode"), paths


async def test_this_machine_is_called_directly_whatever_the_proxy_is(database_url: str, tmp_path: Path) -> None:
    """`make demo` where HTTPS_PROXY is set."""
    async with town(tmp_path) as here:
        nowhere = "http://127.0.0.1:1"
        environment = here.environment(database_url, HTTP_PROXY=nowhere, HTTPS_PROXY=nowhere, ALL_PROXY=nowhere)
        async with program("run", environment=environment, directory=tmp_path) as started:
            here.send_to(started)
            await here.set_up()
            assert await started.stop() == 0


async def test_who_taps_where_no_token_is_known_is_answered_through_the_proxy(
    database_url: str, tmp_path: Path
) -> None:
    """As in a workspace that took the app out, where check-ins still stand."""
    async with town(tmp_path) as here:
        port = urlsplit(here.sandbox.url).port
        assert port is not None
        async with forward_proxy(port) as proxy:
            here.sandbox._url = f"http://{OUTSIDE}"
            environment = here.environment(database_url, HTTP_PROXY=proxy.url, HTTPS_PROXY=proxy.url)
            async with program("run", environment=environment, directory=tmp_path) as started:
                here.send_to(started)
                await here.set_up()
                await here.opened()
                ben = here.people[1]
                prompt = await here.sees(ben, "Choose the level where you stop")
                await send(here, tapped(prompt, ben) | {"team": {"id": "T0ELSEWHERE"}})
                await here.sees(ben, "isn't installed in your workspace")
                assert await started.stop() == 0
