"""Two sessions of PostgreSQL in each other's way, step by step: what waits for a lock is known, not guessed."""

import asyncio

from sqlalchemy import Connection, event, text

from storage.engine import Database

PATIENCE = 300
"""Seconds until a test gives up."""

WAITING = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()")


async def wait_for_locks(database: Database, *, number: int = 1) -> None:
    """Return once so many statements wait for others' locks; on SQLite, which has one writer, at once."""
    if database.is_sqlite:
        return
    async with asyncio.timeout(PATIENCE), database.reading() as onlooker:
        while (await onlooker.execute(WAITING)).scalar_one() < number:
            await onlooker.execute(text("SELECT pg_stat_clear_snapshot()"))


def be_patient(database: Database) -> None:
    """Have this database's transactions wait for locks as long as a test does: a busy machine takes more than a second.

    Two that wait for each other still fail at once: PostgreSQL sees that by itself.
    """
    if not database.is_sqlite:
        event.listen(database.engine.sync_engine, "begin", _wait_long)


def _wait_long(connection: Connection) -> None:
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{PATIENCE}s'")
