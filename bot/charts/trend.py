"""The trend: a row a dimension, a column a round, made from what each round printed: it can tell no more."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.charts.layout import (
    HIGHEST,
    INSIDE,
    MARGIN,
    SMALLEST,
    WIDTH,
    centred,
    lines,
    names,
    render,
    set_height,
    title,
    widest,
)
from bot.charts.legend import Sample, legend
from bot.charts.measure import Fitted, Weight, drawable, fit
from bot.charts.parts import LOOK, Box, Drawing, Part, Rule, Text, number
from bot.charts.printed_cells import Printed, printed_cell, samples
from bot.charts.trend_words import TrendCard, month, remarks, round_names
from bot.kit.i18n import _
from rubric.summary import ChangeKind, Detail, Reading
from rubric.trends import Gap, Lane, Point

MOST_ROUNDS = 12
"""Rounds that one picture shows."""
_NARROWEST, _WIDEST = 28.5, 96.0
"""Of a cell."""
_GAP = 4.0
_MOST_FOR_NAMES = 250.0
_BESIDE_NAMES = 14.0
_CELL = 36.0
_LOWEST_CELL = 30.0
_ROW_GAP = 8.0
_LEAST_ROW_GAP = 3.0
_HEADS = 56.0
_MANY = 7
"""Dimensions, whose names have two lines at most."""


@dataclass(frozen=True, slots=True)
class _Grid:
    """Where the rounds and the dimensions of this picture are."""

    left: float
    width: float
    """Of one cell."""
    height: float
    gap: float
    """Between two rows."""

    def box(self, place: int, *, top: float) -> Box:
        """The cell of a round."""
        return Box(self.left + place * (self.width + _GAP), top, self.width, self.height)


def trend_svg(card: TrendCard) -> str:
    """The trend picture as SVG, 600 wide and at most 500 high. The same input gives the same text."""
    heading = _("{team}: levels over time") if card.trend.is_one else _("{team}: levels so far")
    words, y = title(heading.format(team=card.team), round_names(card))
    number_of = len(card.rounds)
    most = min(_MOST_FOR_NAMES, INSIDE - _BESIDE_NAMES - number_of * (_NARROWEST + _GAP) + _GAP)
    most_lines = 3 if len(card.rubric.dimensions) < _MANY else 2
    said = names([f"{each.key} {each.name}" for each in card.rubric.dimensions], within=most, most_lines=most_lines)
    left = MARGIN + max(widest(said), _NARROWEST) + _BESIDE_NAMES
    columns = min(_WIDEST, (MARGIN + INSIDE - left - (number_of - 1) * _GAP) / number_of)
    key = _samples(card)
    top = y + 14 + _HEADS
    below = 16 + legend(key, top=0)[1] + MARGIN - 4
    high, gap = _rows(said, room=HIGHEST - top - below)
    grid = _Grid(left, columns, high, gap)
    parts = [Part("title", words), _heads(card, grid, top=top - _HEADS)]
    y = top
    for lane, name in zip(card.trend.lanes, said, strict=True):
        parts.append(_lane(card, lane, name, grid=grid, top=y))
        y += high + gap
    entries, y = legend(key, top=y - gap + 16)
    last, y = _remarks(card, top=y + 10)
    return render(Drawing(WIDTH, round(y + MARGIN - 4), (*parts, entries, last)))


def _rows(said: Sequence[Fitted], *, room: float) -> tuple[float, float]:
    """Height of each row and the gap between two: as usual where there is room for that, else as much as there is."""
    high = max(_CELL, *map(set_height, said))
    gaps = len(said) - 1
    for gap in (_ROW_GAP, _LEAST_ROW_GAP):
        if len(said) * high + gaps * gap <= room:
            return high, gap
    return max(_LOWEST_CELL, (room - gaps * _LEAST_ROW_GAP) / len(said)), _LEAST_ROW_GAP


def _heads(card: TrendCard, grid: _Grid, *, top: float) -> Part:
    """The number of each round and its month, and the year where it is a new one."""
    texts = [Text(MARGIN, top + 13, drawable(_("Round")), SMALLEST, Weight.MEDIUM, LOOK.quiet)]
    year = None
    for place, (round_number, day) in enumerate(card.rounds):
        x = grid.box(place, top=0).middle
        texts.append(centred(str(round_number), x=x, y=top + 13, size=15, weight=Weight.BOLD, fill=LOOK.ink))
        texts.append(_small(drawable(month(day)), x=x, y=top + 30))
        if day.year != year:
            year = day.year
            texts.append(_small(str(year), x=x, y=top + 46))
    return Part("axis", tuple(texts))


def _small(said: str, *, x: float, y: float) -> Text:
    return centred(said, x=x, y=y, size=SMALLEST, weight=Weight.REGULAR, fill=LOOK.quiet)


def _lane(card: TrendCard, lane: Lane, name: Fitted, *, grid: _Grid, top: float) -> Part:
    """One dimension: its name, and what each round printed."""
    texts, _y = lines(name, y=top + (grid.height - set_height(name)) / 2, weight=Weight.MEDIUM, fill=LOOK.ink)
    marks = tuple(
        printed_cell(each, grid.box(place, top=top), highest=card.rubric.highest)
        for place, each in enumerate(_printed(lane))
    )
    rules = tuple(_break(grid.box(place, top=top), grid) for place in card.trend.breaks)
    return Part("dimension", texts, rules, marks)


def _break(box: Box, grid: _Grid) -> Rule:
    """A dotted line before a round that isn't compared with the one before."""
    path = f"M{number(box.x - _GAP / 2)} {number(box.y - 1)}V{number(box.y + box.height + grid.gap - 3)}"
    return Rule(path, LOOK.ink, 1.6, "1.6 3.4")


def _printed(lane: Lane) -> list[Printed]:
    """What stands in a lane's cells."""
    return [
        Printed(
            None if point.gap is Gap.NOT_ASKED else _reading(lane.dimension, point),
            withheld=point.gap is Gap.WITHHELD,
            way=_way(lane.points[place - 1], point) if place else 0,
        )
        for place, point in enumerate(lane.points)
    ]


def _reading(dimension: str, point: Point) -> Reading:
    hidden = point.gap in {Gap.TOO_FEW, Gap.WITHHELD}
    detail = Detail.TOO_FEW if hidden else Detail.LEVEL
    return Reading(dimension, detail, level=point.level, or_above=point.or_above, split=point.split)


def _way(before: Point, now: Point) -> int:
    """1 or -1 where one may say that the level went up or down since the round before."""
    if now.change is not ChangeKind.MOVED or before.level is None or now.level is None:
        return 0
    return (now.level > before.level) - (now.level < before.level)


def _samples(card: TrendCard) -> list[Sample]:
    """What each mark means, for the marks that occur."""
    shown = [each for lane in card.trend.lanes for each in _printed(lane)]
    apart = [Sample("dotted", _("not compared"))] if card.trend.breaks else []
    return [*samples(shown, highest=card.rubric.highest), *apart]


def _remarks(card: TrendCard, *, top: float) -> tuple[Part, float]:
    """As many of the remarks as there is room for; the message and the alt text have them all."""
    texts: list[Text] = []
    y = top
    for said in remarks(card):
        fitted = fit(drawable(said), within=INSIDE, sizes=(SMALLEST,), weight=Weight.REGULAR, lines=3)
        more, below = lines(fitted, y=y, weight=Weight.REGULAR, fill=LOOK.quiet)
        if below > HIGHEST - MARGIN + 4:
            break
        texts += more
        y = below + 2
    return Part("remarks", tuple(texts)), y if texts else top - 10
