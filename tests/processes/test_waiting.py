"""What isn't there at the start is waited for; what waiting can't help ends the program at once, with exit code 78."""

import socket
from contextlib import AsyncExitStack
from pathlib import Path
from typing import LiteralString

import httpx
import psycopg
import pytest
from psycopg import sql

from storage.engine import Database, read_url
from storage.installations import SealedInstallationStore, new_key
from tests.conftest import PostgreSQLServer
from tests.parts import missing
from tests.processes.pooler import pooler
from tests.processes.program import PATIENCE, ended, free_ports, program
from tests.processes.town import becomes_ready, get, town
from tests.storage.builders import NOW, a_role, on_sqlite
from tests.storage.grants import grant

CONFIGURATION = 78
SLACK = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "secret", "PORT": "0", "HOST": "127.0.0.1"}
MANY = {
    "SLACK_CLIENT_ID": "1.2",
    "SLACK_CLIENT_SECRET": "hush",
    "SLACK_SIGNING_SECRET": "secret",
    "PORT": "0",
    "HOST": "127.0.0.1",
}


@on_sqlite
@pytest.mark.parametrize("part", ["run", "worker"])
async def test_a_slack_that_is_not_there_is_waited_for(part: str, database_url: str, tmp_path: Path) -> None:
    async with AsyncExitStack() as stack:
        here, port = await stack.enter_async_context(town(tmp_path)), stack.enter_context(free_ports())
        away = here.sandbox.faults.add(method="auth.test", kind="server_error", times=1000)
        environment = here.environment(database_url, PORT=str(port))
        address = f"http://127.0.0.1:{port}"
        async with program(part, environment=environment, directory=tmp_path, waits_for="waiting: Slack (") as started:
            assert "can't be reached (HTTP 503). Check the network" in started.said
            assert (await get(address, "/healthz")).text == "alive\n"
            answer = await get(address, "/readyz")
            assert answer.status_code == 503
            assert "can't be reached" in answer.json()["reason"]
            counted = await get(address, "/metrics")
            assert counted.status_code == 200
            assert 'maturity_check_ok{check="start"} 0.0' in counted.text, "what waits for ever is news, too"
            public = await get(address, "/slack/install")
            assert (public.status_code, public.json()) == (503, {"ready": False})
            assert (await get(address, "/metrics")).status_code == 200
            here.sandbox.faults.end(away)
            await started.ready(part)
            await becomes_ready(started)
            counted = await get(address, "/metrics")
            assert 'maturity_check_ok{check="start"} 1.0' in counted.text
            for metric in (
                'maturity_deliveries_total{kind="summary",outcome="failed"} 0.0',
                'maturity_tick_errors_total{tick="deliver"} 0.0',
            ):
                assert metric in counted.text, "the first failure is an increase"
            assert await started.stop() == 0
        assert 1 <= started.said.count("waiting: ") <= started.minutes, "the same sentence is said once a minute"


async def test_a_signal_ends_a_program_that_is_still_waiting(tmp_path: Path) -> None:
    environment = SLACK | {"DATABASE_URL": "postgresql://me:hunter2@127.0.0.1:1/maturity"}
    for part in ("web", "worker", "run"):
        async with program(
            part, environment=environment, directory=tmp_path, waits_for="waiting: DATABASE_URL can't be reached"
        ) as started:
            assert await started.stop() == 0
        assert "hunter2" not in started.said


async def test_a_postgresql_that_comes_later_is_waited_for(
    postgresql_server: PostgreSQLServer, postgresql_template: str, tmp_path: Path
) -> None:
    """A server that takes no more connections is what one looks like that has just come up."""
    name = postgresql_server.create(postgresql_template)
    connect = postgresql_server.url_of("postgres").replace("+psycopg", "")
    with (
        psycopg.connect(connect, autocommit=True) as owner,
        a_role(owner, "latecomer", "LOGIN CONNECTION LIMIT 0") as latecomer,
    ):
        role = sql.Identifier(latecomer)
        url = read_url(postgresql_server.url_of(name)).set(username=latecomer, drivername="postgresql")
        async with town(tmp_path) as here:
            environment = here.environment(url.render_as_string(hide_password=False))
            async with program(
                "web", environment=environment, directory=tmp_path, waits_for="(53300, no connection left)"
            ) as started:
                owner.execute(sql.SQL("ALTER ROLE {} SUPERUSER CONNECTION LIMIT -1").format(role))
                await started.ready("web")
                assert await started.stop() == 0
    postgresql_server.drop(name)


@on_sqlite
async def test_keys_that_open_no_stored_grant_end_the_program_at_once(database_url: str, tmp_path: Path) -> None:
    database = Database(read_url(database_url))
    await SealedInstallationStore(database, keys=[new_key()], now=lambda: NOW).async_save(grant())
    await database.close()
    environment = MANY | {"DATABASE_URL": database_url, "MATURITY_ENCRYPTION_KEY": new_key()}
    for part in ("web", "worker", "run"):
        told = await ended(part, environment=environment, directory=tmp_path)
        assert told.code == CONFIGURATION, told
        assert told.err.startswith("No key in MATURITY_ENCRYPTION_KEY opens the stored installation of workspace ")
        assert len(told.err.splitlines()) == 1


@pytest.mark.parametrize("lacks", ["CREATE ON SCHEMA public", "CONNECT ON DATABASE {}"], ids=["tables", "database"])
async def test_a_user_without_the_right_to_make_tables_or_to_come_in_is_told_what_to_grant(
    lacks: LiteralString, postgresql_server: PostgreSQLServer, tmp_path: Path
) -> None:
    name = postgresql_server.create()
    connect = postgresql_server.url_of(name).replace("+psycopg", "")
    with psycopg.connect(connect, autocommit=True) as owner, a_role(owner, "modest", "LOGIN") as modest:
        owner.execute(sql.SQL("REVOKE " + lacks + " FROM PUBLIC").format(sql.Identifier(name)))
        url = read_url(postgresql_server.url_of(name)).set(username=modest, drivername="postgresql")
        told = await ended(
            "db", "upgrade", environment={"DATABASE_URL": url.render_as_string(hide_password=False)}, directory=tmp_path
        )
    postgresql_server.drop(name)
    assert told.code == CONFIGURATION, told
    assert told.err == (
        "DATABASE_URL: its user may not do that. Let the database's owner GRANT CONNECT on the database, CREATE and "
        "USAGE on its schema, and make this user the owner of its tables.\n"
    )


async def test_a_database_that_does_not_exist_is_told(postgresql_server: PostgreSQLServer, tmp_path: Path) -> None:
    told = await ended(
        "web", environment=SLACK | {"DATABASE_URL": postgresql_server.url_of("nowhere")}, directory=tmp_path
    )
    assert told.code == CONFIGURATION, told
    assert told.err.startswith("DATABASE_URL: there is no such database.")
    assert len(told.err.splitlines()) == 1


async def test_a_server_whose_reason_cannot_be_read_is_waited_for_with_where_it_can(tmp_path: Path) -> None:
    """A client is told the sentence and not its code: one in German says nothing to a program."""
    german = "SFATAL\0VFATAL\0C28P01\0MPasswort-Authentifizierung für Benutzer »me« fehlgeschlagen\0\0".encode()
    async with pooler("postgresql://me@nowhere/maturity", refuses=german) as url:
        environment = SLACK | {"DATABASE_URL": url}
        said = "The server's log says why; with `lc_messages = 'C'` in postgresql.conf it can be read here, too."
        async with program("web", environment=environment, directory=tmp_path, waits_for=said) as started:
            assert await started.stop() == 0


async def test_an_option_with_a_value_that_there_is_not_ends_the_program_at_once(tmp_path: Path) -> None:
    environment = SLACK | {"DATABASE_URL": "postgresql://me@127.0.0.1:1/maturity?sslmode=maybe"}
    told = await ended("web", environment=environment, directory=tmp_path)
    assert told.code == CONFIGURATION, told
    assert told.err == (
        "DATABASE_URL: an option or a port in it can't be used. Correct it, or take the option after the ? out.\n"
    )


async def test_a_folder_that_is_no_folder_is_told_by_every_command(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    environment = SLACK | {"DATABASE_URL": f"sqlite:///{tmp_path}/file/maturity.db"}
    for command in (("run",), ("db", "upgrade")):
        told = await ended(*command, environment=environment, directory=tmp_path)
        assert told.code == CONFIGURATION, told
        assert told.err == (
            f"DATABASE_URL: {tmp_path}/file takes no file (Not a directory). Make the folder, or let the program write "
            "there.\n"
        )
    doctor = await ended("doctor", environment=environment, directory=tmp_path)
    assert doctor.code == 1
    assert f"{tmp_path}/file takes no file" in doctor.out
    assert "makes it" not in doctor.out


@on_sqlite
@pytest.mark.parametrize(
    ("host", "at"), [("127.0.0.1", "http://127.0.0.1:{port}"), ("{folder}/web.sock", "unix:{folder}/web.sock")]
)
async def test_web_and_worker_share_one_env_file_and_the_worker_listens_on_the_port_after(
    host: str, at: str, database_url: str, tmp_path: Path
) -> None:
    async with AsyncExitStack() as stack:
        here, port = await stack.enter_async_context(town(tmp_path)), stack.enter_context(free_ports(2))
        environment = here.environment(database_url, PORT=str(port), HOST=host.format(folder=tmp_path))
        (tmp_path / ".env").write_text("".join(f"{name}='{value}'\n" for name, value in environment.items()))
        worker = await stack.enter_async_context(program("worker", environment={}, directory=tmp_path))
        web = await stack.enter_async_context(program("web", environment={}, directory=tmp_path))
        assert web.address == at.format(port=port, folder=tmp_path)
        assert worker.address == f"http://127.0.0.1:{port + 1}"


@on_sqlite
async def test_a_worker_started_beside_a_web_with_the_same_port_listens_above_it(
    database_url: str, tmp_path: Path
) -> None:
    async with (
        town(tmp_path) as here,
        program("web", environment=here.environment(database_url), directory=tmp_path) as web,
    ):
        shared = here.environment(database_url, PORT=web.address.rpartition(":")[2])
        async with program("worker", environment=shared, directory=tmp_path) as worker:
            assert worker.address != web.address
            assert (await get(worker.address, "/healthz")).text == "alive\n"
            assert (await get(web.address, "/healthz")).text == "alive\n"


@on_sqlite
@pytest.mark.parametrize("host", ["::", "::1", "[::1]"])
async def test_it_listens_on_ipv6(host: str, database_url: str, tmp_path: Path) -> None:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError as error:
        missing(f"no IPv6 on this machine ({error}): `sysctl net.ipv6.conf.lo.disable_ipv6=0`")
    async with town(tmp_path) as here:
        environment = here.environment(database_url, HOST=host)
        async with program("web", environment=environment, directory=tmp_path) as started:
            port = started.address.rpartition(":")[2]
            assert (await get(f"http://[::1]:{port}", "/healthz")).text == "alive\n"
            if host == "::":
                assert (await get(f"http://127.0.0.1:{port}", "/healthz")).text == "alive\n"


@on_sqlite
async def test_it_listens_on_a_unix_socket_also_where_a_killed_one_left_it(database_url: str, tmp_path: Path) -> None:
    path = tmp_path / "web.sock"
    async with town(tmp_path) as here:
        environment = here.environment(database_url, HOST=str(path))
        for _start in range(2):
            async with program("web", environment=environment, directory=tmp_path) as started:
                through = httpx.AsyncHTTPTransport(uds=str(path))
                async with httpx.AsyncClient(transport=through, base_url="http://web", timeout=PATIENCE) as client:
                    assert (await client.get("/healthz")).text == "alive\n"
                told = await ended("doctor", environment=environment, directory=tmp_path)
                assert "signatures: right in 0 requests and wrong in 0 since" in told.out
                second = await ended("web", environment=environment, directory=tmp_path)
                assert second.code == CONFIGURATION
                assert second.err.startswith(f"HOST {path} can't be used (Address already in use). Another")
                await started.kill()
