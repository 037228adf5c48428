"""Summaries to draw, and how to read the picture that was drawn."""

from dataclasses import replace
from xml.etree import ElementTree as ET

from bot.charts.measure import Weight, width
from bot.charts.parts import LOOK
from bot.charts.profile import Caption, profile_svg
from rubric import loading
from rubric.model import Dimension, Rubric
from rubric.summary import Agreement, Change, ChangeKind, Detail, Reading, Summary

SVG = "{http://www.w3.org/2000/svg}"
CAPTION = Caption("Permits online", "Round 6, October 2026")
SMART_CITY = loading.load()


def summary(*readings: Reading, asked: int = 9, took_part: int = 9) -> Summary:
    return Summary("v", asked, took_part, readings, None, None, (), (), False)


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
        change=Change(ChangeKind.MOVED, before=1, least=4),
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
    Reading(
        "C",
        Detail.MOST,
        level=1,
        answered=8,
        cant_say=1,
        at_least=6,
        change=Change(ChangeKind.MOVED, before=2, least=3),
    ),
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
    return drawn_from(profile_svg(rubric, of, caption))


def drawn_from(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - our own output


def is_hatched(cell: ET.Element) -> bool:
    """Whether a cell has lines across it."""
    return cell.find(f"{SVG}path[@stroke='{LOOK.hatch}']") is not None


def groups(picture: ET.Element, name: str) -> list[ET.Element]:
    return [group for group in picture.iter(f"{SVG}g") if group.get("class", "").split()[0] == name]


def words(element: ET.Element) -> str:
    return " ".join(text.text or "" for text in element.iter(f"{SVG}text"))


def label(row: ET.Element) -> str:
    """What stands beside a row's marks."""
    return " ".join(text.text or "" for text in row.findall(f"{SVG}text"))


def kinds(row: ET.Element) -> list[str]:
    """What each mark of a row is."""
    return [mark.attrib["class"].removeprefix("mark ") for mark in groups(row, "mark")]


def right_end(text: ET.Element) -> float:
    """Where a line of words ends, as it was measured."""
    weight = Weight(int(text.attrib["font-weight"]))
    return number(text, "x") + width(text.text or "", size=number(text, "font-size"), weight=weight)


def overflowing(picture: ET.Element) -> list[str]:
    """Words that run out of their mark or over the edge of the picture, or are drawn over one another."""
    found = [
        text.text or ""
        for text in picture.iter(f"{SVG}text")
        if number(text, "x") < 19
        or right_end(text) > number(picture, "width") - 19
        or number(text, "y") > number(picture, "height") - 10
    ]
    for mark in groups(picture, "mark"):
        rectangle = mark.find(f"{SVG}rect")
        if rectangle is not None:
            left, top, right, bottom = box(rectangle)
            found += [
                text.text or ""
                for text in mark.iter(f"{SVG}text")
                if not (left < number(text, "x") and right_end(text) < right and top < number(text, "y") < bottom)
            ]
    lines = [
        (number(text, "x"), number(text, "y"), right_end(text), number(text, "font-size"), text.text)
        for text in picture.iter(f"{SVG}text")
    ]
    for place, (left, y, right, size, said) in enumerate(lines):
        for other_left, other_y, other_right, other_size, other in lines[place + 1 :]:
            beside = right <= other_left or other_right <= left
            if not beside and y > other_y - other_size * 0.7 and other_y > y - size * 0.7:
                found.append(f"{said} over {other}")
    return found


def too_small(picture: ET.Element) -> list[str]:
    """Words under 28 pixels, that is 14 units: a phone leaves a third of them."""
    return [text.text or "" for text in picture.iter(f"{SVG}text") if number(text, "font-size") < 14]


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
    change = Change(ChangeKind.UNCERTAIN, before=2, least=1)
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
    "8 dimensions of 5 levels with the longest names, all that can be said of each": (
        model(dimensions=8, levels=5, text="Silos", name=LONG[:60]),
        summary(
            *(
                Reading(
                    key,
                    Detail.MOST,
                    level=2,
                    answered=12,
                    cant_say=0,
                    at_least=10,
                    change=Change(ChangeKind.MOVED, before=1, least=4),
                )
                for key in "ABCDEFGH"
            )
        ),
    ),
    "8 dimensions of 4 levels, split or too few": (
        model(dimensions=8, levels=4, text="Silos", name="Work across disciplines, systems"),
        summary(
            *(Reading(key, Detail.MOST, split=(1, 3), answered=6, cant_say=0) for key in "ABCD"),
            *(Reading(key, Detail.TOO_FEW) for key in "EFGH"),
        ),
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
