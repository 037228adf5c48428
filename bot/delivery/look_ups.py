"""Whether a message of unknown fate arrived: looked for in the direct message it was sent to.

A message of ours is known by its metadata, the one that shares a file by the file: Slack makes that one itself.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.progress import Progress
from bot.slack.calls import refusal_of
from bot.slack.ids import METADATA_EVENT
from storage.models import Delivery

MARGIN = timedelta(hours=1)
"""How far our clock may be off or jump, and the message still be found by its time."""
GONE = "channel_not_found"
"""Slack's answer where the conversation isn't there for us, and so no message of ours in it: a recreated app's."""
PAGE = 15
"""Messages a look; new apps outside the Marketplace get no more."""


async def find(client: AsyncWebClient, delivery: Delivery, *, now: datetime) -> str | None:
    """The `ts` of the message in its direct message; None where it isn't there (yet), or that conversation isn't."""
    oldest = min(delivery.first_attempt_at or now, now) - MARGIN
    cursor: str | None = None
    while True:
        try:
            page = await client.conversations_history(
                channel=delivery.channel_id or "",
                oldest=_ts(oldest),
                latest=_ts(now + MARGIN),
                limit=PAGE,
                include_all_metadata=True,
                cursor=cursor,
            )
        except SlackApiError as error:
            if refusal_of(error).code != GONE:
                raise
            return None
        for message in page["messages"]:
            if _is_of(delivery, message):
                return str(message["ts"])
        cursor = (page.get("response_metadata") or {}).get("next_cursor")
        if not cursor:
            return None


def _is_of(delivery: Delivery, message: Mapping[str, Any]) -> bool:
    file_id = Progress.of(delivery).file_id
    if file_id is not None:
        return any(file.get("id") == file_id for file in message.get("files") or ())
    payload = (message.get("metadata") or {}).get("event_payload") or {}
    return payload.get("delivery_id") == str(delivery.id)


def metadata(delivery: Delivery) -> dict[str, object]:
    """What a message carries so that it can be found."""
    return {"event_type": METADATA_EVENT, "event_payload": {"delivery_id": str(delivery.id)}}


def _ts(instant: datetime) -> str:
    return f"{instant.timestamp():.6f}"
