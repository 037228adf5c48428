import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import CommandLine
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect, text

from storage import migrate
from storage.engine import Database, read_url
from storage.models import Base
from tests.storage.builders import a_round_with, level_of, tap

Result = TypeVar("Result")


def _on(database_url: str, ask: Callable[[Connection], Result]) -> Result:
    engine = migrate.synchronous_engine(read_url(database_url))
    try:
        with engine.connect() as connection:
            return ask(connection)
    finally:
        engine.dispose()


def _tables(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names()) - {"alembic_version"}


def _differences(connection: Connection) -> list[object]:
    """What the tables lack of the models, or have beyond them."""
    return list(compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), Base.metadata))


def test_an_empty_database_is_brought_up_to_date(bare_database_url: str) -> None:
    assert _on(bare_database_url, migrate.revision) is None
    assert migrate.upgrade(read_url(bare_database_url)) == (None, migrate.newest())
    assert _on(bare_database_url, migrate.revision) == migrate.newest()
    assert _on(bare_database_url, _tables) == set(Base.metadata.tables)


def test_the_migrations_make_just_what_the_models_say(bare_database_url: str) -> None:
    assert _on(bare_database_url, _differences) != []
    migrate.upgrade(read_url(bare_database_url))
    assert _on(bare_database_url, _differences) == []


@pytest.mark.waits
async def test_upgrading_a_database_that_is_up_to_date_changes_nothing_and_loses_nothing(
    database: Database, database_url: str
) -> None:
    round_id = await a_round_with(database)
    async with database.begin() as session:
        await tap(session, round_id, level=3)
    before = await asyncio.to_thread(migrate.upgrade, read_url(database_url))
    assert before == (migrate.newest(), migrate.newest())
    assert await level_of(database, round_id) == 3


def test_a_developers_alembic_checks_a_database_that_is_up_to_date_and_refuses_one_that_is_not(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The `alembic` command, configured by pyproject.toml, over storage/migrations/env.py."""
    monkeypatch.chdir(Path(__file__).parents[2])
    CommandLine("alembic").main(["-x", f"url={database_url}", "check"])
    with pytest.raises(SystemExit):
        CommandLine("alembic").main(["-x", f"url=sqlite:///{tmp_path / 'bare.db'}", "check"])


def test_every_migration_can_be_taken_back_and_made_again(bare_database_url: str) -> None:
    def down(connection: Connection) -> None:
        command.downgrade(migrate._config(connection), "base")
        connection.commit()

    migrate.upgrade(read_url(bare_database_url))
    _on(bare_database_url, down)
    assert _on(bare_database_url, _tables) == set()
    assert _on(bare_database_url, migrate.revision) is None
    assert migrate.upgrade(read_url(bare_database_url)) == (None, migrate.newest())
    assert _on(bare_database_url, _differences) == []


def test_messages_that_ended_before_their_day_was_kept_get_that_of_their_first_attempt(bare_database_url: str) -> None:
    def to_0004(connection: Connection) -> None:
        command.upgrade(migrate._config(connection), "0004")
        connection.execute(
            text("INSERT INTO workspaces (id, name, url, bot_user_id, bot_id, minimum, installed_at) "
                 "VALUES ('T1', '', '', '', '', 4, '2026-09-01 00:00:00')")
        )  # fmt: skip
        owed = text(
            "INSERT INTO deliveries (id, workspace_id, key, kind, details, state, maybe_sent, attempt, looked_up, "
            "first_attempt_at, next_attempt_at) "
            "VALUES (:id, 'T1', :key, 'notice', '{}', :state, :no, 1, 0, :first, :next)"
        )
        at = "2026-09-15 15:00:00"
        for key, state, first, later in (
            ("a", "sent", at, None),
            ("b", "skipped", None, None),
            ("c", "pending", at, at),
        ):
            row = {"id": f"{ord(key):032x}", "key": key, "state": state, "no": False, "first": first, "next": later}
            connection.execute(owed, row)
        connection.commit()

    def days(connection: Connection) -> list[str]:
        rows = connection.execute(text("SELECT ended_on FROM deliveries WHERE ended_on IS NOT NULL ORDER BY key"))
        return [str(row[0]) for row in rows]

    _on(bare_database_url, to_0004)
    migrate.upgrade(read_url(bare_database_url))
    tried, never_tried = _on(bare_database_url, days)
    assert tried == "2026-09-15"
    assert never_tried > tried, "its 400 days begin now"


@pytest.mark.waits
@pytest.mark.parametrize("bare_database_url", ["postgresql"], indirect=True)
async def test_processes_that_upgrade_at_once_wait_for_the_first(bare_database_url: str) -> None:
    url = read_url(bare_database_url)
    outcomes = await asyncio.gather(*(asyncio.to_thread(migrate.upgrade, url) for _ in range(3)))
    newest = migrate.newest()
    assert sorted(outcomes, key=str) == [(newest, newest), (newest, newest), (None, newest)]


@pytest.mark.parametrize("bare_database_url", ["postgresql"], indirect=True)
def test_an_upgrade_leaves_no_lock_behind(bare_database_url: str) -> None:
    migrate.upgrade(read_url(bare_database_url))
    held = """
        SELECT count(*) FROM pg_locks
        WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    """
    assert _on(bare_database_url, lambda connection: connection.execute(text(held)).scalar_one()) == 0
