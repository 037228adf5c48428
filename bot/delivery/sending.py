"""One message on its way to Slack: posted where it belongs, changed, or shared with its file."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import fates, look_ups
from bot.delivery.fates import Fate
from bot.delivery.files import FileDraft
from bot.delivery.message import Draft, OwedMessage
from bot.delivery.picture_upload import Pictures
from bot.delivery.progress import Progress
from bot.kit.clock import Clock
from bot.slack.calls import post, refusal_of, verdict_on
from bot.slack.client import TIMEOUT, Slack
from bot.slack.verdicts import Again, Verdict
from storage import deliveries, people
from storage.engine import Database
from storage.kinds import DeliveryState
from storage.models import Delivery

Sent = TypeVar("Sent")


class LeaseShortError(Exception):
    """Too little of the lease is left to send safely."""


class Sender:
    """Sends for one worker."""

    def __init__(self, *, database: Database, slack: Slack, clock: Clock, worker: UUID, lease: timedelta) -> None:
        self._database = database
        self._slack = slack
        self._clock = clock
        self._worker = worker
        self._patience = min(timedelta(seconds=TIMEOUT), lease / 2)
        """How long one message may take to be taken: a call is cut off before its lease ends."""
        self._pictures = Pictures(database=database, slack=slack, worker=worker)

    async def send(
        self,
        client: AsyncWebClient,
        delivery: Delivery,
        message: OwedMessage,
        draft: Draft | None,
        *,
        lease_ends: datetime,
    ) -> Fate:
        """Send it, or change the message that it is about; raises what Slack refused, or LeaseShortError."""
        if draft is None:
            return fates.of_nothing(delivery, message, self._clock())
        if draft.file is not None:
            return await self._share(client, delivery, draft.file, lease_ends=lease_ends)
        if draft.picture is not None:
            return await self._pictures.show(client, delivery, draft, draft.picture)
        payload = {**draft.message.payload(), "metadata": look_ups.metadata(delivery)}
        if draft.update_ts is not None and Progress.of(delivery).instead != draft.update_ts:
            try:
                await self._say(
                    message, lease_ends, payload, partial(_change, client, draft.channel_id or "", draft.update_ts)
                )
            except SlackApiError as error:
                if not fates.stands_alone(message, error):
                    raise
                async with self._database.begin() as session:
                    await self.remember(session, delivery, replace(Progress.of(delivery), instead=draft.update_ts))
            else:
                return Fate(DeliveryState.SENT, message_ts=draft.update_ts)

        async def post_to(channel_id: str) -> str:
            return await self._say(message, lease_ends, payload, partial(_post, client, channel_id))

        if draft.channel_id is not None and draft.update_ts is None:
            return Fate(DeliveryState.SENT, message_ts=await post_to(draft.channel_id), channel_id=draft.channel_id)
        channel_id, message_ts = await self._to_person(client, delivery, post_to)
        return Fate(DeliveryState.SENT, message_ts=message_ts, channel_id=channel_id)

    async def _say(
        self,
        message: OwedMessage,
        lease_ends: datetime,
        payload: Mapping[str, Any],
        call: Callable[..., Awaitable[str]],
    ) -> str:
        """Make the call with this message; where Slack takes its words but not its looks, once with the words alone.

        A check-in without its questions is none.
        """
        try:
            async with self._within(lease_ends):
                return await call(**payload)
        except SlackApiError as error:
            if not message.words_alone_will_do or refusal_of(error).judgement.again is not Again.PLAINER:
                raise
        async with self._within(lease_ends):
            return await call(text=payload["text"], blocks=[])

    async def _to_person(
        self, client: AsyncWebClient, delivery: Delivery, send: Callable[[str], Awaitable[Sent]]
    ) -> tuple[str, Sent]:
        """Send into the direct message with the recipient: where that is, and what came of it.

        One that is gone since it was opened (a recreated app has others) is opened anew, and the message sent there.
        """
        channel_id, is_remembered = await self._direct_message(client, delivery)
        try:
            return channel_id, await send(channel_id)
        except SlackApiError as error:
            if not is_remembered or verdict_on(error) is not Verdict.CHANNEL:
                raise
        channel_id, _is_remembered = await self._direct_message(client, delivery, anew=True)
        return channel_id, await send(channel_id)

    async def _share(
        self, client: AsyncWebClient, delivery: Delivery, file: FileDraft, *, lease_ends: datetime
    ) -> Fate:
        """Upload a file, then share it: Slack posts the message that brings it, which carries no metadata of ours.

        Which file it is, is known before that: by it the message is looked for when nobody knows its fate.
        """
        # Before the upload: what a killed worker shared is looked for there.
        await self._direct_message(client, delivery)
        file_id = await self._slack.upload(client, filename=file.filename, content=file.content, alt_text=file.alt_text)
        async with self._database.begin() as session:
            await self.remember(session, delivery, replace(Progress.of(delivery), file_id=file_id))

        async def share_in(channel_id: str) -> None:
            async with self._within(lease_ends):
                await client.files_completeUploadExternal(
                    files=[{"id": file_id, "title": file.title}], channel_id=channel_id, initial_comment=file.comment
                )

        channel_id, _shared = await self._to_person(client, delivery, share_in)
        return Fate(DeliveryState.SENT, channel_id=channel_id)

    async def remember(self, session: AsyncSession, delivery: Delivery, progress: Progress) -> None:
        """Keep how far it has come; LeaseShortError if another worker has it."""
        if not await progress.keep(session, delivery, worker=self._worker):
            raise LeaseShortError

    def _within(self, lease_ends: datetime) -> asyncio.Timeout:
        """The time for one call; LeaseShortError where it might outlive the lease, and another worker send it, too."""
        if self._clock() + self._patience > lease_ends:
            raise LeaseShortError
        return asyncio.timeout(self._patience.total_seconds())

    async def _direct_message(
        self, client: AsyncWebClient, delivery: Delivery, *, anew: bool = False
    ) -> tuple[str, bool]:
        """The direct message with the recipient, and whether it was opened before.

        It is kept before the first send, so that a lost one can be looked for.
        """
        user_id = delivery.user_id or ""
        async with self._database.reading() as session:
            person = await people.get(session, workspace_id=delivery.workspace_id, user_id=user_id)
        known = person.dm_channel if person is not None and not anew else None
        channel_id = known or str((await client.conversations_open(users=[user_id]))["channel"]["id"])
        async with self._database.begin() as session:
            await people.remember_dm(
                session, workspace_id=delivery.workspace_id, user_id=user_id, channel_id=channel_id
            )
            await deliveries.remember_channel(session, delivery.id, channel_id=channel_id)
        delivery.channel_id = channel_id
        return channel_id, known is not None


async def _change(client: AsyncWebClient, channel_id: str, message_ts: str, **payload: Any) -> str:
    await client.chat_update(channel=channel_id, ts=message_ts, **payload)
    return message_ts


async def _post(client: AsyncWebClient, channel_id: str, **payload: Any) -> str:
    return await post(client, channel=channel_id, **payload, unfurl_links=False, unfurl_media=False)
