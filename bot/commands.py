"""`/maturity WORD ...`: the words there are, who finds which in the help, and the nearest to a misspelt one."""

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.i18n import _


@dataclass(frozen=True, slots=True)
class Command:
    """What was typed after `/maturity`."""

    word: str
    """Lower case; `help` when nothing was typed."""
    rest: str


CHANNEL = re.compile(r"<#(?P<id>[CG][A-Z0-9]+)(?:\|[^>]*)?>")
PERSON = re.compile(r"<@(?P<id>[UW][A-Z0-9]+)(?:\|[^>]*)?>")


def parse(text: str) -> Command:
    """The first word, and what follows it as it stands."""
    word, *rest = text.split(maxsplit=1) or [""]
    return Command(word.lower().lstrip("/") or "help", "".join(rest).strip())


def unescaped(text: str) -> str:
    """What somebody typed as they typed it: Slack escapes three characters in the text of a command."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def nearest(word: str, words: Sequence[str]) -> str | None:
    """The known word that someone most likely meant."""
    found = difflib.get_close_matches(word, words, n=1, cutoff=0.6)
    return found[0] if found else None


def channel_id(text: str) -> str | None:
    """The channel in `<#C1|name>`, as Slack escapes one."""
    match = CHANNEL.search(text)
    return match["id"] if match else None


def usages() -> Mapping[str, tuple[str, str]]:
    """The commands that work, each with its usage and what it does, in the order of the help."""
    return {
        "setup": ("setup", _("set up check-ins for the team of this channel")),
        "settings": ("settings [team]", _("change a team's settings, move it to another channel, or delete it")),
        "start": ("start", _("ask the team of this channel now")),
        "close": ("close", _("close the open round before its time")),
        "cancel": ("cancel", _("end the open round without a summary and erase its answers")),
        "extend": ("extend [days]", _("keep the open round open for some working days more, one if you name none")),
        "remind": ("remind", _("remind those who have not finished")),
        "checkin": ("checkin", _("bring up your open check-ins")),
        "actions": ("actions [team]", _("see the action items of a team; adopt, add, end or edit them")),
        "summary": (
            "summary [team] [last N]",
            _("show the last summary, or the last N, to you alone; managers can share it"),
        ),
        "trend": ("trend [team]", _("show a team's levels over its rounds")),
        "overview": ("overview", _("show where the teams stand that you manage; admins see all")),
        "export": (
            "export [csv|json|xlsx] [team]",
            _("get what the summaries told as a file: of a team, or of all that you manage"),
        ),
        "pause": ("pause", _("stop asking the team of this channel until you resume")),
        "resume": ("resume", _("start asking again")),
        "skip": ("skip [off]", _("leave out the next round; `skip off` takes that back")),
        "away": ("away until DATE", _("be left out of rounds until that day; `away off` when you are back")),
        "managers": ("managers [add|remove @person]", _("show or change who manages the team of this channel")),
        "admins": ("admins [add|remove @person]", _("show or change who is an admin here beside Slack's own")),
        "audit": ("audit [team]", _("read what managers and admins did")),
        "rubric": ("rubric", _("read all dimensions and levels")),
        "privacy": ("privacy", _("read what is stored about you and who sees it, export it or erase it")),
        "help": ("help", _("show this list")),
    }
