"""A database's faults by their codes: SQLSTATE on PostgreSQL, SQLite's own names.

libpq gives no SQLSTATE for a connection that it couldn't make, only the server's sentence (psycopg 3.3's errors have
`sqlstate` None then), so for those the code is read off the sentence, in English as servers speak unless told
otherwise (`lc_messages`, which a client can't set before it is let in). A sentence that isn't known has no code, and is
waited out: that costs a line in the log, which says so, and no service.
"""

import re
from typing import Final

from sqlalchemy.exc import DBAPIError

_SENTENCES: Final = (
    (re.compile("password authentication failed|no password supplied"), "28P01"),
    (re.compile(r"no pg_hba\.conf entry|role .* does not exist|authentication failed|no such user"), "28000"),
    (re.compile("database .* does not exist|no such database"), "3D000"),
    (re.compile("permission denied for database"), "42501"),
    (re.compile("unsupported startup parameter|unrecognized configuration parameter"), "08P01"),
    (re.compile(r"invalid (port number|integer value|connection option|\w+ value|value for parameter)\b"), "22023"),
    (re.compile("too many (clients|connections)|remaining connection slots|no more connections allowed"), "53300"),
    (re.compile("starting up|shutting down|recovery mode|not yet accepting"), "57P03"),
)
CROWDED: Final = "53300"
REFUSED_SETTINGS: Final = "08P01"

_WORDS: Final = {
    "3D000": "no such database",
    "22023": "an option that it doesn't take",
    "25006": "it may only be read",
    "28000": "user refused",
    "28P01": "password refused",
    "42501": "no permission",
    "53100": "its disk is full",
    "53200": "out of memory",
    "53300": "no connection left",
    "57P01": "shut down",
    "57P03": "starting or stopping",
}
"""For SQLSTATEs that operators meet. SQLite's names speak for themselves."""
_UNREACHED: Final = (
    (re.compile("Connection refused"), "connection refused"),
    (re.compile("resolve host|translate host name"), "host not found"),
    (re.compile("No such file or directory"), "no such socket"),
    (re.compile("Permission denied"), "socket not permitted"),
    (re.compile("No route to host|Network is unreachable"), "no route"),
    (re.compile("timeout expired|timed out"), "timed out"),
    (re.compile("SSL|certificate"), "TLS refused"),
    (re.compile("closed the connection unexpectedly|Connection reset"), "cut off"),
)
"""What libpq says of a server that it doesn't come to, which has no code."""


def code_of(error: BaseException | None) -> str | None:
    """A database error's SQLSTATE, or SQLite's name for it (SQLITE_FULL); None where nobody says."""
    driver = error.orig if isinstance(error, DBAPIError) else error
    name = getattr(driver, "sqlite_errorname", None) or getattr(driver, "sqlstate", None)
    if name is None and driver is not None and driver.__cause__ is not None:
        name = code_of(driver.__cause__)
    if name is None and driver is not None and type(driver).__module__.partition(".")[0] == "psycopg":
        name = next((code for sentence, code in _SENTENCES if sentence.search(str(driver))), None)
    return None if name is None else str(name)


def is_crowded(error: BaseException) -> bool:
    """Whether the server takes no further connection just now."""
    return code_of(error) == CROWDED


def is_unread(error: BaseException) -> bool:
    """Whether a server gave a reason for letting nobody in that isn't known here, as one that speaks German does."""
    return code_of(error) is None and "failed: " in _said(error) and _unreached(error) is None


def _said(error: BaseException) -> str:
    return str(error.orig) if isinstance(error, DBAPIError) else ""


def _unreached(error: BaseException) -> str | None:
    return next((words for sentence, words in _UNREACHED if sentence.search(_said(error))), None)


def named(error: BaseException) -> str:
    """For operators: the error's code with a word for it, or why nothing was reached; else the kind of error."""
    code = code_of(error)
    if code is None:
        return _unreached(error) or type(error).__name__
    return f"{code}, {_WORDS[code]}" if code in _WORDS else code
