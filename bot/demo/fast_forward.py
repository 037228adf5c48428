"""Letting time pass in a demonstration: from event to event, so that each happens at its own time."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.demo import ledger
from bot.demo.city import City
from bot.demo.leaping_clock import LeapingClock
from storage import rounds, teams
from storage.engine import Database
from storage.kinds import RoundStep

BRINK = timedelta(seconds=1)
"""How long before an event a leap ends."""
EFFECT_SECONDS = 12.0
"""Seconds that an event gets to show its effect before time goes on all the same: something may be wrong on purpose."""
LOOK = 0.05
MOST_EVENTS = 400
"""In one go: more than a quarter holds."""


@dataclass(frozen=True, kw_only=True)
class Moment:
    """Something that the bot will do by itself."""

    at: datetime
    what: str

    def json(self) -> dict[str, str]:
        return {"at": self.at.isoformat(), "what": self.what}


async def coming(session: AsyncSession, city: City, *, now: datetime) -> list[Moment]:
    """What is planned, the next thing first."""
    found = []
    for team in await teams.all_of(session, workspace_id=city.workspace.id):
        if team.next_round_at is not None and team.next_step_at is not None:
            found.append(Moment(at=team.next_round_at, what=f"{team.name} is asked"))
        held = await rounds.open_of(session, team.id)
        if held is not None and held.next_step_at is not None:
            if held.next_step is RoundStep.REMIND:
                found.append(Moment(at=held.next_step_at, what=f"reminders in {team.name}"))
            found.append(Moment(at=held.closes_at, what=f"{team.name} closes"))
    put_off = await ledger.put_off_until(session, workspace_id=city.workspace.id, now=now)
    if put_off is not None:
        found.append(Moment(at=put_off, what="a message is due"))
    asked_about = await ledger.asked_about_at(session, workspace_id=city.workspace.id, now=now)
    if asked_about is not None:
        found.append(Moment(at=asked_about, what="an action is asked about"))
    return sorted(found, key=lambda one: one.at)


async def first_close(session: AsyncSession, city: City) -> Moment | None:
    """The round that closes next, if one is open."""
    held = [
        Moment(at=found.closes_at, what=f"{team.name} closes")
        for team in await teams.all_of(session, workspace_id=city.workspace.id)
        if (found := await rounds.open_of(session, team.id)) is not None
    ]
    return min(held, key=lambda one: one.at, default=None)


class FastForward:
    """Moves the clock, and waits for what the bot makes of it."""

    def __init__(self, city: City, *, clock: LeapingClock, database: Database) -> None:
        self._city = city
        self._clock = clock
        self._database = database

    async def next_event(self, *, waiting: bool) -> None:
        """To the next thing that is planned; with `waiting`, until it has happened."""
        ahead = [one for one in await self._coming() if one.at > self._clock()]
        if ahead:
            await self._to(ahead[0], waiting=waiting)

    async def until(self, at: datetime, *, waiting: bool) -> None:
        """To that instant, through all that is planned before it."""
        for _ in range(MOST_EVENTS):
            ahead = [one for one in await self._coming() if self._clock() < one.at <= at]
            if not ahead:
                break
            await self._to(ahead[0], waiting=waiting)
        if self._clock() < at:
            await self._settled(waiting=waiting)
            self._clock.leap(at)

    async def _to(self, moment: Moment, *, waiting: bool) -> None:
        # Messages on their way should have arrived before a leap: their leases count this time.
        await self._settled(waiting=waiting)
        self._clock.leap(moment.at - BRINK)
        if not waiting:
            self._clock.leap(moment.at)
            return
        await self._until(lambda: self._happened(moment))
        await self._settled(waiting=waiting)

    async def _settled(self, *, waiting: bool) -> None:
        """Until nothing is on its way, as far as the bot can do something about it."""
        if waiting:
            await self._until(self._idle)

    async def _until(self, done: Callable[[], Awaitable[bool]]) -> None:
        loop = asyncio.get_running_loop()
        limit = loop.time() + EFFECT_SECONDS
        while not await done() and loop.time() < limit:  # noqa: ASYNC110 - the bot is another process: nobody tells us
            await asyncio.sleep(LOOK)

    async def _happened(self, moment: Moment) -> bool:
        return moment not in await self._coming() and self._clock() >= moment.at

    async def _idle(self) -> bool:
        async with self._database.reading() as session:
            return (await ledger.read(session, self._city, now=self._clock())).waiting == 0

    async def _coming(self) -> list[Moment]:
        async with self._database.reading() as session:
            return await coming(session, self._city, now=self._clock())
