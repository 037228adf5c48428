"""The overview's picture: teams by name, what each printed in its cells, and the same in words."""

import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from bot.charts.overview import pages
from bot.charts.overview_words import Page, Plan, overview_alt_text
from bot.charts.team_standing import Group
from bot.overview.picture_files import MOST_PICTURES
from rubric import Detail, Reading
from tests.bot.many_rounds import (
    LEVEL_2,
    SMART_CITY,
    SPLIT,
    TOO_FEW,
    TOP_TWO,
    a_group,
    bare,
    drawn_overview,
)
from tests.bot.pictures import ENDLESS, LONG, SVG, groups, kinds, label, number, overflowing, too_small, words

FIVE = a_group(("Archives", LEVEL_2), ("Bridges", SPLIT), ("Courts", TOO_FEW), ("Data", TOP_TWO), ("Energy", None))


def only(group: Group) -> Page:
    [page] = pages(group)
    return page


def test_each_cell_says_what_was_printed_with_more_than_colour() -> None:
    rows = groups(drawn_overview(only(FIVE)), "team")
    assert [kinds(row)[0] for row in rows] == ["level", "split", "hidden", "level", "empty"]
    assert [words(groups(row, "mark")[0]) for row in rows] == [
        "2", "1\N{EN DASH}4", "Too few answers", "3+", "no round yet"
    ]  # fmt: skip
    assert [len(groups(row, "mark")) for row in rows] == [5, 5, 1, 5, 1]
    assert label(rows[0]) == "Archives Nov 2026, 6 of 12 answered"


def test_teams_are_counted_under_their_columns() -> None:
    page = Page(FIVE, 0, 5, Plan(counts=True))
    counts = words(groups(drawn_overview(page), "counts")[0])
    assert counts == (
        "How many teams Level 1 0 0 0 0 0 Level 2 1 1 1 1 1 Level 3 0 0 0 0 0 Level 4 0 0 0 0 0"
        " Level 3 or above 1 1 1 1 1 Split 1 1 1 1 1 Too few answers 1 1 1 1 1"
    )


def test_the_legend_lists_only_what_occurs() -> None:
    assert words(groups(drawn_overview(only(a_group(("Archives", LEVEL_2)))), "legend")[0]) == "team level"
    everything = words(groups(drawn_overview(only(FIVE)), "legend")[0])
    assert everything == "3+ team level level 3 or above split: no level not shown"


def test_a_team_that_may_show_some_dimensions_has_a_cell_for_each() -> None:
    [team] = a_group(("Archives", LEVEL_2)).standings
    assert team.summary is not None
    first, *others = team.summary.readings
    some = replace(team.summary, readings=(Reading(first.dimension, Detail.TOO_FEW), *others))
    drawn = drawn_overview(only(Group(SMART_CITY, [replace(team, summary=some)])))
    assert [words(mark) for mark in groups(groups(drawn, "team")[0], "mark")] == ["few", "2", "2", "2", "2"]
    assert words(groups(drawn, "legend")[0]) == "team level not shown"


def test_where_not_all_teams_are_shown_the_counts_say_that_they_are_of_all() -> None:
    group = CASES["30 teams"]
    assert words(groups(drawn_overview(Page(group, 0, 5, Plan(counts=True))), "counts")[0]).startswith(
        "How many teams, of all 30 Level"
    )


NAMES = ("Permits", LONG, ENDLESS[:80], "Ops")
CASES: dict[str, Group] = {
    "one team": a_group(("Permits", LEVEL_2)),
    "a round of each kind": FIVE,
    "30 teams": a_group(*((f"Team {n}", (LEVEL_2, SPLIT, TOO_FEW, TOP_TWO, None)[n % 5]) for n in range(30))),
    "8 dimensions of 5 levels and long names": a_group(
        *((NAMES[n % 4], ((0, 6, 0, 0, 0), (3, 0, 0, 0, 3), None)[n % 3]) for n in range(30)), rubric=bare(8, 5)
    ),
    "1 dimension of 3 levels": a_group(("Permits", (0, 6, 0)), ("Roads", (1, 0, 0)), rubric=bare(1, 3)),
    "200 teams": a_group(*((f"Team {n:03}", LEVEL_2) for n in range(200))),
}


@pytest.mark.parametrize("group", CASES.values(), ids=CASES)
def test_everything_stays_in_its_place(group: Group) -> None:
    for page in pages(group)[:2]:
        picture = drawn_overview(page)
        assert overflowing(picture) == []
        assert too_small(picture) == []
        assert number(picture, "height") <= 500


@pytest.mark.parametrize("group", CASES.values(), ids=CASES)
def test_each_picture_can_be_told_whole_and_no_team_is_left_out(group: Group) -> None:
    found = pages(group)
    assert [page.start for page in found] == [0, *(page.end for page in found[:-1])]
    assert found[-1].end == len(group.standings)
    for page in found:
        said = overview_alt_text(page)
        assert len(said) <= 1000
        for standing in page.shown:
            assert standing.team[:40].rstrip() in said
        assert re.search(r"How many teams: .*\.$", said)


def test_many_teams_stand_side_by_side_where_their_names_can_be_read() -> None:
    short = a_group(*((f"Permits {n}", LEVEL_2) for n in range(24)))
    assert [page.plan.blocks for page in pages(short)] == [2, 2]
    left, right = ({number(head, "x") for head in heads} for heads in _heads(drawn_overview(pages(short)[0])))
    assert max(left) < min(right)
    long = a_group(*((f"{LONG[:70]} {n}", LEVEL_2) for n in range(24)))
    assert {page.plan.blocks for page in pages(long)} == {1}


def _heads(picture: ET.Element) -> list[list[ET.Element]]:
    return [list(head.iter(f"{SVG}text")) for head in groups(picture, "heads")]


def test_eighty_teams_are_all_sent() -> None:
    names = ("Housing and planning", "Permits", "Emergency management", "311")
    found = pages(a_group(*((f"{names[n % 4]} {n}", LEVEL_2) for n in range(80))))
    assert found[-1].end == 80
    assert len(found) <= MOST_PICTURES


def test_the_alt_text_says_what_the_picture_says() -> None:
    assert overview_alt_text(only(a_group(("Archives", LEVEL_2), ("Energy", None)))) == (
        "Where teams stand. 2 teams by name, each by its last closed round. A Engage society, B Lead collaboratively,"
        " C Work across disciplines, systems, D Tech and data, E Capability. Archives, Nov 2026, 6 of 12 answered:"
        " A level 2, B level 2, C level 2, D level 2, E level 2. Energy, no round yet. How many teams:"
        " Level 1: 0 0 0 0 0; Level 2: 1 1 1 1 1; Level 3: 0 0 0 0 0; Level 4: 0 0 0 0 0."
    )


def test_several_pictures_say_which_teams_they_show() -> None:
    page = pages(CASES["200 teams"])[1]
    said = words(groups(drawn_overview(page), "title")[0])
    assert f"Teams {page.start + 1} to {page.end} of 200 by name" in said


def test_teams_that_print_alike_give_the_same_bytes() -> None:
    def picture(counts: tuple[int, ...]) -> str:
        page = only(a_group(("Archives", counts)))
        return overview_alt_text(page)

    assert picture((0, 7, 0, 0)) == picture((1, 6, 0, 0))
    assert picture((3, 0, 0, 0)) == picture((0, 1, 1, 1))
