"""Socket Mode: an app's WebSocket connections, and the envelopes sent and acknowledged over them."""

from __future__ import annotations

import asyncio
import json
from typing import Literal

from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.sandbox.state.content import JSON
from bot.sandbox.state.records import App, World
from bot.sandbox.wire.answers import Answer, Kind

MOST_CONNECTIONS = 10


class Connection:
    """One open WebSocket of an app, and the envelopes that it hasn't acknowledged yet."""

    def __init__(self, websocket: WebSocket) -> None:
        self.websocket = websocket
        self._waiting: dict[str, asyncio.Future[JSON]] = {}

    async def exchange(self, envelope: JSON, *, within: float) -> JSON:
        """Send an envelope and return its acknowledgement. Raises TimeoutError or ConnectionError."""
        acknowledged: asyncio.Future[JSON] = asyncio.get_running_loop().create_future()
        self._waiting[envelope["envelope_id"]] = acknowledged
        try:
            async with asyncio.timeout(within):
                await self.websocket.send_text(json.dumps(envelope))
                return await acknowledged
        except (WebSocketDisconnect, RuntimeError) as closed:
            # Starlette raises RuntimeError for a send after the close.
            raise ConnectionError("the app's connection closed") from closed
        finally:
            del self._waiting[envelope["envelope_id"]]

    async def receive(self) -> None:
        """Take acknowledgements until the app goes away."""
        try:
            while True:
                frame = json.loads(await self.websocket.receive_text())
                waiting = self._waiting.get(frame.get("envelope_id", ""))
                if waiting is not None and not waiting.done():
                    waiting.set_result(frame)
        except WebSocketDisconnect:
            for waiting in self._waiting.values():
                if not waiting.done():
                    waiting.set_exception(ConnectionError("the app's connection closed"))


class SocketMode:
    """The connections of all apps; each payload goes to one of an app's, in turn."""

    def __init__(self, sandbox: World) -> None:
        self._sandbox = sandbox
        self._tickets: dict[str, App] = {}
        self._connections: dict[str, list[Connection]] = {}
        self._turn: dict[str, int] = {}

    def ticket_url(self, app: App) -> str:
        """A WebSocket URL that can be used once."""
        ticket = self._sandbox.ids.secret(length=32)
        self._tickets[ticket] = app
        address = self._sandbox.url.replace("http", "ws", 1)
        return f"{address}/link/?ticket={ticket}&app_id={app.id}"

    def connections(self, app: App) -> int:
        """The number of connections that the app has open."""
        return len(self._connections.get(app.id, ()))

    async def endpoint(self, websocket: WebSocket) -> None:
        """Serve one connection from its ticket to its end."""
        app = self._tickets.pop(websocket.query_params.get("ticket", ""), None)
        if app is None:
            await websocket.close()
            return
        await websocket.accept()
        connection = Connection(websocket)
        connections = self._connections.setdefault(app.id, [])
        if len(connections) >= MOST_CONNECTIONS:
            await self._disconnect(connection, "too_many_websockets")
            return
        hello = {
            "type": "hello",
            "num_connections": len(connections) + 1,
            "connection_info": {"app_id": app.id},
            "debug_info": {"host": "sandbox", "started": self._sandbox.now().isoformat(), "build_number": 1},
        }
        connections.append(connection)
        try:
            await websocket.send_text(json.dumps(hello))
            self._sandbox.changes.notify()
            await connection.receive()
        finally:
            if connection in connections:
                connections.remove(connection)
            self._sandbox.changes.notify()

    async def refresh(
        self, app: App, *, reason: Literal["refresh_requested", "warning", "link_disabled"] = "refresh_requested"
    ) -> None:
        """Ask all of the app's connections to reconnect, as Slack does every few hours."""
        connections = self._connections.get(app.id, [])
        closing = connections.copy()
        connections.clear()
        for connection in closing:
            await self._disconnect(connection, reason)

    async def deliver(self, app: App, kind: Kind, payload: JSON, *, retry: tuple[int, str] | None) -> Answer:
        """Send a payload over the next connection; its acknowledgement counts as 200."""
        connections = self._connections.get(app.id)
        if not connections:
            return Answer(status=0, problem="connection_failed")
        turn = self._turn[app.id] = self._turn.get(app.id, -1) + 1
        envelope: JSON = {
            "envelope_id": self._sandbox.ids.secret(length=36),
            "type": kind,
            "payload": payload,
            "accepts_response_payload": kind != "events_api",
        }
        if kind == "events_api":
            envelope |= {"retry_attempt": retry[0] if retry else 0, "retry_reason": retry[1] if retry else ""}
        try:
            frame = await connections[turn % len(connections)].exchange(envelope, within=self._sandbox.answer_within)
        except TimeoutError:
            return Answer(status=0, problem="http_timeout")
        except ConnectionError:
            return Answer(status=0, problem="connection_failed")
        answered = frame.get("payload")
        return Answer(status=200, body=json.dumps(answered) if answered else "")

    async def _disconnect(self, connection: Connection, reason: str) -> None:
        await connection.websocket.send_text(json.dumps({"type": "disconnect", "reason": reason}))
        await connection.websocket.close()
