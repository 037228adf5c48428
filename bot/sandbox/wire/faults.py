"""Faults that are injected into Slack on purpose, and its rate limits."""

from __future__ import annotations

import asyncio
import math
import sys
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Literal

from bot.sandbox.state.content import JSON
from bot.sandbox.state.records import Tenant

FaultKind = Literal[
    "ratelimited", "server_error", "internal_error", "lose_reply", "refuse_connection", "slow", "refused"
]


@dataclass(kw_only=True)
class Fault:
    """One fault, for the next `times` fitting calls.

    - `ratelimited`: 429 with `Retry-After: retry_after`; nothing is done
    - `server_error`: HTTP 503; `internal_error`: 200 with that code; nothing is done
    - `lose_reply`: it is done, but the connection breaks before the answer
    - `refuse_connection`: the connection breaks and nothing is done
    - `slow`: it is done after `delay` seconds, or, where that is None, once the fault is released
    - `refused`: Slack answers `word`, with HTTP 200 (a response URL with `status`, or 429 where the word says "too
      many"), and nothing is done

    With `seconds` it lasts so long in real time, however many calls it befalls.
    """

    method: str
    kind: FaultKind
    times: int
    retry_after: int
    delay: float | None
    workspace: Tenant | None
    when: Callable[[JSON], bool] | None
    unless: Collection[str] = ()
    word: str = "internal_error"
    status: int = 404
    until: float | None = None
    """An instant of time.monotonic()."""
    _released: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def says_too_many(self) -> bool:
        return self.kind == "ratelimited" or (self.kind == "refused" and self.word in {"ratelimited", "rate_limited"})

    def fits(self, method: str, workspace: Tenant | None, arguments: JSON) -> bool:
        return (
            self.times > 0
            and (self.until is None or time.monotonic() < self.until)
            and self.method in {method, "*"}
            and method not in self.unless
            and (self.workspace is None or self.workspace is workspace)
            and (self.when is None or self.when(arguments))
        )

    def release(self) -> None:
        """Let go of the calls that are held, and hold no other."""
        self._released.set()

    async def passes(self) -> None:
        """Return when a slow call goes on."""
        if self.delay is None:
            await self._released.wait()
        else:
            await asyncio.sleep(self.delay)


class Faults:
    """The faults to come, in the order in which they were added; `changed` is called as one befalls a call."""

    def __init__(self, *, changed: Callable[[], None] = lambda: None) -> None:
        self._changed = changed
        self._faults: list[Fault] = []

    def add(
        self,
        *,
        method: str,
        kind: FaultKind,
        times: int = 1,
        retry_after: int = 1,
        delay: float | None = 0.0,
        workspace: Tenant | None = None,
        when: Callable[[JSON], bool] | None = None,
        unless: Collection[str] = (),
        word: str = "internal_error",
        status: int = 404,
        seconds: float | None = None,
    ) -> Fault:
        """Let calls of a method ("*": any; `response_url` and `upload` are ones, too) go wrong.

        Limited to a workspace, to calls whose arguments satisfy `when`, and to methods that aren't in `unless`. The
        returned fault's `times` counts down.
        """
        fault = Fault(
            method=method,
            kind=kind,
            times=times if seconds is None else sys.maxsize,
            retry_after=retry_after,
            delay=delay,
            workspace=workspace,
            when=when,
            unless=unless,
            word=word,
            status=status,
            until=None if seconds is None else time.monotonic() + seconds,
        )
        self._faults.append(fault)
        return fault

    def end(self, fault: Fault) -> None:
        """Let that fault befall nobody any more."""
        self._faults.remove(fault)

    def clear(self) -> None:
        self._faults.clear()

    def take(self, method: str, workspace: Tenant | None, arguments: JSON) -> Fault | None:
        """The fault that befalls this call, used up by one."""
        for fault in self._faults:
            if fault.fits(method, workspace, arguments):
                fault.times -= 1
                self._changed()
                return fault
        return None


class RateLimits:
    """GCRA per method and workspace, by `clock`: seconds that only grow."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.allowed: dict[str, tuple[float, int]] = {}
        self._free_at: dict[tuple[str, str], float] = {}

    def wait(self, method: str, workspace: Tenant | None) -> int:
        """Whole seconds until this call would be taken; 0 when it is, and then it counts."""
        if workspace is None or method not in self.allowed:
            return 0
        per_second, burst = self.allowed[method]
        key, now = (method, workspace.id), self.clock()
        free_at = max(self._free_at.get(key, now), now)
        early = free_at - now - (burst - 1) / per_second
        if early > 0:
            return math.ceil(early)
        self._free_at[key] = free_at + 1 / per_second
        return 0
