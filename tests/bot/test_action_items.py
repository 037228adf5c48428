"""When an owner is asked what became of an action, and with which due date one begins."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from bot.actions.due_dates import asked_at, first_due
from rubric import Effort
from storage.models import Person, Team

NOW = datetime(2026, 11, 3, 16, 0, tzinfo=UTC)
"""A Tuesday, 10:00 in Chicago."""


def a_team(**changes: Any) -> Team:
    usual: dict[str, Any] = {
        "time_zone": "America/Chicago",
        "weekday": "tuesday",
        "local_time": time(10),
        "own_days_off": [],
        "country": None,
        "subdivision": None,
    }
    return Team(**usual | changes)


def an_owner(**changes: Any) -> Person:
    return Person(**{"time_zone": "America/Chicago", "away_until": None} | changes)


def utc(day: int, hour: int, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("effort", "today", "due"),
    [
        (Effort.SMALL, date(2026, 11, 3), date(2026, 11, 17)),
        (Effort.MEDIUM, date(2026, 11, 3), date(2027, 2, 3)),
        (Effort.MEDIUM, date(2026, 11, 30), date(2027, 2, 28)),
        (Effort.LARGE, date(2026, 8, 31), date(2027, 2, 28)),
        (Effort.LARGE, date(2026, 6, 30), date(2026, 12, 30)),
        (None, date(2026, 12, 28), date(2027, 1, 11)),
    ],
)
def test_an_action_begins_with_a_due_date_by_its_effort(effort: Effort | None, today: date, due: date) -> None:
    assert first_due(effort, today=today) == due


@pytest.mark.parametrize(
    ("team", "owner", "due_on", "at"),
    [
        (a_team(), an_owner(), date(2026, 11, 4), utc(4, 16)),
        (a_team(), None, date(2026, 11, 4), utc(4, 16)),
        (a_team(), an_owner(time_zone="Asia/Tokyo"), date(2026, 11, 5), utc(5, 1)),
        (a_team(), an_owner(), date(2026, 11, 7), utc(9, 16)),
        (a_team(weekday="saturday"), an_owner(), date(2026, 11, 7), utc(7, 16)),
        (a_team(country="US"), an_owner(), date(2026, 11, 26), utc(27, 16)),
        (a_team(own_days_off=["2026-11-04"]), an_owner(), date(2026, 11, 4), utc(5, 16)),
        (a_team(), an_owner(away_until=date(2026, 11, 6)), date(2026, 11, 4), utc(9, 16)),
        (a_team(), an_owner(), date(2026, 11, 3), NOW),
    ],
    ids=[
        "at ten on the date",
        "an owner we don't know, on the team's clock",
        "on the owner's own clock",
        "a Saturday",
        "a Saturday on which the team works",
        "a public holiday",
        "a day off of the team's own",
        "the owner is away",
        "this very moment",
    ],
)
def test_an_owner_is_asked_at_ten_on_a_working_day(
    team: Team, owner: Person | None, due_on: date, at: datetime
) -> None:
    assert asked_at(team, owner, due_on=due_on, now=NOW) == at


def test_a_moment_that_has_passed_is_the_next_one() -> None:
    late = NOW.replace(hour=18)
    assert asked_at(a_team(), an_owner(), due_on=date(2026, 11, 3), now=late) == utc(4, 16)
    assert asked_at(a_team(), an_owner(), due_on=date(2026, 10, 1), now=NOW.replace(hour=12)) == NOW
