"""What a manager reads who starts, closes, cancels or reminds of a round."""

from datetime import datetime

from bot.check_ins.views import Result
from bot.kit.i18n import _
from bot.notices.nearly_done_views import answered_of, keep_open_button, remind_button, too_few
from bot.slack.blocks import Message, actions, button, confirmation, escape, local_time, one_line, section
from bot.slack.ids import Do
from bot.slack.sentences import plain_message
from storage.answers import Nearness


def start_offer(team: str, *, team_id: int) -> Message:
    """What starting a round does, with a button that does it."""
    said = _("Ask *{team}* now? Its members are asked by direct message, starting within a minute.")
    said = said.format(team=escape(one_line(team)))
    return Message(said, [section(said), actions(button(_("Start now"), do=Do.START_NOW, value=str(team_id)))])


def close_question(
    team: str,
    found: Nearness,
    *,
    needed: int,
    minimum: int,
    closes_at: datetime,
    time_zone: str,
    round_id: int,
    can_extend: bool = True,
) -> Message:
    """What closing an open round now leads to, with what else can be done: numbers of people, no names, no levels.

    From `needed` answers on somebody sees something, which in a named round is one; from `minimum` on the channel does.
    """
    counted, name = answered_of(found.answered, found.asked), escape(one_line(team))
    closes = _("The round closes {time}.").format(time=local_time(closes_at, zone=time_zone))
    if found.answered < needed:
        return _delete_question(f"*{name}*: {counted}", closes, found, needed=needed, round_id=round_id,
                                can_extend=can_extend)  # fmt: skip
    less = _shows_less(found.answered, is_named=needed < minimum, minimum=minimum)
    text = f"*{name}*: {counted} {closes} {less}"
    ask = confirmation(
        title=_("Close now?"),
        text=f"{counted} {less} {_('Nobody can answer after that.')}",
        confirm=_("Close now"),
        deny=_("Keep it open"),
    )
    return Message(
        text, [section(text), actions(button(_("Close now"), do=Do.CLOSE_NOW, value=str(round_id), confirm=ask))]
    )


def _shows_less(answered: int, *, is_named: bool, minimum: int) -> str:
    """What isn't shown of how few answers; nothing is promised, since how many answered what isn't known yet."""
    if not is_named:
        said = _("Dimensions with fewer than {n} answers show nothing.")
    elif answered < minimum:
        said = _("Fewer than {n} people have answered, so the channel would see no levels.")
    else:
        said = _("The channel sees no level of a dimension with fewer than {n} answers.")
    return said.format(n=minimum)


def _delete_question(
    counted: str, closes: str, found: Nearness, *, needed: int, round_id: int, can_extend: bool
) -> Message:
    """Of a round that shows nothing if it is closed now. What can't bring the answers that it lacks isn't offered."""
    answered, can_be = found.answered, found.asked >= needed
    lost = _("Closing now erases these answers and shows nothing.") if answered else _("Closing now shows nothing.")
    why = f"{too_few(found, needed=needed)} {lost}".strip()
    label = _("Erase and close") if answered else _("Close without a summary")
    ask = confirmation(title=f"{label}?", text=why, confirm=label, deny=_("Keep it open"))
    buttons = [
        *([keep_open_button(round_id)] if can_extend and can_be else []),
        *([remind_button(round_id)] if found.can_reach(needed) and can_be else []),
        button(label, do=Do.ERASE_AND_CLOSE, value=str(round_id), style="danger", confirm={**ask, "style": "danger"}),
    ]
    text = f"{counted} {why} {closes}"
    return Message(text, [section(text), actions(*buttons)])


def closed_early(team: str, result: Result, *, channel_id: str, minimum: int, keeps_answers: bool) -> Message:
    """What came of an early close; `keeps_answers`: of a named round, for those who were asked and the managers."""
    if result is Result.SHOWN:
        said = _("Closed. The summary of *{team}* is on its way to {channel}.")
    elif result is Result.WITHHELD:
        said = _(
            "Closed, and nothing of *{team}* is shown: most who answered also answered elsewhere this week. All "
            "answers are deleted. A note goes to {channel}."
        )
    elif result is Result.NOBODY:
        said = _("Closed. Nobody in *{team}* had answered, so there is nothing to show. A note goes to {channel}.")
    elif keeps_answers:
        few = _("Closed. Too few in *{team}* had answered for a summary that everyone may see.")
        none = _("Closed. No question in *{team}* got the {n} answers it needs for a summary that everyone may see.")
        said = f"{few if result is Result.TOO_FEW else none} " + _(
            "Those who were asked and the team's managers find the answers in {channel}, under Details."
        )
    elif result is Result.TOO_FEW:
        said = _(
            "Closed without a summary: too few in *{team}* had answered. All answers are deleted. A note goes to "
            "{channel}."
        )
    else:
        said = _(
            "Closed without a summary: no question in *{team}* got the {n} answers it needs. All answers are deleted. "
            "A note goes to {channel}."
        )
    return plain_message(said.format(team=escape(one_line(team)), channel=f"<#{channel_id}>", n=minimum))


def cancel_offer(team: str, *, answered: int, asked: int, round_id: int) -> Message:
    """What cancelling deletes, for the manager who may do it: a number, no names, no levels."""
    counted = answered_of(answered, asked)
    lost = _("Cancelling deletes these answers for good, and there will be no summary.")
    if not answered:
        lost = _("Cancelling ends the round, and there will be no summary.")
    text = f"*{escape(one_line(team))}*: {counted} {lost}"
    ask = confirmation(
        title=_("Cancel this round?"),
        text=f"{counted} {lost}",
        confirm=_("Cancel the round"),
        deny=_("Keep it open"),
    )
    do_it = button(_("Cancel the round"), do=Do.CANCEL_NOW, value=str(round_id), style="danger", confirm=ask)
    return Message(text, [section(text), actions(do_it)])


def reminded_already(team: str, *, again_at: datetime | None, time_zone: str) -> Message:
    """To a manager shortly after a reminder; `again_at` None: the round is closed by then. No number here either."""
    said = _(
        "*{team}*: whoever hasn't finished was reminded just now, or will be when their working day begins."
    ).format(team=escape(one_line(team)))
    if again_at is not None:
        time = local_time(again_at, zone=time_zone)
        said += " " + _("From {time} on you can remind them once more.").format(time=time)
    return Message(said, [section(said)])


def reminded_later(team: str, *, first_at: datetime | None, time_zone: str) -> Message:
    """To the manager outside everybody's working hours; `first_at` None: the round is closed by then."""
    name = escape(one_line(team))
    if first_at is None:
        said = _(
            "*{team}*: nobody is reminded. It is outside everybody's working hours, and the round closes before they "
            "begin again. `/maturity extend` keeps it open longer."
        ).format(team=name)
    else:
        said = _(
            "*{team}*: it is outside everybody's working hours now. Whoever hasn't finished is reminded from {time} "
            "on, each in their own working hours."
        ).format(team=name, time=local_time(first_at, zone=time_zone))
    return Message(said, [section(said)])


def reminded(team: str) -> Message:
    """To the manager. No number: one that changes with the roster would tell who has finished before the close."""
    said = _(
        "*{team}*: whoever hasn't finished is reminded, each in their own working hours, except those who skipped this "
        "round, are away, put it off, or have had as many reminders as a round allows."
    ).format(team=escape(one_line(team)))
    return Message(said, [section(said)])
