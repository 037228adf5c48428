"""The profile: the model's own matrix with a team's levels in it, made from a `Summary` alone: it can tell no more."""

from collections.abc import Sequence

from bot.charts.cells import Grid, cells, grid, outlines
from bot.charts.layout import INSIDE, MARGIN, WIDTH, flow, lines, render, title
from bot.charts.measure import Weight, drawable, fit, shorten, width
from bot.charts.parts import LOOK, SHADES, Box, Dot, Entry, Heading, Picture, Row, Text, hatching, number
from bot.charts.profile_words import (
    Caption,
    headline,
    no_comparison,
    printed,
    profile_alt_text,
    rise,
    since_last,
    subtitle,
    support,
)
from bot.kit.i18n import _
from rubric.model import Dimension, Rubric
from rubric.summary import Reading, Summary

__all__ = ["Caption", "profile_alt_text", "profile_svg"]

_NAME = 16.5
_FACT = 13.5
_LEGEND = 13.0
_ROW_GAP = 22.0


def profile_svg(rubric: Rubric, summary: Summary, caption: Caption) -> str:
    """The profile picture as SVG, 600 wide and as high as its words need. The same input gives the same text."""
    words, y = title(caption.team, subtitle(summary, caption), no_comparison(summary) or "")
    readings = [printed(summary, dimension) for dimension in rubric.dimensions]
    columns = grid(rubric, readings, left=MARGIN, width=INSIDE)
    headings, y = _headings(rubric, columns, top=y + 18)
    rows: list[Row] = []
    for dimension, reading in zip(rubric.dimensions, readings, strict=True):
        row, y = _row(dimension, reading, summary=summary, columns=columns, top=y + _ROW_GAP)
        rows.append(row)
    legend, y = _legend(rows, top=y + 20)
    picture = Picture(WIDTH, round(y + MARGIN), words, headings, tuple(rows), legend)
    return render("profile.svg.jinja", picture)


def _headings(rubric: Rubric, columns: Grid, *, top: float) -> tuple[tuple[Heading, ...], float]:
    """The names of the columns, each over a bar in the shade that its level is filled with."""
    headings: list[Heading] = []
    for level, shade in enumerate(SHADES[rubric.highest], start=1):
        x = columns.x(level)
        said = drawable(_("Level {level}").format(level=level))
        said = shorten(said, within=columns.width, size=_LEGEND, weight=Weight.MEDIUM)
        text = Text(x, top + _LEGEND, said, _LEGEND, Weight.MEDIUM, LOOK.quiet)
        headings.append(Heading(text, Box(x, top + 20, columns.width, 5), shade))
    return tuple(headings), top + 25


def _row(dimension: Dimension, reading: Reading, *, summary: Summary, columns: Grid, top: float) -> tuple[Row, float]:
    """A dimension's name, what is said of it, and its cells; and the lower edge of those."""
    name = fit(
        drawable(f"{dimension.key} {dimension.name}"),
        within=INSIDE,
        sizes=(_NAME, 15, 14),
        weight=Weight.BOLD,
        lines=2,
    )
    texts, y = lines(name, y=top, weight=Weight.BOLD, fill=LOOK.ink)
    facts, separators, arrows, y = _facts(reading, summary=summary, top=y + 1)
    made = cells(dimension, reading, columns=columns, top=y + 8)
    row = Row(texts + facts, separators, arrows, made, outlines(reading, made, columns=columns))
    return row, made[0].y + made[0].height


def _facts(
    reading: Reading, *, summary: Summary, top: float
) -> tuple[tuple[Text, ...], tuple[Dot, ...], tuple[str, ...], float]:
    """The headline and what supports it, set one after another with dots between, over as many lines as it takes."""
    change = since_last(reading)
    way = rise(reading) if change else 0
    supporting = support(reading, asked=summary.asked, took_part=summary.took_part)
    said = [headline(reading), *supporting, *([change] if change else [])]
    weights = [Weight.MEDIUM] + [Weight.REGULAR] * (len(said) - 1)
    indents = [0.0] * (len(said) - 1) + [13.0 if way else 0.0]
    shown = [
        shorten(drawable(fact), within=INSIDE - indent, size=_FACT, weight=weight)
        for fact, weight, indent in zip(said, weights, indents, strict=True)
    ]
    widths = [
        indent + width(fact, size=_FACT, weight=weight)
        for fact, weight, indent in zip(shown, weights, indents, strict=True)
    ]
    leading = _FACT * 1.32
    texts: list[Text] = []
    separators: list[Dot] = []
    arrows: list[str] = []
    line = 0
    for fact, weight, indent, (line, x) in zip(shown, weights, indents, flow(widths, gap=17), strict=True):
        y = top + line * leading + _FACT
        fill = LOOK.ink if weight is Weight.MEDIUM else LOOK.quiet
        texts.append(Text(MARGIN + x + indent, y, fact, _FACT, weight, fill))
        if x:
            separators.append(Dot(MARGIN + x - 8.5, y - 4.6, 1.5))
        if indent:
            arrows.append(_arrow(MARGIN + x, y, way))
    return tuple(texts), tuple(separators), tuple(arrows), top + (line + 1) * leading


def _arrow(x: float, baseline: float, way: int) -> str:
    """A triangle that points up (1) or down (-1), as path data; the font has none."""
    foot, tip = (baseline - 0.6, baseline - 9) if way > 0 else (baseline - 9, baseline - 0.6)
    return f"M{number(x)} {number(foot)}h9.6L{number(x + 4.8)} {number(tip)}z"


def _legend(rows: Sequence[Row], *, top: float) -> tuple[tuple[Entry, ...], float]:
    """What each mark means, for the marks that occur, and the lower edge of it."""
    kinds = {cell.kind for row in rows for cell in row.cells}
    meanings = [
        ("level", _("team level"), "level" in kinds),
        ("answer", _("one answer"), any(cell.dots for row in rows for cell in row.cells)),
        ("before", _("last round, where different"), any(row.outlines for row in rows)),
        ("split", _("split: no level"), "split" in kinds),
    ]
    occurring = [(kind, drawable(meaning)) for kind, meaning, occurs in meanings if occurs]
    swatches = {"answer": 9.0}
    widths = [
        swatches.get(kind, 24.0) + 7 + width(meaning, size=_LEGEND, weight=Weight.REGULAR)
        for kind, meaning in occurring
    ]
    entries: list[Entry] = []
    bottom = top
    for (kind, meaning), (line, x) in zip(occurring, flow(widths, gap=18), strict=True):
        left, y = MARGIN + x, top + line * 24
        wide = swatches.get(kind, 24.0)
        text = Text(left + wide + 7, y + 12.6, meaning, _LEGEND, Weight.REGULAR, LOOK.quiet)
        marks = (Dot(left + wide / 2, y + 8, 4),) if kind == "answer" else ()
        swatch = Box(left + 1, y + 0.5, wide - 2, 15)
        lines = hatching(swatch, pitch=8, rim=2.5) if kind == "split" else ""
        entries.append(Entry(kind, swatch, marks, lines, text))
        bottom = y + 16
    return tuple(entries), bottom
