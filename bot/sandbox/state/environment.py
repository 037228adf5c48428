"""Everything in one sandbox shares this: the clock, the source of ids, the time limits, and the address."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

from bot.sandbox.state.changes import Changes, Found
from bot.sandbox.state.ids import Ids, Stamps


class Environment:
    """`now` is the sandbox's clock; the limits are in seconds of real time.

    `world` differs for each sandbox, so that the page in a browser knows when it looks at a new one.
    """

    def __init__(self, *, clock: Callable[[], datetime], seed: int) -> None:
        self.world = uuid4().hex
        self.now = clock
        self.ids = Ids(seed)
        self.stamps = Stamps()
        self.changes = Changes()
        self.answer_within = 3.0
        self.trigger_lifetime = 3.0
        self.file_processing = 0.0
        self.retry_delays: tuple[float, ...] = (0.0, 0.05, 0.2)
        self._url: str | None = None

    @property
    def url(self) -> str:
        """The address at which it is served; the Web API is below `/api/`."""
        if self._url is None:
            raise RuntimeError("the sandbox has a URL only while it is served: async with sandbox.serve()")
        return self._url

    @property
    def is_served(self) -> bool:
        return self._url is not None

    def picture(self) -> str:
        """A description of what people see now, for the error of a wait that ran out."""
        return ""

    async def until(self, predicate: Callable[[], Found | None], timeout: float = 300.0) -> Found:  # noqa: ASYNC109 - reads better in tests
        """The first true value of `predicate`, asked again after each change; else TimeoutError."""
        try:
            async with asyncio.timeout(timeout):
                return await self.changes.wait_until(predicate)
        except TimeoutError:
            raise TimeoutError(
                f"It did not happen within {timeout} seconds. What people see:\n{self.picture()}"
            ) from None
