"""The cells of one dimension: which is filled, what stands in each, and how high they must be."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.charts.dots import DotScale, dot_scale
from bot.charts.measure import Fitted, Weight, drawable, fit, holds, shorten, width
from bot.charts.parts import INKS, LOOK, SHADES, Box, Cell, Dot, Text, hatching, number
from bot.charts.profile_words import share
from bot.kit.i18n import _
from rubric.model import Dimension, Rubric
from rubric.summary import Reading

GAP = 6.0
PADDING = 10.0
_LEADING = 1.22
_NOTE = 12.5
_NOTE_HEIGHT = 15.0
_ABOVE_NOTE = 7.0
# The words of all cells have one size: the first at which the longest needs no more than so many lines.
_SIZES = ((14.0, 5), (13.0, 6), (12.0, 7), (11.0, 8))


@dataclass(frozen=True, slots=True)
class Grid:
    """The columns of one picture, and what is alike in all its cells."""

    left: float
    width: float
    """Of one cell."""
    highest: int
    size: float
    """Of the levels' words."""
    most_lines: int
    dots: DotScale

    def x(self, level: int) -> float:
        """Left edge of a level's column."""
        return self.left + (level - 1) * (self.width + GAP)

    @property
    def inside(self) -> float:
        """Width that words and dots may take."""
        return self.width - 2 * PADDING

    def words(self, text: str) -> Fitted:
        """A level's words, broken to fit a cell. Measured in the heavier of the two weights they may be drawn in."""
        return fit(drawable(text), within=self.inside, sizes=(self.size,), weight=Weight.MEDIUM, lines=self.most_lines)


def grid(rubric: Rubric, readings: Sequence[Reading], *, left: float, width: float) -> Grid:
    """Columns for this model over `width`, with words and dots as large as the fullest cell lets them be."""
    column = (width - (rubric.highest - 1) * GAP) / rubric.highest
    inside = column - 2 * PADDING
    texts = [drawable(text) for dimension in rubric.dimensions for text in dimension.levels]
    for size, lines in _SIZES:
        if all(holds(text, within=inside, size=size, weight=Weight.MEDIUM, lines=lines) for text in texts):
            break
    counts = [count for reading in readings for count in reading.counts or ()]
    return Grid(left, column, rubric.highest, size, lines, dot_scale(counts, width=inside))


def cells(dimension: Dimension, reading: Reading, *, columns: Grid, top: float) -> tuple[Cell, ...]:
    """The dimension's cells from left to right; two levels printed as one are one cell over both columns."""
    words = [columns.words(text) for text in dimension.levels]
    counts = reading.counts or ()
    noted = share(reading) is not None or _joined(reading, columns)
    foot = max([_NOTE_HEIGHT if noted else 0.0, *map(columns.dots.height, counts)])
    leading = columns.size * _LEADING
    lines = max(2, *(len(fitted.lines) for fitted in words))
    height = 2 * PADDING + lines * leading + (foot + _ABOVE_NOTE if foot else 0.0)
    made: list[Cell] = []
    level = 1
    while level <= columns.highest:
        covers = 2 if _joined(reading, columns) and level == reading.level else 1
        made.append(_cell(reading, words, level=level, covers=covers, columns=columns, top=top, height=height))
        level += covers
    return tuple(made)


def _joined(reading: Reading, columns: Grid) -> bool:
    """Whether the level is printed as one with that above it."""
    return reading.or_above and reading.level is not None and reading.level < columns.highest


def _cell(
    reading: Reading, words: list[Fitted], *, level: int, covers: int, columns: Grid, top: float, height: float
) -> Cell:
    kind, ink = _kind(reading, level, columns.highest)
    halo = LOOK.hatch_ground if kind == "split" else ""
    texts = [
        Text(
            columns.x(covered) + PADDING,
            top + PADDING + columns.size * (0.88 + index * _LEADING),
            line,
            columns.size,
            Weight.REGULAR if kind == "plain" else Weight.MEDIUM,
            ink,
            halo,
        )
        for covered in range(level, level + covers)
        for index, line in enumerate(words[covered - 1].lines)
    ]
    x, bottom = columns.x(level), top + height - PADDING
    wide = covers * columns.width + (covers - 1) * GAP
    counts = reading.counts or ()
    dots: tuple[Dot, ...] = ()
    note = None
    if counts and counts[level - 1]:
        dots = columns.dots.place(counts[level - 1], x=x + PADDING, bottom=bottom)
        note = None if columns.dots.a_line else f"\N{MULTIPLICATION SIGN} {counts[level - 1]}"
    elif kind == "level":
        note = _("{level} or above").format(level=level) if covers > 1 else share(reading)
    if note is not None:
        indent = 2 * columns.dots.radius + 5 if dots else 0.0
        texts.append(
            _note(note, x=x + PADDING + indent, within=wide - 2 * PADDING - indent, bottom=bottom, ink=ink, halo=halo)
        )
    middle = columns.x(level) + columns.width + GAP / 2
    dividers = (f"M{number(middle)} {number(top + PADDING)}V{number(bottom)}",) if covers > 1 else ()
    fill = SHADES[columns.highest][level - 1]
    lines = hatching(Box(x, top, wide, height), pitch=13, rim=4) if kind == "split" else ""
    return Cell(kind, x, top, wide, height, fill, ink, tuple(texts), dots, dividers, lines)


def _kind(reading: Reading, level: int, highest: int) -> tuple[str, str]:
    """How a cell is drawn, and the colour of what stands in it."""
    if reading.level == level:
        return "level", INKS[highest][level - 1]
    if reading.split is not None and reading.split[0] <= level <= reading.split[1]:
        return "split", LOOK.ink
    return "plain", LOOK.quiet


def _note(said: str, *, x: float, within: float, bottom: float, ink: str, halo: str) -> Text:
    """A few words at the foot of a cell, smaller where they must be."""
    said = drawable(said)
    size = next((size for size in (_NOTE, 11.5, 10.5) if width(said, size=size, weight=Weight.MEDIUM) <= within), 9.5)
    said = shorten(said, within=within, size=size, weight=Weight.MEDIUM)
    return Text(x, bottom - 1, said, size, Weight.MEDIUM, ink, halo)


def outlines(reading: Reading, made: tuple[Cell, ...], *, columns: Grid) -> tuple[Box, ...]:
    """A dashed frame inside the cell of the last round's level, where that is another than this round's."""
    before = reading.change.before
    if before is None or before == reading.level:
        return ()
    return tuple(
        Box(cell.x + 3.5, cell.y + 3.5, cell.width - 7, cell.height - 7)
        for cell in made
        if cell.kind != "level" and cell.x == columns.x(before)
    )
