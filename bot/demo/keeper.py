"""The bot of a demonstration, which may be killed and started again while people look on."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from bot.demo.child import Child, last_lines, started


class Keeper:
    """Starts the bot, kills it on purpose, and knows whether it ended by itself."""

    def __init__(self, settings: Mapping[str, str], *, directory: Path) -> None:
        self._settings = settings
        self._directory = directory
        self._stack = AsyncExitStack()
        self._child: Child | None = None
        self._turned = asyncio.Event()
        self.starts = 0

    @property
    def running(self) -> bool:
        return self._child is not None

    @property
    def log(self) -> Path:
        return self._directory / "bot.log"

    def last_words(self) -> list[str]:
        """The end of its log."""
        return last_lines(self.log)

    async def start(self) -> None:
        """Start it, unless it runs."""
        if self._child is None:
            self._child = await self._stack.enter_async_context(started(self._settings, directory=self._directory))
            self.starts += 1
            self._turn()

    async def kill(self) -> None:
        """End it at once, as a power cut does."""
        child, self._child = self._child, None
        self._turn()
        if child is not None:
            child.kill()
            await child.ended()

    async def failed(self) -> int:
        """The exit code of a bot that ended though nobody had killed it, once there is one."""
        while True:
            self._turned.clear()
            turned = asyncio.create_task(self._turned.wait())
            child = self._child
            ended = asyncio.create_task(child.ended()) if child is not None else None
            try:
                await asyncio.wait({turned, *([ended] if ended else [])}, return_when=asyncio.FIRST_COMPLETED)
                if ended is not None and ended.done() and child is self._child:
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
async def kept(settings: Mapping[str, str], *, directory: Path) -> AsyncIterator[Keeper]:
    """A bot that runs with these settings, in `directory`; stopped, and waited for, when the block ends."""
    keeper = Keeper(settings, directory=directory)
    try:
        await keeper.start()
        yield keeper
    finally:
        await keeper.close()
