"""One database, SQLite or PostgreSQL, and the two kinds of transaction the bot opens on it."""

import asyncio
import copy
import math
import sqlite3
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Connection, create_engine, event, make_url, text
from sqlalchemy.engine import URL, Engine
from sqlalchemy.exc import ArgumentError, DBAPIError, DisconnectionError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.util import greenlet_spawn

from storage.patient_pool import PatientPool
from storage.plain import Plain, PlainTransactions
from storage.private_files import keep_private

Result = TypeVar("Result")

DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}

BEGIN_TO_WRITE = "BEGIN IMMEDIATE"
"""SQLite's writer takes its place at once."""

BUSY_TIMEOUT = 5000
"""How long, in milliseconds, a SQLite connection waits for another process's writer."""

SERVER_SETTINGS = {
    "timezone": "UTC",
    # A statement that waits longer for a row gives up, and a tick or a tap tries again. What else people do isn't tried
    # again: it waits longer, see Database.patient.
    "lock_timeout": "1s",
    # Our transactions take milliseconds. One whose process hangs or is cut off gives its rows back.
    "idle_in_transaction_session_timeout": "60s",
    "tcp_keepalives_idle": "30",
    "tcp_keepalives_interval": "10",
    "tcp_keepalives_count": "3",
}
"""What PostgreSQL is told for each of our connections."""

KEEPALIVES = {"keepalives": 1, "keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3}
"""The same from our side: a server that is gone is noticed within a minute, also where nothing was on its way."""

LAST_PORT = 65535

CONNECT_SECONDS = 10
"""How long a server may take to let us in."""

TRY_SECONDS = 30.0
"""How long what people do is tried while others' transactions are in its way; they are told long before."""

PAUSE_SECONDS = 0.05
"""How long what met another's transaction waits before it is tried again."""

PING_AFTER_SECONDS = 1.0
"""How long a connection to PostgreSQL may have rested before it is asked whether it is still there."""

IN_THE_WAY = frozenset({
    "55P03",  # lock_not_available: waited for longer than lock_timeout
    "40P01",  # deadlock_detected
    "40001",  # serialization_failure
})  # fmt: skip
"""SQLSTATEs of a transaction that may be tried again as it was."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How many connections to PostgreSQL one process keeps and makes, and whether they belong to it alone."""

    pool_size: int = 10
    max_overflow: int = 10
    """Connections beyond `pool_size`, closed when they are given back."""
    wait_seconds: float = 30.0
    """How long somebody waits for one, our own or the server's."""
    prepared_statements: bool = True
    """False behind a pooler in transaction mode, where one connection's statements and settings are soon another's."""


USUAL = Limits()


def read_url(text: str) -> URL:
    """The database URL with the driver this program uses; ValueError, in a plain sentence, for any other."""
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):  # the latter for a port that is no number
        raise ValueError(
            "isn't a database URL. Write sqlite:///maturity.db, or postgresql://user:password@host/database."
        ) from None
    driver = DRIVERS.get(url.drivername)
    if driver is None:
        raise ValueError(
            f"names {url.drivername}, which is not supported. Use sqlite:///FILE or postgresql://user:password@host/database."
        )
    if driver.startswith("sqlite") and url.database in {None, "", ":memory:"}:
        raise ValueError(
            "names no file. An in-memory database loses every answer at a restart: use sqlite:///maturity.db."
        )
    host, name = url.host or "", url.database or ""
    if driver.startswith("postgresql") and ("@" in host or ("@" in name and "/" in name)):
        raise ValueError("holds an @ too many. In a user name or password write %40 for @, %2F for / and %25 for %.")
    if driver.startswith("postgresql"):
        _check_connection(url.set(drivername=driver))
    return url.set(drivername=driver)


def _check_connection(url: URL) -> None:
    """ValueError, in a plain sentence, for a port or an option that no server would ever be asked with."""
    import psycopg  # with SQLite it need not be loaded

    if url.port is not None and not 0 < url.port <= LAST_PORT:
        raise ValueError(f"names port {url.port}, which there can't be. Write one from 1 to {LAST_PORT}.")
    try:
        _, options = url.get_dialect()().create_connect_args(url)
        psycopg.conninfo.make_conninfo(**options)
    except (psycopg.Error, ArgumentError, ValueError):
        listed = ", ".join(sorted(url.query))
        raise ValueError(
            f"has an option after its ? that PostgreSQL doesn't know, or a value that it doesn't take ({listed}). "
            "Correct it, or take it out."
        ) from None


def is_contention(error: DBAPIError) -> bool:
    """True where the database itself is well, and only others' transactions were in the way of this one."""
    code = getattr(error.__cause__, "sqlite_errorcode", None)
    # An extended code holds the primary one in its last byte (https://sqlite.org/rescode.html).
    is_busy = code is not None and code & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
    return is_busy or getattr(error.orig, "sqlstate", None) in IN_THE_WAY


async def patiently(work: Callable[[], Awaitable[Result]], *, seconds: float) -> Result:
    """What `work` gives, tried again for so many seconds while somebody else's transaction is in its way."""
    give_up_at = asyncio.get_running_loop().time() + seconds
    while True:
        try:
            return await work()
        except DBAPIError as error:
            if not is_contention(error) or asyncio.get_running_loop().time() > give_up_at:
                raise
        await asyncio.sleep(PAUSE_SECONDS)


class Database:
    """Opens transactions: `begin()` to write, `reading()` to look, `write()` for what is written in one go.

    SQLite has one writer: `begin()` takes its lock at once (BEGIN IMMEDIATE; a deferred transaction that reads and
    then writes fails with "database is locked" as soon as two meet), after waiting its turn in this process.
    """

    def __init__(self, url: URL, *, limits: Limits = USUAL) -> None:
        self.url = url
        self._limits = limits
        self.is_sqlite = url.get_backend_name() == "sqlite"
        self._engine = _sqlite_engine(url) if self.is_sqlite else _postgresql_engine(url, limits)
        self._writing = async_sessionmaker(self._engine, expire_on_commit=False)
        self._reading = async_sessionmaker(self._engine.execution_options(reading=True), expire_on_commit=False)
        self._writer = asyncio.Lock()
        self._patience = 0.0
        self._in_one_go = _InOneGo(url) if self.is_sqlite else None
        self._plain = PlainTransactions(self._engine.sync_engine)

    @property
    def engine(self) -> AsyncEngine:
        """For the tests; everything else goes through a transaction."""
        return self._engine

    @property
    def engines(self) -> tuple[Engine, ...]:
        """Each that connections are made by, for what listens to them."""
        main = self._engine.sync_engine
        return (main,) if self._in_one_go is None else (main, self._in_one_go.engine)

    def watched_by(self, watch: Callable[..., None]) -> None:
        """Hand over how many connections are in use, how many rest, and how many there may be."""
        pool: Any = self._engine.sync_engine.pool
        most = self._limits.pool_size + self._limits.max_overflow
        watch(in_use=pool.checkedout, idle=pool.checkedin, most=most)

    def patient(self) -> "Database":
        """The same database, whose `begin()` waits for others' locks as long as a tap is tried again.

        It is for what people do: their command can't be run again, since it may have called Slack before its
        transaction. Jobs wait a second, and have their turn at the next tick.
        """
        view = copy.copy(self)
        patient = self._engine.execution_options(patient=True)
        view._patience = TRY_SECONDS  # noqa: SLF001 - it is one of us
        view._writing = async_sessionmaker(patient, expire_on_commit=False)  # noqa: SLF001 - as above
        return view

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncSession]:
        """A transaction that writes: committed when the block ends, rolled back when it raises."""
        if not self.is_sqlite:
            async with self._writing.begin() as session:
                yield session
            return
        now = asyncio.get_running_loop().time
        give_up_at = now() + self._patience
        async with self._writer, self._writing.begin() as session:
            if self._patience:
                await patiently(session.connection, seconds=give_up_at - now())
            yield session

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """A transaction that only looks; on SQLite it waits for no writer."""
        async with self._reading.begin() as session:
            yield session

    async def write(self, work: Callable[[Plain], Result]) -> Result:
        """What `work` gives, in a transaction of its own that is committed when this returns.

        For what happens so often that its price counts: it has the driver's cursor and no session, and on SQLite all of
        it is one visit to a thread, where `begin()` makes three for each statement.
        """
        if self._in_one_go is None:
            return await greenlet_spawn(self._plain.run, work)
        async with self._writer:
            return await self._in_one_go.run(work)

    async def erase_traces(self) -> bool:
        """Empty SQLite's write-ahead log, where deleted answers would stay readable; False while a reader holds it.

        PostgreSQL keeps no file of ours to empty: its vacuum reclaims deleted rows.
        """
        if not self.is_sqlite:
            return True
        async with self._writer, self._engine.connect() as connection:
            raw: Any = (await connection.get_raw_connection()).driver_connection
            # It holds the one writer's place while it waits for readers, and every tap behind it: not for long.
            await raw.execute("PRAGMA busy_timeout = 100")
            try:
                async with raw.execute("PRAGMA wal_checkpoint(TRUNCATE)") as cursor:
                    row = await cursor.fetchone()
            finally:
                await raw.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT}")
            return row is not None and int(row[0]) == 0

    async def keeps_our_settings(self) -> bool:
        """False where something between us and PostgreSQL took our settings and gave them to nobody."""
        if self.is_sqlite or not self._limits.prepared_statements:
            return True
        async with self.reading() as session:
            said = (await session.execute(text("SHOW lock_timeout"))).scalar_one()
        return bool(said == SERVER_SETTINGS["lock_timeout"])

    async def close(self) -> None:
        if self._in_one_go is not None:
            self._in_one_go.close()
        await self._engine.dispose()


class _InOneGo:
    """A SQLite connection in a thread of its own, for transactions that one function makes from begin to commit."""

    def __init__(self, url: URL) -> None:
        self.engine = _sqlite_engine_for_threads(url)
        self._plain = PlainTransactions(self.engine, begin=BEGIN_TO_WRITE)
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="sqlite-writer")

    async def run(self, work: Callable[[Plain], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._plain.run, work)

    def close(self) -> None:
        self._thread.submit(self.engine.dispose)
        self._thread.shutdown()


def _postgresql_engine(url: URL, limits: Limits) -> AsyncEngine:
    session: dict[str, Any]
    if limits.prepared_statements:
        session = {"options": " ".join(f"-c {name}={value}" for name, value in SERVER_SETTINGS.items())}
    else:
        session = {"prepare_threshold": None}
    engine = create_async_engine(
        url,
        poolclass=PatientPool,
        pool_size=limits.pool_size,
        max_overflow=limits.max_overflow,
        pool_timeout=limits.wait_seconds,
        hide_parameters=True,  # an error's message would quote answers and notes
        # Who waited for a lock must see what its holder wrote, as a close the taps that it waited for; whatever the
        # server's default is.
        isolation_level="READ COMMITTED",
        connect_args={
            "connect_timeout": CONNECT_SECONDS,
            **session,
            **KEEPALIVES,
        },
    )
    event.listen(engine.sync_engine, "begin", _wait_for_locks)
    _ping_the_rested(engine.sync_engine)
    return engine


def _wait_for_locks(connection: Connection) -> None:
    """Wait longer where people do; for this transaction alone, since the connection is soon another's."""
    if connection.get_execution_options().get("patient", False):
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{TRY_SECONDS:.0f}s'")


def _ping_the_rested(engine: Engine) -> None:
    """Hand out no connection that died while it rested: `pool_pre_ping`, but for one that was just in use.

    The ping is a fifth of the time that a tap takes.
    """

    @event.listens_for(engine, "checkin")
    def note(_connection: Any, record: ConnectionPoolEntry) -> None:
        record.info["rests since"] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def ping(connection: Any, record: ConnectionPoolEntry, _fairy: object) -> None:
        if time.monotonic() - record.info.get("rests since", math.inf) < PING_AFTER_SECONDS:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise DisconnectionError from error  # the pool gives another one


def _sqlite_engine(url: URL) -> AsyncEngine:
    keep_private(url)
    engine = create_async_engine(url, **_SQLITE)
    _listen_to_sqlite(engine.sync_engine)
    return engine


def _sqlite_engine_for_threads(url: URL) -> Engine:
    engine = create_engine(url.set(drivername="sqlite+pysqlite"), **_SQLITE)
    _listen_to_sqlite(engine)
    return engine


_SQLITE: dict[str, Any] = {
    "hide_parameters": True,  # as above
    # isolation_level=None: the driver would otherwise open transactions on its own terms, and savepoints and rollbacks
    # would silently do nothing.
    "connect_args": {"isolation_level": None, "timeout": BUSY_TIMEOUT / 1000},
}


def _listen_to_sqlite(engine: Engine) -> None:
    event.listen(engine, "connect", _configure_sqlite)
    event.listen(engine, "begin", _begin_sqlite)


def _lower(text: str | None) -> str | None:
    return None if text is None else text.lower()


def _configure_sqlite(connection: Any, _record: object) -> None:
    # Its own knows the letters of ASCII alone: nobody called Élodie would be found.
    connection.create_function("lower", 1, _lower, deterministic=True)
    cursor = connection.cursor()
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",  # an acknowledged answer survives a power cut
        f"busy_timeout = {BUSY_TIMEOUT}",
        "foreign_keys = ON",
        "secure_delete = ON",  # a deleted answer is overwritten, not only forgotten
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN DEFERRED" if reading else BEGIN_TO_WRITE)
