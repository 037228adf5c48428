"""What files are called that somebody asked for: by team and date, in letters that every system takes."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.files import file_name

DAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("team", "begins"),
    [
        ("permits", "permits"),
        ("Parks & Recreation", "parks-recreation"),
        ("Straßenbau Nørrebro, Süd", "strassenbau-norrebro-sud"),
        ("Łódź æsthetics", "lodz-aesthetics"),
        ("../../etc/passwd", "etc-passwd"),
        ("CON", "con"),
        ("許可", "team"),
        ("!!!", "team"),
        ("a" * 39 + " team", "a" * 39),
    ],
)
def test_a_file_is_named_after_its_team_and_date(team: str, begins: str) -> None:
    assert file_name(team, "rounds", on=DAY, suffix="csv") == f"{begins}-rounds-2026-11-25.csv"


@given(st.text())
def test_whatever_a_team_is_called_its_files_have_safe_names(team: str) -> None:
    name = file_name(team, "rounds", on=DAY, suffix="csv")
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*-rounds-2026-11-25\.csv", name)
    assert len(name) < 80
