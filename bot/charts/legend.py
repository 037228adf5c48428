"""What the marks of a trend or an overview mean."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.charts.layout import INSIDE, MARGIN, centred, flow
from bot.charts.measure import Weight, drawable, shorten, width
from bot.charts.parts import LOOK, Box, Mark, Part, Rule, Text, hatching, number

_SIZE = 13.0
_SWATCH = 30.0


@dataclass(frozen=True, slots=True)
class Sample:
    """One mark and its meaning."""

    kind: str
    """level, split, none, solid, dashed or dotted."""
    meaning: str
    inside: str = ""
    """What stands in the mark."""


def legend(samples: Sequence[Sample], *, top: float) -> tuple[Part, float]:
    """The samples side by side, over as many lines as it takes, and their lower edge."""
    room = INSIDE - _SWATCH - 7
    meanings = [shorten(drawable(sample.meaning), within=room, size=_SIZE, weight=Weight.REGULAR) for sample in samples]
    widths = [_SWATCH + 7 + width(meaning, size=_SIZE, weight=Weight.REGULAR) for meaning in meanings]
    texts: list[Text] = []
    marks: list[Mark] = []
    rules: list[Rule] = []
    bottom = top
    for sample, meaning, (line, x) in zip(samples, meanings, flow(widths, gap=18), strict=True):
        left, y = MARGIN + x, top + line * 26
        box = Box(left + 1, y, _SWATCH - 2, 18)
        if sample.kind in {"solid", "dashed"}:
            dashes = "5 4" if sample.kind == "dashed" else ""
            rules.append(Rule(f"M{number(left)} {number(y + 9)}H{number(left + _SWATCH)}", LOOK.edge, 2.4, dashes))
        elif sample.kind == "dotted":
            middle = number(left + _SWATCH / 2)
            rules.append(Rule(f"M{middle} {number(y)}V{number(y + 18)}", LOOK.quiet, 1.6, "2 4"))
        else:
            inside = (
                (
                    centred(
                        sample.inside, x=left + _SWATCH / 2, y=y + 13.4, size=12, weight=Weight.MEDIUM, fill=LOOK.ink
                    ),
                )
                if sample.inside
                else ()
            )
            lines = hatching(box, pitch=8, rim=2.5) if sample.kind == "split" else ""
            marks.append(Mark(sample.kind, box, 5, LOOK.sample, lines, inside))
        texts.append(Text(left + _SWATCH + 7, y + 13.6, meaning, _SIZE, Weight.REGULAR, LOOK.quiet))
        bottom = y + 18
    return Part("legend", tuple(texts), tuple(rules), tuple(marks)), bottom
