"""A line in the log about what goes on and on: at once when it is new, the same again once a minute."""

import logging
import time
from collections.abc import Callable

TOLD_EVERY_SECONDS = 60.0


class Repeated:
    """Warnings, each known by what it is about."""

    def __init__(self, log: logging.Logger, now: Callable[[], float] = time.monotonic) -> None:
        self._log = log
        self._now = now
        self._said: dict[str, float] = {}

    def warn(self, sentence: str, *, about: str | None = None) -> bool:
        """Say it, unless the same (or another `about` the same) was said within the minute; whether it was said."""
        key = about if about is not None else sentence
        if self._now() < self._said.get(key, float("-inf")) + TOLD_EVERY_SECONDS:
            return False
        self._said[key] = self._now()
        self._log.warning("%s", sentence)
        return True
