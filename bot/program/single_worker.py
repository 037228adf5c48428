"""One worker a SQLite file."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.engine import URL

from bot.kit.errors import StartError


@contextmanager
def only_worker(url: URL) -> Iterator[None]:
    """Hold a SQLite file's place for a worker; StartError while another process holds it.

    SQLite has one writer, so a second worker would only wait for the first. The place is a lock on a file beside the
    database, which the kernel gives up with the process, however it ends. PostgreSQL takes any number of workers.
    """
    if url.get_backend_name() != "sqlite" or url.database is None:
        yield
        return
    path = Path(url.database + ".worker")
    try:
        file = path.open("w")
    except OSError as error:
        raise StartError(
            f"{path} can't be written ({error.strerror}). Let the program write in the folder of its database."
        ) from error
    with file as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StartError(
                f"Another worker runs on {path.with_suffix('').name} already, and SQLite takes one. Stop it first, or "
                "set DATABASE_URL to a PostgreSQL database, which takes any number."
            ) from None
        yield
