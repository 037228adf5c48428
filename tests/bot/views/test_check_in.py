"""A member's check-in: what it says before, while and after they answer."""

from dataclasses import replace
from typing import Any

import pytest

from bot.check_ins import views as check_in
from bot.check_ins.explaining_views import how_private, levels_meaning
from bot.sandbox.block_kit import initial_state, stateful
from bot.slack import ids
from bot.slack.blocks import MOST_BYTES, Block, Message, size
from bot.slack.ids import Do, View
from rubric import load
from storage.answers import OwnAnswer
from storage.kinds import Privacy
from tests.bot.views.reading import buttons, page
from tests.bot.views.values import ANSWERED, CLOSES, LINK, TEAM, ZONE, a_check_in, a_model, an_end

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
    assert drawn.text == f"Check-in: Permits online. 5 questions, about a minute. {CLOSES_SAID}"


def test_the_first_check_in_says_who_asks_and_why_and_later_ones_do_not() -> None:
    first = page(check_in.prompt(a_check_in(introduced_by=["UANA", "UBEN"], user_id="UBEN")))
    assert (
        "This is your first check-in. <@UANA> runs check-ins for *Permits online*, to find out where the team stands "
        "and what would help it most. It is about how the team works, not about you."
    ) in first
    assert first.index("This is your first check-in.") < first.index("5 questions, about a minute.")
    assert "first check-in" not in page(check_in.prompt(a_check_in()))


def test_where_nobody_can_be_named_the_organisation_asks() -> None:
    assert "Your organisation runs check-ins for" in page(check_in.prompt(a_check_in(introduced_by=[])))
    assert "You run check-ins for" in page(check_in.prompt(a_check_in(introduced_by=["UANA"], user_id="UANA")))
    many = [f"U{number}" for number in range(6)]
    said = page(check_in.prompt(a_check_in(introduced_by=many)))
    assert "<@U0>, <@U1>, <@U2> and 3 more run check-ins for" in said


def test_a_confidential_check_in_says_that_nobody_sees_the_answers() -> None:
    drawn = check_in.prompt(a_check_in(minimum=6))
    assert (
        "Nobody in Slack sees your answers. Your team sees only a summary of the questions that at least 6 people "
        "answered."
    ) in page(drawn)
    explained = buttons(drawn)["How this stays private"]
    assert (explained["action_id"], ids.read_promise(explained["value"])) == (
        Do.EXPLAIN_PRIVACY,
        (Privacy.CONFIDENTIAL, 6),
    )


def test_a_check_in_of_so_few_that_it_can_show_nothing_says_so_in_its_questions_and_its_receipt() -> None:
    too_few = "Nobody in Slack sees your answers. Only 3 people are asked and a summary needs 4 answers, so this round"
    receipt = check_in.receipt(a_check_in(few_asked=3, answers=ANSWERED))
    for drawn in (check_in.prompt(a_check_in(few_asked=3)), receipt):
        assert f"{too_few} will show nothing." in page(drawn)
        assert "Your team sees" not in page(drawn)
    assert "Only you are asked" in page(check_in.prompt(a_check_in(few_asked=1)))
    for enough in (a_check_in(), a_check_in(few_asked=3, privacy=Privacy.NAMED)):
        assert "will show nothing" not in page(check_in.prompt(enough))


def test_a_named_check_in_says_in_bold_that_those_asked_and_managers_see_names() -> None:
    drawn = check_in.prompt(a_check_in(privacy=Privacy.NAMED))
    assert (
        "*Named: when the round closes, everyone asked in it and the team's managers see your name beside your "
        "answers and notes.*"
    ) in page(drawn)
    assert "Nobody in Slack" not in page(drawn)
    assert "Who sees your answers" in buttons(drawn)
    assert "*Named:" in page(check_in.receipt(a_check_in(privacy=Privacy.NAMED, answers=ANSWERED)))


def test_the_rule_stands_above_the_questions() -> None:
    drawn = check_in.prompt(a_check_in())
    rule = (
        "Start at level 1 and go up as long as the next level is usually true of your team today. Choose the level "
        "where you stop.\nA slash means either."
    )
    assert page(drawn).index(rule) < page(drawn).index("*A. Engage society.*")
    assert buttons(drawn)["What do the levels mean?"]["value"] == "12"


def test_slashes_are_explained_only_where_there_are_any() -> None:
    assert "A slash" not in page(check_in.prompt(a_check_in(rubric=a_model(dimensions=1, longest=False))))


def test_what_the_levels_mean_is_quoted_and_marked_as_the_source_s() -> None:
    said = page(levels_meaning(load()))
    assert "Words in quotation marks come from City of Austin, Becoming an open and smart city." in said
    assert (
        "*A. Engage society*\n"
        "“Engaging people – how we invite in participation and perspectives of the people we serve”\n"  # noqa: RUF001
        "1. 1-way/broadcast information: “communicate one-way”\n"
    ) in said
    assert "“a proactive, predictive problem-solving capability”" in said


def test_a_model_that_quotes_nothing_is_explained_by_its_paragraphs() -> None:
    model = a_model(dimensions=1, levels=3, longest=False)
    said = page(levels_meaning(model))
    assert all(f"“{text}”" in said for text in model.paragraphs)
    assert "Each level as a whole, in the words of the source" in said


def test_how_a_check_in_stays_private_says_what_goes_what_stays_and_what_cannot_be_prevented() -> None:
    said = page(how_private(Privacy.CONFIDENTIAL, minimum=6))
    assert "Nobody in Slack sees your answers: not your team, not its managers, not the admins." in said
    assert "all answers and the times of your taps are deleted" in said
    assert "only for questions that at least 6 people answered; the others are deleted." in said
    assert "Whoever runs this app can read its database while a round is open" in said
    named = page(how_private(Privacy.NAMED, minimum=4))
    assert "your answers and notes are kept with your name" in named
    assert "deleted" not in named


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
    assert "*A. Engage society.* How openly do you allow others to participate?" in page(drawn)


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
    assert list(buttons(check_in.prompt(a_check_in())))[2:] == ["Skip this round"]
    done = buttons(check_in.prompt(a_check_in(answers=ANSWERED, changing=True)))
    assert list(done)[2:] == ["Done"]
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
    assert not buttons(drawn), "Slack opens no modal over three"


def test_a_receipt_shows_own_answers_and_notes() -> None:
    said = page(check_in.receipt(a_check_in(answers=ANSWERED)))
    assert said.startswith(
        "Thank you. These are your answers to the check-in for *Permits online*.\n*A. Engage society*\n"
    )
    assert "Level 2: 2-way engagement, receive input\nYour note: We post the minutes" in said
    assert "*D. Tech and data*\nCan't say" in said
    assert "Only you see this message." in said
    assert f"{CLOSES_SAID} You can change them until then." in said


def test_a_receipt_leads_to_changing_answers_and_adding_notes() -> None:
    offered = buttons(check_in.receipt(a_check_in(answers=ANSWERED)))
    assert {words: button["action_id"] for words, button in offered.items()} == {
        "Change answers": Do.CHANGE_ANSWERS,
        "Change notes": Do.ADD_NOTES,
        "How this stays private": Do.EXPLAIN_PRIVACY,
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


def test_a_closed_check_in_thanks_leads_to_the_summary_and_says_what_became_of_the_answers() -> None:
    assert page(check_in.closed(an_end(), took_part=True)) == (
        "*Check-in: Permits online*\n"
        f"This round has closed. Thanks for taking part. <{LINK}|Read the summary>. "
        "Your answers and any notes you wrote have been deleted."
    )


def test_a_closed_check_in_says_where_the_summary_will_be() -> None:
    assert page(check_in.closed(an_end(link=None), took_part=False)) == (
        "*Check-in: Permits online*\nThis round has closed. You didn't answer. The summary will appear in <#C1>."
    )


@pytest.mark.parametrize("keeps_answers", [False, True])
@pytest.mark.parametrize("result", [each for each in check_in.Result if each is not check_in.Result.SHOWN])
def test_where_nothing_is_shown_no_summary_is_promised(result: check_in.Result, *, keeps_answers: bool) -> None:
    for took_part in (True, False):
        drawn = check_in.closed(an_end(keeps_answers=keeps_answers, result=result), took_part=took_part)
        assert "Read the summary" not in page(drawn)
        assert "will appear" not in page(drawn)


def test_a_cancelled_round_says_that_its_answers_are_gone() -> None:
    said = "All answers and notes have been deleted, and there will be no summary."
    assert said in page(check_in.cancelled(TEAM))


def test_who_skipped_can_still_answer() -> None:
    drawn = check_in.skipped(TEAM, round_id=12, closes_at=CLOSES, time_zone=ZONE)
    again = buttons(drawn)["Answer after all"]
    assert (again["action_id"], again["value"]) == (Do.SHOW_CHECK_IN, "12")


def test_a_reminder_is_two_sentences_and_four_ways_on() -> None:
    drawn = check_in.reminder(TEAM, link=LINK, closes_at=CLOSES, time_zone=ZONE, round_id=12)
    assert drawn.text.startswith("Your check-in for *Permits online* isn't finished. It closes <!date^1791554400^")
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
    assert "without names and in random order, and only for questions that at least 5 people answered" in said
    assert "can still give you away" in said
    assert "at least 7 people" in page(check_in.notes_modal(a_check_in(answers=ANSWERED, minimum=7)))
    named = page(check_in.notes_modal(a_check_in(answers=ANSWERED, privacy=Privacy.NAMED)))
    assert "everyone asked in it and the team's managers see your name beside your notes.*" in named


def test_without_answers_there_is_nothing_to_note() -> None:
    drawn = check_in.notes_modal(a_check_in())
    assert page(drawn).endswith("A note goes with an answer. Answer a question first.")
    assert not list(stateful(drawn["blocks"]))


def test_a_question_of_another_model_has_its_own_levels() -> None:
    model = a_model(dimensions=1, levels=3, longest=False)
    drawn = check_in.prompt(a_check_in(rubric=model, answers={"A": OwnAnswer(3, None)}))
    assert list(chosen(drawn).values()) == ["3"]
    assert load().highest == 4
