"""What keeps the program from starting is said in a sentence, with the mend, and exit code 78."""

import re
import socket
from collections import Counter
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from tests.conftest import PostgreSQLServer
from tests.processes.program import PATIENCE, ended, program
from tests.processes.town import becomes_ready, change, town, within
from tests.storage.builders import on_sqlite

on_bare_sqlite = pytest.mark.parametrize("bare_database_url", ["sqlite"], indirect=True)


@pytest.mark.slow
@pytest.mark.parametrize("part", ["web", "worker"])
async def test_a_database_behind_its_migrations_is_told_with_the_command_that_mends_it(
    part: str, bare_database_url: str, tmp_path: Path
) -> None:
    async with town(tmp_path) as here:
        environment = here.environment(bare_database_url)
        told = await ended(part, environment=environment, directory=tmp_path)
        assert told.code == 78
        assert told.err.startswith("The database is behind this program (it is at nothing, ")
        assert told.err.endswith("is needed). Run `maturity db upgrade`.\n")
        first = await ended("db", "upgrade", environment=environment, directory=tmp_path)
        second = await ended("db", "upgrade", environment=environment, directory=tmp_path)
        assert (first.code, second.code) == (0, 0), first.err + second.err
        assert first.out.startswith("The database went from nothing to ")
        assert second.out.startswith("The database is up to date (")
        async with program(part, environment=environment, directory=tmp_path) as started:
            await becomes_ready(started)


@on_bare_sqlite
async def test_run_brings_a_sqlite_file_up_to_date_by_itself(bare_database_url: str, tmp_path: Path) -> None:
    async with (
        town(tmp_path) as here,
        program("run", environment=here.environment(bare_database_url), directory=tmp_path) as started,
    ):
        await becomes_ready(started)


@pytest.mark.parametrize("bare_database_url", ["postgresql"], indirect=True)
async def test_run_leaves_a_postgresql_database_to_the_operator(bare_database_url: str, tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        told = await ended("run", environment=here.environment(bare_database_url), directory=tmp_path)
    assert told.code == 78
    assert told.err.endswith("Run `maturity db upgrade`.\n")


@pytest.mark.slow
@on_sqlite
async def test_a_database_from_a_newer_program_is_not_touched(database_url: str, tmp_path: Path) -> None:
    await change(database_url, "UPDATE alembic_version SET version_num = '9999'")
    async with town(tmp_path) as here:
        for command in (("run",), ("web",), ("db", "upgrade")):
            told = await ended(*command, environment=here.environment(database_url), directory=tmp_path)
            assert told.code == 78, told
            assert told.err.startswith("The database is ahead of this program (it is at 9999, this program knows ")
            assert len(told.err.splitlines()) == 1


async def test_a_database_that_cannot_be_reached_ends_a_command_and_is_told_without_its_password(
    tmp_path: Path,
) -> None:
    environment = {"DATABASE_URL": "postgresql://me:hunter2@127.0.0.1:1/maturity"}
    told = await ended("db", "upgrade", environment=environment, directory=tmp_path)
    assert told.code == 1
    assert told.err == (
        "DATABASE_URL can't be reached (connection refused). Check that the server runs at 127.0.0.1:1, and "
        "DATABASE_URL.\n"
    )


@on_sqlite
@pytest.mark.parametrize("part", ["web", "worker", "run"])
async def test_a_sqlite_file_that_may_only_be_read_is_told(database_url: str, tmp_path: Path, part: str) -> None:
    """As on a disk that was mounted so: whoever runs the tests as root may write to any file of theirs."""
    async with town(tmp_path) as here:
        read_only = f"{database_url.replace('sqlite:///', 'sqlite:///file:')}?mode=ro&uri=true"
        told = await ended(part, environment=here.environment(read_only), directory=tmp_path)
    assert told.code == 78
    assert told.err == (
        "DATABASE_URL names a file that may only be read. Let the program write to it and in its folder.\n"
    )


@on_sqlite
async def test_a_folder_that_takes_no_new_file_is_told(database_url: str, tmp_path: Path) -> None:
    (tmp_path / "maturity.db.worker").mkdir()
    async with town(tmp_path) as here:
        told = await ended("worker", environment=here.environment(database_url), directory=tmp_path)
    assert told.code == 78
    assert told.err.endswith(
        "can't be written (Is a directory). Let the program write in the folder of its database.\n"
    )
    assert len(told.err.splitlines()) == 1


@on_sqlite
async def test_a_port_that_is_taken_is_told(database_url: str, tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = str(taken.getsockname()[1])
            environment = here.environment(database_url, PORT=port)
            told = await ended("run", environment=environment, directory=tmp_path)
    assert told.code == 78
    assert told.err == (
        f"PORT {port} on 127.0.0.1 can't be used (Address already in use). Choose another port or host.\n"
    )


@on_sqlite
async def test_a_token_that_slack_refuses_is_told(database_url: str, tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        environment = here.environment(database_url, SLACK_BOT_TOKEN="xoxb-made-up")
        told = await ended("run", environment=environment, directory=tmp_path)
    assert told.code == 78
    assert told.err == (
        "SLACK_BOT_TOKEN is refused by Slack (invalid_auth). Install the app to the workspace again and copy its bot "
        "token.\n"
    )


@on_sqlite
async def test_a_token_that_has_run_out_is_told_with_how_to_make_one_that_does_not(
    database_url: str, tmp_path: Path
) -> None:
    async with town(tmp_path) as here:
        here.sandbox.faults.add(method="auth.test", kind="refused", word="token_expired", times=1000)
        told = await ended("run", environment=here.environment(database_url), directory=tmp_path)
        doctor = await ended("doctor", environment=here.environment(database_url), directory=tmp_path)
    says = "SLACK_BOT_TOKEN has run out, so the app's tokens rotate (token_expired)"
    mend = (
        "Make the app anew from `maturity manifest`, without token rotation, which can't be switched off again, and "
        "install that one."
    )
    assert told.code == 78
    assert told.err == f"{says}. {mend}\n"
    assert doctor.code == 1
    assert f"WRONG Slack: {says}\n      {mend}\n" in doctor.out


@on_sqlite
async def test_an_app_token_that_slack_refuses_is_told(database_url: str, tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        environment = here.environment(database_url, SLACK_APP_TOKEN="xapp-made-up", SLACK_SIGNING_SECRET="")
        told = await ended("run", environment=environment, directory=tmp_path)
    assert told.code == 78
    assert told.err.startswith("SLACK_APP_TOKEN is refused by Slack (invalid_auth).")
    assert "Traceback" not in told.err


@on_sqlite
async def test_readyz_says_what_is_wrong_once_the_schema_is_behind(database_url: str, tmp_path: Path) -> None:
    async with (
        town(tmp_path) as here,
        program("run", environment=here.environment(database_url), directory=tmp_path) as started,
    ):
        await becomes_ready(started)
        await change(database_url, "UPDATE alembic_version SET version_num = '0000'")
        answer = await here.page(started, "/readyz")
        assert answer.status_code == 503
        assert answer.json() == {"ready": False, "reason": "run `maturity db upgrade`"}
        assert (await here.page(started, "/healthz")).text == "alive\n"


async def test_the_way_to_slack_is_told_also_where_the_database_is_wrong(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        environment = here.environment("postgresql://me@127.0.0.1:1/maturity", HTTPS_PROXY="http://proxy.test:8080")
        environment["SLACK_API_URL"] = "https://slack.test/api/"
        told = await ended("doctor", environment=environment, directory=tmp_path)
    assert told.code == 1
    assert (
        "ok    network: Slack (https://slack.test/api/) is called through the proxy http://proxy.test:8080" in told.out
    )
    assert "WRONG database: " in told.out


async def test_a_server_that_takes_no_writes_is_a_fault_for_the_doctor(
    postgresql_server: PostgreSQLServer, postgresql_template: str, tmp_path: Path
) -> None:
    """A standby answers every question, and so does a server whose disk is full."""
    name = postgresql_server.create(postgresql_template)
    with psycopg.connect(postgresql_server.url_of("postgres").replace("+psycopg", ""), autocommit=True) as owner:
        owner.execute(sql.SQL("ALTER DATABASE {} SET default_transaction_read_only = on").format(sql.Identifier(name)))
    async with town(tmp_path) as here:
        environment = here.environment(postgresql_server.url_of(name))
        told = await ended("doctor", environment=environment, directory=tmp_path)
    postgresql_server.drop(name)
    assert told.code == 1
    assert " takes no writes (25006, it may only be read)\n      Make room on its disk, or lead" in told.out


def rename(server: PostgreSQLServer, name: str, new: str) -> None:
    """Take a database away from those who are connected to it."""
    old, renamed = sql.Identifier(name), sql.Identifier(new)
    with psycopg.connect(server.url_of("postgres").replace("+psycopg", ""), autocommit=True) as connection:
        # Whoever was put out comes back at once, and a database that is in use can't be renamed.
        connection.execute(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS false").format(old))
        ended = "SELECT pg_terminate_backend(pid, %s) FROM pg_stat_activity WHERE datname = %s"
        while True:
            connection.execute(ended, [int(PATIENCE * 1000), name])
            try:
                connection.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(old, renamed))
                break
            except psycopg.errors.ObjectInUse:
                continue  # one was on its way in, and stood in no list yet: no other comes
        connection.execute(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS true").format(renamed))


async def test_readyz_and_the_log_say_so_when_the_database_is_gone_and_when_it_is_back(
    postgresql_server: PostgreSQLServer, postgresql_template: str, tmp_path: Path
) -> None:
    name = postgresql_server.create(postgresql_template)
    async with (
        town(tmp_path) as here,
        program("run", environment=here.environment(postgresql_server.url_of(name)), directory=tmp_path) as started,
    ):
        await becomes_ready(started)
        rename(postgresql_server, name, f"{name}_away")

        async def says_that_it_is_gone() -> bool:
            answer = await here.page(started, "/readyz")
            says = {"ready": False, "reason": "the database doesn't answer (3D000, no such database)"}
            return (answer.status_code, answer.json()) == (503, says)

        # A connection that was just in use is handed out once more, and says only that it was ended.
        await within(PATIENCE, says_that_it_is_gone)
        await started.says("the database didn't answer (3D000, no such database), trying again")
        counted = await here.page(started, "/metrics")
        assert counted.status_code == 200
        assert "maturity_deliveries_waiting NaN" in counted.text
        assert 'maturity_check_ok{check="database"} 0.0' in counted.text
        assert "process_open_fds " in counted.text
        rename(postgresql_server, f"{name}_away", name)
        await becomes_ready(started)
        await started.says("the database answers again")
    reasons = Counter(re.findall(r"the database didn't answer \(([^)]+)\), trying again", started.said))
    assert max(reasons.values()) <= started.minutes, "the same is said once a minute, whatever the jobs"
    assert "onnection <" not in started.said, "SQLAlchemy's own lines are none of an operator's"
    postgresql_server.drop(name)
