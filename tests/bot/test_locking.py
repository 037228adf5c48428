"""One worker a SQLite file."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.kit.errors import StartError
from bot.program.single_worker import only_worker
from storage.engine import read_url

HOLD = """
import sys
from bot.program.single_worker import only_worker
from storage.engine import read_url
with only_worker(read_url(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_worker_on_one_file_is_refused_with_what_to_do(tmp_path: Path) -> None:
    url = read_url(f"sqlite:///{tmp_path / 'maturity.db'}")
    with only_worker(url), pytest.raises(StartError) as refused, only_worker(url):
        pass
    (line,) = refused.value.lines
    assert line.startswith("Another worker runs on maturity.db already, and SQLite takes one. Stop it first, or set ")


def test_the_place_is_free_again_when_a_worker_ends(tmp_path: Path) -> None:
    url = read_url(f"sqlite:///{tmp_path / 'maturity.db'}")
    for _ in range(2):
        with only_worker(url):
            assert (tmp_path / "maturity.db.worker").exists()


@pytest.mark.waits
def test_a_killed_worker_gives_its_place_up(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'maturity.db'}"
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, address], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(StartError), only_worker(read_url(address)):
            pass
        other.kill()
    with only_worker(read_url(address)):
        pass


def test_two_files_have_a_worker_each(tmp_path: Path) -> None:
    with (
        only_worker(read_url(f"sqlite:///{tmp_path / 'a.db'}")),
        only_worker(read_url(f"sqlite:///{tmp_path / 'b.db'}")),
    ):
        assert len(list(tmp_path.iterdir())) == 2


def test_postgresql_takes_any_number(tmp_path: Path) -> None:
    url = read_url("postgresql://host/maturity")
    with only_worker(url), only_worker(url):
        assert list(tmp_path.iterdir()) == []
