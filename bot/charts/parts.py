"""What the profile picture is put together from, placed; profile.svg.jinja draws it."""

from dataclasses import dataclass

from bot.charts.measure import Weight


@dataclass(frozen=True, slots=True)
class Look:
    """The colours: one hue from light to dark, so that shades stay apart in grey print and for every eye."""

    ink: str = "#10222b"
    quiet: str = "#44545f"
    edge: str = "#0b3341"
    line: str = "#c9d5db"
    plain: str = "#f8fafb"
    hatch_ground: str = "#f3f7f9"
    hatch_line: str = "#c3d6de"
    sample: str = "#8fc8d8"
    radius: float = 7


LOOK = Look()

SHADES: dict[int, tuple[str, ...]] = {
    3: ("#d2e9f0", "#5aa6bb", "#0e4a5d"),
    4: ("#d2e9f0", "#8fc8d8", "#277a91", "#0b4152"),
    5: ("#d2e9f0", "#9ad0de", "#5aa6bb", "#25748a", "#0b4152"),
}
"""Fill of each level, lowest first, by how many levels a model has."""

INKS: dict[int, tuple[str, ...]] = {
    3: (LOOK.ink, LOOK.ink, "#ffffff"),
    4: (LOOK.ink, LOOK.ink, "#ffffff", "#ffffff"),
    5: (LOOK.ink, LOOK.ink, LOOK.ink, "#ffffff", "#ffffff"),
}
"""What can be read on each of `SHADES`: at least 4.5 to 1 (WCAG 2.2, 1.4.3)."""


@dataclass(frozen=True, slots=True)
class Box:
    x: float
    y: float
    width: float
    height: float


def number(value: float) -> str:
    """The number as SVG has it, to a hundredth."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def hatching(box: Box, *, pitch: float, rim: float) -> str:
    """Path data of slanting lines across a box, `rim` away from its edges.

    Plain lines, since a pattern turned by 45 degrees takes resvg three times as long to draw as all the rest.
    """
    left, top = box.x + rim, box.y + rim
    wide, high = box.width - 2 * rim, box.height - 2 * rim
    lines: list[str] = []
    # Each line holds the points whose distances from the left and from the top add up to `reach`.
    reach = pitch / 2
    while reach < wide + high:
        start, end = max(0.0, reach - high), min(reach, wide)
        lines.append(
            f"M{number(left + start)} {number(top + reach - start)}L{number(left + end)} {number(top + reach - end)}"
        )
        reach += pitch
    return "".join(lines)


@dataclass(frozen=True, slots=True)
class Dot:
    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True)
class Text:
    """One line of words, `x` at its left end and `y` on its baseline."""

    x: float
    y: float
    content: str
    size: float
    weight: Weight
    fill: str
    halo: str = ""
    """Colour of a rim that keeps the words readable on hatching."""


@dataclass(frozen=True, slots=True)
class Heading:
    text: Text
    bar: Box
    shade: str


@dataclass(frozen=True, slots=True)
class Cell:
    kind: str
    """plain, level (the team's) or split."""
    x: float
    y: float
    width: float
    height: float
    fill: str
    ink: str
    texts: tuple[Text, ...]
    dots: tuple[Dot, ...]
    dividers: tuple[str, ...]
    """Path data of the line between two levels printed as one."""
    hatching: str
    """Path data of the lines across a split cell; empty for the others."""


@dataclass(frozen=True, slots=True)
class Row:
    """One dimension: its label above its cells."""

    texts: tuple[Text, ...]
    separators: tuple[Dot, ...]
    arrows: tuple[str, ...]
    cells: tuple[Cell, ...]
    outlines: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the legend."""

    kind: str
    """level, before, answer or split."""
    swatch: Box
    dots: tuple[Dot, ...]
    hatching: str
    text: Text


@dataclass(frozen=True, slots=True)
class Picture:
    width: float
    height: float
    title: tuple[Text, ...]
    headings: tuple[Heading, ...]
    rows: tuple[Row, ...]
    legend: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A line, as path data."""

    path: str
    stroke: str
    width: float
    dashes: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """What one team or round printed about one dimension."""

    kind: str
    """level, split, none (too few, or no round) or words (nothing but its texts)."""
    box: Box
    radius: float
    fill: str
    hatching: str
    texts: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """What belongs together in a trend or an overview: lines at the back, then marks, then words."""

    name: str
    texts: tuple[Text, ...] = ()
    rules: tuple[Rule, ...] = ()
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Drawing:
    """A trend or an overview; marks.svg.jinja draws it."""

    width: float
    height: float
    parts: tuple[Part, ...]
