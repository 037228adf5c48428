"""The composition root: one process built from its settings, run until it is told to stop."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from importlib.metadata import version
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette

from bot.charts.render import Renderer
from bot.check_ins.answer_writer import AnswerWriter
from bot.commands.rubric_views import check_size
from bot.delivery.drafts import Drafts
from bot.delivery.message import Kinds, OwedMessage
from bot.delivery.outbox import Outbox
from bot.front_door.verification import FrontDoor
from bot.home import publishing
from bot.kit.clock import Clock, clock_of
from bot.kit.errors import StartError
from bot.kit.metrics import Metrics
from bot.kit.rubrics import Rubrics
from bot.kit.settings import Part, Settings
from bot.notices import notify
from bot.program import bolt_app, database_faults, oauth, web
from bot.program.dispatch import Dispatcher, SocketModeHandler
from bot.program.messages import MESSAGES
from bot.program.single_worker import only_worker
from bot.program.worker import Worker
from bot.slack.client import Slack
from bot.slack.in_flight import InFlight
from bot.slack.remembered import Remembered
from bot.slack.services import MET_FOR, Services
from bot.teams.replanning import replan
from bot.teams.roster_reader import RosterReader
from rubric import Rubric, RubricError, load
from storage.claims import Allowance
from storage.engine import Database
from storage.installations import SealedInstallationStore, WrongKeyError
from storage.taps import Saved


def read_rubric(path: Path | None) -> Rubric:
    """The model to ask with; StartError, with a line a fault, for one that can't be used."""
    try:
        rubric = load(path)
    except RubricError as error:
        raise StartError(*error.problems) from error
    except OSError as error:
        raise StartError(f"MATURITY_RUBRIC: {path} can't be read ({error.strerror}). Check the path.") from error
    too_large = check_size(rubric)
    if too_large is not None:
        raise StartError(f"{path}: {too_large}")
    return rubric


@asynccontextmanager
async def running(
    settings: Settings,
    part: Part,
    *,
    clock: Clock | None = None,
    renderer: Renderer | None = None,
    messages: Sequence[type[OwedMessage]] = MESSAGES,
    metrics: Metrics | None = None,
) -> AsyncIterator["Running"]:
    """One part of the program, started; stopped in order when the block ends, with nothing in flight lost.

    A `renderer` that is handed in outlives it: many programs can share one drawing process. `messages` are
    the kinds that it can send.
    """
    now = clock or clock_of(settings.clock_file)
    rubrics, metrics = Rubrics(read_rubric(settings.rubric)), metrics or Metrics()
    in_flight = InFlight(patience=settings.call_within)
    async with contextlib.AsyncExitStack() as stack:
        if part != "web":
            stack.enter_context(only_worker(settings.database_url))
        database = Database(settings.database_url, limits=settings.database_limits)
        stack.push_async_callback(database.close)
        database.watched_by(metrics.watch_pool)
        metrics.built(
            version=version("maturity-check-ins"), part=part, database=settings.database_url.get_backend_name()
        )
        store = oauth.sealed_store(settings, database=database, clock=now)
        await check_database(database, store)
        slack = Slack(settings, database=database, clock=now, store=store, metrics=metrics)
        stack.push_async_callback(slack.close)
        await slack.open()
        worker = None
        if part != "web":
            if renderer is None:
                renderer = Renderer()
                stack.push_async_callback(asyncio.to_thread, renderer.close)
            outbox = Outbox(
                database=database,
                slack=slack,
                kinds=Kinds(messages),
                drafts=Drafts(database=database, rubrics=rubrics, renderer=renderer),
                setting_in_the_way=notify.tell_of_setting,
                clock=now,
                metrics=metrics,
                allowance=Allowance(settings.delivery_rate, settings.delivery_burst),
                settle=timedelta(seconds=settings.delivery_settle),
                lease=timedelta(seconds=settings.lease),
            )
            worker = Worker(
                database=database,
                rosters=RosterReader(database=database, slack=slack, clock=now),
                rubrics=rubrics,
                outbox=outbox,
                clock=now,
                metrics=metrics,
                tick=settings.tick,
            )
            await replan(database, now=now())
            worker.start()
            stack.push_async_callback(worker.stop)
        door = connected = None
        stack.push_async_callback(in_flight.end)
        if part != "worker":
            metrics.expect(taps=Saved)
            answers = AnswerWriter(database, rubrics, now)
            services = Services(
                database.patient(),
                slack,
                rubrics,
                in_flight,
                metrics,
                now,
                publishing.publish_after,
                answer_within=settings.answer_within,
                groups=Remembered(patience=settings.call_within),
                asked=Remembered(patience=settings.call_within),
                met=Remembered(patience=settings.call_within),
                person_within=settings.person_within,
                met_again=Remembered(patience=settings.person_within, kept=MET_FOR),
            )
            app = bolt_app.create(settings, services)
            dispatcher = Dispatcher(app, services, answers)
            if settings.app_token is None:
                door = FrontDoor(dispatcher.answer, signing_secret=settings.signing_secret or "", metrics=metrics)
            else:
                await slack.try_app_token(settings.app_token)
                handler = SocketModeHandler(
                    dispatcher, app=app, app_token=settings.app_token, web_client=slack.bare_client()
                )
                stack.push_async_callback(handler.finish)
                await handler.connect_async()  # type: ignore[no-untyped-call]
                connected = handler.connected
        pages = web.create(
            door=door,
            oauth=oauth.pages(settings, slack=slack, store=store, database=database, clock=now)
            if part != "worker"
            else None,
            database=database,
            metrics=metrics,
            clock=now,
            worker=worker,
            connected=connected,
        )
        yield Running(pages=pages, worker=worker, in_flight=in_flight, database=database, metrics=metrics)


async def check_database(database: Database, store: SealedInstallationStore | None) -> None:
    """StartError for a pooler that loses our settings, and for keys that open no stored grant."""
    try:
        if not await database.keeps_our_settings():
            raise StartError(database_faults.POOLER)
        if store is not None:
            await store.check_keys()
    except SQLAlchemyError as error:
        raise database_faults.told(error, database.url) from error
    except WrongKeyError as error:
        raise StartError(str(error)) from error


class Running:
    """A started part of the program."""

    def __init__(
        self, *, pages: Starlette, worker: Worker | None, in_flight: InFlight, database: Database, metrics: Metrics
    ) -> None:
        self.pages = pages
        self.worker = worker
        self.in_flight = in_flight
        self.database = database
        self.metrics = metrics
