"""Trends and overviews to draw, and how their pictures are read."""

from collections.abc import Sequence
from datetime import date
from xml.etree import ElementTree as ET

from bot.charts.overview import overview_svg
from bot.charts.overview_words import Page
from bot.charts.team_standing import Group, TeamStanding
from bot.charts.trend import trend_svg
from bot.charts.trend_words import TrendCard
from rubric import Rubric, Summary, Tally, load, summarise, trend
from tests.bot.pictures import LONG, model

SMART_CITY = load()
Counts = tuple[int, ...]
LEVEL_2, SPLIT, TOO_FEW, TOP_TWO = (0, 6, 0, 0), (3, 0, 0, 3), (1, 1, 0, 0), (0, 0, 0, 4)


def a_round(
    counts: Counts, *, rubric: Rubric = SMART_CITY, previous: Summary | None = None, in_either: int | None = None
) -> Summary:
    """A round of 12 in which every dimension was answered like this."""
    tallies = {each.key: Tally(counts) for each in rubric.dimensions} if sum(counts) >= 4 else {}
    return summarise(
        rubric,
        tallies=tallies,
        asked=12,
        took_part=sum(counts),
        minimum=4,
        confidential=True,
        previous=previous,
        in_either=in_either,
    )


def a_trend(
    *rounds: Counts,
    rubrics: Sequence[Rubric] = (),
    in_either: Sequence[int] = (),
    team: str = "Permits",
    older: bool = False,
) -> TrendCard:
    """A team's rounds, three months apart."""
    models = rubrics or [SMART_CITY] * len(rounds)
    found: list[Summary] = []
    for place, counts in enumerate(rounds):
        previous = found[-1] if found else None
        people = in_either[place] if in_either else max(sum(counts), previous.took_part if previous else 0)
        found.append(a_round(counts, rubric=models[place], previous=previous, in_either=people))
    days = [date(2024 + place // 4, 2 + place % 4 * 3, 5) for place in range(len(rounds))]
    return TrendCard(team, models[-1], list(enumerate(days, start=1)), trend(models, found), older)


def a_group(*teams: tuple[str, Counts | None], rubric: Rubric = SMART_CITY) -> Group:
    """Teams with what their last round got for an answer to each dimension; None: no round yet."""
    return Group(
        rubric,
        [
            TeamStanding(name)
            if counts is None
            else TeamStanding(name, number=3, closed_on=date(2026, 11, 6), summary=a_round(counts, rubric=rubric))
            for name, counts in teams
        ],
    )


def bare(dimensions: int, levels: int) -> Rubric:
    """A model of long names that advises nothing."""
    made = model(dimensions=dimensions, levels=levels, text="Silos", name=LONG)
    for dimension in made.dimensions:
        object.__setattr__(dimension, "actions", dict.fromkeys(range(1, levels + 1), ()))
        questions = {(low, high): "?" for low in range(1, levels) for high in range(low + 1, levels + 1)}
        object.__setattr__(dimension, "discussions", questions)
    return made


def drawn_trend(card: TrendCard) -> ET.Element:
    return ET.fromstring(trend_svg(card))  # noqa: S314 - our own output


def drawn_overview(page: Page) -> ET.Element:
    return ET.fromstring(overview_svg(page))  # noqa: S314 - our own output
