"""Logging for operators: one line an event, as text or JSON, and never a word that a person wrote."""

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from typing import Literal

QUIET = ("slack_bolt", "slack_sdk", "apscheduler", "uvicorn.access", "aiosqlite", "alembic")
"""Other people's loggers, some of which print whole payloads at DEBUG: heard from WARNING on."""


class _Json(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(
            {
                "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
                "level": record.levelname.lower(),
                "from": record.name,
                "says": record.getMessage(),
            },
            ensure_ascii=False,
        )


def configure(level: str, form: Literal["json", "console"]) -> None:
    """Log to standard error from `level` on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Json() if form == "json" else logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLevelName(level)))
    # A tick that takes longer than a second skips the next one, by design; APScheduler warns of each.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)


def where(error: BaseException) -> str:
    """What kind of error it is and the last places it passed; not its message, which may quote what someone wrote."""
    frames = traceback.extract_tb(error.__traceback__)[-4:]
    places = " < ".join(
        f"{frame.name} ({frame.filename.rpartition('/')[2]}:{frame.lineno})" for frame in reversed(frames)
    )
    cause = f" from {type(error.__cause__).__name__}" if error.__cause__ else ""
    return f"{type(error).__name__}{cause} in {places}"
