"""`maturity demo`: the local Slack, the city, the bot and the story, put together and taken apart."""

import asyncio
import os
import shutil
import signal
import sys
from collections.abc import Coroutine, Iterator
from contextlib import AsyncExitStack, contextmanager
from pathlib import Path
from typing import Any, TextIO

from sqlalchemy.engine import URL

from bot.demo import history
from bot.demo.child import Child, started
from bot.demo.city import BEGINNING, City
from bot.demo.clock import LeapingClock
from bot.demo.story import SOON, Story
from bot.demo.telling import Teller
from bot.errors import StartError
from bot.sandbox import Sandbox
from storage import migrate
from storage.engine import Database, read_url

WIDTH = 90
"""Columns where nobody says how many there are."""
FILES = ("demo.db", "demo.db-wal", "demo.db-shm", "demo.db.worker", "clock", "profile.png", "bot.log")
"""What an earlier demonstration left in its directory."""


async def play(*, directory: Path, port: int, stay: bool, out: TextIO = sys.stdout) -> int:
    """Show the story, then (with `stay`) the local Slack until SIGINT or SIGTERM; the exit code.

    StartError, in plain sentences, where it can't begin or the bot ends before it should.
    """
    with _told_to_stop() as stop:
        async with AsyncExitStack() as stack:
            clock = LeapingClock(directory / "clock")
            sandbox = Sandbox(clock=clock)
            try:
                await stack.enter_async_context(sandbox.serve(port=port))
            except OSError as error:
                raise StartError(
                    f"Port {port} can't be used ({error.strerror}). Choose another: `maturity demo --port NUMBER`."
                ) from error
            # Not before the port is ours: another demonstration may be using these files.
            directory = _emptied(directory)
            clock.leap(BEGINNING)
            teller = _teller(sandbox, out)
            teller.heading("A small city: four teams, twenty people, six past rounds each")
            city = City(sandbox)
            url = read_url(URL.create("sqlite", database=str(directory / "demo.db")).render_as_string())
            await asyncio.to_thread(migrate.upgrade, url)
            database = Database(url)
            stack.push_async_callback(database.close)
            await history.write(database, city)
            child = await stack.enter_async_context(started(_settings(city, clock=directory / "clock", database=url),
                                                            directory=directory))  # fmt: skip
            story = Story(city, clock=clock, database=database, teller=teller, picture=directory / "profile.png")
            if not await _unless_stopped(_begin(city, story), stop=stop, child=child):
                return 0
            teller.heading("Where it is")
            teller.say(f"The picture of the summary: {directory / 'profile.png'}", f"The bot's log: {child.log}")
            if stay:
                teller.say(f"All that the local Slack recorded: {sandbox.url}/", "Ctrl-C ends the demo.")
                await _unless_stopped(stop.wait(), stop=stop, child=child)
            return 0


def _teller(sandbox: Sandbox, out: TextIO) -> Teller:
    columns = shutil.get_terminal_size((WIDTH, 24)).columns if out is sys.stdout else WIDTH
    return Teller(sandbox, out=out, width=columns, emphasis=out.isatty() and "NO_COLOR" not in os.environ)


async def _begin(city: City, story: Story) -> None:
    await city.sandbox.until(lambda: city.sandbox.socket_mode.connections(city.app) or None, timeout=SOON)
    await story.unfold()


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
    """What an operator would write for this Slack, in Socket Mode, with a faster look at the clock."""
    return {
        "SLACK_BOT_TOKEN": city.installation.bot_token,
        "SLACK_APP_TOKEN": city.app.app_token,
        "SLACK_API_URL": f"{city.sandbox.url}/api/",
        "DATABASE_URL": database.set(drivername="sqlite").render_as_string(),
        "HOST": "127.0.0.1",
        "PORT": "0",
        "DELIVERY_RATE": "100",
        "DELIVERY_BURST": "100",
        "MATURITY_CLOCK_FILE": str(clock),
        "MATURITY_TICK": "0.1",
    }


async def _unless_stopped(work: Coroutine[Any, Any, object], *, stop: asyncio.Event, child: Child) -> bool:
    """True when the work is done, False when it was stopped before; StartError when the bot ended meanwhile."""
    doing = asyncio.create_task(work)
    stopped = asyncio.create_task(stop.wait())
    ended = asyncio.create_task(child.ended())
    try:
        await asyncio.wait({doing, stopped, ended}, return_when=asyncio.FIRST_COMPLETED)
        if stop.is_set():
            return False
        if not doing.done():
            raise StartError(
                f"The bot ended with exit code {ended.result()}. The last lines of {child.log}:", *child.last_words()
            )
        doing.result()
    except TimeoutError as error:
        raise StartError(
            f"The bot didn't do its part within {SOON:.0f} seconds. The last lines of {child.log}:",
            *child.last_words(),
        ) from error
    finally:
        for task in (doing, stopped, ended):
            task.cancel()
        await asyncio.gather(doing, stopped, ended, return_exceptions=True)
    return True
