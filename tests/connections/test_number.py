"""Too many connections, requests or bodies at once keep nobody from an answer."""

import time

from bot.front_door.bounded_http import PIPELINED
from tests.connections.door import GET, PATIENT, SLOW, door, post


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
        assert time.perf_counter() - began < PATIENT.request / 2, "it waited for others' time to be over"


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
