"""One cell for all that a round printed about a dimension, as trends and overviews have it."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.charts.layout import SMALLEST, centred, first_that_fits
from bot.charts.legend import Sample
from bot.charts.measure import Weight, drawable, width
from bot.charts.parts import ARROW, INKS, LOOK, SHADES, Box, Mark, Text, arrow, hatching
from bot.charts.profile_words import headline
from bot.charts.team_standing import short
from bot.kit.i18n import _
from rubric.summary import Detail, Reading

_PADDING = 1.5
_AFTER_ARROW = 2.5
_RADIUS = 5.0
_FOR_WORDS = 66.0
"""Width of a cell from which on it says "Level 2" and not "2": all cells of a picture alike."""


@dataclass(frozen=True, slots=True)
class Printed:
    """What stands in one cell."""

    reading: Reading | None
    """None where the round didn't ask this."""
    withheld: bool = False
    """Nothing of its round is shown, since most who answered also answered elsewhere."""
    way: int = 0
    """1 where it went up since the round before, -1 where it went down, 0 where neither may be said."""

    @property
    def hidden(self) -> bool:
        """Whether it is hatched: there may be answers, but they aren't shown."""
        return self.reading is not None and self.reading.detail is Detail.TOO_FEW


def printed_cell(it: Printed, box: Box, *, highest: int) -> Mark:
    """The cell in words, or in figures where its column is narrow; what was not asked is a dash."""
    reading = it.reading
    narrow = box.width < _FOR_WORDS
    if reading is None:
        dash = "\N{EN DASH}"
        return Mark("empty", box, _RADIUS, texts=_words(box, dash if narrow else _("not asked"), dash, ink=LOOK.quiet))
    if it.hidden:
        said = (_("not shown"),) if it.withheld else (headline(reading), _("too few"), short(reading))
        # In a narrow column the hatching says it alone: the legend has its meaning.
        fitting = [way for way in said if width(drawable(way), size=SMALLEST, weight=Weight.REGULAR) <= box.width - 12]
        texts = _words(box, *fitting, halo=LOOK.plain, weight=Weight.REGULAR) if fitting else ()
        return Mark("hidden", box, _RADIUS, hatching=hatching(box, pitch=8, rim=2), texts=texts)
    ways = (short(reading),) if narrow else (headline(reading), short(reading))
    if reading.level is None:
        return Mark("split", box, _RADIUS, texts=_words(box, *ways))
    ink = INKS[highest][reading.level - 1]
    indent = ARROW + _AFTER_ARROW if it.way else 0.0
    texts = _words(box, *ways, ink=ink, indent=indent)
    arrows = (arrow(texts[0].x - indent, texts[0].y - 0.6, it.way),) if it.way else ()
    fill = SHADES[highest][reading.level - 1]
    return Mark("level", box, _RADIUS, fill, texts=texts, arrows=arrows, ink=ink)


def _words(
    box: Box, *ways: str, ink: str = LOOK.ink, halo: str = "", weight: Weight = Weight.MEDIUM, indent: float = 0.0
) -> tuple[Text, ...]:
    """The first wording that the cell holds, in its middle; with room for an arrow before it."""
    within = box.width - 2 * _PADDING - indent
    said, size = first_that_fits(*ways, within=within, sizes=(SMALLEST,), weight=weight)
    y = box.y + box.height / 2 + size * 0.36
    return (centred(said, x=box.middle + indent / 2, y=y, size=size, weight=weight, fill=ink, halo=halo),)


def samples(shown: Sequence[Printed], *, highest: int) -> list[Sample]:
    """What the marks of these cells mean, for the marks that occur."""
    level = highest - 1
    above = _("level {level} or above").format(level=level)
    ways = {each.way for each in shown}
    readings = [each.reading for each in shown if each.reading is not None]
    return [
        sample
        for sample, occurs in (
            (Sample("level", _("team level")), any(each.level is not None for each in readings)),
            (Sample("level", above, _("{level}+").format(level=level)), any(each.or_above for each in readings)),
            (Sample("split", _("split: no level")), any(each.split is not None for each in readings)),
            (Sample("hidden", _("not shown")), any(each.hidden for each in shown)),
            (Sample("up", _("up")), 1 in ways),
            (Sample("down", _("down")), -1 in ways),
        )
        if occurs
    ]
