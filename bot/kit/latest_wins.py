"""Jobs that overtake each other: one at a time for each thing they are about, and the newest word counts."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

REMEMBERED = 1000
"""Things of which the newest job is known; the oldest is forgotten first."""


@dataclass(slots=True)
class _Turns:
    newest: str = ""
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


class LatestWins:
    """Runs jobs about a thing one after another, and leaves out those that a newer one has overtaken."""

    def __init__(self) -> None:
        self._turns: OrderedDict[str, _Turns] = OrderedDict()

    async def run(self, key: str, order: str, job: Callable[[], Awaitable[None]]) -> None:
        """Run `job` when its turn comes, unless one of a higher `order` is known of the same key by then."""
        turns = self._turns.setdefault(key, _Turns())
        self._turns.move_to_end(key)
        if len(self._turns) > REMEMBERED:
            self._turns.popitem(last=False)
        turns.newest = max(turns.newest, order)
        async with turns.lock:
            if order == turns.newest:
                await job()
