"""The trend picture: what each round printed, gaps where nothing was or nothing compares, and the same in words."""

import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from bot.charts.trend import MOST_ROUNDS, trend_svg
from bot.charts.trend_words import TrendCard, trend_alt_text
from tests.bot.many_rounds import (
    LEVEL_2,
    SMART_CITY,
    SPLIT,
    TOO_FEW,
    TOP_TWO,
    a_trend,
    bare,
    drawn_trend,
)
from tests.bot.pictures import SVG, groups, kinds, label, number, overflowing, too_small, words

OLD = replace(SMART_CITY, version="old")
MIXED = (LEVEL_2, TOP_TWO, SPLIT, TOO_FEW, LEVEL_2, LEVEL_2)


def arrows(picture: ET.Element) -> list[int]:
    """Places of the rounds that have an arrow in the first lane."""
    marks = groups(groups(picture, "dimension")[0], "mark")
    return [
        place for place, mark in enumerate(marks) if any("z" in path.attrib["d"] for path in mark.iter(f"{SVG}path"))
    ]


def breaks(picture: ET.Element) -> int:
    """How many rounds are set apart from those before them."""
    paths = groups(picture, "dimension")[0].findall(f"{SVG}path")
    return sum("V" in path.attrib["d"] for path in paths)


def test_each_round_is_marked_with_what_it_printed() -> None:
    [first, *others] = groups(drawn_trend(a_trend(*MIXED)), "dimension")
    assert kinds(first) == ["level", "level", "split", "hidden", "level", "level"]
    assert [words(mark) for mark in groups(first, "mark")] == ["2", "3+", "1\N{EN DASH}4", "few", "2", "2"]
    assert label(first) == "A Engage society"
    assert len(others) == 4


def test_few_rounds_are_told_in_the_words_of_the_summary() -> None:
    first = groups(drawn_trend(a_trend(LEVEL_2, SPLIT, TOO_FEW)), "dimension")[0]
    assert [words(mark) for mark in groups(first, "mark")] == ["Level 2", "Split, 1 to 4", "too few"]


def test_an_arrow_stands_only_where_one_may_say_that_the_level_moved() -> None:
    assert arrows(drawn_trend(a_trend((0, 6, 0, 0), (0, 0, 6, 0), (0, 0, 6, 0), (6, 0, 0, 0)))) == [1, 3]
    assert arrows(drawn_trend(a_trend((0, 4, 4, 0), (0, 3, 4, 0)))) == []
    assert arrows(drawn_trend(a_trend(*MIXED))) == []
    legend = groups(drawn_trend(a_trend((0, 6, 0, 0), (0, 0, 6, 0))), "legend")[0]
    assert words(legend) == "team level up"


def test_another_wording_and_a_new_team_break_the_lanes_and_say_why() -> None:
    card = a_trend(*[LEVEL_2] * 4, rubrics=[OLD, OLD, SMART_CITY, SMART_CITY], in_either=[0, 12, 6, 6])
    picture = drawn_trend(card)
    assert breaks(picture) == 2
    remarks = words(groups(picture, "remarks")[0])
    assert "Round 2 was answered mostly by other people than the one before, so the two are not compared." in remarks
    assert "Round 3 was asked with other words than the one before, so the two are not compared." in remarks
    assert remarks.endswith("A trend needs three rounds with the same wording; so far there are 2.")


def test_it_speaks_of_time_only_from_three_rounds_on() -> None:
    assert "levels so far" in trend_svg(a_trend(LEVEL_2, LEVEL_2))
    assert "levels over time" in trend_svg(a_trend(LEVEL_2, LEVEL_2, LEVEL_2))


def test_the_legend_lists_only_what_occurs() -> None:
    assert words(groups(drawn_trend(a_trend(LEVEL_2)), "legend")[0]) == "team level"
    said = words(groups(drawn_trend(a_trend(*MIXED)), "legend")[0])
    assert "level 3 or above" in said
    assert "split: no level" in said
    assert "not shown" in said


CASES: dict[str, TrendCard] = {
    "one round": a_trend(LEVEL_2),
    "two rounds": a_trend(LEVEL_2, SPLIT, older=True),
    "many rounds": a_trend(*(MIXED * 2), older=True),
    "8 dimensions of 5 levels with long names": a_trend(
        *[(0, 6, 0, 0, 0), (3, 0, 0, 0, 3), (0, 0, 0, 0, 4), (1, 0, 0, 0, 0)] * 3,
        rubrics=[bare(8, 5)] * 12,
        in_either=[6] * 5 + [12] + [6] * 6,
        team="Licences, inspections and permits online for everybody in the whole of the city",
    ),
    "1 dimension of 3 levels": a_trend((0, 6, 0), (6, 0, 0), rubrics=[bare(1, 3)] * 2),
    "a level that was on another scale": a_trend((0, 6, 0), LEVEL_2, rubrics=[bare(5, 3), SMART_CITY]),
}


@pytest.mark.parametrize("card", CASES.values(), ids=CASES)
def test_everything_stays_in_its_place(card: TrendCard) -> None:
    assert len(card.rounds) <= MOST_ROUNDS
    picture = drawn_trend(card)
    assert overflowing(picture) == []
    assert too_small(picture) == []
    assert number(picture, "height") <= 500


def test_the_alt_text_says_what_the_picture_says() -> None:
    said = trend_alt_text(a_trend(*MIXED))
    assert said.startswith("Levels of Permits over its rounds. Rounds 1 to 6, Feb 2024 to May 2025. A Engage society:")
    assert (
        " E Capability: round 1: level 2; round 2: level 3 or above; round 3: split, 1 to 4; round 4: too few answers;"
        " rounds 5 to 6: level 2."
    ) in said


@pytest.mark.parametrize("card", CASES.values(), ids=CASES)
def test_the_alt_text_keeps_every_round_of_every_dimension_within_slacks_limit(card: TrendCard) -> None:
    said = trend_alt_text(replace(card, team=card.team * 20))
    assert len(said) <= 1000
    lanes = re.findall(r" ([A-H])[^:;.]*: ([^.]*)\.", said)
    assert [key for key, _course in lanes] == [lane.dimension for lane in card.trend.lanes]


def test_rounds_that_print_alike_give_the_same_bytes() -> None:
    def picture(*rounds: tuple[int, ...]) -> tuple[str, str]:
        card = a_trend(*rounds)
        return trend_svg(card), trend_alt_text(card)

    assert picture((0, 7, 0, 0), (0, 4, 0, 0)) == picture((1, 6, 0, 0), (1, 2, 1, 0))
    assert picture((0, 0, 0, 4), (3, 0, 0, 0)) == picture((0, 0, 1, 3), (0, 1, 1, 1))
    assert picture((0, 7, 0, 0)) != picture((0, 0, 7, 0))
