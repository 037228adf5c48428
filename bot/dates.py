"""Dates as people type them."""

import re
from datetime import date, timedelta

from bot.errors import UserError
from bot.i18n import _
from bot.views.message import escape_within
from bot.views.words import long_date, month_names, weekday_names

FARTHEST = timedelta(days=366)

_ISO = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})")
_DAY_FIRST = re.compile(r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?\s+(?P<name>[^\W\d]+)\.?(?:,?\s+(?P<year>\d{4}))?")
_MONTH_FIRST = re.compile(r"(?P<name>[^\W\d]+)\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(?P<year>\d{4}))?")
SHORTEST_NAME = 3
"""Letters of a month or a weekday that tell it from the others."""


def read_day(typed: str, *, today: date) -> date:
    """The date that was typed: from today on, within a year. UserError with what to write for anything else.

    ISO dates, `12 October`, `Oct 12 2026`, weekdays, `today`, `tomorrow`. `10/12/2026` is refused: it is October to
    one reader and December to another.
    """
    text = " ".join(typed.split()).casefold()
    try:
        found = _relative(text, today=today) or _iso(text) or _by_name(text, today=today)
    except ValueError:
        found = None  # 31 June
    shown = escape_within(typed, 40)
    if found is None:
        raise UserError(
            _("“{typed}” is no date that I can read. Write it like {example}.").format(
                typed=shown, example=(today + timedelta(days=7)).isoformat()
            )
        )
    if found < today:
        raise UserError(_("{date} is over. Write a date from today on.").format(date=long_date(found)))
    if found > today + FARTHEST:
        raise UserError(_("{date} is more than a year away. Write a date within a year.").format(date=long_date(found)))
    return found


def _relative(text: str, *, today: date) -> date | None:
    """Today, tomorrow, or the next such weekday, never today itself."""
    if text in {"today", _("today").casefold()}:
        return today
    if text in {"tomorrow", _("tomorrow").casefold()}:
        return today + timedelta(days=1)
    for number, (name, shown) in enumerate(weekday_names().items()):
        if _names(text, name, shown.casefold()):
            return today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)
    return None


def _iso(text: str) -> date | None:
    found = _ISO.fullmatch(text)
    return date(int(found["year"]), int(found["month"]), int(found["day"])) if found else None


def _by_name(text: str, *, today: date) -> date | None:
    found = _DAY_FIRST.fullmatch(text) or _MONTH_FIRST.fullmatch(text)
    if found is None:
        return None
    months = enumerate(month_names(), start=1)
    month = next((number for number, name in months if _names(found["name"], name.casefold())), None)
    if month is None:
        return None
    if found["year"]:
        return date(int(found["year"]), month, int(found["day"]))
    this_year = date(today.year, month, int(found["day"]))
    return this_year if this_year >= today else date(today.year + 1, month, int(found["day"]))


def _names(text: str, *names: str) -> bool:
    """Whether the text is one of these names, or enough of its beginning."""
    return len(text) >= SHORTEST_NAME and any(name.startswith(text) for name in names)
