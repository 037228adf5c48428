"""The bot's work done turn by turn, on a clock that stands still between them: no test races with the machine."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select

from bot.program.process import Running
from bot.program.worker import Worker
from bot.sandbox import Sandbox
from storage.claims import instant, microseconds
from storage.models import ActionItem, Delivery, DeliveryLimit, Round, Team
from tests.clocks import StandingClock

MOMENT = timedelta(seconds=5)
DUE = Delivery.next_attempt_at
JOBS = (
    (Team.next_step_at, ("rosters", "open", "delete")),
    (Round.next_step_at, ("rounds",)),
    (ActionItem.remind_at, ("actions",)),
    (DUE, ("deliver",)),
)
"""What says that there is work, and the worker's jobs that do it, in their order."""


class Turns:
    """What the scheduler does in the program, which is paused here: each turn runs to its end before the next."""

    def __init__(self, sandbox: Sandbox, clock: StandingClock, bot: Running) -> None:
        assert bot.worker is not None
        self._sandbox = sandbox
        self._clock = clock
        self._bot = bot
        self._worker: Worker = bot.worker
        self._worker._scheduler.pause()

    async def settle(self) -> None:
        """Do all there is to do now, the upkeep too; what is due later stays.

        What is due, and waits a moment for its workspace's allowance, is done as well: time goes on for it.
        """
        await self.landed()
        while await self._turn(await self._firsts()) or await self._is_allowed_in(MOMENT):
            await self.landed()
        for name, job in self._worker._upkeep_jobs.items():
            await self._worker._guarded(name, job)

    async def go_on(self, *, latest: datetime) -> bool:
        """Do what is due, or move time to what is due next and do that; False where nothing is until `latest`."""
        if await self._turn(await self._firsts()):
            return True
        coming = await self._next()
        if coming is None or coming > latest:
            return False
        self._clock.move_to(coming)
        await self._turn(await self._firsts())
        return True

    async def begin(self) -> None:
        """Begin all that is due, and leave in the air what gets there."""
        for name, job in self._worker._due_jobs.items():
            await self._worker._guarded(name, job)

    async def landed(self) -> None:
        """Return when no request is on its way to the bot, and nothing in flight that it does because of one."""
        await self._sandbox.quiet()
        await self._bot.in_flight.landed()

    async def arrived(self) -> None:
        """Return when no delivery is in the air, and no roster is being read."""
        await self._worker.rosters.landed()
        await self._worker._outbox.landed()

    async def _turn(self, firsts: Sequence[datetime | None]) -> int:
        """The jobs that have something to do, each to its end; how much was done."""
        now, done = self._clock(), 0
        for (_at, names), first in zip(JOBS, firsts, strict=True):
            if first is None or first > now:
                continue
            for name in names:
                done += await self._worker._guarded(name, self._worker._due_jobs[name])
                await self.arrived()
        return done

    async def _firsts(self, *, after: datetime | None = None) -> Sequence[datetime | None]:
        """When each kind of work is due first, of what is due after an instant."""
        queries = [select(func.min(at)) for at, _names in JOBS]
        if after is not None:
            queries = [query.where(at > after) for query, (at, _names) in zip(queries, JOBS, strict=True)]
        async with self._bot.database.reading() as session:
            return (await session.execute(select(*(query.scalar_subquery() for query in queries)))).one()

    async def _next(self) -> datetime | None:
        """When there is something to do next, or an allowance is there for what is due already."""
        coming = [*await self._firsts(after=self._clock()), await self._next_allowance()]
        return min((at for at in coming if at is not None), default=None)

    async def _is_allowed_in(self, moment: timedelta) -> bool:
        """Where something is due that no workspace takes yet, move time on to when one does, if that is so soon."""
        now = self._clock()
        [due] = [first for (at, _names), first in zip(JOBS, await self._firsts(), strict=True) if at is DUE]
        allowed_at = await self._next_allowance() if due is not None and due <= now else None
        if allowed_at is None or allowed_at > now + moment:
            return False
        self._clock.move_to(allowed_at)
        return True

    async def _next_allowance(self) -> datetime | None:
        """When a workspace takes messages next, of those that take none now."""
        ends = (DeliveryLimit.blocked_until_us, DeliveryLimit.spent_until_us)
        queries = [select(func.min(end)).where(end > microseconds(self._clock())).scalar_subquery() for end in ends]
        async with self._bot.database.reading() as session:
            found = (await session.execute(select(*queries))).one()
        return min((instant(at) for at in found if at is not None), default=None)
