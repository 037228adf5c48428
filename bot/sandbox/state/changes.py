"""Wait for something to become true without polling: whoever changes state says so."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")


class Changes:
    """Wakes those who wait whenever something changed."""

    def __init__(self) -> None:
        self._waiting: list[asyncio.Future[None]] = []

    def notify(self) -> None:
        waiting, self._waiting = self._waiting, []
        for waiter in waiting:
            if not waiter.done():
                waiter.set_result(None)

    def upcoming(self) -> asyncio.Future[None]:
        """The next change, to be awaited: one that comes while the caller is still looking isn't missed."""
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(waiter)
        return waiter

    async def wait_until(self, predicate: Callable[[], Found | None]) -> Found:
        """The first true value of `predicate`, which is asked again after each change."""
        while not (found := predicate()):
            await self.upcoming()
        return found
