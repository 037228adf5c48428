"""Strangers at the real program's door: whatever they do there, check-ins go on."""

import asyncio
import contextlib
import re
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from resource import RLIM_INFINITY, RLIMIT_NOFILE, getrlimit, setrlimit
from urllib.parse import urlsplit

import pytest

from tests.journeys import raw
from tests.parts import missing
from tests.processes.program import PATIENCE, Program, program
from tests.processes.town import town, within
from tests.storage.builders import on_sqlite

MIB = 1024 * 1024
OWN = 30
"""What the program may open meanwhile of its own: connections to Slack and to the database, files that it draws."""
BODY = 300 * 1000 * 1000
"""Bytes that a stranger sends."""
PIECE = b"x" * 100_000
HALF_OPEN = 1500
AT_ONCE = 30
"""Seconds for a tap on the busiest machine; on a quiet one it takes some milliseconds."""

pytestmark = on_sqlite


@pytest.fixture
def _many_descriptors() -> Iterator[None]:
    """What HALF_OPEN connections need on our own side."""
    soft, hard = getrlimit(RLIMIT_NOFILE)
    needed = 2 * HALF_OPEN
    if hard != RLIM_INFINITY and hard < needed:
        missing(f"{needed} descriptors are needed, and {hard} allowed: `ulimit -Hn {needed}` as root")
    setrlimit(RLIMIT_NOFILE, (needed if soft == RLIM_INFINITY or soft < needed else soft, hard))
    yield
    setrlimit(RLIMIT_NOFILE, (soft, hard))


@asynccontextmanager
async def strangers(started: Program, number: int) -> AsyncIterator[list[asyncio.StreamWriter]]:
    """So many connections to the program, which send nothing of themselves, and which nobody but it ends."""
    address = urlsplit(started.address)
    opened = await asyncio.gather(*[asyncio.open_connection(address.hostname, address.port) for _ in range(number)])
    writers = [writer for _, writer in opened]
    try:
        yield writers
    finally:
        for writer in writers:
            writer.transport.abort()


@pytest.mark.slow
@pytest.mark.usefixtures("_many_descriptors")
@pytest.mark.parametrize("descriptors", [256, None], ids=["few", "many"])
async def test_half_open_connections_keep_no_tap_and_no_message_waiting_and_are_ended_by_the_program_itself(
    database_url: str, tmp_path: Path, descriptors: int | None
) -> None:
    most = 1000 if descriptors is None else descriptors // 2
    async with town(tmp_path) as here:
        environment = here.environment(database_url)
        async with program("run", environment=environment, directory=tmp_path, descriptors=descriptors) as started:
            here.send_to(started)
            await here.set_up()
            before = started.descriptors
            async with strangers(started, HALF_OPEN) as silent:
                for writer in silent[::2]:  # and every other one begins a request
                    writer.write(b"POST /slack/events HTTP/1.1\r\nHost: here\r\nX-Slack-")
                await here.opened()  # Slack is called, the database written
                prompt = here.newest(here.people[0], "Choose the level where you stop")
                assert prompt is not None
                began = time.perf_counter()
                answer = await raw.send(here, raw.tapped(prompt, here.people[0]))
                assert answer.status == 200
                assert time.perf_counter() - began < AT_ONCE
                assert started.descriptors <= most + before + OWN
                await within(PATIENCE, lambda: at_most(started, before + OWN))
            told = (await here.page(started, "/metrics")).text
            for reason in ("crowded", "slow"):
                assert re.search(rf'maturity_requests_refused_total{{reason="{reason}"}} [1-9]', told)
            await here.answer(here.people[0], [2, 2, 2, 2, 2])
            await here.sees(here.people[0], "Thank you")
            assert await started.stop() == 0
        assert not {"WARNING", "ERROR"} & set(started.said.split())


async def at_most(started: Program, descriptors: int) -> bool:
    return started.descriptors <= descriptors


@pytest.mark.slow
async def test_what_has_no_end_takes_no_memory(database_url: str, tmp_path: Path) -> None:
    heads = [
        b"GET /healthz HTTP/1.1\r\nHost: here\r\nX-A: ",
        b"POST /slack/events HTTP/1.1\r\nHost: here\r\nContent-Length: 300000000\r\n\r\n",
        b"POST /healthz HTTP/1.1\r\nHost: here\r\nContent-Length: 300000000\r\n\r\n",
        b"POST /slack/events HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\n",
    ]

    async def sends(writer: asyncio.StreamWriter, head: bytes) -> None:
        writer.write(head)
        with contextlib.suppress(ConnectionError):
            for _ in range(BODY // len(PIECE)):
                writer.write(PIECE)
                await writer.drain()

    async with town(tmp_path) as here:
        async with program("run", environment=here.environment(database_url), directory=tmp_path) as started:
            before = started.memory
            async with strangers(started, 8) as writers:
                await asyncio.gather(*[sends(writer, head) for writer, head in zip(writers, heads * 2, strict=True)])
            assert started.most_memory < 200 * MIB
            assert started.most_memory - before < 50 * MIB
            assert (await here.page(started, "/healthz")).text == "alive\n"
            assert await started.stop() == 0
        assert not {"WARNING", "ERROR"} & set(started.said.split())
