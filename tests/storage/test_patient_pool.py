"""A PostgreSQL server with fewer connections than we would like: everybody waits for a place, and nobody is refused."""

import asyncio

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import text

from storage.engine import Database, Limits, read_url
from tests.storage.builders import a_role, on_postgresql

MANY = 100
ALLOWED = 3
PATIENCE = 300.0
"""Seconds to wait for a place: no busy machine takes as long."""


@pytest.mark.waits
@on_postgresql
@pytest.mark.parametrize("settings", [True, False], ids=["alone", "behind a pooler"])
async def test_whoever_finds_the_server_full_waits_for_a_place(database_url: str, *, settings: bool) -> None:
    with (
        psycopg.connect(database_url.replace("+psycopg", ""), autocommit=True) as owner,
        a_role(owner, "few", "LOGIN") as role,
    ):
        owner.execute(sql.SQL("ALTER ROLE {} CONNECTION LIMIT {}").format(sql.Identifier(role), ALLOWED))
        few = Database(
            read_url(database_url).set(username=role),
            limits=Limits(prepared_statements=settings, wait_seconds=PATIENCE),
        )

        async def ask() -> int:
            async with few.reading() as session:
                return int((await session.execute(text("SELECT 1 FROM pg_sleep(0.01)"))).scalar_one())

        try:
            assert await asyncio.gather(*[ask() for _ in range(MANY)]) == [1] * MANY
            taken = owner.execute("SELECT count(*) FROM pg_stat_activity WHERE usename = %s", [role]).fetchone()
            assert taken is not None
            assert 1 <= taken[0] <= ALLOWED
        finally:
            await few.close()
