"""Workers without a scheduler, and a consumer that takes whatever is owed."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select, update

from bot.charts.render import Renderer
from bot.delivery.drafts import Drafts
from bot.delivery.message import Kinds
from bot.delivery.outbox import Outbox
from bot.kit.metrics import Metrics
from bot.kit.rubrics import Rubrics
from bot.kit.settings import Settings
from bot.notices import notify
from bot.program.messages import MESSAGES
from bot.program.worker import Worker
from bot.slack.client import Slack
from bot.teams.roster_reader import RosterReader
from rubric import load
from storage import claims, deliveries
from storage.claims import Allowance
from storage.engine import Database, read_url
from storage.kinds import DeliveryState
from storage.models import Delivery, Round, Team
from tests.clocks import StandingClock

PLENTY = Allowance(rate=100_000, burst=100_000)


@asynccontextmanager
async def a_worker(
    database_url: str,
    clock: StandingClock,
    *,
    bot_token: str | None = None,
    slack_api_url: str = "http://127.0.0.1:1/api/",
) -> AsyncIterator[tuple[Worker, Database]]:
    """A worker as a process has one, with a database of its own; it ticks when it is told to."""
    settings = Settings(database_url=read_url(database_url), bot_token=bot_token, slack_api_url=slack_api_url)
    database, rubrics = Database(settings.database_url), Rubrics(load())
    slack = Slack(settings, database=database, clock=clock, store=None)
    renderer = Renderer()
    try:
        await slack.open()
        outbox = Outbox(
            database=database,
            slack=slack,
            kinds=Kinds(MESSAGES),
            drafts=Drafts(database=database, rubrics=rubrics, renderer=renderer),
            setting_in_the_way=notify.tell_of_setting,
            clock=clock,
            allowance=PLENTY,
            settle=timedelta(seconds=60),
            lease=timedelta(seconds=90),
        )
        yield (
            Worker(
                database=database,
                rosters=RosterReader(database=database, slack=slack, clock=clock),
                rubrics=rubrics,
                outbox=outbox,
                clock=clock,
                metrics=Metrics(),
                tick=1,
            ),
            database,
        )
    finally:
        await slack.close()
        await database.close()
        renderer.close()


async def take_what_is_owed(database: Database, *, now: datetime) -> list[Delivery]:
    """Claim all that is due as a worker does, and mark it sent as Slack's answer would have it."""
    taken: list[Delivery] = []
    worker = deliveries.new_id()
    while True:
        async with database.reading() as session:
            if not await claims.any_due(session, now=now):
                return taken
        async with database.begin() as session:
            claimed = await claims.claim(
                session, worker=worker, now=now, lease=timedelta(minutes=1), allowance=PLENTY, limit=500
            )
        if not claimed:
            return taken
        async with database.begin() as session:
            sent = {"state": DeliveryState.SENT, "next_attempt_at": None, "lease_owner": None}
            await session.execute(update(Delivery).where(Delivery.lease_owner == worker).values(sent))
        taken += [delivery for delivery, _unknown in claimed]


@dataclass(frozen=True)
class Next:
    """When each kind of work is due next; None: never."""

    teams: datetime | None
    rounds: datetime | None
    deliveries: datetime | None

    @property
    def first(self) -> datetime:
        """The first of them."""
        return min(each for each in (self.teams, self.rounds, self.deliveries) if each is not None)


async def what_is_next(database: Database) -> Next:
    """What the database has to do next, and when."""
    async with database.reading() as session:
        found = await session.execute(
            select(
                select(func.min(Team.next_step_at)).scalar_subquery(),
                select(func.min(Round.next_step_at)).scalar_subquery(),
                select(func.min(Delivery.next_attempt_at)).scalar_subquery(),
            )
        )
        return Next(*found.one())
