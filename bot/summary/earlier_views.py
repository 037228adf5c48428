"""Earlier rounds beneath a summary, a few lines each."""

from collections.abc import Sequence
from datetime import date

from bot.charts.profile_words import headline, no_comparison, since_last, withheld
from bot.kit.i18n import _, ngettext
from bot.slack.blocks import (
    LONGEST_SECTION,
    MOST_BYTES,
    Block,
    Message,
    context,
    escape,
    header,
    one_line,
    section,
    shorten,
    size,
)
from bot.slack.wording import month_and_year
from rubric import Reading, Rubric, Summary

MOST_BLOCKS = 50
"""Slack's own limit for a message."""


def earlier(rubric: Rubric, summary: Summary, *, number: int, closed_on: date) -> Block:
    """One round in a few lines: who answered, and each dimension's level with its change."""
    answered = ngettext("{answered} of {n} answered.", "{answered} of {n} answered.", summary.asked).format(
        answered=summary.took_part, n=summary.asked
    )
    why_not = no_comparison(summary)
    if why_not:
        answered += f" {why_not}"
    heading = _("*Round {number}, {month}.* {answered}").format(
        number=number, month=month_and_year(closed_on), answered=answered
    )
    lines = [
        f"{dimension.key} {escape(one_line(dimension.name))}: {told(summary[dimension.key])}"
        for dimension in rubric.dimensions
    ]
    if summary.shows_nothing:
        lines = [withheld() if summary.withheld else _("Nothing of it can be shown.")]
    return section(shorten("\n".join([heading, *lines]), LONGEST_SECTION))


def beneath(newest: Message, rounds: Sequence[Block], *, whole: Block) -> Message:
    """The newest round whole and the others beneath it; where that is too much, the newest as `whole`."""
    found = [*newest.blocks, header(_("Rounds before")), *rounds]
    if size(found) > MOST_BYTES or len(found) > MOST_BLOCKS:
        found = [
            whole,
            *rounds,
            context(_("For the whole summary of the last round type `/maturity summary` without a number.")),
        ]
    return Message(newest.text, found)


def fewer(number: int) -> Block:
    """There are fewer rounds than were asked for."""
    return context(
        ngettext("This team has had {n} closed round so far.", "This team has had {n} closed rounds so far.", number)
        .format(n=number)
    )  # fmt: skip


def told(reading: Reading) -> str:
    """What may be printed about one dimension, with its change: `level 2, up from 1`."""
    said, change = headline(reading), since_last(reading)
    said = f"{said[:1].lower()}{said[1:]}"
    return f"{said}, {change}" if change else said
