"""HTTP as uvicorn reads it, within bounds: what it would take from a stranger without end comes in bounded measure."""

import asyncio
import http
from types import SimpleNamespace
from typing import Any, cast

import httptools
from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle
from uvicorn.server import ServerState

from bot.front_door.connections import Connections

BARE = 16_384
"""Bytes by which what comes outside a body may exceed what comes in it: a head, and what stands between chunks."""
HEADERS = 100
"""Headers of a request: a short one takes little of the head, but fifty times as much memory."""
PIPELINED = 16
"""Requests that a connection may have sent and not yet had answered. The bodies behind the first of them are at most
`BARE` bytes together: one that waits for its turn can't be checked and let go."""


PAUSE = 0.05
"""Seconds between two looks at what is only thrown away: a client that sends on and on has no claim to more."""


class _RefusedError(Exception):
    """Raised within the parser, which stops at it."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


def _nowhere(*_written: bytes) -> None:
    """What answers have of a transport that takes nothing more; it also holds us no more, as we hold it."""


class BoundedHttp(HttpToolsProtocol):
    """One connection, from its first byte to its last."""

    def __init__(
        self,
        connections: Connections,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self.headers = []
        self._all = connections
        self._patience = connections.patience
        self._bare = 0
        """Bytes of this request outside its body, less those in it."""
        self._partial = False
        """Whether a request has begun to come and isn't whole."""
        self._owed = 0
        """Whole requests that aren't answered."""
        self._behind = 0
        """Bytes of bodies behind a request that isn't answered."""
        self._keep_alive = True
        """Whether the connection may stay after the answer to the newest request."""
        self._deaf = False
        """Whether what comes is thrown away unread."""
        self._refusal: int | None = None
        """The status to end with, after what is owed."""
        self._over = False
        """Whether the last word has been said."""
        self._newest: RequestResponseCycle | None = None
        """The newest request whose head has come, and its answer."""
        self._side: Any = None
        """The transport as answers see it."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._side = SimpleNamespace(write=transport.write, is_closing=transport.is_closing, close=self._end)
        if self._all.enter(self):
            self._all.wait(self, self._patience.request)
        else:
            self._refuse(503, "crowded")

    def connection_lost(self, exc: Exception | None) -> None:
        self._deaf = self._over = True
        self._all.leave(self)
        super().connection_lost(exc)
        # Only the newest request's answer hears of it; the one that is being made may stand before that.
        self._side.write = self._side.close = _nowhere
        self.pipeline.clear()

    def data_received(self, data: bytes) -> None:
        if self._deaf:
            self.flow.pause_reading()
            self.loop.call_later(PAUSE, self._listen)
            return
        if len(data) <= BARE - self._bare:
            self._bare += len(data)
            self._feed(data)
            return
        # In pieces, so that the parser, which keeps a header until its end, is never given much more than is allowed.
        rest = memoryview(data)
        while rest and not self._deaf:
            piece, rest = rest[: BARE - self._bare], rest[BARE - self._bare :]
            self._bare += len(piece)
            if piece:
                self._feed(piece)
            else:
                self._refuse(431, "headers")

    def _listen(self) -> None:
        if not self.transport.is_closing():
            self.flow.resume_reading()

    def eof_received(self) -> None:
        # The transport closes by itself, once what was written has been taken.
        self._all.wait(self, self._patience.request)

    def _feed(self, piece: bytes | memoryview) -> None:
        try:
            self.parser.feed_data(piece)
        except httptools.HttpParserUpgrade:
            # Answered as if it hadn't asked for another protocol; what it says after that isn't HTTP.
            self._deaf = True
            self.cycle.keep_alive = False
        except httptools.HttpParserError as error:
            cause = error.__context__
            if isinstance(cause, _RefusedError):
                self._refuse(cause.status, cause.reason)
            else:
                self._refuse(400, "malformed")
        else:
            if len(self.headers) > HEADERS:
                self._refuse(431, "headers")

    # What the parser finds.

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._partial = True
        # A connection's first request has had its time since the connection was made.
        if self._newest is not None and not self._owed:
            self._all.wait(self, self._patience.request)

    def on_headers_complete(self) -> None:
        if self._owed >= PIPELINED:
            raise _RefusedError(503, "pipelined")
        if len(self.headers) > HEADERS:
            raise _RefusedError(431, "headers")
        super().on_headers_complete()
        self.headers = []  # what comes after the body is no header that anybody looks at
        # An answer that doesn't wait for the body is the last one: the body isn't read only to be thrown away.
        self._newest = self.cycle
        self._keep_alive = self.cycle.keep_alive
        self.cycle.keep_alive = False
        self.cycle.transport = cast("asyncio.Transport", self._side)

    def on_body(self, body: bytes) -> None:
        self._bare = max(0, self._bare - 2 * len(body))  # they were counted in as they came
        self._behind = self._behind + len(body) if self._owed else 0
        if self._behind > BARE:
            raise _RefusedError(503, "pipelined")
        super().on_body(body)
        if not self._owed:
            self._all.hold(self, len(body))

    def on_message_complete(self) -> None:
        self._bare = 0
        self._partial = False
        self._owed += 1
        self._all.answer(self)
        self.cycle.keep_alive = self._keep_alive
        super().on_message_complete()
        # After the application's next step, in which it takes what has come.
        self.loop.call_soon(self._all.whole, self)

    # What the application and the server do.

    def on_response_complete(self) -> None:
        """As uvicorn's own, but for its timer."""
        self.server_state.total_requests += 1
        if self._over or self.transport.is_closing():
            return
        self._owed -= 1
        self.flow.resume_reading()
        if self.pipeline:
            self._start_asgi_task(*self.pipeline.pop())
        else:
            self.cycle.body.clear()  # which the application may not have looked at
        if not self._owed:
            self._has_the_word()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._all.wait(self, self._patience.request)

    def resume_writing(self) -> None:
        super().resume_writing()
        if self._over:
            return
        if self._owed:
            self._all.answer(self)
        else:
            self._has_the_word()

    def shutdown(self) -> None:
        self._keep_alive = False
        super().shutdown()
        if not self._owed:
            self._all.wait(self, self._patience.farewell)

    # How it ends.

    def is_late(self) -> None:
        """The client has kept us waiting for too long."""
        if self._over or self.transport.is_closing():
            self.cut()
        elif self.flow.write_paused:  # it doesn't take its answers
            self._all.refused("slow")
            self.cut()
        elif self._partial:
            self._refuse(408, "slow")
        else:
            if self._newest is None:
                self._all.refused("slow")
            self._end()

    def cut(self) -> None:
        """End it at once, whatever is still to be sent."""
        self._deaf = self._over = True
        self._all.leave(self)
        self._forget()
        self.transport.abort()

    def _has_the_word(self) -> None:
        """Everything is answered: the client's turn."""
        if self._refusal is not None:
            self._say(self._refusal)
        else:
            idle = not self._partial and not self.flow.write_paused
            self._all.wait(self, self._patience.idle if idle else self._patience.request)

    def _refuse(self, status: int, reason: str) -> None:
        """Hear no more, answer what is owed, end with this status."""
        if self._over:
            return
        self._all.refused(reason)
        self._all.whole(self)
        self._deaf = True
        self._refusal = status
        self._forget()
        if not self._owed:
            self._has_the_word()

    def _forget(self) -> None:
        """Let go of a request that isn't whole, and tell the application so, unless it hasn't seen it yet."""
        self.headers.clear()
        partial = self._newest
        if partial is None or not partial.more_body:
            return
        if self.pipeline and self.pipeline[0][0] is partial:
            self.pipeline.popleft()
        partial.body.clear()
        partial.disconnected = True
        partial.waiting_for_100_continue = False
        partial.message_event.set()

    def _say(self, status: int) -> None:
        text = http.HTTPStatus(status).phrase.encode()
        head = [b"%s: %s\r\n" % header for header in self.server_state.default_headers]
        head.append(
            b"content-type: text/plain; charset=utf-8\r\nconnection: close\r\ncontent-length: %d\r\n" % len(text)
        )
        begun = self._newest is not None and self._newest.more_body and self._newest.response_started
        if not begun:
            self.transport.write(b"".join([STATUS_LINE[status], *head, b"\r\n", text]))
        self._end()

    def _end(self) -> None:
        """Close, after what was written.

        A client that is still sending would be told by the system that its bytes arrived nowhere, and lose the answer
        over it (RFC 9112, 9.6): it has a moment to read that we end, while what it sends is thrown away.
        """
        if self._over or self.transport.is_closing():
            return
        self._over = True
        self._side.write = _nowhere  # after a fault of ours there may be an answer behind it
        if not self._partial and self._refusal is None:
            self.transport.close()
            self._all.wait(self, self._patience.request)
            return
        self._deaf = True
        self._all.whole(self)
        if self._newest is not None:
            self._newest.body.clear()
        self.flow.resume_reading()
        self.transport.write_eof()
        self._all.wait(self, self._patience.farewell)
