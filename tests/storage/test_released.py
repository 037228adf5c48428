"""Databases as released versions left them: every upgrade passes on them, and keeps what stands in them."""

from collections.abc import Callable
from typing import Any, TypeVar

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, MetaData, select, text

from storage import migrate
from storage.engine import read_url
from storage.models import Base
from tests.storage.released.dumps import VERSIONS, restore

Result = TypeVar("Result")
Rows = dict[str, list[dict[str, Any]]]

MEANT: dict[tuple[str, str], str] = {}
"""What a migration takes from rows or writes anew in them, by table and column, and why that loses nothing."""


def _on(database_url: str, ask: Callable[[Connection], Result]) -> Result:
    engine = migrate.synchronous_engine(read_url(database_url))
    try:
        with engine.connect() as connection:
            return ask(connection)
    finally:
        engine.dispose()


def _rows(connection: Connection) -> Rows:
    """Every row of every table by its primary key, as the database itself knows its columns."""
    known = MetaData()
    known.reflect(connection)
    return {
        name: [dict(row) for row in connection.execute(select(table).order_by(*table.primary_key)).mappings()]
        for name, table in known.tables.items()
        if name != "alembic_version"
    }


def _differences(connection: Connection) -> list[object]:
    return list(compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), Base.metadata))


@pytest.mark.parametrize("version", VERSIONS)
def test_an_upgrade_keeps_every_row_and_every_value_of_it(bare_database_url: str, version: str) -> None:
    restore(version, read_url(bare_database_url))
    before = _on(bare_database_url, _rows)
    assert [table for table, rows in before.items() if not rows] == [], "rows of every kind were kept"
    _was, now = migrate.upgrade(read_url(bare_database_url))
    assert now == migrate.newest()
    after = _on(bare_database_url, _rows)
    assert _on(bare_database_url, _differences) == [], "it is what the models say"
    for table, rows in before.items():
        assert len(after[table]) == len(rows), table
        meant = {column for where, column in MEANT if where == table}
        kept = [{name: value for name, value in row.items() if name not in meant} for row in rows]
        assert [{name: row[name] for name in old} for old, row in zip(kept, after[table], strict=True)] == kept, table


def test_whom_a_round_asks_is_read_anew_after_the_upgrade_that_tells_organisations_apart(
    bare_database_url: str,
) -> None:
    def about_to_open(connection: Connection) -> None:
        connection.execute(text("UPDATE teams SET next_step = 'open'"))
        connection.commit()

    def left(connection: Connection) -> tuple[set[str], set[bool | None]]:
        steps = connection.execute(text("SELECT next_step FROM teams")).scalars()
        return set(steps), set(connection.execute(text("SELECT is_external FROM people")).scalars())

    restore("v0.1.0", read_url(bare_database_url))
    _on(bare_database_url, about_to_open)
    migrate.upgrade(read_url(bare_database_url))
    assert _on(bare_database_url, left) == ({"refresh"}, {None})


def _asked_lately(connection: Connection) -> dict[int, tuple[int, int]]:
    """Of each round that somebody was lately asked in, by what the upgrade says: how many, and how many took part."""
    rows = connection.execute(text("SELECT round_id, took_part FROM recently_asked")).all()
    return {
        round_id: (len(parts), sum(bool(took_part) for took_part in parts))
        for round_id in {each.round_id for each in rows}
        for parts in [[each.took_part for each in rows if each.round_id == round_id]]
    }


def _could_be_subtracted(connection: Connection, *, closed: bool) -> dict[int, tuple[int, int]]:
    """The same, worked out from the rounds: open ones that may print something, and `closed` ones that did."""
    found = {}
    for each in connection.execute(text("SELECT id, state, privacy, minimum FROM rounds")):
        asked = connection.execute(
            text("SELECT took_part FROM round_members WHERE round_id = :id"), {"id": each.id}
        ).scalars()
        took_part = [bool(part) for part in asked]
        counts = connection.execute(text("SELECT count(*) FROM round_counts WHERE round_id = :id"), {"id": each.id})
        printed = closed and each.state == "closed" and counts.scalar_one() > 0
        may_print = each.state == "open" and (each.privacy == "named" or len(took_part) >= each.minimum)
        if printed or may_print:
            found[each.id] = (len(took_part), sum(took_part))
    return found


@pytest.mark.parametrize("days", [2, 7])
def test_whom_rounds_asked_within_six_days_is_known_after_the_upgrade(bare_database_url: str, days: int) -> None:
    ago = f"datetime('now', '-{days} days')" if "sqlite" in bare_database_url else f"now() - interval '{days} days'"

    def opened_then(connection: Connection) -> None:
        connection.execute(text(f"UPDATE rounds SET opened_at = {ago}"))  # noqa: S608 - ours
        connection.commit()

    restore("v0.1.0", read_url(bare_database_url))
    _on(bare_database_url, opened_then)
    migrate.upgrade(read_url(bare_database_url))
    expected = _on(bare_database_url, lambda connection: _could_be_subtracted(connection, closed=days < 6))
    assert _on(bare_database_url, _asked_lately) == expected
    assert len(expected) > (2 if days < 6 else 0)
