"""Menus with a search field: what was typed finds what was meant, and never too much."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.teams.menu_views import country_options, usergroup_options, zone_options


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("chicago", "America/Chicago"),
        ("new york", "America/New_York"),
        ("NEW_Y", "America/New_York"),
        ("america/den", "America/Denver"),
        ("berl", "Europe/Berlin"),
        ("singapore", "Asia/Singapore"),
        ("utc", "Etc/UTC"),
    ],
)
def test_a_time_zone_is_found_by_its_city(query: str, first: str) -> None:
    assert zone_options(query)[0]["value"] == first


def test_old_names_of_time_zones_come_last() -> None:
    assert [each["value"] for each in zone_options("pacific")[-2:]] == ["Canada/Pacific", "US/Pacific"]


def test_a_country_is_found_by_name_or_letters_and_can_be_left_out() -> None:
    assert [each["text"]["text"] for each in country_options("germ")] == ["No public holidays", "Germany"]
    assert country_options("us")[1]["value"] == "US"
    assert [each["value"] for each in country_options("no such country")] == ["none"]


@given(query=st.text(max_size=20))
@settings(deadline=None)
def test_a_menu_never_offers_more_than_slack_takes(query: str) -> None:
    groups = [(f"S{number}", f"Group {number}") for number in range(150)]
    for options in (zone_options(query), country_options(query), usergroup_options(groups, query)):
        assert len(options) <= 100
        assert len({option["value"] for option in options}) == len(options)


def test_a_user_group_is_found_by_its_name() -> None:
    groups = [("S1", "Web permits"), ("S2", "Permits"), ("S3", "Parks")]
    assert [each["value"] for each in usergroup_options(groups, "permi")] == ["S2", "S1"]
