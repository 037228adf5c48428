"""What Slack's refusals mean: one judgement for each word, whichever call it answered. Pure, from error_words.toml."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus
from importlib.resources import files


class Verdict(StrEnum):
    """What a refusal is about, and so what it ends."""

    PASSING = "passing"
    """Nothing is wrong: the same call is answered later."""
    INSTALLATION = "installation"
    """Our token, if auth.test says so, too."""
    CHANNEL = "channel"
    """A channel, until somebody mends it."""
    PERSON = "person"
    """One person in this workspace."""
    SETTING = "setting"
    """What somebody allows, pays for or configures; token, channel and person are fine."""
    TARGET = "target"
    """One message, file, view or group."""
    MOMENT = "moment"
    """The chance of one tap, page or version: read or tapped again, it may go well."""
    BUG = "bug"
    """Our request, or our configuration."""


class Again(StrEnum):
    """Whether and how the same thing is tried once more, within its life."""

    NEVER = "never"
    AS_TOLD = "as told"
    """After the seconds that Slack says."""
    BACKOFF = "backoff"
    """After seconds, then minutes."""
    SLOWLY = "slowly"
    """After half a minute, then a quarter of an hour."""
    ANEW = "anew"
    """With another upload of the file."""
    PLAINER = "plainer"
    """Once, as text alone."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What follows from one refusal."""

    verdict: Verdict
    again: Again = Again.NEVER
    maybe_done: bool = False
    """The work may have been done all the same."""
    known: bool = True
    """False for a word that Slack hasn't documented: ours to look at."""

    @property
    def comes_again(self) -> bool:
        """Whether the same call may be answered later: it is made again as it is."""
        return self.again in {Again.AS_TOLD, Again.BACKOFF, Again.SLOWLY}


NO_WORD = Judgement(Verdict.PASSING, Again.BACKOFF, maybe_done=True)
"""An answer that isn't Slack's own: a proxy's page, a body cut short, a server that fails."""
UNKNOWN = Judgement(Verdict.BUG, Again.SLOWLY, known=False)
TOO_MANY = Judgement(Verdict.PASSING, Again.AS_TOLD)
NOT_READY = Judgement(Verdict.PASSING, Again.BACKOFF)
STILL_PROCESSED = ("slack file", "downloading image")
"""What Slack says beside `invalid_blocks` where only a picture isn't ready (slackapi/python-slack-sdk#1658, #1782)."""


def _read() -> dict[tuple[str, str | None], Judgement]:
    """By word, and by method where it means something else there."""
    document = tomllib.loads((files("bot.slack") / "error_words.toml").read_text(encoding="utf-8"))
    return {
        (word, group.get("method")): Judgement(
            Verdict(group["verdict"]), Again(group.get("again", Again.NEVER)), maybe_done=group.get("maybe_done", False)
        )
        for group in document["words"]
        for word in group["words"]
    }


_JUDGEMENTS = _read()
WORDS = frozenset(word for word, _method in _JUDGEMENTS)
"""Every word that is judged."""


def judge(
    word: str | None, *, method: str | None = None, status: int = HTTPStatus.OK, messages: Sequence[str] = ()
) -> Judgement:
    """What a refusal means: Slack's word for it (None: it gave none), the method that answered, and what it said more.

    A word counts for more than the status, but not in an answer of a server that fails.
    """
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return NO_WORD
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return TOO_MANY
    if word is None:
        return NO_WORD
    if word == "invalid_blocks" and method == "chat.update" and _is_not_ready(messages):
        return NOT_READY
    return _JUDGEMENTS.get((word, method)) or _JUDGEMENTS.get((word, None)) or UNKNOWN


def _is_not_ready(messages: Sequence[str]) -> bool:
    return any(said in message for message in messages for said in STILL_PROCESSED)
