"""The jobs: a handful of ticks over the database, as many workers at once as anyone likes.

The database is the schedule; APScheduler is the clock that wakes us. Each tick catches what one row raises: log, back
off, go on. One poisoned team never stops the others.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import TypeVar

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.actions import items
from bot.delivery.outbox import Outbox
from bot.kit.clock import Clock
from bot.kit.logs import where
from bot.kit.metrics import Metrics
from bot.kit.rubrics import Rubrics
from bot.rounds import lifecycle, reminders
from bot.teams import deleting
from bot.teams.roster_reader import RosterReader
from storage import action_items as stored_items
from storage import audit, deliveries, recently_asked, teams
from storage import rounds as stored_rounds
from storage.engine import Database, is_contention
from storage.kinds import RoundState, RoundStep, TeamStep
from storage.models import ActionItem, Round, Team

log = logging.getLogger(__name__)

DAILY = timedelta(days=1)
FORGOTTEN_AT_ONCE = 500
"""Messages deleted in one transaction: on SQLite, taps wait for it."""
POISONED = timedelta(minutes=5)
"""How long a row that raised is left alone."""


Row = TypeVar("Row", Team, Round, ActionItem)


class Worker:
    """Opens, reminds and closes rounds, and delivers what is owed."""

    def __init__(
        self,
        *,
        database: Database,
        rosters: RosterReader,
        rubrics: Rubrics,
        outbox: Outbox,
        clock: Clock,
        metrics: Metrics,
        tick: float,
    ) -> None:
        self._database = database
        self.rosters = rosters
        self._rubrics = rubrics
        self._outbox = outbox
        self._clock = clock
        self._metrics = metrics
        self._tick = tick
        self._running: set[asyncio.Task[object]] = set()
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._must_erase = True
        self._stopping = False
        self._forgot: datetime | None = None
        self.last_tick: datetime | None = None
        self._due_jobs: dict[str, Callable[[], Awaitable[int]]] = {
            "rosters": self.rosters.read_due,
            "open": self.open_rounds,
            "delete": self.delete_teams,
            "rounds": self.step_rounds,
            "actions": self.ask_owners,
            "deliver": self._outbox.deliver_due,
        }
        self._upkeep_jobs: dict[str, Callable[[], Awaitable[int]]] = {
            "erase": self.erase_traces,
            "forget": self.forget_old,
        }

    def start(self) -> None:
        """Begin to tick."""
        for name, job in (self._due_jobs | self._upkeep_jobs).items():
            self._scheduler.add_job(
                self._guarded,
                "interval",
                seconds=self._tick,
                args=[name, job],
                id=name,
                coalesce=True,
                misfire_grace_time=None,
                max_instances=1,
            )
        self._scheduler.start()

    async def stop(self) -> None:
        """Stop ticking, after what runs has ended: a shutdown of the scheduler would cancel it."""
        self._stopping = True
        self._scheduler.pause()
        await asyncio.sleep(0)  # a tick that was just handed in begins, and is waited for like the others
        while self._running:
            await asyncio.wait(set(self._running))
        await self.rosters.landed()
        await self._outbox.landed()
        self._scheduler.shutdown(wait=False)

    async def _guarded(self, name: str, job: Callable[[], Awaitable[int]]) -> int:
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - a job runs in a task
        self._running.add(task)
        try:
            done = await job()
            self._metrics.ticked(name, done)
            self.last_tick = self._clock()
            return done  # noqa: TRY300 - a tick that failed has done nothing that we know of
        except DBAPIError as error:
            log.warning("tick %s: the database didn't answer, trying again: %s", name, where(error))
        except Exception as error:  # noqa: BLE001 - a tick that dies would take the schedule with it
            log.error("tick %s failed: %s", name, where(error))
        finally:
            self._running.discard(task)
        return 0

    async def open_rounds(self) -> int:
        """Open the rounds that are due."""
        step = TeamStep.OPEN
        return await self._each(
            any_due=lambda session, now: teams.any_due(session, step=step, now=now),
            hold_due=lambda session, now, passed: teams.hold_due(session, step=step, now=now, passed=passed),
            hold=teams.hold,
            take=lambda session, team, now: lifecycle.open_round(session, team, rubrics=self._rubrics, now=now),
            at="next_step_at",
        )

    async def delete_teams(self) -> int:
        """Bring the deletion of teams further, to its end where nothing is owed to their members any more."""

        async def take(session: AsyncSession, team: Team, now: datetime) -> None:
            if await deleting.step(session, team, now=now):
                self._must_erase = True

        return await self._each(
            any_due=lambda session, now: teams.any_due(session, step=TeamStep.DELETE, now=now),
            hold_due=lambda session, now, passed: teams.hold_due(session, step=TeamStep.DELETE, now=now, passed=passed),
            hold=teams.hold,
            take=take,
            at="next_step_at",
        )

    async def step_rounds(self) -> int:
        """Remind and close the rounds that are due."""
        return await self._each(
            any_due=lambda session, now: stored_rounds.any_due(session, now=now),
            hold_due=lambda session, now, passed: stored_rounds.hold_due(session, now=now, passed=passed),
            hold=stored_rounds.hold,
            take=self._step,
            at="next_step_at",
        )

    async def ask_owners(self) -> int:
        """Ask what became of the action items that are due."""
        return await self._each(
            any_due=lambda session, now: stored_items.any_due(session, now=now),
            hold_due=lambda session, now, passed: stored_items.hold_due(session, now=now, passed=passed),
            hold=stored_items.hold,
            take=lambda session, item, now: items.ask(session, item, now=now),
            at="remind_at",
        )

    async def _each(
        self,
        *,
        any_due: Callable[[AsyncSession, datetime], Awaitable[bool]],
        hold_due: Callable[[AsyncSession, datetime, set[int]], Awaitable[Row | None]],
        hold: Callable[[AsyncSession, int], Awaitable[Row | None]],
        take: Callable[[AsyncSession, Row, datetime], Awaitable[object]],
        at: str,
    ) -> int:
        """Take every due row in a transaction of its own, until none is left; how many were taken.

        `at` is the column that says when a row is due. A row that another worker holds is left to it at no cost.
        One that raises is left alone for a while; one that waits for something, be it somebody's lock on what it needs
        beside, has its turn at the next tick.
        """
        taken, passed, now = 0, set[int](), self._clock()
        async with self._database.reading() as session:
            if not await any_due(session, now):
                return 0
        while not self._stopping:  # what is left then is another worker's, or waits for the next start
            now, row_id = self._clock(), None
            try:
                async with self._database.begin() as session:
                    row = await hold_due(session, now, passed)
                    if row is None:
                        break
                    row_id = row.id
                    await take(session, row, now)
                    await session.flush()
                    if getattr(row, at) is not None and getattr(row, at) <= now:
                        passed.add(row_id)
                taken += 1
            except (OperationalError, InterfaceError) as error:
                if row_id is None or not is_contention(error):
                    raise  # the database itself: everything is tried again at the next tick
                log.warning("row %s meets another's lock, trying again: %s", row_id, where(error))
                passed.add(row_id)
            except Exception as error:  # one poisoned row never stops the others
                if row_id is None:
                    raise
                log.error("row %s can't take its step: %s", row_id, where(error))
                async with self._database.begin() as session:
                    poisoned = await hold(session, row_id)
                    if poisoned is not None:
                        setattr(poisoned, at, now + POISONED)
        return taken

    async def _step(self, session: AsyncSession, held: Round, now: datetime) -> None:
        if held.state is not RoundState.OPEN:
            held.next_step = held.next_step_at = None
            return
        if held.next_step is RoundStep.CLOSE or held.closes_at <= now:
            await lifecycle.close_round(session, held, now=now)
            self._must_erase = True
            return
        team = await teams.get(session, held.team_id, workspace_id=held.workspace_id)
        if team is not None:
            await reminders.remind_round(session, held, team, now=now)

    async def erase_traces(self) -> int:
        """After a close: empty the write-ahead log, where erased answers would stay readable."""
        if not (self._must_erase or self._outbox.round_ended):
            return 0
        self._outbox.round_ended = False
        self._must_erase = not await self._database.erase_traces()
        return 1

    async def forget_old(self) -> int:
        """Once a day, and at the start: delete what is kept for a limited time, a batch a tick until none is left."""
        now = self._clock()
        if self._forgot is not None and now < self._forgot + DAILY:
            return 0
        async with self._database.begin() as session:
            messages = await deliveries.forget_old(session, now=now, limit=FORGOTTEN_AT_ONCE)
            entries = await audit.forget(session, before=now - audit.KEPT)
            await recently_asked.forget(session, now=now)
        if messages < FORGOTTEN_AT_ONCE:
            self._forgot = now
        return messages + entries
