"""The profile picture: everything stays in its place and can be read."""

from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from bot.charts.drawing_process import draw
from bot.charts.measure import ELLIPSIS, FONT_FILES, Weight, width
from bot.charts.parts import INKS, SHADES
from bot.charts.profile import Caption, profile_alt_text
from rubric.model import Rubric
from rubric.summary import Summary
from tests.bot.pictures import CASES, LAST_QUARTER, SMART_CITY, SVG, box, drawn, groups, number, words


def right_end(text: ET.Element) -> float:
    weight = Weight(int(text.attrib["font-weight"]))
    return number(text, "x") + width(text.text or "", size=number(text, "font-size"), weight=weight)


@pytest.mark.parametrize(("rubric", "of"), CASES.values(), ids=CASES)
def test_nothing_runs_over_its_cell(rubric: Rubric, of: Summary) -> None:
    cells = groups(drawn(rubric, of), "cell")
    assert cells
    for cell in cells:
        rectangle = cell.find(f"{SVG}rect")
        assert rectangle is not None
        left, top, right, bottom = box(rectangle)
        for text in cell.iter(f"{SVG}text"):
            assert left < number(text, "x"), text.text
            assert right_end(text) < right, text.text
            assert top < number(text, "y") - number(text, "font-size") * 0.75, text.text
            assert number(text, "y") < bottom, text.text
        for dot in cell.iter(f"{SVG}circle"):
            assert left < number(dot, "cx") - number(dot, "r")
            assert number(dot, "cx") + number(dot, "r") < right
            assert number(dot, "cy") + number(dot, "r") < bottom


@pytest.mark.parametrize(("rubric", "of"), CASES.values(), ids=CASES)
def test_no_line_touches_the_one_below_it_or_the_dots(rubric: Rubric, of: Summary) -> None:
    for cell in groups(drawn(rubric, of), "cell"):
        columns: dict[float, list[tuple[float, float]]] = {}
        for text in cell.iter(f"{SVG}text"):
            columns.setdefault(number(text, "x"), []).append((number(text, "y"), number(text, "font-size")))
        for lines in columns.values():
            for (upper, _), (lower, size) in pairwise(sorted(lines)):
                assert lower - upper > size, words(cell)
        baselines = columns[number(next(cell.iter(f"{SVG}text")), "x")]
        for dot in cell.iter(f"{SVG}circle"):
            assert number(dot, "cy") - number(dot, "r") > max(baselines)[0] + 2


@pytest.mark.parametrize(("rubric", "of"), CASES.values(), ids=CASES)
def test_nothing_runs_over_the_edge_of_the_picture(rubric: Rubric, of: Summary) -> None:
    picture = drawn(rubric, of, Caption("Licences, inspections and permits online " * 2, "Round 6, " * 30))
    for text in picture.iter(f"{SVG}text"):
        assert right_end(text) <= number(picture, "width") - 20
        assert number(text, "y") < number(picture, "height")


@pytest.mark.parametrize(
    "text",
    ["Transformative AVAToWaffle fi", "Accountability/outcomes-To 1-4", "Ýłžňş Ωμέγα Щавель Việt", "LLTVY,.;WAW."],
)
@pytest.mark.parametrize("weight", Weight)
def test_words_are_drawn_no_wider_than_they_were_measured(text: str, weight: Weight) -> None:
    end = 5 + width(text, size=20, weight=weight)
    blank = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="40"><rect width="400" height="40" fill="#fff"/>'
    )
    set_in = f'{blank}<text x="5" y="28" font-family="Roboto" font-size="20" font-weight="{weight}">{text}</text>'
    cover = '<rect x="{}" width="400" height="40" fill="#fff"/><rect width="{}" height="40" fill="#fff"/></svg>'
    whole, all_but_the_end = cover.format(end + 1, end + 1), cover.format(end + 1, end - 12)
    assert draw(set_in + whole, FONT_FILES) == draw(f"{blank}</svg>", FONT_FILES)
    assert draw(set_in + all_but_the_end, FONT_FILES) != draw(f"{blank}</svg>", FONT_FILES)


def test_markup_and_control_characters_in_a_name_are_just_characters() -> None:
    name = "<b>R&D</b> \"x\" 'y' \x00\x0b\ud800{{ 7 * 7 }}"
    picture = drawn(SMART_CITY, LAST_QUARTER, Caption(name, "Round 6 <&>"))
    assert words(groups(picture, "title")[0]) == ("<b>R&D</b> \"x\" 'y' {{ 7 * 7 }} Round 6 <&>. 9 of 9 answered.")
    assert profile_alt_text(SMART_CITY, LAST_QUARTER, Caption(name, "Round 6")).startswith(
        "Maturity profile of <b>R&D</b> \"x\" 'y' {{ 7 * 7 }}. Round 6."
    )


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("\N{ROCKET} Launch \N{WHITE HEAVY CHECK MARK}", "Launch"),
        ("Équipe Ω", "Équipe Ω"),
        ("Cafe\N{COMBINING ACUTE ACCENT}", "Café"),
        ("\N{FULLWIDTH LATIN CAPITAL LETTER A} \N{CIRCLED DIGIT ONE}", "A 1"),
        ("東京 permits", f"{ELLIPSIS} permits"),
        ("\N{ROCKET}", ELLIPSIS),
    ],
)
def test_what_the_font_cannot_draw_is_left_out_of_the_picture_but_not_of_its_description(name: str, shown: str) -> None:
    picture = drawn(SMART_CITY, LAST_QUARTER, Caption(name, "Round 6"))
    assert words(groups(picture, "title")[0]) == f"{shown} Round 6. 9 of 9 answered."
    assert name in profile_alt_text(SMART_CITY, LAST_QUARTER, Caption(name, "Round 6"))


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1. Source: WCAG 2.2."""
    red, green, blue = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in (red, green, blue)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("levels", [3, 4, 5])
def test_shades_darken_visibly_from_level_to_level_and_their_words_stay_readable(levels: int) -> None:
    assert len(SHADES[levels]) == len(INKS[levels]) == levels
    for lighter, darker in pairwise(SHADES[levels]):
        assert luminance(lighter) > luminance(darker)
        assert contrast(lighter, darker) > 1.3
    for shade, ink in zip(SHADES[levels], INKS[levels], strict=True):
        assert contrast(shade, ink) >= 4.5
