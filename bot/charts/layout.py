"""What all pictures share: their width, lines of words, things set one after another, and the templates."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.charts.measure import Fitted, Weight, drawable, fit, width
from bot.charts.parts import LOOK, Drawing, Picture, Text, number

WIDTH = 600.0
MARGIN = 20.0
INSIDE = WIDTH - 2 * MARGIN
_LEADING = 1.24


def lines(fitted: Fitted, *, y: float, weight: Weight, fill: str) -> tuple[tuple[Text, ...], float]:
    """Lines set from `y` down at the left margin, and their lower edge."""
    leading = fitted.size * _LEADING
    texts = tuple(
        Text(MARGIN, y + index * leading + fitted.size * 0.95, line, fitted.size, weight, fill)
        for index, line in enumerate(fitted.lines)
    )
    return texts, y + len(texts) * leading


def title(heading: str, *below: str, most_lines: int = 2) -> tuple[tuple[Text, ...], float]:
    """What a picture is of and what is said of it as a whole, each on lines of its own, and the lower edge of all."""
    name = fit(drawable(heading), within=INSIDE, sizes=(25, 22, 19), weight=Weight.BOLD, lines=2)
    upper, y = lines(name, y=MARGIN, weight=Weight.BOLD, fill=LOOK.ink)
    texts, y = list(upper), y + 4
    for each in filter(None, below):
        said = fit(drawable(each), within=INSIDE, sizes=(14.5, 13), weight=Weight.REGULAR, lines=most_lines)
        lower, y = lines(said, y=y, weight=Weight.REGULAR, fill=LOOK.quiet)
        texts += lower
    return tuple(texts), y


def flow(widths: Sequence[float], *, gap: float) -> list[tuple[int, float]]:
    """Line and left end of things set one after another, a new line begun where the next would not fit."""
    places: list[tuple[int, float]] = []
    line, x = 0, 0.0
    for wide in widths:
        if x and x + wide > INSIDE:
            line, x = line + 1, 0.0
        places.append((line, x))
        x += wide + gap
    return places


def centred(said: str, *, x: float, y: float, size: float, weight: Weight, fill: str, halo: str = "") -> Text:
    """One line of words with its middle at `x` and its baseline at `y`."""
    return Text(x - width(said, size=size, weight=weight) / 2, y, said, size, weight, fill, halo)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined
    )
    environment.filters["n"] = number
    return environment


def render(template: str, picture: Picture | Drawing) -> str:
    """The picture as SVG. The same input gives the same text."""
    return _environment().get_template(template, globals={"look": LOOK}).render(it=picture)
