"""The profile picture: what is drawn, what is said, what is kept back."""

import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from bot.charts.measure import ELLIPSIS
from bot.charts.profile import Caption, profile_alt_text, profile_svg
from rubric.results import summarise
from rubric.statistics import Tally
from rubric.summary import Change, ChangeKind, Detail, Reading, Summary
from tests.bot.pictures import (
    CAPTION,
    CASES,
    DENSE,
    LAST_QUARTER,
    SMART_CITY,
    SVG,
    box,
    drawn,
    groups,
    is_hatched,
    kinds,
    label,
    model,
    number,
    summary,
    words,
)

TEXT = f"{SVG}text"


def rows(of: Summary = LAST_QUARTER) -> list[ET.Element]:
    return groups(drawn(SMART_CITY, of), "dimension")


def test_each_answer_that_may_be_shown_is_one_dot_at_its_level() -> None:
    dots = [[len(list(cell.iter(f"{SVG}circle"))) for cell in groups(row, "mark")] for row in rows()]
    assert dots == [[2, 5, 2, 0, 0], [0, 2, 4, 0], [0, 0, 0, 0, 0], [0, 0, 0], [9]]
    split = [number(dot, "cx") for dot in groups(rows()[4], "mark")[0].iter(f"{SVG}circle")]
    columns = [number(heading, "x") for heading in groups(drawn(SMART_CITY, LAST_QUARTER), "headings")[0].iter(TEXT)]
    assert [sum(column < dot + 12 for column in columns) for dot in split] == [1] * 4 + [4] * 5


def test_an_empty_cell_is_nobody_and_what_is_not_shown_is_hatched() -> None:
    assert [kinds(row) for row in rows()] == [
        ["empty", "level", "empty", "empty", "before"],
        ["empty", "empty", "level", "empty"],
        ["level", "hidden", "hidden", "hidden", "before"],
        ["hidden", "hidden", "level"],
        ["split"],
    ]
    assert [hatched(row) for row in rows()] == [[], [], [1, 2, 3], [0, 1], []]


def hatched(row: ET.Element) -> list[int]:
    """Places of the cells with lines across them."""
    return [place for place, cell in enumerate(groups(row, "mark")) if is_hatched(cell)]


def test_beyond_a_split_is_nobody_though_no_counts_are_shown() -> None:
    of = summary(Reading("A", Detail.MOST, split=(1, 3), answered=5))
    row = groups(drawn(model(dimensions=1, levels=4, text="Silos"), of), "dimension")[0]
    assert kinds(row) == ["split", "empty"]
    assert hatched(row) == [0]
    assert words(row) == "Split, 1 to 3 A Engage society"


def test_two_levels_printed_as_one_are_one_cell() -> None:
    both = groups(rows()[3], "mark")[-1]
    assert words(both) == "Level 3 or above"


def test_last_rounds_level_is_framed_where_the_team_moved_from_there() -> None:
    framed = []
    for place, row in enumerate(rows()):
        marks = groups(row, "mark")
        lefts = [number(mark[0], "x") for mark in marks if "before" not in mark.attrib["class"]]
        framed += [
            (place, sum(left < number(mark[0], "x") for left in lefts))
            for mark in marks
            if "before" in mark.attrib["class"]
        ]
    assert framed == [(0, 1), (2, 2)]


@pytest.mark.parametrize(
    "change",
    [
        Change(ChangeKind.UNCERTAIN, before=1, least=1),
        Change(ChangeKind.OTHER_PEOPLE, before=1),
        Change(ChangeKind.SAME, before=2),
        Change(ChangeKind.NOT_COMPARABLE, before=3),
        Change(ChangeKind.NEW_WORDING),
    ],
)
def test_where_one_may_not_say_that_the_team_moved_the_picture_has_neither_frame_nor_arrow(change: Change) -> None:
    of = summary(Reading("A", Detail.LEVEL, level=2, change=change))
    row = groups(drawn(model(dimensions=1, levels=4, text="Silos"), of), "dimension")[0]
    assert kinds(row) == ["hidden", "level", "hidden", "hidden"]
    assert row.findall(f"{SVG}path") == []
    assert label(row) == "A Engage society"


def test_two_levels_that_were_printed_as_one_are_framed_as_one() -> None:
    change = Change(ChangeKind.MOVED, before=3, before_or_above=True, least=2)
    of = summary(Reading("A", Detail.MOST, level=2, answered=6, cant_say=0, at_least=4, change=change))
    row = groups(drawn(model(dimensions=1, levels=4, text="Silos"), of), "dimension")[0]
    *cells, frame = groups(row, "mark")
    assert box(frame[0])[0] - box(cells[2][0])[0] == box(cells[3][0])[2] - box(frame[0])[2] > 0
    assert label(row) == "A Engage society down from 3 or above at least 4 of 6 at level 2"


def test_what_supports_a_level_stands_under_the_dimensions_name() -> None:
    assert [label(row) for row in rows()] == [
        "A Engage society up from 1",
        "B Lead collaboratively could be 2 to 3",
        "C Work across disciplines, systems down from 2 \N{MIDDLE DOT} at least 6 of 8 at level 1",
        "D Tech and data",
        "E Capability",
    ]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (Change(ChangeKind.FIRST), ""),
        (Change(ChangeKind.UNCERTAIN, before=1, least=1), " was 1 last round; 1 answer can make that difference"),
        (Change(ChangeKind.UNCERTAIN, before=1, least=2), " was 1 last round; 2 answers can make that difference"),
        (
            Change(ChangeKind.UNCERTAIN, before=1, least=0),
            " was 1 last round; other people answered, that alone can make that difference",
        ),
        (Change(ChangeKind.OTHER_PEOPLE, before=1), " was 1 last round, when mostly other people answered"),
        (Change(ChangeKind.MOVED, before=1, least=2), " up from 1: at least 2 people chose another level"),
        (
            Change(ChangeKind.MOVED, before=3, before_or_above=True, least=2),
            " down from 3 or above: at least 2 people chose another level",
        ),
        (Change(ChangeKind.NOT_COMPARABLE), ""),
    ],
)
def test_why_there_is_no_change_is_said_in_few_words(change: Change, said: str) -> None:
    one = model(dimensions=1, levels=4, text="Silos")
    of = summary(Reading("A", Detail.MOST, level=2, change=change))
    assert profile_alt_text(one, of, CAPTION).endswith(f"A Engage society: Level 2, “Silos”{';' * bool(said)}{said}.")


def test_that_the_wording_changed_is_said_once_for_all_dimensions() -> None:
    two = model(dimensions=2, levels=4, text="Silos")
    of = summary(*(Reading(key, Detail.LEVEL, level=2, change=Change(ChangeKind.NEW_WORDING)) for key in "AB"))
    sentence = "No comparison with the last round: the wording changed."
    assert words(groups(drawn(two, of), "title")[0]).endswith(sentence)
    assert profile_alt_text(two, of, CAPTION).count(sentence) == 1


def test_the_legend_lists_only_what_occurs() -> None:
    def legend(*readings: Reading) -> str:
        one = model(dimensions=len(readings), levels=4, text="Silos")
        return words(groups(drawn(one, summary(*readings)), "legend")[0])

    assert legend(Reading("A", Detail.TOO_FEW)) == "not shown"
    assert legend(Reading("A", Detail.LEVEL, level=2)) == "team level not shown"
    assert legend(Reading("A", Detail.MOST, split=(1, 3), answered=5)) == "nobody not shown"
    assert legend(Reading("A", Detail.MOST, split=(1, 4), answered=5)) == "not shown"
    everything = words(groups(drawn(SMART_CITY, LAST_QUARTER), "legend")[0])
    assert everything == "team level one answer nobody not shown last round"


def test_too_few_answers_show_nothing_else_whatever_the_reading_holds() -> None:
    one = model(dimensions=1, levels=4, text="Silos")
    leaky = replace(
        LAST_QUARTER["A"], detail=Detail.TOO_FEW, at_least=2, split=(1, 3), change=Change(ChangeKind.MOVED, before=3)
    )
    for picture in (profile_svg, profile_alt_text):
        assert picture(one, summary(leaky), CAPTION) == picture(one, summary(Reading("A", Detail.TOO_FEW)), CAPTION)
    row = groups(drawn(one, summary(leaky)), "dimension")[0]
    assert kinds(row) == ["hidden"]
    assert words(row) == "Too few answers A Engage society"


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
    said = [words(group) for name in ("title", "dimension") for group in groups(picture, name)]
    assert re.findall(r"\d+", " ".join(said)) == ["6", "2026", "5", "6", "3"]
    assert re.findall(r"\d+", profile_alt_text(one, of, CAPTION)) == ["6", "2026", "5", "6", "3", "4"]


def test_the_alt_text_says_what_the_picture_says() -> None:
    assert profile_alt_text(SMART_CITY, LAST_QUARTER, CAPTION) == (
        "Maturity profile of Permits online. Round 6, October 2026. 9 of 9 answered."
        " A Engage society: Level 2, “2-way engagement, receive input”; 2 people at level 1, 5 at level 2,"
        " 2 at level 3; views differ; up from 1: at least 4 people chose another level."
        " B Lead collaboratively: Level 3, “Shared accountability for outcomes”; 2 people at level 2, 4 at level 3;"
        " mostly agree; could be 2 to 3: 2 people have not answered; 6 of 9 answered; 1 can't say;"
        " same level as last round."
        " C Work across disciplines, systems: Level 1, “Silos”; at least 6 of 8 at level 1; 8 of 9 answered;"
        " 1 can't say; down from 2: at least 3 people chose another level."
        " D Tech and data: Level 3 or above, “Transactional services/analytics” or “Integrated systems/data models”;"
        " 4 answers: less is told."
        " E Capability: Split, 1 to 4; 4 people at level 1, 5 at level 4."
    )


@pytest.mark.parametrize("name", ["Permits", "P" * 80, "P" * 2000])
def test_the_alt_text_of_the_largest_model_keeps_every_level_within_slacks_limit(name: str) -> None:
    said = profile_alt_text(DENSE, CASES["8 dimensions of 5 levels with long words"][1], Caption(name, "Round 6"))
    assert len(said) <= 1000
    assert re.findall(r" ([A-H]): Level (\d)", said) == [(key, "1") for key in "ABCDEFGH"]
    assert (ELLIPSIS in said) == (len(name) > 1000)
