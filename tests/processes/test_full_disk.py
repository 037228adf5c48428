"""A disk that is really full: the program says so to monitors, and goes on once there is room."""

import os
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from tests.parts import as_root, missing
from tests.processes.program import PATIENCE, program
from tests.processes.town import becomes_ready, get, town, within

ROOM = "3m"


@contextmanager
def small_disk(at: Path) -> Iterator[Path]:
    """A file system with little room."""
    root = as_root()
    at.mkdir()
    options = f"size={ROOM},uid={os.geteuid()},mode=700"
    if subprocess.run([*root, "mount", "-t", "tmpfs", "-o", options, "tmpfs", at], check=False).returncode != 0:
        missing("a small file system can't be mounted here: run the tests where root may mount a tmpfs")
    try:
        yield at
    finally:
        subprocess.run([*root, "umount", "--lazy", at], check=True)


def fill(file: Path) -> None:
    with file.open("wb", buffering=0) as growing, suppress(OSError):
        while True:
            growing.write(bytes(4096))


@contextmanager
def log_that_grows(database: Path) -> Iterator[None]:
    """A reader of the database as it is now: what is written meanwhile can't take the place of what is in its log.

    Without one, a log with room left from before lets SQLite write on for a while on a full disk.
    """
    with closing(sqlite3.connect(database, timeout=PATIENCE, isolation_level=None)) as reader:
        reader.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM alembic_version").fetchall()
        yield


async def test_a_full_disk_is_not_ready_and_counted_until_there_is_room(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk") as disk:
        async with town(tmp_path) as here:
            environment = here.environment(f"sqlite:///{disk}/maturity.db")
            async with program("run", environment=environment, directory=tmp_path) as started:

                async def unready() -> bool:
                    return (await get(started.address, "/readyz")).status_code == 503

                await becomes_ready(started)
                with log_that_grows(disk / "maturity.db"):
                    fill(disk / "full")
                    await within(PATIENCE, unready)
                    answer = await get(started.address, "/readyz")
                    assert answer.json()["reason"] == "the database takes no writes (SQLITE_FULL)"
                    told = await get(started.address, "/metrics")
                    assert 'maturity_check_ok{check="database"} 0.0' in told.text
                (disk / "full").unlink()
                await becomes_ready(started)
                assert await started.stop() == 0
