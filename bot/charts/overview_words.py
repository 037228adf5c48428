"""What the overview's picture says in words, and which teams it shows."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.charts.profile_words import LONGEST_ALT_TEXT, clean, headline, withheld
from bot.charts.team_standing import Group, TeamStanding, short
from bot.charts.trend_words import month
from bot.kit.i18n import _, ngettext
from rubric.overviews import standings

_LONGEST_NAME = 40
"""Characters of a team's name where there is little room."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a picture has room for besides each team's levels."""

    blocks: int = 1
    """Of teams, side by side."""
    facts: bool = False
    """When each team was asked and how many answered, under its name."""
    counts: bool = False
    """How many of all teams printed what."""


@dataclass(frozen=True, slots=True)
class Page:
    """Some of a group's teams, as many as one picture shows; what is counted is counted for all of them."""

    group: Group
    start: int
    """Place of the first one, from 0."""
    end: int
    plan: Plan = Plan()

    @property
    def shown(self) -> Sequence[TeamStanding]:
        return self.group.standings[self.start : self.end]


def can_be_told(page: Page) -> bool:
    """Whether an alt text holds what this picture shows."""
    return len(_brief(page)) <= LONGEST_ALT_TEXT


def extent(page: Page) -> str:
    """Which teams these are."""
    number = len(page.group.standings)
    if page.end - page.start == number:
        return ngettext(
            "{n} team, by its last closed round.", "{n} teams by name, each by its last closed round.", number
        ).format(n=number)
    return _("Teams {first} to {last} of {n} by name, each by its last closed round.").format(
        first=page.start + 1, last=page.end, n=number
    )


def last_round(standing: TeamStanding) -> str:
    """When it was asked last and how many took part: `Nov 2026, 6 of 7 answered`."""
    if standing.summary is None or standing.closed_on is None:
        return _("no round yet")
    return _("{month} {year}, {answered} of {asked} answered").format(
        month=month(standing.closed_on),
        year=standing.closed_on.year,
        answered=standing.summary.took_part,
        asked=standing.summary.asked,
    )


def counted(group: Group) -> list[tuple[str, tuple[int, ...]]]:
    """How many teams printed what: each line with one number a dimension; lines that are all zeros only for levels."""
    found = standings(group.rubric, group.summaries)
    highest = group.rubric.highest

    def line(said: str, numbers: Sequence[int]) -> list[tuple[str, tuple[int, ...]]]:
        return [(said, tuple(numbers))] if any(numbers) else []

    levels = [
        (_("Level {level}").format(level=level), tuple(each.levels[level - 1] for each in found))
        for level in range(1, highest + 1)
    ]
    return [
        *levels,
        *line(_("Level {level} or above").format(level=highest - 1), [each.or_above for each in found]),
        *line(_("Split"), [each.split for each in found]),
        *line(_("Too few answers"), [each.too_few for each in found]),
        *line(_("Not shown"), [each.withheld for each in found]),
    ]


def overview_alt_text(page: Page) -> str:
    """Everything that the picture says, in at most 1000 characters.

    Where that is too long, the dimensions' names and the sentences go first, then when each team was asked and how
    many answered; the levels of each team and how many stand at each are always told.
    """
    rubric = page.group.rubric
    names = ", ".join(f"{dimension.key} {clean(dimension.name)}" for dimension in rubric.dimensions)
    keys = [dimension.key for dimension in rubric.dimensions]
    whole = " ".join(
        [
            _opening(page),
            f"{names}.",
            *(f"{clean(each.team)}, {last_round(each)}{_whole(each, keys)}." for each in page.shown),
            _counts(page),
        ]
    )
    if len(whole) <= LONGEST_ALT_TEXT:
        return whole
    middling = " ".join(
        [_opening(page), *(f"{clean(each.team)}, {last_round(each)}{_figures(each, keys)}." for each in page.shown),
         _counts(page)]
    )  # fmt: skip
    return middling if len(middling) <= LONGEST_ALT_TEXT else _brief(page)[:LONGEST_ALT_TEXT]


def _opening(page: Page) -> str:
    return _("Where teams stand. {extent}").format(extent=extent(page))


def _whole(standing: TeamStanding, keys: Sequence[str]) -> str:
    summary = standing.summary
    if summary is not None and summary.withheld:
        return ": " + withheld().rstrip(".").lower()
    return "" if summary is None else ": " + ", ".join(f"{key} {headline(summary[key]).lower()}" for key in keys)


def _figures(standing: TeamStanding, keys: Sequence[str]) -> str:
    summary = standing.summary
    if summary is not None and summary.withheld:
        return ": " + _("not shown")
    return "" if summary is None else ": " + " ".join(short(summary[key]) for key in keys)


def _brief(page: Page) -> str:
    keys = [dimension.key for dimension in page.group.rubric.dimensions]
    teams = [f"{clean(each.team)[:_LONGEST_NAME]}{_figures(each, keys) or ': ' + _('no round')}" for each in page.shown]
    scale = _("In the order {keys}:").format(keys=" ".join(keys))
    return " ".join([_opening(page), scale, f"{'; '.join(teams)}.", _counts(page)])


def _counts(page: Page) -> str:
    said = "; ".join(f"{line}: {' '.join(map(str, numbers))}" for line, numbers in counted(page.group))
    return _("How many teams: {counts}.").format(counts=said)
