"""Where someone's teams stand: how many at which level, what needs a talk or leadership. No average, no ranking."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.charts.profile_words import withheld
from bot.charts.team_standing import Group, TeamStanding
from bot.kit.i18n import _, ngettext
from bot.slack.blocks import (
    LONGEST_SECTION,
    Block,
    Message,
    context,
    escape,
    escape_within,
    first_that_fits,
    header,
    one_line,
    section,
    shorten,
)
from bot.slack.wording import listed, short_date, title
from rubric import Dimension, Standings, standings

LONGEST_NAME = 60
LONGEST_WISH = 200


@dataclass(frozen=True, slots=True)
class Wish:
    """An open action item that its team can't do without leadership."""

    team: str
    dimension: str
    text: str
    owner_id: str | None
    due_on: date | None


@dataclass(frozen=True, slots=True)
class OverviewCard:
    """Everything that an overview is drawn from."""

    groups: Sequence[Group]
    """Teams whose levels may be counted together; those asked with today's wording first."""
    wishes: Sequence[Wish]
    all_teams: bool
    """True for an admin's, which has every team of the workspace."""


_ROOMS = (200, 60, 25, 12, 5, 2)
"""Names in one list and wishes in all, richest first."""


def overview(card: OverviewCard, *, pictures: int, pictured: int) -> Message:
    """The overview of several teams in words; `pictures` are on their way, and show the first `pictured` by name."""
    number = sum(len(group.standings) for group in card.groups)
    said = _("All {n} teams") if card.all_teams else _("Your {n} teams")
    name = said.format(n=number)
    start = [
        header(name),
        context(_("Each team by its last closed round. Levels are counted, never averaged, and teams stand by name.")),
    ]
    end = [context(said) for said in [_pictures(pictures, pictured=pictured, number=number)] if said]
    blocks = first_that_fits([*start, *_body(card, most=most), *end] for most in _ROOMS)
    return Message(_said(card, name), blocks)


def _body(card: OverviewCard, *, most: int) -> list[Block]:
    blocks: list[Block] = []
    for place, group in enumerate(card.groups):
        if place:
            blocks.append(section(_("*Asked with another wording*, so counted by themselves:")))
        if group.summaries:
            found = standings(group.rubric, group.summaries)
            blocks += [
                section(_dimension(dimension, each, group, most=most))
                for dimension, each in zip(group.rubric.dimensions, found, strict=True)
            ]
        not_shown = [each.team for each in group.standings if each.summary is not None and each.summary.withheld]
        if not_shown:
            blocks.append(context(f"{_names(not_shown, most=most)}. {withheld()}"))
    every = [standing for group in card.groups for standing in group.standings]
    blocks += _rates(sorted(every, key=lambda each: each.team.casefold()), most=most)
    if card.wishes:
        lines = [_wish(wish) for wish in card.wishes[:most]]
        more = len(card.wishes) - len(lines)
        if more:
            lines.append(ngettext("and {n} more", "and {n} more", more).format(n=more))
        blocks += [header(_("What needs leadership")), *(section(text) for text in _sections(lines))]
    return blocks


def _dimension(dimension: Dimension, found: Standings, group: Group, *, most: int) -> str:
    counted = [
        ngettext("{n} team at level {level}", "{n} teams at level {level}", number).format(n=number, level=level)
        for level, number in enumerate(found.levels, start=1)
        if number
    ]
    if found.or_above:
        said = ngettext("{n} team at level {level} or above", "{n} teams at level {level} or above", found.or_above)
        counted.append(said.format(n=found.or_above, level=group.rubric.highest - 1))
    if found.too_few:
        said = ngettext("{n} team with too few answers", "{n} teams with too few answers", found.too_few)
        counted.append(said.format(n=found.too_few))
    if found.withheld:
        said = ngettext("{n} team not shown", "{n} teams not shown", found.withheld)
        counted.append(said.format(n=found.withheld))
    lines = [f"*{title(dimension)}*", *([", ".join(counted)] if counted else [])]
    if found.split:
        split = [
            each.team
            for each in group.standings
            if each.summary is not None and each.summary[dimension.key].split is not None
        ]
        lines.append(_("Split: {teams}").format(teams=_names(split, most=most)))
    return shorten("\n".join(lines), LONGEST_SECTION)


def _rates(every: Sequence[TeamStanding], *, most: int) -> list[Block]:
    """How many took part in each team's last round, and which teams have had none."""
    rates = [
        _("{team} {answered} of {asked}").format(
            team=escape_within(each.team, LONGEST_NAME), answered=each.summary.took_part, asked=each.summary.asked
        )
        for each in every
        if each.summary is not None
    ]
    waiting = [each.team for each in every if each.summary is None]
    blocks = []
    if rates:
        said = _("*Answered in the last round*: {teams}").format(teams=_some(rates, most=most))
        blocks.append(section(shorten(said, LONGEST_SECTION)))
    if waiting:
        said = _("*No closed round yet*: {teams}").format(teams=_names(waiting, most=most))
        blocks.append(section(shorten(said, LONGEST_SECTION)))
    return blocks


def _names(names: Sequence[str], *, most: int) -> str:
    return _some([escape_within(name, LONGEST_NAME) for name in names], most=most)


def _some(items: Sequence[str], *, most: int) -> str:
    """The items, as many as there is room for, and how many more there are."""
    shown: list[str] = []
    room = LONGEST_SECTION - 300
    for item in items[:most]:
        room -= len(item) + 2
        if room < 0:
            break
        shown.append(item)
    more = len(items) - len(shown)
    if not more:
        return listed(shown)
    return ngettext("{names} and {n} more", "{names} and {n} more", more).format(names=", ".join(shown), n=more)


def _wish(wish: Wish) -> str:
    said = _("• *{team}*, {dimension}: {text}").format(
        team=escape_within(wish.team, LONGEST_NAME),
        dimension=wish.dimension,
        text=escape_within(wish.text, LONGEST_WISH),
    )
    if wish.owner_id is not None:
        said += _(", <@{person}>").format(person=wish.owner_id)
    if wish.due_on is not None:
        said += _(", due {date}").format(date=short_date(wish.due_on))
    return said


def _sections(lines: Sequence[str]) -> list[str]:
    """The lines in as few texts as Slack takes."""
    texts: list[str] = []
    for line in lines:
        if texts and len(texts[-1]) + len(line) + 1 <= LONGEST_SECTION:
            texts[-1] += f"\n{line}"
        else:
            texts.append(line)
    return texts


def _pictures(pictures: int, *, pictured: int, number: int) -> str | None:
    if not pictures:
        return None
    said = ngettext(
        "The picture is on its way to you as a direct message.",
        "{n} pictures are on their way to you as direct messages.",
        pictures,
    ).format(n=pictures)
    if pictured < number:
        more = _(
            "They show the first {shown} of {n} teams by name; the counts are of all teams. "
            "For every team's levels type `/maturity export xlsx` outside a team's channel, for one team "
            "`/maturity summary` and its name."
        )
        said += " " + more.format(shown=pictured, n=number)
    return said


def only_team(summary: Message, *, all_teams: bool) -> Message:
    """The overview of a single team: its summary, and why; `all_teams` as of an `OverviewCard`."""
    why = _("This is the only team here.") if all_teams else _("This is the only team that you manage.")
    counts = _("With two or more, `/maturity overview` counts how many teams stand at each level.")
    return Message(summary.text, [*summary.blocks, context(f"{why} {counts}")])


def _said(card: OverviewCard, name: str) -> str:
    """The overview as one text: what notifications and screen readers get."""
    parts = [f"{name}."]
    for group in card.groups:
        for dimension, found in zip(
            group.rubric.dimensions, standings(group.rubric, group.summaries) if group.summaries else (), strict=False
        ):
            parts.append(_line(dimension, found, highest=group.rubric.highest))
    return " ".join(parts)


def _line(dimension: Dimension, found: Standings, *, highest: int) -> str:
    counts = [
        _("level {level}: {n}").format(level=level, n=number)
        for level, number in enumerate(found.levels, start=1)
        if number
    ]
    if found.or_above:
        counts.append(_("level {level} or above: {n}").format(level=highest - 1, n=found.or_above))
    if found.split:
        counts.append(_("split: {n}").format(n=found.split))
    if found.too_few:
        counts.append(_("too few answers: {n}").format(n=found.too_few))
    if found.withheld:
        counts.append(_("not shown: {n}").format(n=found.withheld))
    return _("{dimension}: {counts}.").format(dimension=escape(one_line(dimension.name)), counts=", ".join(counts))
