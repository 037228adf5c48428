"""Workspaces on a local Slack, with teams that are due on Tuesday at three: what workers are measured on."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography.fernet import Fernet
from slack_sdk.oauth.installation_store import Installation as Grant
from sqlalchemy import text
from sqlalchemy.engine import URL

from bot.program.manifest import SCOPES
from bot.sandbox import App, Sandbox, Workspace
from storage import migrate, people, rosters
from storage.engine import Database
from storage.installations import WORKSPACE_URL, SealedInstallationStore
from storage.kinds import TeamStep
from storage.models import Team
from storage.people import Profile
from tests.clocks import RunningClock

SLOT = datetime(2026, 10, 6, 15, tzinfo=UTC)
"""The Tuesday on which all teams are due."""
WINDOW = timedelta(days=3)
"""From a round's opening to its close."""
MEMBERS = 5
"""Of each team."""
READ = "SELECT count(*) FROM teams WHERE next_step = 'open'"
OPENED = "SELECT count(*) FROM rounds"
CLOSED = "SELECT count(*) FROM rounds WHERE state = 'closed'"
SENT = "SELECT count(*) FROM deliveries WHERE kind = 'prompt' AND state = 'sent'"


@dataclass(frozen=True)
class Size:
    """How many of everything."""

    workspaces: int
    teams: int
    """In each workspace."""

    @property
    def rounds(self) -> int:
        return self.workspaces * self.teams

    @property
    def messages(self) -> int:
        """Check-ins of one round of every team."""
        return self.rounds * MEMBERS


@dataclass(frozen=True)
class Country:
    """The Slack, the database, and a clock that workers follow."""

    size: Size
    sandbox: Sandbox
    app: App
    url: URL
    database: Database
    directory: Path
    clock: RunningClock = field(default_factory=RunningClock)
    key: str = field(default_factory=lambda: Fernet.generate_key().decode())

    def environment(self, **more: str) -> dict[str, str]:
        """What an operator writes for a worker here; `more` overrides."""
        return {
            "DATABASE_URL": self.url.render_as_string(hide_password=False),
            "SLACK_CLIENT_ID": self.app.client_id,
            "SLACK_CLIENT_SECRET": self.app.client_secret,
            "MATURITY_ENCRYPTION_KEY": self.key,
            "SLACK_API_URL": f"{self.sandbox.url}/api/",
            "HOST": "127.0.0.1",
            "PORT": "0",
            "MATURITY_CLOCK_FILE": str(self._clock_file),
            "MATURITY_TICK": "0.1",
        } | more

    def move_to(self, instant: datetime) -> None:
        """Move time ahead, for Slack and for every worker."""
        self.clock.move_to(instant)
        self.tell_time()

    def leap(self, ahead: timedelta) -> None:
        """Move time so much ahead, if at all."""
        self.clock.move(seconds=max(0.0, ahead.total_seconds()))
        self.tell_time()

    def tell_time(self) -> None:
        ahead = self._clock_file.with_suffix(".new")
        ahead.write_text(str((self.clock() - datetime.now(UTC)).total_seconds()))
        ahead.replace(self._clock_file)

    @property
    def _clock_file(self) -> Path:
        return self.directory / "clock"

    async def count(self, query: str) -> int:
        """What the database counts."""
        async with self.database.reading() as session:
            return int((await session.execute(text(query))).scalar_one() or 0)

    async def until(self, query: str, number: int, *, within: float) -> bool:
        """Whether the database counted so many within these seconds; looked at every few milliseconds."""
        try:
            async with asyncio.timeout(within):
                while await self.count(query) < number:  # noqa: ASYNC110 - other processes can set no event here
                    await asyncio.sleep(0.02)
        except TimeoutError:
            return False
        return True

    def received(self) -> dict[str, int]:
        """How many messages each person has in the direct message with the app."""
        return {
            person.id: len(workspace.direct(workspace.installations[self.app.id].bot, person).messages)
            for workspace in self.sandbox.workspaces.values()
            for person in workspace.people.values()
            if person is not workspace.slackbot and not person.is_bot
        }


@asynccontextmanager
async def country(
    url: URL, directory: Path, *, size: Size, late: timedelta = timedelta(0), is_read: bool = False
) -> AsyncIterator[Country]:
    """A country in an empty database, an hour and more before its teams are due; every other team is due so much later.

    Whoever belongs to a team is known. Its roster is yet to be read from Slack, or (`is_read`) that is done, too.
    """
    clock = RunningClock()
    sandbox = Sandbox(clock=clock)
    await asyncio.to_thread(migrate.upgrade, url)
    database = Database(url)
    try:
        async with sandbox.serve():
            app = sandbox.add_app(name="maturity", scopes=sorted(SCOPES))
            here = Country(size, sandbox, app, url, database, directory, clock)
            here.tell_time()
            store = SealedInstallationStore(database, keys=[here.key], now=clock)
            for number in range(size.workspaces):
                workspace = sandbox.add_workspace(name=f"City {number}", domain=f"city{number}")
                await _settle(here, store, workspace, late=late, is_read=is_read)
            yield here
    finally:
        await database.close()


async def _settle(
    here: Country, store: SealedInstallationStore, workspace: Workspace, *, late: timedelta, is_read: bool
) -> None:
    """People, channels and teams of one workspace, which has installed the app."""
    teams = [
        [workspace.add_person(name=f"Person {number}.{each}", tz="UTC") for each in range(MEMBERS)]
        for number in range(here.size.teams)
    ]
    installed = here.app.install(workspace)
    await store.async_save(
        Grant(
            app_id=here.app.id, team_id=workspace.id, team_name=workspace.name, user_id=teams[0][0].id,
            bot_id=installed.bot_id, bot_user_id=installed.bot_user_id, bot_token=installed.bot_token,
            bot_scopes=list(installed.scopes),
            custom_values={WORKSPACE_URL: f"https://{workspace.domain}.slack.com/"},
        )
    )  # fmt: skip
    async with here.database.begin() as session:
        profiles = [
            Profile(person.id, person.name, "UTC", is_bot=False, is_guest=False, is_deactivated=False, is_admin=False)
            for team in teams
            for person in team
        ]
        await people.keep(session, workspace_id=workspace.id, profiles=profiles, now=here.clock())
        for number, members in enumerate(teams):
            due = SLOT + late * (number % 2)
            channel = workspace.add_channel(f"team-{number}", members=[*members, installed])
            team = Team(
                workspace_id=workspace.id, channel_id=channel.id, name=f"Team {number}", every_weeks=1,
                weekday="tuesday", local_time=due.time(), time_zone="UTC", anchor=due.date(), reminders=False,
                created_at=here.clock(), next_slot_date=due.date(), next_round_at=due,
                next_step=TeamStep.OPEN if is_read else TeamStep.REFRESH,
                next_step_at=due if is_read else due - timedelta(hours=1),
            )  # fmt: skip
            session.add(team)
            await session.flush()
            if is_read:
                await rosters.replace(session, team, user_ids=[person.id for person in members], now=here.clock())
