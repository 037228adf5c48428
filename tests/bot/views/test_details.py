"""The details of a summary: everything that may be told, and nothing else; and that they always fit."""

from dataclasses import replace

import pytest

from bot.sandbox.block_kit import check_view
from bot.summary.details_views import details
from bot.summary.views import SummaryCard
from rubric import Tally, load
from tests.bot.views.reading import page
from tests.bot.views.values import LAST, a_card


def lines(card: SummaryCard, key: str) -> list[str]:
    """What stands under one dimension, its headline first."""
    return next(
        block["text"]["text"].split("\n")
        for block in details(card)["blocks"]
        if block["type"] == "section" and block["text"]["text"].startswith(f"*{key}. ")
    )


def one(tally: Tally, *, before: Tally | None = None, in_either: int | None = None, asked: int = 9) -> list[str]:
    """What stands under dimension A for this tally."""
    last = None if before is None else {"A": before}
    return lines(a_card({"A": tally}, before=last, in_either=in_either, asked=asked), "A")


def test_a_dimension_is_its_level_in_words_and_how_the_answers_lie() -> None:
    assert one(Tally((1, 5, 3, 0))) == [
        "*A. Engage society*: level 2, 2-way engagement, receive input",
        "1 person at level 1, 5 at level 2, 3 at level 3. Mostly agree.",
    ]


def test_a_level_that_missing_answers_could_change_says_so() -> None:
    assert one(Tally((0, 3, 5, 0), 1), asked=11)[1] == (
        "3 people at level 2, 5 at level 3. Mostly agree. Could be 2 to 3: 2 people have not answered. "
        "8 of 11 answered. 1 can't say."
    )


def test_one_missing_answer_is_one_person() -> None:
    assert "Could be 2 to 3: 1 person has not answered" in one(Tally((0, 4, 4, 0)), asked=9)[1]


def test_of_mixed_answers_it_says_that_views_differ() -> None:
    assert "Views differ." in one(Tally((0, 2, 2, 1)), asked=5)[1]


def test_a_near_unanimous_dimension_prints_at_least_and_no_counts() -> None:
    assert one(Tally((4, 2, 0, 0)), asked=9) == [
        "*A. Engage society*: level 1, 1-way/broadcast information",
        "At least 4 of 6 at level 1. 6 of 9 answered.",
    ]


def test_four_answers_print_the_level_alone() -> None:
    assert one(Tally((0, 3, 1, 0)), asked=4) == [
        "*A. Engage society*: level 2, 2-way engagement, receive input",
        "4 answers: less is told.",
    ]


def test_of_four_answers_the_two_highest_levels_are_one() -> None:
    assert one(Tally((0, 0, 1, 3)), asked=4) == [
        "*A. Engage society*: level 3 or above, Close the feedback loop; or Inclusive partnerships/relationships",
        "4 answers: less is told.",
    ]


def test_three_answers_print_nothing_but_that() -> None:
    beside = a_card({"A": Tally((0, 2, 1, 0), 1), "B": Tally((0, 5, 4, 0))}, before={"A": Tally((1, 5, 3, 0))})
    assert lines(beside, "A") == ["*A. Engage society*: too few answers"]


def test_the_details_of_a_round_that_shows_nothing_are_one_sentence() -> None:
    said = [block["text"]["text"] for block in details(a_card({}, asked=3))["blocks"]]
    assert said == [
        "*Permits online: round 6, October 2026.* 3 of 3 answered.",
        "Too few answered, so there is nothing to show: a question needs 4 answers. The answers are deleted.",
    ]


def test_a_split_dimension_has_a_range_and_a_question_and_no_level() -> None:
    card = a_card({"A": Tally((4, 0, 0, 4))})
    assert lines(card, "A") == [
        "*A. Engage society*: split, 1 to 4",
        "4 people at level 1, 4 at level 4. 8 of 9 answered.",
    ]


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        ((1, 5, 3, 0), (5, 3, 1, 0), "Up from 1: at least 4 people chose another level."),
        ((5, 3, 1, 0), (1, 5, 3, 0), "Down from 2: at least 4 people chose another level."),
        ((1, 5, 3, 0), (2, 4, 3, 0), "Same level as last round."),
        ((3, 2, 4, 0), (4, 1, 4, 0), "Same level as last round."),
        ((4, 5, 0, 0), (5, 4, 0, 0), "Was 1 last round; 1 answer can make that difference."),
        ((0, 9, 0, 0), (9, 0, 0, 0), "Up from 1: at least 5 people chose another level."),
    ],
)
def test_change_is_said_in_an_honest_sentence(now: tuple[int, ...], before: tuple[int, ...], said: str) -> None:
    assert one(Tally(now), before=Tally(before))[1].endswith(f" {said}")


def test_beside_a_round_that_printed_no_level_nothing_is_said_of_change() -> None:
    assert one(Tally((1, 5, 3, 0)), before=Tally((4, 0, 0, 5))) == one(Tally((1, 5, 3, 0)))


def test_with_mostly_other_people_it_says_so() -> None:
    assert one(Tally((1, 5, 3, 0)), before=Tally((5, 3, 1, 0)), in_either=14)[1].endswith(
        "Was 1 last round, when mostly other people answered."
    )


def test_with_other_wording_nothing_is_compared_which_is_said_once() -> None:
    tallies = {"A": Tally((1, 5, 3, 0))}
    card = a_card(tallies, before=LAST, model_before=replace(load(), version="f" * 16))
    assert details(card)["blocks"][0]["text"]["text"].endswith("the last round: the wording changed.")
    assert lines(card, "A")[1] == one(Tally((1, 5, 3, 0)))[1]


def test_names_are_shown_in_a_named_round() -> None:
    names = {"A": {1: ["Ana <!here>"], 3: ["Bo", "Cy", "Di"], None: ["Ed"]}}
    card = a_card({"A": Tally((1, 0, 3, 0), 1)}, confidential=False, names=names)
    assert lines(card, "A")[2] == "Level 1: Ana &lt;!here&gt;; level 3: Bo, Cy and Di; can't say: Ed."


def test_names_that_have_no_room_are_counted() -> None:
    names = {key: {2: [f"Somebody with a long name, number {n}" for n in range(90)]} for key in "ABCDE"}
    tallies = {key: Tally((0, 90, 0, 0)) for key in "ABCDE"}
    drawn = details(a_card(tallies, asked=90, confidential=False, names=names))
    assert check_view(drawn) is None
    assert "Somebody with a long name, number 0, " in page(drawn)
    assert " and 40 more." in page(drawn)


def test_notes_stand_under_their_dimension_without_names_or_order() -> None:
    said = page(details(a_card(notes={"A": ["We ask\nresidents", "See <https://x.example|here>"]})))
    assert (
        "Mostly agree.\nNotes on A. Engage society:\n• We ask residents\n• See &lt;https://x.example|here&gt;\n"
        "*B. Lead collaboratively*"
    ) in said
    assert "Notes are shown without names, in random order." in said


def test_in_a_named_round_notes_have_names_so_nothing_is_said_of_order() -> None:
    names = {"A": {1: ["Ana"]}}
    card = a_card({"A": Tally((1, 0, 0, 0))}, confidential=False, names=names, notes={"A": ["Ana: We ask"]})
    assert "random order" not in page(details(card))


def test_what_the_words_are_worth_is_said() -> None:
    said = page(details(a_card()))
    assert "where one ends and the next begins is our choice" in said
    assert "“Firm” means" not in said
    assert "“Firm” means the missing answers couldn't change the level." in page(details(a_card(asked=10, took_part=9)))


def test_the_next_levels_paragraph_is_shown_where_none_describes_the_team() -> None:
    heading = "*What the next level looks like (City of Austin). Not a description of this team.*\n>Level 2 involves"
    assert heading in page(details(a_card()))
    alike = dict.fromkeys("ABCDE", Tally((0, 5, 4, 0)))
    assert "next level" not in page(details(a_card(alike)))
    split = dict.fromkeys("ABCDE", Tally((4, 0, 0, 4)))
    assert "next level" not in page(details(a_card(split)))


def test_notes_that_have_no_room_are_counted() -> None:
    notes = {key: [f"{number} " + "漢" * 495 for number in range(300)] for key in "ABCDE"}
    drawn = details(a_card(notes=notes))
    assert check_view(drawn) is None
    assert "\n• 0 漢" in page(drawn)
    assert "more notes have no room here." in page(drawn)
