"""Nonsense is refused and counted, and takes nothing from the requests before it."""

import pytest

from tests.connections.door import GET, SLOW, door, post


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


async def test_a_fault_of_ours_makes_no_other_of_what_comes_behind_it(caplog: pytest.LogCaptureFixture) -> None:
    async with door() as here:
        client = await here.opened(GET.replace(b"now", b"large?size=x") + GET + b"nonsense\r\n\r\n")
        assert (await client.answer())[0] == 500
        await client.rest()
        client.writer.close()
        await here.standing(0)
    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == [
        "Exception in ASGI application\n"
    ]
    caplog.clear()
