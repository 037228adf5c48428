"""Dates as people type them."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from bot.inputs import typed
from bot.kit.errors import UserError
from bot.kit.i18n import _
from bot.slack.blocks import escape_within
from bot.slack.wording import long_date, month_names, weekday_names

FARTHEST = timedelta(days=366)
SHORTEST_NAME = 3
"""Letters of a month or a weekday that tell it from the others."""
FEBRUARY, LEAP_DAY = 2, 29

_WORD = r"[^\W\d_]+"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?"
_YEAR = r"(?:,?\s*(?P<year>\d{4}))?"
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})([-/. ])(?P<month>\d{1,2})\2(?P<day>\d{1,2})\.?")
_DIGITS = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})")
_YEAR_LAST = re.compile(r"(?P<one>\d{1,2})([-/. ])(?P<other>\d{1,2})\2(?P<year>\d{4})")
_WITHOUT_YEAR = re.compile(r"(?P<one>\d{1,2})[-/.](?P<other>\d{1,2})")
_BLANKS_IN_DIGITS = re.compile(r"(?<=\d)\s*([./])\s*(?=\d)")
_DAY_FIRST = re.compile(rf"{_DAY}[\s-]*(?:of\s+)?(?P<name>{_WORD})\.?-?{_YEAR}")
_MONTH_FIRST = re.compile(rf"(?P<name>{_WORD})\.?[\s-]*{_DAY}{_YEAR}")
_WEEKDAY_BEFORE = re.compile(rf"(?P<name>{_WORD})\.?,?\s+(?P<rest>(?:{_WORD}\.?\s+)?\d.*)")
_IN = re.compile(rf"(?:in\s+)?(?P<number>\d{{1,3}}|{_WORD})\s+(?P<unit>day|week|month)s?(?:'?\s+time)?")
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
            "nine": 9, "ten": 10, "twelve": 12}  # fmt: skip


class Day(NamedTuple):
    """A date that was typed."""

    date: date
    note: str = ""
    """A sentence where it isn't quite what was written."""


def read_day(written: str, *, today: date) -> Day:
    """The date that was typed: from today on, within a year. UserError with what to write for anything else.

    ISO dates, `12 October`, `Oct 12 2026`, `24.12.`, weekdays, `next monday`, `today`, `tomorrow`, `in 3 weeks`.
    `10/12/2026` is refused: it is October to one reader and December to another. 29 February without a year is the
    next that there is.
    """
    text = _normal(written)
    try:
        found = next((day for read in READERS if (day := read(text, today)) is not None), None)
    except (ValueError, OverflowError):
        found = None  # 31 June
    if found is None:
        raise UserError(
            _("I couldn't read “{typed}” as a date. Try {example}.").format(
                typed=escape_within(typed.clean(written), 40), example=(today + timedelta(days=7)).isoformat()
            )
        )
    if found.date < today:
        raise UserError(_("{date} is over. Write a date from today on.").format(date=long_date(found.date)))
    # The next 29 February counts as next year's.
    if found.date > today + FARTHEST and not (found.note and found.date.year <= today.year + 1):
        raise UserError(
            _("{date} is more than a year away. Write a date within a year.").format(date=long_date(found.date))
        )
    return found


def read_date(written: str) -> date | None:
    """The date that was typed with its year, whenever that is; None for anything else, as `10/12/2026` is.

    As `read_day` reads them: `2026-12-24`, `24.12.2026`, `24 December 2026`, `Thursday, December 24th, 2026`.
    """
    text = _normal(written)
    try:
        found = next((day for read in DATED if (day := read(text, None)) is not None), None)
    except (ValueError, OverflowError):
        return None  # 31 June
    return None if found is None else found.date


def _normal(written: str) -> str:
    """In lower case, with digits, blanks and dashes of one kind."""
    plain = typed.key(unicodedata.normalize("NFKC", typed.straight(typed.clean(written)))).removeprefix("the ")
    return _BLANKS_IN_DIGITS.sub(r"\1", plain)


def _near(text: str, today: date) -> Day | None:
    shown = (_("today"), _("tomorrow"), _("day after tomorrow"))
    days = {"today": 0, "tomorrow": 1} | {typed.key(word): number for number, word in enumerate(shown)}
    return Day(today + timedelta(days=days[text])) if text in days else None


def _from_now(text: str, today: date) -> Day | None:
    found = _IN.fullmatch(text)
    if found is None:
        return None
    number = int(found["number"]) if found["number"].isdigit() else _NUMBERS.get(found["number"])
    if number is None:
        return None
    if found["unit"] == "month":
        return Day(_months_later(today, number))
    return Day(today + timedelta(days=number * (7 if found["unit"] == "week" else 1)))


def _months_later(day: date, months: int) -> date:
    """The same day of a later month, or that month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for earlier in range(4):
        try:
            return date(year, month + 1, day.day - earlier)
        except ValueError:
            continue
    raise ValueError(day)


def _weekday(text: str, today: date) -> Day | None:
    """The next such weekday, never today itself; with `next` that of the next week, which begins on Monday."""
    if text.endswith(" next week"):
        text = "next " + text.removesuffix(" next week").removeprefix("on ")
    before, _blank, name = text.rpartition(" ")
    number = _weekday_number(name)
    if number is None or before not in {"", "on", "this", "this coming", "coming", "next"}:
        return None
    if before == "next":
        return Day(today + timedelta(days=7 - today.weekday() + number))
    return Day(today + timedelta(days=(number - today.weekday() - 1) % 7 + 1))


def _weekday_number(text: str) -> int | None:
    names = enumerate(weekday_names().items())
    return next((number for number, (name, shown) in names if _names(text, name, shown.casefold())), None)


def _in_digits(text: str, today: date | None) -> Day | None:
    """Without `today` a date must say its year; so it must for the two readers that follow."""
    found = _YEAR_FIRST.fullmatch(text) or _DIGITS.fullmatch(text)
    if found is not None:
        return Day(date(int(found["year"]), int(found["month"]), int(found["day"])))
    found = _YEAR_LAST.fullmatch(text) or _WITHOUT_YEAR.fullmatch(text)
    if found is None:
        return None
    one, other = int(found["one"]), int(found["other"])
    # Which of two small numbers is the month, nobody knows.
    either = [(month, day) for month, day in ((one, other), (other, one)) if month <= MONTHS < day or month == day]
    if not either:
        return None
    year = found.groupdict().get("year")
    return Day(date(int(year), *either[0])) if year else _coming(*either[0], today=today)


def _by_name(text: str, today: date | None) -> Day | None:
    found = _DAY_FIRST.fullmatch(text) or _MONTH_FIRST.fullmatch(text)
    if found is None:
        return None
    months = enumerate(month_names(), start=1)
    month = next((number for number, name in months if _names(found["name"], name.casefold())), None)
    if month is None:
        return None
    day = int(found["day"])
    if found["year"]:
        return Day(date(int(found["year"]), month, day))
    return _coming(month, day, today=today)


def _coming(month: int, day: int, *, today: date | None) -> Day | None:
    """The next such day, today itself included."""
    if today is None:
        return None
    if (month, day) == (FEBRUARY, LEAP_DAY):
        return _next_leap_day(today)
    this_year = date(today.year, month, day)
    return Day(this_year if this_year >= today else date(today.year + 1, month, day))


def _next_leap_day(today: date) -> Day:
    years = (year for year in range(today.year, today.year + 9) if year % 4 == 0 and (year % 100 or year % 400 == 0))
    found = next(day for year in years if (day := date(year, FEBRUARY, LEAP_DAY)) >= today)
    expected = today.year if (today.month, today.day) <= (FEBRUARY, LEAP_DAY) else today.year + 1
    if found.year == expected:
        return Day(found)
    note = _("{year} has no 29 February, so this is {date}.").format(year=expected, date=long_date(found))
    return Day(found, note)


def _after_weekday(text: str, today: date | None) -> Day | None:
    """A date with its weekday before it, where it is that weekday."""
    found = _WEEKDAY_BEFORE.fullmatch(text)
    number = _weekday_number(found["name"]) if found is not None else None
    if found is None or number is None:
        return None
    day = _in_digits(found["rest"], today) or _by_name(found["rest"], today)
    return day if day is not None and day.date.weekday() == number else None


def _names(text: str, *names: str) -> bool:
    """Whether the text is one of these names, or enough of its beginning."""
    return len(text) >= SHORTEST_NAME and any(name.startswith(text) for name in names)


MONTHS = 12
DATED: tuple[Callable[[str, date | None], Day | None], ...] = (_in_digits, _by_name, _after_weekday)
READERS: tuple[Callable[[str, date], Day | None], ...] = (_near, _from_now, _weekday, *DATED)
