"""The demonstration's time: it goes on by itself, and leaps where the story says so."""

from datetime import UTC, datetime, timedelta
from pathlib import Path


class LeapingClock:
    """A clock for this process; from its first leap on the bot's own clock follows it, by a file (bot/kit/clock.py)."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    @property
    def ahead(self) -> timedelta:
        """How far it is ahead of the machine's."""
        return self._ahead

    def leap(self, to: datetime) -> None:
        """Go on from that instant. Messages on their way should have arrived before: their leases count this time."""
        self._ahead = to - datetime.now(UTC)
        # Replaced in one piece: the bot reads it at any moment.
        written = self._file.with_suffix(".new")
        written.write_text(str(self._ahead.total_seconds()))
        written.replace(self._file)
