"""Work that an answer to Slack need not wait for, kept so that a shutdown and the tests can."""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

from bot.kit.logs import where
from bot.kit.settings import CALL_WITHIN
from bot.slack.calls import CALL_FAILED

log = logging.getLogger(__name__)

ENDS_WITHIN = 40.0
"""Seconds that a shutdown waits for what is in flight: longer than a tap is saved for, less than systemd waits."""


class InFlight:
    """Tasks started after an answer was decided. What must reach Slack for certain is a delivery instead."""

    def __init__(self, *, patience: float = CALL_WITHIN) -> None:
        """`patience`: seconds that an answer waits for a call of Slack's, before that goes on beside it."""
        self.patience = patience
        self._tasks: set[asyncio.Task[Any]] = set()

    def start(self, work: Coroutine[Any, Any, Any]) -> "asyncio.Task[Any]":
        """Run `work` beside the answer; for who waits a little, the task."""
        task = asyncio.create_task(work)
        self._tasks.add(task)  # the loop itself keeps only a weak reference
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: "asyncio.Task[Any]") -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            failed = where(error)
            if isinstance(error, CALL_FAILED):  # what Slack refuses is logged as an error where it is our own mistake
                log.warning("work after an answer failed: %s", failed)
            else:
                log.error("work after an answer failed: %s", failed)

    async def landed(self) -> None:
        """Return when nothing is in flight any more."""
        while self._tasks:
            await asyncio.wait(set(self._tasks))

    async def end(self, *, within: float = ENDS_WITHIN) -> None:
        """Return when nothing is in flight any more; what takes longer is given up."""
        try:
            async with asyncio.timeout(within):
                await self.landed()
        except TimeoutError:
            log.warning("ended with work after an answer undone: %d", len(self._tasks))
            for task in self._tasks:
                task.cancel()
