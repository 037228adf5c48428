"""Trends and overviews to draw, and how their pictures are read."""

from collections.abc import Sequence
from datetime import date
from xml.etree import ElementTree as ET

from bot.charts.measure import Weight, width
from bot.charts.overview import overview_svg
from bot.charts.overview_words import Page
from bot.charts.standing import Group, Standing
from bot.charts.trend import trend_svg
from bot.charts.trend_words import TrendCard
from rubric import Rubric, Summary, Tally, load, summarise, trend
from tests.bot.pictures import LONG, SVG, box, groups, model, number

SMART_CITY = load()
Counts = tuple[int, ...]
LEVEL_2, SPLIT, TOO_FEW, TOP_TWO = (0, 6, 0, 0), (3, 0, 0, 3), (1, 1, 0, 0), (0, 0, 0, 4)


def a_round(
    counts: Counts, *, rubric: Rubric = SMART_CITY, previous: Summary | None = None, newcomers: int = 0
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
        newcomers=newcomers,
    )


def a_trend(
    *rounds: Counts,
    rubrics: Sequence[Rubric] = (),
    newcomers: Sequence[int] = (),
    team: str = "Permits",
    older: bool = False,
) -> TrendCard:
    """A team's rounds, three months apart."""
    models = rubrics or [SMART_CITY] * len(rounds)
    found: list[Summary] = []
    for place, counts in enumerate(rounds):
        new = newcomers[place] if newcomers else 0
        found.append(a_round(counts, rubric=models[place], previous=found[-1] if found else None, newcomers=new))
    days = [date(2024 + place // 4, 2 + place % 4 * 3, 5) for place in range(len(rounds))]
    return TrendCard(team, models[-1], list(enumerate(days, start=1)), trend(models, found), older)


def a_group(*teams: tuple[str, Counts | None], rubric: Rubric = SMART_CITY) -> Group:
    """Teams with what their last round got for an answer to each dimension; None: no round yet."""
    return Group(
        rubric,
        [
            Standing(name)
            if counts is None
            else Standing(name, number=3, closed_on=date(2026, 11, 6), summary=a_round(counts, rubric=rubric))
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


def kinds(part: ET.Element) -> list[str]:
    """What each mark of a lane or a row is."""
    return [mark.attrib["class"].removeprefix("mark ") for mark in groups(part, "mark")]


def right_end(text: ET.Element) -> float:
    weight = Weight(int(text.attrib["font-weight"]))
    return number(text, "x") + width(text.text or "", size=number(text, "font-size"), weight=weight)


def overflowing(picture: ET.Element) -> list[str]:
    """Words that run out of their mark or over the edge of the picture, or are drawn over one another."""
    found = [
        text.text or ""
        for text in picture.iter(f"{SVG}text")
        if number(text, "x") < 19
        or right_end(text) > number(picture, "width") - 19
        or number(text, "y") > number(picture, "height") - 10
    ]
    for mark in groups(picture, "mark"):
        rectangle = mark.find(f"{SVG}rect")
        if rectangle is not None:
            left, top, right, bottom = box(rectangle)
            found += [
                text.text or ""
                for text in mark.iter(f"{SVG}text")
                if not (left < number(text, "x") and right_end(text) < right and top < number(text, "y") < bottom)
            ]
    lines = [
        (number(text, "x"), number(text, "y"), right_end(text), number(text, "font-size"), text.text)
        for text in picture.iter(f"{SVG}text")
    ]
    for place, (left, y, right, size, said) in enumerate(lines):
        for other_left, other_y, other_right, other_size, other in lines[place + 1 :]:
            beside = right <= other_left or other_right <= left
            if not beside and y > other_y - other_size * 0.7 and other_y > y - size * 0.7:
                found.append(f"{said} over {other}")
    return found
