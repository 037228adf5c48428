"""One part of the program, served until it is told to stop: it waits for Slack and the database, and says so."""

import asyncio
import contextlib
import gc
import logging
import signal
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

import uvicorn
from sqlalchemy.exc import SQLAlchemyError
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.front_door.bounded_http import BoundedHttp
from bot.front_door.connections import Connections, room
from bot.kit.errors import OutOfReachError, StartError
from bot.kit.logs import ErrorCounter
from bot.kit.metrics import Metrics
from bot.kit.repeated import Repeated
from bot.kit.settings import Part, Settings
from bot.program import database_faults, listening, schema, web
from bot.program.process import Running, read_rubric, running

log = logging.getLogger(__name__)

AGAIN_SECONDS = 5.0
"""Between two tries to reach what isn't there."""
ENDS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
"""Signals that end the program cleanly."""


class Doorway:
    """What answers where we listen: that the program is starting and what it waits for, then its own pages."""

    def __init__(self, metrics: Metrics) -> None:
        self.reason = "starting"
        self._pages: ASGIApp = web.starting(lambda: self.reason, metrics=metrics)
        self._metrics = metrics
        metrics.checked("start", well=False)

    def open(self, pages: ASGIApp) -> None:
        """The program has started: from now on these pages answer."""
        self._pages = pages
        self._metrics.checked("start", well=True)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._pages(scope, receive, send)


async def serve(settings: Settings, part: Part) -> None:
    """Run one part until a signal ends it; StartError for a configuration that waiting can't help."""
    stop = asyncio.Event()
    for number in ENDS:
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    read_rubric(settings.rubric)  # before anything is waited for
    at = listening.listen(settings, part)
    metrics = Metrics()
    logging.getLogger().addHandler(ErrorCounter(metrics.fault))
    doorway = Doorway(metrics)
    stopped = asyncio.create_task(stop.wait())
    async with contextlib.AsyncExitStack() as stack:
        starting = asyncio.create_task(_start(stack, settings, part, doorway, metrics))
        async with _answering(at, doorway, metrics) as serving:
            await asyncio.wait({serving, starting, stopped}, return_when=asyncio.FIRST_COMPLETED)
            if starting.done() and not stopped.done():
                doorway.open((await starting).pages)
                # What is loaded by now stays: the garbage collector need not look at it again.
                gc.collect()
                gc.freeze()
                way = "Socket Mode" if settings.socket_mode else "HTTP"
                log.info("ready: %s, %s, on %s", part, way, listening.address_of(at))
                await asyncio.wait({serving, stopped}, return_when=asyncio.FIRST_COMPLETED)
            log.info("stopping")
            starting.cancel()
            await asyncio.wait({starting})
    stopped.cancel()
    log.info("stopped")


@asynccontextmanager
async def _answering(at: socket.socket, doorway: Doorway, metrics: Metrics) -> AsyncIterator[asyncio.Task[None]]:
    """Answer HTTP; what is under way at the end is answered first."""
    server = uvicorn.Server(
        uvicorn.Config(
            doorway,
            http=partial(BoundedHttp, Connections(metrics, most=room())),  # type: ignore[arg-type]
            ws="none",
            log_config=None,
            access_log=False,
            lifespan="off",
            timeout_graceful_shutdown=10,
            server_header=False,
        )
    )
    serving = asyncio.create_task(server._serve([at]))  # noqa: SLF001 - serve() would take the signals
    try:
        yield serving
    finally:
        server.should_exit = True
        await serving


async def _start(
    stack: contextlib.AsyncExitStack, settings: Settings, part: Part, doorway: Doorway, metrics: Metrics
) -> Running:
    """The program, started once Slack and the database can be reached; it ends with the stack."""
    waits = Repeated(log)
    while True:
        try:
            await asyncio.to_thread(schema.bring_up_to_date, settings, part)
            return await stack.enter_async_context(running(settings, part, metrics=metrics))
        except SQLAlchemyError as error:  # it was there a moment ago
            trouble = database_faults.told(error, settings.database_url)
        except StartError as error:
            trouble = error
        if not isinstance(trouble, OutOfReachError):
            raise trouble
        doorway.reason = str(trouble)
        waits.warn(f"waiting: {trouble}")
        await asyncio.sleep(AGAIN_SECONDS)
