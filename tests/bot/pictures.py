"""Summaries to draw, and how to read the picture that was drawn."""

from dataclasses import replace
from xml.etree import ElementTree as ET

from bot.charts.profile import Caption, profile_svg
from rubric import loading
from rubric.model import Dimension, Rubric
from rubric.summary import Agreement, Change, ChangeKind, Detail, Reading, Summary

SVG = "{http://www.w3.org/2000/svg}"
CAPTION = Caption("Permits online", "Round 6, October 2026")
SMART_CITY = loading.load()


def summary(*readings: Reading, asked: int = 9, took_part: int = 9) -> Summary:
    return Summary("v", asked, took_part, readings, None, False, (), (), False)


def model(*, dimensions: int, levels: int, text: str, name: str = "Engage society") -> Rubric:
    made = tuple(Dimension(key, name, "?", (text,) * levels, False, {}, {}) for key in "ABCDEFGH"[:dimensions])
    return Rubric("v", "Model", "Source", ("A paragraph.",) * levels, made)


LAST_QUARTER = summary(
    Reading(
        "A",
        Detail.FULL,
        level=2,
        agreement=Agreement.MIXED,
        counts=(2, 5, 2, 0),
        answered=9,
        cant_say=0,
        could_be=(2, 2),
        missing=0,
        change=Change(ChangeKind.MOVED, before=1, moved=4, of=9),
    ),
    Reading(
        "B",
        Detail.FULL,
        level=3,
        agreement=Agreement.ALIGNED,
        counts=(0, 2, 4, 0),
        answered=6,
        cant_say=1,
        could_be=(2, 3),
        missing=2,
        change=Change(ChangeKind.SAME, before=3),
    ),
    Reading("C", Detail.MOST, level=1, answered=8, cant_say=1, at_least=6, change=Change(ChangeKind.MOVED, before=2)),
    Reading("D", Detail.LEVEL, level=3, or_above=True, change=Change(ChangeKind.NOT_COMPARABLE)),
    Reading(
        "E",
        Detail.FULL,
        split=(1, 4),
        agreement=Agreement.SPLIT,
        counts=(4, 0, 0, 5),
        answered=9,
        cant_say=0,
        change=Change(ChangeKind.NOT_COMPARABLE),
    ),
)


def drawn(rubric: Rubric, of: Summary, caption: Caption = CAPTION) -> ET.Element:
    return ET.fromstring(profile_svg(rubric, of, caption))  # noqa: S314 - our own output


def groups(picture: ET.Element, name: str) -> list[ET.Element]:
    return [group for group in picture.iter(f"{SVG}g") if group.get("class", "").split()[0] == name]


def words(element: ET.Element) -> str:
    return " ".join(text.text or "" for text in element.iter(f"{SVG}text"))


def number(element: ET.Element, name: str) -> float:
    return float(element.attrib[name])


def box(rectangle: ET.Element) -> tuple[float, float, float, float]:
    x, y = number(rectangle, "x"), number(rectangle, "y")
    return x, y, x + number(rectangle, "width"), y + number(rectangle, "height")


def full(key: str, counts: tuple[int, ...], *, level: int) -> Reading:
    n = sum(counts)
    return Reading(key, Detail.FULL, level=level, counts=counts, answered=n, cant_say=0, could_be=(level, level))


def busy(key: str, counts: tuple[int, ...]) -> Reading:
    """With every fact that can stand under a name."""
    change = Change(ChangeKind.WITHIN_ONE, before=2)
    return replace(full(key, counts, level=1), could_be=(1, 4), cant_say=3, agreement=Agreement.MIXED, change=change)


LONG = "Shared accountability/responsibility for outcomes with every partner, openly, always"
ENDLESS = "Donaudampfschifffahrtsgesellschaftskapitän" * 3
DENSE = model(dimensions=8, levels=5, text=LONG[:70], name=LONG)
CASES = {
    "the packaged model": (SMART_CITY, LAST_QUARTER),
    "8 dimensions of 5 levels with long words": (
        DENSE,
        summary(*(busy(key, (12, 3, 0, 7, 1)) for key in "ABCDEFGH"), asked=31, took_part=23),
    ),
    "words without a space": (
        model(dimensions=3, levels=5, text=ENDLESS, name=ENDLESS),
        summary(*(full(key, (0, 3, 3, 0, 0), level=2) for key in "ABC")),
    ),
    "1 dimension of 3 levels and hundreds of answers": (
        model(dimensions=1, levels=3, text="Silos"),
        summary(full("A", (12, 600, 47), level=2), asked=900, took_part=659),
    ),
    "an article where words would be": (
        model(dimensions=2, levels=4, text="very " * 200),
        summary(*(Reading(key, Detail.LEVEL, level=3, or_above=True) for key in "AB")),
    ),
}
