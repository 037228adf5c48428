"""What Slack says of a person, in the words that matter here."""

from typing import Any

import pytest

from bot.access.profiles import profile
from storage.models import Workspace
from storage.people import Profile

HERE = Workspace(id="T0HERE")


def test_a_full_member_is_read_with_name_and_zone() -> None:
    user = {"id": "U1", "name": "ana", "tz": "America/Chicago", "profile": {"display_name": "Ana B."}}
    assert profile(user, HERE) == Profile(
        user_id="U1",
        name="Ana B.",
        time_zone="America/Chicago",
        is_bot=False,
        is_guest=False,
        is_deactivated=False,
        is_admin=False,
        is_external=False,
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
    assert profile({"id": "U1", **user}, HERE).name == name


@pytest.mark.parametrize(
    ("said", "role"),
    [
        ("is_bot", "is_bot"),
        ("is_workflow_bot", "is_bot"),
        ("is_app_user", "is_bot"),
        ("is_restricted", "is_guest"),
        ("is_ultra_restricted", "is_guest"),
        ("is_stranger", "is_external"),
        ("deleted", "is_deactivated"),
        ("is_invited_user", "is_deactivated"),
        ("is_admin", "is_admin"),
        ("is_owner", "is_admin"),
        ("is_primary_owner", "is_admin"),
    ],
)
def test_each_of_slacks_flags_makes_a_person_one_thing(said: str, role: str) -> None:
    found = profile({"id": "U1", said: True}, HERE)
    roles = {name: getattr(found, name) for name in ("is_bot", "is_guest", "is_deactivated", "is_admin", "is_external")}
    assert roles == dict.fromkeys(roles, False) | {role: True}


def test_a_deactivated_person_without_a_zone_is_read_all_the_same() -> None:
    found = profile({"id": "U1", "deleted": True}, HERE)
    assert (found.time_zone, found.is_deactivated) == (None, True)


@pytest.mark.parametrize(
    ("user", "is_external"),
    [
        ({}, False),
        ({"team_id": "T0HERE"}, False),
        ({"team_id": "T0HERE", "is_stranger": True}, True),
        ({"team_id": "T0THEIRS", "is_stranger": False, "is_admin": True}, True),
        ({"team_id": "T0THEIRS", "enterprise_user": {"enterprise_id": "E0OURS", "teams": ["T0HERE"]}}, False),
        ({"team_id": "T0THEIRS", "enterprise_user": {"enterprise_id": "E0OURS", "teams": ["T0THEIRS"]}}, False),
        ({"team_id": "T0THEIRS", "enterprise_user": {"enterprise_id": "E0THEIRS", "teams": ["T0THEIRS"]}}, True),
    ],
)
def test_whoever_is_of_another_workspace_and_not_of_our_organisation_is_external(
    user: dict[str, Any], *, is_external: bool
) -> None:
    assert profile({"id": "U1", **user}, Workspace(id="T0HERE", enterprise_id="E0OURS")).is_external is is_external


def test_where_no_organisation_of_ours_is_known_only_the_workspaces_of_a_person_tell() -> None:
    theirs = {"id": "U1", "team_id": "T0THEIRS", "enterprise_user": {"teams": []}}
    assert profile(theirs, HERE).is_external
    theirs["enterprise_user"] = {"teams": ["T0HERE"]}
    assert not profile(theirs, HERE).is_external
