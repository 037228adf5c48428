"""What a manager reads who starts, closes, cancels or reminds of a round."""

from datetime import datetime

from bot.kit.i18n import _, ngettext
from bot.slack.blocks import Message, actions, button, confirmation, escape, local_time, one_line, section
from bot.slack.ids import Do


def start_offer(team: str, *, team_id: int) -> Message:
    """What starting a round does, with a button that does it."""
    said = _("Ask *{team}* now? Its members get a direct message within a minute.").format(team=escape(one_line(team)))
    return Message(said, [section(said), actions(button(_("Start now"), do=Do.START_NOW, value=str(team_id)))])


def progress(team: str, *, answered: int, asked: int, closes_at: datetime, time_zone: str, round_id: int) -> Message:
    """How many have answered, for the manager who may close the round early: a number, no names, no levels."""
    counted = ngettext("{answered} of {n} answered", "{answered} of {n} answered", asked).format(
        answered=answered, n=asked
    )
    text = _("*{team}*: {counted}. The round closes {time}.").format(
        team=escape(one_line(team)), counted=counted, time=local_time(closes_at, zone=time_zone)
    )
    ask = confirmation(
        title=_("Close now?"),
        text=_("{counted}. The summary is made from these answers, and nobody can answer after that.").format(
            counted=counted
        ),
        confirm=_("Close now"),
        deny=_("Keep it open"),
    )
    return Message(
        text, [section(text), actions(button(_("Close now"), do=Do.CLOSE_NOW, value=str(round_id), confirm=ask))]
    )


def cancel_offer(team: str, *, answered: int, asked: int, round_id: int) -> Message:
    """What cancelling erases, for the manager who may do it: a number, no names, no levels."""
    counted = ngettext("{answered} of {n} answered", "{answered} of {n} answered", asked).format(
        answered=answered, n=asked
    )
    text = _("*{team}*: {counted}. Cancelling erases these answers, and there will be no summary.").format(
        team=escape(one_line(team)), counted=counted
    )
    ask = confirmation(
        title=_("Cancel this round?"),
        text=_("{counted}. These answers are erased for good.").format(counted=counted),
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
            "*{team}*: nobody is reminded. It is outside everybody's working hours, and the round closes before the "
            "next begin. `/maturity extend` keeps it open longer."
        ).format(team=name)
    else:
        said = _(
            "*{team}*: nobody is reminded now, outside everybody's working hours. Whoever hasn't finished by then is "
            "reminded from {time} on, each in their own working hours."
        ).format(team=name, time=local_time(first_at, zone=time_zone))
    return Message(said, [section(said)])


def reminded(team: str) -> Message:
    """To the manager. No number: one that changes with the roster would tell who has finished before the close."""
    said = _(
        "*{team}*: whoever hasn't finished is reminded, each in their own working hours. Nobody is reminded who "
        "skipped this round, is away, put it off, or has had as many reminders as a round allows."
    ).format(team=escape(one_line(team)))
    return Message(said, [section(said)])
