import pytest

from bot.inputs.nearest import nearest

CITIES = {"America/Chicago": ("America/Chicago", "Chicago"), "Europe/Vienna": ("Europe/Vienna", "Vienna")}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Chicago", "America/Chicago"),
        ("chigaco", "America/Chicago"),
        (" europe/viena ", "Europe/Vienna"),
        ("Ulaanbaatar", None),
        ("", None),
    ],
)
def test_the_key_is_found_by_any_of_its_names(typed: str, meant: str | None) -> None:
    assert nearest(typed, CITIES) == meant


def test_a_blank_and_an_underscore_are_the_same() -> None:
    assert nearest("new york", {"America/New_York": ["New_York"]}) == "America/New_York"


def test_nothing_is_near_where_there_is_nothing() -> None:
    assert nearest("Chicago", {}) is None
