"""A pooler before PostgreSQL, as PgBouncer in transaction mode: it hands on no settings of a connection's own."""

import asyncio
import contextlib
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.engine import URL

from storage.engine import read_url
from tests.processes.forward_proxy import pour

REFUSED = b"SFATAL\0VFATAL\0C08P01\0Munsupported startup parameter: options\0\0"
"""PgBouncer's words to whoever sends `options`."""


class Pooler:
    """Takes connections for one server.

    `ignores` says that it drops `options` (ignore_startup_parameters), `refuses` what it says to everybody.
    """

    def __init__(self, server: URL, *, ignores: bool, refuses: bytes | None) -> None:
        self._server = server
        self._ignores = ignores
        self._refuses = refuses
        self._tasks: set[asyncio.Task[None]] = set()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            version, given = await self._begins(reader, writer)
            refused = self._refuses or (REFUSED if b"options" in given and not self._ignores else None)
            if refused is not None:
                writer.write(b"E" + struct.pack("!I", len(refused) + 4) + refused)
            else:
                given.pop(b"options", None)
                far_reader, far_writer = await self._far()
                said = version + b"".join(b"%b\0%b\0" % each for each in given.items()) + b"\0"
                far_writer.write(struct.pack("!I", len(said) + 4) + said)
                await asyncio.gather(pour(reader, far_writer), pour(far_reader, writer))
        writer.close()
        self._tasks.discard(task)

    @staticmethod
    async def _begins(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> tuple[bytes, dict[bytes, bytes]]:
        """A connection's protocol version and its parameters; TLS and GSS, which are asked for first, are declined."""
        while True:
            (size,) = struct.unpack("!I", await reader.readexactly(4))
            said = await reader.readexactly(size - 4)
            if b"user\0" in said:
                words = said[4:].removesuffix(b"\0\0").split(b"\0")
                return said[:4], dict(zip(words[::2], words[1::2], strict=True))
            writer.write(b"N")

    async def _far(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        host = self._server.host or str(self._server.query.get("host") or "localhost")
        port = int(self._server.port or str(self._server.query.get("port") or 5432))
        if host.startswith("/"):
            return await asyncio.open_unix_connection(f"{host}/.s.PGSQL.{port}")
        return await asyncio.open_connection(host, port)

    def end(self) -> None:
        for task in self._tasks:
            task.cancel()


@asynccontextmanager
async def pooler(database_url: str, *, ignores: bool = False, refuses: bytes | None = None) -> AsyncIterator[str]:
    """The address of the same database through a pooler."""
    url = read_url(database_url)
    pool = Pooler(url, ignores=ignores, refuses=refuses)
    server = await asyncio.start_server(pool.serve, "127.0.0.1", 0)
    port = int(server.sockets[0].getsockname()[1])
    try:
        through = url.set(drivername="postgresql", host="127.0.0.1", port=port, query={})
        yield through.render_as_string(hide_password=False)
    finally:
        server.close()
        pool.end()
