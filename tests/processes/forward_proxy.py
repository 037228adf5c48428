"""A forward proxy, as companies have one: the only way to a host that nobody else finds."""

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

OUTSIDE = "slack.test"
"""A name that resolves nowhere (RFC 6761), so that a call which doesn't go through the proxy goes nowhere."""


class ForwardProxy:
    """Takes CONNECT and whole URLs, and leads everything for `OUTSIDE` to one port of this machine."""

    def __init__(self, port: int) -> None:
        self._to = port
        self.url = ""
        self.asked: Counter[str] = Counter()
        """Connections by what was asked for first: `GET /path`, `CONNECT host:port`."""
        self.refuses: str | None = None
        """The status with which it refuses everything."""
        self._tasks: set[asyncio.Task[None]] = set()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            head = await reader.readuntil(b"\r\n\r\n")
            method, target, _version = head.split(b"\r\n", 1)[0].decode().split(" ")
            host = target.partition(":")[0] if method == "CONNECT" else urlsplit(target).hostname
            self.asked[f"{method} {target if method == 'CONNECT' else urlsplit(target).path}"] += 1
            if host != OUTSIDE or self.refuses is not None:
                writer.write(f"HTTP/1.1 {self.refuses or '403 Forbidden'}\r\ncontent-length: 0\r\n\r\n".encode())
            else:
                far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._to)
                if method == "CONNECT":
                    writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
                else:
                    # As a proxy hands it on: with the path alone.
                    rest = urlsplit(target)._replace(scheme="", netloc="").geturl()
                    far_writer.write(head.replace(target.encode(), rest.encode(), 1))
                await asyncio.gather(pour(reader, far_writer), pour(far_reader, writer))
        writer.close()
        self._tasks.discard(task)

    def end(self) -> None:
        for task in self._tasks:
            task.cancel()


async def pour(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Hand on what is read, to its end."""
    try:
        with contextlib.suppress(ConnectionError):
            while data := await reader.read(65536):
                writer.write(data)
                await writer.drain()
    finally:
        writer.close()


@asynccontextmanager
async def forward_proxy(port: int) -> AsyncIterator[ForwardProxy]:
    """A proxy whose outside world is a server on this port."""
    proxy = ForwardProxy(port)
    server = await asyncio.start_server(proxy.serve, "127.0.0.1", 0)
    proxy.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield proxy
    finally:
        server.close()
        proxy.end()
