"""The HTTP side: Slack's requests, installation, and the pages that operators' tools ask for."""

import asyncio
import contextlib
import logging
import math
from collections.abc import Awaitable, Callable
from datetime import timedelta

from slack_bolt.adapter.starlette.async_handler import to_async_bolt_request, to_starlette_response
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.front_door.verification import FrontDoor
from bot.kit.clock import Clock
from bot.kit.logs import where
from bot.kit.metrics import CONTENT_TYPE, Metrics
from bot.program.worker import Worker
from storage import deliveries, migrate
from storage.engine import Database
from storage.installations import TooManyStatesError

log = logging.getLogger(__name__)

STALLED = timedelta(seconds=30)
"""A worker that hasn't ticked for so long isn't ready."""

JOINED = 5.0
"""Seconds for which others join a look at the database; one that hangs longer is left to who waits for it."""
AT_ONCE = 5
"""Of each page by which the app is installed: whoever asks for one without end keeps no tap from the database."""
IN_LINE = 1000
"""How many may wait for such a page, who may have hung up meanwhile: as many as there can be connections."""

Handler = Callable[[Request], Awaitable[Response]]


def create(
    *,
    door: FrontDoor | None,
    oauth: AsyncOAuthFlow | None,
    database: Database,
    metrics: Metrics,
    clock: Clock,
    worker: Worker | None,
) -> Starlette:
    """The routes. Without `door` (Socket Mode, or a worker alone) there are only those for operators."""
    health = _Health(database=database, metrics=metrics, clock=clock, worker=worker)
    routes = [
        Route("/healthz", health.alive),
        Route("/readyz", _shared(health.ready)),
        Route("/metrics", _shared(health.metrics)),
    ]
    if door is not None:
        routes.insert(0, Route("/slack/events", door, methods=["POST"]))  # first, since it is asked most
    if oauth is not None:
        routes.append(Route("/slack/install", _oauth(oauth.handle_installation, metrics=metrics)))
        routes.append(Route("/slack/oauth_redirect", _oauth(oauth.handle_callback, metrics=metrics)))
    return Starlette(routes=routes)


def _shared(look: Callable[[], Awaitable[Response]]) -> Handler:
    """A page for whoever asks: all who do while it is being made get the same, so that the database is asked once."""
    looking: asyncio.Future[Response] | None = None
    since = 0.0

    async def page(request: Request) -> Response:  # noqa: ARG001 - Starlette's signature
        nonlocal looking, since
        now = asyncio.get_running_loop().time()
        if looking is None or looking.done() or now > since + JOINED:
            looking, since = asyncio.ensure_future(look()), now
        return await asyncio.shield(looking)

    return page


def _oauth(handle: Callable[..., Awaitable[object]], *, metrics: Metrics) -> Handler:
    places = asyncio.Semaphore(AT_ONCE)
    in_line = 0

    async def page(request: Request) -> Response:
        nonlocal in_line
        if in_line >= IN_LINE:
            metrics.refused("crowded")
            return _too_many("a minute")
        in_line += 1
        try:
            async with places:
                await asyncio.sleep(0)  # what is long to read is read between other requests
                return to_starlette_response(await handle(to_async_bolt_request(request, b"")))  # type: ignore[arg-type]
        except TooManyStatesError:
            return _too_many("ten minutes")
        except Exception as error:  # noqa: BLE001 - uvicorn would end the connection, on which a proxy sends taps as well
            log.error("a page for who installs the app could not be made: %s", where(error))
            return PlainTextResponse("That did not work, and it is not your fault. Try again in a minute.\n", 503)
        finally:
            in_line -= 1

    return page


def _too_many(wait: str) -> Response:
    return PlainTextResponse(f"Too many people are installing this app just now. Try again in {wait}.\n", 503)


class _Health:
    """What operators' tools ask."""

    def __init__(self, *, database: Database, metrics: Metrics, clock: Clock, worker: Worker | None) -> None:
        self._database = database
        self._metrics = metrics
        self._clock = clock
        self._worker = worker

    async def alive(self, request: Request) -> Response:  # noqa: ARG002 - Starlette's signature
        return PlainTextResponse("alive\n")

    async def ready(self) -> Response:
        """200 when the database answers with the schema we need and our jobs tick; 503 with the reason otherwise."""
        try:
            async with self._database.engine.connect() as connection:
                revision = await connection.run_sync(migrate.revision)
        except Exception as error:  # noqa: BLE001 - whatever the driver raises, the answer is the same
            return JSONResponse(
                {"ready": False, "reason": f"the database doesn't answer ({type(error).__name__})"}, 503
            )
        if revision != migrate.newest():
            return JSONResponse({"ready": False, "reason": "run `maturity db upgrade`"}, 503)
        last = self._worker.last_tick if self._worker is not None else self._clock()
        if last is None or last < self._clock() - STALLED:
            return JSONResponse({"ready": False, "reason": "the jobs don't tick"}, 503)
        return JSONResponse({"ready": True})

    async def metrics(self) -> Response:
        """What this process counts, also while the database, which knows the deliveries, doesn't answer."""
        waiting = failed = math.nan
        with contextlib.suppress(Exception):  # /readyz tells why; nobody's asking for a page makes an ERROR line
            async with self._database.reading() as session:
                waiting, failed = await deliveries.backlog(session, now=self._clock())
        self._metrics.backlog(waiting=waiting, failed=failed)
        return Response(self._metrics.exposition(), media_type=CONTENT_TYPE)
