"""A message's picture on its way: uploaded into the message's thread, then shown in the message."""

from dataclasses import replace
from uuid import UUID

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.fates import Fate, backoff
from bot.delivery.look_ups import metadata
from bot.delivery.message import Draft, PictureDraft
from bot.delivery.progress import Progress
from bot.slack.calls import refusal_of
from bot.slack.client import Slack
from bot.slack.verdicts import Again
from storage.engine import Database
from storage.kinds import DeliveryState
from storage.models import Delivery

TRIES = 4
"""After so many refusals of a file it is uploaded anew: its upload was never completed."""
MOST_TRIES = 3 * TRIES
"""After so many refusals, some 25 minutes, the message stays without its picture: each upload stands in its thread."""


class Pictures:
    """Shows pictures in messages that are there already."""

    def __init__(self, *, database: Database, slack: Slack, worker: UUID) -> None:
        self._database = database
        self._slack = slack
        self._worker = worker

    async def show(self, client: AsyncWebClient, delivery: Delivery, draft: Draft, picture: PictureDraft) -> Fate:
        """Show a picture in a message: uploaded into its thread, where everyone in the channel may see it, then shown.

        A file that is shared nowhere may stay invisible to others (slackapi/java-slack-sdk#1349).
        """
        file_id = picture.file_id or await self._upload(client, draft, picture)
        message = picture.showing(file_id)
        try:
            await client.chat_update(
                channel=draft.channel_id or "",
                ts=draft.update_ts or "",
                **message.payload(),
                metadata=metadata(delivery),
            )
        except SlackApiError as error:
            said = refusal_of(error)
            lost = said.judgement.again is Again.ANEW
            if not lost and said.code not in {"invalid_blocks", "invalid_blocks_format"}:
                raise
            return await self._refused(delivery, picture, lost=lost)
        return Fate(DeliveryState.SENT, message_ts=draft.update_ts)

    async def _refused(self, delivery: Delivery, picture: PictureDraft, *, lost: bool) -> Fate:
        """Slack is still processing the file, or its upload was never completed: after a few tries, a new one.

        One that is `lost` is uploaded anew the next time.
        """
        before = Progress.of(delivery)
        refused = 1 if before.refused is None else before.refused + 1
        if refused >= MOST_TRIES:
            return Fate(DeliveryState.FAILED, error="picture_refused")
        async with self._database.begin() as session:
            await replace(before, refused=refused).keep(session, delivery, worker=self._worker)
            if lost or refused % TRIES == 0:
                await picture.remember(session, None)
        return Fate(DeliveryState.PENDING, again_in=backoff(delivery), error="picture_not_ready")

    async def _upload(self, client: AsyncWebClient, draft: Draft, picture: PictureDraft) -> str:
        """The id of the file, remembered before the upload is completed: a second try shows the same one."""
        file_id = await self._slack.upload(
            client, filename=picture.filename, content=picture.png, alt_text=picture.alt_text
        )
        async with self._database.begin() as session:
            await picture.remember(session, file_id)
        await client.files_completeUploadExternal(
            files=[{"id": file_id, "title": picture.title}],
            initial_comment=picture.comment,
            channel_id=draft.channel_id,
            thread_ts=draft.update_ts,
        )
        return file_id
