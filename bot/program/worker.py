"""The jobs: a handful of ticks over the database, as many workers at once as anyone likes.

The database is the schedule; APScheduler is the clock that wakes us. Each tick catches what one row raises: log, back
off, go on. One poisoned team never stops the others.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.actions import items
from bot.check_ins import reminders
from bot.delivery.outbox import Outbox
from bot.kit.clock import Clock
from bot.kit.logs import where
from bot.kit.metrics import Metrics
from bot.kit.rubrics import Rubrics
from bot.notices import nearly_done_news
from bot.program.due_queue import DueQueue
from bot.program.outage import Outage
from bot.rounds import lifecycle
from bot.teams import deleting
from bot.teams.roster_reader import RosterReader
from storage import action_items, audit, deliveries, recently_asked, rounds, teams
from storage.engine import Database
from storage.kinds import RoundState, RoundStep, TeamStep
from storage.models import ActionItem, Round, Team
from storage.overdue import Row

log = logging.getLogger(__name__)

DAILY = timedelta(days=1)
FORGOTTEN_AT_ONCE = 500
"""Messages deleted in one transaction: on SQLite, taps wait for it."""


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
        self._stopping = asyncio.Event()
        self._forgot: datetime | None = None
        self._caught_up = False
        self._to_open = DueQueue(teams.due(TeamStep.OPEN), self._open)
        self._to_delete = DueQueue(teams.due(TeamStep.DELETE), self._delete)
        self._to_step = DueQueue(rounds.DUE, self._step)
        self._to_ask = DueQueue(action_items.DUE, self._ask)
        self._due_jobs: dict[str, Callable[[], Awaitable[int]]] = {
            "rosters": self.rosters.read_due,
            "open": self.open_rounds,
            "delete": self.delete_teams,
            "rounds": self.step_rounds,
            "actions": self.ask_owners,
            "deliver": self._outbox.deliver_due,
        }
        self._outage = Outage()
        self._went_well: dict[str, datetime] = {}
        """When each job last came to its end."""
        self._under_way: dict[str, datetime] = {}
        """The jobs that are at work, since when."""
        self._upkeep_jobs: dict[str, Callable[[], Awaitable[int]]] = {
            "erase": self.erase_traces,
            "forget": self.forget_old,
            "nearly done": self.catch_up,
        }

    def start(self) -> None:
        """Begin to tick."""
        jobs, now = self._due_jobs | self._upkeep_jobs, self._clock()
        self._went_well = dict.fromkeys(self._due_jobs, now)
        self._metrics.ticks_begin(jobs, at=now.timestamp())
        for name, job in jobs.items():
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
        self._stopping.set()
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
        self._under_way[name] = self._clock()
        began = time.perf_counter()
        try:
            done = await job()
            now = self._clock()
            self._metrics.ticked(name, done, seconds=time.perf_counter() - began, at=now.timestamp())
            self._went_well[name] = now
            self._outage.went_well(name)
            return done  # noqa: TRY300 - a tick that failed has done nothing that we know of
        except DBAPIError as error:
            self._metrics.tick_failed(name)
            self._outage.failed(name, error)
        except Exception as error:  # noqa: BLE001 - a tick that dies would take the schedule with it
            self._metrics.tick_failed(name)
            log.error("tick %s failed: %s", name, where(error))
        finally:
            self._running.discard(task)
            self._under_way.pop(name, None)
        return 0

    def late(self, patience: timedelta, *, at_work: timedelta) -> list[str]:
        """The jobs that haven't gone well for so long, or are at work for longer than `at_work`; all before `start`."""
        now, never = self._clock(), datetime.min.replace(tzinfo=UTC)
        return [
            name
            for name in self._due_jobs
            if (
                self._under_way[name] < now - at_work
                if name in self._under_way
                else self._went_well.get(name, never) < now - patience
            )
        ]

    async def open_rounds(self) -> int:
        """Open the rounds that are due."""
        return await self._take_all(self._to_open)

    async def delete_teams(self) -> int:
        """Bring the deletion of teams further, to its end where nothing is owed to their members any more."""
        return await self._take_all(self._to_delete)

    async def step_rounds(self) -> int:
        """Remind and close the rounds that are due."""
        return await self._take_all(self._to_step)

    async def ask_owners(self) -> int:
        """Ask what became of the action items that are due."""
        return await self._take_all(self._to_ask)

    async def _take_all(self, queue: DueQueue[Row]) -> int:
        return await queue.take_all(self._database, clock=self._clock, stopping=self._stopping)

    async def _open(self, session: AsyncSession, team: Team, now: datetime) -> None:
        await lifecycle.open_round(session, team, rubrics=self._rubrics, now=now)

    async def _delete(self, session: AsyncSession, team: Team, now: datetime) -> None:
        if await deleting.step(session, team, now=now):
            self._must_erase = True

    async def _ask(self, session: AsyncSession, item: ActionItem, now: datetime) -> None:
        await items.ask(session, item, now=now)

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
            can_extend = await lifecycle.can_be_kept_open(session, held, team)
            await reminders.remind_round(session, held, team, can_extend=can_extend, now=now)

    async def erase_traces(self) -> int:
        """After a close: empty the write-ahead log, where erased answers would stay readable."""
        if not (self._must_erase or self._outbox.round_ended):
            return 0
        self._outbox.round_ended = False
        self._must_erase = not await self._database.erase_traces()
        return 1

    async def catch_up(self) -> int:
        """Once, at the start: tell managers that all have answered where a process was ended before it did."""
        if self._caught_up:
            return 0
        await nearly_done_news.catch_up(self._database, now=self._clock())
        self._caught_up = True
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
