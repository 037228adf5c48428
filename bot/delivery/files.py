"""A file as its reader gets it, and what it is called."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class FileDraft:
    """A file as its reader gets it: its bytes, or a picture still to be drawn from its SVG."""

    filename: str
    title: str
    comment: str
    """The message that brings it: finished mrkdwn."""
    content: bytes = b""
    svg: str | None = None
    alt_text: str = ""
    """Of a picture: all that it says, in at most `bot.charts.profile_words.LONGEST_ALT_TEXT` characters."""


LONGEST_PART = 40
_SPELT = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th"})
"""Letters of Latin alphabets that are no plain letter with a mark."""


def file_name(whose: str, what: str, *, on: date, suffix: str) -> str:
    """`permits-rounds-2026-11-25.csv`: small letters, digits and hyphens, which every system takes.

    `whose` is a team's name as it is typed; `team` stands for one in another alphabet.
    """
    spelt = unicodedata.normalize("NFKD", whose.casefold().translate(_SPELT))
    safe = re.sub("[^a-z0-9]+", "-", "".join(each for each in spelt if not unicodedata.combining(each)))
    return f"{safe.strip('-')[:LONGEST_PART].rstrip('-') or 'team'}-{what}-{on.isoformat()}.{suffix}"
