"""Sending what is owed: claim, draw, post, settle; each message exactly once as people see it.

Slack has no idempotency key. A claim is committed before the call, so a message whose fate nobody knows (a lost reply,
a killed worker) is known to be one; a direct message is then looked up by its metadata before it is sent again, and a
channel post, which we may not read, is left to a manager.
"""

import asyncio
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from bot import rounds
from bot.clock import Clock
from bot.drafts import Draft, Drafts, NotYetError
from bot.ids import METADATA_EVENT
from bot.logs import where
from bot.slack import TIMEOUT, TOKEN_ERRORS, Slack, WorkspaceUnknownError
from storage import deliveries, people, teams
from storage import rounds as stored_rounds
from storage.deliveries import Allowance
from storage.engine import Database
from storage.kinds import DeliveryKind, DeliveryState
from storage.models import Delivery

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=90)
AT_ONCE = 10
"""Messages in the air at a time."""
GIVE_UP_AFTER = timedelta(days=1)
"""A message without a deadline of its own is tried this long."""
LOOK_UPS = 2
"""Times a message of unknown fate is looked for before it is sent again."""
UNKNOWN_FATE = frozenset(
    {"internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org"}
)
"""Slack's errors that don't say whether the work was done."""
CHANNEL_POSTS = frozenset({DeliveryKind.SUMMARY, DeliveryKind.SHARE})
UPDATES = frozenset({DeliveryKind.REFRESH, DeliveryKind.CLOSING, DeliveryKind.PICTURE})
"""Kinds that may be repeated at will: they change a message into what it should be."""


@dataclass(frozen=True, slots=True)
class _Fate:
    """What became of one attempt, as it is written down."""

    state: DeliveryState
    again_in: timedelta | None = None
    maybe_sent: bool = False
    message_ts: str | None = None
    channel_id: str | None = None
    error: str | None = None
    looked_up: int | None = None


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
    ) -> None:
        self._database = database
        self._slack = slack
        self._drafts = drafts
        self._clock = clock
        self._allowance = allowance
        self._settle = settle
        self._worker = deliveries.new_id()
        self.round_ended = False
        """True once a message about a round's end was sent: its answers are gone, and their traces should follow."""

    async def deliver_due(self) -> int:
        """Claim what is due and deliver it; how many were claimed."""
        claimed_at = self._clock()
        async with self._database.begin() as session:
            claimed = await deliveries.claim(
                session, worker=self._worker, now=claimed_at, lease=LEASE, allowance=self._allowance
            )
        turns = asyncio.Semaphore(AT_ONCE)

        async def one(delivery: Delivery, *, unknown: bool) -> None:
            async with turns:
                if self._clock() > claimed_at + LEASE - timedelta(seconds=2 * TIMEOUT):
                    return  # too little lease is left to send safely: it comes back when the lease runs out
                await self._deliver(delivery, unknown=unknown)

        await asyncio.gather(*(one(delivery, unknown=unknown) for delivery, unknown in claimed))
        return len(claimed)

    async def _deliver(self, delivery: Delivery, *, unknown: bool) -> None:
        try:
            client = await self._slack.client(delivery.workspace_id)
            fate = await self._look_first(client, delivery) if unknown else None
            if fate is None:
                draft = await self._drafts.draw(delivery, now=self._clock())
                fate = await self._send(client, delivery, draft)
        except NotYetError as later:
            fate = _Fate(DeliveryState.PENDING, again_in=later.wait)
        except WorkspaceUnknownError:
            fate = _Fate(DeliveryState.FAILED, error="workspace_unknown")
        except (SlackApiError, aiohttp.ClientError, TimeoutError) as error:
            fate = await self._refused(delivery, error)
        except DBAPIError:
            raise
        except Exception as error:  # noqa: BLE001 - one message that can't be drawn never stops the others
            log.error("delivery %s (%s) can't be drawn: %s", delivery.id, delivery.kind, where(error))
            fate = _Fate(DeliveryState.PENDING, again_in=_backoff(delivery), error=type(error).__name__)
        await self._write_down(delivery, fate)

    async def _look_first(self, client: AsyncWebClient, delivery: Delivery) -> _Fate | None:
        """For a message of unknown fate: sent after all, to be looked for again, or (None) to be sent."""
        if delivery.kind in UPDATES:
            return None
        if delivery.kind in CHANNEL_POSTS:
            return _Fate(DeliveryState.FAILED, maybe_sent=True, error="may_have_been_posted")
        if delivery.channel_id is None:
            return None  # its conversation wasn't even opened
        first = delivery.first_attempt_at or self._clock()
        latest = self._clock() + timedelta(hours=1)
        cursor: str | None = None
        while True:
            page = await client.conversations_history(
                channel=delivery.channel_id,
                oldest=_ts(first - timedelta(seconds=5)),
                latest=_ts(latest),
                limit=15,
                include_all_metadata=True,
                cursor=cursor,
            )
            for message in page["messages"]:
                payload = (message.get("metadata") or {}).get("event_payload") or {}
                if payload.get("delivery_id") == str(delivery.id):
                    return _Fate(DeliveryState.SENT, message_ts=message["ts"], channel_id=delivery.channel_id)
            cursor = (page.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                break
        if delivery.looked_up + 1 < LOOK_UPS:
            return _Fate(
                DeliveryState.PENDING,
                again_in=self._settle,
                maybe_sent=True,
                looked_up=delivery.looked_up + 1,
                error=delivery.last_error,
            )
        return None

    async def _send(self, client: AsyncWebClient, delivery: Delivery, draft: Draft | None) -> _Fate:
        if draft is None:
            return _Fate(DeliveryState.SKIPPED, error="no longer needed")
        if draft.picture is not None:
            return await self._post_picture(client, delivery, draft)
        if draft.update_ts is not None:
            await client.chat_update(
                channel=draft.channel_id or "",
                ts=draft.update_ts,
                **draft.message.payload(),
                metadata=_metadata(delivery),
            )
            return _Fate(DeliveryState.SENT, message_ts=draft.update_ts)
        channel_id = draft.channel_id or await self._direct_message(client, delivery)
        posted = await client.chat_postMessage(
            channel=channel_id,
            **draft.message.payload(),
            metadata=_metadata(delivery),
            unfurl_links=False,
            unfurl_media=False,
        )
        return _Fate(DeliveryState.SENT, message_ts=posted["ts"], channel_id=channel_id)

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

    async def _post_picture(self, client: AsyncWebClient, delivery: Delivery, draft: Draft) -> _Fate:
        """Show a picture in a message: uploaded into its thread, where everyone in the channel may see it, then shown.

        A file that is shared nowhere may stay invisible to others (slackapi/java-slack-sdk#1349).
        """
        picture = draft.picture
        assert picture is not None  # noqa: S101 - the caller asked
        file_id = picture.file_id
        if file_id is None:
            slot = await client.files_getUploadURLExternal(
                filename=picture.filename, length=len(picture.png), alt_txt=picture.alt_text
            )
            file_id = str(slot["file_id"])
            await self._slack.upload(str(slot["upload_url"]), picture.png)
            async with self._database.begin() as session:
                await stored_rounds.remember_picture(session, picture.round_id, file_id=file_id)
            await client.files_completeUploadExternal(
                files=[{"id": file_id, "title": picture.title}],
                channel_id=draft.channel_id,
                thread_ts=draft.update_ts,
            )
        message = self._drafts.with_picture(draft, file_id=file_id)
        try:
            await client.chat_update(
                channel=draft.channel_id or "",
                ts=draft.update_ts or "",
                **message.payload(),
                metadata=_metadata(delivery),
            )
        except SlackApiError as error:
            if error.response.get("error") not in {"invalid_blocks", "invalid_blocks_format"}:
                raise
            # Slack is still processing the file, or its upload was never completed: after a few tries, a new one.
            if delivery.attempt % 4 == 0:
                async with self._database.begin() as session:
                    await stored_rounds.remember_picture(session, picture.round_id, file_id=None)
            return _Fate(DeliveryState.PENDING, again_in=_backoff(delivery), error="picture_not_ready")
        return _Fate(DeliveryState.SENT, message_ts=draft.update_ts)

    async def _refused(self, delivery: Delivery, error: Exception) -> _Fate:
        """What a failed call means for its message."""
        if isinstance(error, SlackApiError):
            status, code = error.response.status_code, str(error.response.get("error") or "unknown")
            if status == 429 or code == "ratelimited":  # noqa: PLR2004 - HTTP's own number
                wait = timedelta(seconds=float(error.response.headers.get("Retry-After", 1) or 1))
                async with self._database.begin() as session:
                    await deliveries.push_back(
                        session, delivery.workspace_id, until=self._clock() + wait, allowance=self._allowance
                    )
                return _Fate(DeliveryState.PENDING, again_in=wait, error="ratelimited")
            if status >= 500 or code in UNKNOWN_FATE:  # noqa: PLR2004 - HTTP's own number
                return self._unknown(delivery, code)
            if code in TOKEN_ERRORS and await self._slack.still_installed(delivery.workspace_id):
                return _Fate(DeliveryState.PENDING, again_in=_backoff(delivery), error=code)
            return _Fate(DeliveryState.FAILED, error=code)
        if isinstance(error, aiohttp.ClientConnectorError):
            return _Fate(DeliveryState.PENDING, again_in=_backoff(delivery), error="unreachable")  # nothing was sent
        return self._unknown(delivery, type(error).__name__)

    def _unknown(self, delivery: Delivery, error: str) -> _Fate:
        again = _backoff(delivery) if delivery.kind in UPDATES else self._settle
        return _Fate(DeliveryState.PENDING, again_in=again, maybe_sent=True, error=error, looked_up=0)

    async def _write_down(self, delivery: Delivery, fate: _Fate) -> None:
        now = self._clock()
        if fate.state is DeliveryState.PENDING and fate.error and _too_late(delivery, now):
            fate = _Fate(DeliveryState.FAILED, maybe_sent=fate.maybe_sent, error=fate.error)
        async with self._database.begin() as session:
            settled = await deliveries.settle(
                session,
                delivery.id,
                worker=self._worker,
                state=fate.state,
                maybe_sent=fate.maybe_sent,
                next_attempt_at=now + fate.again_in if fate.again_in is not None else None,
                message_ts=fate.message_ts,
                channel_id=fate.channel_id,
                error=fate.error,
                looked_up=fate.looked_up,
            )
            if not settled:
                return
            self.round_ended |= delivery.kind is DeliveryKind.CLOSING
            if fate.state is DeliveryState.SENT:
                await self._drafts.sent(
                    session, delivery, channel_id=fate.channel_id, message_ts=fate.message_ts, now=now
                )
            if fate.state is DeliveryState.FAILED:
                log.warning("delivery %s (%s) failed: %s", delivery.id, delivery.kind, fate.error)
                await self._tell_of_failure(session, delivery, fate, now=now)

    async def _tell_of_failure(self, session: AsyncSession, delivery: Delivery, fate: _Fate, *, now: datetime) -> None:
        """A summary that can't be posted goes to the managers, with the mend; everything else is `doctor`'s."""
        if delivery.kind not in CHANNEL_POSTS or delivery.team_id is None:
            return
        team = await teams.get(session, delivery.team_id, workspace_id=delivery.workspace_id)
        if team is None:
            return
        shared = delivery.kind is DeliveryKind.SHARE
        await rounds.tell(
            session,
            team,
            user_ids=[str(delivery.details["by"])] if shared else await teams.managers(session, team.id),
            reason="share failed" if shared else "summary failed",
            about=f"{delivery.round_id}:{delivery.attempt}:{delivery.id}",
            now=now,
            error=fate.error or "",
            round_id=delivery.round_id or 0,
        )


def _too_late(delivery: Delivery, now: datetime) -> bool:
    if delivery.expires_at is not None:
        return now >= delivery.expires_at
    return delivery.first_attempt_at is not None and now > delivery.first_attempt_at + GIVE_UP_AFTER


def _backoff(delivery: Delivery) -> timedelta:
    """Seconds until the next try: 2, 4, 8, ... up to five minutes."""
    return timedelta(seconds=min(2 ** min(delivery.attempt, 9), 300))


def _metadata(delivery: Delivery) -> dict[str, object]:
    return {"event_type": METADATA_EVENT, "event_payload": {"delivery_id": str(delivery.id)}}


def _ts(instant: datetime) -> str:
    return f"{instant.timestamp():.6f}"
