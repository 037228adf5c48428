"""The audit in sentences: who did what to which team, and when."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from bot.kit.i18n import _, ngettext
from bot.slack.blocks import (
    LONGEST_SECTION,
    Block,
    Message,
    context,
    escape,
    escape_within,
    first_that_fits,
    section,
    short_time,
)
from bot.slack.wording import listed
from storage.audit import OPERATOR, Details
from storage.kinds import Deed

Kept = TypeVar("Kept")

LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Line:
    """One entry, as it is kept."""

    at: datetime
    user_id: str
    what: str
    team: str | None
    details: Details


def audit(lines: Sequence[Line], *, total: int, time_zone: str, about: str | None = None) -> Message:
    """The newest entries, newest first, of `total`; `about` a team, or of the whole workspace.

    `time_zone` is the reader's.
    """
    if about is None:
        title = _("What managers and admins did, the newest first.")
    else:
        title = _("What managers and admins did to *{team}*, the newest first.").format(
            team=escape_within(about, LONGEST_NAME)
        )
    if not lines:
        nothing = _("Nothing is kept yet.")
        return Message(f"{title} {nothing}", [section(f"{title}\n{nothing}")])
    sentences = [sentence(line, time_zone=time_zone) for line in lines]
    drawings = (_drawn(title, sentences[:shown], older=total - shown) for shown in _fewer(len(sentences)))
    return Message(f"{title} {sentences[0]}", first_that_fits(drawings))


def nothing_about(name: str) -> str:
    """There is no such team, and none of that name was ever changed here."""
    return _("There is no team called “{name}”, and nothing is kept about one.").format(name=escape_within(name, 80))


def _fewer(number: int) -> range:
    """How many entries to try, the most first: names are long, and a message isn't."""
    return range(number, 0, -1)


def _drawn(title: str, sentences: Sequence[str], *, older: int) -> list[Block]:
    blocks, paragraph = [section(title)], ""
    for each in sentences:
        if paragraph and len(paragraph) + len(each) + 1 > LONGEST_SECTION:
            blocks.append(section(paragraph))
            paragraph = ""
        paragraph = f"{paragraph}\n{each}" if paragraph else each
    blocks.append(section(paragraph))
    kept = _("Entries are kept for two years.")
    if older > 0:
        kept = ngettext("{n} older entry is not shown.", "{n} older entries are not shown.", older).format(n=older) + (
            " " + kept
        )
    return [*blocks, context(kept)]


def sentence(line: Line, *, time_zone: str) -> str:
    """`24 Nov at 10:00: <@U1> closed the round of *Permits* early`."""
    done = _done(line, time_zone=time_zone)
    if done is None:
        done = _("{who} did something that this version doesn't know").format(who=_who(line))
    return _("{time}: {done}.").format(done=done, time=_time(line.at, time_zone))


def _done(line: Line, *, time_zone: str) -> str | None:
    """What was done; None for a deed of another version, or one of which less is kept than would be said."""
    said, details = _sayings().get(line.what), line.details
    words = {
        "who": _who(line),
        "team": _put(line.team, lambda name: escape_within(name, LONGEST_NAME)),
        "user": _put(details.user, "<@{}>".format),
        "old": _put(details.old, "<#{}>".format),
        "new": _put(details.new, "<#{}>".format),
        "channel": _put(details.channel, "<#{}>".format),
        "format": _put(details.format, escape),
        "until": _put(details.closes, lambda at: _time(at, time_zone)),
        "skipped": _put(details.skipped, lambda at: _time(at, time_zone)),
        "least": _put(details.minimum, str),
        "what": _put(details.changed, lambda names: listed([_field(name) for name in names])),
    }
    if said is None:
        return None
    try:
        return said(details).format(**{name: word for name, word in words.items() if word is not None})
    except KeyError:
        return None


def _put(kept: Kept | None, put: Callable[[Kept], str]) -> str | None:
    """In words, where it is kept."""
    return None if kept is None else put(kept)


def _who(line: Line) -> str:
    return _("The operator") if line.user_id == OPERATOR else f"<@{line.user_id}>"


def _time(at: datetime, time_zone: str) -> str:
    return short_time(int(at.timestamp()), zone=time_zone)


def _field(name: str) -> str:
    """A setting by the words of its field."""
    return {
        "name": _("the name"),
        "source": _("who is asked"),
        "cadence": _("how often"),
        "weekday": _("the day"),
        "local_time": _("the time"),
        "time_zone": _("the time zone"),
        "clock": _("whose clock"),
        "window": _("how long it is open"),
        "privacy": _("the privacy"),
        "reminders": _("the reminders"),
        "country": _("the public holidays"),
        "days_off": _("the days off"),
        "managers": _("the managers"),
    }.get(name, escape(name))


def _sayings() -> dict[str, Callable[[Details], str]]:
    """What is said of each deed, by what is kept with it."""
    always: dict[Deed, str] = {
        Deed.SETUP: _("{who} set up *{team}*"),
        Deed.MOVE: _("{who} moved *{team}* from {old} to {new}"),
        Deed.DELETE: _("{who} deleted *{team}*"),
        Deed.START: _("{who} started a round of *{team}*"),
        Deed.CLOSE: _("{who} closed the round of *{team}* early"),
        Deed.CANCEL: _("{who} cancelled the round of *{team}*"),
        Deed.EXTEND: _("{who} extended the round of *{team}* until {until}"),
        Deed.REMIND: _("{who} reminded the members of *{team}*"),
        Deed.SKIP: _("{who} skipped the round of *{team}* planned for {skipped}"),
        Deed.PAUSE: _("{who} paused *{team}*"),
        Deed.RESUME: _("{who} resumed *{team}*"),
        Deed.SHARE: _("{who} shared a summary of *{team}* in {channel}"),
        Deed.POST_AGAIN: _("{who} posted a summary of *{team}* again"),
        Deed.MANAGERS_ADD: _("{who} made {user} a manager of *{team}*"),
        Deed.MANAGERS_REMOVE: _("{who} removed {user} as a manager of *{team}*"),
        Deed.ADMINS_ADD: _("{who} made {user} an admin"),
        Deed.ADMINS_REMOVE: _("{who} removed {user} as an admin"),
        Deed.MINIMUM: _("{who} set the smallest group that a result is shown for to {least}"),
    }
    by_detail: dict[Deed, Callable[[Details], str]] = {
        Deed.SETTINGS: lambda details: (
            _("{who} changed settings of *{team}* ({what})")
            if details.changed
            else _("{who} saved the settings of *{team}*")
        ),
        Deed.TEAMS_APPLY: lambda details: (
            _("{who} changed *{team}* from a file ({what})")
            if details.changed
            else _("{who} set up *{team}* from a file")
        ),
        Deed.EXPORT: _export,
    }
    said = {deed.value: _constant(text) for deed, text in always.items()}
    return said | {deed.value: saying for deed, saying in by_detail.items()}


def _constant(text: str) -> Callable[[Details], str]:
    return lambda _details: text


def _export(details: Details) -> str:
    if details.team is None:
        return _("{who} exported the results of several teams")
    if details.format is not None:
        return _("{who} exported the results of *{team}* as {format}")
    return _("{who} exported the results of *{team}*")
