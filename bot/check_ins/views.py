"""What a member sees of a round: the questions, the receipt, notes, the reminder, and how it ended."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

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
    joined: int = 0
    """How many are asked who weren't in the last round."""
    departed: int = 0
    """How many aren't asked who were."""


def prompt(check_in: CheckIn) -> Message:
    """The questions, each with what was chosen so far."""
    number = len(check_in.rubric.dimensions)
    length = _length(number)
    closes = _closes(check_in)
    blocks = [
        _header(check_in.team),
        context("\n".join(filter(None, [f"{length} {closes}", who_sees(check_in), _who_differs(check_in)]))),
        section(
            _(
                "Choose the highest level that, with all below it, is true today. "
                "Each answer is saved at once; you can change it until the close."
            )
        ),
    ]
    for dimension in check_in.rubric.dimensions:
        blocks += _question(check_in, dimension)
    round_id = str(check_in.round_id)
    if check_in.changing:
        blocks.append(actions(button(_("Done"), do=Do.FINISH_CHANGING, value=round_id, style="primary")))
    else:
        blocks.append(actions(button(_("Skip this round"), do=Do.SKIP_ROUND, value=round_id)))
    text = _("Check-in of {team}: {length}").format(team=_name(check_in.team), length=length)
    return Message(f"{text} {closes}", blocks)


def preview(check_in: CheckIn) -> Block:
    """The questions as a modal for the person who sets a team up; the caller keeps none of its taps."""
    asked = prompt(check_in).blocks[:-1]
    note = context(_("A preview: this is what each member gets as a direct message. Nothing you choose here is kept."))
    return modal(title=_("Preview"), blocks=[note, *asked], callback_id=View.PREVIEW, close=_("Close"))


def receipt(check_in: CheckIn) -> Message:
    """The member's own answers and notes, once there is one for every question."""
    thanks = _("Thank you. Your answers to the check-in of *{team}*").format(team=_name(check_in.team))
    noted = any(answer.note for answer in check_in.answers.values())
    round_id = str(check_in.round_id)
    end = [
        context(f"{_('Only you see this message.')} {who_sees(check_in)}\n{_closes(check_in)}"),
        actions(
            button(_("Change answers"), do=Do.CHANGE_ANSWERS, value=round_id),
            button(_("Change notes") if noted else _("Add notes"), do=Do.ADD_NOTES, value=round_id),
        ),
    ]
    blocks = first_that_fits(
        [section(thanks), *(section(_own(check_in, dimension, note=note)) for dimension in _answered(check_in)), *end]
        for note in (2000, 400, 100)
    )
    return Message(f"{thanks}. {_closes(check_in)}", blocks)


def closed(
    team: str,
    *,
    took_part: bool,
    summary_link: str | None,
    channel_id: str | None = None,
    refused: bool = False,
    deleted: bool = False,
    withheld: bool = False,
    skipped: bool = False,
) -> Message:
    """What takes the place of a check-in once its round is closed.

    `summary_link` is None while the summary isn't posted; `channel_id` is where it will be. `refused`: Slack took no
    post there, and the managers were told. `deleted`: the answers of this round are erased at the close;
    `withheld`: notes, too, since nothing of it may be shown.
    """
    if took_part:
        said = [_("Closed. You took part.")]
    else:
        said = [_("Closed. You skipped this round.") if skipped else _("Closed. You did not take part.")]
    if took_part and withheld:
        said.append(_("Your answers and notes have been deleted: no result of this round is shown."))
    elif took_part and deleted:
        said.append(_("Your answers have been deleted; notes stay, without names."))
    if summary_link is not None:
        said.append(_("Summary: {link}.").format(link=f"<{summary_link}|{_('read it in the channel')}>"))
    elif refused and channel_id is not None:
        said.append(
            _("Slack didn't take the summary in {channel}. The team's managers know, and can post it again.").format(
                channel=f"<#{channel_id}>"
            )
        )
    elif channel_id is not None:
        said.append(_("The summary will appear in {channel}.").format(channel=f"<#{channel_id}>"))
    else:
        said.append(_("The summary will appear in the team's channel."))
    return _ended(team, " ".join(said))


def cancelled(team: str) -> Message:
    return _ended(team, _("This round was cancelled. Its answers have been erased, and there will be no summary."))


def skipped(team: str, *, round_id: int, closes_at: datetime, time_zone: str) -> Message:
    """What takes the place of a check-in that its member skipped, with the way back."""
    until = local_time(closes_at, zone=time_zone)
    said = _ended(team, _("Skipped. If you change your mind, you can answer until {time}.").format(time=until))
    again = actions(button(_("Answer after all"), do=Do.SHOW_CHECK_IN, value=str(round_id)))
    return Message(said.text, [*said.blocks, again])


def reminder(team: str, *, link: str | None, closes_at: datetime, time_zone: str, round_id: int) -> Message:
    """A nudge; `link` leads to the check-in's own message."""
    value = str(round_id)
    text = _("Your check-in of *{team}* is not finished. It closes {time}.").format(
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
        nothing = section(_("Notes go with answers: answer a question first."))
        return modal(title=_("Add notes"), blocks=[nothing], callback_id=View.NOTES, close=_("Close"))
    return modal(
        title=_("Add notes"),
        blocks=[section(_who_sees_notes(check_in)), *(_note_field(check_in, dimension) for dimension in answered)],
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


def who_sees(check_in: CheckIn) -> str:
    """One sentence: what becomes of the answers, and who sees what."""
    if check_in.privacy is Privacy.NAMED:
        return _(
            "When the round closes, those who are asked in it and the team's managers see your name beside your "
            "answers. Everybody else, admins and later members too, sees what a confidential round would show. "
            "More: `/maturity privacy`."
        )
    return _(
        "Nobody sees your answers: not your team, not its managers, not the admins. Your team sees a summary of the "
        "questions that at least {minimum} people answered. At the close your answers are deleted; that you took part "
        "is kept. More: `/maturity privacy`."
    ).format(minimum=check_in.minimum)


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


def _who_sees_notes(check_in: CheckIn) -> str:
    if check_in.privacy is Privacy.NAMED:
        return _(
            "An example or a link helps your team understand an answer. Those who are asked in this round and the "
            "team's managers see your name beside your notes, and nobody else sees them."
        )
    return _(
        "An example or a link helps your team understand an answer. Notes are shown without names and in random "
        "order, and only if at least {number} people answered the question. What you write, and how, can still give "
        "you away."
    ).format(number=notes_from(check_in.minimum))


def _length(questions: int) -> str:
    number = ngettext("{n} question", "{n} questions", questions).format(n=questions)
    if questions > QUESTIONS_A_MINUTE:
        return _("{questions}, about two minutes.").format(questions=number)
    return _("{questions}, about a minute.").format(questions=number)


def _closes(check_in: CheckIn) -> str:
    return _("Closes {time}.").format(time=local_time(check_in.closes_at, zone=check_in.time_zone))


def _name(team: str) -> str:
    return escape(one_line(team))


def _header(team: str) -> Block:
    return header(_("Check-in: {team}").format(team=one_line(team)))


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
    return [section(f"*{title(dimension)}*\n{escape(dimension.question)}"), actions(choice, block_id=block_id)]


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
    name = _("*Check-in of {team}*").format(team=_name(team))
    return Message(f"{name}: {said}", [section(f"{name}\n{said}")])
