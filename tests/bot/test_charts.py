"""The profile picture: what is drawn, what is said, what is kept back."""

import re
from dataclasses import replace

import pytest

from bot.charts.measure import ELLIPSIS
from bot.charts.profile import Caption, profile_alt_text, profile_svg
from rubric.results import summarise
from rubric.statistics import Tally
from rubric.summary import Change, ChangeKind, Detail, Reading
from tests.bot.pictures import (
    CAPTION,
    CASES,
    DENSE,
    LAST_QUARTER,
    SMART_CITY,
    SVG,
    drawn,
    groups,
    model,
    number,
    summary,
    words,
)


def test_each_answer_that_may_be_shown_is_one_dot_at_its_level() -> None:
    rows = groups(drawn(SMART_CITY, LAST_QUARTER), "dimension")
    dots = [[len(list(cell.iter(f"{SVG}circle"))) for cell in groups(row, "cell")] for row in rows]
    assert dots == [[2, 5, 2, 0], [0, 2, 4, 0], [0, 0, 0, 0], [0, 0, 0], [4, 0, 0, 5]]


def test_the_level_is_filled_a_split_is_hatched_over_its_range_and_has_no_level() -> None:
    rows = groups(drawn(SMART_CITY, LAST_QUARTER), "dimension")
    kinds = [[cell.attrib["class"].removeprefix("cell ") for cell in groups(row, "cell")] for row in rows]
    assert kinds == [
        ["plain", "level", "plain", "plain"],
        ["plain", "plain", "level", "plain"],
        ["level", "plain", "plain", "plain"],
        ["plain", "plain", "level"],
        ["split", "split", "split", "split"],
    ]


def test_two_levels_printed_as_one_are_one_cell_with_the_words_of_both() -> None:
    row = groups(drawn(SMART_CITY, LAST_QUARTER), "dimension")[3]
    both = groups(row, "cell")[-1]
    assert words(both) == "Transactional services/analytics Integrated systems/data models 3 or above"
    assert "Level 3 or above" in words(row)


def test_last_round_is_outlined_only_where_it_differs() -> None:
    rows = groups(drawn(SMART_CITY, LAST_QUARTER), "dimension")
    outlined = []
    for row in rows:
        dashed = [rectangle for rectangle in row.iter(f"{SVG}rect") if rectangle.get("class") == "before"]
        for outline in dashed:
            rectangles = [cell.find(f"{SVG}rect") for cell in groups(row, "cell")]
            lefts = [number(rectangle, "x") for rectangle in rectangles if rectangle is not None]
            outlined.append((rows.index(row), sum(left < number(outline, "x") for left in lefts)))
    assert outlined == [(0, 1), (2, 2)]


def test_what_supports_a_level_stands_under_the_dimensions_name() -> None:
    labels = [words(label) for label in groups(drawn(SMART_CITY, LAST_QUARTER), "label")]
    assert labels == [
        "A Engage society Level 2 mixed up from 1, 4 of 9 moved",
        "B Lead collaboratively Level 3 aligned provisional, could be 2 to 3 6 of 9 answered 1 can't say as before",
        "C Work across disciplines, systems Level 1 8 of 9 answered 1 can't say down from 2",
        "D Tech and data Level 3 or above",
        "E Capability Split 1 to 4; talk about it",
    ]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (Change(ChangeKind.FIRST), ""),
        (Change(ChangeKind.WITHIN_ONE, before=1), " was 1, within one answer"),
        (Change(ChangeKind.NOT_COMPARABLE), ""),
        (Change(ChangeKind.NOT_COMPARABLE, before=3), " was 3 last round"),
    ],
)
def test_why_there_is_no_change_is_said_in_few_words(change: Change, said: str) -> None:
    one = model(dimensions=1, levels=4, text="Silos")
    of = summary(Reading("A", Detail.LEVEL, level=2, change=change))
    assert words(groups(drawn(one, of), "label")[0]) == f"A Engage society Level 2{said}"
    assert profile_alt_text(one, of, CAPTION).endswith(f"A Engage society: Level 2, “Silos”{';' * bool(said)}{said}.")


@pytest.mark.parametrize(
    ("kind", "said"),
    [(ChangeKind.NEW_TEAM, "half the team is new."), (ChangeKind.NEW_WORDING, "the wording changed.")],
)
def test_why_a_round_is_compared_with_none_is_said_once_for_all_dimensions(kind: ChangeKind, said: str) -> None:
    two = model(dimensions=2, levels=4, text="Silos")
    of = summary(*(Reading(key, Detail.LEVEL, level=2, change=Change(kind)) for key in "AB"))
    sentence = f"No comparison with the last round: {said}"
    assert words(groups(drawn(two, of), "title")[0]).endswith(sentence)
    assert profile_alt_text(two, of, CAPTION).count(sentence) == 1
    assert [words(label) for label in groups(drawn(two, of), "label")] == [
        "A Engage society Level 2",
        "B Engage society Level 2",
    ]


def test_the_legend_lists_only_what_occurs() -> None:
    def legend(*readings: Reading) -> str:
        one = model(dimensions=len(readings), levels=4, text="Silos")
        return words(groups(drawn(one, summary(*readings)), "legend")[0])

    assert legend(Reading("A", Detail.TOO_FEW)) == ""
    assert legend(Reading("A", Detail.LEVEL, level=2)) == "team level"
    assert legend(Reading("A", Detail.MOST, split=(1, 3), answered=5)) == "split: no level"
    everything = words(groups(drawn(SMART_CITY, LAST_QUARTER), "legend")[0])
    assert everything == "team level one answer last round, where different split: no level"


def test_too_few_answers_show_nothing_else_whatever_the_reading_holds() -> None:
    one = model(dimensions=1, levels=4, text="Silos")
    leaky = replace(
        LAST_QUARTER["A"], detail=Detail.TOO_FEW, at_least=2, split=(1, 3), change=Change(ChangeKind.MOVED, before=3)
    )
    for picture in (profile_svg, profile_alt_text):
        assert picture(one, summary(leaky), CAPTION) == picture(one, summary(Reading("A", Detail.TOO_FEW)), CAPTION)
    assert words(groups(drawn(one, summary(leaky)), "label")[0]) == "A Engage society Too few answers"


def test_outcomes_that_print_alike_give_the_same_picture_to_the_byte() -> None:
    def picture(*counts: int) -> tuple[str, str]:
        tallies = {dimension.key: Tally(counts) for dimension in SMART_CITY.dimensions}
        of = summarise(SMART_CITY, tallies=tallies, asked=9, took_part=7, minimum=4, confidential=True)
        return profile_svg(SMART_CITY, of, CAPTION), profile_alt_text(SMART_CITY, of, CAPTION)

    assert picture(0, 4, 0, 0) == picture(1, 2, 1, 0)
    assert picture(0, 7, 0, 0) == picture(1, 6, 0, 0) == picture(0, 5, 1, 1)
    assert picture(3, 0, 0, 0) == picture(0, 0, 0, 2)
    assert picture(0, 4, 2, 1) != picture(0, 3, 3, 1)


def test_only_printed_figures_appear() -> None:
    one = model(dimensions=1, levels=4, text="Silos")
    of = summary(Reading("A", Detail.LEVEL, level=3, or_above=True), asked=6, took_part=5)
    picture = drawn(one, of)
    said = [words(group) for name in ("title", "label", "cell") for group in groups(picture, name)]
    assert re.findall(r"\d+", " ".join(said)) == ["6", "2026", "5", "6", "3", "3"]
    assert re.findall(r"\d+", profile_alt_text(one, of, CAPTION)) == ["6", "2026", "5", "6", "3"]


def test_the_alt_text_says_what_the_picture_says() -> None:
    assert profile_alt_text(SMART_CITY, LAST_QUARTER, CAPTION) == (
        "Maturity profile of Permits online. Round 6, October 2026. 9 of 9 answered."
        " A Engage society: Level 2, “2-way engagement, receive input”; 2, 5, 2, 0 at levels 1 to 4; mixed;"
        " up from 1, 4 of 9 moved."
        " B Lead collaboratively: Level 3, “Shared accountability for outcomes”; 0, 2, 4, 0 at levels 1 to 4; aligned;"
        " provisional, could be 2 to 3; 6 of 9 answered; 1 can't say; as before."
        " C Work across disciplines, systems: Level 1, “Silos”; at least 6 of 8; 8 of 9 answered; 1 can't say;"
        " down from 2."
        " D Tech and data: Level 3 or above, “Transactional services/analytics” or “Integrated systems/data models”."
        " E Capability: Split 1 to 4; talk about it; 4, 0, 0, 5 at levels 1 to 4."
    )


@pytest.mark.parametrize("name", ["Permits", "P" * 80, "P" * 2000])
def test_the_alt_text_of_the_largest_model_keeps_every_level_within_slacks_limit(name: str) -> None:
    said = profile_alt_text(DENSE, CASES["8 dimensions of 5 levels with long words"][1], Caption(name, "Round 6"))
    assert len(said) <= 1000
    assert re.findall(r" ([A-H]): Level (\d)", said) == [(key, "1") for key in "ABCDEFGH"]
    assert (ELLIPSIS in said) == (len(name) > 1000)
