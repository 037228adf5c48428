"""A client that we wait for has its time, and one that waits for us is answered."""

import asyncio
import gc

import pytest

from bot.front_door.bounded_http import BoundedHttp
from bot.front_door.connections import Patience
from tests.connections.door import GET, HASTY, SLOW, WITHIN, door, post


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
    async with door(Patience(request=30, idle=0.3, farewell=30)) as here:
        client = await here.opened()
        assert await client.asks() == (200, "0 bytes")
        assert await client.rest() == b""
        assert here.refused("slow") == 0


async def test_an_answer_takes_as_long_as_it_takes() -> None:
    async with door(HASTY) as here:
        client = await here.opened(SLOW + GET[:10])
        await here.asked.wait()
        for _ in range(2):  # others come, say nothing, and have had their time
            silent = await here.opened()
            assert await silent.rest() == b""
        await client.send(GET[10:])
        here.go_on.set()
        assert [await client.answer() for _ in range(2)] == [(200, "0 bytes")] * 2


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


@pytest.mark.parametrize("behind", [GET, GET * 3, post("/now", b"Content-Length: 9\r\n", b"abc")])
async def test_an_answer_that_nobody_is_there_for_any_more_goes_nowhere(behind: bytes) -> None:
    async with door() as here:
        client = await here.opened(SLOW * 2 + behind)
        await here.asked.wait()
        here.asked.clear()
        here.go_on.set()
        here.go_on.clear()  # for the first of them alone
        await here.asked.wait()
        client.writer.transport.abort()
        await here.standing(0)
        here.go_on.set()
        async with asyncio.timeout(WITHIN):
            while here.server.server_state.tasks:  # noqa: ASYNC110 - uvicorn sets no event
                await asyncio.sleep(0.01)
        assert len(here.seen) == 2, "what waited behind it is let go"


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
