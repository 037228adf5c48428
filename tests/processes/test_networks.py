"""Behind a forward proxy that is the only way out, the main job is done; this machine is called directly."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.journeys.raw import send, tapped
from tests.processes.certificates import opened_tls
from tests.processes.forward_proxy import OUTSIDE, forward_proxy, pour
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


@asynccontextmanager
async def opening_tls(port: int, context: ssl.SSLContext) -> AsyncIterator[int]:
    """What opens TLS and hands on what is in it, as a company's proxy does; its port."""
    handing_on: set[asyncio.Task[object]] = set()

    async def hand_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", port)
        both = asyncio.gather(pour(reader, far_writer), pour(far_reader, writer), return_exceptions=True)
        await both

    def begin(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task: asyncio.Task[object] = asyncio.create_task(hand_on(reader, writer))
        handing_on.add(task)
        task.add_done_callback(handing_on.discard)

    server = await asyncio.start_server(begin, "127.0.0.1", 0, ssl=context)
    try:
        yield int(server.sockets[0].getsockname()[1])
    finally:
        server.close()
        for task in handing_on:
            task.cancel()


async def test_a_proxy_that_opens_tls_is_trusted_by_its_own_authority_and_told_without(
    database_url: str, tmp_path: Path
) -> None:
    context, trusted = opened_tls(OUTSIDE, directory=tmp_path)
    async with town(tmp_path) as here:
        port = urlsplit(here.sandbox.url).port
        assert port is not None
        async with opening_tls(port, context) as opened, forward_proxy(opened) as proxy:
            environment = here.environment(database_url, SLACK_API_URL=f"https://{OUTSIDE}/api/", HTTPS_PROXY=proxy.url)
            told = await ended("doctor", environment=environment, directory=tmp_path)
            assert told.code == 1, told
            assert (
                f"WRONG Slack: Slack (https://{OUTSIDE}/api/) can't be reached (ClientConnectorCertificateError)\n"
                "      Its certificate isn't trusted: where a proxy opens TLS, name the file of that proxy's "
                "certificate authority in SSL_CERT_FILE.\n"
            ) in told.out
            environment["SSL_CERT_FILE"] = str(trusted)
            told = await ended("doctor", environment=environment, directory=tmp_path)
            assert told.code == 0, told
            assert f"trusting {trusted}" in told.out
            async with program("run", environment=environment, directory=tmp_path) as started:
                assert await started.stop() == 0


async def test_a_proxy_that_is_away_or_wants_a_password_is_told_with_what_to_write(
    database_url: str, tmp_path: Path
) -> None:
    async with town(tmp_path) as here, forward_proxy(1) as proxy:
        environment = here.environment(database_url, SLACK_API_URL=f"https://{OUTSIDE}/api/")
        proxies = {
            "http://127.0.0.1:1": "The proxy doesn't answer: correct HTTPS_PROXY, or name Slack's hosts in NO_PROXY.",
            proxy.url: "The proxy asks who we are: write HTTPS_PROXY=http://user:password@host:port.",
        }
        proxy.refuses = "407 Proxy Authentication Required"
        for address, mend in proxies.items():
            told = await ended("doctor", environment=environment | {"HTTPS_PROXY": address}, directory=tmp_path)
            assert told.code == 1
            assert f"      {mend}\n" in told.out, told
            waiting = environment | {"HTTPS_PROXY": address}
            async with program("web", environment=waiting, directory=tmp_path, waits_for=mend) as started:
                assert await started.stop() == 0
        proxy.refuses = "403 Forbidden"
        told = await ended("doctor", environment=environment | {"HTTPS_PROXY": proxy.url}, directory=tmp_path)
        assert "      The proxy refuses it (HTTP 403): let it through there, or correct HTTPS_PROXY.\n" in told.out


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
