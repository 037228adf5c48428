"""The last rounds of many teams: each team's own, in as many queries for many teams as for two."""

from datetime import date

import pytest
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncSession

from storage import overview, people, teams
from storage.engine import Database
from storage.kinds import ActionState, RoundState, TeamStep
from storage.models import ActionItem, Round, Team
from storage.overview import Scope
from tests.storage.builders import (
    ELSEWHERE,
    HOME,
    MEMBERS,
    NOW,
    a_closed_round,
    a_team,
    a_workspace,
    an_open_round,
    close,
    tap,
)

BOSS = "U0BOSS"
HERE, THEIRS = Scope(HOME), Scope(HOME, BOSS)


async def some_teams(session: AsyncSession, number: int, *, workspace_id: str = HOME) -> list[Team]:
    """Teams of which every other one has BOSS for a manager."""
    found = []
    said = people.Profile(BOSS, "Boss", None, is_bot=False, is_guest=False, is_deactivated=False, is_admin=False)
    await a_workspace(session, workspace_id)
    await people.keep(session, workspace_id=workspace_id, profiles=[said], now=NOW)
    for each in range(number):
        team = await a_team(session, workspace_id, channel_id=f"C{each}", name=f"Team {number - each:03}")
        if each % 2 == 0:
            await teams.add_manager(session, team_id=team.id, user_id=BOSS)
        found.append(team)
    return found


async def an_answered_round(session: AsyncSession, team: Team, *, level: int) -> Round:
    """A closed round in which everyone chose this level for A."""
    opened = await an_open_round(session, team)
    for user_id in MEMBERS:
        await tap(session, opened.id, user_id, level=level, workspace_id=team.workspace_id)
    await close(session, opened.id)
    return opened


async def test_each_team_is_found_with_its_last_closed_round(database: Database) -> None:
    async with database.begin() as session:
        permits, roads, parks = await some_teams(session, 3)
        await an_answered_round(session, permits, level=1)
        last = await an_answered_round(session, permits, level=3)
        await an_open_round(session, permits)
        cancelled = await a_closed_round(session, roads)
        cancelled.state = RoundState.CANCELLED
        only = await an_answered_round(session, parks, level=2)
    async with database.reading() as session:
        assert [team.id for team in await overview.teams_of(session, HERE)] == [parks.id, roads.id, permits.id]
        found = await overview.latest_closed(session, HERE)
        assert {team_id: each.id for team_id, each in found.items()} == {permits.id: last.id, parks.id: only.id}
        assert await overview.counts(session, HERE) == {last.id: {"A": {3: 5}}, only.id: {"A": {2: 5}}}
        assert await overview.attendance(session, HERE) == {last.id: (5, 5), only.id: (5, 5)}
        assert [team.id for team in await overview.teams_of(session, THEIRS)] == [parks.id, permits.id]
        assert not await overview.teams_of(session, Scope(HOME, "U0NOBODY"))


async def test_another_workspace_and_another_manager_are_out_of_reach(database: Database) -> None:
    async with database.begin() as session:
        [team] = await some_teams(session, 1)
        await an_answered_round(session, team, level=1)
        session.add(an_item(team))
        [elsewhere] = await some_teams(session, 1, workspace_id=ELSEWHERE)
        await teams.remove_manager(session, team_id=elsewhere.id, user_id=BOSS)
    async with database.reading() as session:
        for scope in (Scope(ELSEWHERE), Scope(ELSEWHERE, BOSS), Scope(HOME, "U0NOBODY")):
            for question in QUESTIONS.values():
                found = await question(session, scope)
                assert not found or question is overview.teams_of
        for question in QUESTIONS.values():
            assert await question(session, HERE)
            assert await question(session, THEIRS)
        assert {each.id for each in await overview.teams_of(session, Scope(ELSEWHERE))} == {elsewhere.id}


def an_item(team: Team, **changes: object) -> ActionItem:
    usual = {"dimension": "B", "text": "Ask for money", "needs_leadership": True, "owner_id": BOSS}
    return ActionItem(
        workspace_id=team.workspace_id, team_id=team.id, created_by=BOSS, created_at=NOW, **{**usual, **changes}
    )


async def test_what_needs_leadership_is_what_is_marked_so_and_open(database: Database) -> None:
    async with database.begin() as session:
        permits, roads = await some_teams(session, 2)
        session.add(an_item(permits, due_on=date(2026, 10, 1)))
        session.add(an_item(permits, needs_leadership=False, text="Not marked"))
        session.add(an_item(permits, state=ActionState.DONE, text="Done"))
        session.add(an_item(roads, dimension="C", owner_id=None))
    async with database.reading() as session:
        found = await overview.need_leadership(session, HERE)
        assert sorted(found, key=lambda wanted: wanted.dimension) == [
            overview.Wanted(permits.id, "B", "Ask for money", BOSS, date(2026, 10, 1)),
            overview.Wanted(roads.id, "C", "Ask for money", None, None),
        ]
        assert [wanted.team_id for wanted in await overview.need_leadership(session, THEIRS)] == [permits.id]


async def test_only_active_managers_of_another_team_of_the_workspace_manage_several(database: Database) -> None:
    async with database.begin() as session:
        permits, roads, _parks = await some_teams(session, 3)
        [elsewhere] = await some_teams(session, 1, workspace_id=ELSEWHERE)
        for user_id, also in (("U0ONE", None), ("U0ABROAD", elsewhere), ("U0GONE", roads), ("U0TWO", roads)):
            await teams.add_manager(session, team_id=permits.id, user_id=user_id)
            if also is not None:
                await teams.add_manager(session, team_id=also.id, user_id=user_id)
        gone = people.Profile("U0GONE", "Gone", None, is_bot=False, is_guest=False, is_deactivated=True, is_admin=False)
        await people.keep(session, workspace_id=HOME, profiles=[gone], now=NOW)
    async with database.reading() as session:
        assert await overview.managers_of_several(session, permits.id) == [BOSS, "U0TWO"]


QUESTIONS = {
    "teams_of": overview.teams_of,
    "latest_closed": overview.latest_closed,
    "counts": overview.counts,
    "attendance": overview.attendance,
    "need_leadership": overview.need_leadership,
}


@pytest.mark.parametrize("scope", [HERE, THEIRS], ids=["all", "managed"])
async def test_many_teams_take_no_more_queries_than_two(database: Database, scope: Scope) -> None:
    async def asked(number: int) -> int:
        async with database.begin() as session:
            for team in (await some_teams(session, number))[:3]:
                await an_answered_round(session, team, level=2)
        sent: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            sent.append(statement)

        async with database.reading() as session:
            event.listen(database.engine.sync_engine, "before_cursor_execute", note)
            for question in QUESTIONS.values():
                await question(session, scope)
            event.remove(database.engine.sync_engine, "before_cursor_execute", note)
        async with database.begin() as session:
            for team in await teams.all_of(session, workspace_id=HOME):
                await session.delete(team)
        return len([statement for statement in sent if statement.startswith("SELECT")])

    assert await asked(2) == await asked(30) == len(QUESTIONS)


async def test_a_team_that_is_being_deleted_stands_in_no_overview(database: Database) -> None:
    async with database.begin() as session:
        permits, roads, parks = await some_teams(session, 3)
        permits.next_step = TeamStep.DELETE
    async with database.reading() as session:
        assert [team.id for team in await overview.teams_of(session, HERE)] == [parks.id, roads.id]
        assert [team.id for team in await overview.teams_of(session, THEIRS)] == [parks.id]
