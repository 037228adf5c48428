"""The profile picture: everything stays in its place and can be read."""

from itertools import pairwise

import pytest

from bot.charts.drawing_process import draw
from bot.charts.measure import ELLIPSIS, FONT_FILES, Weight, width
from bot.charts.parts import INKS, LOOK, SHADES
from bot.charts.profile import Caption, profile_alt_text
from rubric.model import Rubric
from rubric.summary import Summary
from tests.bot.pictures import (
    CASES,
    LAST_QUARTER,
    SMART_CITY,
    SVG,
    box,
    drawn,
    full,
    groups,
    label,
    model,
    number,
    overflowing,
    right_end,
    summary,
    too_small,
    words,
)


@pytest.mark.parametrize(("rubric", "of"), CASES.values(), ids=CASES)
def test_everything_stays_in_its_place_at_a_size_that_slack_shows_whole(rubric: Rubric, of: Summary) -> None:
    picture = drawn(rubric, of, Caption("Licences, inspections and permits online " * 2, "Round 6, " * 30))
    assert overflowing(picture) == []
    assert too_small(picture) == []
    assert number(picture, "width") == 600
    assert number(picture, "height") <= 500


@pytest.mark.parametrize(("rubric", "of"), CASES.values(), ids=CASES)
def test_dots_stay_in_their_cell_and_clear_of_its_words(rubric: Rubric, of: Summary) -> None:
    for row in groups(drawn(rubric, of), "dimension"):
        for cell in groups(row, "mark"):
            rectangle = cell.find(f"{SVG}rect")
            assert rectangle is not None
            left, top, right, bottom = box(rectangle)
            lines = list(cell.iter(f"{SVG}text"))
            for dot in cell.iter(f"{SVG}circle"):
                x, y, radius = number(dot, "cx"), number(dot, "cy"), number(dot, "r")
                assert left < x - radius
                assert x + radius < right
                assert top < y - radius
                assert y + radius < bottom
                for line in lines:
                    beside = x + radius < number(line, "x") or right_end(line) < x - radius
                    assert beside or number(line, "y") < y - radius - 1, words(cell)


@pytest.mark.parametrize("levels", [3, 4, 5])
@pytest.mark.parametrize("dimensions", range(3, 9))
def test_the_longest_name_of_a_dimension_is_told_whole(dimensions: int, levels: int) -> None:
    rubric = model(dimensions=dimensions, levels=levels, text="Silos", name=LONGEST_NAME)
    counts = (0, 3, 2, *(0,) * (levels - 3))
    picture = drawn(rubric, summary(*(full(each.key, counts, level=2) for each in rubric.dimensions)))
    assert [label(row) for row in groups(picture, "dimension")] == [
        f"{each.key} {LONGEST_NAME}" for each in rubric.dimensions
    ]


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


LONGEST_NAME = "Équipes ouvertes, données partagées, décisions bien motivées"
"""As long as a model may have it."""


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


def test_what_a_mark_means_can_be_seen_without_its_colour() -> None:
    """WCAG 2.2, 1.4.3 and 1.4.11: words 4.5 to 1, lines that carry a meaning 3 to 1."""
    for ground in (LOOK.ground, LOOK.plain):
        assert contrast(LOOK.quiet, ground) >= 4.5
        assert contrast(LOOK.ink, ground) >= 7
    assert contrast(LOOK.hatch, LOOK.ground) >= 3
    assert contrast(LOOK.edge, LOOK.ground) >= 3


def test_a_picture_brings_its_own_ground() -> None:
    ground = drawn(SMART_CITY, LAST_QUARTER).find(f"{SVG}rect")
    assert ground is not None
    assert (number(ground, "width"), ground.attrib["fill"]) == (600, LOOK.ground)
