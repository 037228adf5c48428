"""A small city on a local Slack, with the whole bot beside it: what journeys walk through."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.ids import COMMAND, Do
from bot.listeners.workspace import EVENTS
from bot.manifest import SCOPES
from bot.process import Running, running
from bot.sandbox import App, Channel, Installation, Person, Sandbox, SeenMessage, Workspace
from bot.sandbox.server import serving
from bot.settings import Settings, read

BEGINNING = datetime(2026, 10, 5, 15, 0, tzinfo=UTC)
"""A Monday, 10:00 in Chicago."""
EXAMPLE = {"A": (1, 2, 2, 2, 3), "B": (3, 3, 3, 4, 3), "C": (1, 1, 1, 1, 2), "D": (2, 2, 2, 2, 2), "E": (1, 4, 1, 4, 4)}
"""Five members' answers by dimension: A 2, B 3, C 1, D 2 and E split."""
NAMES = ("Ana", "Ben", "Cho", "Dev", "Eli")


class MovableClock:
    """A clock that begins on a Monday in October, goes on by itself, and can be moved ahead."""

    def __init__(self) -> None:
        self._ahead = BEGINNING - datetime.now(UTC)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    def move(self, **by: float) -> None:
        self._ahead += timedelta(**by)


class City:
    """The sandbox, one workspace, five members in one private channel, and the bot that is running."""

    def __init__(self, *, sandbox: Sandbox, clock: MovableClock, app: App, workspace: Workspace) -> None:
        self.sandbox = sandbox
        self.clock = clock
        self.app = app
        self.workspace = workspace
        self.people = [workspace.add_person(name=name, tz="America/Chicago") for name in NAMES]
        self.installation: Installation = app.install(workspace)
        self.channel: Channel = workspace.add_channel("permits", members=[*self.people, self.installation])
        self.bot: Running | None = None

    @property
    def manager(self) -> Person:
        return self.people[0]

    def settings(self, database_url: str) -> Settings:
        """The environment that an operator would write for this Slack."""
        environment = {
            "SLACK_BOT_TOKEN": self.installation.bot_token,
            "SLACK_API_URL": f"{self.sandbox.url}/api/",
            "DATABASE_URL": database_url,
            "MATURITY_TICK": "0.05",
            "DELIVERY_SETTLE": "0",
            "DELIVERY_RATE": "1000",
            "DELIVERY_BURST": "1000",
        }
        if self.app.request_url is None:
            environment["SLACK_APP_TOKEN"] = self.app.app_token
        else:
            environment["SLACK_SIGNING_SECRET"] = self.app.signing_secret
        return read("run", environment)

    async def sees(
        self, person: Person, words: str, *, where: Channel | None = None, within: float = 10
    ) -> SeenMessage:
        """The newest message with these words that the person sees, in their direct message unless said otherwise."""

        def found() -> SeenMessage | None:
            here = where if where is not None else person.dm(self.app)
            return next((each for each in reversed(person.sees(here)) if words in each.shown), None)

        return await self.sandbox.until(found, timeout=within)

    async def set_up(self, person: Person | None = None) -> None:
        """Set the team up with the form as it stands."""
        person = person or self.manager
        reply = await person.types("/maturity setup", self.channel)
        assert reply.status == 200, reply
        await self.sandbox.until(lambda: person.modal and person.modal.body.get("callback_id") == "setup" or None)
        submitted = await person.submits()
        assert submitted.response_action == "push", submitted
        await self.sandbox.until(lambda: any("are set up" in str(each.blocks) for each in person.modals) or None)

    async def answer(self, person: Person, levels: Sequence[int | None], *, prompt: SeenMessage | None = None) -> None:
        """Tap one level for each dimension."""
        prompt = prompt or await self.sees(person, "Choose the highest level")
        questions = [block for block in prompt.blocks if str(block["block_id"]).startswith("answer:")]
        for block, level in zip(questions, levels, strict=True):
            value = "cant_say" if level is None else str(level)
            reply = await person.taps(prompt, action_id=Do.ANSWER, block_id=block["block_id"], value=value)
            assert reply.status == 200, reply

    async def answer_example(self) -> None:
        for number, person in enumerate(self.people):
            await self.answer(person, [EXAMPLE[dimension][number] for dimension in "ABCDE"])
            await self.sees(person, "Thank you")

    async def close_early(self) -> None:
        """The manager closes the open round by command and button."""
        reply = await self.manager.types("/maturity close", self.channel)
        assert "Close now" in str(reply.blocks), reply
        offer = await self.sees(self.manager, "Close now", where=self.channel)
        await self.manager.taps(offer, action_id=Do.CLOSE_NOW)

    async def opened(self) -> None:
        """Start a round now, and wait until everyone is asked."""
        reply = await self.manager.types("/maturity start", self.channel)
        assert "Opening a round" in reply.text, reply
        for person in self.people:
            await self.sees(person, "Choose the highest level")


@asynccontextmanager
async def city(database_url: str, *, transport: str = "http", traffic: Path | None = None) -> AsyncIterator[City]:
    """A city whose bot is running, over HTTP or Socket Mode."""
    clock = MovableClock()
    sandbox = Sandbox(clock=clock, traffic=traffic)
    async with sandbox.serve():
        app = sandbox.add_app(
            name="maturity",
            scopes=sorted(SCOPES),
            commands=[COMMAND],
            events=EVENTS,
            request_url="http://127.0.0.1:1/slack/events" if transport == "http" else None,
            home_tab_enabled=False,
        )
        town = City(sandbox=sandbox, clock=clock, app=app, workspace=sandbox.add_workspace(name="City", domain="city"))
        async with running(town.settings(database_url), "run", clock=clock) as bot:
            town.bot = bot
            async with serving(bot.pages, host="127.0.0.1", port=0) as address:
                if transport == "http":
                    app.request_url = f"{address}/slack/events"
                else:
                    await sandbox.until(lambda: sandbox.socket_mode.connections(app) or None)
                yield town
                await sandbox.quiet()
