import asyncio
import os
import stat
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import bindparam, func, select, text, update
from sqlalchemy.exc import OperationalError

from storage import answers, engine, migrate, workspaces
from storage.answers import Saved
from storage.engine import SERVER_SETTINGS, Database, read_url
from storage.models import Workspace
from storage.plain import Plain
from tests.storage.builders import HOME, a_round_with, a_workspace, close, on_postgresql, on_sqlite, tap
from tests.storage.locks import be_patient, wait_for_locks

PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,  # FULL
    "foreign_keys": 1,
    "secure_delete": 1,
    "busy_timeout": 5000,
}


@pytest.mark.waits
@on_sqlite
async def test_every_sqlite_connection_is_durable_and_overwrites_what_it_deletes(database: Database) -> None:
    everyone_in = asyncio.Barrier(4)

    async def reported(*, writing: bool) -> dict[str, object]:
        async with database.begin() if writing else database.reading() as session:
            await everyone_in.wait()  # so that four connections of the pool are out at once
            return {name: (await session.execute(text(f"PRAGMA {name}"))).scalar_one() for name in PRAGMAS}

    connections = await asyncio.gather(
        reported(writing=True), reported(writing=False), reported(writing=False), reported(writing=False)
    )
    assert list(connections) == [PRAGMAS] * 4


@on_postgresql
async def test_every_postgresql_connection_waits_for_locks_no_longer_than_slack_waits_for_an_answer(
    database: Database,
) -> None:
    wanted = {"lock_timeout": "1s", "idle_in_transaction_session_timeout": "1min", "TimeZone": "UTC"}
    async with database.begin() as session:
        shown = {name: (await session.execute(text(f"SHOW {name}"))).scalar_one() for name in wanted}
    assert shown == wanted


@pytest.mark.waits
async def test_what_people_do_waits_for_a_lock_that_a_job_gives_up_on(
    database: Database, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "TRY_SECONDS", 300.0)
    monkeypatch.setattr(engine, "BUSY_TIMEOUT", 50)
    monkeypatch.setitem(SERVER_SETTINGS, "lock_timeout", "50ms")
    others = [Database(read_url(database_url)) for _process in range(2)]
    async with database.begin() as session:
        await a_workspace(session)

    async def rename(through: Database, name: str) -> None:
        async with through.begin() as session:
            (await session.get_one(Workspace, HOME, with_for_update=True)).name = name

    job, person = others[0], others[1].patient()
    async with database.begin() as session:
        await session.get_one(Workspace, HOME, with_for_update=True)
        renaming = asyncio.create_task(rename(person, "Ops"))
        for _try in range(10):  # half a second
            with pytest.raises(OperationalError) as refused:
                await rename(job, "Lost")
            assert engine.is_contention(refused.value)
        assert not renaming.done()
    await renaming
    async with database.reading() as session:
        assert (await session.execute(select(Workspace.name))).scalar_one() == "Ops"
    if not database.is_sqlite:  # what waited so long gave its connection back as it was
        async with others[1].begin() as session:
            assert (await session.execute(text("SHOW lock_timeout"))).scalar_one() == "50ms"
    for each in others:
        await each.close()


@pytest.mark.waits
@on_postgresql
async def test_what_a_close_waited_for_is_counted_whatever_the_servers_default_isolation_is(
    database: Database, database_url: str
) -> None:
    """Read as of its beginning, the close would count what was there before the tap, and then erase the tap."""
    round_id = await a_round_with(database)
    async with database.begin() as session:
        name = (await session.execute(text("SELECT current_database()"))).scalar_one()
        await session.execute(text(f"ALTER DATABASE {name} SET default_transaction_isolation = 'repeatable read'"))
    opened_since = Database(read_url(database_url))
    be_patient(opened_since)

    async def close_now() -> None:
        async with opened_since.begin() as session:
            await close(session, round_id, minimum=1)

    try:
        async with database.begin() as session:
            assert await tap(session, round_id, level=3) is Saved.KEPT
            closing = asyncio.create_task(close_now())
            await wait_for_locks(database)
        await closing
    finally:
        await opened_since.close()
    async with database.reading() as session:
        assert (await answers.counts(session, round_ids=[round_id]))[round_id] == {"A": {3: 1}}


async def test_a_block_that_raises_leaves_nothing_behind(database: Database) -> None:
    async def fail_midway() -> None:
        async with database.begin() as session:
            await a_workspace(session)
            raise RuntimeError("on the way")

    with pytest.raises(RuntimeError, match="on the way"):
        await fail_midway()
    async with database.reading() as session:
        assert await workspaces.get(session, HOME) is None


async def test_a_savepoint_that_fails_undoes_only_itself(database: Database) -> None:
    async with database.begin() as session:
        await a_workspace(session, "T1")
        savepoint = await session.begin_nested()
        await a_workspace(session, "T2")
        await savepoint.rollback()
    async with database.reading() as session:
        assert [workspace.id for workspace in await workspaces.active(session)] == ["T1"]


async def test_looking_waits_for_no_writer_and_sees_only_what_was_committed(database: Database) -> None:
    async with database.begin() as writing:
        await a_workspace(writing)
        async with database.reading() as session:
            assert await workspaces.get(session, HOME) is None
    async with database.reading() as session:
        assert await workspaces.get(session, HOME) is not None


@pytest.mark.waits
async def test_two_processes_that_read_and_then_write_lose_no_update(database: Database, database_url: str) -> None:
    """Two `Database` objects share no lock, as two processes don't."""
    async with database.begin() as session:
        await a_workspace(session)
    other = Database(read_url(database_url))

    async def raise_the_minimum(through: Database) -> None:
        async with through.begin() as session:
            found = await session.get_one(Workspace, HOME, with_for_update=True)
            found.minimum += 1

    try:
        await asyncio.gather(*(raise_the_minimum(through) for through in [database, other] * 20))
    finally:
        await other.close()
    async with database.reading() as session:
        assert (await session.get_one(Workspace, HOME)).minimum == 4 + 40


async def test_traces_are_not_erased_while_a_reader_holds_the_log(database: Database) -> None:
    async with database.begin() as session:
        await a_workspace(session)
    async with database.reading() as session:
        await workspaces.get(session, HOME)
        async with database.begin() as writing:
            await a_workspace(writing, "T1")
        assert await database.erase_traces() is not database.is_sqlite
    assert await database.erase_traces()


@pytest.mark.parametrize(
    ("written", "driver"),
    [
        ("sqlite:///maturity.db", "sqlite+aiosqlite"),
        ("postgres://bot:secret@db/maturity", "postgresql+psycopg"),
        ("postgresql://bot:secret@db/maturity", "postgresql+psycopg"),
        ("postgresql+psycopg://bot:secret@db/maturity", "postgresql+psycopg"),
    ],
)
def test_a_database_url_gets_the_driver_that_the_bot_uses(written: str, driver: str) -> None:
    assert read_url(written).drivername == driver


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("maturity.db", "isn't a database URL. Write sqlite:///maturity.db"),
        ("mysql://db/maturity", "names mysql, which is not supported"),
        ("postgresql+asyncpg://db/maturity", r"names postgresql\+asyncpg, which is not supported"),
        ("postgresql://me@db:notaport/maturity", "isn't a database URL. Write sqlite:///maturity.db, or postgresql://"),
        ("sqlite://", "names no file. An in-memory database loses every answer at a restart"),
        ("sqlite:///:memory:", "names no file"),
    ],
)
def test_a_database_url_that_will_not_do_is_refused_in_a_sentence(written: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        read_url(written)


@pytest.fixture
def _usual_umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


def _modes(path: Path) -> dict[str, int]:
    return {each.name: stat.S_IMODE(each.stat().st_mode) for each in path.parent.iterdir()}


@pytest.mark.usefixtures("_usual_umask")
@pytest.mark.parametrize("name", ["disk/maturity.db", "link.db"])
async def test_a_sqlite_database_is_its_owners_alone_whether_it_is_new_or_was_open_to_all(
    tmp_path: Path, name: str
) -> None:
    path = tmp_path / "disk" / "maturity.db"
    path.parent.mkdir()
    (tmp_path / "link.db").symlink_to(path)
    url = read_url(f"sqlite:///{tmp_path / name}")
    private = {"maturity.db": 0o600, "maturity.db-wal": 0o600, "maturity.db-shm": 0o600}
    migrate.upgrade(url)
    first = Database(url)
    async with first.begin() as session:
        await a_workspace(session)
    assert _modes(path) == private
    for each in path.parent.iterdir():
        each.chmod(0o644)
    second = Database(url)  # as where it was there before this program came to be so careful
    assert _modes(path) == private
    async with second.begin() as session:
        await a_workspace(session, "T2")
    await first.close()
    await second.close()
    assert _modes(path) == {"maturity.db": 0o600}


@on_postgresql
async def test_a_connection_that_died_while_it_rested_is_given_to_nobody(
    database: Database, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "PING_AFTER_SECONDS", 0)
    async with database.reading() as session:
        number = (await session.execute(text("SELECT pg_backend_pid()"))).scalar_one()
    elsewhere = Database(read_url(database_url))
    async with elsewhere.begin() as session:
        await session.execute(text("SELECT pg_terminate_backend(:number, 10000)"), {"number": number})
    await elsewhere.close()
    async with database.reading() as session:
        assert (await session.execute(text("SELECT pg_backend_pid()"))).scalar_one() != number


async def test_what_is_written_in_one_go_is_committed_or_undone_as_a_whole(database: Database) -> None:
    renaming = update(Workspace.__table__).values(name=bindparam("new_name"))  # type: ignore[arg-type]

    def rename(session: Plain, *, name: str, fails: bool) -> str:
        assert session.execute(renaming, {"new_name": name}) == []
        if fails:
            raise LookupError
        return name

    async with database.begin() as session:
        await a_workspace(session)
    assert await database.write(partial(rename, name="Ops", fails=False)) == "Ops"
    with pytest.raises(LookupError):
        await database.write(partial(rename, name="Lost", fails=True))
    async with database.reading() as session:
        assert (await session.execute(select(Workspace.name))).scalar_one() == "Ops"


@on_postgresql
async def test_what_is_written_in_one_go_fails_with_its_connection_and_goes_on_with_another(database: Database) -> None:
    ending, asking = select(func.pg_terminate_backend(func.pg_backend_pid())), select(func.pg_backend_pid())
    (before,) = await database.write(lambda through: through.execute(asking, {}))
    with pytest.raises(OperationalError) as lost:
        await database.write(lambda through: through.execute(ending, {}))
    assert lost.value.connection_invalidated
    (after,) = await database.write(lambda through: through.execute(asking, {}))
    assert after != before


@pytest.mark.waits
@on_postgresql
async def test_what_is_cut_off_while_it_is_written_in_one_go_leaves_nothing_behind(database: Database) -> None:
    renaming = update(Workspace.__table__).values(name="Lost")  # type: ignore[arg-type]
    async with database.begin() as session:
        await a_workspace(session)
    async with database.begin() as session:
        await session.get_one(Workspace, HOME, with_for_update=True)
        cut_off = asyncio.create_task(database.write(lambda through: through.execute(renaming, {})))
        await wait_for_locks(database)
        cut_off.cancel()
        with pytest.raises(asyncio.CancelledError):
            await cut_off
    async with database.begin() as session:
        assert (await session.get_one(Workspace, HOME, with_for_update=True)).name != "Lost"
