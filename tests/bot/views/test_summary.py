"""A closed round's summary: what it prints, what it leaves out, and that it always fits."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.ids import Do
from bot.sandbox.block_kit import check_message
from bot.views.message import MOST_BYTES, Message, size
from bot.views.rubric import check_size
from bot.views.summary import Picture, SummaryCard, no_summary_yet, round_name, summary
from rubric import Rubric, Tally, load
from tests.bot.views.reading import buttons, page
from tests.bot.views.samples import CLOSES, TEAM, ZONE, a_card, a_model

LAST = {
    "A": Tally((5, 3, 1, 0)),
    "B": Tally((1, 5, 3, 0)),
    "C": Tally((3, 4, 2, 0)),
    "D": Tally((1, 6, 2, 0)),
    "E": Tally((2, 4, 3, 0)),
}
JUDGMENT = "That a practice fits a step is a judgment, not a tested effect."


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
        "1 at level 1, 5 at level 2, 3 at level 3. Aligned, firm.",
    ]


def test_a_level_that_missing_answers_could_change_says_so() -> None:
    assert one(Tally((0, 3, 5, 0), 1), asked=11)[1] == (
        "3 at level 2, 5 at level 3. Aligned, could be 2 to 3: 2 people have not answered. "
        "8 of 11 answered, 1 can't say."
    )


def test_one_missing_answer_is_one_person() -> None:
    assert "could be 2 to 3: 1 person has not answered" in one(Tally((0, 4, 4, 0)), asked=9)[1]


def test_mixed_answers_are_called_mixed() -> None:
    assert "Mixed, firm." in one(Tally((0, 2, 2, 1)), asked=5)[1]


def test_a_near_unanimous_dimension_prints_at_least_and_no_counts() -> None:
    assert one(Tally((4, 2, 0, 0)), asked=9) == [
        "*A. Engage society*: level 1, 1-way/broadcast information",
        "At least 4 of 6. 6 of 9 answered.",
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
    assert "The team stands on level 2, the lowest of its 5 levels.\n>Level 2 involves cross-disciplinary" in said


def test_a_team_of_four_at_the_top_stands_on_a_level_or_above() -> None:
    said = page(summary(a_card({key: Tally((0, 0, 1, 3)) for key in "ABCDE"}, asked=4)))
    assert "The team stands on level 3 or above, the lowest of its 5 levels." in said


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


def test_names_that_have_no_room_are_counted() -> None:
    names = {key: {2: [f"Somebody with a long name, number {n}" for n in range(90)]} for key in "ABCDE"}
    tallies = {key: Tally((0, 90, 0, 0)) for key in "ABCDE"}
    drawn = summary(a_card(tallies, asked=90, confidential=False, names=names))
    assert size(drawn.blocks) <= MOST_BYTES
    assert "Somebody with a long name, number 0, " in page(drawn)
    assert " and 70 more." in page(drawn)


def test_notes_stand_last_without_names_or_order() -> None:
    said = page(summary(a_card(notes={"A": ["We ask\nresidents", "See <https://x.example|here>"]}), share_value="12"))
    assert said.endswith(
        "Notes\nWithout names, in random order.\n*A. Engage society*\n• We ask residents\n"
        "• See &lt;https://x.example|here&gt;\nShare with the channel"
    )


def test_notes_that_have_no_room_are_shortened_then_counted() -> None:
    notes = {key: [f"{number} " + "so " * 160 for number in range(30)] for key in "ABCDE"}
    drawn = summary(a_card(notes=notes))
    assert size(drawn.blocks) <= MOST_BYTES
    assert "…\n" in page(drawn)
    assert "more notes" in page(drawn)


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


MODELS = tuple(
    model
    for model in (a_model(dimensions=7), a_model(dimensions=8, levels=4), a_model(dimensions=4, letter="漢"))
    if check_size(model) is None
)
TEXTS = st.text(alphabet=st.sampled_from('x& <>*\n"漢🏙'), min_size=1, max_size=500)


@st.composite
def cards(draw: st.DrawFn) -> SummaryCard:
    """Results of the largest models there can be, of up to 60 people with long names and much to say."""
    model: Rubric = draw(st.sampled_from(MODELS))
    asked = draw(st.integers(0, 60))
    tallies, names = {}, {}
    for dimension in model.dimensions:
        places = draw(st.lists(st.integers(0, model.highest), max_size=asked))
        counts = tuple(places.count(level) for level in range(1, model.highest + 1))
        tallies[dimension.key] = Tally(counts, places.count(0))
        names[dimension.key] = {level or None: [draw(TEXTS)] * places.count(level) for level in set(places)}
    named = draw(st.booleans())
    texts = draw(st.lists(TEXTS, max_size=3))
    return a_card(
        tallies,
        model=model,
        asked=asked,
        confidential=not named,
        names=names if named else None,
        notes={dimension.key: texts * draw(st.integers(0, 10)) for dimension in model.dimensions},
        team=draw(TEXTS)[:80],
        alt_text=draw(TEXTS),
        picture=Picture("F1", draw(TEXTS) + "x"),
    )


@given(card=cards(), share=st.booleans())
@settings(max_examples=60, deadline=None)
def test_slack_takes_any_summary(card: SummaryCard, share: bool) -> None:  # noqa: FBT001 - drawn by Hypothesis
    drawn = summary(replace(card, alt_text=card.alt_text + "x"), share_value="12" if share else None)
    assert refused(drawn) is None
    assert size(drawn.blocks) <= MOST_BYTES


def test_the_largest_summary_keeps_its_questions_and_actions() -> None:
    model = a_model(dimensions=8, levels=4)
    tallies = {key: Tally((5, 0, 0, 5)) for key in "ABCDE"} | {key: Tally((5, 5, 0, 0)) for key in "FGH"}
    card = a_card(tallies, model=model, asked=10, team="x" * 80)
    drawn = summary(card)
    assert refused(drawn) is None
    assert page(drawn).count("talk about it. xxx") == 5


def refused(drawn: Message) -> object:
    return check_message(drawn.text, drawn.blocks, None, None)
