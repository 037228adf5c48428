"""The load generator, a process of its own: signed taps over kept connections, raw HTTP/1.1 so that it costs little.

Reads a `taps.Load` as JSON from standard input and prints one line of JSON: how many taps, how long, and the latencies.
"""

import asyncio
import hashlib
import hmac
import json
import sys
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote_plus, urlsplit

import uvloop

from benchmarks import taps

HEAD_END = b"\r\n\r\n"


class Requests:
    """Every request the next one: another member's, or another question's, with its own time and signature."""

    def __init__(self, load: taps.Load, *, host: str, path: str, sink: str) -> None:
        self._host, self._path = host, path
        where = quote_plus(sink)
        self._bodies = [
            body.replace(quote_plus(taps.SINK), where).replace(str(taps.ROUND), str(load.round_id))
            for body in load.templates.values()
        ]
        self.made = 0
        self._taps = self._whole(load) if load.rate else self._unfinished(load)

    def _whole(self, load: taps.Load) -> Iterator[tuple[str, str]]:
        for number in range(load.members):
            for body in self._bodies:
                yield taps.member(number), body

    def _unfinished(self, load: taps.Load) -> Iterator[tuple[str, str]]:
        while True:
            for body in self._bodies[:-1]:
                for number in range(load.members):
                    yield taps.member(number), body

    def next(self) -> bytes:
        self.made += 1
        user_id, template = next(self._taps)
        now = time.time_ns() // 1000
        filled = template.replace(taps.USER, user_id).replace(taps.TIME, f"{now // 1_000_000}.{now % 1_000_000:06}")
        body = filled.encode()
        stamp = str(now // 1_000_000)
        signed = b"v0:%b:%b" % (stamp.encode(), body)
        signature = hmac.digest(taps.SIGNING_SECRET.encode(), signed, hashlib.sha256).hex()
        head = (
            f"POST {self._path} HTTP/1.1\r\nHost: {self._host}\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n"
            f"X-Slack-Request-Timestamp: {stamp}\r\nX-Slack-Signature: v0={signature}\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body


class Connection:
    """One connection that answers in turn."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    async def ask(self, request: bytes) -> None:
        """Send a request and read its answer; RuntimeError for any but 200."""
        self._writer.write(request)
        head = await self._reader.readuntil(HEAD_END)
        body = await self._reader.readexactly(_length(head))
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(f"{head!r} {body!r}")

    def close(self) -> None:
        self._writer.close()


class Sink:
    """Slack's side of `response_url`: says ok."""

    def __init__(self) -> None:
        self._served: set[asyncio.Task[None]] = set()
        self.posts = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._served.add(task)
        try:
            while head := await reader.readuntil(HEAD_END):
                await reader.readexactly(_length(head))
                self.posts += 1
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        # Cancelled at the end: asyncio/streams.py would ask the task for its error, and print that there is none.
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            writer.close()
        finally:
            self._served.discard(task)

    async def close(self) -> None:
        for task in list(self._served):
            task.cancel()
        await asyncio.gather(*self._served, return_exceptions=True)


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    return 0


async def closed_loop(load: taps.Load, requests: Requests, connections: list[Connection]) -> dict[str, Any]:
    """Each connection asks again as soon as it is answered."""
    latencies: list[float] = []
    clock = time.perf_counter
    warm = clock() + min(0.3, load.seconds / 4)
    end = warm + load.seconds

    async def ask(connection: Connection) -> None:
        while (begun := clock()) < end:
            await connection.ask(requests.next())
            if begun >= warm:
                latencies.append(clock() - begun)

    await asyncio.gather(*(ask(connection) for connection in connections))
    return _summary(latencies, load.seconds)


async def open_loop(load: taps.Load, requests: Requests, connections: list[Connection]) -> dict[str, Any]:
    """Taps at their times whatever the answers do; a latency counts from when its tap was due."""
    latencies: list[float] = []
    loop = asyncio.get_running_loop()
    free: asyncio.Queue[Connection] = asyncio.Queue()
    for connection in connections:
        free.put_nowait(connection)
    begun = loop.time()

    async def one(due: float) -> None:
        connection = await free.get()
        await connection.ask(requests.next())
        latencies.append(loop.time() - due)
        free.put_nowait(connection)

    total = int(load.rate * load.seconds)
    async with asyncio.TaskGroup() as tasks:
        for number in range(total):
            due = begun + number / load.rate
            await asyncio.sleep(max(0.0, due - loop.time()))
            tasks.create_task(one(due))
    return _summary(latencies, loop.time() - begun)


def _summary(latencies: list[float], seconds: float) -> dict[str, Any]:
    ordered = sorted(latencies)

    def at(share: float) -> float:
        return round(1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))], 3)

    return {
        "taps": len(ordered),
        "per_second": round(len(ordered) / seconds, 1),
        "p50_ms": at(0.5),
        "p99_ms": at(0.99),
        "worst_ms": at(1.0),
    }


async def main() -> None:
    """Run one load and print what came of it."""
    load = taps.Load(**json.load(sys.stdin))
    parts = urlsplit(load.url)
    sink = Sink()
    listening = await asyncio.start_server(sink.serve, "127.0.0.1", 0)
    address = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}/"
    requests = Requests(load, host=parts.netloc, path=parts.path, sink=address)
    connections = [
        Connection(*await asyncio.open_connection(parts.hostname, parts.port)) for _ in range(load.connections)
    ]
    run = open_loop if load.rate else closed_loop
    found = await run(load, requests, connections)
    print(json.dumps(found | {"all_taps": requests.made, "receipts": sink.posts}))
    for connection in connections:
        connection.close()
    listening.close()
    await sink.close()


if __name__ == "__main__":
    uvloop.run(main())
