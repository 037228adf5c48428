"""Logging for operators: one line an event, as text or JSON, and never a word that a person wrote."""

import json
import logging
import re
import sys
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

OURS = frozenset({"bot", "storage", "rubric"})
"""Packages whose loggers are heard from the level that was asked for."""
ROOT = Path(__file__).parents[2]
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
"""What could begin a line of its own, or move a terminal's cursor."""


def discreet(record: logging.LogRecord) -> bool:
    """Whether a line may be shown: of other people's only warnings and worse, since below that some print payloads.

    A filter, not a level: Bolt gives each of its loggers the root's own (slack_bolt/logger/__init__.py).
    """
    return record.levelno >= logging.WARNING or record.name.partition(".")[0] in OURS


class _Console(logging.Formatter):
    """A line an event, whatever is in it; of an error its place, in whoever's line it is."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's name
        return CONTROL.sub(lambda found: repr(found[0])[1:-1], super().formatMessage(record))

    def formatException(self, ei: Any) -> str:  # noqa: N802 - logging's name and signature
        return where(ei[1]) if ei[1] is not None else ""


class _Json(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        said = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "says": record.getMessage(),
        }
        if record.exc_info and record.exc_info[1] is not None:
            said["where"] = where(record.exc_info[1])
        return json.dumps(said, ensure_ascii=False)


def configure(level: str, form: Literal["json", "console"]) -> None:
    """Log to standard error from `level` on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(discreet)
    handler.setFormatter(_Json() if form == "json" else _Console("%(asctime)s %(levelname)s %(message)s"))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    # A tick that takes longer than a second skips the next one, by design; APScheduler warns of each.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)


class ErrorCounter(logging.Handler):
    """Hands on which module wrote each line of level ERROR, and nothing of what it says."""

    def __init__(self, count: Callable[[str], None]) -> None:
        super().__init__(logging.ERROR)
        self._count = count

    def emit(self, record: logging.LogRecord) -> None:
        self._count(record.name)


def where(error: BaseException) -> str:
    """What kind of error it is, where it was raised, and the last places in our code that it passed.

    Not its message, which may quote what someone wrote.
    """
    frames = traceback.extract_tb(error.__traceback__)
    shown = [frame for frame in frames if _place(frame).partition("/")[0] in OURS][-4:]
    if frames and frames[-1] not in shown:
        shown.append(frames[-1])
    places = " < ".join(f"{frame.name} ({_place(frame)}:{frame.lineno})" for frame in reversed(shown))
    cause = f" from {type(error.__cause__).__name__}" if error.__cause__ else ""
    # SQLite's name for it (SQLITE_FULL, SQLITE_READONLY) quotes nobody; PostgreSQL's is the cause's own.
    said = getattr(error.__cause__, "sqlite_errorname", None)
    cause += f" ({said})" if said else ""
    return f"{type(error).__name__}{cause} in {places}" if places else f"{type(error).__name__}{cause}"


def _place(frame: traceback.FrameSummary) -> str:
    """`bot/teams/setup_listeners.py`; of other people's code the file's name."""
    path = Path(frame.filename)
    below = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
    return below.as_posix() if below.parts[0] in OURS else path.name
