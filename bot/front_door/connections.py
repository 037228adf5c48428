"""Connections before anything is known of who made them: bounded in number, in bytes and in time.

One rule for all of them: a client that we wait for has only so long, and is cut off, the oldest first, where its place
is needed; a client that waits for us is answered.
"""

import asyncio
import contextlib
import sys
from dataclasses import dataclass
from typing import Protocol

from bot.kit.metrics import Metrics

BODIES = 16 * 1024 * 1024
"""Bytes of all bodies that the application hasn't had whole. It lets go of what isn't Slack's once it has."""
MOST = 1000
"""Connections at a time."""
REASONS = ("crowded", "headers", "malformed", "pipelined", "slow")
"""Why a connection is turned away; the labels of its counter."""


@dataclass(frozen=True)
class Patience:
    """Seconds that a client may keep us waiting."""

    request: float = 10
    """For all of a request, and for an answer to be taken. Slack itself gives up after three."""
    idle: float = 75
    """Between two requests. Longer than the minute of the usual proxies: one that writes into a connection which closes
    just then has lost a tap."""
    farewell: float = 2
    """For a last answer to be read by a client that is still sending."""


def room() -> int:
    """How many connections this process can have: at most half of its file descriptors, which are raised as allowed.

    The other half is the database's and Slack's, whatever happens at the door.
    """
    if sys.platform == "win32":  # which has no such limit
        return MOST
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * MOST if hard == resource.RLIM_INFINITY else min(2 * MOST, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
            soft = wanted
    return MOST if soft == resource.RLIM_INFINITY else min(MOST, soft // 2)


class Connection(Protocol):
    """One of them, as it is kept here."""

    loop: asyncio.AbstractEventLoop

    def is_late(self) -> None:
        """The client has kept us waiting for too long."""

    def cut(self) -> None:
        """End it at once, whatever is still to be sent."""


class Connections:
    """All connections of one server, and until when we wait for whom."""

    def __init__(self, metrics: Metrics, *, most: int, patience: Patience | None = None, bodies: int = BODIES) -> None:
        self.patience = patience or Patience()
        self._metrics = metrics
        metrics.expect(refusals=REASONS)
        self._most = most
        self._bodies = bodies
        self._open: set[Connection] = set()
        self._waiting: dict[Connection, float] = {}
        """Those we wait for, the one that we have waited for longest first, each with the loop's time of its end."""
        self._held: dict[Connection, int] = {}
        """Bytes of bodies that the application hasn't had whole."""
        self._holding = 0
        self._looking = False

    def refused(self, reason: str) -> None:
        self._metrics.refused(reason)

    def enter(self, connection: Connection) -> bool:
        """Take a connection in, in the place of the oldest that we wait for where all are taken; False for no place."""
        full = len(self._open) >= self._most
        oldest = next(iter(self._waiting), None)
        if full and oldest is not None:
            self._cut(oldest)
        self._open.add(connection)
        return not full or oldest is not None

    def leave(self, connection: Connection) -> None:
        self._open.discard(connection)
        self._waiting.pop(connection, None)
        self.whole(connection)

    def wait(self, connection: Connection, seconds: float) -> None:
        """From now on we wait for this client, so long and no longer."""
        if connection not in self._open:
            return
        loop = connection.loop
        self._waiting.pop(connection, None)
        self._waiting[connection] = loop.time() + seconds
        if not self._looking:
            self._looking = True
            self._look_later(loop)

    def answer(self, connection: Connection) -> None:
        """From now on this client waits for us."""
        self._waiting.pop(connection, None)

    def hold(self, connection: Connection, size: int) -> None:
        """So much more of a body has come. Where they are too much together, those end that began first to come."""
        if connection not in self._open:
            return
        self._held[connection] = self._held.get(connection, 0) + size
        self._holding += size
        while self._holding > self._bodies:
            self._cut(next((each for each in self._held if each in self._waiting), connection))

    def whole(self, connection: Connection) -> None:
        """Nothing is held for this one any more."""
        self._holding -= self._held.pop(connection, 0)

    def _cut(self, connection: Connection) -> None:
        self.refused("crowded")
        connection.cut()

    def _look_later(self, loop: asyncio.AbstractEventLoop) -> None:
        pause = min(1, self.patience.request / 10, self.patience.idle / 10, self.patience.farewell / 10)
        loop.call_later(pause, self._look, loop)

    def _look(self, loop: asyncio.AbstractEventLoop) -> None:
        self._looking = bool(self._waiting)
        if self._looking:
            self._look_later(loop)
        now = loop.time()
        for connection in [each for each, end in self._waiting.items() if end <= now]:
            connection.is_late()
