"""What managers read of an open round that is nearly done: numbers, never names, and what they can do."""

from datetime import datetime

from bot.kit.i18n import _, ngettext
from bot.slack.blocks import Message, actions, button, escape, local_time, one_line, section
from bot.slack.ids import Do
from storage.answers import Nearness


def all_answered(
    team: str, found: Nearness, *, needed: int, closes_at: datetime, time_zone: str, round_id: int
) -> Message:
    """Nobody is left who could answer."""
    if found.answered == found.asked:
        said = ngettext(
            "*{team}*: the only person who is asked has answered.",
            "*{team}*: all {n} people have answered.",
            found.asked,
        )
    else:
        said = _("*{team}*: {answered} of {n} people have answered. The others skipped this round or left.")
    said = said.format(team=escape(one_line(team)), answered=found.answered, n=found.asked)
    if found.answered < needed:
        said += " " + too_few(found, needed=needed)
    said += " " + _("The round closes {time}; you can close it sooner.").format(
        time=local_time(closes_at, zone=time_zone)
    )
    return Message(said, [section(said), actions(button(_("Close now"), do=Do.ASK_CLOSE, value=str(round_id)))])


def few_missing(
    team: str,
    found: Nearness,
    *,
    needed: int,
    closes_at: datetime,
    time_zone: str,
    round_id: int,
    can_extend: bool = True,
) -> Message:
    """A summary lacks one or two answers."""
    said = f"*{escape(one_line(team))}*: {answered_of(found.answered, found.asked)} {too_few(found, needed=needed)}"
    said = said.rstrip() + " " + _("The round closes {time}.").format(time=local_time(closes_at, zone=time_zone))
    keep_open = [keep_open_button(round_id)] if can_extend else []
    return Message(said, [section(said), actions(remind_button(round_id), *keep_open)])


def answered_of(answered: int, asked: int) -> str:
    """How many have answered, as a sentence."""
    return ngettext("{answered} of {n} person has answered.", "{answered} of {n} people have answered.", asked).format(
        answered=answered, n=asked
    )


def too_few(found: Nearness, *, needed: int) -> str:
    """From how many on there is a summary, and whether one can still come; nothing of a named round."""
    if needed <= 1:
        return ""  # one answer is enough for those who were asked, and the channel doesn't come into it yet
    if found.asked < needed:
        said = _("A summary needs {n} answers, so there will be none.")
    elif not found.can_reach(needed):
        said = _("A summary needs {n} answers, so there will be none unless someone who skipped answers after all.")
    else:
        said = _("A summary needs {n} answers.")
    return said.format(n=needed)


def remind_button(round_id: int) -> dict[str, object]:
    return button(_("Remind"), do=Do.REMIND_NOW, value=str(round_id))


def keep_open_button(round_id: int) -> dict[str, object]:
    return button(_("Keep open 2 more days"), do=Do.KEEP_OPEN, value=str(round_id))
