"""The pages that anybody can ask for: however many do, and however often, the database is for those who answer."""

import asyncio
import json
from collections.abc import AsyncIterator, MutableMapping
from contextlib import asynccontextmanager
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


async def ask(pages: ASGIApp, path: str, *, method: str = "GET") -> int:
    """The status of a page that is asked for straight away, with nothing between."""
    status = 0

    async def receive() -> MutableMapping[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: MutableMapping[str, Any]) -> None:
        nonlocal status
        status = message.get("status", status)

    scope = {"type": "http", "method": method, "path": path, "root_path": "", "query_string": b"", "headers": []}
    await pages(scope, receive, send)
    return status


@pytest.mark.parametrize("path", ["/readyz", "/metrics"])
async def test_however_many_ask_how_it_goes_the_database_is_asked_once(database: Database, path: str) -> None:
    pages = web.create(door=None, oauth=None, database=database, metrics=Metrics(), clock=RunningClock(), worker=None)
    connections = []
    event.listen(database.engine.sync_engine, "checkout", lambda *each: connections.append(each))
    assert await asyncio.gather(*[ask(pages, path) for _ in range(MANY)]) == [200] * MANY
    assert len(connections) == 1
    assert await ask(pages, path) == 200
    assert len(connections) == 2, "whoever comes later is told what is so then"


class Hanging:
    """An engine whose first connection never comes; the next is refused."""

    def __init__(self) -> None:
        self.engine = self
        self.asked = 0

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[None]:
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


async def reason(pages: ASGIApp) -> str | None:
    """Why a program isn't ready."""
    body = b""

    async def receive() -> MutableMapping[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: MutableMapping[str, Any]) -> None:
        nonlocal body
        body += message.get("body", b"")

    scope = {"type": "http", "method": "GET", "path": "/readyz", "root_path": "", "query_string": b"", "headers": []}
    await pages(scope, receive, send)
    said = json.loads(body).get("reason")
    return None if said is None else str(said)


@on_sqlite
async def test_a_database_that_takes_no_writes_is_not_ready_and_counted_until_it_does(database: Database) -> None:
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


@on_sqlite
@pytest.mark.parametrize("path", ["/healthz", "/maturity/healthz", "/apps/maturity/readyz"])
async def test_a_proxy_may_have_the_program_below_a_path(database: Database, path: str) -> None:
    pages = web.create(door=None, oauth=None, database=database, metrics=Metrics(), clock=RunningClock(), worker=None)
    assert await ask(pages, path) == 200
    assert await ask(pages, path + "x") == 404


@pytest.mark.parametrize("prefix", ["", "/maturity", "/apps/maturity"])
async def test_slack_and_who_installs_the_app_come_below_that_path_too(prefix: str) -> None:
    async def nobody(_body: object, _headers: object) -> BoltResponse:
        raise AssertionError

    installing, metrics = Installing(), Metrics()
    installing.go_on.set()
    door = FrontDoor(nobody, signing_secret="hush", metrics=metrics)
    oauth, database = cast("Any", installing), cast("Any", None)
    pages = web.create(door=door, oauth=oauth, database=database, metrics=metrics, clock=RunningClock(), worker=None)
    assert await ask(pages, f"{prefix}/slack/events", method="POST") == 401, "the door asks for a signature"
    assert await ask(pages, f"{prefix}/slack/oauth_redirect") == 200
    assert await ask(pages, f"{prefix}/slack/install") == 200
    assert await ask(pages, f"{prefix}/slack/elsewhere", method="POST") == 404
