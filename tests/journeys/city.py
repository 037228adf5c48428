"""A small city on a local Slack, with the whole bot beside it: what journeys walk through."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from pathlib import Path

from sqlalchemy import update

from bot.charts.render import Renderer
from bot.delivery.message import OwedMessage
from bot.kit.settings import Settings, read
from bot.program.manifest import SCOPES
from bot.program.messages import MESSAGES
from bot.program.process import Running, running
from bot.program.workspace_events import EVENTS
from bot.sandbox import App, Channel, CommandReply, Installation, Person, Sandbox, SeenMessage, View, Workspace
from bot.sandbox.block_kit.rendering import blocks_lines
from bot.sandbox.state.changes import Found
from bot.sandbox.wire.server import serving
from bot.slack.ids import COMMAND, Do
from rubric import Rubric, load
from storage.models import Team
from tests.clocks import StandingClock
from tests.journeys.turns import Turns

EXAMPLE = {"A": (1, 2, 2, 2, 3), "B": (3, 3, 3, 4, 3), "C": (1, 1, 1, 1, 2), "D": (2, 2, 2, 2, 2), "E": (1, 4, 1, 4, 4)}
"""Five members' answers by dimension: A 2, B 3, C 1, D 2 and E split."""
NAMES = ("Ana", "Ben", "Cho", "Dev", "Eli")
PATIENCE = 300.0
"""Seconds without any change after which nothing more is to come: no busy machine takes as long for one."""
AHEAD = timedelta(seconds=30)
"""How far time goes on by itself for what somebody waits for: a channel's next post, another try."""
Levels = Sequence[int | None]


class City:
    """The sandbox, one workspace, five members in one channel, a bystander, and the bot that is running."""

    def __init__(
        self, *, sandbox: Sandbox, clock: StandingClock, app: App, workspace: Workspace, names: Sequence[str]
    ) -> None:
        self.sandbox = sandbox
        self.clock = clock
        self.app = app
        self.workspace = workspace
        self.people = [workspace.add_person(name=name, tz="America/Chicago") for name in names]
        self.bystander = workspace.add_person(name="Zoe", tz="America/Chicago")
        self.installation: Installation = app.install(workspace)
        self.channel: Channel = workspace.add_channel("permits", members=[*self.people, self.installation])
        self.database_url = ""
        self.renderer: Renderer | None = None
        self.messages: Sequence[type[OwedMessage]] = MESSAGES
        self.rubric: Rubric = load(None)
        self._bot: Running | None = None
        self._turns: Turns | None = None
        self._read: set[str] = set()
        self._parts = AsyncExitStack()

    @property
    def manager(self) -> Person:
        return self.people[0]

    @property
    def bot(self) -> Running:
        assert self._bot is not None, "the bot is stopped"
        return self._bot

    @property
    def turns(self) -> Turns:
        assert self._turns is not None, "the bot is stopped"
        return self._turns

    def settings(self, more: Mapping[str, str]) -> Settings:
        """The environment that an operator would write for this Slack."""
        environment = {
            "SLACK_BOT_TOKEN": self.installation.bot_token,
            "SLACK_API_URL": f"{self.sandbox.url}/api/",
            "DATABASE_URL": self.database_url,
            "DELIVERY_SETTLE": "0",
            "MATURITY_ANSWER_WITHIN": str(PATIENCE),  # how fast the bot is, benchmarks measure
            "DELIVERY_RATE": "1000",
            "DELIVERY_BURST": "1000",
            **more,
        }
        if self.app.request_url is None:
            environment["SLACK_APP_TOKEN"] = self.app.app_token
        else:
            environment["SLACK_SIGNING_SECRET"] = self.app.signing_secret
        return read("run", environment)

    async def start_bot(self, **environment: str) -> None:
        """Start it on the city's database, and have Slack reach it."""
        settings = self.settings(environment)
        self._bot = await self._parts.enter_async_context(
            running(settings, "run", clock=self.clock, renderer=self.renderer, messages=self.messages)
        )
        self._turns = Turns(self.sandbox, self.clock, self._bot)
        address = await self._parts.enter_async_context(serving(self.bot.pages, host="127.0.0.1", port=0))
        if self.app.request_url is not None:
            self.app.request_url = f"{address}/slack/events"
        else:
            await self.sandbox.until(lambda: self.sandbox.socket_mode.connections(self.app) or None, timeout=PATIENCE)

    async def stop_bot(self, *, at_once: bool = False) -> None:
        """End it in order, as SIGTERM does; unless `at_once`, when Slack waits for nothing of it."""
        if not at_once:
            await self.sandbox.quiet()
        await self._parts.aclose()
        self._parts = AsyncExitStack()
        self._bot = self._turns = None

    async def until(self, found: Callable[[], Found | None]) -> Found:
        """The first true value of `found`, asked after each turn of the bot's and each change in Slack.

        Where nothing is left to do now, time goes on to when something is, by half a minute at most.
        """
        if self._turns is None:  # the bot runs in other processes, or not at all
            return await self.sandbox.until(found, timeout=PATIENCE)
        latest = self.clock() + AHEAD
        while True:
            change = self.sandbox.changes.upcoming()
            if value := found():
                return value
            await self._turns.landed()
            if not change.done() and await self._turns.go_on(latest=latest):
                continue
            if change.done():
                continue
            # The bot has done all: what is still to come is from somebody whom the test has sent beside.
            await asyncio.wait({change}, timeout=PATIENCE)
            if not change.done():
                return await self.sandbox.until(found, timeout=0)

    async def sees(self, person: Person, words: str, *, where: Channel | None = None) -> SeenMessage:
        """The newest message with these words that the person sees, in their direct message unless said otherwise."""
        return await self.until(lambda: self.newest(person, words, where=where))

    def newest(self, person: Person, words: str, *, where: Channel | None = None) -> SeenMessage | None:
        here = where if where is not None else person.dm(self.app)
        return next((each for each in reversed(person.sees(here)) if words in each.shown), None)

    def seen(self, person: Person, words: str, *, where: Channel | None = None) -> list[SeenMessage]:
        """Every message with these words that the person sees now."""
        here = where if where is not None else person.dm(self.app)
        return [each for each in person.sees(here) if words in each.shown]

    async def settled(self) -> None:
        """Return when the bot has done all there is to do now: nothing in flight, due, owed, or on its way."""
        await self.turns.settle()

    async def ticks(self) -> None:
        """Begin what is due, and wait for nothing that is in the air because of it."""
        await self.turns.begin()

    async def open_setup(self, person: Person | None = None, *, where: Channel | None = None) -> Person:
        """Type `/maturity setup`, and wait for the form."""
        person = person or self.manager
        reply = await person.types("/maturity setup", where or self.channel)
        assert (reply.status, reply.text) == (200, ""), reply
        await self.until(lambda: (person.modal and person.modal.body.get("callback_id") == "setup") or None)
        return person

    async def set_up(self, person: Person | None = None, *, where: Channel | None = None, **fields: object) -> None:
        """Set the team up with the form as it stands, but for these fields; for a team that is there, change it."""
        person = await self.open_setup(person, where=where)
        for field, value in fields.items():
            await person.fills(field, value)
            await self.bot.in_flight.landed()
        submitted = await person.submits()
        assert submitted.response_action == "push", submitted
        done = ("are set up", "are saved")
        await self.until(lambda: any(words in str(each.blocks) for each in person.modals for words in done) or None)
        await person.closes()

    async def without_holidays(self) -> None:
        """Have no team keep any: the Monday after the first week, 12 October 2026, would be one."""
        async with self.bot.database.begin() as session:
            await session.execute(update(Team).values(country=None))

    async def opens_home(self, person: Person) -> View:
        """Open the Home tab; what is published there because of it."""
        await person.opens_home(self.app)
        return await self.home(person)

    async def home(self, person: Person) -> View:
        """The Home tab as it is once nothing is on its way there."""
        await self.bot.in_flight.landed()
        found = person.home(self.app)
        assert found is not None, "nothing was published"
        return found

    async def answer(self, person: Person, levels: Levels, *, prompt: SeenMessage | None = None) -> SeenMessage:
        """Tap one level for each dimension (None: "can't say"); the prompt that was tapped."""
        prompt = prompt or await self.sees(person, "Choose the level where you stop")
        for dimension, level in zip("ABCDE", levels, strict=True):
            await self.tap(person, prompt, dimension, level)
        return prompt

    async def tap(self, person: Person, prompt: SeenMessage, dimension: str, level: int | None) -> None:
        """Tap one level for one dimension."""
        value = "cant_say" if level is None else str(level)
        block_id = question_block(prompt, dimension)
        reply = await person.taps(prompt, action_id=Do.ANSWER, block_id=block_id, value=value)
        assert reply.status == 200, reply

    async def answer_all(self, by_dimension: Mapping[str, Sequence[int | None]]) -> None:
        """Everyone's answers, each dimension's in the order of `people`; those who have none don't answer."""
        answering = len(by_dimension["A"])
        for number, person in enumerate(self.people[:answering]):
            await self.answer(person, [by_dimension[dimension][number] for dimension in "ABCDE"])
            await self.sees(person, "Thank you")

    async def answer_example(self) -> None:
        await self.answer_all(EXAMPLE)

    async def opened(self) -> None:
        """Start a round now, and wait until everyone is asked."""
        reply = await self.manager.types("/maturity start", self.channel)
        assert "Opening a round" in reply.text, reply
        for person in self.people:
            await self.sees(person, "Choose the level where you stop")

    async def close_early(self) -> None:
        """The manager closes the open round by command and button."""
        reply = await self.manager.types("/maturity close", self.channel)
        offer = await self.sees(self.manager, "The round closes", where=self.channel)
        shows = Do.CLOSE_NOW in str(reply.blocks)
        await self.manager.taps(offer, action_id=Do.CLOSE_NOW if shows else Do.ERASE_AND_CLOSE)

    async def summary(self) -> SeenMessage:
        """The next summary in the team's channel, with its picture (where it shows anything), once the round is over.

        That is when every check-in message is replaced.
        """
        found = await self.until(self._pictured)
        self._read.add(found.ts)
        await self.settled()
        return found

    def _pictured(self) -> SeenMessage | None:
        found = self.seen(self.manager, ": round ", where=self.channel)
        news = [each for each in found if each.ts not in self._read and not each.ephemeral]
        return news[-1] if news and (news[-1].pictures or _shows_nothing(news[-1])) else None

    async def round(self, by_dimension: Mapping[str, Sequence[int | None]] = EXAMPLE) -> SeenMessage:
        """A whole round: started, answered, closed; its summary."""
        await self.opened()
        await self.answer_all(by_dimension)
        await self.close_early()
        return await self.summary()

    async def details(self, summary: SeenMessage, person: Person | None = None) -> str:
        """What stands behind a summary's Details button, for the manager unless told otherwise."""
        person = person or self.manager
        await person.taps(summary, action_id=Do.DETAILS)
        assert person.modal is not None
        shown = "\n".join(blocks_lines(person.modal.blocks, self.workspace, state=person.modal.state))
        await person.closes()
        return shown

    async def manages(self, words: str) -> CommandReply:
        """The manager types a command in the team's channel."""
        return await self.manager.types(f"{COMMAND} {words}", self.channel)


def _shows_nothing(summary: SeenMessage) -> bool:
    return "nothing to show" in summary.shown or "Not shown" in summary.shown


def question_block(prompt: SeenMessage, dimension: str) -> str:
    """The block id of one question of a check-in."""
    ids = [str(block["block_id"]) for block in prompt.blocks]
    return next(each for each in ids if each.startswith("answer:") and f":{dimension}:" in each)


@asynccontextmanager
async def city(
    database_url: str,
    *,
    transport: str = "http",
    traffic: Path | None = None,
    renderer: Renderer | None = None,
    names: Sequence[str] = NAMES,
    messages: Sequence[type[OwedMessage]] = MESSAGES,
) -> AsyncIterator[City]:
    """A city whose bot is running, over HTTP or Socket Mode."""
    clock = StandingClock()
    sandbox = Sandbox(clock=clock, traffic=traffic)
    # Slack waits for three seconds; how fast the bot is, benchmarks measure, and not on a machine full of tests.
    sandbox.answer_within = sandbox.trigger_lifetime = PATIENCE
    async with sandbox.serve():
        app = sandbox.add_app(
            name="maturity",
            scopes=sorted(SCOPES),
            commands=[COMMAND],
            events=EVENTS,
            request_url="http://127.0.0.1:1/slack/events" if transport == "http" else None,
        )
        workspace = sandbox.add_workspace(name="City", domain="city")
        town = City(sandbox=sandbox, clock=clock, app=app, workspace=workspace, names=names)
        town.database_url, town.renderer, town.messages = database_url, renderer, messages
        await town.start_bot()
        try:
            yield town
        finally:
            await town.stop_bot()
