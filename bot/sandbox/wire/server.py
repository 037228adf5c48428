"""The sandbox's HTTP and WebSocket server, in the running loop."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import uvicorn
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

_ABORT = "abort_connection"
_SECONDS_TO_FINISH = 1.0


class Protocol(HttpToolsProtocol):
    """HTTP on which the application can break the connection, which ASGI has no word for."""

    def on_message_begin(self) -> None:
        super().on_message_begin()
        state: dict[str, Any] = self.scope.setdefault("state", {})
        state[_ABORT] = self.transport.abort


class BrokenConnection(Response):
    """Not an answer: the connection breaks and the client learns nothing."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        del send
        scope["state"][_ABORT]()
        # Until the server has noticed the loss it would answer 500 for the missing response.
        while (await receive())["type"] != "http.disconnect":
            pass


class Server(uvicorn.Server):
    """A server that leaves signals alone and ends without waiting for a tick."""

    async def start(self, listener: socket.socket) -> None:
        self.config.load()
        self.lifespan = self.config.lifespan_class(self.config)
        await self.startup(sockets=[listener])

    async def stop(self) -> None:
        """Close what is idle, let what runs finish for a second, then cut it off."""
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        if self.server_state.tasks:
            _, late = await asyncio.wait(set(self.server_state.tasks), timeout=_SECONDS_TO_FINISH)
            for task in late:
                task.cancel()
        for connection in list(self.server_state.connections):
            connection.transport.abort()
        await asyncio.sleep(0)
        for server in self.servers:
            await server.wait_closed()


@asynccontextmanager
async def serving(application: ASGIApp, *, host: str, port: int) -> AsyncIterator[str]:
    """The base URL of the application while it is being served; port 0 takes a free one."""
    # asyncio turns Nagle's algorithm off only where the protocol is named: else each answer waits 40 ms for an ACK.
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    config = uvicorn.Config(
        application,
        http=Protocol,
        ws="websockets-sansio",
        lifespan="off",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        date_header=False,
        # As long as Slack's: a client must not be the one who finds that a connection was closed while it wrote.
        timeout_keep_alive=75,
    )
    server = Server(config)
    await server.start(listener)
    try:
        yield f"http://{host}:{listener.getsockname()[1]}"
    finally:
        await server.stop()
        listener.close()
