"""A team's row and the step that it waits for."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from bot.schedule.cadence import DaysOff, Slot, Weekday
from bot.schedule.schedules import (
    APART,
    ROSTER_LEAD,
    coming,
    days_off_of,
    opens_at,
    pause,
    put_off,
    resume,
    schedule_of,
    skip_next,
    start_now,
    unskip,
    wait_for,
    wait_for_next,
)
from storage.kinds import TeamStep, Whose
from storage.models import Team

MONDAY = datetime(2026, 9, 14, 15, 0, tzinfo=UTC)
TUESDAYS = [datetime(2026, 9, day, 15, 0, tzinfo=UTC) for day in (15, 22, 29)]
"""At ten in Chicago."""


def a_team(**columns: Any) -> Team:
    """Asked every Tuesday at ten in Chicago, unless told otherwise."""
    usual: dict[str, Any] = {
        "every_weeks": 1,
        "monthly_nth": None,
        "weekday": "tuesday",
        "local_time": time(10),
        "time_zone": "America/Chicago",
        "anchor": date(2026, 9, 15),
        "clock": Whose.TEAM,
        "country": None,
        "subdivision": None,
        "own_days_off": [],
    }
    return Team(**{**usual, **columns})


def test_a_row_is_read_as_a_schedule_with_its_days_off() -> None:
    schedule = schedule_of(a_team(country="US", own_days_off=["2026-09-22"]))
    assert (schedule.weekday, schedule.local_time, schedule.time_zone) == (Weekday.TUESDAY, time(10), "America/Chicago")
    assert schedule.days_off == DaysOff(country="US", subdivision=None, dates=frozenset({date(2026, 9, 22)}))
    assert not days_off_of(a_team())


def test_a_team_waits_first_for_its_roster_then_for_the_opening() -> None:
    team = a_team()
    wait_for_next(team, after=MONDAY, last_opened=None)
    assert (team.next_slot_date, team.next_round_at) == (date(2026, 9, 15), TUESDAYS[0])
    assert (team.next_step, team.next_step_at) == (TeamStep.REFRESH, TUESDAYS[0] - ROSTER_LEAD)
    assert opens_at(team, now=MONDAY, last_opened=None) == TUESDAYS[0]


@pytest.mark.parametrize(
    ("last_opened", "slot"),
    [
        (MONDAY, 1),  # tomorrow is too soon
        (TUESDAYS[0] - APART, 0),
        (TUESDAYS[0] - APART + timedelta(seconds=1), 1),
        (TUESDAYS[0] - timedelta(days=7), 0),
    ],
)
def test_a_slot_within_a_week_of_the_last_opening_is_left_out(last_opened: datetime, slot: int) -> None:
    team = a_team()
    wait_for_next(team, after=MONDAY, last_opened=last_opened)
    assert team.next_round_at == TUESDAYS[slot]


def test_on_everyones_own_clock_the_round_opens_where_the_date_begins_first() -> None:
    team = a_team(clock=Whose.MEMBER)
    wait_for_next(team, after=MONDAY, last_opened=None)
    first = datetime(2026, 9, 14, 20, 0, tzinfo=UTC)  # ten on the 15th in Kiritimati
    assert team.next_round_at == TUESDAYS[0]
    assert team.next_step_at == first - ROSTER_LEAD
    assert opens_at(team, now=MONDAY, last_opened=None) == first


def test_the_dates_to_come_begin_with_the_one_that_is_waited_for() -> None:
    team = a_team()
    assert [slot.at for slot in coming(team, now=MONDAY)] == TUESDAYS
    wait_for(team, Slot(date(2026, 9, 22), TUESDAYS[1]))
    assert [slot.at for slot in coming(team, now=MONDAY, count=2)] == TUESDAYS[1:]
    assert [slot.at for slot in coming(team, now=MONDAY, count=1)] == TUESDAYS[1:2]


def test_a_date_that_has_passed_is_not_to_come() -> None:
    team = a_team()
    wait_for(team, Slot(date(2026, 9, 15), TUESDAYS[0]))
    assert [slot.at for slot in coming(team, now=TUESDAYS[0], count=2)] == TUESDAYS[1:]


def test_a_round_started_now_has_no_slot_and_knows_who_started_it() -> None:
    team = a_team()
    wait_for_next(team, after=MONDAY, last_opened=None)
    start_now(team, by="U0MANAGER", now=MONDAY)
    assert (team.next_slot_date, team.next_round_at, team.started_by) == (None, MONDAY, "U0MANAGER")
    assert (team.next_step, team.next_step_at) == (TeamStep.REFRESH, MONDAY)
    assert opens_at(team, now=MONDAY, last_opened=None) == MONDAY
    assert [slot.at for slot in coming(team, now=MONDAY)] == TUESDAYS


def test_once_it_opened_the_team_waits_for_its_next_slot_and_forgets_who_started() -> None:
    team = a_team()
    start_now(team, by="U0MANAGER", now=MONDAY)
    wait_for_next(team, after=MONDAY, last_opened=MONDAY)
    assert (team.next_round_at, team.started_by) == (TUESDAYS[1], None)


def test_a_paused_team_waits_for_nothing_and_could_be_resumed() -> None:
    team = a_team()
    start_now(team, by="U0MANAGER", now=MONDAY)
    pause(team)
    waiting = (team.next_slot_date, team.next_round_at, team.next_step, team.next_step_at, team.started_by)
    assert waiting == (None,) * 5
    assert [slot.at for slot in coming(team, now=MONDAY)] == TUESDAYS


def test_of_rounds_due_at_once_the_one_that_was_asked_longest_ago_opens_first() -> None:
    waiting = {}
    for name, days, is_put_off in (
        ("not put off", 70, False),
        ("a week", 7, True),
        ("two", 14, True),
        ("never", None, True),
    ):
        team = a_team()
        team.created_at = MONDAY - timedelta(days=10_000)
        wait_for(team, Slot(date(2026, 9, 16), TUESDAYS[0] + timedelta(days=1)))
        team.planned_at = TUESDAYS[0] if is_put_off else None
        last_opened = None if days is None else MONDAY - timedelta(days=days)
        waiting[name] = opens_at(team, now=MONDAY, last_opened=last_opened)
    assert sorted(waiting, key=lambda name: waiting[name]) == ["never", "two", "a week", "not put off"]
    assert max(waiting.values()) - min(waiting.values()) < timedelta(seconds=1)


def put_off_team() -> Team:
    """One that was to be asked on Tuesday, and is on Thursday."""
    team = a_team()
    wait_for_next(team, after=MONDAY, last_opened=None)
    assert put_off(team, until=TUESDAYS[0] + timedelta(days=1, hours=1))
    assert team.next_slot_date == date(2026, 9, 17)
    return team


def where_it_is(team: Team) -> tuple[Any, ...]:
    return team.next_slot_date, team.next_round_at, team.planned_at, team.next_step, team.next_step_at


def test_a_round_that_is_put_off_is_left_out_and_comes_back_where_it_was() -> None:
    team = put_off_team()
    before, now = where_it_is(team), TUESDAYS[0] + timedelta(hours=1)
    skip_next(team, now=now, last_opened=None)
    assert (team.next_round_at, team.planned_at) == (TUESDAYS[1], None)
    unskip(team, now=now, last_opened=None)
    assert where_it_is(team) == before


def test_a_round_on_its_own_date_comes_back_as_ever() -> None:
    team = a_team()
    wait_for_next(team, after=MONDAY, last_opened=None)
    skip_next(team, now=MONDAY, last_opened=None)
    team.local_time = time(9)  # the settings were changed meanwhile
    unskip(team, now=MONDAY, last_opened=None)
    assert (team.next_slot_date, team.planned_at) == (date(2026, 9, 15), None)


@pytest.mark.parametrize(
    ("days", "until", "slot_date", "is_put_off"),
    [
        (0, 1, date(2026, 9, 17), True),
        (0, None, date(2026, 9, 16), True),
        (2, None, date(2026, 9, 18), True),
        (6, None, date(2026, 9, 22), False),
        (20, None, date(2026, 10, 6), False),
    ],
)
def test_a_round_that_is_put_off_is_not_lost_by_a_pause(
    days: int,
    until: int | None,
    slot_date: date,
    is_put_off: bool,  # noqa: FBT001 - a case's answer
) -> None:
    team, now = put_off_team(), TUESDAYS[0] + timedelta(days=days, hours=1)
    pause(team)
    assert where_it_is(team)[:2] == (None, None)
    resume(team, now=now, last_opened=None, until=None if until is None else now + timedelta(days=until))
    assert (team.next_slot_date, team.planned_at is not None) == (slot_date, is_put_off)
