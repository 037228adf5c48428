"""`maturity demo`: the local Slack, the city, the bot and the story, put together and taken apart."""

import asyncio
import os
import shutil
import signal
import sys
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from sqlalchemy.engine import URL

from bot.demo import history
from bot.demo.city import BEGINNING, City
from bot.demo.leaping_clock import LeapingClock
from bot.demo.stage import DemoStage
from bot.demo.starts import SIX, Start
from bot.demo.story import SOON, Story
from bot.demo.supervisor import Supervisor, supervised
from bot.demo.transcript import Transcript
from bot.kit.errors import StartError
from bot.sandbox import Sandbox
from storage import migrate
from storage.engine import Database, read_url

WIDTH = 90
"""Columns where nobody says how many there are."""
FILES = ("demo.db", "demo.db-wal", "demo.db-shm", "demo.db.worker", "clock", "profile.png", "bot.log")
"""What an earlier demonstration left in its directory."""
TELLING = "The story is being played. It will be your turn in a few seconds."


@dataclass(frozen=True, kw_only=True)
class Scene:
    """A city with its bot, from one start to the next."""

    city: City
    clock: LeapingClock
    database: Database
    supervisor: Supervisor
    stage: DemoStage
    directory: Path

    async def unless_stopped(self, work: Coroutine[Any, Any, object], *, stop: asyncio.Event) -> bool:
        """True when the work is done, False when it was stopped before; StartError when the bot ended meanwhile."""
        doing = asyncio.create_task(work)
        stopped = asyncio.create_task(stop.wait())
        ended = asyncio.create_task(self.supervisor.failed())
        log = self.supervisor.log
        try:
            await asyncio.wait({doing, stopped, ended}, return_when=asyncio.FIRST_COMPLETED)
            if stop.is_set():
                return False
            if not doing.done():
                raise StartError(
                    f"The bot ended with exit code {ended.result()}. The last lines of {log}:",
                    *self.supervisor.last_words(),
                )
            doing.result()
        except TimeoutError as error:
            raise StartError(
                f"The bot didn't do its part within {SOON:.0f} seconds. The last lines of {log}:",
                *self.supervisor.last_words(),
            ) from error
        finally:
            for task in (doing, stopped, ended):
                task.cancel()
            await asyncio.gather(doing, stopped, ended, return_exceptions=True)
        return True


ANSWER_SECONDS = 60.0
"""Seconds that this Slack waits for the bot, instead of Slack's three: a busy machine is no fault of the bot's."""


async def run_demo(*, directory: Path, port: int, stay: bool, out: TextIO = sys.stdout) -> int:
    """Show the story, then (with `stay`) the page until SIGINT or SIGTERM; the exit code.

    StartError, in plain sentences, where it can't begin or the bot ends before it should.
    """
    with _told_to_stop() as stop:
        start: Start | None = SIX
        told = False
        while start is not None:
            async with AsyncExitStack() as stack:
                clock = LeapingClock(directory / "clock")
                sandbox = Sandbox(clock=clock)
                sandbox.answer_within = sandbox.trigger_lifetime = ANSWER_SECONDS
                transcript = _transcript(sandbox, out)
                try:
                    await stack.enter_async_context(sandbox.serve(port=port))
                except OSError as error:
                    raise StartError(
                        f"Port {port} can't be used ({error.strerror}). Choose another: `maturity demo --port NUMBER`."
                    ) from error
                # The next one is served where this one is, so that the page in the browser finds it.
                port = int(sandbox.url.rpartition(":")[2])
                scene = await stack.enter_async_context(
                    _set(
                        sandbox,
                        start,
                        clock=clock,
                        directory=directory,
                        transcript=transcript,
                        first=not told,
                        stay=stay,
                    )
                )
                tale = _tell(scene, transcript, stop=stop, stay=stay) if not told else _open(scene, stop=stop)
                told = True
                if not await tale:
                    return 0
                start = await _next_start(scene, stop=stop) if stay else None
                if start is not None:
                    transcript.say("", f"Begun anew in the browser: {start.name}.")
    return 0


@asynccontextmanager
async def _set(
    sandbox: Sandbox,
    start: Start,
    *,
    clock: LeapingClock,
    directory: Path,
    transcript: Transcript,
    first: bool,
    stay: bool,
) -> AsyncIterator[Scene]:
    """The start's city in an emptied directory, and a bot that is connected to it."""
    # Not before the port is ours: another demonstration may be using these files.
    directory = _emptied(directory)
    clock.leap(BEGINNING)
    if first and stay:
        transcript.say(f"Ready: {sandbox.url}/ is the page to try it on. Meanwhile, the story:")
    if first:
        transcript.heading("A small city: four teams, twenty people, six past rounds each")
    city = City(sandbox, start.plans)
    url = read_url(URL.create("sqlite", database=str(directory / "demo.db")).render_as_string())
    await asyncio.to_thread(migrate.upgrade, url)
    async with AsyncExitStack() as stack:
        database = Database(url)
        stack.push_async_callback(database.close)
        if start.has_past:
            await history.write(database, city)
        settings = _settings(city, clock=directory / "clock", database=url)
        supervisor = await stack.enter_async_context(supervised(settings, directory=directory))
        stage = DemoStage(city, start, clock=clock, database=database, supervisor=supervisor)
        sandbox.stage = stage
        yield Scene(city=city, clock=clock, database=database, supervisor=supervisor, stage=stage, directory=directory)


async def _tell(scene: Scene, transcript: Transcript, *, stop: asyncio.Event, stay: bool) -> bool:
    """Play the story and say where things are; False when it was stopped."""
    picture = scene.directory / "profile.png"
    story = Story(scene.city, clock=scene.clock, database=scene.database, transcript=transcript, picture=picture)
    scene.stage.busy = TELLING
    if not await scene.unless_stopped(_begin(scene.city, story), stop=stop):
        return False
    scene.stage.busy = None
    scene.stage.begins_now(await story.next_team())
    scene.city.sandbox.changes.notify()
    transcript.heading("Where it is")
    transcript.say(f"The picture of the summary: {picture}", f"The bot's log: {scene.supervisor.log}")
    if stay:
        transcript.say(f"The page to try it on: {scene.city.sandbox.url}/", "Ctrl-C ends the demo.")
    return True


async def _open(scene: Scene, *, stop: asyncio.Event) -> bool:
    """Wait for the bot, with no story; False when it was stopped."""
    scene.stage.busy = "The bot is starting."
    connected = await scene.unless_stopped(scene.city.connected(within=SOON), stop=stop)
    scene.stage.busy = None
    scene.city.sandbox.changes.notify()
    return connected


async def _begin(city: City, story: Story) -> None:
    await city.connected(within=SOON)
    await story.unfold()


async def _next_start(scene: Scene, *, stop: asyncio.Event) -> Start | None:
    """The start that somebody chose on the page; None when the demo was told to end."""
    if not await scene.unless_stopped(_chosen(scene.stage), stop=stop):
        return None
    return scene.stage.wanted.result()


async def _chosen(stage: DemoStage) -> None:
    await asyncio.shield(stage.wanted)


def _transcript(sandbox: Sandbox, out: TextIO) -> Transcript:
    columns = shutil.get_terminal_size((WIDTH, 24)).columns if out is sys.stdout else WIDTH
    return Transcript(sandbox, out=out, width=columns, emphasis=out.isatty() and "NO_COLOR" not in os.environ)


@contextmanager
def _told_to_stop() -> Iterator[asyncio.Event]:
    """An event that SIGINT and SIGTERM set."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    numbers = (signal.SIGTERM, signal.SIGINT)
    for number in numbers:
        loop.add_signal_handler(number, stop.set)
    try:
        yield stop
    finally:
        for number in numbers:
            loop.remove_signal_handler(number)


def _emptied(directory: Path) -> Path:
    """The directory, there and without what an earlier demonstration left in it."""
    try:
        directory.mkdir(parents=True, exist_ok=True)
        for name in FILES:
            (directory / name).unlink(missing_ok=True)
        (directory / "bot.log").touch()
    except OSError as error:
        raise StartError(
            f"The demo can't write into {directory} ({error.strerror}). "
            "Choose another place: `maturity demo --directory PATH`."
        ) from error
    return directory.absolute()


def _settings(city: City, *, clock: Path, database: URL) -> dict[str, str]:
    """What an operator would write for this Slack, in Socket Mode, with a faster look at the clock and at faults."""
    return {
        "SLACK_BOT_TOKEN": city.installation.bot_token,
        "SLACK_APP_TOKEN": city.app.app_token,
        "SLACK_API_URL": f"{city.sandbox.url}/api/",
        "DATABASE_URL": database.set(drivername="sqlite").render_as_string(),
        "HOST": "127.0.0.1",
        "PORT": "0",
        "DELIVERY_RATE": "100",
        "DELIVERY_BURST": "100",
        "DELIVERY_SETTLE": "1",
        "MATURITY_LEASE": "20",
        "MATURITY_CLOCK_FILE": str(clock),
        "MATURITY_TICK": "0.1",
        "MATURITY_ANSWER_WITHIN": str(ANSWER_SECONDS),
    }
