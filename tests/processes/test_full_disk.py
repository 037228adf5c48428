"""A disk that is really full: the program says so to monitors, and goes on once there is room."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.processes.program import program
from tests.processes.town import becomes_ready, get, town

ROOM = "3m"


@contextmanager
def small_disk(at: Path) -> Iterator[Path]:
    """A file system with little room; skips the test where nobody may mount one."""
    at.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={ROOM}", "tmpfs", at], check=False).returncode != 0:
        pytest.skip("nobody may mount a small file system here")
    try:
        yield at
    finally:
        subprocess.run(["umount", "--lazy", at], check=True)


def fill(file: Path) -> None:
    with file.open("wb", buffering=0) as growing, suppress(OSError):
        while True:
            growing.write(bytes(4096))


async def test_a_full_disk_is_not_ready_and_counted_until_there_is_room(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk") as disk:
        async with town(tmp_path) as here:
            environment = here.environment(f"sqlite:///{disk}/maturity.db")
            async with program("run", environment=environment, directory=tmp_path) as started:
                await becomes_ready(started)
                fill(disk / "full")
                answer = await get(started.address, "/readyz")
                assert answer.status_code == 503
                assert answer.json()["reason"] == "the database takes no writes (SQLITE_FULL)"
                told = await get(started.address, "/metrics")
                assert 'maturity_check_ok{check="database"} 0.0' in told.text
                (disk / "full").unlink()
                await becomes_ready(started)
                assert await started.stop() == 0
