"""What is too large, or has no end, is refused before it is kept."""

import asyncio

import pytest

from bot.front_door.bounded_http import BARE, HEADERS
from tests.connections.door import GET, HASTY, MIB, door, post

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
