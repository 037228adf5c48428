"""What a manager reads who starts, closes, cancels or reminds of a round."""

from datetime import datetime

from bot.kit.i18n import _
from bot.notices.nearly_done_views import answered_of, keep_open_button, remind_button, too_few
from bot.slack.blocks import Message, actions, button, confirmation, escape, local_time, one_line, section
from bot.slack.ids import Do
from bot.slack.sentences import plain_message


def start_offer(team: str, *, team_id: int) -> Message:
    """What starting a round does, with a button that does it."""
    said = _("Ask *{team}* now? Its members get a direct message within a minute.").format(team=escape(one_line(team)))
    return Message(said, [section(said), actions(button(_("Start now"), do=Do.START_NOW, value=str(team_id)))])


def close_question(
    team: str,
    *,
    answered: int,
    asked: int,
    needed: int,
    closes_at: datetime,
    time_zone: str,
    round_id: int,
    can_extend: bool = True,
) -> Message:
    """What closing an open round now leads to, with what else can be done: numbers of people, no names, no levels.

    `needed` is from how many answers on a confidential summary shows anything; 1 in a named round.
    """
    counted, name = answered_of(answered, asked), escape(one_line(team))
    closes = _("The round closes {time}.").format(time=local_time(closes_at, zone=time_zone))
    if answered < needed:
        return _erase_question(f"*{name}*: {counted}", closes, answered=answered, needed=needed, round_id=round_id,
                               can_extend=can_extend)  # fmt: skip
    less = _shows_less(needed)
    text = f"*{name}*: {counted} {closes} {less}".strip()
    ask = confirmation(
        title=_("Close now?"),
        text=" ".join([counted, *([less] if less else []), _("Nobody can answer after that.")]),
        confirm=_("Close now"),
        deny=_("Keep it open"),
    )
    return Message(
        text, [section(text), actions(button(_("Close now"), do=Do.CLOSE_NOW, value=str(round_id), confirm=ask))]
    )


def _shows_less(needed: int) -> str:
    """What is shown of how many answers; nothing is promised, since how many answered what isn't known yet."""
    if needed <= 1:
        return ""
    return _("Dimensions with fewer than {n} answers show nothing.").format(n=needed)


def _erase_question(
    counted: str, closes: str, *, answered: int, needed: int, round_id: int, can_extend: bool
) -> Message:
    """Of a round that shows nothing if it is closed now."""
    lost = _("Closing now erases these answers and shows nothing.") if answered else _("Closing now shows nothing.")
    text = f"{counted} {too_few(needed)} {lost} {closes}"
    label = _("Erase and close") if answered else _("Close without a summary")
    ask = confirmation(title=f"{label}?", text=f"{too_few(needed)} {lost}", confirm=label, deny=_("Keep it open"))
    close = button(
        label, do=Do.ERASE_AND_CLOSE, value=str(round_id), style="danger", confirm={**ask, "style": "danger"}
    )
    keep_open = [keep_open_button(round_id)] if can_extend else []
    return Message(text, [section(text), actions(*keep_open, remind_button(round_id), close)])


def closed_early(team: str, *, channel_id: str, took_part: int, needed: int, withheld: bool, shows: bool) -> Message:
    """What came of an early close."""
    name, channel = escape(one_line(team)), f"<#{channel_id}>"
    if shows:
        said = _("Closed. The summary of *{team}* is on its way to {channel}.")
    elif withheld:
        said = _(
            "Closed, and nothing of *{team}* is shown: most who answered also answered elsewhere this week. What was "
            "answered is erased. A note goes to {channel}."
        )
    elif took_part == 0:
        said = _("Closed. Nobody in *{team}* had answered, so there is nothing to show. A note goes to {channel}.")
    elif took_part < needed:
        said = _(
            "Closed without a summary: too few in *{team}* had answered. Their answers are erased. A note goes to "
            "{channel}."
        )
    else:
        said = _("Closed. No dimension of *{team}* has enough answers to be shown. A note goes to {channel}.")
    return plain_message(said.format(team=name, channel=channel))


def cancel_offer(team: str, *, answered: int, asked: int, round_id: int) -> Message:
    """What cancelling erases, for the manager who may do it: a number, no names, no levels."""
    counted = answered_of(answered, asked)
    lost = _("Cancelling erases these answers for good, and there will be no summary.")
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
