"""The cells of one dimension: the team's level, the answers at each level, and what isn't shown."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.charts.dots import DotScale
from bot.charts.layout import SMALLEST, centred, first_that_fits
from bot.charts.measure import Weight, width
from bot.charts.parts import INKS, LOOK, SHADES, Box, Dot, Mark, Text, hatching, number
from bot.charts.profile_words import headline, rise
from bot.charts.team_standing import short
from rubric.summary import Detail, Reading

GAP = 5.0
ABOVE_WORDS = 6.0
BELOW_DOTS = 7.0
WORDS = 15.0
_PADDING = 3.0
_AFTER_DOT = 3.0


@dataclass(frozen=True, slots=True)
class Grid:
    """The columns of one picture, and what is alike in all its cells."""

    left: float
    width: float
    """Of one cell."""
    height: float
    highest: int
    dots: DotScale

    def box(self, lowest: int, highest: int, *, top: float) -> Box:
        """Where the cells of these levels are, the gaps between them included."""
        covers = highest - lowest + 1
        wide = covers * self.width + (covers - 1) * GAP
        return Box(self.left + (lowest - 1) * (self.width + GAP), top, wide, self.height)


def cells(reading: Reading, *, grid: Grid, top: float) -> tuple[Mark, ...]:
    """The dimension's cells from left to right; levels printed as one, a split, and too few answers are one cell.

    A cell without any mark is one that nobody chose; one of which that may not be told is hatched.
    """
    if reading.detail is Detail.TOO_FEW:
        box = grid.box(1, grid.highest, top=top)
        text = _words([headline(reading)], box, ink=LOOK.ink, alone=True, halo=LOOK.plain)
        return (Mark("hidden", box, hatching=hatching(box), texts=(text,)),)
    made: list[Mark] = []
    level = 1
    while level <= grid.highest:
        if reading.split is not None and level == reading.split[0]:
            made.append(_split(reading, reading.split, grid=grid, top=top))
            level = reading.split[1] + 1
        elif level == reading.level:
            made.append(_level(reading, level, grid=grid, top=top))
            level += 2 if reading.or_above else 1
        else:
            made.append(_other(reading, level, grid=grid, top=top))
            level += 1
    return (*made, *_before(reading, grid=grid, top=top))


def _level(reading: Reading, level: int, *, grid: Grid, top: float) -> Mark:
    """The cell that the team stands on; over two columns where the two levels are printed as one."""
    box = grid.box(level, min(level + reading.or_above, grid.highest), top=top)
    ink = INKS[grid.highest][level - 1]
    said = [headline(reading), short(reading)]
    dots, figure = _answers(reading, level, grid=grid, box=box, ink=ink)
    text = _words(said, box, ink=ink, alone=reading.counts is None)
    return Mark("level", box, fill=SHADES[grid.highest][level - 1], texts=(text, *figure), dots=dots, ink=ink)


def _split(reading: Reading, spread: tuple[int, int], *, grid: Grid, top: float) -> Mark:
    """One band from the lowest to the highest answer."""
    box = grid.box(*spread, top=top)
    dots: list[Dot] = []
    texts = [
        _words([headline(reading), short(reading)], box, ink=LOOK.ink, alone=reading.counts is None, halo=LOOK.ground)
    ]
    for level in range(spread[0], spread[1] + 1):
        more, figure = _answers(reading, level, grid=grid, box=grid.box(level, level, top=top), ink=LOOK.ink)
        dots += more
        texts += figure
    between = [grid.box(level, level, top=top).x - GAP / 2 for level in range(spread[0] + 1, spread[1] + 1)]
    foot = top + grid.height
    return Mark(
        "split",
        box,
        hatching=hatching(box) if reading.counts is None else "",
        texts=tuple(texts),
        dots=tuple(dots),
        dividers=tuple(f"M{number(x)} {number(foot - 17)}V{number(foot - 5)}" for x in between)
        if reading.counts is not None
        else (),
    )


def _other(reading: Reading, level: int, *, grid: Grid, top: float) -> Mark:
    """A level that isn't the team's. Beyond the range of a split there is nobody, whatever else is kept back."""
    box = grid.box(level, level, top=top)
    if reading.counts is None and reading.split is None:
        return Mark("hidden", box, hatching=hatching(box))
    dots, figure = _answers(reading, level, grid=grid, box=box, ink=LOOK.ink)
    return Mark("empty", box, texts=figure, dots=dots)


def _before(reading: Reading, *, grid: Grid, top: float) -> tuple[Mark, ...]:
    """A dashed frame inside the cell of the last round's level, where one may say that the team moved from there."""
    before = reading.change.before
    if before is None or not rise(reading):
        return ()
    box = grid.box(before, before + reading.change.before_or_above, top=top)
    return (Mark("before", Box(box.x + 2.5, box.y + 2.5, box.width - 5, box.height - 5), 4),)


def _answers(
    reading: Reading, level: int, *, grid: Grid, box: Box, ink: str
) -> tuple[tuple[Dot, ...], tuple[Text, ...]]:
    """The answers at a level: a dot each, or one dot and their number where they are too many."""
    count = reading.counts[level - 1] if reading.counts else 0
    bottom = box.y + box.height - BELOW_DOTS
    if not count:
        return (), ()
    if grid.dots.a_line:
        return grid.dots.place(count, middle=box.middle, bottom=bottom), ()
    said, radius = f"\N{MULTIPLICATION SIGN} {count}", grid.dots.radius
    left = box.middle - (width(said, size=SMALLEST, weight=Weight.MEDIUM) + 2 * radius + _AFTER_DOT) / 2
    figure = Text(left + 2 * radius + _AFTER_DOT, bottom, said, SMALLEST, Weight.MEDIUM, ink)
    return (Dot(left + radius, bottom - SMALLEST * 0.36, radius),), (figure,)


def _words(ways: Sequence[str], box: Box, *, ink: str, alone: bool, halo: str = "") -> Text:
    """The first wording that the cell holds: in its middle where it stands alone, else above the dots."""
    said, size = first_that_fits(*ways, within=box.width - 2 * _PADDING, sizes=(WORDS, SMALLEST), weight=Weight.MEDIUM)
    y = box.y + (box.height / 2 + size * 0.36 if alone else ABOVE_WORDS + size * 0.8)
    return centred(said, x=box.middle, y=y, size=size, weight=Weight.MEDIUM, fill=ink, halo=halo)
