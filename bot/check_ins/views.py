"""What a member sees of a round: the questions, the receipt, notes, the reminder, and how it ended."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.charts.profile_words import withheld
from bot.check_ins.explaining_views import choosing, introduction, privacy_label, who_sees, who_sees_notes
from bot.kit.i18n import _, ngettext
from bot.slack import ids
from bot.slack.blocks import (
    Block,
    Message,
    actions,
    button,
    context,
    escape,
    escape_within,
    first_that_fits,
    header,
    input_block,
    local_time,
    modal,
    one_line,
    option,
    plain,
    section,
    typed,
)
from bot.slack.ids import Do, View
from bot.slack.wording import title
from rubric import Dimension, Rubric, notes_from
from storage.answers import OwnAnswer
from storage.kinds import Privacy

LONGEST_NOTE = 500
QUESTIONS_A_MINUTE = 5
MOST_WHO_DIFFER = 3


@dataclass(frozen=True, slots=True)
class CheckIn:
    """One member's check-in as it stands."""

    team: str
    round_id: int
    rubric: Rubric
    privacy: Privacy
    minimum: int
    closes_at: datetime
    time_zone: str
    """The member's; dates fall back to it where a client can't show its own."""
    render: int
    answers: Mapping[str, OwnAnswer]
    """By dimension; one that isn't there hasn't been answered."""
    changing: bool = False
    few_asked: int | None = None
    """How many are asked, where a confidential round of so few shows nothing."""
    joined: int = 0
    """How many are asked who weren't in the last round."""
    departed: int = 0
    """How many aren't asked who were."""
    user_id: str = ""
    """Who is asked."""
    introduced_by: Sequence[str] | None = None
    """The team's managers, where this is the first check-in that its member ever got; else None."""


def prompt(check_in: CheckIn) -> Message:
    """The questions, each with what was chosen so far."""
    length = _length(len(check_in.rubric.dimensions))
    value = str(check_in.round_id)
    blocks = [
        section(_about(check_in, length), accessory=_privacy_button(check_in)),
        section(
            choosing(check_in.rubric),
            accessory=button(_("What do the levels mean?"), do=Do.EXPLAIN_LEVELS, value=value),
        ),
    ]
    for dimension in check_in.rubric.dimensions:
        blocks += _question(check_in, dimension)
    if check_in.changing:
        blocks.append(actions(button(_("Done"), do=Do.FINISH_CHANGING, value=value, style="primary")))
    else:
        blocks.append(actions(button(_("Skip this round"), do=Do.SKIP_ROUND, value=value)))
    text = " ".join([escape(_called(check_in.team)) + ".", length, _closes(check_in)])
    above: list[list[Block]] = [[_header(check_in.team)]]
    if check_in.introduced_by is not None:
        hello = introduction(_name(check_in.team), managers=check_in.introduced_by, reader=check_in.user_id)
        above.insert(0, [_header(check_in.team), section(hello)])
    return Message(text, first_that_fits([*top, *blocks] for top in above))


def _about(check_in: CheckIn, length: str) -> str:
    saved = _("Each tap is saved at once, and you can change it until then.")
    seen = who_sees(check_in.privacy, minimum=check_in.minimum, few_asked=check_in.few_asked)
    return "\n".join(filter(None, [f"{length} {_closes(check_in)} {saved}", seen, _who_differs(check_in)]))


def _privacy_button(check_in: CheckIn) -> Block:
    return button(
        privacy_label(check_in.privacy),
        do=Do.EXPLAIN_PRIVACY,
        value=ids.promise(check_in.privacy, check_in.minimum),
    )


def preview(check_in: CheckIn) -> Block:
    """The questions as a modal for the person who sets a team up; the caller keeps none of its taps."""
    # Two modals lie beneath this one already, and Slack opens no fourth: what would open one is left out.
    asked = [{key: part for key, part in block.items() if key != "accessory"} for block in prompt(check_in).blocks[:-1]]
    note = context(_("A preview: this is what each member gets as a direct message. Nothing you choose here is kept."))
    return modal(title=_("Preview"), blocks=[note, *asked], callback_id=View.PREVIEW, close=_("Close"))


def receipt(check_in: CheckIn) -> Message:
    """The member's own answers and notes, once there is one for every question."""
    thanks = _("Thank you. These are your answers to the check-in for *{team}*.").format(team=_name(check_in.team))
    noted = any(answer.note for answer in check_in.answers.values())
    round_id = str(check_in.round_id)
    until = _("{closes} You can change them until then.").format(closes=_closes(check_in))
    mine = _("Only you see this message.")
    seen = who_sees(check_in.privacy, minimum=check_in.minimum, few_asked=check_in.few_asked)
    end = [
        context(f"{until} {mine}\n{seen}"),
        actions(
            button(_("Change answers"), do=Do.CHANGE_ANSWERS, value=round_id),
            button(_("Change notes") if noted else _("Add notes"), do=Do.ADD_NOTES, value=round_id),
            _privacy_button(check_in),
        ),
    ]
    blocks = first_that_fits(
        [section(thanks), *(section(_own(check_in, dimension, note=note)) for dimension in _answered(check_in)), *end]
        for note in (2000, 400, 100)
    )
    return Message(f"{thanks} {_closes(check_in)}", blocks)


class Result(StrEnum):
    """What a closed round shows in its team's channel."""

    SHOWN = "shown"
    NOBODY = "nobody answered"
    TOO_FEW = "too few"
    """Fewer people answered than a question needs to be shown."""
    NO_QUESTION = "no question"
    """Enough people answered, but no question got enough answers: they can't say, or answered different ones."""
    WITHHELD = "withheld"
    """Most who answered also answered elsewhere: nothing of it is shown or kept, whatever the privacy."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a round ended, for its members."""

    team: str
    result: Result
    minimum: int
    keeps_answers: bool
    """Whether answers stay with their members' names, as in a named round that isn't withheld."""
    keeps_notes: bool
    """Of a confidential round: whether any note is kept."""
    link: str | None
    """The post in the channel; None while it isn't there."""
    channel_id: str | None = None
    """Where it will be."""
    refused: bool = False
    """Slack took no post there, and the managers were told."""


def closed(ended: Ended, *, took_part: bool, skipped: bool = False) -> Message:
    """What takes the place of a check-in once its round is closed: thanks, the result, and what became of answers."""
    if took_part:
        end = _("This round has closed. Thanks for taking part.")
    else:
        end = _("This round has closed. You skipped it.") if skipped else _("This round has closed. You didn't answer.")
    said = [end, _result(ended)]
    if took_part:
        said.append(_what_became_of_answers(ended))
    return _ended(ended.team, " ".join(said))


def _result(ended: Ended) -> str:
    if ended.result is Result.WITHHELD:
        return withheld()
    if ended.result is not Result.SHOWN:
        return _for_those_asked(ended) if ended.keeps_answers and ended.link is not None else _no_summary(ended)
    if ended.link is not None:
        return f"<{ended.link}|{_('Read the summary')}>."
    if ended.channel_id is None:
        return _("The summary will appear in the team's channel.")
    said = _("The summary will appear in {channel}.")
    if ended.refused:
        said = _("Slack didn't take the summary in {channel}. The team's managers know, and can post it again.")
    return said.format(channel=f"<#{ended.channel_id}>")


def _no_summary(ended: Ended) -> str:
    if ended.result is Result.NOBODY:
        return _("Nobody answered, so there is no summary.")
    if ended.result is Result.TOO_FEW:
        return _("Too few people answered, so there is no summary.")
    return _("No question got the {n} answers it needs, so there is no summary.").format(n=ended.minimum)


def _for_those_asked(ended: Ended) -> str:
    """Of a named round that shows its channel nothing."""
    if ended.result is Result.TOO_FEW:
        why = _("Too few people answered for a summary that everyone may see.")
    else:
        why = _("No question got the {n} answers it needs for a summary that everyone may see.")
    where = _(
        "Everyone asked in this round and the team's managers find the answers <{link}|in the channel>, under Details."
    )
    return f"{why} {where}".format(n=ended.minimum, link=ended.link)


def _what_became_of_answers(ended: Ended) -> str:
    if ended.keeps_answers:
        return _(
            "Your answers and any notes you wrote are kept with your name, for everyone asked in this round and the "
            "team's managers."
        )
    if ended.keeps_notes:
        return _(
            "Your answers have been deleted. Notes stay, without names, for questions that at least {number} people "
            "answered; the others have been deleted."
        ).format(number=notes_from(ended.minimum))
    return _("Your answers and any notes you wrote have been deleted.")


def cancelled(team: str) -> Message:
    said = _("This round was cancelled. All answers and notes have been deleted, and there will be no summary.")
    return _ended(team, said)


def skipped(team: str, *, round_id: int, closes_at: datetime, time_zone: str) -> Message:
    """What takes the place of a check-in that its member skipped, with the way back."""
    until = local_time(closes_at, zone=time_zone)
    said = _ended(
        team, _("You skipped this round. If you change your mind, you can answer until {time}.").format(time=until)
    )
    again = actions(button(_("Answer after all"), do=Do.SHOW_CHECK_IN, value=str(round_id)))
    return Message(said.text, [*said.blocks, again])


def reminder(team: str, *, link: str | None, closes_at: datetime, time_zone: str, round_id: int) -> Message:
    """A nudge; `link` leads to the check-in's own message."""
    value = str(round_id)
    text = _("Your check-in for *{team}* isn't finished. It closes {time}.").format(
        team=_name(team), time=local_time(closes_at, zone=time_zone)
    )
    if link is None:
        answer = button(_("Answer"), do=Do.SHOW_CHECK_IN, value=value, style="primary")
    else:
        answer = button(_("Answer"), do=Do.LINK, url=link, style="primary")
    buttons = actions(
        answer,
        button(_("Snooze until tomorrow"), do=Do.SNOOZE, value=value),
        button(_("Skip this round"), do=Do.SKIP_ROUND, value=value),
        button(_("Stop asking me"), do=Do.STOP_ASKING, value=value),
    )
    return Message(text, [section(text), buttons])


def notes_modal(check_in: CheckIn) -> Block:
    """One field a question answered, with the note that is there; `read_notes` reads them back."""
    answered = _answered(check_in)
    if not answered:
        nothing = section(_("A note goes with an answer. Answer a question first."))
        return modal(title=_("Add notes"), blocks=[nothing], callback_id=View.NOTES, close=_("Close"))
    return modal(
        title=_("Add notes"),
        blocks=[
            section(who_sees_notes(check_in.privacy, minimum=check_in.minimum)),
            *(_note_field(check_in, dimension) for dimension in answered),
        ],
        callback_id=View.NOTES,
        submit=_("Save"),
        close=_("Cancel"),
        metadata=str(check_in.round_id),
    )


def read_notes(values: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> dict[str, str | None]:
    """The notes in a submitted `notes_modal`, by dimension; None for an empty field, which erases a note."""
    found: dict[str, str | None] = {}
    for block_id, fields in values.items():
        kind, _colon, dimension = block_id.partition(":")
        if kind == Do.NOTE and Do.NOTE in fields:
            found[dimension] = typed(fields[Do.NOTE].get("value") or "")[:LONGEST_NOTE] or None
    return found


def _who_differs(check_in: CheckIn) -> str:
    """Told while so few people differ from the last round that comparing the two could tell something of them."""
    if not 1 <= check_in.joined + check_in.departed <= MOST_WHO_DIFFER:
        return ""
    joined = ngettext("{n} person joined", "{n} people joined", check_in.joined).format(n=check_in.joined)
    left = ngettext("{n} left", "{n} left", check_in.departed).format(n=check_in.departed)
    if not check_in.departed:
        return _("{joined} since the last round.").format(joined=joined)
    if not check_in.joined:
        left = ngettext("{n} person left", "{n} people left", check_in.departed).format(n=check_in.departed)
        return _("{left} since the last round.").format(left=left)
    return _("{joined} and {left} since the last round.").format(joined=joined, left=left)


def number_of(questions: int) -> str:
    """How many questions a check-in asks: `5 questions`."""
    return ngettext("{n} question", "{n} questions", questions).format(n=questions)


def time_for(questions: int) -> str:
    """How long it takes to answer so many: `about a minute`."""
    return _("about two minutes") if questions > QUESTIONS_A_MINUTE else _("about a minute")


def _length(questions: int) -> str:
    return _("{questions}, {time}.").format(questions=number_of(questions), time=time_for(questions))


def _closes(check_in: CheckIn) -> str:
    return _("Closes {time}.").format(time=local_time(check_in.closes_at, zone=check_in.time_zone))


def _name(team: str) -> str:
    return escape(one_line(team))


def _called(team: str) -> str:
    return _("Check-in: {team}").format(team=one_line(team))


def _header(team: str) -> Block:
    return header(_called(team))


def _answered(check_in: CheckIn) -> list[Dimension]:
    return [dimension for dimension in check_in.rubric.dimensions if dimension.key in check_in.answers]


def _question(check_in: CheckIn, dimension: Dimension) -> list[Block]:
    levels = [option(f"{level}. {text}", str(level)) for level, text in enumerate(dimension.levels, start=1)]
    options = [*levels, option(_("Can't say"), ids.CANT_SAY)]
    choice: dict[str, Any] = {"type": "radio_buttons", "action_id": Do.ANSWER, "options": options}
    answer = check_in.answers.get(dimension.key)
    if answer is not None:
        choice["initial_option"] = options[-1 if answer.level is None else answer.level - 1]
    block_id = ids.answer_block(check_in.round_id, dimension.key, render=check_in.render, changing=check_in.changing)
    return [section(f"*{title(dimension)}.* {escape(dimension.question)}"), actions(choice, block_id=block_id)]


def _own(check_in: CheckIn, dimension: Dimension, *, note: int) -> str:
    answer = check_in.answers[dimension.key]
    said = f"*{title(dimension)}*\n"
    if answer.level is None:
        said += _("Can't say")
    else:
        text = escape(dimension.levels[answer.level - 1])
        said += _("Level {level}: {text}").format(level=answer.level, text=text)
    if answer.note:
        said += "\n" + _("Your note: {note}").format(note=escape_within(answer.note, note))
    return said


def _note_field(check_in: CheckIn, dimension: Dimension) -> Block:
    answer = check_in.answers[dimension.key]
    name = f"{dimension.key}. {dimension.name}"
    if answer.level is None:
        label = _("{dimension} (you can't say)").format(dimension=name)
    else:
        label = _("{dimension} (your level: {level})").format(dimension=name, level=answer.level)
    field: dict[str, Any] = {
        "type": "plain_text_input",
        "action_id": Do.NOTE,
        "multiline": True,
        "max_length": LONGEST_NOTE,
        "placeholder": plain(_("An example or a link"), 150),
    }
    if answer.note:
        field["initial_value"] = answer.note[:LONGEST_NOTE]
    return input_block(label, field, block_id=f"{Do.NOTE}:{dimension.key}", optional=True)


def _ended(team: str, said: str) -> Message:
    name = _("*Check-in: {team}*").format(team=_name(team))
    return Message(f"{name}\n{said}", [section(f"{name}\n{said}")])
