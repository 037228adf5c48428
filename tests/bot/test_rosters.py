"""What Slack says of a person, in the words that matter here."""

from typing import Any

import pytest

from bot.teams.rosters import profile
from storage.people import Profile


def test_a_full_member_is_read_with_name_and_zone() -> None:
    user = {"id": "U1", "name": "ana", "tz": "America/Chicago", "profile": {"display_name": "Ana B."}}
    assert profile(user) == Profile(
        user_id="U1",
        name="Ana B.",
        time_zone="America/Chicago",
        is_bot=False,
        is_guest=False,
        is_deactivated=False,
        is_admin=False,
    )


@pytest.mark.parametrize(
    ("user", "name"),
    [
        ({"profile": {"display_name": "", "real_name": "Ana Bo"}, "name": "ana"}, "Ana Bo"),
        ({"real_name": "Ana Real", "profile": {"real_name": "Ana Bo"}}, "Ana Real"),
        ({"name": "ana"}, "ana"),
        ({"profile": None}, ""),
    ],
)
def test_the_name_is_the_best_that_slack_has(user: dict[str, Any], name: str) -> None:
    assert profile({"id": "U1", **user}).name == name


@pytest.mark.parametrize(
    ("said", "role"),
    [
        ("is_bot", "is_bot"),
        ("is_workflow_bot", "is_bot"),
        ("is_app_user", "is_bot"),
        ("is_restricted", "is_guest"),
        ("is_ultra_restricted", "is_guest"),
        ("is_stranger", "is_guest"),
        ("deleted", "is_deactivated"),
        ("is_invited_user", "is_deactivated"),
        ("is_admin", "is_admin"),
        ("is_owner", "is_admin"),
        ("is_primary_owner", "is_admin"),
    ],
)
def test_each_of_slacks_flags_makes_a_person_one_thing(said: str, role: str) -> None:
    found = profile({"id": "U1", said: True})
    roles = {name: getattr(found, name) for name in ("is_bot", "is_guest", "is_deactivated", "is_admin")}
    assert roles == dict.fromkeys(roles, False) | {role: True}


def test_a_deactivated_person_without_a_zone_is_read_all_the_same() -> None:
    found = profile({"id": "U1", "deleted": True})
    assert (found.time_zone, found.is_deactivated) == (None, True)
