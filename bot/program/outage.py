"""What jobs that ask the database every second write into the log while it doesn't do what they ask."""

import logging
import time
from collections.abc import Callable

from sqlalchemy.exc import DBAPIError

from bot.kit.logs import where
from bot.kit.repeated import Repeated
from storage import faults

log = logging.getLogger(__name__)


class Outage:
    """Each reason at once and then once a minute, for all jobs together; and the end, where a beginning was told."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._repeated = Repeated(log, now)
        self._failing: set[str] = set()
        self._was_told = False

    def failed(self, job: str, error: DBAPIError) -> None:
        """A job came to no end; it tries again with the next tick."""
        self._failing.add(job)
        reason = faults.named(error)
        self._was_told |= self._repeated.warn(
            f"the database didn't answer ({reason}), trying again: tick {job}: {where(error)}", about=reason
        )

    def went_well(self, job: str) -> None:
        """A job came to its end."""
        self._failing.discard(job)
        if self._was_told and not self._failing:
            self._was_told = False
            log.info("the database answers again")
