"""The bot of a demonstration, which may be killed and started again while people look on."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from bot.demo.bot_process import BotProcess, last_lines, started


class Supervisor:
    """Starts the bot, kills it on purpose, and knows whether it ended by itself."""

    def __init__(self, settings: Mapping[str, str], *, directory: Path) -> None:
        self._settings = settings
        self._directory = directory
        self._stack = AsyncExitStack()
        self._process: BotProcess | None = None
        self._turned = asyncio.Event()
        self.starts = 0

    @property
    def running(self) -> bool:
        return self._process is not None

    @property
    def log(self) -> Path:
        return self._directory / "bot.log"

    def last_words(self) -> list[str]:
        """The end of its log."""
        return last_lines(self.log)

    async def start(self) -> None:
        """Start it, unless it runs."""
        if self._process is None:
            self._process = await self._stack.enter_async_context(started(self._settings, directory=self._directory))
            self.starts += 1
            self._turn()

    async def kill(self) -> None:
        """End it at once, as a power cut does."""
        process, self._process = self._process, None
        self._turn()
        if process is not None:
            process.kill()
            await process.ended()

    async def failed(self) -> int:
        """The exit code of a bot that ended though nobody had killed it, once there is one."""
        while True:
            self._turned.clear()
            turned = asyncio.create_task(self._turned.wait())
            process = self._process
            ended = asyncio.create_task(process.ended()) if process is not None else None
            try:
                await asyncio.wait({turned, *([ended] if ended else [])}, return_when=asyncio.FIRST_COMPLETED)
                if ended is not None and ended.done() and process is self._process:
                    return ended.result()
            finally:
                turned.cancel()
                if ended is not None:
                    ended.cancel()

    async def close(self) -> None:
        await self._stack.aclose()

    def _turn(self) -> None:
        self._turned.set()


@asynccontextmanager
async def supervised(settings: Mapping[str, str], *, directory: Path) -> AsyncIterator[Supervisor]:
    """A bot that runs with these settings, in `directory`; stopped, and waited for, when the block ends."""
    supervisor = Supervisor(settings, directory=directory)
    try:
        await supervisor.start()
        yield supervisor
    finally:
        await supervisor.close()
