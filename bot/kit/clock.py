"""What time it is: the system's, or one that the demo and the tests move. Only entry points ask."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

Clock = Callable[[], datetime]
"""Now, as an aware instant in UTC."""


def system_clock() -> datetime:
    """The machine's time."""
    return datetime.now(UTC)


def followed_clock(path: Path) -> Clock:
    """The machine's time moved by the seconds that a file holds, read at each call: how the demo turns a quarter
    into a minute while the bot runs in a process of its own.
    """  # noqa: D205 - one sentence

    def now() -> datetime:
        return system_clock() + timedelta(seconds=float(path.read_text() or 0))

    return now


def clock_of(path: Path | None) -> Clock:
    """The machine's time, moved by what the file holds, where there is one."""
    return system_clock if path is None else followed_clock(path)
