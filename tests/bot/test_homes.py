"""Home is put together in as many queries for many teams as for one."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncSession

from bot.home import publishing
from bot.home.views import HomePage
from bot.kit.rubrics import Rubrics
from rubric import load, to_json
from storage import people, teams
from storage.engine import Database
from storage.models import RubricVersion
from tests.storage.builders import (
    HOME,
    MEMBERS,
    NOW,
    RUBRIC,
    a_closed_round,
    a_team,
    an_action_item,
    an_open_round,
    people_of,
    tap,
)

ME = MEMBERS[0]


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """The statements that are sent meanwhile."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        sent.append(statement)

    event.listen(database.engine.sync_engine, "before_cursor_execute", note)
    yield sent
    event.remove(database.engine.sync_engine, "before_cursor_execute", note)


async def a_full_team(database: Database, number: int) -> None:
    """A team with a closed and an open round, which ME manages and is a member of, and an action item of theirs."""
    async with database.begin() as session:
        team = await a_team(
            session, channel_id=f"C0TEAM{number}", name=f"Team {number:03}", next_round_at=NOW + timedelta(weeks=2)
        )
        await people_of(session, team, MEMBERS, is_admin=True)
        await teams.add_manager(session, team_id=team.id, user_id=ME)
        await a_closed_round(session, team)
        opened = await an_open_round(session, team)
        await tap(session, opened.id, ME)
        await an_action_item(session, team, owner_id=ME)


async def with_questions(session: AsyncSession) -> None:
    """Put the packaged model in place of the builders', which asks nothing."""
    stored = await session.get(RubricVersion, (HOME, RUBRIC))
    assert stored is not None
    stored.document = to_json(load())


async def page(database: Database, known: Rubrics, *, user_id: str = ME) -> HomePage:
    async with database.reading() as session:
        return await publishing.load(session, workspace_id=HOME, user_id=user_id, rubrics=known, now=NOW)


async def test_many_teams_cost_no_more_queries_than_one(database: Database) -> None:
    known = Rubrics(load())
    await a_full_team(database, 0)
    async with database.begin() as session:
        await with_questions(session)
    await page(database, known)  # a model is read once a process
    with counted(database) as for_one:
        first = await page(database, known)
    for number in range(1, 12):
        await a_full_team(database, number)
    with counted(database) as for_twelve:
        twelve = await page(database, known)
    assert len(for_one) == len(for_twelve) <= 25
    assert (len(first.managed), len(twelve.managed), len(twelve.check_ins), len(twelve.items)) == (1, 12, 12, 12)
    assert {each.answered for each in twelve.check_ins} == {1}
    assert [team.name for team in twelve.managed] == [f"Team {number:03}" for number in range(12)]
    assert all(team.open is not None and team.open.answered == 1 and team.open.asked == 5 for team in twelve.managed)


async def test_home_shows_the_days_of_its_own_reader(database: Database) -> None:
    """It is Tuesday in Chicago and Wednesday on Kiritimati: who was away until Tuesday is back there."""
    await a_full_team(database, 0)
    async with database.begin() as session:
        await with_questions(session)
        await people.be_away(session, workspace_id=HOME, user_id=ME, until=NOW.date())
    assert (await page(database, Rubrics(load()))).away_until == NOW.date()
    async with database.begin() as session:
        person = await people.get(session, workspace_id=HOME, user_id=ME)
        assert person is not None
        person.time_zone = "Pacific/Kiritimati"
    assert (await page(database, Rubrics(load()))).away_until is None


async def test_nobody_finds_anothers_check_ins_items_or_teams_at_home(database: Database) -> None:
    await a_full_team(database, 0)
    async with database.begin() as session:
        await with_questions(session)
        team = await a_team(session, channel_id="C0OTHER", name="Other")
        await people_of(session, team, ["U0STRANGER"])
    found = await page(database, Rubrics(load()), user_id="U0STRANGER")
    assert [team.name for team in found.teams] == ["Other"]
    assert (list(found.check_ins), list(found.items), list(found.managed), found.admin) == ([], [], [], None)
