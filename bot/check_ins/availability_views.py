"""Who is asked, and how they put it off: away, asked no more, asked again."""

from collections.abc import Sequence
from datetime import date

from bot.kit.i18n import _, ngettext
from bot.slack.blocks import Message, actions, button, section
from bot.slack.ids import Do
from bot.slack.wording import away_through


def stopped() -> Message:
    """To somebody who asked not to be asked, with the way back."""
    return _with_way_back(
        _("You won't be asked or reminded any more, in any team. Answers you have given in an open round still count.")
    )


def asked_again() -> Message:
    said = _(
        "You will be asked again, from the next round of each of your teams on. "
        "`/maturity checkin` shows what is open now."
    )
    return Message(said, [section(said)])


def check_ins(lines: Sequence[str], *, opted_out: bool) -> Message:
    """One's open check-ins, a line each; `opted_out` for who isn't asked any more."""
    text = "\n".join(lines) or _("You have no open check-in.")
    if not opted_out:
        return Message(text, [section(text)])
    return _with_way_back(text + "\n" + _("You chose not to be asked any more."))


def _with_way_back(text: str) -> Message:
    return Message(text, [section(text), actions(button(_("Ask me again"), do=Do.ASK_AGAIN))])


def away(until: date, *, waiting: int, note: str = "") -> Message:
    """Until when somebody is away; `waiting` are their open check-ins that they haven't finished.

    `note` says how the date was read that they typed.
    """
    said = f"{note} {away_through(until)}".strip()
    if waiting:
        said += " " + ngettext(
            "Your check-in that is open now stays open: you can still answer it.",
            "Your {n} check-ins that are open now stay open: you can still answer them.",
            waiting,
        ).format(n=waiting)
    said += " " + _("`/maturity away off` when you are back.")
    return Message(said, [section(said)])


def not_away(*, example: date, opted_out: bool) -> Message:
    """To somebody who isn't away; `example` is a day they might be."""
    if opted_out:
        return _with_way_back(_("You are not away.") + " " + _("You chose not to be asked any more."))
    said = _(
        "You are not away, so you are asked in each round of your teams. "
        "`/maturity away until {example}` leaves you out through that day."
    ).format(example=example.isoformat())
    return Message(said, [section(said)])


def back(*, opted_out: bool) -> Message:
    if opted_out:
        return _with_way_back(_("You are not away any more.") + " " + _("You chose not to be asked any more."))
    said = _("You are back: you will be asked and reminded again, from the next round of each of your teams on.")
    return Message(said, [section(said)])
