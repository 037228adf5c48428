"""Files that may hold answers: their owner reads and writes them, and nobody else."""

import contextlib
import os
import stat
from pathlib import Path

from sqlalchemy.engine import URL

PRIVATE = 0o600
BESIDE = ("", "-wal", "-shm", "-journal")
"""What SQLite keeps a database in; it gives each of them the permissions of the first."""


def write(path: Path, content: bytes) -> None:
    """Put this into a file, which is the owner's alone from its first byte on, also where it was there before."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE), "wb") as file:
        if stat.S_ISREG(os.fstat(file.fileno()).st_mode):  # and no terminal or pipe, which isn't ours
            os.fchmod(file.fileno(), PRIVATE)
        file.write(content)


def keep_private(url: URL) -> None:
    """Make a SQLite database its owner's alone, whatever the umask: the file that will be, and those that are.

    Nothing is said of a folder that is missing, or of files that are somebody else's: opening them tells.
    """
    if url.get_backend_name() != "sqlite" or not url.database or url.database.startswith("file:"):
        return
    database = os.path.realpath(url.database)  # SQLite keeps the others beside the file, not beside a link to it
    # Never opened where it is there: closing it would drop the locks that SQLite holds on it for this process
    # (sqlite.org/howtocorrupt.html, 2.2).
    with contextlib.suppress(OSError):
        os.close(os.open(database, os.O_RDWR | os.O_CREAT | os.O_EXCL, PRIVATE))
    for suffix in BESIDE:
        path = Path(database + suffix)
        with contextlib.suppress(OSError):
            if stat.S_IMODE(path.stat().st_mode) != PRIVATE:
                path.chmod(PRIVATE)
