from collections.abc import Collection
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from storage import teams
from storage.engine import Database
from storage.kinds import TeamStep
from storage.models import Team
from tests.storage.builders import ELSEWHERE, HOME, NOW, a_team, on_postgresql, people_of


async def test_a_team_is_found_by_its_id_and_by_its_channel(database: Database) -> None:
    async with database.begin() as session:
        team = await a_team(session, channel_id="C1")
    async with database.reading() as session:
        for found in (
            await teams.get(session, team.id, workspace_id=HOME),
            await teams.of_channel(session, workspace_id=HOME, channel_id="C1"),
        ):
            assert found is not None
            assert found.id == team.id
        assert await teams.of_channel(session, workspace_id=HOME, channel_id="C2") is None
        assert await teams.get(session, team.id + 1, workspace_id=HOME) is None


async def test_a_channel_has_one_team_in_its_workspace(database: Database) -> None:
    async with database.begin() as session:
        await a_team(session, HOME, channel_id="C1")
        await a_team(session, ELSEWHERE, channel_id="C1")  # a channel that two workspaces share
    with pytest.raises(IntegrityError):
        async with database.begin() as session:
            await a_team(session, HOME, channel_id="C1")


async def test_of_teams_that_are_due_at_one_instant_the_one_with_the_lowest_id_is_held(database: Database) -> None:
    for number in (7, 3, 9, 1, 5):
        async with database.begin() as session:
            await a_team(
                session,
                id=number,
                channel_id=f"C{number}",
                next_step=TeamStep.OPEN,
                next_step_at=NOW - timedelta(hours=1),
            )
    async with database.begin() as session:
        found, passed = [], list[int]()
        while (team := await teams.due(TeamStep.OPEN).hold(session, now=NOW, passed=passed)) is not None:
            found.append(team.id)
            passed.append(team.id)
    assert found == [1, 3, 5, 7, 9]


@on_postgresql  # SQLite has one writer: the second waits for the first
async def test_a_team_that_one_worker_holds_is_passed_over_by_another(database: Database) -> None:
    async with database.begin() as session:
        team = await a_team(session)
    async with database.begin() as first, database.begin() as second:
        assert await teams.hold(first, team.id) is not None
        assert await teams.hold(second, team.id, skip_locked=True) is None
    async with database.begin() as second:
        assert await teams.hold(second, team.id, skip_locked=True) is not None


async def test_teams_are_listed_by_name_whatever_their_capitals(database: Database) -> None:
    async with database.begin() as session:
        for number, name in enumerate(["water", "Aviation", "marina", "Mobility"]):
            await a_team(session, channel_id=f"C{number}", name=name)
    async with database.reading() as session:
        listed = [team.name for team in await teams.all_of(session, workspace_id=HOME)]
    assert listed == ["Aviation", "marina", "Mobility", "water"]


async def test_a_persons_teams_are_those_they_manage_and_those_they_belong_to_each_once(database: Database) -> None:
    async with database.begin() as session:
        managed = await a_team(session, channel_id="C1", name="Managed")
        joined = await a_team(session, channel_id="C2", name="Joined")
        both = await a_team(session, channel_id="C3", name="Both")
        await a_team(session, channel_id="C4", name="Neither")
        for team in (managed, both):
            await teams.add_manager(session, team_id=team.id, user_id="U1")
        for team in (joined, both):
            await people_of(session, team, ["U1", "U2"])
    async with database.reading() as session:
        mine = await teams.of_person(session, workspace_id=HOME, user_id="U1")
        assert [team.name for team in mine] == ["Both", "Joined", "Managed"]
        assert await teams.of_person(session, workspace_id=HOME, user_id="U3") == []


async def test_teams_are_due_by_step_the_longest_overdue_first_and_never_while_paused(database: Database) -> None:
    hour = timedelta(hours=1)
    async with database.begin() as session:
        for name, step, at in [
            ("later", TeamStep.OPEN, NOW + hour),
            ("now", TeamStep.OPEN, NOW),
            ("overdue", TeamStep.OPEN, NOW - hour),
            ("to refresh", TeamStep.REFRESH, NOW - hour),
            ("paused", TeamStep.OPEN, None),
        ]:
            await a_team(session, channel_id=name, name=name, next_step=step, next_step_at=at)
    async with database.begin() as session:
        found, passed = [], list[int]()
        while (team := await teams.due(TeamStep.OPEN).hold(session, now=NOW, passed=passed)) is not None:
            found.append(team.name)
            passed.append(team.id)
        assert found == ["overdue", "now"]
        refreshed = await teams.due(TeamStep.REFRESH).hold(session, now=NOW)
        assert refreshed is not None
        assert refreshed.name == "to refresh"


async def test_whether_a_team_is_due_is_asked_by_step_and_without_some_workspaces(database: Database) -> None:
    hour = timedelta(hours=1)
    async with database.begin() as session:
        await a_team(session, channel_id="C1", next_step=TeamStep.OPEN, next_step_at=NOW)
        await a_team(session, channel_id="C2", next_step=TeamStep.DELETE, next_step_at=None)
        await a_team(session, channel_id="C3", next_step=TeamStep.REFRESH, next_step_at=NOW + hour)
    async with database.reading() as session:
        assert await teams.due(TeamStep.OPEN).any(session, now=NOW)
        assert not await teams.due(TeamStep.OPEN, without=[HOME]).any(session, now=NOW)
        assert not await teams.due(TeamStep.OPEN).any(session, now=NOW - hour)
        assert not await teams.due(TeamStep.DELETE).any(session, now=NOW)
        assert not await teams.due(TeamStep.REFRESH).any(session, now=NOW)


async def test_the_longest_overdue_team_is_held_without_those_that_had_their_turn(database: Database) -> None:
    async with database.begin() as session:
        for number, workspace_id in enumerate((HOME, HOME, ELSEWHERE)):
            due = NOW - timedelta(hours=3 - number)
            await a_team(
                session, workspace_id, id=number + 1, channel_id=f"C{number}", next_step=TeamStep.OPEN, next_step_at=due
            )

    async def held(*, without: Collection[str] = (), passed: Collection[int] = ()) -> str | None:
        async with database.begin() as session:
            team = await teams.due(TeamStep.OPEN, without=without).hold(session, now=NOW, passed=passed)
        return team.channel_id if team is not None else None

    assert await held() == "C0"
    assert await held(passed=[1]) == "C1"
    assert await held(without=[HOME]) == "C2"
    assert await held(without=[HOME], passed=[3]) is None


@on_postgresql  # SQLite has one writer: the second waits for the first
async def test_workers_that_look_at_once_hold_another_team_each(database: Database) -> None:
    async with database.begin() as session:
        for number in range(2):
            await a_team(session, channel_id=f"C{number}", next_step=TeamStep.OPEN, next_step_at=NOW)
    async with database.begin() as first, database.begin() as second, database.begin() as third:
        found = [await teams.due(TeamStep.OPEN).hold(each, now=NOW) for each in (first, second, third)]
    assert {team.channel_id for team in found[:2] if team} == {"C0", "C1"}
    assert found[2] is None


async def test_someone_becomes_a_manager_once(database: Database) -> None:
    async with database.begin() as session:
        team = await a_team(session)
        other = await a_team(session, channel_id="C2")
        assert await teams.add_manager(session, team_id=team.id, user_id="U2")
        assert await teams.add_manager(session, team_id=team.id, user_id="U1")
        assert not await teams.add_manager(session, team_id=team.id, user_id="U1")
    async with database.reading() as session:
        assert await teams.managers(session, team.id) == ["U1", "U2"]
        assert await teams.is_manager(session, team_id=team.id, user_id="U1")
        assert not await teams.is_manager(session, team_id=other.id, user_id="U1")


async def test_choosing_people_replaces_those_chosen_before(database: Database) -> None:
    async with database.begin() as session:
        team = await a_team(session)
        await teams.choose_people(session, team_id=team.id, user_ids=["U2", "U1", "U2"])
        assert await teams.chosen_people(session, team.id) == ["U1", "U2"]
    async with database.begin() as session:
        await teams.choose_people(session, team_id=team.id, user_ids=["U2", "U3"])
    async with database.reading() as session:
        assert await teams.chosen_people(session, team.id) == ["U2", "U3"]


async def test_a_teams_days_off_come_back_as_they_were_written(database: Database) -> None:
    async with database.begin() as session:
        team_id = (await a_team(session, own_days_off=["2026-12-24", "2026-12-31"])).id
    async with database.reading() as session:
        assert (await session.get_one(Team, team_id)).own_days_off == ["2026-12-24", "2026-12-31"]
