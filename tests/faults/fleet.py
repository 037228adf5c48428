"""Programs that are killed at random and replaced, and a Slack where calls go wrong by chance."""

import random
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from typing import Any, Generic, Protocol, TypeVar

from bot.sandbox import Sandbox

TROUBLE: Mapping[str, float] = {
    "lose_reply": 0.05,
    "ratelimited": 0.02,
    "server_error": 0.03,
    "refuse_connection": 0.03,
}
"""How often each befalls a call."""
WORDS: Mapping[str, float] = {"rate_limited": 0.01, "update_failed": 0.01, "service_unavailable": 0.01}
"""How often Slack answers each word, with HTTP 200."""
METHODS = ("chat.postMessage", "conversations.open", "conversations.history")


def add_trouble(sandbox: Sandbox, chance: random.Random, trouble: Mapping[str, float] = TROUBLE) -> Counter[str]:
    """Let calls go wrong by chance from now on; what befell how many."""
    befell: Counter[str] = Counter()

    def when(kind: str, probability: float) -> Callable[[dict[str, Any]], bool]:
        def decide(_arguments: dict[str, Any]) -> bool:
            hit = chance.random() < probability
            befell[kind] += hit
            return hit

        return decide

    for method in METHODS:
        for kind, probability in trouble.items():
            fault: Any = kind
            sandbox.faults.add(method=method, kind=fault, times=1_000_000, retry_after=1, when=when(kind, probability))
        for word, probability in WORDS.items():
            befalls = when(word, probability)
            sandbox.faults.add(method=method, kind="refused", word=word, times=1_000_000, retry_after=1, when=befalls)
    return befell


class Started(Protocol):
    """A process of the program."""

    @property
    def said(self) -> str: ...

    async def kill(self) -> None: ...

    async def stop(self) -> int: ...


Part = TypeVar("Part", bound=Started)


class Fleet(Generic[Part]):
    """Programs that are killed and replaced."""

    def __init__(self, start: Callable[[str], AbstractAsyncContextManager[Part]]) -> None:
        """`start` is given the part of the program, "worker" or "web"."""
        self._start = start
        self._running: list[tuple[str, Part, AsyncExitStack]] = []

    async def add(self, part: str) -> Part:
        stack = AsyncExitStack()
        started = await stack.enter_async_context(self._start(part))
        self._running.append((part, started, stack))
        return started

    async def kill_a_worker(self, chance: random.Random) -> None:
        """SIGKILL one worker, and start another in its place."""
        await self._kill(chance.choice(self._workers))
        await self.add("worker")

    async def kill_all_workers(self) -> int:
        """SIGKILL every worker, and start none; how many they were."""
        workers = self._workers
        for each in workers:
            await self._kill(each)
        return len(workers)

    async def stop(self) -> None:
        """End all in order, as SIGTERM does."""
        for _part, each, _stack in self._running:
            assert await each.stop() == 0, each.said
            assert "ERROR" not in each.said, each.said

    async def close(self) -> None:
        for _part, _each, stack in self._running:
            await stack.aclose()

    @property
    def _workers(self) -> list[tuple[str, Part, AsyncExitStack]]:
        return [each for each in self._running if each[0] == "worker"]

    async def _kill(self, found: tuple[str, Part, AsyncExitStack]) -> None:
        self._running.remove(found)
        await found[1].kill()
        await found[2].aclose()
