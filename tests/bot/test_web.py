"""The pages that anybody can ask for: however many do, and however often, the database is for those who answer."""

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator, MutableMapping
from contextlib import asynccontextmanager, closing
from typing import Any, cast

import psycopg
import pytest
from slack_bolt import BoltResponse
from sqlalchemy import event
from starlette.types import ASGIApp

from bot.front_door.verification import FrontDoor
from bot.kit.metrics import Metrics
from bot.program import web
from storage.engine import Database
from tests.clocks import RunningClock
from tests.storage.builders import on_postgresql, on_sqlite

MANY = 100


async def answered(pages: ASGIApp, path: str, *, method: str = "GET") -> tuple[int, bytes]:
    """The status and body of a page that is asked for straight away, with nothing between."""
    status, body = 0, b""

    async def receive() -> MutableMapping[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: MutableMapping[str, Any]) -> None:
        nonlocal status, body
        status = message.get("status", status)
        body += message.get("body", b"")

    scope = {"type": "http", "method": method, "path": path, "root_path": "", "query_string": b"", "headers": []}
    await pages(scope, receive, send)
    return status, body


async def ask(pages: ASGIApp, path: str, *, method: str = "GET") -> int:
    """The status alone."""
    return (await answered(pages, path, method=method))[0]


async def reason(pages: ASGIApp) -> str | None:
    """Why a program isn't ready."""
    said = json.loads((await answered(pages, "/readyz"))[1]).get("reason")
    return None if said is None else str(said)


@pytest.mark.parametrize("path", ["/readyz", "/metrics"])
async def test_however_many_ask_how_it_goes_the_database_is_asked_once(
    database: Database, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web, "WRITE_COUNTS", 3600.0)
    pages = web.create(door=None, oauth=None, database=database, metrics=Metrics(), clock=RunningClock(), worker=None)
    connections = []
    event.listen(database.engine.sync_engine, "checkout", lambda *each: connections.append(each))
    assert await asyncio.gather(*[ask(pages, path) for _ in range(MANY)]) == [200] * MANY
    assert len(connections) == 2, "one reads, one writes"
    assert await ask(pages, path) == 200
    assert len(connections) == 3, "whoever comes later is told what is so then, and nothing is written again so soon"


class Hanging:
    """A database whose first connection never comes; the next is refused."""

    def __init__(self) -> None:
        self.asked = 0

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[None]:
        self.asked += 1
        if self.asked > 1:
            raise ConnectionError
        await asyncio.Event().wait()
        yield


async def test_a_look_that_hangs_keeps_nobody_who_comes_later(monkeypatch: pytest.MonkeyPatch) -> None:
    database: Any = Hanging()
    pages = web.create(door=None, oauth=None, database=database, metrics=Metrics(), clock=RunningClock(), worker=None)
    early = [asyncio.create_task(ask(pages, "/readyz")) for _ in range(MANY)]
    await asyncio.sleep(0)
    monkeypatch.setattr(web, "JOINED", -1.0)
    assert await ask(pages, "/readyz") == 503
    assert database.asked == 2
    assert not any(each.done() for each in early)
    for each in early:
        each.cancel()


class Installing:
    """Bolt's pages, which take their time."""

    def __init__(self) -> None:
        self.go_on = asyncio.Event()
        self.under_way = self.most = 0

    async def handle_installation(self, _request: object) -> BoltResponse:
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        await self.go_on.wait()
        await asyncio.sleep(0)
        self.under_way -= 1
        return BoltResponse(status=200, body="")

    handle_callback = handle_installation


@pytest.mark.parametrize("path", ["/slack/install", "/slack/oauth_redirect"])
async def test_who_installs_the_app_comes_in_turn_and_what_has_no_end_is_sent_away(
    database: Database, path: str
) -> None:
    installing, metrics = Installing(), Metrics()
    oauth: Any = installing
    pages = web.create(door=None, oauth=oauth, database=database, metrics=metrics, clock=RunningClock(), worker=None)
    asking = [asyncio.create_task(ask(pages, path)) for _ in range(web.IN_LINE + MANY)]
    assert await asyncio.gather(*asking[web.IN_LINE :]) == [503] * MANY
    assert metrics.registry.get_sample_value("maturity_requests_refused_total", {"reason": "crowded"}) == MANY
    installing.go_on.set()
    assert await asyncio.gather(*asking[: web.IN_LINE]) == [200] * web.IN_LINE
    assert installing.most == web.AT_ONCE
    assert await ask(pages, path) == 200


class Broken:
    """Bolt's pages where the database doesn't answer."""

    async def handle_installation(self, _request: object) -> BoltResponse:
        raise OSError("quotes what somebody sent")

    handle_callback = handle_installation


@pytest.mark.parametrize("path", ["/slack/install", "/slack/oauth_redirect"])
async def test_a_page_that_fails_says_so_and_breaks_nothing_else(caplog: pytest.LogCaptureFixture, path: str) -> None:
    oauth, database = cast("Any", Broken()), cast("Any", None)
    pages = web.create(door=None, oauth=oauth, database=database, metrics=Metrics(), clock=RunningClock(), worker=None)
    assert await ask(pages, path) == 503, "an error that went on would end the connection, and a proxy's taps with it"
    (line,) = caplog.messages
    assert "OSError in handle_installation" in line
    assert "somebody" not in line


@on_sqlite
async def test_a_database_that_takes_no_writes_is_not_ready_and_counted_until_it_does(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web, "WRITE_COUNTS", -1.0)
    metrics = Metrics()
    pages = web.create(door=None, oauth=None, database=database, metrics=metrics, clock=RunningClock(), worker=None)
    switches = ["ON"]

    def switch(connection: Any, *_more: object) -> None:
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA query_only = {switches[-1]}")
        cursor.close()

    event.listen(database.engine.sync_engine, "checkout", switch)
    assert await reason(pages) == "the database takes no writes (SQLITE_READONLY)"
    assert await ask(pages, "/metrics") == 200
    assert 'maturity_check_ok{check="database"} 0.0' in metrics.exposition().decode()
    switches.append("OFF")
    assert await reason(pages) is None
    assert 'maturity_check_ok{check="database"} 1.0' in metrics.exposition().decode()
    switches.append("ON")
    assert await reason(pages) is not None, "that it went well once is forgotten"


@on_sqlite
async def test_a_database_in_which_another_program_writes_is_ready_and_counted(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web, "WRITE_COUNTS", -1.0)

    def hasten(connection: Any, *_more: object) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA busy_timeout = 50")
        cursor.close()

    event.listen(database.engine.sync_engine, "checkout", hasten)
    metrics = Metrics()
    pages = web.create(door=None, oauth=None, database=database, metrics=metrics, clock=RunningClock(), worker=None)
    assert await reason(pages) is None
    with closing(sqlite3.connect(database.url.database or "", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert await reason(pages) is None
        assert await ask(pages, "/metrics") == 200
    assert metrics.registry.get_sample_value("maturity_deliveries_waiting") == 0


@on_postgresql
async def test_a_standby_is_not_ready(database: Database, database_url: str) -> None:
    await database.close()
    owner = database_url.replace("+psycopg", "")
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute(f'ALTER DATABASE "{database.url.database}" SET default_transaction_read_only = on')
    pages = web.create(door=None, oauth=None, database=database, metrics=Metrics(), clock=RunningClock(), worker=None)
    assert await reason(pages) == "the database takes no writes (25006, it may only be read)"


async def test_a_socket_that_is_cut_is_not_ready(database: Database) -> None:
    connections = [False, True]

    async def connected() -> bool:
        return connections.pop(0)

    pages = web.create(
        door=None, oauth=None, database=database, metrics=Metrics(), clock=RunningClock(), worker=None,
        connected=connected,
    )  # fmt: skip
    assert await reason(pages) == "Socket Mode isn't connected"
    assert await reason(pages) is None


@pytest.mark.slow
@pytest.mark.waits
@on_sqlite
async def test_a_database_in_which_others_wait_in_line_to_write_is_ready(database: Database) -> None:
    pages = web.create(door=None, oauth=None, database=database, metrics=Metrics(), clock=RunningClock(), worker=None)
    async with database.begin():
        assert await reason(pages) is None


async def never(*_request: object) -> BoltResponse:
    raise AssertionError("it isn't signed")


@pytest.fixture
def behind_a_proxy(database: Database) -> ASGIApp:
    """All pages that there can be."""
    oauth, metrics = Installing(), Metrics()
    oauth.go_on.set()
    door = FrontDoor(never, signing_secret="secret", metrics=metrics)
    installs: Any = oauth
    return web.create(
        door=door, oauth=installs, database=database, metrics=metrics, clock=RunningClock(), worker=None
    )  # fmt: skip


@on_sqlite
@pytest.mark.parametrize("prefix", ["", "/maturity", "/apps/maturity"])
async def test_a_proxy_may_have_the_program_below_a_path(behind_a_proxy: ASGIApp, prefix: str) -> None:
    assert await ask(behind_a_proxy, f"{prefix}/slack/events", method="POST") == 401, "it isn't signed"
    assert await ask(behind_a_proxy, f"{prefix}/slack/install") == 200
    assert await ask(behind_a_proxy, f"{prefix}/slack/oauth_redirect") == 200
    assert await ask(behind_a_proxy, f"{prefix}/slack/installx") == 404


@on_sqlite
@pytest.mark.parametrize("page", ["/healthz", "/readyz", "/metrics"])
async def test_what_a_proxy_shows_to_everybody_leads_to_no_page_for_operators(
    behind_a_proxy: ASGIApp, page: str
) -> None:
    assert await ask(behind_a_proxy, page) == 200
    for prefix in ("/slack", "/slack/events", "/maturity", "/maturity/slack", "/x", "/"):
        assert await ask(behind_a_proxy, prefix + page) == 404


async def test_what_a_program_waits_for_at_its_start_is_told_to_operators_alone() -> None:
    pages = web.starting(lambda: "Check that the server runs at db.internal:5432.", metrics=Metrics())
    assert await reason(pages) == "Check that the server runs at db.internal:5432."
    for path in ("/slack/events", "/slack/readyz", "/maturity/slack/events", "/slack/install", "/"):
        for method in ("GET", "POST"):
            status, body = await answered(pages, path, method=method)
            assert (status, json.loads(body)) == (503, {"ready": False})
