"""What is right goes on as it did: over real sockets, behind the bounds for strangers."""

import asyncio

import pytest

from bot.front_door.bounded_http import BARE
from tests.connections.door import GET, SLOW, door, post


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
