"""What all pictures share: their size, lines of words, things set one after another, and the template."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.charts.measure import Fitted, Weight, drawable, fit, holds, shorten, width
from bot.charts.parts import LOOK, Drawing, Text, number

WIDTH = 600.0
HIGHEST = 500.0
"""No picture is higher: 1200 by 1000 pixels, as many as a channel shows without scrolling."""
SMALLEST = 14.0
"""No words are smaller: 28 pixels, of which a phone leaves eight before the picture is tapped."""
MARGIN = 20.0
INSIDE = WIDTH - 2 * MARGIN
_LEADING = 1.18
_SAID = 15.0
"""Size of what is said of a picture as a whole."""
_BESIDE_HEADING = 12.0


def lines(fitted: Fitted, *, y: float, weight: Weight, fill: str, x: float = MARGIN) -> tuple[tuple[Text, ...], float]:
    """Lines set from `y` down, and their lower edge."""
    leading = fitted.size * _LEADING
    texts = tuple(
        Text(x, y + index * leading + fitted.size * 0.95, line, fitted.size, weight, fill)
        for index, line in enumerate(fitted.lines)
    )
    return texts, y + len(texts) * leading


def title(heading: str, *below: str, most_lines: int = 2, beside: bool = False) -> tuple[tuple[Text, ...], float]:
    """What a picture is of and what is said of it as a whole, and the lower edge of all.

    Each is on lines of its own; with `beside` the first of `below` stands next to the heading where it has room there.
    """
    name = fit(drawable(heading), within=INSIDE, sizes=(24, 20, 17), weight=Weight.BOLD, lines=1)
    if not holds(drawable(heading), within=INSIDE, size=17, weight=Weight.BOLD, lines=1):
        name = fit(drawable(heading), within=INSIDE, sizes=(18, 16), weight=Weight.BOLD, lines=2)
    upper, y = lines(name, y=MARGIN - 2, weight=Weight.BOLD, fill=LOOK.ink)
    texts, y = list(upper), y + 2
    rest = [each for each in below if each]
    if beside and rest and len(upper) == 1:
        left = MARGIN + width(name.lines[0], size=name.size, weight=Weight.BOLD) + _BESIDE_HEADING
        if left + width(drawable(rest[0]), size=_SAID, weight=Weight.REGULAR) <= MARGIN + INSIDE:
            texts.append(Text(left, upper[0].y, drawable(rest.pop(0)), _SAID, Weight.REGULAR, LOOK.quiet))
    for each in rest:
        said = fit(drawable(each), within=INSIDE, sizes=(_SAID, SMALLEST), weight=Weight.REGULAR, lines=most_lines)
        lower, y = lines(said, y=y, weight=Weight.REGULAR, fill=LOOK.quiet)
        texts += lower
    return tuple(texts), y


def names(said: Sequence[str], *, within: float, most_lines: int = 2) -> list[Fitted]:
    """Names of dimensions in one size for all: whole, on as few lines as can be, as large as can be."""
    drawn = [drawable(each) for each in said]
    ways = [(size, lines) for lines in range(1, most_lines + 1) for size in (16.0, 15.0, SMALLEST)]
    for size, high in ways:
        if all(holds(each, within=within, size=size, weight=Weight.MEDIUM, lines=high) for each in drawn):
            break
    return [fit(each, within=within, sizes=(size,), weight=Weight.MEDIUM, lines=high) for each in drawn]


def widest(fitted: Sequence[Fitted]) -> float:
    """Width of the longest line of names."""
    return max(width(line, size=each.size, weight=Weight.MEDIUM) for each in fitted for line in each.lines)


def set_height(fitted: Fitted) -> float:
    """Height of the lines."""
    return len(fitted.lines) * fitted.size * _LEADING


def flow(widths: Sequence[float], *, gap: float, within: float = INSIDE) -> list[tuple[int, float]]:
    """Line and left end of things set one after another, a new line begun where the next would not fit."""
    places: list[tuple[int, float]] = []
    line, x = 0, 0.0
    for wide in widths:
        if x and x + wide > within:
            line, x = line + 1, 0.0
        places.append((line, x))
        x += wide + gap
    return places


def centred(said: str, *, x: float, y: float, size: float, weight: Weight, fill: str, halo: str = "") -> Text:
    """One line of words with its middle at `x` and its baseline at `y`."""
    return Text(x - width(said, size=size, weight=weight) / 2, y, said, size, weight, fill, halo)


def first_that_fits(*ways: str, within: float, sizes: Sequence[float], weight: Weight) -> tuple[str, float]:
    """The first of several wordings that is no wider than `within` at one of `sizes` (falling), and that size.

    Where none is, the last is cut.
    """
    for said in map(drawable, ways):
        for size in sizes:
            if width(said, size=size, weight=weight) <= within:
                return said, size
    return shorten(drawable(ways[-1]), within=within, size=sizes[-1], weight=weight), sizes[-1]


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined
    )
    environment.filters["n"] = number
    return environment


def render(picture: Drawing) -> str:
    """The picture as SVG. The same input gives the same text."""
    return _environment().get_template("marks.svg.jinja", globals={"look": LOOK}).render(it=picture)
