"""The HTTP side: Slack's requests, installation, and the pages that operators' tools ask for."""

import asyncio
import logging
import math
from collections.abc import Awaitable, Callable
from datetime import timedelta

from slack_bolt.adapter.starlette.async_handler import to_async_bolt_request, to_starlette_response
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.front_door.verification import FrontDoor
from bot.kit.clock import Clock
from bot.kit.logs import where
from bot.kit.metrics import CONTENT_TYPE, Metrics
from bot.program import schema
from bot.program.worker import Worker
from storage import deliveries, faults, lateness, migrate
from storage.engine import BUSY_TIMEOUT, Database, is_contention
from storage.installations import TooManyStatesError

log = logging.getLogger(__name__)

STALLED = timedelta(seconds=30)
"""A worker that hasn't ticked for so long isn't ready."""

HUNG = timedelta(minutes=10)
"""A job that has been at one turn for so long isn't at work: a country's rounds open in a minute or two."""

LATE = timedelta(minutes=10)
"""From when on a round counts as late."""
LOOKING_SECONDS = BUSY_TIMEOUT / 1000 + 3
"""How long the database may take to say how it is: longer than SQLite waits for another program that writes."""
WRITE_COUNTS = 5.0
"""Seconds for which a write that went well isn't tried again: however many ask, taps seldom wait for it."""
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
    connected: Callable[[], Awaitable[bool]] | None = None,
) -> Starlette:
    """The routes. Without `door` (Socket Mode, or a worker alone) there are only those for operators.

    `connected` says whether Socket Mode has its connection.
    """
    health = _Health(database=database, metrics=metrics, clock=clock, worker=worker, connected=connected)
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
    # A proxy may hand on the path that it has us at (https://example.org/maturity/slack/events), or take it away. It
    # shows Slack's pages to everybody, so those for operators have no other path: /slack/metrics would be public.
    slacks = [each for each in routes if each.path.startswith("/slack/")]
    return Starlette(
        routes=[*routes, *(Route("/{prefix:path}" + each.path, each.endpoint, methods=each.methods) for each in slacks)]
    )


def starting(reason: Callable[[], str], *, metrics: Metrics) -> Starlette:
    """The pages of a program that isn't ready yet: for operators, and a word to Slack that it may come again."""

    async def alive(request: Request) -> Response:  # noqa: ARG001 - Starlette's signature
        return PlainTextResponse("alive\n")

    async def counted(request: Request) -> Response:  # noqa: ARG001 - Starlette's signature
        return Response(metrics.exposition(), media_type=CONTENT_TYPE)

    async def ready(request: Request) -> Response:  # noqa: ARG001 - Starlette's signature
        return JSONResponse({"ready": False, "reason": reason()}, 503)

    async def not_yet(request: Request) -> Response:  # noqa: ARG001 - Starlette's signature
        return JSONResponse({"ready": False}, 503)  # to everybody: the reason names hosts

    return Starlette(
        routes=[
            Route("/healthz", alive),
            Route("/readyz", ready),
            Route("/metrics", counted),
            Route("/{anything:path}", not_yet, methods=["GET", "POST"]),
        ]
    )


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

    def __init__(
        self,
        *,
        database: Database,
        metrics: Metrics,
        clock: Clock,
        worker: Worker | None,
        connected: Callable[[], Awaitable[bool]] | None,
    ) -> None:
        self._connected = connected
        self._database = database
        self._metrics = metrics
        self._clock = clock
        self._worker = worker
        self._wrote_at = -math.inf

    async def alive(self, request: Request) -> Response:  # noqa: ARG002 - Starlette's signature
        return PlainTextResponse("alive\n")

    async def ready(self) -> Response:
        """200 when the database takes what we write, its schema is ours, our jobs tick and Slack is connected.

        Otherwise 503 with the reason.
        """
        reason = await self._look()
        return (
            JSONResponse({"ready": True}) if reason is None else JSONResponse({"ready": False, "reason": reason}, 503)
        )

    async def _look(self, *, counting: bool = False) -> str | None:
        """What isn't well, first things first; each check is kept for /metrics."""
        reasons = {
            "database": await self._database_reason(counting=counting),
            "jobs": self._jobs_reason(),
            "socket_mode": await self._socket_reason(),
        }
        for check, reason in reasons.items():
            self._metrics.checked(check, well=reason is None)
        return next((reason for reason in reasons.values() if reason is not None), None)

    async def _database_reason(self, *, counting: bool) -> str | None:
        is_read = False
        try:
            async with asyncio.timeout(LOOKING_SECONDS):
                async with self._database.reading() as session:
                    revision = await (await session.connection()).run_sync(migrate.revision)
                    if revision != migrate.newest():
                        return "run `maturity db upgrade`"
                    if counting:
                        await self._count(session)
                is_read = True
                await self._write()
        except DBAPIError as error:
            if is_contention(error):
                return None  # somebody else writes
            says = "takes no writes" if schema.takes_no_writes(error) else "doesn't answer"
            return f"the database {says} ({faults.named(error)})"
        except Exception as error:  # noqa: BLE001 - whatever the driver raises, the answer is the same
            if is_read and self._database.is_sqlite and isinstance(error, TimeoutError):
                return None  # it has one writer, for whom others wait in line
            return f"the database doesn't answer ({type(error).__name__})"
        return None

    async def _write(self) -> None:
        """Write what changes nothing, unless that went well a moment ago."""
        now = asyncio.get_running_loop().time()
        if now < self._wrote_at + WRITE_COUNTS:
            return
        async with self._database.begin() as session:
            await session.execute(schema.A_WRITE)
        self._wrote_at = now

    async def _count(self, session: AsyncSession) -> None:
        now = self._clock()
        waiting, failed = await deliveries.backlog(session, now=now)
        oldest = await lateness.oldest_due(session, now=now)
        late = await lateness.late_rounds(session, before=now - LATE)
        self._metrics.backlog(waiting=waiting, failed=failed, oldest=oldest, late=late)

    def _jobs_reason(self) -> str | None:
        late = () if self._worker is None else self._worker.late(STALLED, at_work=HUNG)
        return f"the jobs don't tick ({', '.join(late)})" if late else None

    async def _socket_reason(self) -> str | None:
        if self._connected is None or await self._connected():
            return None
        return "Socket Mode isn't connected"

    async def metrics(self) -> Response:
        """What this process counts, also while the database, which knows the deliveries, doesn't answer."""
        self._metrics.backlog(waiting=math.nan, failed=math.nan, oldest=math.nan, late=math.nan)
        await self._look(counting=True)
        return Response(self._metrics.exposition(), media_type=CONTENT_TYPE)
