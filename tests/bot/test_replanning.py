"""Zone data that changed under planned rounds: their instants follow, their dates stay."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.teams.replanning import replan
from storage import teams
from storage.engine import Database
from storage.kinds import TeamStep, Whose
from storage.models import Delivery, Team
from tests.storage.builders import HOME, NOW, a_team

SLOT = date(2026, 11, 3)
RIGHT = datetime.fromisoformat("2026-11-03T16:00+00:00")
"""10:00 in Chicago, after its clocks have changed."""
HOUR = timedelta(hours=1)


async def waiting(database: Database, *, at: datetime, **columns: Any) -> int:
    """The id of a team that waits for the round of SLOT, at this instant."""
    async with database.begin() as session:
        team = await a_team(
            session,
            next_slot_date=SLOT,
            next_round_at=at,
            next_step=TeamStep.REFRESH,
            next_step_at=at - HOUR,
            **columns,
        )
        return team.id


async def planned(database: Database, team_id: int) -> Team:
    async with database.reading() as session:
        found = await teams.get(session, team_id, workspace_id=HOME)
    assert found is not None
    return found


@pytest.mark.parametrize("off", [-HOUR, HOUR])
async def test_an_instant_by_old_rules_is_corrected_and_its_date_stays(database: Database, off: timedelta) -> None:
    team_id = await waiting(database, at=RIGHT + off)
    assert await replan(database, now=NOW) == 1
    team = await planned(database, team_id)
    assert (team.next_slot_date, team.next_round_at) == (SLOT, RIGHT)
    assert (team.next_step, team.next_step_at) == (TeamStep.REFRESH, RIGHT - HOUR)
    assert await replan(database, now=NOW) == 0


async def test_a_round_on_members_own_clocks_is_corrected_too(database: Database) -> None:
    team_id = await waiting(database, at=RIGHT - HOUR, clock=Whose.MEMBER)
    assert await replan(database, now=NOW) == 1
    team = await planned(database, team_id)
    assert team.next_round_at == RIGHT
    assert team.next_step_at == datetime.fromisoformat("2026-11-02T19:00+00:00"), "an hour before 10:00 in Kiritimati"


async def test_what_is_right_paused_started_by_hand_or_in_a_lost_zone_stays_as_it_is(database: Database) -> None:
    right = await waiting(database, at=RIGHT, channel_id="C1")
    lost = await waiting(database, at=RIGHT - HOUR, channel_id="C2", time_zone="Mars/Olympus")
    async with database.begin() as session:
        await a_team(session, channel_id="C3")
        await a_team(session, channel_id="C4", next_round_at=NOW, next_step=TeamStep.OPEN, next_step_at=NOW)
    assert await replan(database, now=NOW) == 0
    assert (await planned(database, right)).next_round_at == RIGHT
    assert (await planned(database, lost)).next_round_at == RIGHT - HOUR


FRIDAY = date(2026, 11, 6)
FRIDAY_NOON = datetime.fromisoformat("2026-11-06T16:00+00:00")


async def test_a_date_on_a_countrys_weekend_moves_and_its_managers_are_told_once(database: Database) -> None:
    async with database.begin() as session:
        team = await a_team(
            session,
            country="SA",
            every_weeks=1,
            next_slot_date=FRIDAY,
            next_round_at=FRIDAY_NOON,
            next_step=TeamStep.REFRESH,
            next_step_at=FRIDAY_NOON - HOUR,
        )
        await teams.add_manager(session, team_id=team.id, user_id="U0MANAGER")
        other = await a_team(session, channel_id="C2", next_slot_date=FRIDAY, next_round_at=FRIDAY_NOON)
    before = FRIDAY_NOON - timedelta(days=2)
    assert await replan(database, now=before) == 1
    assert await replan(database, now=before) == 0
    moved = await planned(database, team.id)
    assert (moved.next_slot_date, moved.next_step) == (date(2026, 11, 10), TeamStep.REFRESH)
    assert (await planned(database, other.id)).next_slot_date == FRIDAY
    async with database.reading() as session:
        told = (await session.execute(select(Delivery))).scalars().all()
    assert [(each.user_id, each.details["reason"], each.details["was"]) for each in told] == [
        ("U0MANAGER", "date moved", "2026-11-06")
    ]


async def test_a_round_that_is_late_opens_all_the_same(database: Database) -> None:
    team_id = await waiting(database, at=RIGHT, country="US", channel_id="C1")
    async with database.begin() as session:
        late = await session.get_one(Team, team_id)
        late.next_slot_date, late.next_round_at = FRIDAY, FRIDAY_NOON
        late.country = "SA"
    assert await replan(database, now=FRIDAY_NOON + HOUR) == 0
