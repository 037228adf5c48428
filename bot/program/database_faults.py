"""What is wrong with the database, in one sentence with its fix, and whether waiting can help."""

import os
import tempfile
from pathlib import Path

from sqlalchemy.engine import URL
from sqlalchemy.exc import SQLAlchemyError

from bot.kit.errors import OutOfReachError, StartError
from storage import faults

POOLER = (
    "DATABASE_URL leads to a connection pooler that keeps no settings of ours (PgBouncer in transaction mode, as a "
    "rule). Connect to PostgreSQL itself, let the pooler use session mode, or set DATABASE_PREPARED_STATEMENTS=off."
)
_POSTGRESQL = {
    "22023": "an option or a port in it can't be used. Correct it, or take the option after the ? out.",
    "28P01": "the password is refused. Correct it in DATABASE_URL, with %40 for an @ in it and %25 for a %.",
    "28000": "the server doesn't let this user in. Correct the user in DATABASE_URL, or let it in (pg_hba.conf).",
    "3D000": "there is no such database. Make it (`createdb`), or correct its name in DATABASE_URL.",
    "42501": (
        "its user may not do that. Let the database's owner GRANT CONNECT on the database, CREATE and USAGE on its "
        "schema, and make this user the owner of its tables."
    ),
}
_ANOTHER_TIME = {
    "53300": "Lower DATABASE_POOL_SIZE and DATABASE_MAX_OVERFLOW of every process, or raise max_connections.",
    "57P03": "Look at the server's log if it stays so.",
}
"""The mends of what may pass by itself."""
_SQLITE = {
    "SQLITE_READONLY": "names a file that may only be read. Let the program write to it and in its folder.",
    "SQLITE_NOTADB": "names a file that is no SQLite database. Name another, or move that one away.",
    "SQLITE_CORRUPT": "names a file that is damaged. Restore the last backup.",
    "SQLITE_PERM": "names a file that the program may not open. Let its user read and write it.",
}


def told(error: SQLAlchemyError, url: URL) -> StartError:
    """The error for operators: OutOfReachError where the same may go well later, StartError where it can't."""
    code = faults.code_of(error)
    if url.get_backend_name() == "sqlite":
        primary = "_".join((code or "").split("_")[:2])
        if primary in _SQLITE:
            return StartError(f"DATABASE_URL {_SQLITE[primary]}")
        if primary == "SQLITE_CANTOPEN" and (problem := folder_problem(url)) is not None:
            return StartError(f"DATABASE_URL: {problem}")
        return OutOfReachError(
            f"DATABASE_URL can't be used ({code or type(error).__name__}). Check that the file and its folder are "
            "there and may be written to, and that the disk has room."
        )
    if code == faults.REFUSED_SETTINGS:
        return StartError(POOLER)
    if code in _POSTGRESQL:
        return StartError(f"DATABASE_URL: {_POSTGRESQL[code]}")
    mend = _ANOTHER_TIME.get(code or "", f"Check that the server runs at {_place(url)}, and DATABASE_URL.")
    if faults.is_unread(error):
        mend += " The server's log says why; with `lc_messages = 'C'` in postgresql.conf it can be read here, too."
    return OutOfReachError(f"DATABASE_URL can't be reached ({faults.named(error)}). {mend}")


def _place(url: URL) -> str:
    """Where a URL says that the server is: a host and port, or the folder of a socket."""
    host = url.host or url.query.get("host") or "this machine"
    port = url.port or url.query.get("port")
    return f"{host}:{port}" if port else str(host)


def folder_problem(url: URL) -> str | None:
    """Why a SQLite file can't be made where it should be, by errno; None where it can be."""
    folder = Path(os.path.realpath(url.database or "")).parent
    try:
        with tempfile.TemporaryFile(dir=folder):
            return None
    except OSError as error:
        return f"{folder} takes no file ({error.strerror}). Make the folder, or let the program write there."
