"""Calls to Slack in the air: a bounded number, no workspace with more than its share, from tick to tick."""

import asyncio
import logging
from collections import Counter
from collections.abc import Coroutine, Mapping
from typing import Any

from sqlalchemy.exc import DBAPIError

from bot.kit.logs import where

log = logging.getLogger(__name__)


class Pool:
    """Tasks that no tick waits for. A workspace whose every call takes the whole timeout keeps only its own waiting."""

    def __init__(self, *, size: int, each: int) -> None:
        self.size = size
        self.each = each
        """The most that one workspace has in the air."""
        self._busy: Counter[str] = Counter()
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def room(self) -> int:
        """How many more may start."""
        return self.size - len(self._tasks)

    @property
    def busy(self) -> Mapping[str, int]:
        """How much each workspace has in the air."""
        return +self._busy

    @property
    def crowded(self) -> bool:
        """True where something may wait for a place here, and for nothing else."""
        return self.room <= 0 or max(self._busy.values(), default=0) >= self.each

    def start(self, workspace_id: str, work: Coroutine[Any, Any, None]) -> None:
        """Run `work` beside the rest; what it raises is logged, and its row comes back when its lease runs out."""
        self._busy[workspace_id] += 1
        task = asyncio.create_task(self._run(workspace_id, work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _run(self, workspace_id: str, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except DBAPIError as error:
            log.warning("the database didn't answer, trying again: %s", where(error))
        except Exception as error:  # noqa: BLE001 - one row never stops the others
            log.error("work for workspace %s failed: %s", workspace_id, where(error))
        finally:
            self._busy[workspace_id] -= 1

    async def one_landed(self, *, within: float) -> None:
        """Return when anything has ended, or after so many seconds."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=within, return_when=asyncio.FIRST_COMPLETED)

    async def landed(self) -> None:
        """Return when nothing is in the air."""
        while self._tasks:
            await asyncio.wait(self._tasks)
