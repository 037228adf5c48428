"""What pictures are put together from, placed; marks.svg.jinja draws it."""

from dataclasses import dataclass

from bot.charts.measure import Weight


@dataclass(frozen=True, slots=True)
class Look:
    """The colours: one hue from light to dark, so that shades stay apart in grey print and for every eye."""

    ground: str = "#ffffff"
    """A picture brings its own: Slack shows it on a dark one, too."""
    ink: str = "#10222b"
    quiet: str = "#44545f"
    edge: str = "#0b3341"
    line: str = "#c9d5db"
    plain: str = "#edf2f5"
    """Of a cell that nobody chose."""
    hatch: str = "#7f939d"
    """Thin lines over a cell that isn't shown."""
    sample: str = "#8fc8d8"


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

    @property
    def middle(self) -> float:
        """Between its left and its right edge."""
        return self.x + self.width / 2


def number(value: float) -> str:
    """The number as SVG has it, to a hundredth."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def hatching(box: Box, *, pitch: float = 10, rim: float = 2.5) -> str:
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


ARROW = 9.6
"""Width of an arrow."""


def arrow(x: float, baseline: float, way: int) -> str:
    """A triangle that points up (1) or down (-1), as path data; the font has none."""
    foot, tip = (baseline - 0.6, baseline - 9) if way > 0 else (baseline - 9, baseline - 0.6)
    return f"M{number(x)} {number(foot)}h{number(ARROW)}L{number(x + ARROW / 2)} {number(tip)}z"


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
class Rule:
    """A line, as path data."""

    path: str
    stroke: str
    width: float
    dashes: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """What is printed in one place: one level of a dimension, or all that a team or a round printed about it."""

    kind: str
    """level (the team's), split, hidden (not shown), empty (nobody, or not asked), before (last round's level), bar, or
    dot (nothing but its dots)."""
    box: Box
    radius: float = 6
    fill: str = ""
    hatching: str = ""
    """Path data of the lines across what isn't shown."""
    texts: tuple[Text, ...] = ()
    dots: tuple[Dot, ...] = ()
    arrows: tuple[str, ...] = ()
    dividers: tuple[str, ...] = ()
    """Path data of the lines between levels that are one mark."""
    ink: str = LOOK.ink
    """Of dots, arrows and dividers."""


@dataclass(frozen=True, slots=True)
class Part:
    """What belongs together in a picture: marks at the back, then lines, arrows and words."""

    name: str
    texts: tuple[Text, ...] = ()
    rules: tuple[Rule, ...] = ()
    marks: tuple[Mark, ...] = ()
    arrows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture."""

    width: float
    height: float
    parts: tuple[Part, ...]
