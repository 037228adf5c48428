"""The trend: one lane a dimension over a team's rounds, made from what each round printed: it can tell no more."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.charts.layout import INSIDE, MARGIN, WIDTH, centred, lines, render, title
from bot.charts.legend import Sample, legend
from bot.charts.measure import Weight, drawable, fit, width
from bot.charts.parts import INKS, LOOK, SHADES, Box, Drawing, Mark, Part, Rule, Text, hatching, number
from bot.charts.trend_words import TrendCard, month, remarks, round_names
from bot.kit.i18n import _
from rubric.summary import ChangeKind
from rubric.trends import Gap, Lane, Point

MOST_ROUNDS = 12
"""Rounds that one picture shows."""
_GUTTER = 58.0
"""Room for the levels' names at the left."""
_STEP = 27.0
"""Between two levels."""
_RADIUS = 11.0
_SMALL = 12.0
_DASHES = "5 4"


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where the rounds and the levels of this picture are."""

    pitch: float
    rounds: int
    highest: int

    def x(self, place: int) -> float:
        """The middle of a round's column."""
        return MARGIN + _GUTTER + (place + 0.5) * self.pitch

    @property
    def right(self) -> float:
        return MARGIN + _GUTTER + self.rounds * self.pitch

    def y(self, level: float, top: float) -> float:
        """The line of a level in the lane that begins at `top`."""
        return top + _RADIUS + 4 + (self.highest - level) * _STEP

    @property
    def height(self) -> float:
        return 2 * (_RADIUS + 4) + (self.highest - 1) * _STEP


def trend_svg(card: TrendCard) -> str:
    """The trend picture as SVG, 600 wide. The same input gives the same text."""
    frame = _Frame((INSIDE - _GUTTER) / len(card.rounds), len(card.rounds), card.rubric.highest)
    heading = _("{team}: levels over time") if card.trend.is_one else _("{team}: levels so far")
    words, y = title(heading.format(team=card.team), round_names(card))
    parts = [Part("title", words)]
    axis, y = _axis(card, frame, top=y + 16)
    parts.append(axis)
    names = {dimension.key: dimension.name for dimension in card.rubric.dimensions}
    for lane in card.trend.lanes:
        part, y = _lane(card, lane, names[lane.dimension], frame=frame, top=y + 16)
        parts.append(part)
    key, y = legend(_samples(card), top=y + 20)
    parts.append(key)
    said, y = _remarks(card, top=y + 12)
    parts.append(said)
    return render("marks.svg.jinja", Drawing(WIDTH, round(y + MARGIN), tuple(parts)))


def _axis(card: TrendCard, frame: _Frame, *, top: float) -> tuple[Part, float]:
    """The number of each round and its month, and the year where it is a new one."""
    texts = [Text(MARGIN, top + 13, drawable(_("Round")), 13, Weight.MEDIUM, LOOK.ink)]
    year = None
    for place, (round_number, day) in enumerate(card.rounds):
        x = frame.x(place)
        texts.append(centred(str(round_number), x=x, y=top + 13, size=14, weight=Weight.BOLD, fill=LOOK.ink))
        texts.append(_small(drawable(month(day)), x=x, y=top + 29))
        if day.year != year:
            year = day.year
            texts.append(_small(str(year), x=x, y=top + 43))
    return Part("axis", tuple(texts)), top + 46


def _lane(card: TrendCard, lane: Lane, name: str, *, frame: _Frame, top: float) -> tuple[Part, float]:
    """One dimension: its name, a line for each level, and what each round printed."""
    fitted = fit(drawable(f"{lane.dimension} {name}"), within=INSIDE, sizes=(16.5, 15, 14), weight=Weight.BOLD, lines=2)
    texts, y = lines(fitted, y=top, weight=Weight.BOLD, fill=LOOK.ink)
    y += 4
    labels = [
        Text(MARGIN, frame.y(level, y) + 4.2, drawable(_("Level {level}").format(level=level)), _SMALL,
             Weight.REGULAR, LOOK.quiet)
        for level in range(1, frame.highest + 1)
    ]  # fmt: skip
    rules = [
        Rule(f"M{number(MARGIN + _GUTTER)} {number(frame.y(level, y))}H{number(frame.right)}", LOOK.line, 1)
        for level in range(1, frame.highest + 1)
    ]
    for place in card.trend.breaks:
        x = frame.x(place) - frame.pitch / 2
        rules.append(Rule(f"M{number(x)} {number(y)}V{number(y + frame.height)}", LOOK.quiet, 1.6, "2 4"))
    rules += _joints(lane.points, frame, top=y)
    marks = tuple(_mark(point, place, frame, top=y) for place, point in enumerate(lane.points))
    return Part("dimension", (*texts, *labels), tuple(rules), marks), y + frame.height


def _joints(points: Sequence[Point], frame: _Frame, *, top: float) -> list[Rule]:
    """Lines between neighbouring levels that may be compared; dashed where they differ by less than two answers."""
    found = []
    for place, point in enumerate(points):
        before = points[place - 1] if place else None
        if before is None or before.level is None or point.level is None or not point.joined:
            continue
        path = (
            f"M{number(frame.x(place - 1))} {number(frame.y(before.level, top))}"
            f"L{number(frame.x(place))} {number(frame.y(point.level, top))}"
        )
        dashes = _DASHES if point.change is ChangeKind.WITHIN_ONE else ""
        found.append(Rule(path, LOOK.edge, 2.4, dashes))
    return found


def _mark(point: Point, place: int, frame: _Frame, *, top: float) -> Mark:
    """What one round printed, at its place."""
    x = frame.x(place)
    if point.split is not None:
        lowest, highest = point.split
        box = _between(x, frame.y(highest, top), frame.y(lowest, top), wide=32)
        said = _("{lowest}\N{EN DASH}{highest}").format(lowest=lowest, highest=highest)
        text = _middle(said, box, ink=LOOK.ink, halo=LOOK.hatch_ground)
        return Mark("split", box, 8, "", hatching(box, pitch=9, rim=3), (text,))
    if point.level is not None:
        upper = point.level + point.or_above
        box = _between(x, frame.y(upper, top), frame.y(point.level, top), wide=2 * _RADIUS + 8 * point.or_above)
        said = _("{level}+").format(level=point.level) if point.or_above else str(point.level)
        ink = INKS[frame.highest][point.level - 1]
        fill = SHADES[frame.highest][point.level - 1]
        return Mark("level", box, _RADIUS, fill, "", (_middle(said, box, ink=ink),))
    said = {Gap.TOO_FEW: _("too few"), Gap.WITHHELD: _("not shown")}.get(point.gap or Gap.NOT_ASKED, _("not asked"))
    fitted = fit(drawable(said), within=frame.pitch - 6, sizes=(_SMALL, 11), weight=Weight.REGULAR, lines=2)
    middle = top + frame.height / 2
    down = fitted.size * 1.15
    start = middle - down * len(fitted.lines) / 2 + fitted.size * 0.85
    wide = max(width(line, size=fitted.size, weight=Weight.REGULAR) for line in fitted.lines)
    texts = tuple(
        centred(line, x=x, y=start + index * down, size=fitted.size, weight=Weight.REGULAR, fill=LOOK.quiet,
                halo="#ffffff")
        for index, line in enumerate(fitted.lines)
    )  # fmt: skip
    return Mark("words", Box(x - wide / 2, start - fitted.size, wide, down * len(texts)), 0, "", "", texts)


def _between(x: float, upper: float, lower: float, *, wide: float) -> Box:
    return Box(x - wide / 2, upper - _RADIUS, wide, lower - upper + 2 * _RADIUS)


def _middle(said: str, box: Box, *, ink: str, halo: str = "") -> Text:
    x, y = box.x + box.width / 2, box.y + box.height / 2 + 4.6
    return centred(drawable(said), x=x, y=y, size=13, weight=Weight.MEDIUM, fill=ink, halo=halo)


def _small(said: str, *, x: float, y: float) -> Text:
    return centred(said, x=x, y=y, size=_SMALL, weight=Weight.REGULAR, fill=LOOK.quiet)


def _samples(card: TrendCard) -> list[Sample]:
    """What each mark means, for the marks that occur."""
    points = [point for lane in card.trend.lanes for point in lane.points]
    highest = card.rubric.highest
    above = _("level {level} or above").format(level=highest - 1)
    return [
        sample
        for sample, occurs in (
            (Sample("level", _("team level")), any(point.level is not None for point in points)),
            (Sample("level", above, f"{highest - 1}+"), any(point.or_above for point in points)),
            (Sample("split", _("split: no level")), any(point.split is not None for point in points)),
            (
                Sample("solid", _("may be compared")),
                any(point.joined and point.change is not ChangeKind.WITHIN_ONE for point in points),
            ),
            (
                Sample("dashed", _("differs by less than two answers")),
                any(point.change is ChangeKind.WITHIN_ONE for point in points),
            ),
            (Sample("dotted", _("not compared: see below")), bool(card.trend.breaks)),
        )
        if occurs
    ]


def _remarks(card: TrendCard, *, top: float) -> tuple[Part, float]:
    texts: list[Text] = []
    y = top
    for said in remarks(card):
        fitted = fit(drawable(said), within=INSIDE, sizes=(13,), weight=Weight.REGULAR, lines=3)
        more, y = lines(fitted, y=y, weight=Weight.REGULAR, fill=LOOK.quiet)
        texts += more
        y += 4
    return Part("remarks", tuple(texts)), y if texts else top - 12
