"""A local Slack with a team in it, and the environment to start the program in beside it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import text

from bot.program.manifest import SCOPES
from bot.program.workspace_events import EVENTS
from bot.sandbox import Sandbox
from bot.slack.ids import COMMAND
from storage.engine import Database, read_url
from tests.clocks import RunningClock
from tests.journeys.city import NAMES, City
from tests.processes.program import PATIENCE, Program


class Town(City):
    """A city whose bot runs in other processes, by a clock that follows the city's."""

    directory: Path

    @property
    def clock_file(self) -> Path:
        return self.directory / "clock"

    def move(self, **by: float) -> None:
        """Move time ahead, for Slack and for every process."""
        self.clock.move(**by)
        self.tell_time()

    def tell_time(self) -> None:
        ahead = self.directory / "clock.new"
        ahead.write_text(str((self.clock() - datetime.now(UTC)).total_seconds()))
        ahead.replace(self.clock_file)

    def environment(self, database_url: str, **more: str) -> dict[str, str]:
        """What an operator writes for this Slack, and what makes tests quick; `more` overrides."""
        return {
            "DATABASE_URL": database_url,
            "SLACK_BOT_TOKEN": self.installation.bot_token,
            "SLACK_SIGNING_SECRET": self.app.signing_secret,
            "SLACK_API_URL": f"{self.sandbox.url}/api/",
            "HOST": "127.0.0.1",
            "PORT": "0",
            "MATURITY_CLOCK_FILE": str(self.clock_file),
            "MATURITY_TICK": "0.05",
            "MATURITY_ANSWER_WITHIN": str(PATIENCE),
            "DELIVERY_SETTLE": "0",
            "DELIVERY_RATE": "1000",
            "DELIVERY_BURST": "1000",
        } | more

    async def page(self, started: Program, path: str) -> httpx.Response:
        """A page of a process, as an operator's tool asks for it."""
        return await get(started.address, path)

    def send_to(self, started: Program) -> None:
        """Let Slack's requests go to this process from now on."""
        self.app.request_url = f"{started.address}/slack/events"


@asynccontextmanager
async def town(directory: Path) -> AsyncIterator[Town]:
    """A town whose Slack is served and whose program is yet to be started."""
    clock = RunningClock()
    sandbox = Sandbox(clock=clock)
    sandbox.answer_within = sandbox.trigger_lifetime = PATIENCE  # a busy machine is no fault of the program's
    async with sandbox.serve():
        app = sandbox.add_app(
            name="maturity",
            scopes=sorted(SCOPES),
            commands=[COMMAND],
            events=EVENTS,
            request_url="http://127.0.0.1:1/slack/events",
        )
        workspace = sandbox.add_workspace(name="City", domain="city")
        found = Town(sandbox=sandbox, clock=clock, app=app, workspace=workspace, names=NAMES)
        found.directory = directory
        found.tell_time()
        yield found
        await sandbox.quiet()


async def rows(database_url: str, query: str) -> list[tuple[Any, ...]]:
    """What the database holds."""
    database = Database(read_url(database_url))
    try:
        async with database.reading() as session:
            return [tuple(row) for row in await session.execute(text(query))]
    finally:
        await database.close()


async def change(database_url: str, statement: str) -> None:
    """Change the database behind the program's back."""
    database = Database(read_url(database_url))
    try:
        async with database.begin() as session:
            await session.execute(text(statement))
    finally:
        await database.close()


async def get(address: str, path: str) -> httpx.Response:
    """A page, as an operator's tool asks for it."""
    async with httpx.AsyncClient(base_url=address, timeout=PATIENCE, verify=False) as client:  # noqa: S501 - it is no TLS
        return await client.get(path)


async def within(seconds: float, look: Callable[[], Awaitable[bool]]) -> None:
    """Return once `look` sees, in another process, what it looks for; TimeoutError if it never does."""
    async with asyncio.timeout(seconds):
        while not await look():  # noqa: ASYNC110 - another process can set no event here
            await asyncio.sleep(0.02)


async def becomes_ready(started: Program) -> None:
    async def ready() -> bool:
        return (await get(started.address, "/readyz")).status_code == httpx.codes.OK

    await within(PATIENCE, ready)
