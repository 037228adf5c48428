"""The bot, as its operators run it: a process of its own with nothing but its environment."""

import asyncio
import os
import sys
from collections import deque
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import bot

OURS = ("SLACK_", "MATURITY_", "DELIVERY_", "LOG_", "DATABASE_URL", "HOST", "PORT")
"""How our variables begin: none of the caller's reaches the demonstration."""
IMPORTED_FROM = str(Path(bot.__file__).resolve().parent.parent)
END_SECONDS = 15.0
"""Seconds the bot gets to end by itself."""
LAST_LINES = 15


class BotProcess:
    """A bot that was started."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def ended(self) -> int:
        """Its exit code, once it has one."""
        return await self._process.wait()

    def kill(self) -> None:
        """End it at once, without a chance to put anything in order."""
        if self._process.returncode is None:
            self._process.kill()


def last_lines(log: Path) -> list[str]:
    """The end of a log."""
    with log.open(errors="replace") as lines:
        return [line.rstrip() for line in deque(lines, maxlen=LAST_LINES)]


@asynccontextmanager
async def started(settings: Mapping[str, str], *, directory: Path) -> AsyncIterator[BotProcess]:
    """`python -m bot run` with these settings, in `directory`; stopped, and waited for, when the block ends."""
    log = directory / "bot.log"
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    # Run there, it finds no .env; so it must be told where it was imported from, installed or not.
    path = os.pathsep.join([IMPORTED_FROM, *filter(None, [inherited.get("PYTHONPATH")])])
    with log.open("ab") as output:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run",
            cwd=directory,
            env={**inherited, "PYTHONPATH": path, **settings},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )  # fmt: skip
    try:
        yield BotProcess(process)
    finally:
        await _stop(process)


async def _stop(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        process.terminate()
        try:
            await asyncio.wait_for(process.wait(), END_SECONDS)
        except TimeoutError:
            process.kill()
            await process.wait()
