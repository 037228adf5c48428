from datetime import UTC, timedelta
from pathlib import Path

import pytest

from bot.kit.clock import clock_of, followed_clock, system_clock


def test_the_machines_time_is_aware_and_utc() -> None:
    assert system_clock().tzinfo is UTC


def test_a_followed_clock_is_ahead_by_what_its_file_holds_at_each_look(tmp_path: Path) -> None:
    path = tmp_path / "ahead"
    path.write_text("0")
    now = followed_clock(path)
    before = now()
    path.write_text("86400.5")
    assert timedelta(days=1) <= now() - before < timedelta(days=1, minutes=1)
    path.write_text("-3600")
    assert now() < before


def test_an_empty_file_moves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "ahead"
    path.touch()
    assert abs(followed_clock(path)() - system_clock()) < timedelta(minutes=1)


def test_without_a_file_the_clock_is_the_machines(tmp_path: Path) -> None:
    assert clock_of(None) is system_clock
    with pytest.raises(FileNotFoundError):
        clock_of(tmp_path / "missing")()
