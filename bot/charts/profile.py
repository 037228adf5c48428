"""The profile: dimensions by levels with a team's answers in it, made from a `Summary` alone: it can tell no more."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.charts.cells import ABOVE_WORDS, BELOW_DOTS, GAP, WORDS, Grid, cells
from bot.charts.dots import MOST_LINES, DotScale, dot_scale
from bot.charts.layout import (
    HIGHEST,
    INSIDE,
    MARGIN,
    SMALLEST,
    WIDTH,
    centred,
    first_that_fits,
    flow,
    lines,
    names,
    render,
    set_height,
    title,
    widest,
)
from bot.charts.legend import Sample, legend
from bot.charts.measure import Fitted, Weight, drawable, shorten, width
from bot.charts.parts import ARROW, LOOK, SHADES, Box, Drawing, Mark, Part, Text, arrow
from bot.charts.profile_words import (
    Caption,
    level_before,
    no_comparison,
    printed,
    profile_alt_text,
    rise,
    share,
    subtitle,
)
from bot.kit.i18n import _
from rubric.model import Rubric
from rubric.summary import Reading, Summary

__all__ = ["Caption", "profile_alt_text", "profile_svg"]

_NARROWEST = 57.0
"""Of a cell; beside so narrow ones the dimensions' names have the most room."""
_MOST_FOR_NAMES = 250.0
_BESIDE_NAMES = 14.0
_FACT = 17.5
"""Height of a line of facts."""
_HEADINGS = 27.0
_USUAL_CELL = 44.0
_OVER_DOTS = 4.0
_BETWEEN_FACTS = 12.0
_ROW_GAP = 9.0
_LEAST_ROW_GAP = 4.0


def profile_svg(rubric: Rubric, summary: Summary, caption: Caption) -> str:
    """The profile picture as SVG, 600 wide and at most 500 high. The same input gives the same text."""
    readings = [printed(summary, dimension) for dimension in rubric.dimensions]
    words, y = title(caption.team, subtitle(summary, caption), no_comparison(summary) or "", beside=True)
    most = min(_MOST_FOR_NAMES, INSIDE - _BESIDE_NAMES - rubric.highest * (_NARROWEST + GAP) + GAP)
    said = names([f"{each.key} {each.name}" for each in rubric.dimensions], within=most)
    facts = [_Facts.of(reading, within=most) for reading in readings]
    samples = _samples(readings, highest=rubric.highest)
    top = y + 10 + _HEADINGS
    below = 16 + legend(samples, top=0)[1] + MARGIN - 4
    labels = max(widest(said), *(each.width for each in facts))
    left = MARGIN + labels + _BESIDE_NAMES
    columns = (MARGIN + INSIDE - left - (rubric.highest - 1) * GAP) / rubric.highest
    room = HIGHEST - top - below
    high, gap, dots = _rows(said, facts, readings, column=columns, room=room)
    grid = Grid(left, columns, high, rubric.highest, dots)
    rows: list[Part] = []
    y = top
    for name, fact, reading in zip(said, facts, readings, strict=True):
        rows.append(_row(name, fact, reading, grid=grid, top=y))
        y += high + gap
    key, y = legend(samples, top=y - gap + 16)
    parts = (Part("title", words), _headings(grid, top=top - _HEADINGS), *rows, key)
    return render(Drawing(WIDTH, round(y + MARGIN - 4), parts))


@dataclass(frozen=True, slots=True)
class _Facts:
    """What stands under a dimension's name, in place: the change with its arrow, and what supports the level."""

    said: tuple[str, ...]
    way: int
    """Of the arrow before the first of them; 0 for none."""
    places: tuple[tuple[int, float], ...]
    """Line and left end of each."""
    width: float

    @classmethod
    def of(cls, reading: Reading, *, within: float) -> "_Facts":
        way = rise(reading)
        all_facts = _said_of(reading)
        indents = [(ARROW + 4 if way and not place else 0.0) for place in range(len(all_facts))]
        said = [
            shorten(drawable(fact), within=within - indent, size=SMALLEST, weight=Weight.REGULAR)
            for fact, indent in zip(all_facts, indents, strict=True)
        ]
        widths = [
            indent + width(fact, size=SMALLEST, weight=Weight.REGULAR)
            for fact, indent in zip(said, indents, strict=True)
        ]
        places = flow(widths, gap=_BETWEEN_FACTS, within=within)
        right = max((x + wide for (_line, x), wide in zip(places, widths, strict=True)), default=0.0)
        return cls(tuple(said), way, tuple(places), right)

    @property
    def height(self) -> float:
        return (self.places[-1][0] + 1) * _FACT if self.places else 0.0

    def part(self, *, top: float) -> tuple[tuple[Text, ...], tuple[str, ...]]:
        """The words, and the arrow where there is one."""
        texts: list[Text] = []
        for place, (fact, (line, x)) in enumerate(zip(self.said, self.places, strict=True)):
            left, y = MARGIN + x, top + line * _FACT + SMALLEST * 0.95
            if x:
                texts.append(Text(left - 8, y, "\N{MIDDLE DOT}", SMALLEST, Weight.MEDIUM, LOOK.quiet))
            indent = ARROW + 4 if self.way and not place else 0.0
            texts.append(Text(left + indent, y, fact, SMALLEST, Weight.REGULAR, LOOK.quiet))
        return tuple(texts), (arrow(MARGIN, top + SMALLEST * 0.95, self.way),) if self.way else ()


def _said_of(reading: Reading) -> list[str]:
    """What a picture can't show in a cell: the change, how many chose a level without its dots, what it could be."""
    facts: list[str] = []
    if way := rise(reading):
        said = _("up from {before}") if way > 0 else _("down from {before}")
        facts.append(said.format(before=level_before(reading.change)))
    if said_share := share(reading):
        facts.append(said_share)
    if reading.firm is False and reading.could_be is not None:
        lowest, highest = reading.could_be
        facts.append(_("could be {lowest} to {highest}").format(lowest=lowest, highest=highest))
    return facts


def _rows(
    said: Sequence[Fitted], facts: Sequence[_Facts], readings: Sequence[Reading], *, column: float, room: float
) -> tuple[float, float, DotScale]:
    """Height of each row, the gap between two, and the dots: as much as `room` has, at the cost of the facts last."""
    counts = [count for reading in readings for count in reading.counts or ()]
    number = len(readings)
    gaps = number - 1
    labels = max(set_height(name) + fact.height for name, fact in zip(said, facts, strict=True))
    for most in (MOST_LINES, 1):
        dots = dot_scale(counts, width=column - 8, lines=most)
        high = max(_USUAL_CELL, labels, ABOVE_WORDS + WORDS + _OVER_DOTS + dots.height + BELOW_DOTS)
        if number * high + gaps * _LEAST_ROW_GAP <= room:
            return high, min(_ROW_GAP, (room - number * high) / gaps) if gaps else 0, dots
    return (room - gaps * _LEAST_ROW_GAP) / number, _LEAST_ROW_GAP, dots


def _headings(grid: Grid, *, top: float) -> Part:
    """The names of the columns, each over a bar in the shade that its level is filled with."""
    texts: list[Text] = []
    bars: list[Mark] = []
    for level, shade in enumerate(SHADES[grid.highest], start=1):
        box = grid.box(level, level, top=top)
        ways = [way.format(level=level) for way in (_("Level {level}"), "{level}")]
        said, _size = first_that_fits(*ways, within=box.width, sizes=(SMALLEST,), weight=Weight.MEDIUM)
        texts.append(centred(said, x=box.middle, y=top + 12, size=SMALLEST, weight=Weight.MEDIUM, fill=LOOK.quiet))
        bars.append(Mark("bar", Box(box.x, top + 18, box.width, 3), 1.5, shade))
    return Part("headings", tuple(texts), marks=tuple(bars))


def _row(name: Fitted, facts: _Facts, reading: Reading, *, grid: Grid, top: float) -> Part:
    """A dimension's name, what is said of it where there is room for it, and its cells."""
    high = set_height(name)
    shown = high + facts.height <= grid.height
    y = top + (grid.height - high - (facts.height if shown else 0)) / 2
    texts, y = lines(name, y=y, weight=Weight.MEDIUM, fill=LOOK.ink)
    more, arrows = facts.part(top=y) if shown else ((), ())
    return Part("dimension", texts + more, marks=cells(reading, grid=grid, top=top), arrows=arrows)


def _samples(readings: Sequence[Reading], *, highest: int) -> list[Sample]:
    """What each mark means, for the marks that occur."""
    hidden = any(reading.counts is None for reading in readings)
    return [
        sample
        for sample, occurs in (
            (Sample("level", _("team level")), any(each.level is not None for each in readings)),
            (Sample("dot", _("one answer")), any(each.counts for each in readings)),
            (Sample("empty", _("nobody")), hidden and any(_has_empty_cell(each, highest=highest) for each in readings)),
            (Sample("hidden", _("not shown")), hidden),
            (Sample("before", _("last round")), any(map(rise, readings))),
        )
        if occurs
    ]


def _has_empty_cell(reading: Reading, *, highest: int) -> bool:
    """Whether the picture shows of a level that nobody chose it."""
    if reading.split is not None and reading.split != (1, highest):
        return True
    return reading.split is None and 0 in (reading.counts or ())
