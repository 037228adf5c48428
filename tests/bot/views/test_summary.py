"""A closed round's summary: what it prints and what it leaves out."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.slack.ids import Do
from bot.summary.follow_up_views import FollowUp
from bot.summary.views import ShownPicture, SummaryCard, no_summary_yet, round_name, summary
from rubric import Tally, load
from storage.kinds import ActionState
from tests.bot.views.reading import buttons, page
from tests.bot.views.values import CLOSES, LAST, NEXT, TEAM, TODAY, ZONE, a_card, an_item
from tests.rubric.models import model


def short(card: SummaryCard) -> str:
    """What stands in the line of dimension A, after its name."""
    texts = "\n".join(str(block["text"]["text"]) for block in summary(card).blocks if block["type"] == "section")
    return next(line for line in texts.split("\n") if line.startswith("*A. ")).removeprefix("*A. Engage society*: ")


def headline(tallies: Mapping[str, Tally], **more: Any) -> str:
    """The words that a summary opens with."""
    return str(summary(a_card(tallies, **more)).blocks[1]["text"]["text"]).strip("*")


def test_the_title_names_the_team_the_round_and_the_month() -> None:
    drawn = summary(a_card())
    assert drawn.blocks[0]["text"]["text"] == "Permits online: round 6, October 2026"
    assert drawn.blocks[2]["elements"][0]["text"].startswith("9 of 9 answered.")
    assert round_name(6, date(2026, 10, 9)) == "Round 6, October 2026"


def test_notifications_and_screen_readers_get_the_profile_in_words() -> None:
    assert summary(a_card()).text == (
        "Capability is split. Two of five dimensions are at level 2, one at level 1 and one at level 3. "
        "Maturity profile of Permits online. A Engage society: level 2."
    )


def test_a_first_round_says_nothing_of_change() -> None:
    said = page(summary(a_card()))
    assert not [word for word in ("As before", "Up from", "comparison") if word in said]


def test_none_is_never_printed() -> None:
    for card in (a_card(), a_card(before=LAST), a_card({}, asked=3), a_card(confidential=False)):
        assert "None" not in page(summary(card))


def test_what_to_work_on_is_one_action_for_each_of_two_dimensions() -> None:
    said = page(summary(a_card()))
    assert (
        "*To reach level 2 in C. Work across disciplines, systems*\n"
        "Invite one person from another discipline (design, data, legal, front line) to your weekly meeting.\nAdopt\n"
    ) in said
    assert said.count("\nAdopt") == 2


def test_at_the_highest_level_the_actions_are_to_stay_there() -> None:
    said = page(summary(a_card({key: Tally((0, 0, 3, 6)) for key in "ABCDE"})))
    assert "*To stay at level 4 in A. Engage society*" in said


PASSED_OVER = "E. Capability follows from the other dimensions, so work on those first."


def test_an_outcome_that_was_passed_over_is_explained() -> None:
    tallies = {key: Tally((5, 4, 0, 0)) for key in "ABCD"} | {"E": Tally((9, 0, 0, 0))}
    assert "work on those first" not in page(summary(a_card(tallies)))
    tallies |= {"B": Tally((0, 5, 4, 0)), "C": Tally((0, 5, 4, 0)), "D": Tally((0, 5, 4, 0))}
    assert PASSED_OVER in page(summary(a_card(tallies)))


def test_an_outcome_that_was_passed_over_at_the_highest_level_is_not_called_low() -> None:
    """Alike at the top it would come before the others, about which views differ."""
    tallies = {key: Tally((0, 2, 1, 4)) for key in "ABCD"} | {"E": Tally((0, 0, 3, 4))}
    said = page(summary(a_card(tallies)))
    assert "*To stay at level 4 in A. Engage society*" in said
    assert PASSED_OVER in said
    assert "is low" not in said


HIDDEN = "Some counts are hidden, so that nobody's answer can be worked out."
ALIKE = dict.fromkeys("ABCDE", Tally((0, 5, 4, 0)))
FEW, SPLIT = Tally((1, 1, 1, 0)), Tally((4, 0, 0, 4))


LOW, HIGH = Tally((5, 4, 0, 0)), Tally((0, 0, 5, 4))


@pytest.mark.parametrize(
    ("others", "said"),
    [
        ({}, "All five dimensions are at level 2."),
        ({"C": LOW}, "Four of five dimensions are at level 2 (C is at 1)."),
        ({"C": LOW, "E": SPLIT}, "Capability is split. Three of five dimensions are at level 2 and one at level 1."),
        ({"B": LOW, "C": LOW, "E": FEW}, "Two of five dimensions are at level 1 and two at level 2."),
        ({"B": LOW, "C": FEW, "D": FEW, "E": FEW}, "One dimension is at level 1 and one at level 2."),
        (dict.fromkeys("BCDE", FEW), "Engage society is at level 2."),
        ({"A": SPLIT, "E": SPLIT}, "Engage society and Capability are split. Three of five dimensions are at level 2."),
        (dict.fromkeys("ABCDE", SPLIT), "All five dimensions are split."),
    ],
)
def test_a_summary_opens_with_what_is_split_and_where_the_team_stands(others: dict[str, Tally], said: str) -> None:
    assert headline(ALIKE | others) == said


FOUR = Tally((0, 0, 0, 2, 2))
"""Printed as "4 or above"."""


def at_levels(*levels: int, highest: int) -> list[Tally]:
    """Five answers each, all at that level."""
    return [Tally(tuple(5 * (level == each) for each in range(1, highest + 1))) for level in levels]


@pytest.mark.parametrize(
    ("highest", "tallies", "said"),
    [
        (3, at_levels(1, 2, 3, highest=3), "One dimension is at level 1, one at level 2 and one at level 3."),
        (3, at_levels(3, 1, 3, highest=3), "Two of three dimensions are at level 3 and one at level 1."),
        (3, [Tally((0, 2, 2))] * 3, "All three dimensions are at level 2 or above."),
        (3, at_levels(3, 3, 3, highest=3), "All three dimensions are at level 3."),
        (
            5,
            [*at_levels(4, 5, highest=5), FOUR],
            "One dimension is at level 4, one at level 4 or above and one at level 5.",
        ),
        (
            5,
            [*at_levels(4, 4, 2, highest=5), FOUR],
            "Two of four dimensions are at level 4, one at level 2 and one at level 4 or above.",
        ),
        (
            5,
            at_levels(5, 5, 5, 5, 1, 1, 3, 3, highest=5),
            "Four of eight dimensions are at level 5, two at level 1 and two at level 3.",
        ),
    ],
)
def test_it_counts_the_dimensions_of_models_of_any_size(highest: int, tallies: list[Tally], said: str) -> None:
    keys = "ABCDEFGH"[: len(tallies)]
    own = model(levels=highest, dimensions=keys)
    assert headline(dict(zip(keys, tallies, strict=True)), model=own) == said


def test_changes_come_first_and_only_those_that_are_changes() -> None:
    before = ALIKE | {"A": LOW, "B": HIGH, "C": Tally((0, 4, 5, 0))}
    assert headline(ALIKE, before=before).startswith(
        "Engage society is up from 1 to 2. Lead collaboratively is down from 3 to 2. All five dimensions"
    )
    every = headline(ALIKE, before=dict.fromkeys("ABCDE", LOW))
    assert every.count(" is up from 1 to 2.") == 3
    assert " 2 more changed. All five" in every


def test_four_answers_at_the_top_are_a_level_or_above() -> None:
    four = dict.fromkeys("ABCDE", Tally((0, 0, 1, 3)))
    assert headline(four, asked=4) == "All five dimensions are at level 3 or above."


def test_the_paragraph_of_a_level_is_quoted_only_where_it_describes_the_team() -> None:
    quoted = "City of Austin on level 2: “Level 2 involves cross-disciplinary"
    assert quoted in page(summary(a_card(ALIKE)))
    assert quoted in page(summary(a_card(ALIKE | {"C": LOW})))
    for others in ({"C": LOW, "D": LOW}, {"E": SPLIT}, {"E": FEW}):
        assert "City of Austin" not in page(summary(a_card(ALIKE | others)))


def test_what_is_uncertain_stands_under_the_headline() -> None:
    said = page(
        summary(
            a_card(
                {"A": Tally((0, 3, 5, 0)), "B": Tally((0, 4, 0, 0)), "C": Tally((1, 5, 3, 0))}, asked=10, took_part=9
            )
        )
    )
    assert (
        "\n9 of 10 answered. Too few answered to show Tech and data, and Capability. "
        "If everyone had answered, Engage society could be 2 to 3. "
        "Where only four answered, less is shown.\n"
    ) in said


@pytest.mark.parametrize(
    ("tallies", "took_part", "said"),
    [
        (dict.fromkeys("ABCDE", Tally((0, 3, 1, 0))), 4, "Only four people answered, so less is shown."),
        ({"A": Tally((0, 3, 1, 0)), "B": Tally((1, 0, 2, 1))}, 4, "Only four people answered, so less is shown."),
        (dict.fromkeys("ABCDE", Tally((0, 3, 1, 0), 2)), 6, "Where only four answered, less is shown."),
        (ALIKE | {"A": Tally((0, 3, 1, 0))}, 9, "Where only four answered, less is shown."),
        (ALIKE | {"A": Tally((0, 9, 0, 0))}, 9, HIDDEN),
        (ALIKE | {"A": Tally((0, 9, 0, 0)), "B": Tally((0, 3, 1, 0))}, 9, HIDDEN),
        (dict.fromkeys("ABCDE", Tally((0, 9, 0, 0))), 9, HIDDEN),
        (ALIKE, 9, None),
    ],
)
def test_where_a_row_tells_less_one_line_says_so(tallies: dict[str, Tally], took_part: int, said: str | None) -> None:
    drawn = str(summary(a_card(tallies, asked=9, took_part=took_part)).blocks[2]["elements"][0]["text"])
    lines = [line for line in ("less is shown", "hidden") if line in drawn]
    assert len(lines) == (said is not None)
    assert said is None or drawn.endswith(f" {said}")


def test_what_could_be_alike_is_said_together() -> None:
    said = page(
        summary(
            a_card(
                {"A": Tally((0, 3, 5, 0)), "B": Tally((0, 3, 5, 0)), "C": Tally((0, 5, 3, 0))}, asked=10, took_part=8
            )
        )
    )
    assert " If everyone had answered, Engage society and Lead collaboratively could be 2 to 3.\n" in said


def test_where_no_level_moved_it_says_so_and_where_that_is_open_it_says_that() -> None:
    assert "No level is up or down since the last round." in page(summary(a_card(LAST, before=LAST)))
    assert "since the last round" not in page(summary(a_card(LAST)))
    one_more = {"A": Tally((0, 4, 5, 0))}, {"A": Tally((0, 5, 4, 0))}
    assert "Whether Engage society moved since the last round can't be said." in page(
        summary(a_card(one_more[0], before=one_more[1]))
    )
    moved = page(summary(a_card({"A": Tally((0, 0, 9, 0))}, before={"A": Tally((0, 9, 0, 0))})))
    assert "is up from 2 to 3" in moved
    assert "since the last round" not in moved


def test_that_the_wording_changed_is_said_once() -> None:
    said = page(summary(a_card(ALIKE, before=LAST, model_before=replace(load(), version="f" * 16))))
    assert "\n9 of 9 answered. No comparison with the last round: the wording changed.\n" in said
    assert said.lower().count("comparison") == 1


def test_where_mostly_other_people_answered_each_dimension_says_so() -> None:
    said = page(summary(a_card(ALIKE, before=LAST, in_either=14)))
    assert said.count("last round, when mostly other people answered") == 5
    assert " is up from" not in said


def test_too_few_answers_everywhere_leave_nothing_to_work_on() -> None:
    said = page(summary(a_card({}, asked=3, took_part=3)))
    assert said == (
        "Permits online: round 6, October 2026\n"
        "3 of 3 answered.\n"
        "Too few answered, so there is nothing to show: a question needs 4 answers. The answers are deleted. "
        "A manager or an admin starts the next round with `/maturity start`."
    )


def test_a_summary_that_shows_nothing_has_no_picture_and_no_details_to_tap() -> None:
    drawn = summary(a_card({}, asked=3, picture=ShownPicture("F1", "The profile in words.")), share_value="12")
    assert not [block for block in drawn.blocks if block["type"] == "image"]
    assert list(buttons(drawn)) == ["Share with the channel"]
    assert drawn.text.startswith("Permits online: round 6, October 2026. 3 of 3 answered. Too few answered, so")


def test_a_summary_that_shows_nothing_says_how_many_it_takes_and_what_comes_next() -> None:
    said = page(summary(a_card({}, asked=6, minimum=7, next_round_at=CLOSES, time_zone=ZONE)))
    assert "a question needs 7 answers" in said
    assert "The next round opens <!date^1791554400^" in said
    opened = a_card({}, asked=3, open_until=CLOSES, next_round_at=NEXT[0])
    assert "The next round is open; it closes <!date^1791554400^" in page(summary(opened))


def test_a_summary_that_shows_nothing_still_opens_with_the_action_items() -> None:
    said = page(summary(a_card({}, asked=3, follow_ups=[FollowUp(an_item(due_on=TODAY), None, None)])))
    assert said.index("*<@U1>, due today*: ") < said.index("Too few answered, so there is nothing to show")


def test_a_round_that_nobody_answered_is_not_called_one_of_too_few() -> None:
    said = page(summary(a_card({}, asked=3, took_part=0)))
    assert "0 of 3 answered.\nNobody answered, so there is nothing to show." in said


@pytest.mark.parametrize(("is_for_some", "ends"), [(False, ". The answers are deleted."), (True, " everyone.")])
def test_a_round_that_enough_answered_is_not_called_one_of_too_few(ends: str, *, is_for_some: bool) -> None:
    said = page(summary(a_card({}, asked=5, is_for_some=is_for_some)))
    assert "Too few" not in said
    assert (
        "No question got the 4 answers it needs (“can't say” doesn't count), so there is nothing to show" + ends
    ) in said


def test_a_named_round_in_which_all_said_that_they_cant_say_keeps_its_details() -> None:
    named = a_card({}, asked=3, confidential=False, names={"A": {None: ["Ana"]}})
    drawn = summary(named)
    assert "Nobody chose a level, so there is nothing to show." in page(drawn)
    assert "deleted" not in page(drawn)
    assert "Details" in buttons(drawn)


def test_the_picture_is_a_file_of_slacks_with_its_words() -> None:
    image = summary(a_card(picture=ShownPicture("F1", "The profile in words."))).blocks[3]
    assert image == {"type": "image", "slack_file": {"id": "F1"}, "alt_text": "The profile in words."}
    assert not [block for block in summary(a_card()).blocks if block["type"] == "image"]


def test_only_who_may_share_gets_the_button() -> None:
    offered = buttons(summary(a_card(), share_value="12"))
    assert (offered["Share with the channel"]["action_id"], offered["Share with the channel"]["value"]) == (
        Do.SHARE,
        "12",
    )
    assert "Share with the channel" not in buttons(summary(a_card()))


def test_a_shared_summary_says_who_shared_it() -> None:
    assert " Shared by <@U1>.\n" in page(summary(a_card(), shared_by="U1"))


def test_a_team_without_a_summary_is_told_when_one_comes() -> None:
    assert page(no_summary_yet(TEAM, time_zone=ZONE, closes_at=CLOSES)).startswith(
        "*Permits online* has no summary yet. The first follows the round that is open; it closes <!date^1791554400^"
    )
    planned = page(no_summary_yet(TEAM, time_zone=ZONE, next_round_at=CLOSES))
    assert "The first follows the round that opens <!date^1791554400^" in planned
    assert page(no_summary_yet(TEAM, time_zone=ZONE)).endswith(
        "A manager or an admin starts a round with `/maturity start`."
    )


@pytest.mark.parametrize(
    ("tally", "asked", "said"),
    [
        (Tally((1, 5, 3, 0)), 9, "level 2 · 1 person at level 1, 5 at level 2, 3 at level 3 · mostly agree"),
        (Tally((0, 2, 2, 1)), 5, "level 3 · 2 people at level 2, 2 at level 3, 1 at level 4 · views differ"),
        (
            Tally((0, 3, 5, 0), 1),
            11,
            (
                "level 3 · 3 people at level 2, 5 at level 3 · mostly agree · could be 2 to 3: 2 people have not "
                "answered · 8 of 11 answered · 1 can't say"
            ),
        ),
        (
            Tally((0, 7, 3, 0)),
            11,
            "level 2 · 7 people at level 2, 3 at level 3 · mostly agree · firm · 10 of 11 answered",
        ),
        (Tally((4, 2, 0, 0)), 9, "level 1 · at least 4 of 6 at level 1 · 6 of 9 answered"),
        (Tally((4, 0, 0, 4)), 8, "split, 1 to 4 · 4 people at level 1, 4 at level 4"),
        (Tally((0, 3, 1, 0)), 4, "level 2 · 4 answers: less is told"),
        (Tally((1, 0, 3, 0)), 4, "split, 1 to 3 · 4 answers: less is told"),
    ],
)
def test_without_the_picture_a_dimension_is_a_line(tally: Tally, asked: int, said: str) -> None:
    assert short(a_card({"A": tally}, asked=asked, took_part=asked)) == said


def test_with_the_picture_the_lines_are_left_to_it() -> None:
    card = a_card(ALIKE)
    assert "*A. Engage society*: level 2" in page(summary(card))
    assert "*A. Engage society*: level 2" not in page(summary(replace(card, picture=ShownPicture("F1", "In words."))))


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        ((1, 5, 3, 0), (5, 3, 1, 0), "up from 1: at least 4 people chose another level"),
        ((5, 3, 1, 0), (1, 5, 3, 0), "down from 2: at least 4 people chose another level"),
        ((1, 5, 3, 0), (2, 4, 3, 0), "same level as last round"),
        ((4, 5, 0, 0), (5, 4, 0, 0), "was 1 last round; 1 answer can make that difference"),
    ],
)
def test_change_is_said_in_a_few_honest_words(now: tuple[int, ...], before: tuple[int, ...], said: str) -> None:
    assert short(a_card({"A": Tally(now)}, before={"A": Tally(before)})).endswith(f" · {said}")


@pytest.mark.parametrize("picture", [None, ShownPicture("F1", "The profile in words.")])
def test_with_all_that_there_can_be_it_has_twelve_blocks_at_most(picture: ShownPicture | None) -> None:
    tallies = {"A": LOW, "B": HIGH, "C": SPLIT, "D": SPLIT, "E": Tally((0, 5, 4, 0))}
    late = [FollowUp(an_item(due_on=date(2026, 10, 1)), None, None) for _each in range(9)]
    card = a_card(tallies, follow_ups=late, picture=picture, picture_follows=picture is None, is_for_some=True)
    assert len(summary(card, share_value="12", shared_by="U1").blocks) <= 11, "the only team's has one more"


def test_every_section_is_shown_whole() -> None:
    sections = [block for block in summary(a_card()).blocks if block["type"] == "section"]
    assert sections
    assert all(block["expand"] is True for block in sections)


def test_beside_a_round_that_printed_no_level_nothing_is_said_of_change() -> None:
    assert "comparison" not in page(summary(a_card({"A": Tally((1, 5, 3, 0))}, before={"A": SPLIT})))


def test_more_is_a_tap_away() -> None:
    late = [FollowUp(an_item(), None, None)] * 2
    offered = buttons(summary(a_card(notes={"A": ["One", "Two"]}, follow_ups=late)))
    assert {label: (each["action_id"], each["value"]) for label, each in offered.items() if label != "Adopt"} == {
        "Details and notes (2)": (Do.DETAILS, "12"),
        "More ideas": (Do.MORE_IDEAS, "12"),
        "Action items (2)": (Do.FOLLOW_UPS, "12"),
    }
    assert "Details" in buttons(summary(a_card()))
    assert "More ideas" not in buttons(summary(a_card(dict.fromkeys("ABCDE", SPLIT))))


def test_each_suggested_action_has_a_button_that_names_it_and_its_round() -> None:
    adopting = [block["accessory"] for block in summary(a_card()).blocks if "accessory" in block]
    assert {each["action_id"] for each in adopting} == {Do.ADOPT}
    assert [each["value"] for each in adopting] == ["12:C1.1", "12:A2.1"]


def test_notes_and_names_are_not_in_the_way() -> None:
    said = page(summary(a_card(notes={"A": ["We ask residents"]})))
    assert "We ask residents" not in said


def test_an_action_that_the_team_has_taken_on_says_whose_it_is() -> None:
    text = load()["C"].actions[1][0].text
    drawn = summary(a_card(taken_on={"C1.1": an_item(text=text)}))
    offered = [block["accessory"]["value"] for block in drawn.blocks if "accessory" in block]
    assert offered == ["12:A2.1"]
    assert f"{text}\n*Adopted*: <@U1>, due 3 November 2026\n" in page(drawn)


def test_where_the_first_suggestion_was_done_or_dropped_the_next_one_stands_in_its_place() -> None:
    taken_on = {"C1.1": an_item(state=ActionState.DONE), "C1.2": an_item(state=ActionState.DROPPED)}
    drawn = summary(a_card(taken_on=taken_on))
    assert [block["accessory"]["value"] for block in drawn.blocks if "accessory" in block] == ["12:C1.3", "12:A2.1"]


def test_an_action_that_was_adopted_in_other_words_is_recognised_by_them() -> None:
    said = page(summary(a_card(taken_on={"C1.1": an_item(text="Legal joins us\non Mondays <!here>")})))
    assert (
        "Invite one person from another discipline (design, data, legal, front line) to your weekly meeting.\n"
        "*Adopted*: “Legal joins us on Mondays &lt;!here&gt;” · <@U1>, due 3 November 2026\n"
    ) in said
    long = page(summary(a_card(taken_on={"C1.1": an_item(text="Long " * 60)})))
    assert f"\n*Adopted*: “{'Long ' * 20}".rstrip() + "…”" in long
