from datetime import UTC, datetime, timedelta, timezone
from typing import Any, cast

import pytest
from sqlalchemy import Table, delete, select
from sqlalchemy.exc import StatementError

from storage.engine import Database
from storage.kinds import TeamStep
from storage.models import ActionItem, Base, Round, Team, Workspace
from tests.storage.builders import HOME, NOW, a_team, a_workspace, an_action_item, an_open_round

WITHOUT_A_WORKSPACE = {"workspaces", "oauth_states"}


def _reaches_a_workspace(table: Table) -> bool:
    if "workspace_id" in table.columns:
        return any(key.column.table.name == "workspaces" for key in table.columns["workspace_id"].foreign_keys)
    return any(
        _reaches_a_workspace(key.column.table)
        for column in table.columns
        if not column.nullable
        for key in column.foreign_keys
    )


def test_every_row_reaches_its_workspace_by_a_column_or_a_foreign_key() -> None:
    astray = {table.name for table in Base.metadata.sorted_tables if not _reaches_a_workspace(table)}
    assert astray == WITHOUT_A_WORKSPACE


async def test_deleting_a_workspace_deletes_all_that_was_its_own(database: Database) -> None:
    async with database.begin() as session:
        team = await a_team(session)
        await an_open_round(session, team)
        await a_workspace(session, "T0OTHER")
    async with database.begin() as session:
        await session.execute(delete(Workspace).where(Workspace.id == HOME))
    async with database.reading() as session:
        left = {
            table.name: len((await session.execute(select(table))).all())
            for table in Base.metadata.sorted_tables
            if table.name != "workspaces"
        }
        # The other workspace's ones.
        assert {name: rows for name, rows in left.items() if rows} == {"rubrics": 1, "delivery_limits": 1}


@pytest.mark.parametrize("kind", [Team, Round, ActionItem])
async def test_an_id_says_nothing_of_those_before_it_so_none_is_given_again(
    database: Database, kind: type[Team | Round | ActionItem]
) -> None:
    """Buttons in old messages carry ids; a new team or round must not be what they point at, after a restore either."""

    async def made() -> int:
        async with database.begin() as session:
            team = await a_team(session)
            opened, item = await an_open_round(session, team), await an_action_item(session, team)
            await session.execute(delete(Team))
            return {Team: team.id, Round: opened.id, ActionItem: item.id}[kind]

    before, after = await made(), await made()
    assert after not in range(before - 1000, before + 1000)
    assert 2**32 <= min(before, after) <= max(before, after) < 2**53


async def test_an_instant_without_a_time_zone_is_refused(database: Database) -> None:
    naive = NOW.replace(tzinfo=None)
    with pytest.raises(StatementError, match="is naive: an instant needs its time zone"):
        async with database.begin() as session:
            await a_team(session, created_at=naive)


async def test_an_instant_comes_back_in_utc_to_the_microsecond_whatever_zone_it_was_given_in(
    database: Database,
) -> None:
    in_chicago = datetime(2026, 9, 15, 10, 0, 0, 123_456, tzinfo=timezone(timedelta(hours=-5)))
    async with database.begin() as session:
        team_id = (await a_team(session, created_at=in_chicago)).id
    async with database.reading() as session:
        kept = (await session.get_one(Team, team_id)).created_at
    assert kept == in_chicago
    assert kept.tzinfo is UTC


async def test_a_kind_is_stored_as_its_word(database: Database) -> None:
    async with database.begin() as session:
        await a_team(session, next_step=TeamStep.REFRESH, next_step_at=NOW)
    async with database.reading() as session:
        rows = await session.execute(select(cast("Any", Team.__table__.c.next_step)))
        assert rows.scalar_one() is TeamStep.REFRESH
        connection = await session.connection()
        raw = await connection.exec_driver_sql("SELECT next_step FROM teams")
        assert raw.scalar_one() == "refresh"
