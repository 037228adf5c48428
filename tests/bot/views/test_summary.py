"""A closed round's summary: what it prints, what it leaves out, and that it always fits."""

from dataclasses import replace
from datetime import date

import pytest

from bot.ids import Do
from bot.views.summary import Picture, SummaryCard, no_summary_yet, round_name, summary
from rubric import Tally, load
from tests.bot.views.reading import buttons, page
from tests.bot.views.samples import CLOSES, TEAM, ZONE, a_card

LAST = {
    "A": Tally((5, 3, 1, 0)),
    "B": Tally((1, 5, 3, 0)),
    "C": Tally((3, 4, 2, 0)),
    "D": Tally((1, 6, 2, 0)),
    "E": Tally((2, 4, 3, 0)),
}
JUDGMENT = "The lowest levels come first. That a practice fits a step is a judgment, not a tested effect."


def lines(card: SummaryCard, key: str) -> list[str]:
    """What stands under one dimension, its headline first."""
    return next(
        block["text"]["text"].split("\n")
        for block in summary(card).blocks
        if block["type"] == "section" and block["text"]["text"].startswith(f"*{key}. ")
    )


def one(tally: Tally, *, before: Tally | None = None, newcomers: int = 0, asked: int = 9) -> list[str]:
    """What stands under dimension A for this tally."""
    last = None if before is None else {"A": before}
    return lines(a_card({"A": tally}, before=last, newcomers=newcomers, asked=asked), "A")


def test_the_title_names_the_team_the_round_and_the_month() -> None:
    drawn = summary(a_card())
    assert drawn.blocks[0]["text"]["text"] == "Permits online: round 6, October 2026"
    assert drawn.blocks[1]["elements"][0]["text"] == "9 of 9 answered."
    assert round_name(6, date(2026, 10, 9)) == "Round 6, October 2026"


def test_notifications_and_screen_readers_get_the_profile_in_words() -> None:
    assert summary(a_card()).text == "Maturity profile of Permits online. A Engage society: level 2."


def test_a_dimension_is_its_level_in_words_and_how_the_answers_lie() -> None:
    assert one(Tally((1, 5, 3, 0))) == [
        "*A. Engage society*: level 2, 2-way engagement, receive input",
        "1 at level 1, 5 at level 2, 3 at level 3. Aligned.",
    ]


def test_a_level_that_missing_answers_could_change_says_so() -> None:
    assert one(Tally((0, 3, 5, 0), 1), asked=11)[1] == (
        "3 at level 2, 5 at level 3. Aligned, could be 2 to 3: 2 people have not answered. "
        "8 of 11 answered, 1 can't say."
    )


def test_one_missing_answer_is_one_person() -> None:
    assert "could be 2 to 3: 1 person has not answered" in one(Tally((0, 4, 4, 0)), asked=9)[1]


def test_mixed_answers_are_called_mixed() -> None:
    assert "Mixed." in one(Tally((0, 2, 2, 1)), asked=5)[1]


def test_a_near_unanimous_dimension_prints_at_least_and_no_counts() -> None:
    assert one(Tally((4, 2, 0, 0)), asked=9) == [
        "*A. Engage society*: level 1, 1-way/broadcast information",
        "At least 4 of 6 chose this level. 6 of 9 answered.",
    ]


def test_four_answers_print_the_level_alone() -> None:
    assert one(Tally((0, 3, 1, 0)), asked=4) == ["*A. Engage society*: level 2, 2-way engagement, receive input"]


def test_of_four_answers_the_two_highest_levels_are_one() -> None:
    assert one(Tally((0, 0, 1, 3)), asked=4) == [
        "*A. Engage society*: level 3 or above, Close the feedback loop; or Inclusive partnerships/relationships"
    ]


def test_three_answers_print_nothing_but_that() -> None:
    assert one(Tally((0, 2, 1, 0), 1), before=Tally((1, 5, 3, 0))) == ["*A. Engage society*: too few answers"]


def test_a_split_dimension_has_a_range_and_a_question_and_no_level() -> None:
    card = a_card({"A": Tally((4, 0, 0, 4))})
    assert lines(card, "A") == ["*A. Engage society*: split, 1 to 4", "4 at level 1, 4 at level 4. 8 of 9 answered."]
    assert (
        "*A. Engage society*: split, so talk about it. "
        "Where are residents partners in our work today, and where do we only inform them? Name one example of each."
    ) in page(summary(card))


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        ((1, 5, 3, 0), (5, 3, 1, 0), "Up from 1: 4 of 9 moved."),
        ((5, 3, 1, 0), (1, 5, 3, 0), "Down from 2: 4 of 9 moved."),
        ((1, 5, 3, 0), (2, 4, 3, 0), "As before."),
        ((3, 2, 4, 0), (4, 1, 4, 0), "As before."),
        ((4, 5, 0, 0), (5, 4, 0, 0), "Was 1: within one answer."),
        ((0, 9, 0, 0), (9, 0, 0, 0), "Up from 1."),
        ((1, 5, 3, 0), (4, 0, 0, 5), "No comparison with the last round."),
    ],
)
def test_change_is_said_in_an_honest_sentence(now: tuple[int, ...], before: tuple[int, ...], said: str) -> None:
    assert one(Tally(now), before=Tally(before))[1].endswith(f" {said}")


def test_with_half_the_team_new_nothing_is_compared() -> None:
    found = one(Tally((1, 5, 3, 0)), before=Tally((5, 3, 1, 0)), newcomers=5)
    assert found[1].endswith("No comparison: half the team is new.")


def test_with_other_wording_nothing_is_compared() -> None:
    tallies = {"A": Tally((1, 5, 3, 0))}
    card = a_card(tallies, before=LAST, model_before=replace(load(), version="f" * 16))
    assert lines(card, "A")[1].endswith("No comparison: the wording changed.")


def test_a_first_round_says_nothing_of_change() -> None:
    said = page(summary(a_card()))
    assert not [word for word in ("As before", "Up from", "comparison") if word in said]


def test_none_is_never_printed() -> None:
    for card in (a_card(), a_card(before=LAST), a_card({}, asked=3), a_card(confidential=False)):
        assert "None" not in page(summary(card))


def test_what_to_work_on_offers_three_actions_with_effort_and_source() -> None:
    said = page(summary(a_card()))
    assert (
        "*C. Work across disciplines, systems*: towards level 2, Across disciplines or units\n"
        "• Invite one person from another discipline (design, data, legal, front line) to your weekly meeting.\n"
        "    Small effort: within two weeks, no money. Source: GDS Service Standard 6 (multidisciplinary team).\n"
    ) in said
    assert "Medium effort: one to three months, or some money." in said
    assert said.count("•") == 6
    assert said.count(JUDGMENT) == 1


def test_at_the_highest_level_the_actions_are_to_stay_there() -> None:
    said = page(summary(a_card({key: Tally((0, 0, 3, 6)) for key in "ABCDE"})))
    assert "*A. Engage society*: to stay at level 4, Inclusive partnerships/relationships" in said


def test_an_outcome_that_was_passed_over_is_explained() -> None:
    tallies = {key: Tally((0, 5, 4, 0)) for key in "ABCD"} | {"E": Tally((5, 4, 0, 0))}
    assert (
        "E. Capability stands at the lowest level, but it comes of the other dimensions: work on those first. "
        + JUDGMENT
    ) in page(summary(a_card(tallies)))


def test_the_level_of_the_whole_team_comes_with_its_paragraph() -> None:
    said = page(summary(a_card({key: Tally((0, 5, 4, 0)) for key in "ABCDE"})))
    assert (
        "As a whole the team stands on level 2, the lowest of its 5 dimensions.\n>Level 2 involves cross-disciplinary"
        in said
    )


def test_a_team_of_four_at_the_top_stands_on_a_level_or_above() -> None:
    said = page(summary(a_card({key: Tally((0, 0, 1, 3)) for key in "ABCDE"}, asked=4)))
    assert "As a whole the team stands on level 3 or above, the lowest of its 5 dimensions." in said


def test_while_one_dimension_is_split_the_whole_team_has_no_level() -> None:
    said = page(summary(a_card()))
    assert "No level for the team as a whole while a dimension is split or has too few answers." in said
    assert "stands on" not in said


def test_too_few_answers_everywhere_leave_nothing_to_work_on() -> None:
    said = page(summary(a_card({}, asked=3, took_part=3)))
    assert said.count("too few answers") == 6
    assert "What to work on" not in said


def test_the_picture_is_a_file_of_slacks_with_its_words() -> None:
    image = summary(a_card(picture=Picture("F1", "The profile in words."))).blocks[2]
    assert image == {"type": "image", "slack_file": {"id": "F1"}, "alt_text": "The profile in words."}
    assert not [block for block in summary(a_card()).blocks if block["type"] == "image"]


def test_names_are_shown_in_a_named_round() -> None:
    names = {"A": {1: ["Ana <!here>"], 3: ["Bo", "Cy", "Di"], None: ["Ed"]}}
    card = a_card({"A": Tally((1, 0, 3, 0), 1)}, confidential=False, names=names)
    assert lines(card, "A")[2] == "Level 1: Ana &lt;!here&gt;; level 3: Bo, Cy and Di; can't say: Ed."


def test_notes_stand_last_without_names_or_order() -> None:
    said = page(summary(a_card(notes={"A": ["We ask\nresidents", "See <https://x.example|here>"]}), share_value="12"))
    assert said.endswith(
        "Notes\nWithout names, in random order.\n*A. Engage society*\n• We ask residents\n"
        "• See &lt;https://x.example|here&gt;\nShare with the channel"
    )


def test_only_who_may_share_gets_the_button() -> None:
    offered = buttons(summary(a_card(), share_value="12"))
    assert (offered["Share with the channel"]["action_id"], offered["Share with the channel"]["value"]) == (
        Do.SHARE,
        "12",
    )
    assert buttons(summary(a_card())) == {}


def test_a_shared_summary_says_who_shared_it() -> None:
    assert "9 of 9 answered. Shared by <@U1>." in page(summary(a_card(), shared_by="U1"))


def test_a_team_without_a_summary_is_told_when_one_comes() -> None:
    assert page(no_summary_yet(TEAM, time_zone=ZONE, closes_at=CLOSES)).startswith(
        "*Permits online* has no summary yet. The first follows the round that is open; it closes <!date^1791554400^"
    )
    planned = page(no_summary_yet(TEAM, time_zone=ZONE, next_round_at=CLOSES))
    assert "The first follows the round that opens <!date^1791554400^" in planned
    assert page(no_summary_yet(TEAM, time_zone=ZONE)).endswith("Start a round with `/maturity start`.")
