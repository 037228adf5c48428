"""Sending what is owed: claim, draw, post, settle; each message exactly once as people see it.

Slack has no idempotency key. A claim is committed before the call, so a message whose fate nobody knows (a lost reply,
a killed worker) is known to be one; a direct message is then looked up by its metadata before it is sent again, and a
channel post, which we may not read, is left to a manager.
"""

import asyncio
import contextlib
import logging
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import product
from typing import Protocol
from uuid import UUID

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.access import acquaintance, profiles
from bot.delivery import fates, look_ups
from bot.delivery.drafts import Drafts
from bot.delivery.fates import Fate
from bot.delivery.message import (
    Failure,
    Kinds,
    NotYetError,
    OwedMessage,
    Receipt,
    Sending,
    UnreadableMessageError,
)
from bot.delivery.progress import Progress
from bot.delivery.sending import LeaseShortError, Sender
from bot.kit.bounded_tasks import Pool
from bot.kit.clock import Clock
from bot.kit.logs import where
from bot.kit.metrics import Metrics
from bot.slack.calls import CALL_FAILED, Refusal, word_of
from bot.slack.client import Slack, WorkspaceUnknownError
from bot.slack.verdicts import Verdict
from storage import claims, deliveries, people, teams
from storage.claims import Allowance, Lane, lane_of
from storage.engine import Database
from storage.kinds import ENDED, MAYBE_POSTED, NOT_DRAWN, UNREADABLE, DeliveryKind, DeliveryState
from storage.models import Delivery, Team

log = logging.getLogger(__name__)

AT_ONCE = 100
"""Messages in the air at a time."""
EACH = 10
"""Messages in the air for one workspace: were it to let each of them time out, nine others would still go on."""
FILES_AT_ONCE = 20
FILES_EACH = 2
"""The same of files, each of which may wait for its picture to be drawn: they take no message's place."""
TURN = 0.8
"""Seconds that a tick goes on claiming as places come free; a little less than from one tick to the next."""
LOOK_UPS = 2
"""Times a message of unknown fate is looked for before it is sent again."""
OUT_OF_REACH = frozenset({Verdict.TARGET, Verdict.CHANNEL})
"""What a refusal is about after which a message that was to be changed can't be, by us."""
WRITTEN_AGAIN = (1, 2, 4, 8)
"""Seconds to wait before what became of a message is written down once more; well within a lease."""


class SettingInTheWay(Protocol):
    """Has the admins told of a setting, plan or policy of their workspace that keeps us from sending."""

    async def __call__(
        self, session: AsyncSession, refused: Refusal, *, workspace_id: str, team: Team | None, now: datetime
    ) -> None: ...


class Outbox:
    """Delivers what is due, for one worker."""

    def __init__(
        self,
        *,
        database: Database,
        slack: Slack,
        kinds: Kinds,
        drafts: Drafts,
        setting_in_the_way: SettingInTheWay,
        clock: Clock,
        allowance: Allowance,
        settle: timedelta,
        lease: timedelta,
        metrics: Metrics | None = None,
    ) -> None:
        self._database = database
        self._slack = slack
        self._kinds = kinds
        self._drafts = drafts
        self._setting_in_the_way = setting_in_the_way
        self._clock = clock
        self._metrics = metrics or Metrics()
        self._metrics.expect(deliveries=product(DeliveryKind, ENDED))
        self._allowance = allowance
        self._settle = settle
        self._lease = lease
        self._pools = {
            Lane.POSTS: Pool(size=AT_ONCE, each=EACH),
            Lane.FILES: Pool(size=FILES_AT_ONCE, each=FILES_EACH),
        }
        self._worker = deliveries.new_id()
        self._sender = Sender(database=database, slack=slack, clock=clock, worker=self._worker, lease=lease)
        self._in_the_air: set[UUID] = set()
        self.round_ended = False
        """True once a message about a round's end was sent: its answers are gone, and their traces should follow."""

    async def deliver_due(self) -> int:
        """Claim what is due and begin to deliver it; how many were claimed. Nobody waits for the slowest: `landed`."""
        return sum(await asyncio.gather(*(self._deliver_due(lane) for lane in self._pools)))

    async def _deliver_due(self, lane: Lane) -> int:
        loop, pool = asyncio.get_running_loop(), self._pools[lane]
        until, begun = loop.time() + TURN, 0
        while True:
            claimed = await self._claim(lane)
            begun += claimed
            left = until - loop.time()
            if left <= 0 or not pool.crowded:
                return begun
            await pool.one_landed(within=left)

    async def landed(self) -> None:
        """Return when nothing is in the air."""
        for pool in self._pools.values():
            await pool.landed()

    async def _claim(self, lane: Lane) -> int:
        now, pool = self._clock(), self._pools[lane]
        if pool.room <= 0:
            return 0
        async with self._database.reading() as session:
            if not await claims.any_due(session, now=now, lane=lane):
                return 0
        async with self._database.begin() as session:
            await claims.give_up_unreachable(session, before=now - fates.GIVE_UP_AFTER, now=now, lane=lane)
            claimed = await claims.claim(
                session,
                worker=self._worker,
                now=now,
                lease=self._lease,
                allowance=self._allowance,
                limit=pool.room,
                each=pool.each,
                busy=pool.busy,
                lane=lane,
            )
        for delivery, unknown in claimed:
            if delivery.id in self._in_the_air:
                continue  # the clock leapt past its lease; it is sent already, and the claim has renewed the lease
            self._in_the_air.add(delivery.id)
            pool.start(
                delivery.workspace_id, self._deliver_one(delivery, unknown=unknown, lease_ends=now + self._lease)
            )
        return len(claimed)

    async def _deliver_one(self, delivery: Delivery, *, unknown: bool, lease_ends: datetime) -> None:
        delivery_id = delivery.id
        try:
            message = self._kinds.read(delivery)
            await self._deliver(delivery, message, unknown=unknown, lease_ends=lease_ends)
        except UnreadableMessageError as error:
            why = error.why
            log.error("delivery %s (%s) can't be read: %s", delivery.id, delivery.kind, why)
            unreadable = Fate(DeliveryState.FAILED, maybe_sent=unknown, error=UNREADABLE)
            await self._settle_for_certain(delivery, None, unreadable)
        finally:
            self._in_the_air.discard(delivery_id)

    async def _deliver(self, delivery: Delivery, message: OwedMessage, *, unknown: bool, lease_ends: datetime) -> None:
        looking = unknown
        try:
            client = await self._slack.client(delivery.workspace_id)
            fate = await self._look_first(client, delivery, message.sending) if unknown else None
            looking = False
            if fate is None:
                await self._know(client, delivery, message)
                draft = await self._drafts.draw(message, now=self._clock())
                fate = await self._sender.send(client, delivery, message, draft, lease_ends=lease_ends)
        except LeaseShortError:
            fate = fates.NOT_STARTED
        except NotYetError as later:
            fate = Fate(DeliveryState.PENDING, again_in=later.wait, too_early=True)
        except WorkspaceUnknownError:
            fate = Fate(DeliveryState.FAILED, error="workspace_unknown")
        except CALL_FAILED as error:
            if looking:
                fate = fates.of_search(delivery, error)
            else:
                fate = fates.of_refusal(delivery, error, sending=message.sending, settle=self._settle)
        except DBAPIError as error:
            # Whatever is read and written here comes before the call: nothing was sent.
            log.warning("delivery %s (%s): the database didn't answer: %s", delivery.id, delivery.kind, where(error))
            again_in = fates.backoff(delivery)
            fate = Fate(DeliveryState.PENDING, again_in=again_in, maybe_sent=unknown, error=NOT_DRAWN)
        except Exception as error:  # noqa: BLE001 - one message that can't be drawn never stops the others
            log.error("delivery %s (%s) can't be drawn: %s", delivery.id, delivery.kind, where(error))
            again_in = fates.backoff(delivery)
            fate = Fate(DeliveryState.PENDING, again_in=again_in, maybe_sent=looking, error=NOT_DRAWN)
        if fate.refused is not None:
            await self._heed(delivery, fate.refused)
        await self._settle_for_certain(delivery, message, fate)

    async def _know(self, client: AsyncWebClient, delivery: Delivery, message: OwedMessage) -> None:
        """Have Slack say of a manager or admin who is to be told of a team whether they are a full member here."""
        if not message.is_to_be_known or not delivery.user_id:
            return
        async with self._database.reading() as session:
            person = await people.get(session, workspace_id=delivery.workspace_id, user_id=delivery.user_id)
        # A file they asked for themselves, where they were known: their own data may be all that is left of them.
        is_own = message.sending is Sending.FILE or delivery.team_id is None
        is_unknown = person.is_full_member is None if person is not None else not is_own
        now = self._clock()
        is_stale = person is not None and acquaintance.is_stale(person, now=now)
        # Of whom Slack says nothing now, what it said last is believed.
        with contextlib.suppress(*(CALL_FAILED if is_stale else ())):
            if is_unknown or is_stale:
                await profiles.meet(
                    client, delivery.user_id, workspace_id=delivery.workspace_id, database=self._database, now=now
                )

    async def _heed(self, delivery: Delivery, refused: Refusal) -> None:
        """Ask Slack once more about what it seems to have ended: our installation, or this person in the workspace."""
        if refused.verdict is Verdict.INSTALLATION:
            await self._slack.still_installed(delivery.workspace_id)
        elif refused.verdict is Verdict.PERSON and delivery.user_id is not None:
            try:
                client = await self._slack.client(delivery.workspace_id)
                await profiles.meet(client, delivery.user_id, workspace_id=delivery.workspace_id,
                                   database=self._database, now=self._clock())  # fmt: skip
            except (*CALL_FAILED, DBAPIError, WorkspaceUnknownError) as error:
                why = word_of(error)
                log.info("delivery %s: who it is for isn't told either: %s", delivery.id, why)

    async def _settle_for_certain(self, delivery: Delivery, message: OwedMessage | None, fate: Fate) -> None:
        """Write it down, also where the database is away for a moment: what isn't known to be sent may come twice."""
        for wait in WRITTEN_AGAIN:
            try:
                await self._write_down(delivery, message, fate)
            except DBAPIError as error:
                log.warning("delivery %s (%s) can't be written down yet: %s", delivery.id, delivery.kind, where(error))
                await asyncio.sleep(wait)
            else:
                return
        await self._write_down(delivery, message, fate)

    async def _look_first(self, client: AsyncWebClient, delivery: Delivery, sending: Sending) -> Fate | None:
        """For a message of unknown fate: sent after all, to be looked for again, or (None) to be sent."""
        if fates.repeatable(delivery, sending):
            return None
        if sending is Sending.CHANNEL_POST:
            return Fate(DeliveryState.FAILED, maybe_sent=True, error=MAYBE_POSTED)
        if delivery.channel_id is None:
            return None  # its conversation wasn't even opened
        found = await look_ups.find(client, delivery, now=self._clock())
        if found is not None:
            return Fate(DeliveryState.SENT, message_ts=found, channel_id=delivery.channel_id)
        looked = delivery.looked_up + 1
        if looked < LOOK_UPS:
            return Fate(DeliveryState.PENDING, again_in=self._settle, maybe_sent=True, looked_up=looked,
                        error=delivery.last_error)  # fmt: skip
        # It is sent now. Should this worker be killed meanwhile, one look at once would come too early to find it.
        async with self._database.begin() as session:
            if not await deliveries.will_send(session, delivery.id, worker=self._worker):
                raise LeaseShortError
            progress = Progress.of(delivery)
            if progress.file_id is not None:
                await self._sender.remember(session, delivery, replace(progress, file_id=None))
        return None

    async def _write_down(self, delivery: Delivery, message: OwedMessage | None, fate: Fate) -> None:
        now = self._clock()
        if fate.state is DeliveryState.PENDING and fate.error and fates.too_late(delivery, now):
            fate = replace(fate, state=DeliveryState.FAILED, again_in=None, slow_down=False)
        again_at = now + fate.again_in if fate.again_in is not None else None
        async with self._database.begin() as session:
            if fate.slow_down and again_at is not None:
                await claims.push_back(
                    session,
                    delivery.workspace_id,
                    now=now,
                    until=again_at,
                    allowance=self._allowance,
                    lane=lane_of(delivery.kind),
                )
            settled = await deliveries.settle(
                session,
                delivery.id,
                worker=self._worker,
                now=now,
                state=fate.state,
                maybe_sent=fate.maybe_sent,
                next_attempt_at=again_at,
                message_ts=fate.message_ts,
                channel_id=fate.channel_id,
                error=fate.error,
                looked_up=fate.looked_up,
                too_early=fate.too_early,
            )
            if not settled:
                return
            self._metrics.delivered(delivery.kind, fate.state)
            if fate.state is DeliveryState.FAILED:
                log.warning(
                    "delivery %s (%s) failed: %s. `maturity doctor` looks at its workspace and channel",
                    delivery.id,
                    delivery.kind,
                    fate.error,
                )
            if message is not None:
                await self._follow(session, delivery, message, fate, now=now)

    async def _follow(
        self, session: AsyncSession, delivery: Delivery, message: OwedMessage, fate: Fate, *, now: datetime
    ) -> None:
        """Do what follows from a message's fate, in the transaction that wrote it down."""
        context = self._drafts.context(session, now=now)
        self.round_ended |= message.ends_a_round
        if fate.state is DeliveryState.SENT:
            await type(message).sent_all(context, [(message, Receipt(fate.channel_id, fate.message_ts))])
        if fate.state in ENDED and fate.refused is not None and fate.refused.verdict in OUT_OF_REACH:
            await message.out_of_reach(context)
        if fate.refused is not None and fate.refused.verdict is Verdict.SETTING:
            team = None
            if delivery.team_id is not None:
                team = await teams.get(session, delivery.team_id, workspace_id=delivery.workspace_id)
            await self._setting_in_the_way(
                session, fate.refused, workspace_id=delivery.workspace_id, team=team, now=now
            )
        if fate.state is DeliveryState.FAILED:
            await message.failed(context, Failure(fate.error or "", delivery.id, delivery.attempt))
        await message.settled(context)
