"""Sending what is owed: claim, draw, post, settle; each message exactly once as people see it.

Slack has no idempotency key. A claim is committed before the call, so a message whose fate nobody knows (a lost reply,
a killed worker) is known to be one; a direct message is then looked up by its metadata before it is sent again, and a
channel post, which we may not read, is left to a manager.
"""

import asyncio
import logging
from datetime import datetime, timedelta
from uuid import UUID

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from bot import aftermath
from bot.clock import Clock
from bot.delivery import failures, fates, look_ups
from bot.delivery.drafts import Draft, Drafts, NotYetError
from bot.delivery.fates import CHANNEL_POSTS, FILE_ID, Fate
from bot.delivery.pictures import Pictures
from bot.files import FileDraft
from bot.logs import where
from bot.pool import Pool
from bot.slack import CALL_FAILED, TIMEOUT, Slack, WorkspaceUnknownError, post
from storage import claims, deliveries, people
from storage.claims import Allowance
from storage.engine import Database
from storage.kinds import MAYBE_POSTED, NOT_DRAWN, DeliveryKind, DeliveryState
from storage.models import Delivery

log = logging.getLogger(__name__)

AT_ONCE = 100
"""Messages in the air at a time."""
EACH = 10
"""Messages in the air for one workspace: were it to let each of them time out, nine others would still go on."""
TURN = 0.8
"""Seconds that a tick goes on claiming as places come free; a little less than from one tick to the next."""
LOOK_UPS = 2
"""Times a message of unknown fate is looked for before it is sent again."""
WRITTEN_AGAIN = (1, 2, 4, 8)
"""Seconds to wait before what became of a message is written down once more; well within a lease."""


class LeaseShortError(Exception):
    """Too little of the lease is left to send safely."""


class Outbox:
    """Delivers what is due, for one worker."""

    def __init__(
        self,
        *,
        database: Database,
        slack: Slack,
        drafts: Drafts,
        clock: Clock,
        allowance: Allowance,
        settle: timedelta,
        lease: timedelta,
    ) -> None:
        self._database = database
        self._slack = slack
        self._drafts = drafts
        self._clock = clock
        self._allowance = allowance
        self._settle = settle
        self._lease = lease
        self._patience = min(timedelta(seconds=TIMEOUT), lease / 2)
        """How long one message may take to be taken: a call is cut off before its lease ends."""
        self._pool = Pool(size=AT_ONCE, each=EACH)
        self._worker = deliveries.new_id()
        self._pictures = Pictures(database=database, slack=slack, worker=self._worker)
        self._in_the_air: set[UUID] = set()
        self.round_ended = False
        """True once a message about a round's end was sent: its answers are gone, and their traces should follow."""

    async def deliver_due(self) -> int:
        """Claim what is due and begin to deliver it; how many were claimed. Nobody waits for the slowest: `landed`."""
        loop = asyncio.get_running_loop()
        until, begun = loop.time() + TURN, 0
        while True:
            claimed = await self._claim()
            begun += claimed
            left = until - loop.time()
            if left <= 0 or not self._pool.crowded:
                return begun
            await self._pool.one_landed(within=left)

    async def landed(self) -> None:
        """Return when nothing is in the air."""
        await self._pool.landed()

    async def _claim(self) -> int:
        now = self._clock()
        if self._pool.room <= 0:
            return 0
        async with self._database.reading() as session:
            if not await claims.any_due(session, now=now):
                return 0
        async with self._database.begin() as session:
            await claims.give_up_unreachable(session, before=now - fates.GIVE_UP_AFTER, now=now)
            claimed = await claims.claim(
                session,
                worker=self._worker,
                now=now,
                lease=self._lease,
                allowance=self._allowance,
                limit=self._pool.room,
                each=self._pool.each,
                busy=self._pool.busy,
            )
        for delivery, unknown in claimed:
            if delivery.id in self._in_the_air:
                continue  # the clock leapt past its lease; it is sent already, and the claim has renewed the lease
            self._in_the_air.add(delivery.id)
            self._pool.start(
                delivery.workspace_id, self._deliver_one(delivery, unknown=unknown, lease_ends=now + self._lease)
            )
        return len(claimed)

    async def _deliver_one(self, delivery: Delivery, *, unknown: bool, lease_ends: datetime) -> None:
        delivery_id = delivery.id
        try:
            await self._deliver(delivery, unknown=unknown, lease_ends=lease_ends)
        finally:
            self._in_the_air.discard(delivery_id)

    async def _deliver(self, delivery: Delivery, *, unknown: bool, lease_ends: datetime) -> None:
        looking = unknown
        try:
            client = await self._slack.client(delivery.workspace_id)
            fate = await self._look_first(client, delivery) if unknown else None
            looking = False
            if fate is None:
                draft = await self._drafts.draw(delivery, now=self._clock())
                fate = await self._send(client, delivery, draft, lease_ends=lease_ends)
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
                fate = fates.of_refusal(delivery, error, settle=self._settle)
        except DBAPIError as error:
            # Whatever is read and written here comes before the call: nothing was sent.
            log.warning("delivery %s (%s): the database didn't answer: %s", delivery.id, delivery.kind, where(error))
            again_in = fates.backoff(delivery)
            fate = Fate(DeliveryState.PENDING, again_in=again_in, maybe_sent=unknown, error=NOT_DRAWN)
        except Exception as error:  # noqa: BLE001 - one message that can't be drawn never stops the others
            log.error("delivery %s (%s) can't be drawn: %s", delivery.id, delivery.kind, where(error))
            again_in = fates.backoff(delivery)
            fate = Fate(DeliveryState.PENDING, again_in=again_in, maybe_sent=looking, error=NOT_DRAWN)
        if not fate.installed:
            await self._slack.still_installed(delivery.workspace_id)
        await self._settle_for_certain(delivery, fate)

    async def _settle_for_certain(self, delivery: Delivery, fate: Fate) -> None:
        """Write it down, also where the database is away for a moment: what isn't known to be sent may come twice."""
        for wait in WRITTEN_AGAIN:
            try:
                await self._write_down(delivery, fate)
            except DBAPIError as error:
                log.warning("delivery %s (%s) can't be written down yet: %s", delivery.id, delivery.kind, where(error))
                await asyncio.sleep(wait)
            else:
                return
        await self._write_down(delivery, fate)

    async def _look_first(self, client: AsyncWebClient, delivery: Delivery) -> Fate | None:
        """For a message of unknown fate: sent after all, to be looked for again, or (None) to be sent."""
        if fates.repeatable(delivery):
            return None
        if delivery.kind in CHANNEL_POSTS:
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
            if FILE_ID in delivery.details:
                await self._remember_file(session, delivery, file_id=None)
        return None

    async def _send(
        self, client: AsyncWebClient, delivery: Delivery, draft: Draft | None, *, lease_ends: datetime
    ) -> Fate:
        if draft is None:
            return fates.of_nothing(delivery, self._clock())
        if draft.file is not None:
            return await self._share(client, delivery, draft.file, lease_ends=lease_ends)
        if draft.picture is not None:
            return await self._pictures.show(client, delivery, draft, draft.picture)
        if draft.update_ts is not None:
            async with self._within(lease_ends):
                await client.chat_update(
                    channel=draft.channel_id or "",
                    ts=draft.update_ts,
                    **draft.message.payload(),
                    metadata=look_ups.metadata(delivery),
                )
            return Fate(DeliveryState.SENT, message_ts=draft.update_ts)
        channel_id = draft.channel_id or await self._direct_message(client, delivery)
        async with self._within(lease_ends):
            message_ts = await post(
                client,
                channel=channel_id,
                **draft.message.payload(),
                metadata=look_ups.metadata(delivery),
                unfurl_links=False,
                unfurl_media=False,
            )
        return Fate(DeliveryState.SENT, message_ts=message_ts, channel_id=channel_id)

    async def _share(
        self, client: AsyncWebClient, delivery: Delivery, file: FileDraft, *, lease_ends: datetime
    ) -> Fate:
        """Upload a file, then share it: Slack posts the message that brings it, which carries no metadata of ours.

        Which file it is, is known before that: by it the message is looked for when nobody knows its fate.
        """
        channel_id = await self._direct_message(client, delivery)
        file_id = await self._slack.upload(client, filename=file.filename, content=file.content, alt_text=file.alt_text)
        async with self._database.begin() as session:
            await self._remember_file(session, delivery, file_id=file_id)
        async with self._within(lease_ends):
            await client.files_completeUploadExternal(
                files=[{"id": file_id, "title": file.title}], channel_id=channel_id, initial_comment=file.comment
            )
        return Fate(DeliveryState.SENT, channel_id=channel_id)

    async def _remember_file(self, session: AsyncSession, delivery: Delivery, *, file_id: str | None) -> None:
        """Keep which file may be seen from now on (None: none any more); LeaseShortError if another worker has it."""
        details = {key: value for key, value in delivery.details.items() if key != FILE_ID}
        if file_id is not None:
            details[FILE_ID] = file_id
        if not await deliveries.remember_details(session, delivery.id, worker=self._worker, details=details):
            raise LeaseShortError
        delivery.details = details

    def _within(self, lease_ends: datetime) -> asyncio.Timeout:
        """The time for one call; LeaseShortError where it might outlive the lease, and another worker send it, too."""
        if self._clock() + self._patience > lease_ends:
            raise LeaseShortError
        return asyncio.timeout(self._patience.total_seconds())

    async def _direct_message(self, client: AsyncWebClient, delivery: Delivery) -> str:
        """The direct message with the recipient, kept before the first send so that a lost one can be looked for."""
        user_id = delivery.user_id or ""
        async with self._database.reading() as session:
            person = await people.get(session, workspace_id=delivery.workspace_id, user_id=user_id)
        channel_id = person.dm_channel if person else None
        if channel_id is None:
            channel_id = str((await client.conversations_open(users=[user_id]))["channel"]["id"])
        async with self._database.begin() as session:
            await people.remember_dm(
                session, workspace_id=delivery.workspace_id, user_id=user_id, channel_id=channel_id
            )
            await deliveries.remember_channel(session, delivery.id, channel_id=channel_id)
        delivery.channel_id = channel_id
        return channel_id

    async def _write_down(self, delivery: Delivery, fate: Fate) -> None:
        now = self._clock()
        if fate.state is DeliveryState.PENDING and fate.error and fates.too_late(delivery, now):
            fate = Fate(DeliveryState.FAILED, maybe_sent=fate.maybe_sent, error=fate.error)
        again_at = now + fate.again_in if fate.again_in is not None else None
        async with self._database.begin() as session:
            if fate.slow_down and again_at is not None:
                await claims.push_back(
                    session, delivery.workspace_id, now=now, until=again_at, allowance=self._allowance
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
            self.round_ended |= delivery.kind is DeliveryKind.CLOSING
            if fate.state is DeliveryState.SENT:
                await aftermath.taken(
                    session, delivery, channel_id=fate.channel_id, message_ts=fate.message_ts, now=now
                )
            if fate.error == fates.DELETED:
                await aftermath.deleted(session, delivery, now=now)
            if fate.state is DeliveryState.FAILED:
                log.warning("delivery %s (%s) failed: %s", delivery.id, delivery.kind, fate.error)
                await failures.tell(session, delivery, error=fate.error or "", now=now)
            await aftermath.ended(session, delivery)
