"""The overview: teams by dimensions, each cell what the team's last round printed. By name, never by level."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.charts.layout import INSIDE, MARGIN, WIDTH, centred, flow, render, title
from bot.charts.legend import Sample, legend
from bot.charts.measure import Weight, drawable, fit, shorten, width
from bot.charts.overview_words import Page, counted, extent, last_round
from bot.charts.parts import INKS, LOOK, SHADES, Box, Drawing, Mark, Part, Rule, Text, hatching, number
from bot.charts.profile_words import withheld
from bot.charts.standing import Standing, short
from bot.kit.i18n import _
from rubric.model import Rubric
from rubric.summary import Detail, Reading, Summary

_GAP = 6.0
_WIDEST = 62.0
"""Of a cell."""
_LABELS = 190.0
"""Room for the teams' names, at least."""
_CELL = 34.0
_NAME = 14.0
_SMALL = 11.5


@dataclass(frozen=True, slots=True)
class _Grid:
    """Where the columns are."""

    cell: float
    columns: int

    def x(self, place: int) -> float:
        return MARGIN + INSIDE - (self.columns - place) * (self.cell + _GAP) + _GAP

    @property
    def labels(self) -> float:
        """Width that names may take."""
        return self.x(0) - MARGIN - 10


def overview_svg(page: Page) -> str:
    """One picture of an overview as SVG, 600 wide. The same input gives the same text."""
    rubric = page.group.rubric
    columns = len(rubric.dimensions)
    grid = _Grid(min(_WIDEST, (INSIDE - _LABELS) / columns - _GAP), columns)
    words, y = title(_("Where teams stand"), extent(page))
    key, y = _key(rubric, top=y + 14)
    heads, y = _heads(rubric, grid, top=y + 14)
    parts = [Part("title", words), key, heads]
    for standing in page.shown:
        row, y = _row(standing, rubric, grid=grid, top=y + _GAP)
        parts.append(row)
    counts, y = _counts(page, grid, top=y + 22)
    parts.append(counts)
    samples, y = legend(_samples(page), top=y + 22)
    parts.append(samples)
    return render("marks.svg.jinja", Drawing(WIDTH, round(y + MARGIN), tuple(parts)))


def _key(rubric: Rubric, *, top: float) -> tuple[Part, float]:
    """What the letters above the columns stand for."""
    said = [
        shorten(drawable(f"{dimension.key} {dimension.name}"), within=INSIDE, size=13, weight=Weight.REGULAR)
        for dimension in rubric.dimensions
    ]
    widths = [width(each, size=13, weight=Weight.REGULAR) for each in said]
    places = flow(widths, gap=20)
    texts = tuple(
        Text(MARGIN + x, top + line * 20 + 13, each, 13, Weight.REGULAR, LOOK.ink)
        for each, (line, x) in zip(said, places, strict=True)
    )
    return Part("key", texts), top + (places[-1][0] + 1) * 20


def _heads(rubric: Rubric, grid: _Grid, *, top: float) -> tuple[Part, float]:
    texts = tuple(
        centred(drawable(dimension.key), x=grid.x(place) + grid.cell / 2, y=top + 15, size=16, weight=Weight.BOLD,
                fill=LOOK.ink)
        for place, dimension in enumerate(rubric.dimensions)
    )  # fmt: skip
    return Part("heads", texts), top + 18


def _row(standing: Standing, rubric: Rubric, *, grid: _Grid, top: float) -> tuple[Part, float]:
    """A team: its name, when it was asked, and a cell for each dimension."""
    name = fit(drawable(standing.team), within=grid.labels, sizes=(_NAME, 13), weight=Weight.MEDIUM, lines=2)
    below = standing.summary is not None
    leading = name.size * 1.18
    said = len(name.lines) * leading + (15 if below else 0)
    height = max(_CELL, said)
    y = top + (height - said) / 2
    texts = [
        Text(MARGIN, y + name.size * 0.9 + index * leading, line, name.size, Weight.MEDIUM, LOOK.ink)
        for index, line in enumerate(name.lines)
    ]
    if below:
        facts = shorten(drawable(last_round(standing)), within=grid.labels, size=_SMALL, weight=Weight.REGULAR)
        texts.append(Text(MARGIN, y + said - 3.4, facts, _SMALL, Weight.REGULAR, LOOK.quiet))
    middle = top + (height - _CELL) / 2
    marks = _cells(standing, rubric, grid=grid, top=middle)
    return Part("team", tuple(texts), (), marks), top + height


def _cells(standing: Standing, rubric: Rubric, *, grid: _Grid, top: float) -> tuple[Mark, ...]:
    if standing.summary is None or _in_one(standing.summary):
        wide = grid.columns * (grid.cell + _GAP) - _GAP
        box = Box(grid.x(0), top, wide, _CELL)
        return (_empty(box, _instead(standing)),)
    return tuple(
        _cell(standing.summary[dimension.key], rubric.highest, Box(grid.x(place), top, grid.cell, _CELL))
        for place, dimension in enumerate(rubric.dimensions)
    )


def _instead(standing: Standing) -> str:
    """What one cell over all columns says of a team that shows nothing."""
    if standing.summary is None:
        return last_round(standing)
    return withheld() if standing.summary.withheld else _("too few answers")


def _in_one(summary: Summary) -> bool:
    """Whether one cell over all columns says why nothing is shown; it needs their room."""
    return summary.withheld or (summary.shows_nothing and len(summary.readings) > 2)  # noqa: PLR2004 - columns that the words take


def _cell(reading: Reading, highest: int, box: Box) -> Mark:
    if reading.detail is Detail.TOO_FEW:
        return _empty(box, short(reading))
    if reading.split is not None:
        text = _middle(short(reading), box, size=15, ink=LOOK.ink, halo=LOOK.hatch_ground)
        return Mark("split", box, 6, "", hatching(box, pitch=10, rim=3), (text,))
    assert reading.level is not None  # noqa: S101 - what is neither split nor too few has a level
    ink = INKS[highest][reading.level - 1]
    text = _middle(short(reading), box, size=16, ink=ink)
    return Mark("level", box, 6, SHADES[highest][reading.level - 1], "", (text,))


def _empty(box: Box, said: str) -> Mark:
    said = shorten(drawable(said), within=box.width - 6, size=12, weight=Weight.REGULAR)
    return Mark("none", box, 6, "", "", (_middle(said, box, size=12, ink=LOOK.quiet, weight=Weight.REGULAR),))


def _middle(said: str, box: Box, *, size: float, ink: str, halo: str = "", weight: Weight = Weight.MEDIUM) -> Text:
    x, y = box.x + box.width / 2, box.y + box.height / 2 + size * 0.36
    return centred(drawable(said), x=x, y=y, size=size, weight=weight, fill=ink, halo=halo)


def _counts(page: Page, grid: _Grid, *, top: float) -> tuple[Part, float]:
    """How many of all teams printed what, under the columns."""
    of = len(page.group.standings)
    said = _("How many teams") if len(page.shown) == of else _("How many teams, of all {n}").format(n=of)
    texts = [Text(MARGIN, top + 14, drawable(said), 15, Weight.BOLD, LOOK.ink)]
    rules: list[Rule] = []
    y = top + 20
    for said, numbers in counted(page.group):
        label = shorten(drawable(said), within=grid.labels, size=13, weight=Weight.REGULAR)
        rules.append(Rule(f"M{number(MARGIN)} {number(y)}H{number(MARGIN + INSIDE)}", LOOK.line, 1))
        texts.append(Text(MARGIN, y + 17, label, 13, Weight.REGULAR, LOOK.ink))
        texts += [
            centred(str(each), x=grid.x(place) + grid.cell / 2, y=y + 17, size=14,
                    weight=Weight.MEDIUM if each else Weight.REGULAR, fill=LOOK.ink if each else LOOK.quiet)
            for place, each in enumerate(numbers)
        ]  # fmt: skip
        y += 24
    return Part("counts", tuple(texts), tuple(rules)), y


def _samples(page: Page) -> Sequence[Sample]:
    """What each mark means, for the marks that occur."""
    shown = [each.summary for each in page.shown if each.summary is not None]
    readings = [reading for summary in shown for reading in summary.readings]
    level = page.group.rubric.highest - 1
    few = [
        reading
        for summary in shown
        for reading in summary.readings
        if reading.detail is Detail.TOO_FEW and not _in_one(summary)
    ]
    return [
        sample
        for sample, occurs in (
            (Sample("level", _("team level")), any(each.level is not None for each in readings)),
            (
                Sample("level", _("level {level} or above").format(level=level), f"{level}+"),
                any(each.or_above for each in readings),
            ),
            (Sample("split", _("split: no level")), any(each.split is not None for each in readings)),
            (Sample("none", _("too few answers"), short(few[0]) if few else ""), bool(few)),
        )
        if occurs
    ]
