"""`/maturity WORD ...`: the words there are, who finds which in the help, and the nearest to a misspelt one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.inputs import typed
from bot.inputs.nearest import nearest
from bot.kit.i18n import _


class Who(StrEnum):
    """Whom a command is listed for; README's table and `bot.access.roles` say exactly who may."""

    EVERYONE = "everyone"
    MEMBERS = "members"
    MANAGERS = "managers"
    ADMINS = "admins"


@dataclass(frozen=True, slots=True)
class Usage:
    """One command as the help lists it."""

    usage: str
    """Without the slash command: `trend [team]`."""
    does: str
    who: Who


@dataclass(frozen=True, slots=True)
class Command:
    """What was typed after `/maturity`."""

    word: str
    """In its normal form; `help` when nothing was typed."""
    rest: str
    """As it was typed, but for blanks, and what stood around it."""
    is_quoted: bool = False
    """Whether the rest stood in quotes."""


def parse(text: str) -> Command:
    """The first word, and what follows it, of a command's text as Slack sends it."""
    words = typed.unwrapped(typed.clean(typed.as_typed(text)))
    word, _blank, rest = words.partition(" ")
    return Command(typed.key(word.lstrip("/")) or "help", typed.unwrapped(rest), typed.is_quoted(rest))


GOOD = 0.7
"""A guess that is less like the word than this says nothing: the list of all does."""

OTHER_WORDS = {
    "away": ("holiday", "vacation"),
    "cancel": ("reset",),
    "pause": ("stop",),
    "settings": ("delete",),
    "summary": ("report", "result", "results", "status"),
}
"""What other programs call what we do, where it looks like another of our words or like none."""


def meant(word: str, words: Iterable[str]) -> str | None:
    """The known word that someone most likely meant; None where that is a guess at random."""
    return nearest(word, {each: (each, *OTHER_WORDS.get(each, ())) for each in words}, good=GOOD)


def usages() -> Mapping[str, Usage]:
    """The commands that work, by their words, in the order of the help."""
    everyone, members, managers, admins = Who.EVERYONE, Who.MEMBERS, Who.MANAGERS, Who.ADMINS
    found = (
        Usage("setup", _("set up check-ins for the team of this channel"), everyone),
        Usage("checkin", _("show your open check-ins"), everyone),
        Usage("away until DATE", _("be left out of rounds through that day; `away off` when you are back"), everyone),
        Usage("privacy", _("read what is stored about you and who sees it, export it or delete it"), everyone),
        Usage("rubric", _("read all dimensions and levels"), everyone),
        Usage("help", _("show this list"), everyone),
        Usage("summary [team] [last N]", _("show the last summary, or the last N, to you alone"), members),
        Usage("trend [team] [last N]", _("show the levels over the rounds, or over the last N"), members),
        Usage("actions [team]", _("list the action items; adopt, add, end or edit them"), members),
        Usage("start [team]", _("ask the team now"), managers),
        Usage("remind [team]", _("remind those who haven't finished"), managers),
        Usage("extend [days] [team]", _("keep the open round open longer, by 1 to 20 working days"), managers),
        Usage("close [team]", _("close the open round before its time"), managers),
        Usage("cancel [team]", _("end the open round without a summary and delete its answers"), managers),
        Usage("skip [off] [team]", _("skip the next round; `skip off` undoes that"), managers),
        Usage("pause [team]", _("stop asking until you resume"), managers),
        Usage("resume [team]", _("start asking again"), managers),
        Usage("settings [team]", _("change the settings, move the team to another channel, or delete it"), managers),
        Usage("managers [add|remove @person] [team]", _("show or change who manages the team"), managers),
        Usage("overview", _("show where the teams you manage stand; admins see all teams"), managers),
        Usage(
            "export [csv|json|xlsx] [team]",
            _("get what the summaries showed as a file: for a team, or for all yours"),
            managers,
        ),
        Usage("admins [add|remove @person]", _("show or change who is an admin here beside Slack's own"), admins),
        Usage("audit [team]", _("read what managers and admins did"), admins),
    )
    return {each.usage.partition(" ")[0]: each for each in found}
