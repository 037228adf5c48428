"""Words that several views share: dates, lists, what a dimension and an effort are called."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.kit.i18n import _, ngettext
from bot.slack.blocks import escape
from rubric import Dimension, Effort

MOST_MENTIONED = 20
"""A message of Slack's holds 3000 characters, and whoever reads it asks one of these, not all."""


def month_names() -> tuple[str, ...]:
    return (
        _("January"),
        _("February"),
        _("March"),
        _("April"),
        _("May"),
        _("June"),
        _("July"),
        _("August"),
        _("September"),
        _("October"),
        _("November"),
        _("December"),
    )


def weekday_names() -> dict[str, str]:
    """What each weekday is called, by the name it is stored under; Monday first."""
    return {
        "monday": _("Monday"),
        "tuesday": _("Tuesday"),
        "wednesday": _("Wednesday"),
        "thursday": _("Thursday"),
        "friday": _("Friday"),
        "saturday": _("Saturday"),
        "sunday": _("Sunday"),
    }


def month_and_year(day: date) -> str:
    return _("{month} {year}").format(month=month_names()[day.month - 1], year=day.year)


def long_date(day: date) -> str:
    """`Monday 5 January 2026`."""
    return _("{weekday} {day} {month} {year}").format(
        weekday=list(weekday_names().values())[day.weekday()],
        day=day.day,
        month=month_names()[day.month - 1],
        year=day.year,
    )


def short_date(day: date) -> str:
    """`5 January 2026`; due dates are written so everywhere."""
    return _("{day} {month} {year}").format(day=day.day, month=month_names()[day.month - 1], year=day.year)


def away_through(until: date) -> str:
    """That somebody is away until that day, the day itself included."""
    said = _("You are away through {last}: you won't be asked or reminded. From {next} on you will be again.")
    return said.format(last=long_date(until), next=long_date(until + timedelta(days=1)))


def number_word(number: int) -> str:
    """`five`; a larger number than eight, which is the most dimensions there are, in figures."""
    words = (
        _("no"), _("one"), _("two"), _("three"), _("four"), _("five"), _("six"), _("seven"), _("eight"),
    )  # fmt: skip
    return words[number] if 0 <= number < len(words) else str(number)


def capitalised(sentence: str) -> str:
    return f"{sentence[:1].upper()}{sentence[1:]}"


def listed(items: Sequence[str]) -> str:
    """`A, B and C`, and where an item has an "and" of its own, `Tech and data, and Capability`; all ready to print."""
    if len(items) < 2:  # noqa: PLR2004 - two are what "and" needs
        return "".join(items)
    if any(f" {_('and')} " in item for item in items):
        return _("{items}, and {last}").format(items=", ".join(items[:-1]), last=items[-1])
    return _("{items} and {last}").format(items=", ".join(items[:-1]), last=items[-1])


def mentions(user_ids: Sequence[str], *, most: int = MOST_MENTIONED) -> str:
    """`@A, @B and 3 more`: people by mention, of more than `most` the first and how many more."""
    shown = [f"<@{user_id}>" for user_id in user_ids[:most]]
    more = len(user_ids) - len(shown)
    if more:
        shown.append(ngettext("{n} more", "{n} more", more).format(n=more))
    return listed(shown)


def title(dimension: Dimension) -> str:
    """`A. Engage society`, escaped for mrkdwn."""
    return f"{dimension.key}. {escape(dimension.name)}"


def effort(cost: Effort) -> str:
    return {
        Effort.SMALL: _("Small effort: within two weeks, no money."),
        Effort.MEDIUM: _("Medium effort: one to three months, or some money."),
        Effort.LARGE: _("Large effort: more than three months, or needs leadership or budget."),
    }[cost]


def effort_in_short(cost: Effort) -> str:
    return {
        Effort.SMALL: _("Small effort"),
        Effort.MEDIUM: _("Medium effort"),
        Effort.LARGE: _("Large effort"),
    }[cost]
