"""The overview: teams by dimensions, each cell what the team's last round printed. By name, never by level."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.charts.layout import HIGHEST, INSIDE, MARGIN, SMALLEST, WIDTH, centred, flow, lines, render, set_height, title
from bot.charts.legend import Sample, legend
from bot.charts.measure import Fitted, Weight, drawable, fit, holds, shorten, width
from bot.charts.overview_words import Page, Plan, can_be_told, counted, extent, last_round
from bot.charts.parts import LOOK, Box, Drawing, Mark, Part, Rule, Text, hatching, number
from bot.charts.printed_cells import Printed, printed_cell, samples
from bot.charts.profile_words import headline, withheld
from bot.charts.team_standing import Group, TeamStanding
from bot.kit.i18n import _
from rubric.model import Rubric
from rubric.summary import Summary

_GAP = 3.0
_ROW_GAP = 5.0
_WIDEST, _NARROWEST = 56.0, 28.5
"""Of a cell."""
_CELL = 24.0
"""Height of a cell."""
_LABELS = 200.0
"""Room for the teams' names, at least, where there is one block."""
_BESIDE_NAMES = 9.0
_BETWEEN_BLOCKS = 22.0
_LEAST_LABELS = 96.0
_HEADS = 22.0
_FACTS = 17.0
_COUNT = 20.0
_PLANS = (
    Plan(facts=True, counts=True),
    Plan(counts=True),
    Plan(facts=True),
    Plan(),
    Plan(blocks=2),
)
"""From all to least."""


@dataclass(frozen=True, slots=True)
class _Grid:
    """Where the columns of one block are."""

    left: float
    width: float
    cell: float
    columns: int
    sizes: tuple[float, ...]
    """Of the teams' names, falling."""

    @classmethod
    def of(cls, rubric: Rubric, blocks: int, place: int) -> "_Grid":
        columns = len(rubric.dimensions)
        wide = (INSIDE - (blocks - 1) * _BETWEEN_BLOCKS) / blocks
        cell = _NARROWEST if blocks > 1 else min(_WIDEST, (wide - _LABELS) / columns - _GAP)
        sizes = (SMALLEST,) if blocks > 1 else (15.0, SMALLEST)
        return cls(MARGIN + place * (wide + _BETWEEN_BLOCKS), wide, cell, columns, sizes)

    def x(self, place: int) -> float:
        return self.left + self.width - (self.columns - place) * (self.cell + _GAP) + _GAP

    @property
    def labels(self) -> float:
        """Width that names may take."""
        return self.x(0) - self.left - _BESIDE_NAMES

    def name(self, team: str) -> Fitted:
        """A team's name on as few lines as can be."""
        said = drawable(team)
        most = next((most for most in (1, 2, 3) if self.holds(team, lines=most)), 4)
        return fit(said, within=self.labels, sizes=self.sizes, weight=Weight.MEDIUM, lines=most)

    def holds(self, team: str, *, lines: int) -> bool:
        """Whether a team's name is whole on so many lines."""
        return holds(drawable(team), within=self.labels, size=SMALLEST, weight=Weight.MEDIUM, lines=lines)


def pages(group: Group) -> list[Page]:
    """The group's teams in as few pictures of like size as have room for them and can say in words all that they show.

    One picture has more to say of each team where there is room for that; many teams stand side by side.
    """
    number = len(group.standings)
    for plan in _PLANS:
        whole = Page(group, 0, number, plan)
        if _suits(group, plan) and _fits(whole):
            return [whole]
    plan = next(plan for plan in reversed(_PLANS) if _suits(group, plan))
    for least in range(2, number):
        ends = [number * (place + 1) // least for place in range(least)]
        found = [Page(group, start, end, plan) for start, end in zip([0, *ends], ends, strict=False)]
        if all(map(_fits, found)):
            return found
    return [Page(group, place, place + 1, plan) for place in range(number)]


def _suits(group: Group, plan: Plan) -> bool:
    """Whether names can be read where teams stand side by side."""
    grid = _Grid.of(group.rubric, plan.blocks, 0)
    return plan.blocks == 1 or (
        grid.labels >= _LEAST_LABELS and all(grid.holds(each.team, lines=3) for each in group.standings)
    )


def _fits(page: Page) -> bool:
    # Asked first, since it is cheap: so many teams never fit.
    if (page.end - page.start) * (_CELL + _ROW_GAP) > page.plan.blocks * HIGHEST:
        return False
    return can_be_told(page) and _height(page) <= HIGHEST


def _height(page: Page) -> float:
    _upper_parts, top = _upper(page)
    return top + _body_height(page) + 16 + legend(_samples(page), top=0)[1] + MARGIN - 4


def overview_svg(page: Page) -> str:
    """One picture of an overview as SVG, 600 wide and at most 500 high. The same input gives the same text."""
    parts, top = _upper(page)
    y = top + _HEADS
    for place, standings in enumerate(_blocks(page)):
        grid = _Grid.of(page.group.rubric, page.plan.blocks, place)
        parts.append(_heads(page.group.rubric, grid, top=top))
        y = top + _HEADS
        for standing in standings:
            high = _row_height(standing, grid, page.plan)
            parts.append(_row(standing, page, grid=grid, top=y, high=high))
            y += high + _ROW_GAP
    if page.plan.counts:
        parts.append(_counts(page, _Grid.of(page.group.rubric, 1, 0), top=y + 10))
    key, y = legend(_samples(page), top=top + _body_height(page) + 16)
    return render(Drawing(WIDTH, round(y + MARGIN - 4), (*parts, key)))


def _upper(page: Page) -> tuple[list[Part], float]:
    """The title, and what the letters above the columns stand for."""
    words, y = title(_("Where teams stand"), extent(page))
    top = y + 10
    said = [
        shorten(drawable(f"{each.key} {each.name}"), within=INSIDE, size=SMALLEST, weight=Weight.REGULAR)
        for each in page.group.rubric.dimensions
    ]
    places = flow([width(each, size=SMALLEST, weight=Weight.REGULAR) for each in said], gap=20)
    texts = tuple(
        Text(MARGIN + x, top + line * 19 + 13, each, SMALLEST, Weight.REGULAR, LOOK.ink)
        for each, (line, x) in zip(said, places, strict=True)
    )
    return [Part("title", words), Part("key", texts)], top + (places[-1][0] + 1) * 19 + 8


def _blocks(page: Page) -> list[Sequence[TeamStanding]]:
    """The teams of each block, from top to bottom; the first has one more where they are odd."""
    a_block = -(-len(page.shown) // page.plan.blocks)
    return [page.shown[place * a_block : (place + 1) * a_block] for place in range(page.plan.blocks)]


def _body_height(page: Page) -> float:
    """Height of the columns' letters, the teams, and what is counted of them."""
    grid = _Grid.of(page.group.rubric, page.plan.blocks, 0)
    rows = max(sum(_row_height(standing, grid, page.plan) + _ROW_GAP for standing in block) for block in _blocks(page))
    counts = 10 + _HEADS + len(counted(page.group)) * _COUNT if page.plan.counts else -_ROW_GAP
    return _HEADS + rows + counts


def _row_height(standing: TeamStanding, grid: _Grid, plan: Plan) -> float:
    name = grid.name(standing.team)
    facts = _FACTS if plan.facts and standing.summary is not None else 0.0
    return max(_CELL, set_height(name) + facts)


def _heads(rubric: Rubric, grid: _Grid, *, top: float) -> Part:
    texts = tuple(
        centred(drawable(dimension.key), x=grid.x(place) + grid.cell / 2, y=top + 14, size=15, weight=Weight.BOLD,
                fill=LOOK.ink)
        for place, dimension in enumerate(rubric.dimensions)
    )  # fmt: skip
    return Part("heads", texts)


def _row(standing: TeamStanding, page: Page, *, grid: _Grid, top: float, high: float) -> Part:
    """A team: its name, when it was asked where there is room for that, and a cell for each dimension."""
    name = grid.name(standing.team)
    facts = page.plan.facts and standing.summary is not None
    y = top + (high - set_height(name) - (_FACTS if facts else 0)) / 2
    texts, y = lines(name, y=y, weight=Weight.MEDIUM, fill=LOOK.ink, x=grid.left)
    if facts:
        said = shorten(drawable(last_round(standing)), within=grid.labels, size=SMALLEST, weight=Weight.REGULAR)
        texts += (Text(grid.left, y + SMALLEST * 0.92, said, SMALLEST, Weight.REGULAR, LOOK.quiet),)
    marks = _cells(standing, page.group.rubric, grid=grid, top=top + (high - _CELL) / 2)
    return Part("team", texts, marks=marks)


def _cells(standing: TeamStanding, rubric: Rubric, *, grid: _Grid, top: float) -> tuple[Mark, ...]:
    summary = standing.summary
    if summary is None or _in_one(summary):
        wide = grid.columns * (grid.cell + _GAP) - _GAP
        return (_nothing(summary, Box(grid.x(0), top, wide, _CELL)),)
    return tuple(
        printed_cell(
            Printed(summary[dimension.key], withheld=summary.withheld),
            Box(grid.x(place), top, grid.cell, _CELL),
            highest=rubric.highest,
        )
        for place, dimension in enumerate(rubric.dimensions)
    )


def _nothing(summary: Summary | None, box: Box) -> Mark:
    """One cell over all columns of a team that shows nothing, and why."""
    if summary is None:
        return Mark("empty", box, 5, texts=_said(_("no round yet"), box))
    said = _("Not shown") if summary.withheld else headline(summary.readings[0])
    if summary.withheld and width(drawable(withheld()), size=SMALLEST, weight=Weight.REGULAR) <= box.width - 12:
        said = withheld()
    texts = _said(said, box, halo=LOOK.plain)
    return Mark("hidden", box, 5, hatching=hatching(box, pitch=8, rim=2), texts=texts)


def _said(said: str, box: Box, *, halo: str = "") -> tuple[Text, ...]:
    said = shorten(drawable(said), within=box.width - 12, size=SMALLEST, weight=Weight.REGULAR)
    y = box.y + box.height / 2 + SMALLEST * 0.36
    fill = LOOK.ink if halo else LOOK.quiet
    return (centred(said, x=box.middle, y=y, size=SMALLEST, weight=Weight.REGULAR, fill=fill, halo=halo),)


def _in_one(summary: Summary) -> bool:
    """Whether one cell over all columns says why nothing is shown; it needs their room."""
    return summary.withheld or (summary.shows_nothing and len(summary.readings) > 2)  # noqa: PLR2004 - columns that the words take


def _counts(page: Page, grid: _Grid, *, top: float) -> Part:
    """How many of all teams printed what, under the columns."""
    of = len(page.group.standings)
    said = _("How many teams") if len(page.shown) == of else _("How many teams, of all {n}").format(n=of)
    texts = [Text(MARGIN, top + 14, drawable(said), 15, Weight.MEDIUM, LOOK.ink)]
    rules: list[Rule] = []
    y = top + _HEADS
    for said, numbers in counted(page.group):
        label = shorten(drawable(said), within=grid.labels, size=SMALLEST, weight=Weight.REGULAR)
        rules.append(Rule(f"M{number(MARGIN)} {number(y)}H{number(MARGIN + INSIDE)}", LOOK.line, 1))
        texts.append(Text(MARGIN, y + 15, label, SMALLEST, Weight.REGULAR, LOOK.quiet))
        texts += [
            centred(str(each), x=grid.x(place) + grid.cell / 2, y=y + 15, size=SMALLEST,
                    weight=Weight.MEDIUM if each else Weight.REGULAR, fill=LOOK.ink if each else LOOK.quiet)
            for place, each in enumerate(numbers)
        ]  # fmt: skip
        y += _COUNT
    return Part("counts", tuple(texts), tuple(rules))


def _samples(page: Page) -> list[Sample]:
    """What each mark means, for the marks that occur."""
    summaries = [each.summary for each in page.shown if each.summary is not None]
    shown = [Printed(reading, withheld=summary.withheld) for summary in summaries for reading in summary.readings]
    return samples(shown, highest=page.group.rubric.highest)
