"""Two sessions of PostgreSQL in each other's way, step by step: what waits for a lock is known, not guessed."""

import asyncio

from sqlalchemy import text

from storage.engine import Database

PATIENCE = 20
"""Seconds until a test gives up."""

WAITING = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()")


async def wait_for_locks(database: Database, *, number: int = 1) -> None:
    """Return once so many statements wait for others' locks; on SQLite, which has one writer, at once."""
    if database.is_sqlite:
        return
    async with asyncio.timeout(PATIENCE), database.reading() as onlooker:
        while (await onlooker.execute(WAITING)).scalar_one() < number:
            await onlooker.execute(text("SELECT pg_stat_clear_snapshot()"))
