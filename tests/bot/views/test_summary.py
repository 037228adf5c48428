"""A closed round's summary: what it prints and what it leaves out."""

from datetime import date

import pytest

from bot.slack.ids import Do
from bot.summary.follow_up_views import FollowUp
from bot.summary.views import Picture, SummaryCard, no_summary_yet, round_name, summary
from rubric import Tally, load
from storage.kinds import ActionState
from tests.bot.views.reading import buttons, page
from tests.bot.views.values import CLOSES, LAST, NEXT, TEAM, ZONE, a_card, an_item


def short(card: SummaryCard) -> str:
    """What stands in the line under dimension A."""
    texts = (str(block["text"]["text"]) for block in summary(card).blocks if block["type"] == "section")
    return next(text for text in texts if text.startswith("*A. ")).split("\n")[1]


def test_the_title_names_the_team_the_round_and_the_month() -> None:
    drawn = summary(a_card())
    assert drawn.blocks[0]["text"]["text"] == "Permits online: round 6, October 2026"
    assert drawn.blocks[1]["elements"][0]["text"] == "9 of 9 answered."
    assert round_name(6, date(2026, 10, 9)) == "Round 6, October 2026"


def test_notifications_and_screen_readers_get_the_profile_in_words() -> None:
    assert summary(a_card()).text == "Maturity profile of Permits online. A Engage society: level 2."


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
        "Invite one person from another discipline (design, data, legal, front line) to your weekly meeting.\n"
        "Small effort · Source: GDS Service Standard 6 (multidisciplinary team)\nAdopt\n"
    ) in said
    assert "Medium effort · Source: US Digital Services Playbook, Play 2" in said
    assert said.count("\nAdopt") == 6


def test_at_the_highest_level_the_actions_are_to_stay_there() -> None:
    said = page(summary(a_card({key: Tally((0, 0, 3, 6)) for key in "ABCDE"})))
    assert "*A. Engage society*: to stay at level 4, Inclusive partnerships/relationships" in said


def test_an_outcome_that_was_passed_over_is_explained() -> None:
    tallies = {key: Tally((0, 5, 4, 0)) for key in "ABCD"} | {"E": Tally((5, 4, 0, 0))}
    assert (
        "E. Capability stands at the lowest level, but it follows from the other dimensions: work on those first."
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


ALIKE = dict.fromkeys("ABCDE", Tally((0, 5, 4, 0)))
FEW, SPLIT = Tally((1, 1, 1, 0)), Tally((4, 0, 0, 4))


@pytest.mark.parametrize(
    ("others", "why"),
    [
        ({"E": SPLIT}, "it is split on E."),
        ({"A": SPLIT, "C": SPLIT, "E": SPLIT}, "it is split on A, C and E."),
        ({"A": FEW}, "too few answered A."),
        ({"A": FEW, "B": FEW, "D": SPLIT}, "it is split on D, and too few answered A and B."),
    ],
)
def test_where_the_whole_team_has_no_level_the_reason_is_the_one_that_holds(others: dict[str, Tally], why: str) -> None:
    said = page(summary(a_card(ALIKE | others)))
    assert f"\nNo level for the team as a whole: {why}\n" in said
    assert "stands on" not in said


def test_why_a_round_is_compared_with_none_is_said_once() -> None:
    said = page(summary(a_card(ALIKE, before=LAST, newcomers=5)))
    assert "\n9 of 9 answered. No comparison with the last round: half the team is new.\n" in said
    assert said.lower().count("comparison") == 1


def test_too_few_answers_everywhere_leave_nothing_to_work_on() -> None:
    said = page(summary(a_card({}, asked=3, took_part=3)))
    assert said == (
        "Permits online: round 6, October 2026\n"
        "3 of 3 answered.\n"
        "Too few answered, so there is nothing to show: it takes 4 answers to a question. "
        "What was answered is erased and shown nowhere. "
        "A manager or an admin starts the next round with `/maturity start`."
    )


def test_a_summary_that_shows_nothing_has_no_picture_and_no_details_to_tap() -> None:
    drawn = summary(a_card({}, asked=3, picture=Picture("F1", "The profile in words.")), share_value="12")
    assert not [block for block in drawn.blocks if block["type"] == "image"]
    assert list(buttons(drawn)) == ["Share with the channel"]
    assert drawn.text.startswith("Permits online: round 6, October 2026. 3 of 3 answered. Too few answered, so")


def test_a_summary_that_shows_nothing_says_how_many_it_takes_and_what_comes_next() -> None:
    said = page(summary(a_card({}, asked=6, minimum=7, next_round_at=CLOSES, time_zone=ZONE)))
    assert "it takes 7 answers to a question" in said
    assert "The next round opens <!date^1791554400^" in said
    opened = a_card({}, asked=3, open_until=CLOSES, next_round_at=NEXT[0])
    assert "The next round is open; it closes <!date^1791554400^" in page(summary(opened))


def test_a_summary_that_shows_nothing_still_opens_with_the_action_items() -> None:
    said = page(summary(a_card({}, asked=3, follow_ups=[FollowUp(an_item(), None, None)])))
    assert said.index("*Open action items*") < said.index("Too few answered, so there is nothing to show")


def test_a_round_that_nobody_answered_is_not_called_one_of_too_few() -> None:
    said = page(summary(a_card({}, asked=3, took_part=0)))
    assert "0 of 3 answered.\nNobody answered, so there is nothing to show." in said


def test_a_named_round_in_which_all_said_that_they_cant_say_keeps_its_details() -> None:
    named = a_card({}, asked=3, confidential=False, names={"A": {None: ["Ana"]}})
    drawn = summary(named)
    assert "Nobody chose a level, so there is nothing to show." in page(drawn)
    assert "erased" not in page(drawn)
    assert "Details" in buttons(drawn)


def test_the_picture_is_a_file_of_slacks_with_its_words() -> None:
    image = summary(a_card(picture=Picture("F1", "The profile in words."))).blocks[2]
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
    assert "9 of 9 answered. Shared by <@U1>." in page(summary(a_card(), shared_by="U1"))


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
        (Tally((1, 5, 3, 0)), 9, "1, 5, 3, 0 at levels 1 to 4 · answers aligned"),
        (Tally((0, 2, 2, 1)), 5, "0, 2, 2, 1 at levels 1 to 4 · answers mixed"),
        (
            Tally((0, 3, 5, 0), 1),
            11,
            "0, 3, 5, 0 at levels 1 to 4 · answers aligned · could be 2 to 3, had all answered · 8 of 11 answered",
        ),
        (Tally((1, 5, 3, 0)), 10, "1, 5, 3, 0 at levels 1 to 4 · answers aligned · firm · 9 of 10 answered"),
        (Tally((4, 2, 0, 0)), 9, "at least 4 of 6 chose this level · 6 of 9 answered"),
        (Tally((4, 0, 0, 4)), 8, "4, 0, 0, 4 at levels 1 to 4"),
    ],
)
def test_a_dimension_is_its_level_and_a_few_words(tally: Tally, asked: int, said: str) -> None:
    assert short(a_card({"A": tally}, asked=asked, took_part=asked)) == said


def test_what_firm_means_is_said_once_where_a_level_is_called_so() -> None:
    meaning = "A firm level would be the same whatever the others had said."
    everyone, most = a_card({"A": Tally((1, 5, 3, 0))}, asked=9), a_card({"A": Tally((1, 5, 3, 0))}, asked=10)
    assert page(summary(most)).count(meaning) == 1
    assert meaning not in page(summary(everyone))


def test_four_answers_have_no_second_line_and_where_there_are_three_one_line_names_them() -> None:
    said = page(summary(a_card({"A": Tally((0, 3, 1, 0)), "B": Tally((0, 2, 1, 0), 1)}, asked=4)))
    assert (
        "*A. Engage society*: level 2, 2-way engagement, receive input\n"
        "Too few answered to show B. Lead collaboratively, C. Work across disciplines, systems, D. Tech and data "
        "and E. Capability.\n"
    ) in said
    assert "too few answers\n" not in said


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        ((1, 5, 3, 0), (5, 3, 1, 0), "up from 1"),
        ((5, 3, 1, 0), (1, 5, 3, 0), "down from 2"),
        ((1, 5, 3, 0), (2, 4, 3, 0), "as before"),
        ((4, 5, 0, 0), (5, 4, 0, 0), "was 1: within one answer"),
    ],
)
def test_change_is_said_in_a_few_honest_words(now: tuple[int, ...], before: tuple[int, ...], said: str) -> None:
    assert short(a_card({"A": Tally(now)}, before={"A": Tally(before)})).endswith(f" · {said}")


def test_beside_a_round_that_printed_no_level_nothing_is_said_of_change() -> None:
    assert "comparison" not in page(summary(a_card({"A": Tally((1, 5, 3, 0))}, before={"A": SPLIT})))


def test_details_are_a_tap_away() -> None:
    offered = buttons(summary(a_card()))
    assert (offered["Details"]["action_id"], offered["Details"]["value"]) == (Do.DETAILS, "12")


def test_each_suggested_action_has_a_button_that_names_it_and_its_round() -> None:
    adopting = [block["accessory"] for block in summary(a_card()).blocks if "accessory" in block]
    assert {each["action_id"] for each in adopting} == {Do.ADOPT}
    assert [each["value"] for each in adopting] == [
        f"12:{key}" for key in ("C1.1", "C1.2", "C1.3", "A2.1", "A2.2", "A2.3")
    ]


def test_notes_and_names_are_not_in_the_way() -> None:
    said = page(summary(a_card(notes={"A": ["We ask residents"]})))
    assert "We ask residents" not in said


def test_an_action_that_the_team_has_taken_on_says_whose_it_is_and_one_that_was_dropped_is_offered() -> None:
    texts = {action.key: action.text for action in load()["C"].actions[1]}
    taken_on = {
        "C1.1": an_item(text=texts["C1.1"]),
        "C1.2": an_item(text=texts["C1.2"], state=ActionState.DONE),
        "C1.3": an_item(text=texts["C1.3"], state=ActionState.DROPPED),
    }
    drawn = summary(a_card(taken_on=taken_on))
    offered = [block["accessory"]["value"] for block in drawn.blocks if "accessory" in block]
    assert offered == ["12:C1.3", "12:A2.1", "12:A2.2", "12:A2.3"]
    assert "(multidisciplinary team)\n*Adopted*: <@U1>, due 3 November 2026\n" in page(drawn)
    assert "Play 2\n*Done*\n" in page(drawn)


def test_an_action_that_was_adopted_in_other_words_is_recognised_by_them() -> None:
    taken_on = {
        "C1.1": an_item(text="Legal joins us\non Mondays <!here>"),
        "C1.2": an_item(text="Long " * 60, state=ActionState.DONE),
    }
    said = page(summary(a_card(taken_on=taken_on)))
    assert (
        "Invite one person from another discipline (design, data, legal, front line) to your weekly meeting.\n"
        "Small effort · Source: GDS Service Standard 6 (multidisciplinary team)\n"
        "*Adopted*: “Legal joins us on Mondays &lt;!here&gt;” · <@U1>, due 3 November 2026\n"
    ) in said
    assert f"\n*Done*: “{'Long ' * 20}".rstrip() + "…”\n" in said
