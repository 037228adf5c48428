"""Strangers' connections over real sockets: each has its bounds, and none of them keeps another from its answer."""

import asyncio
import gc
import logging
import socket
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.bounded_http import BARE, HEADERS, PIPELINED, BoundedHttp
from bot.connections import Connections, Patience
from bot.metrics import Metrics
from bot.sandbox.server import Server

PATIENT = Patience(request=30, idle=30, farewell=30)
HASTY = Patience(request=0.3, idle=0.3, farewell=0.3)
GET = b"GET /now HTTP/1.1\r\nHost: here\r\n\r\n"
SLOW = GET.replace(b"now", b"slow")
MIB = 1024 * 1024


@dataclass
class Door:
    """A server behind these bounds, and what became of its requests."""

    port: int
    metrics: Metrics
    server: Server
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    go_on: asyncio.Event = field(default_factory=asyncio.Event)
    seen: list[dict[str, str]] = field(default_factory=list)
    clients: list["Client"] = field(default_factory=list)

    async def opened(self, sent: bytes = b"") -> "Client":
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port, limit=MIB)
        writer.write(sent)
        await writer.drain()
        self.clients.append(Client(reader, writer))
        return self.clients[-1]

    async def standing(self, number: int) -> None:
        """Wait until so many connections stand."""
        async with asyncio.timeout(10):
            while len(self.server.server_state.connections) != number:  # noqa: ASYNC110 - uvicorn sets no event
                await asyncio.sleep(0.01)

    def refused(self, reason: str) -> float:
        return self.metrics.registry.get_sample_value("maturity_requests_refused_total", {"reason": reason}) or 0


@dataclass
class Client:
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def send(self, sent: bytes) -> None:
        self.writer.write(sent)
        await self.writer.drain()

    async def keeps_sending(self, sent: bytes) -> None:
        """Send it again and again until the connection is gone."""
        while True:
            await self.send(sent)
            await asyncio.sleep(0.01)

    async def answer(self) -> tuple[int, str]:
        """The next answer's status and text."""
        async with asyncio.timeout(10):
            head = (await self.reader.readuntil(b"\r\n\r\n")).decode()
            status = int(head.split()[1])
            length = next((line for line in head.lower().splitlines() if line.startswith("content-length:")), ": 0")
            return status, (await self.reader.readexactly(int(length.split(":")[1]))).decode()

    async def rest(self) -> bytes:
        """All that comes until the server closes."""
        async with asyncio.timeout(10):
            return await self.reader.read()

    async def asks(self, sent: bytes = GET) -> tuple[int, str]:
        await self.send(sent)
        return await self.answer()


@asynccontextmanager
async def door(patience: Patience = PATIENT, *, most: int = 100, bodies: int = MIB) -> AsyncIterator[Door]:
    async def now(request: Request) -> Response:
        body = await request.body()
        here.seen.append(dict(request.headers))
        return PlainTextResponse(f"{len(body)} bytes")

    async def slow(request: Request) -> Response:
        here.asked.set()
        await here.go_on.wait()
        return await now(request)

    async def unread(request: Request) -> Response:
        return PlainTextResponse("no", 413, headers={"connection": "close"} if request.query_params else {})

    async def large(request: Request) -> Response:
        here.asked.set()
        return PlainTextResponse("x" * int(request.query_params["size"]))

    methods = ["GET", "POST"]
    ways = {"/now": now, "/slow": slow, "/unread": unread, "/large": large}
    metrics = Metrics()
    connections = Connections(metrics, most=most, patience=patience, bodies=bodies)
    listening = socket.create_server(("127.0.0.1", 0), backlog=1024)
    server = Server(
        uvicorn.Config(
            Starlette(routes=[Route(path, way, methods=methods) for path, way in ways.items()]),
            http=partial(BoundedHttp, connections),  # type: ignore[arg-type]
            ws="none",
            log_config=None,
            lifespan="off",
            timeout_graceful_shutdown=10,
        )
    )
    here = Door(port=listening.getsockname()[1], metrics=metrics, server=server)
    await server.start(listening)
    try:
        yield here
    finally:
        here.go_on.set()
        for client in here.clients:
            client.writer.transport.abort()
        await server.stop()


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Whatever strangers do, no line of it is above INFO."""
    yield
    assert [record.getMessage() for record in caplog.records if record.levelno > logging.INFO] == []


def post(path: str, headers: bytes, body: bytes = b"") -> bytes:
    return b"POST %s HTTP/1.1\r\nHost: here\r\n%s\r\n%s" % (path.encode(), headers, body)


# What is right goes on as it did.


@pytest.mark.parametrize("version", [b"1.0", b"1.1"])
async def test_a_request_is_answered_in_either_version(version: bytes) -> None:
    async with door() as here:
        client = await here.opened()
        assert await client.asks(GET.replace(b"1.1", version)) == (200, "0 bytes")
        if version == b"1.0":
            assert await client.rest() == b""


async def test_one_connection_serves_many_requests_and_stays_for_more() -> None:
    async with door() as here:
        client = await here.opened()
        for size in (0, 10, BARE + 10, 300_000):
            asked = post("/now", b"Content-Length: %d\r\n" % size, b"x" * size)
            assert await client.asks(asked) == (200, f"{size} bytes")


async def test_requests_sent_at_once_are_answered_in_their_order() -> None:
    async with door() as here:
        client = await here.opened(b"".join(post("/now", b"Content-Length: %d\r\n" % n, b"x" * n) for n in range(9)))
        assert [await client.answer() for _ in range(9)] == [(200, f"{n} bytes") for n in range(9)]
        assert await client.asks() == (200, "0 bytes")


async def test_a_body_comes_in_chunks_and_what_follows_it_is_no_header() -> None:
    async with door() as here:
        client = await here.opened()
        asked = post("/now", b"Transfer-Encoding: chunked\r\n", b"5;a=b\r\nhello\r\n1\r\n!\r\n0\r\nX-Late: yes\r\n\r\n")
        assert await client.asks(asked) == (200, "6 bytes")
        assert await client.asks() == (200, "0 bytes")
        assert not any("x-late" in headers for headers in here.seen)


async def test_a_client_that_asks_before_it_sends_a_body_is_told_to_go_on() -> None:
    async with door() as here:
        client = await here.opened(post("/now", b"Expect: 100-continue\r\nContent-Length: 3\r\n"))
        assert await client.answer() == (100, "")
        assert await client.asks(b"abc") == (200, "3 bytes")


async def test_a_wish_for_another_protocol_is_answered_in_this_one() -> None:
    async with door() as here:
        client = await here.opened(GET[:-2] + b"Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n" + b"\x81\x00" * 100)
        assert await client.answer() == (200, "0 bytes")
        assert await client.rest() == b""


async def test_a_server_that_stops_answers_what_is_in_flight_and_waits_for_nobody_else() -> None:
    async with door() as here:
        asking, idle, half, body = (
            await here.opened(SLOW),
            await here.opened(),
            await here.opened(GET[:20]),
            await here.opened(post("/now", b"Content-Length: 9\r\n", b"abc")),
        )
        assert await idle.asks() == (200, "0 bytes")
        await here.asked.wait()
        stopping = asyncio.create_task(here.server.shutdown())
        assert await idle.rest() == await half.rest() == b""
        assert await body.asks(b"defghi") == (200, "9 bytes")
        here.go_on.set()
        assert await asking.answer() == (200, "0 bytes")
        assert await asking.rest() == await body.rest() == b""
        await stopping


# A client that we wait for has its time.


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        (b"", b""),
        (b"GE", b"HTTP/1.1 408 "),
        (GET[:-2], b"HTTP/1.1 408 "),
        (b"\r\n\r\n", b""),
        (post("/now", b"Content-Length: 9\r\n", b"abc"), b"HTTP/1.1 408 "),
        (post("/slow", b"Content-Length: 9\r\n", b"abc"), b"HTTP/1.1 408 "),
        (post("/now", b"Transfer-Encoding: chunked\r\n", b"5\r\nhello\r\n"), b"HTTP/1.1 408 "),
    ],
)
async def test_what_doesnt_become_a_request_in_time_is_given_back(sent: bytes, told: bytes) -> None:
    async with door(HASTY) as here:
        client = await here.opened(sent)
        assert (await client.rest()).startswith(told)
        await here.standing(0)
        assert here.refused("slow") == 1


@pytest.mark.parametrize("sent", [GET[:-2], post("/now", b"Content-Length: 99\r\n")])
async def test_one_byte_after_another_buys_no_time(sent: bytes) -> None:
    async with door(HASTY) as here:
        client = await here.opened(sent)
        told = asyncio.create_task(client.rest())
        sending = asyncio.create_task(client.keeps_sending(b"x"))
        assert (await told).startswith(b"HTTP/1.1 408 ")
        with pytest.raises(ConnectionError):
            await sending


async def test_an_idle_connection_ends_and_nothing_is_counted_as_refused() -> None:
    async with door(HASTY) as here:
        client = await here.opened()
        assert await client.asks() == (200, "0 bytes")
        assert await client.rest() == b""
        assert here.refused("slow") == 0


async def test_an_answer_takes_as_long_as_it_takes() -> None:
    async with door(HASTY) as here:
        client = await here.opened(SLOW + GET[:10])
        await here.standing(1)
        await asyncio.sleep(4 * HASTY.request)
        here.go_on.set()
        assert await client.answer() == (200, "0 bytes")
        assert await client.asks(GET[10:]) == (200, "0 bytes")


async def test_a_client_that_takes_no_answers_is_cut_off() -> None:
    async with door(HASTY) as here:
        await here.opened(GET.replace(b"now", b"large?size=20000000"))
        await here.asked.wait()
        await here.standing(0)
        assert here.refused("slow") == 1


@pytest.mark.parametrize(
    "sent", [b"", GET[:9], GET, SLOW, SLOW + GET, GET * 3 + GET[:9], post("/now", b"Content-Length: 9\r\n")]
)
async def test_a_client_that_ends_leaves_nothing_behind(sent: bytes) -> None:
    async with door() as here:
        client = await here.opened(sent)
        client.writer.write_eof()
        here.go_on.set()
        await client.rest()
        await here.standing(0)


@pytest.mark.parametrize("sent", [GET[:9], GET, b"nonsense\r\n\r\n", post("/unread", b"Content-Length: 9\r\n")])
async def test_a_connection_that_is_over_is_let_go_without_the_garbage_collector(sent: bytes) -> None:
    def kept() -> int:
        return sum(isinstance(each, BoundedHttp) for each in gc.get_objects())

    async with door() as here:
        gc.collect()
        gc.disable()
        try:
            client = await here.opened(sent)
            await here.standing(1)
            if sent != GET[:9]:
                await client.answer()
            assert kept() == 1
            client.writer.close()
            await here.standing(0)
            await client.rest()
            assert kept() == 0
        finally:
            gc.enable()


# Too many.


async def test_the_oldest_that_we_wait_for_makes_room_for_the_newest() -> None:
    async with door(most=3) as here:
        first, second, third = [await here.opened(GET[:5]) for _ in range(3)]
        await here.standing(3)
        assert await first.asks(GET[5:]) == (200, "0 bytes")
        fourth = await here.opened()
        assert await second.rest() == b""
        assert await fourth.asks() == (200, "0 bytes")
        assert await third.asks(GET[5:]) == (200, "0 bytes")
        assert await first.asks() == (200, "0 bytes")
        assert here.refused("crowded") == 1


async def test_who_waits_for_an_answer_is_never_cut_off_and_the_newest_is_told_to_come_again() -> None:
    async with door(most=3) as here:
        asking = [await here.opened(SLOW) for _ in range(3)]
        await here.standing(3)
        await here.asked.wait()
        assert (await (await here.opened(GET)).answer())[0] == 503
        here.go_on.set()
        assert [await client.answer() for client in asking] == [(200, "0 bytes")] * 3


async def test_a_request_is_answered_at_once_however_many_connections_stand_half_open() -> None:
    async with door(most=200) as here:
        for number in range(300):
            await here.opened(GET[: number % 20])
        await here.standing(200)
        client = await here.opened()
        began = time.perf_counter()
        assert await client.asks() == (200, "0 bytes")
        assert time.perf_counter() - began < 1


async def test_bodies_that_are_still_coming_are_bounded_together() -> None:
    async with door(bodies=100_000) as here:
        half = post("/now", b"Content-Length: 60000\r\n", b"x" * 40_000)
        first, second, third = [await here.opened(half) for _ in range(3)]
        assert await first.rest() == b""
        for client in (second, third):
            assert await client.asks(b"x" * 20_000) == (200, "60000 bytes")
            assert await client.asks(half + b"x" * 20_000) == (200, "60000 bytes")
        assert here.refused("crowded") == 1


async def test_more_requests_at_once_than_anybody_sends_are_answered_up_to_a_bound() -> None:
    async with door() as here:
        client = await here.opened(SLOW + GET * 5_000)
        await here.asked.wait()
        here.go_on.set()
        assert [await client.answer() for _ in range(PIPELINED)] == [(200, "0 bytes")] * PIPELINED
        assert (await client.answer())[0] == 503
        assert here.refused("pipelined") == 1


async def test_bodies_behind_a_request_that_isnt_answered_are_bounded() -> None:
    async with door() as here:
        asked = post("/now", b"Content-Length: 10000\r\n", b"x" * 10_000)
        client = await here.opened(SLOW + asked * 3)
        await here.asked.wait()
        here.go_on.set()
        told = [await client.answer() for _ in range(3)]
        assert told == [(200, "0 bytes"), (200, "10000 bytes"), (503, "Service Unavailable")]


# Too large.

ENDLESS = {
    "a header": (GET[:-2] + b"X-A: ", b"a"),
    "a header's name": (GET[:-2], b"a"),
    "an address": (b"GET /", b"a"),
    "empty lines": (b"", b"\r\n"),
    "what follows a chunk's size": (post("/now", b"Transfer-Encoding: chunked\r\n", b"5;"), b"a"),
    "chunks of a byte": (post("/now", b"Transfer-Encoding: chunked\r\n"), b"1\r\na\r\n"),
    "what follows the last chunk": (post("/now", b"Transfer-Encoding: chunked\r\n", b"1\r\na\r\n0\r\nX-A: "), b"a"),
}


@pytest.mark.parametrize("what", ENDLESS)
async def test_what_has_no_end_is_refused_before_it_is_kept(what: str) -> None:
    begin, on = ENDLESS[what]
    async with door() as here:
        client = await here.opened(begin)
        told = asyncio.create_task(client.answer())
        sent = 0
        while not told.done() and sent < 50 * MIB:
            await client.send(on * (10_000 // len(on)))
            await asyncio.sleep(0)
            sent += 10_000
        assert (await told)[0] == 431
        assert sent < MIB
        assert here.refused("headers") == 1


async def test_a_head_may_be_as_long_as_is_allowed_and_no_longer() -> None:
    for more, status in ((0, 200), (1, 431)):
        async with door() as here:
            begin = GET[:-2] + b"X-A: "
            client = await here.opened(begin + b"a" * (BARE - len(begin) - 4 + more) + b"\r\n\r\n")
            assert (await client.answer())[0] == status


async def test_headers_are_counted() -> None:
    for number, status in ((HEADERS, 200), (HEADERS + 1, 431)):
        async with door() as here:
            client = await here.opened(GET[:-2] + b"a:b\r\n" * (number - 1) + b"\r\n")
            assert (await client.answer())[0] == status


@pytest.mark.parametrize("query", ["", "?close"])
async def test_an_answer_that_waits_for_no_body_ends_the_connection_and_is_read(query: str) -> None:
    async with door() as here:
        client = await here.opened(post(f"/unread{query}", b"Content-Length: 300000000\r\n"))
        for _ in range(30):  # sent all the same, as clients do that don't look for an answer first
            await client.send(b"x" * 100_000)
        told = await client.rest()
        assert told.startswith(b"HTTP/1.1 413 ")
        assert told.lower().count(b"connection: close") == 1


async def test_the_last_answer_is_all_that_a_client_that_sends_on_still_gets() -> None:
    async with door(HASTY) as here:
        client = await here.opened(post("/unread", b"Content-Length: 300000000\r\n"))
        sending = asyncio.create_task(client.keeps_sending(b"x" * 10_000))
        await here.standing(0)
        with pytest.raises(ConnectionError):
            await sending


# Nonsense.


@pytest.mark.parametrize(
    "sent",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"GET /n\xc3\xa9 HTTP/1.1\r\n\r\n",
        b"CONNECT here:443 HTTP/1.1\r\nHost: here\r\n\r\n",
        post("/now", b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n", b"0\r\n\r\n"),
        post("/now", b"Content-Length: -1\r\n"),
        post("/now", b"Expect: 100-continue\r\nTransfer-Encoding: chunked\r\n", b"zz\r\n"),
    ],
)
async def test_nonsense_is_refused_and_counted(sent: bytes) -> None:
    async with door() as here:
        client = await here.opened(sent)
        assert (await client.answer())[0] == 400
        client.writer.close()
        await here.standing(0)
        assert here.refused("malformed") == 1


async def test_nonsense_after_a_request_waits_for_its_answer() -> None:
    async with door() as here:
        client = await here.opened(SLOW + GET + b"nonsense\r\n\r\n")
        await here.asked.wait()
        here.go_on.set()
        assert [await client.answer() for _ in range(3)] == [(200, "0 bytes")] * 2 + [(400, "Bad Request")]


async def test_a_body_that_turns_to_nonsense_behind_another_request_reaches_nobody() -> None:
    async with door() as here:
        broken = post("/now", b"Transfer-Encoding: chunked\r\n", b"1\r\na\r\nzz")
        client = await here.opened(SLOW + broken)
        await here.asked.wait()
        here.go_on.set()
        assert [await client.answer() for _ in range(2)] == [(200, "0 bytes"), (400, "Bad Request")]
        assert len(here.seen) == 1
