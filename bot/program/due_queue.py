"""A worker's queue of due rows: one table, and what is done to each of its rows when it is due."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic

from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.kit.clock import Clock
from bot.kit.logs import where
from storage.engine import Database, is_contention
from storage.overdue import DueRows, Row

log = logging.getLogger(__name__)

MINUTE = timedelta(minutes=1)
POISONED = timedelta(minutes=5)
"""How long a row that raised is left alone."""


@dataclass(frozen=True, slots=True)
class DueQueue(Generic[Row]):
    """Rows with something to do, and what is done to each."""

    rows: DueRows[Row]
    take: Callable[[AsyncSession, Row, datetime], Awaitable[object]]
    """Does what a held row is due for, and says in its column when it is due next."""

    async def take_all(self, database: Database, *, clock: Clock, stopping: asyncio.Event) -> int:
        """Take every due row in a transaction of its own, until none is left; how many were taken.

        A row that another worker holds is left to it at no cost. One that raises is left alone for a while; one that
        waits for something, be it somebody's lock on what it needs beside, has its turn at the next tick.
        """
        taken, passed = 0, set[int]()
        async with database.reading() as session:
            if not await self.rows.any(session, now=clock()):
                return 0
        while not stopping.is_set():  # what is left then is another worker's, or waits for the next start
            now, row_id = clock(), None
            try:
                async with database.begin() as session:
                    row = await self.rows.hold(session, now=now, passed=passed)
                    if row is None:
                        break
                    row_id = row.id
                    await self.take(session, row, now)
                    await session.flush()
                    if self.rows.is_due(row, now=now):
                        passed.add(row_id)
                taken += 1
            except (OperationalError, InterfaceError) as error:
                if row_id is None or not is_contention(error):
                    raise  # the database itself: everything is tried again at the next tick
                log.warning("%s %s meets another's lock, trying again: %s", self.rows.noun, row_id, where(error))
                passed.add(row_id)
            except Exception as error:  # one poisoned row never stops the others
                if row_id is None:
                    raise
                log.error(
                    "%s %s: step failed, retrying in %d minutes: %s",
                    self.rows.noun,
                    row_id,
                    POISONED // MINUTE,
                    where(error),
                )
                async with database.begin() as session:
                    await self.rows.put_off(session, row_id, until=now + POISONED)
        return taken
