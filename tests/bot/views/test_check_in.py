"""A member's check-in: what it says before, while and after they answer."""

from dataclasses import replace
from typing import Any

import pytest

from bot.check_ins import views as check_in
from bot.sandbox.block_kit import initial_state, stateful
from bot.slack import ids
from bot.slack.blocks import MOST_BYTES, Block, Message, size
from bot.slack.ids import Do, View
from rubric import load
from storage.answers import OwnAnswer
from storage.kinds import Privacy
from tests.bot.views.reading import buttons, page
from tests.bot.views.values import ANSWERED, CLOSES, LINK, TEAM, ZONE, a_check_in, a_model

CLOSES_SAID = "Closes <!date^1791554400^{date_long_pretty} at {time}|Friday 9 October 2026, 09:00 (America/Chicago)>."


def chosen(drawn: Message | Block) -> dict[str, str | None]:
    """What each question shows as chosen, by block id."""
    blocks = drawn.blocks if isinstance(drawn, Message) else drawn["blocks"]
    return {
        block_id: element.get("initial_option", {}).get("value")
        for block_id, element in stateful(blocks)
        if element["action_id"] == Do.ANSWER
    }


def test_a_check_in_says_what_it_is_how_long_it_takes_and_when_it_closes() -> None:
    drawn = check_in.prompt(a_check_in())
    assert drawn.blocks[0]["text"]["text"] == "Check-in: Permits online"
    assert f"5 questions, about a minute. {CLOSES_SAID}" in page(drawn)
    assert drawn.text == f"Check-in of Permits online: 5 questions, about a minute. {CLOSES_SAID}"


def test_a_confidential_check_in_says_that_nobody_sees_the_answers() -> None:
    assert (
        "Nobody sees your answers: not your team, not its managers, not the admins. Your team sees a summary of the "
        "questions that at least 6 people answered. At the close your answers are deleted; that you took part is kept. "
        "More: `/maturity privacy`."
    ) in page(check_in.prompt(a_check_in(minimum=6)))


def test_a_named_check_in_says_that_those_asked_and_managers_see_names() -> None:
    said = page(check_in.prompt(a_check_in(privacy=Privacy.NAMED)))
    assert (
        "When the round closes, those who are asked in it and the team's managers see your name beside your answers. "
        "Everybody else, admins and later members too, sees what a confidential round would show."
    ) in said
    assert "Nobody sees" not in said


def test_the_rule_stands_above_the_questions() -> None:
    said = page(check_in.prompt(a_check_in()))
    rule = "Choose the highest level that, with all below it, is true today."
    assert said.index(rule) < said.index("*A. Engage society*")


def test_each_question_offers_every_level_in_words_and_cant_say() -> None:
    drawn = check_in.prompt(a_check_in())
    question = next(element for block in drawn.blocks for element in block.get("elements", ()) if "options" in element)
    assert [(each["text"]["text"], each["value"]) for each in question["options"]] == [
        ("1. 1-way/broadcast information", "1"),
        ("2. 2-way engagement, receive input", "2"),
        ("3. Close the feedback loop", "3"),
        ("4. Inclusive partnerships/relationships", "4"),
        ("Can't say", "cant_say"),
    ]
    assert "*A. Engage society*\nHow openly do you allow others to participate?" in page(drawn)


def test_what_was_answered_is_shown_as_chosen() -> None:
    asked = a_check_in(answers={"A": OwnAnswer(2, None), "D": OwnAnswer(None, None)}, render=3)
    assert chosen(check_in.prompt(asked)) == {
        "answer:12:A:3:a": "2",
        "answer:12:B:3:a": None,
        "answer:12:C:3:a": None,
        "answer:12:D:3:a": "cant_say",
        "answer:12:E:3:a": None,
    }


def test_a_tap_on_a_drawn_question_is_read_back() -> None:
    drawn = check_in.prompt(a_check_in(changing=True, answers={"A": OwnAnswer(2, None)}, render=4))
    block_id, element = next(stateful(drawn.blocks))
    action = {"block_id": block_id, "selected_option": element["options"][2], "action_ts": "1717171717.000001"}
    body: dict[str, Any] = {
        "team": {"id": "T1"},
        "user": {"id": "U1"},
        "actions": [action],
        "state": {"values": initial_state(drawn.blocks)},
    }
    tap = ids.read_tap(body)
    assert (tap.round_id, tap.dimension, tap.level, tap.changing) == (12, "A", 3, True)
    assert set(tap.shown) == {"A"}


def test_one_can_skip_the_round_or_while_changing_finish() -> None:
    assert list(buttons(check_in.prompt(a_check_in()))) == ["Skip this round"]
    done = buttons(check_in.prompt(a_check_in(answers=ANSWERED, changing=True)))
    assert list(done) == ["Done"]
    assert (done["Done"]["action_id"], done["Done"]["value"]) == (Do.FINISH_CHANGING, "12")


def test_the_packaged_questions_fit_with_room_to_spare() -> None:
    drawn = check_in.prompt(a_check_in(answers=ANSWERED))
    assert len(drawn.blocks) == 14
    assert size(drawn.blocks) < MOST_BYTES / 2


def test_eight_questions_take_about_two_minutes() -> None:
    assert "8 questions, about two minutes." in page(check_in.prompt(a_check_in(rubric=a_model(dimensions=8))))


def test_a_preview_is_the_same_questions_and_says_that_nothing_is_kept() -> None:
    drawn = check_in.preview(a_check_in())
    assert drawn["callback_id"] == View.PREVIEW
    assert "Nothing you choose here is kept." in page(drawn)
    assert len(chosen(drawn)) == 5
    assert "Skip this round" not in page(drawn)


def test_a_receipt_shows_own_answers_and_notes() -> None:
    said = page(check_in.receipt(a_check_in(answers=ANSWERED)))
    assert said.startswith("Thank you. Your answers to the check-in of *Permits online*\n*A. Engage society*\n")
    assert "Level 2: 2-way engagement, receive input\nYour note: We post the minutes" in said
    assert "*D. Tech and data*\nCan't say" in said
    assert "Only you see this message." in said
    assert CLOSES_SAID in said


def test_a_receipt_leads_to_changing_answers_and_adding_notes() -> None:
    offered = buttons(check_in.receipt(a_check_in(answers=ANSWERED)))
    assert {words: button["action_id"] for words, button in offered.items()} == {
        "Change answers": Do.CHANGE_ANSWERS,
        "Change notes": Do.ADD_NOTES,
    }
    without = {key: replace(answer, note=None) for key, answer in ANSWERED.items()}
    assert "Add notes" in buttons(check_in.receipt(a_check_in(answers=without)))


@pytest.mark.parametrize("letter", ["&", "漢", "\n", '"'])
def test_a_receipt_of_the_longest_notes_still_fits(letter: str) -> None:
    model = a_model(dimensions=8)
    note = letter * check_in.LONGEST_NOTE
    answers = {dimension.key: OwnAnswer(1, note) for dimension in model.dimensions}
    drawn = check_in.receipt(a_check_in(rubric=model, answers=answers))
    assert size(drawn.blocks) <= MOST_BYTES
    assert all(len(block["text"]["text"]) <= 3000 for block in drawn.blocks if block["type"] == "section")


def test_a_closed_check_in_says_whether_one_took_part_and_leads_to_the_summary() -> None:
    drawn = check_in.closed(TEAM, took_part=True, summary_link=LINK, deleted=True)
    assert page(drawn) == (
        "*Check-in of Permits online*\n"
        "Closed. You took part. Your answers have been deleted; notes stay, without names. "
        f"Summary: <{LINK}|read it in the channel>."
    )


def test_a_closed_check_in_says_where_the_summary_will_be() -> None:
    drawn = check_in.closed(TEAM, took_part=False, summary_link=None, channel_id="C1", deleted=True)
    assert page(drawn) == (
        "*Check-in of Permits online*\nClosed. You did not take part. The summary will appear in <#C1>."
    )


def test_a_cancelled_round_says_that_its_answers_are_gone() -> None:
    assert "Its answers have been erased, and there will be no summary." in page(check_in.cancelled(TEAM))


def test_who_skipped_can_still_answer() -> None:
    drawn = check_in.skipped(TEAM, round_id=12, closes_at=CLOSES, time_zone=ZONE)
    again = buttons(drawn)["Answer after all"]
    assert (again["action_id"], again["value"]) == (Do.SHOW_CHECK_IN, "12")


def test_a_reminder_is_two_sentences_and_four_ways_on() -> None:
    drawn = check_in.reminder(TEAM, link=LINK, closes_at=CLOSES, time_zone=ZONE, round_id=12)
    assert drawn.text.startswith("Your check-in of *Permits online* is not finished. It closes <!date^1791554400^")
    offered = buttons(drawn)
    assert list(offered) == ["Answer", "Snooze until tomorrow", "Skip this round", "Stop asking me"]
    assert offered["Answer"]["url"] == LINK


def test_a_reminder_without_a_link_brings_the_check_in_up() -> None:
    drawn = check_in.reminder(TEAM, link=None, closes_at=CLOSES, time_zone=ZONE, round_id=12)
    assert buttons(drawn)["Answer"]["action_id"] == Do.SHOW_CHECK_IN


def test_notes_are_asked_for_each_answer_and_read_back() -> None:
    drawn = check_in.notes_modal(a_check_in(answers=ANSWERED))
    assert drawn["private_metadata"] == "12"
    assert "A. Engage society (your level: 2)" in page(drawn)
    assert "D. Tech and data (you can't say)" in page(drawn)
    assert check_in.read_notes(initial_state(drawn)) == {
        "A": "We post the minutes", "B": None, "C": None, "D": None, "E": None
    }  # fmt: skip


def test_a_blank_note_erases_and_a_foreign_field_is_left_alone() -> None:
    values = {
        "note:A": {"note": {"value": "  \n "}},
        "note:B": {"note": {"value": " x "}},
        "name": {"name": {"value": "y"}},
    }
    assert check_in.read_notes(values) == {"A": None, "B": "x"}


def test_a_note_leaves_out_what_no_database_takes_and_keeps_its_lines() -> None:
    values = {"note:A": {"note": {"value": "one\x00\ntwo \ud800\x07"}}, "note:B": {"note": {"value": "\x00 \ud800"}}}
    assert check_in.read_notes(values) == {"A": "one\ntwo", "B": None}


def test_a_note_can_give_its_writer_away_and_the_modal_says_so() -> None:
    said = page(check_in.notes_modal(a_check_in(answers=ANSWERED)))
    assert "without names and in random order, and only if at least 5 people answered the question." in said
    assert "can still give you away" in said
    assert "at least 7 people" in page(check_in.notes_modal(a_check_in(answers=ANSWERED, minimum=7)))
    named = page(check_in.notes_modal(a_check_in(answers=ANSWERED, privacy=Privacy.NAMED)))
    assert "Those who are asked in this round and the team's managers see your name beside your notes" in named


def test_without_answers_there_is_nothing_to_note() -> None:
    drawn = check_in.notes_modal(a_check_in())
    assert page(drawn).endswith("Notes go with answers: answer a question first.")
    assert not list(stateful(drawn["blocks"]))


def test_a_question_of_another_model_has_its_own_levels() -> None:
    model = a_model(dimensions=1, levels=3, longest=False)
    drawn = check_in.prompt(a_check_in(rubric=model, answers={"A": OwnAnswer(3, None)}))
    assert list(chosen(drawn).values()) == ["3"]
    assert load().highest == 4
