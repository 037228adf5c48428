"""What Slack said a while ago, for menus that ask at each keystroke: kept for some time, and never waited for long."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from bot.kit.logs import where
from bot.kit.settings import CALL_WITHIN
from bot.slack.calls import CALL_FAILED

log = logging.getLogger(__name__)

Answer = TypeVar("Answer")

KEPT = timedelta(minutes=1)
"""How long an answer is kept where nobody says otherwise."""
PUT_OFF = timedelta(seconds=10)
"""How long Slack is left alone after it refused."""
ENDS = 30.0
"""Seconds that a question may take behind their back."""
MOST = 1000
"""Answers that are kept."""


@dataclass(slots=True)
class _Kept(Generic[Answer]):
    at: datetime
    answer: Answer | None
    asking: "asyncio.Task[None] | None" = None


class Remembered(Generic[Answer]):
    """Answers of Slack by what they are about: a workspace's user groups, the names of its channels."""

    def __init__(self, *, patience: float = CALL_WITHIN, kept: timedelta = KEPT) -> None:
        """`patience`: seconds that somebody waits; Slack gives up on a menu after three. `kept`: for how long."""
        self._patience, self._keep = patience, kept
        self._kept: dict[str, _Kept[Answer]] = {}

    async def get(self, about: str, ask: Callable[[], Awaitable[Answer]], *, now: datetime) -> Answer | None:
        """What Slack says, or said while that is kept; the last that it said where it refuses or takes long, else None.

        However many ask at once, Slack is asked once; what it says too late for one is there for the next.
        """
        kept = self._kept.get(about)
        if kept is None or (kept.asking is None and now >= kept.at):
            kept = self._kept.setdefault(about, _Kept(now, None))
            kept.asking = asyncio.create_task(self._ask(kept, ask, now=now))
            while len(self._kept) > MOST:
                del self._kept[next(iter(self._kept))]
        if kept.asking is not None:
            await asyncio.wait([kept.asking], timeout=self._patience)
        return kept.answer

    async def _ask(self, kept: _Kept[Answer], ask: Callable[[], Awaitable[Answer]], *, now: datetime) -> None:
        """Keep what Slack says, and until when."""
        try:
            async with asyncio.timeout(ENDS):
                kept.answer = await ask()
            kept.at = now + self._keep
        except CALL_FAILED as error:
            log.warning("Slack can't be asked at the moment for what somebody waits for: %s", where(error))
            kept.at = now + PUT_OFF
        except Exception as error:  # noqa: BLE001 - asyncio would log its message, which may quote what someone wrote
            log.error("what somebody waits for could not be found out: %s", where(error))
            kept.at = now + PUT_OFF
        finally:
            kept.asking = None
