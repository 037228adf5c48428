"""What a manager of several teams gets after a round: that team's levels, and how the other teams are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.charts.overview_words import last_round
from bot.charts.profile_words import no_comparison
from bot.charts.team_standing import TeamStanding
from bot.kit.i18n import _, ngettext
from bot.slack.blocks import (
    Block,
    Message,
    context,
    escape,
    escape_within,
    first_that_fits,
    header,
    local_time,
    section,
)
from bot.slack.wording import listed, title
from bot.summary.earlier_views import told
from bot.summary.views import summary_name
from rubric import Rubric, Summary

_MOST_OTHERS = (12, 6, 3, 0)
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Other:
    """Another team of the same manager."""

    standing: TeamStanding
    next_round_at: datetime | None
    """None: paused."""
    time_zone: str


@dataclass(frozen=True, slots=True)
class DigestCard:
    """Everything that a digest is drawn from."""

    team: str
    number: int
    closed_on: date
    rubric: Rubric
    summary: Summary
    link: str | None
    """To the summary, where it is posted."""
    others: Sequence[Other]
    """By name."""


def digest(card: DigestCard) -> Message:
    """The round that closed, a line a dimension; then each other team in one line."""
    named = summary_name(card.team, card.number, card.closed_on)
    answered = ngettext("{answered} of {n} answered.", "{answered} of {n} answered.", card.summary.asked).format(
        answered=card.summary.took_part, n=card.summary.asked
    )
    why_not = no_comparison(card.summary)
    if why_not:
        answered += f" {why_not}"
    if card.link is not None:
        answered += " " + _("<{link}|Read the summary>").format(link=card.link)
    levels = [(title(dimension), told(card.summary[dimension.key])) for dimension in card.rubric.dimensions]
    lines = [f"*{name}*: {level}" for name, level in levels]
    start = [header(named), context(answered), section("\n".join(lines))]
    blocks = first_that_fits([*start, *_others(card, most=most)] for most in _MOST_OTHERS)
    said = "; ".join(f"{name}: {level}" for name, level in levels)
    return Message(f"{escape(named)}. {answered} {said}.", blocks)


def _others(card: DigestCard, *, most: int) -> list[Block]:
    heading = ngettext("*Your other team*", "*Your {n} other teams*", len(card.others)).format(n=len(card.others))
    lines = [heading, *(_other(other) for other in card.others[:most])]
    more = len(card.others) - most
    if more > 0:
        lines.append(
            ngettext("and {n} more: `/maturity overview`", "and {n} more: `/maturity overview`", more).format(n=more)
        )
    return [section("\n".join(lines))]


def _other(other: Other) -> str:
    standing = other.standing
    said = [last_round(standing)]
    summary = standing.summary
    if summary is not None:
        split = [reading.dimension for reading in summary.readings if reading.split is not None]
        if split:
            said.append(_("split on {dimensions}").format(dimensions=listed(split)))
    if other.next_round_at is None:
        said.append(_("paused"))
    else:
        said.append(_("next {time}").format(time=local_time(other.next_round_at, zone=other.time_zone)))
    return _("• *{team}*: {state}").format(team=escape_within(standing.team, _LONGEST_NAME), state="; ".join(said))
