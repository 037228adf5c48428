"""A server behind its bounds, and clients at its socket that say what no library would."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial

import uvicorn
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.front_door.bounded_http import BoundedHttp
from bot.front_door.connections import Connections, Patience
from bot.kit.metrics import Metrics
from bot.sandbox.wire.server import Server

PATIENT = Patience(request=240, idle=240, farewell=240)
HASTY = Patience(request=0.3, idle=0.3, farewell=0.3)
GET = b"GET /now HTTP/1.1\r\nHost: here\r\n\r\n"
SLOW = GET.replace(b"now", b"slow")
MIB = 1024 * 1024
WITHIN = 120
"""Seconds for anything, which no machine is too busy to do with."""


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
        async with asyncio.timeout(WITHIN):
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
        async with asyncio.timeout(WITHIN):
            head = (await self.reader.readuntil(b"\r\n\r\n")).decode()
            status = int(head.split()[1])
            length = next((line for line in head.lower().splitlines() if line.startswith("content-length:")), ": 0")
            return status, (await self.reader.readexactly(int(length.split(":")[1]))).decode()

    async def rest(self) -> bytes:
        """All that comes until the server closes."""
        async with asyncio.timeout(WITHIN):
            return await self.reader.read()

    async def asks(self, sent: bytes = GET) -> tuple[int, str]:
        await self.send(sent)
        return await self.answer()


@asynccontextmanager
async def door(patience: Patience = PATIENT, *, most: int = 100, bodies: int = MIB) -> AsyncIterator[Door]:
    async def now(request: Request) -> Response:
        try:
            body = await request.body()
        except ClientDisconnect:  # which the front door answers too, instead of raising it
            return Response(status_code=400)
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


def post(path: str, headers: bytes, body: bytes = b"") -> bytes:
    return b"POST %s HTTP/1.1\r\nHost: here\r\n%s\r\n%s" % (path.encode(), headers, body)
