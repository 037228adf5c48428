"""What the marks of a picture mean."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.charts.layout import INSIDE, MARGIN, SMALLEST, centred, flow
from bot.charts.measure import Weight, drawable, shorten, width
from bot.charts.parts import ARROW, LOOK, Box, Dot, Mark, Part, Rule, Text, arrow, hatching, number

_SWATCH = 26.0
_NARROW = 10.0
_BETWEEN = 7.0
_LINE = 22.0


@dataclass(frozen=True, slots=True)
class Sample:
    """One mark and its meaning."""

    kind: str
    """level, split, hidden, empty, before, dot, up, down or dotted."""
    meaning: str
    inside: str = ""
    """What stands in the mark."""

    @property
    def width(self) -> float:
        """Of its mark."""
        return _NARROW if self.kind in {"dot", "up", "down", "dotted"} else _SWATCH


def legend(samples: Sequence[Sample], *, top: float) -> tuple[Part, float]:
    """The samples side by side, over as many lines as it takes, and their lower edge."""
    meanings = [
        shorten(drawable(each.meaning), within=INSIDE - each.width - _BETWEEN, size=SMALLEST, weight=Weight.REGULAR)
        for each in samples
    ]
    widths = [
        sample.width + _BETWEEN + width(meaning, size=SMALLEST, weight=Weight.REGULAR)
        for sample, meaning in zip(samples, meanings, strict=True)
    ]
    texts: list[Text] = []
    marks: list[Mark] = []
    rules: list[Rule] = []
    arrows: list[str] = []
    bottom = top
    for sample, meaning, (line, x) in zip(samples, meanings, flow(widths, gap=16), strict=True):
        left, y = MARGIN + x, top + line * _LINE
        baseline = y + 13
        if sample.kind == "dotted":
            rules.append(Rule(f"M{number(left + 5)} {number(y)}V{number(y + 16)}", LOOK.quiet, 1.6, "2 4"))
        elif sample.kind in {"up", "down"}:
            arrows.append(arrow(left, baseline - 0.5, 1 if sample.kind == "up" else -1))
        else:
            marks.append(_mark(sample, left, y))
        texts.append(Text(left + sample.width + _BETWEEN, baseline, meaning, SMALLEST, Weight.REGULAR, LOOK.quiet))
        bottom = y + 17
    return Part("legend", tuple(texts), tuple(rules), tuple(marks), tuple(arrows)), bottom


def _mark(sample: Sample, left: float, y: float) -> Mark:
    box = Box(left + 1, y + 0.5, sample.width - 2, 15)
    inside = (
        (centred(sample.inside, x=box.middle, y=y + 13, size=SMALLEST, weight=Weight.MEDIUM, fill=LOOK.ink),)
        if sample.inside
        else ()
    )
    dots = (Dot(left + ARROW / 2, y + 8, 4.2),) if sample.kind == "dot" else ()
    lines = hatching(box, pitch=7, rim=1.5) if sample.kind == "hidden" else ""
    return Mark(sample.kind, box, 3.5, LOOK.sample, lines, inside, dots)
