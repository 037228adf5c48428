"""What the page shows beside the workspace, and what it can ask for: time, stories, the bot's life, others' answers."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.commands import words
from bot.demo import ledger
from bot.demo.city import City, TeamPlan, past_answer
from bot.demo.fast_forward import FastForward, Moment, coming, first_close
from bot.demo.guide import Standing, guide
from bot.demo.leaping_clock import LeapingClock
from bot.demo.starts import STARTS, Start
from bot.demo.supervisor import Supervisor
from bot.sandbox import NotNow, Person, SeenMessage
from bot.slack.ids import COMMAND, Do
from storage import rounds, teams
from storage.engine import Database
from storage.models import Round, Team

DAY = timedelta(days=1)
STALE = 0.25
"""Seconds for which a description is good: it costs a dozen queries, and the page asks after every change."""
QUESTION = "answer:"
"""How the block ids of a check-in's questions begin."""


class DemoStage:
    """The stage of one demonstration; `wanted` is the start that somebody chose to begin anew with."""

    def __init__(
        self, city: City, start: Start, *, clock: LeapingClock, database: Database, supervisor: Supervisor
    ) -> None:
        self._city = city
        self._start = start
        self._clock = clock
        self._database = database
        self._supervisor = supervisor
        self._fast_forward = FastForward(city, clock=clock, database=database)
        self._began = clock()
        self._plan = city.plans[0]
        self._progress: dict[int, tuple[bool, int, int]] = {}
        self._described: dict[str, Any] = {}
        self._described_at = 0.0
        self._doing = asyncio.Lock()
        self.wanted: asyncio.Future[Start] = asyncio.get_running_loop().create_future()
        self.busy: str | None = None

    def begins_now(self, plan: TeamPlan) -> None:
        """What happened before was told: from here on the guide is about this team."""
        self._began = self._clock()
        self._plan = plan
        self._described_at = 0.0

    async def describe(self) -> dict[str, Any]:
        if time.monotonic() - self._described_at > STALE:
            async with self._database.reading() as session:
                self._described = await self._describe(session)
            self._described_at = time.monotonic()
        return self._described

    async def do(self, what: str, given: dict[str, Any]) -> None:
        deed = self._deeds().get(what)
        if deed is None:
            raise NotNow("That can't be done here.")
        if self.busy:
            raise NotNow(self.busy)
        async with self._doing:  # one after the other, in the order in which they were asked for
            await deed(given)
        self._described_at = 0.0

    def _deeds(self) -> dict[str, Callable[[dict[str, Any]], Awaitable[None]]]:
        return {
            "next": self._next,
            "day": self._day,
            "close": self._close,
            "ask": self._ask,
            "answers": self._answers,
            "kill": self._kill,
            "start": self._start_bot,
            "story": self._story,
        }

    async def _next(self, given: dict[str, Any]) -> None:
        del given
        await self._fast_forward.next_event(waiting=self._supervisor.running)

    async def _day(self, given: dict[str, Any]) -> None:
        del given
        await self._fast_forward.until(self._clock() + DAY, waiting=self._supervisor.running)

    async def _close(self, given: dict[str, Any]) -> None:
        """Until the round closes: a named team's, or the first of all."""
        async with self._database.reading() as session:
            team = await self._team(session, given)
            held = await rounds.open_of(session, team.id) if team is not None else None
            first = await first_close(session, self._city)
        at = held.closes_at if held is not None else first.at if first is not None else None
        if at is None:
            raise NotNow("No round is open.")
        await self._fast_forward.until(at, waiting=self._supervisor.running)

    async def _ask(self, given: dict[str, Any]) -> None:
        """Until a team is asked by its schedule."""
        async with self._database.reading() as session:
            team = await self._team(session, given)
        if team is None or team.next_round_at is None:
            raise NotNow("That team waits for no round.")
        await self._fast_forward.until(team.next_round_at, waiting=self._supervisor.running)

    async def _answers(self, given: dict[str, Any]) -> None:
        """Everyone in a team who has questions open answers them, but for one."""
        plan = self._named(given)
        for member, name in enumerate(plan.members):
            person = self._city.people[name]
            if person.id == given.get("but"):
                continue
            for number, dimension in enumerate(plan.levels):
                prompt = _open_questions(person, self._city)
                if prompt is None:
                    break
                level = past_answer(plan, member=member, dimension=dimension, number=-1)
                await _choose(person, prompt, number=number, level=level)

    async def _kill(self, given: dict[str, Any]) -> None:
        del given
        await self._supervisor.kill()

    async def _start_bot(self, given: dict[str, Any]) -> None:
        del given
        await self._supervisor.start()
        await self._city.connected()

    async def _story(self, given: dict[str, Any]) -> None:
        start = STARTS.get(str(given.get("story")))
        if start is None:
            raise NotNow("There is no such story.")
        if not self.wanted.done():
            self.wanted.set_result(start)

    def _named(self, given: dict[str, Any]) -> TeamPlan:
        return next((plan for plan in self._city.plans if plan.channel == given.get("team")), self._plan)

    async def _team(self, session: AsyncSession, given: dict[str, Any]) -> Team | None:
        if "team" not in given:
            return None
        channel = self._city.channels[self._named(given).channel]
        return await teams.of_channel(session, workspace_id=self._city.workspace.id, channel_id=channel.id)

    async def _describe(self, session: AsyncSession) -> dict[str, Any]:
        now = self._clock()
        planned = [one for one in await coming(session, self._city, now=now) if one.at > now]
        close = await first_close(session, self._city)
        person, channel = self._city.people[self._plan.members[0]], self._city.channels[self._plan.channel]
        return {
            "ahead": self._clock.ahead.total_seconds(),
            "title": self._start.name,
            "stories": [
                {"id": one.id, "name": one.name, "what": one.what, "current": one is self._start}
                for one in STARTS.values()
            ],
            "words": [{"usage": each.usage, "what": each.does} for each in words.usages().values()],
            "titles": await self._titles(session),
            "start": {"person": person.id, "place": channel.id},
            "next": planned[0].json() if planned else None,
            "close": close.json() if close is not None else None,
            "guide": guide(
                self._city,
                self._plan,
                await self._standing(session),
                next_event=self._asked_next(planned),
                has_past=self._start.has_past,
            ),
            "app": {
                "running": self._supervisor.running,
                "connected": self._supervisor.running and self._city.is_connected,
                "starts": self._supervisor.starts,
            },
            "ledger": (await ledger.read(session, self._city, now=now)).json(),
        }

    def _asked_next(self, planned: list[Moment]) -> Moment | None:
        return next((one for one in planned if one.what.startswith(self._plan.name)), None)

    async def _titles(self, session: AsyncSession) -> dict[str, str]:
        """What each person is to the teams: from the database where they are set up, else from the plan."""
        titles: dict[str, list[str]] = {}
        kept = {team.channel_id: team for team in await teams.all_of(session, workspace_id=self._city.workspace.id)}
        for plan in self._city.plans:
            team = kept.get(self._city.channels[plan.channel].id)
            managers = await teams.managers(session, team.id) if team is not None else ()
            for name in plan.members:
                person = self._city.people[name]
                titles.setdefault(person.id, []).append(f"{'manages' if person.id in managers else 'in'} {plan.name}")
        return {person: ", ".join(sorted(said, reverse=True)) for person, said in titles.items()}

    async def _standing(self, session: AsyncSession) -> Standing:
        channel, manager = self._city.channels[self._plan.channel], self._city.people[self._plan.members[0]]
        team = await teams.of_channel(session, workspace_id=self._city.workspace.id, channel_id=channel.id)
        held = await rounds.open_of(session, team.id) if team is not None else None
        past = await rounds.closed_of(session, team.id) if team is not None else ()
        closed = next((one for one in past if _since(one, self._began)), None)
        if held is not None:
            # A close deletes who had finished: this is what was so before.
            counted = await rounds.finished(session, round_id=held.id)
            self._progress[held.id] = (await _has_finished(session, held, manager), *counted)
        now_or_last = held or closed
        known = self._progress.get(now_or_last.id) if now_or_last is not None else None
        answered, finished, members = known or (False, 0, 0)
        asked_at = self._asked_for_summary(manager)
        return Standing(
            set_up=team is not None,
            asked=held is not None,
            answered=answered,
            finished=finished,
            members=members,
            closed=closed is not None,
            looked=asked_at is not None,
            read=closed is not None and asked_at is not None and asked_at >= (closed.closed_at or closed.closes_at),
        )

    def _asked_for_summary(self, person: Person) -> datetime | None:
        """When they last sent the command, since what the guide is about began."""
        typed = f"types {COMMAND} summary"
        found = (one for one in reversed(self._city.sandbox.history) if one.person is person and one.kind == "did")
        last = next((one.at for one in found if one.text.startswith(typed)), None)
        return last if last is not None and last >= self._began else None


def _since(held: Round, began: datetime) -> bool:
    return held.opened_at >= began


async def _has_finished(session: AsyncSession, held: Round, person: Person) -> bool:
    member = await rounds.member(session, held.id, person.id)
    return member is None or member.completed_at is not None or member.skipped


def _open_questions(person: Person, city: City) -> SeenMessage | None:
    """The newest message that asks this person something."""
    return next((one for one in reversed(person.sees(city.app)) if _questions(one)), None)


def _questions(message: SeenMessage) -> list[str]:
    return [block["block_id"] for block in message.blocks if str(block.get("block_id")).startswith(QUESTION)]


async def _choose(person: Person, prompt: SeenMessage, *, number: int, level: int) -> None:
    await person.taps(prompt, action_id=Do.ANSWER, block_id=_questions(prompt)[number], value=str(level))
