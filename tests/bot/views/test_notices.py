"""Short messages, the help and the model as people read it."""

from dataclasses import replace
from typing import Any

import pytest

from bot.check_ins.views import Result
from bot.commands.help_views import help_text, probably
from bot.commands.rubric_views import check_size, rubric_text
from bot.commands.words import Usage, Who
from bot.notices import views as notice_views
from bot.notices.facts import NoticeFacts
from bot.notices.nearly_done_views import all_answered, few_missing
from bot.privacy.views import privacy_text
from bot.rounds import views as running_views
from bot.sandbox.block_kit import check_message
from bot.slack import sentences
from bot.slack.blocks import (
    LONGEST_SECTION,
    MOST_BYTES,
    Message,
    escape,
    escape_within,
    first_that_fits,
    inert,
    local_time,
    mentions_somebody,
    one_line,
    section,
    size,
    within,
    without_markup,
)
from bot.slack.ids import Do
from rubric import load
from storage.answers import Nearness
from storage.kinds import MAYBE_POSTED, NOT_DRAWN, NoticeReason
from tests.bot.views.reading import buttons, page
from tests.bot.views.values import CLOSES, NOTHING_STORED, TEAM, ZONE, a_model

COMMANDS = [
    Usage("summary [team]", "show the last summary", Who.MEMBERS),
    Usage("rubric", "read all levels", Who.EVERYONE),
    Usage("audit", "read what was done", Who.ADMINS),
]
RULE = "A team's commands work in its channel; elsewhere, name the team. Answers are for you alone."


def test_help_lists_each_command_with_what_it_does_under_who_may() -> None:
    assert page(help_text(COMMANDS)) == (
        f"{RULE}\n*For everyone*\n`/maturity rubric`  read all levels\n"
        "*For a team's members, managers and admins*\n`/maturity summary [team]`  show the last summary\n"
        "*For admins*\n`/maturity audit`  read what was done"
    )


def test_an_unknown_word_is_answered_with_what_was_probably_meant_and_nothing_else() -> None:
    assert page(probably("sumary <!here>`", COMMANDS[0])) == (
        "There is no `/maturity sumary &lt;!here&gt;`. Did you mean this?\n"
        "`/maturity summary [team]`  show the last summary\n`/maturity help` lists all commands."
    )


def test_a_word_like_no_other_is_answered_with_the_list() -> None:
    said = page(help_text(COMMANDS, unknown="xyzzy"))
    assert said.startswith(f"There is no `/maturity xyzzy`. What there is:\n{RULE}\n*For everyone*\n")


def test_a_long_help_is_more_than_one_section() -> None:
    drawn = help_text([Usage(f"word{number}", "x" * 90, Who.MANAGERS) for number in range(60)])
    assert len(drawn.blocks) == 4
    assert check_message(drawn.text, drawn.blocks, None, None) is None


def test_the_model_is_shown_whole() -> None:
    said = page(rubric_text(load()))
    for dimension in load().dimensions:
        assert f"*{dimension.key}. {dimension.name}*\n{dimension.question}\n1. {dimension.levels[0]}\n" in said
        assert f"4. {dimension.levels[3]}" in said
    for level, paragraph in enumerate(load().paragraphs, start=1):
        assert f"\n{paragraph}\n" in said, "it says itself which level it is of"
        assert paragraph.startswith(f"Level {level} ")
    other = replace(load(), paragraphs=("Calm", "Level-headed", "Level 4", "Level 4 indeed"))
    assert "\nLevel 1: Calm\nLevel 2: Level-headed\nLevel 3: Level 4\nLevel 4 indeed\n" in page(rubric_text(other))
    assert said.endswith("Source: City of Austin, Becoming an open and smart city")


def test_the_packaged_model_fits_and_one_too_large_is_told() -> None:
    assert check_size(load()) is None
    told = check_size(a_model(dimensions=8, levels=5))
    assert told is not None
    assert told.endswith("shorten names, questions or level texts, or leave out a dimension.")


def test_paragraphs_that_have_no_room_are_left_out_of_a_model_that_fits() -> None:
    model = replace(load(), paragraphs=("漢" * 1000,) * 5)
    drawn = rubric_text(model)
    assert "漢" not in page(drawn)
    assert "4. " in page(drawn)
    assert page(drawn).endswith("Source: City of Austin, Becoming an open and smart city")


@pytest.mark.parametrize("letter", ["x", "漢", "&"])
@pytest.mark.parametrize("dimensions", range(1, 9))
def test_a_model_whose_questions_fit_can_be_shown_whole(letter: str, dimensions: int) -> None:
    model = a_model(dimensions=dimensions, letter=letter)
    assert check_size(model) is not None or size(rubric_text(model).blocks) <= MOST_BYTES


def test_a_refusal_keeps_mentions_and_defuses_everything_else() -> None:
    said = page(sentences.refusal("Only <@U1> may: <!channel> <https://x.example|y> & &lt;done&gt;"))
    assert said == "Only <@U1> may: &lt;!channel&gt; &lt;https://x.example|y&gt; &amp; &lt;done&gt;"
    assert inert(said) == said


def test_a_fault_gives_its_reference_and_what_to_do() -> None:
    said = page(sentences.fault("a1b2"))
    assert "Try again in a minute." in said
    assert "`a1b2`" in said


def test_who_must_invite_the_app_is_told_what_to_type() -> None:
    assert page(notice_views.invite("maturity")) == (
        "I am not in this channel yet. Type `/invite @maturity`, then `/maturity setup` again."
    )
    assert page(notice_views.invite("maturity", "C1")).startswith(
        "I am not in <#C1> yet. Type `/invite @maturity` there,"
    )


def test_progress_is_a_number_and_closing_is_asked_twice() -> None:
    drawn = question(Nearness(9, 6, 6, 3))
    assert drawn.text.startswith("*Permits online*: 6 of 9 people have answered. The round closes <!date^1791554400^")
    assert drawn.text.endswith("Dimensions with fewer than 4 answers show nothing.")
    button = buttons(drawn)["Close now"]
    assert (button["action_id"], button["value"]) == (Do.CLOSE_NOW, "12")
    assert button["confirm"]["text"]["text"] == (
        "6 of 9 people have answered. Dimensions with fewer than 4 answers show nothing. Nobody can answer after that."
    )


@pytest.mark.parametrize(
    ("answered", "less"),
    [
        (1, "Fewer than 4 people have answered, so the channel would see no levels."),
        (3, "Fewer than 4 people have answered, so the channel would see no levels."),
        (4, "The channel sees no level of a dimension with fewer than 4 answers."),
    ],
)
def test_closing_a_named_round_says_what_the_channel_sees(answered: int, less: str) -> None:
    drawn = question(Nearness(9, answered, answered, 9 - answered), needed=1)
    assert drawn.text.endswith(less)
    assert less in buttons(drawn)["Close now"]["confirm"]["text"]["text"]
    assert "show nothing" not in str(drawn.blocks), "those who were asked see each answer"


def question(found: Nearness, *, needed: int = 4, can_extend: bool = True) -> Message:
    return running_views.close_question(
        TEAM,
        found,
        needed=needed,
        minimum=4,
        closes_at=CLOSES,
        time_zone=ZONE,
        round_id=12,
        can_extend=can_extend,
    )


@pytest.mark.parametrize(
    ("answered", "lost", "close"),
    [
        (3, "Closing now erases these answers and shows nothing.", "Erase and close"),
        (1, "Closing now erases these answers and shows nothing.", "Erase and close"),
        (0, "Closing now shows nothing.", "Close without a summary"),
    ],
)
def test_closing_with_too_few_answers_says_what_is_lost_and_what_else_there_is(
    answered: int, lost: str, close: str
) -> None:
    found = Nearness(5, answered, answered, 5 - answered)
    drawn = question(found)
    assert drawn.text.startswith(
        f"*Permits online*: {answered} of 5 people have answered. A summary needs 4 answers. {lost} The round closes "
    )
    there = buttons(drawn)
    assert [*there] == ["Keep open 2 more days", "Remind", close]
    assert (there[close]["action_id"], there[close]["style"]) == (Do.ERASE_AND_CLOSE, "danger")
    assert there[close]["confirm"]["text"]["text"] == f"A summary needs 4 answers. {lost}"
    assert [*buttons(question(found, can_extend=False))] == ["Remind", close]


@pytest.mark.parametrize(
    ("found", "why", "offered"),
    [
        (Nearness(3, 3, 3, 0), "A summary needs 4 answers, so there will be none. Closing", []),
        (Nearness(3, 1, 1, 2), "A summary needs 4 answers, so there will be none. Closing", []),
        (Nearness(5, 3, 3, 0), "so there will be none unless someone who skipped answers after all. Closing",
         ["Keep open 2 more days"]),
    ],
)  # fmt: skip
def test_what_cannot_bring_the_missing_answers_is_not_offered(found: Nearness, why: str, offered: list[str]) -> None:
    drawn = question(found)
    assert why in drawn.text
    assert [*buttons(drawn)] == [*offered, "Erase and close"]


def test_of_a_named_round_that_nobody_answered_no_number_of_answers_is_asked() -> None:
    drawn = question(Nearness(3, 0, 0, 3), needed=1)
    assert drawn.text.startswith("*Permits online*: 0 of 3 people have answered. Closing now shows nothing. The round")
    assert [*buttons(drawn)] == ["Keep open 2 more days", "Remind", "Close without a summary"]


NAMED_END = "Those who were asked and the team's managers find the answers in <#C1>, under Details."


@pytest.mark.parametrize(
    ("result", "keeps_answers", "said"),
    [
        (Result.SHOWN, False, "Closed. The summary of *Permits online* is on its way to <#C1>."),
        (Result.NOBODY, False, "Closed. Nobody in *Permits online* had answered, so there is nothing to show. A note"),
        (Result.TOO_FEW, False, ("Closed without a summary: too few in *Permits online* had answered. All answers "
         "are deleted. A note goes to <#C1>.")),
        (Result.TOO_FEW, True, "Closed. Too few in *Permits online* had answered for a summary that everyone may see. "
         + NAMED_END),
        (Result.NO_QUESTION, False, ("Closed without a summary: no question in *Permits online* got the 4 answers it "
         "needs. All answers are deleted.")),
        (Result.NO_QUESTION, True, "Closed. No question in *Permits online* got the 4 answers it needs for a summary "
         "that everyone may see. " + NAMED_END),
        (Result.WITHHELD, False, "Closed, and nothing of *Permits online* is shown: most who answered also answered"),
    ],
)  # fmt: skip
def test_after_an_early_close_its_manager_reads_what_came_of_it(
    result: Result, said: str, *, keeps_answers: bool
) -> None:
    drawn = running_views.closed_early(TEAM, result, channel_id="C1", minimum=4, keeps_answers=keeps_answers)
    assert drawn.text.startswith(said)


@pytest.mark.parametrize(
    ("reason", "mend"),
    [
        ("not_in_channel", "The app is not in that channel: type `/invite` <@U0> there."),
        ("channel_not_found", "The app is not in that channel: type `/invite` <@U0> there."),
        ("is_archived", "The channel is archived: unarchive it."),
        ("missing_scope", "The app lacks a permission: ask a workspace admin to install it again."),
        ("msg_too_long", "Slack said `msg_too_long`."),
        (NOT_DRAWN, "The app met with an error of its own."),
        ("TimeoutError", "Slack did not answer."),
    ],
)
def test_a_summary_that_failed_comes_with_the_mend_and_a_button(reason: str, mend: str) -> None:
    drawn = notice_views.summary_failed(TEAM, reason, "12", channel_id="C1", bot="U0")
    assert drawn.text == f"The summary of *Permits online* could not be posted to <#C1>. {mend}"
    assert buttons(drawn)["Post again"]["value"] == "12"
    assert mend in page(notice_views.roster_failed(TEAM, reason, channel_id="C1", bot="U0"))


def test_a_share_that_failed_names_its_channel_and_is_to_be_shared_again_after_the_mend() -> None:
    details = {"reason": "share failed", "round_id": 12, "channel": "C2", "error": "not_in_channel"}
    assert page(notice_views.notice(TEAM, channel_id="C1", bot="U0", facts=NoticeFacts.read(details))) == (
        "The summary of *Permits online* could not be shared in <#C2>. The app is not in that channel: type `/invite` "
        "<@U0> there. Then share it again."
    )


def test_a_summary_that_may_be_there_is_to_be_looked_for_first() -> None:
    drawn = notice_views.summary_failed(TEAM, MAYBE_POSTED, "12", channel_id="C1", bot="U0")
    assert "Look there first, and post it again if it is missing." in drawn.text


def test_a_round_with_nobody_to_ask_says_why() -> None:
    assert "bots, guests, deactivated, away, or chose not to be asked" in page(notice_views.nobody_to_ask(TEAM))


@pytest.mark.parametrize(
    ("details", "said"),
    [
        ({"reason": "started", "asked": 1}, "The round of *Permits online* (<#C1>) is open: 1 person is being asked."),
        ({"reason": "started", "asked": 9}, "The round of *Permits online* (<#C1>) is open: 9 people are being asked."),
        (
            {"reason": "still open"},
            "The last round of *Permits online* (<#C1>) was still open, so the next one is skipped.",
        ),
        (
            {"reason": "within a week"},
            "*Permits online* (<#C1>) was asked within the last week, so this round is skipped.",
        ),
        ({"reason": "roster failed", "error": "missing_scope"}, "The members of *Permits online* could not be read"),
        ({"reason": "summary failed", "round_id": 12}, "The summary of *Permits online* could not be posted to <#C1>."),
        ({"reason": "nobody"}, "The round of *Permits online* did not open"),
    ],
)
def test_a_notice_says_what_became_of_a_round(details: dict[str, Any], said: str) -> None:
    assert page(notice_views.notice(TEAM, channel_id="C1", bot="U0", facts=NoticeFacts.read(details))).startswith(said)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (Nearness(5, 5, 5, 0), "all 5 people have answered. The round closes <!date^1791554400^"),
        (
            Nearness(5, 4, 4, 0),
            "4 of 5 people have answered. The others skipped this round or left. The round closes",
        ),
        (
            Nearness(3, 3, 3, 0),
            "all 3 people have answered. A summary needs 4 answers, so there will be none. The round",
        ),
    ],
)
def test_a_manager_hears_that_all_have_answered(found: Nearness, said: str) -> None:
    drawn = all_answered(TEAM, found, needed=4, closes_at=CLOSES, time_zone=ZONE, round_id=12)
    assert drawn.text.startswith(f"*Permits online*: {said}")
    assert {name: each["action_id"] for name, each in buttons(drawn).items()} == {"Close now": Do.ASK_CLOSE}


@pytest.mark.parametrize(
    ("found", "needed", "said"),
    [
        (Nearness(4, 3, 3, 0), 4, "unless someone who skipped answers after all. The round closes"),
        (
            Nearness(4, 3, 3, 0),
            1,
            "3 of 4 people have answered. The others skipped this round or left. The round closes",
        ),
    ],
)
def test_where_all_have_answered_and_too_few_it_says_what_comes_of_it(found: Nearness, needed: int, said: str) -> None:
    drawn = all_answered(TEAM, found, needed=needed, closes_at=CLOSES, time_zone=ZONE, round_id=12)
    assert said in drawn.text


def test_what_a_round_cannot_be_is_not_offered_to_a_manager_late_in_it() -> None:
    found = Nearness(asked=5, answered=3, completed=3, unfinished=2)
    drawn = few_missing(TEAM, found, needed=4, closes_at=CLOSES, time_zone=ZONE, round_id=12, can_extend=False)
    assert [*buttons(drawn)] == ["Remind"]


def test_a_manager_hears_how_many_answers_a_summary_lacks() -> None:
    found = Nearness(asked=5, answered=3, completed=3, unfinished=2)
    drawn = few_missing(TEAM, found, needed=4, closes_at=CLOSES, time_zone=ZONE, round_id=12)
    assert drawn.text.startswith("*Permits online*: 3 of 5 people have answered. A summary needs 4 answers. The round ")
    assert {name: each["action_id"] for name, each in buttons(drawn).items()} == {
        "Remind": Do.REMIND_NOW,
        "Keep open 2 more days": Do.KEEP_OPEN,
    }


@pytest.mark.parametrize(
    "reason",
    # These two are drawn from how far their round is by then.
    [each for each in NoticeReason if each not in {NoticeReason.ALL_ANSWERED, NoticeReason.FEW_MISSING}],
)
def test_each_reason_to_tell_somebody_something_is_a_sentence(reason: NoticeReason) -> None:
    details = {
        "reason": str(reason),
        "error": "ratelimited",
        "round_id": 12,
        "user": "U1",
        "asked": 5,
        "was": "2026-12-11",
        "at": 1797152400,
        "zone": "Asia/Riyadh",
        "country": "SA",
    }
    if reason is NoticeReason.FILE_FAILED:
        said = notice_views.file_failed("ratelimited").text
    else:
        facts = replace(NoticeFacts.read(details), failed={"user_disabled": 1})
        said = notice_views.notice(TEAM, channel_id="C1", bot="U0", facts=facts).text
        assert TEAM in said
    assert said.endswith(".")


def test_what_is_kept_about_a_person_names_the_smallest_group() -> None:
    said = page(privacy_text(minimum=6, stored=NOTHING_STORED, messages_kept=400))
    assert "for questions that at least 6 people answered, how many people chose each level." in said
    assert "for questions that at least 6 people answered; the others are deleted" in said
    assert "for questions that at least 5 people answered; the others are deleted" in page(
        privacy_text(minimum=4, stored=NOTHING_STORED, messages_kept=400)
    )


def test_a_plain_message_may_hold_a_link() -> None:
    drawn = sentences.plain_message("<https://example.slack.com/archives/C1/p1|Your check-in> is open.")
    assert drawn.payload()["text"] == page(drawn) == "<https://example.slack.com/archives/C1/p1|Your check-in> is open."
    assert Message("Text alone.").payload() == {"text": "Text alone."}


def test_typed_text_is_one_line_and_cut_without_breaking_an_entity() -> None:
    assert one_line(" a\n\tb\x00c ") == "a b c"
    assert escape_within("a & b", 20) == "a &amp; b"
    assert escape_within("&&&", 11) == "&amp;&amp;…"
    assert escape_within("abc def", 5) == "abc…"
    assert escape("<!channel>") == "&lt;!channel&gt;"


def test_what_turns_the_direction_of_writing_is_never_shown() -> None:
    turned = "permits \u202egnihton\u202c \u2066parks\u2069"
    assert one_line(turned) == escape(turned) == escape_within(turned, 80) == "permits gnihton parks"
    assert escape("\u05e9\u05dc\u05d5\u05dd\u200f!") == "\u05e9\u05dc\u05d5\u05dd\u200f!", (
        "Hebrew stays as it is written"
    )


def test_of_several_drawings_the_richest_that_fits_is_taken() -> None:
    drawings = [[section("x" * length)] for length in (300, 200, 100)]
    assert first_that_fits(drawings, limit=size(drawings[1])) == drawings[1]
    assert first_that_fits(drawings, limit=1) == drawings[2]


def test_beneath_a_field_a_sentence_is_plain_words() -> None:
    said = f"*Roads &amp; &lt;Bridges&gt;* closes {local_time(CLOSES, zone=ZONE)}: type `/maturity start`, 2*3*4."
    plain = without_markup(said)
    assert plain.startswith("Roads & <Bridges> closes ")
    assert "<!date" not in plain
    assert plain.endswith("): type `/maturity start`, 2*3*4.")
    assert not mentions_somebody(said)
    assert mentions_somebody("Its managers: <@U0ANA>.")
    assert mentions_somebody("<#C0PERMITS> has no team.")


def test_a_sentence_too_long_for_slack_is_cut_between_its_words() -> None:
    said = "Its managers: " + ", ".join(f"<@U0{number:09d}>" for number in range(300))
    for shown in (sentences.plain_message(said).blocks[0], sentences.message_modal(said)["blocks"][0]):
        cut = shown["text"]["text"]
        assert len(cut) <= LONGEST_SECTION
        assert cut.endswith(">,…")
    drawn = sentences.plain_message(said)
    assert check_message(drawn.text, drawn.blocks, None, None) is None
    assert within("as it is", 8) == "as it is"
    assert len(within("x" * 9, 8)) == 8
