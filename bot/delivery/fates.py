"""What an attempt to deliver a message means for it: sent, refused, or nobody knows. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.slack import TOKEN_ERRORS, Refusal, refusal_of
from storage.kinds import DeliveryKind, DeliveryState
from storage.models import Delivery

GIVE_UP_AFTER = timedelta(days=1)
"""A message without a deadline of its own is tried this long."""
LOST_UPLOAD = frozenset({"file_not_found", "file_update_failed"})
"""Slack's answers where a file got lost on the way: it is uploaded anew."""
CHANNEL_POSTS = frozenset({DeliveryKind.SUMMARY, DeliveryKind.SHARE})
"""Kinds that can't be looked for: we don't read channels."""
UPDATES = frozenset({DeliveryKind.REFRESH, DeliveryKind.CLOSING, DeliveryKind.PICTURE})
"""Kinds that may be repeated at will: they change a message into what it should be."""
FILE_ID = "file_id"
"""In a file's details: which file is being shared, from before it may be seen."""
DELETED = "message_not_found"
"""Slack's answer where the message to be changed was deleted."""


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one attempt, as it is written down."""

    state: DeliveryState
    again_in: timedelta | None = None
    maybe_sent: bool = False
    message_ts: str | None = None
    channel_id: str | None = None
    error: str | None = None
    looked_up: int | None = None
    slow_down: bool = False
    """Slack says that this workspace gets too many messages."""
    installed: bool = True
    """False where Slack refused our token."""
    too_early: bool = False
    """It waits for its own time, which is none of the time that it is tried for."""


NOT_STARTED = Fate(DeliveryState.PENDING, again_in=timedelta(0))
"""Given back: too little of the lease was left to send it."""


def of_refusal(delivery: Delivery, error: Exception, *, settle: timedelta) -> Fate:
    """What a call that should have delivered the message came to."""
    if isinstance(error, SlackApiError):
        return _of_answer(delivery, refusal_of(error), settle=settle)
    if isinstance(error, aiohttp.ClientConnectorError):
        return Fate(DeliveryState.PENDING, again_in=backoff(delivery), error="unreachable")  # nothing was sent
    return _unknown(delivery, type(error).__name__, settle=settle)


def _of_answer(delivery: Delivery, said: Refusal, *, settle: timedelta) -> Fate:
    if said.is_rate_limit:
        wait = timedelta(seconds=said.retry_after)
        return Fate(DeliveryState.PENDING, again_in=wait, error="ratelimited", slow_down=True)
    if said.is_trouble or said.code in LOST_UPLOAD:
        return _unknown(delivery, str(said), settle=settle)
    if said.code in TOKEN_ERRORS:
        # Where the app is uninstalled nothing is claimed: the message waits for its next installation.
        return Fate(DeliveryState.PENDING, again_in=backoff(delivery), error=said.code, installed=False)
    if said.code == DELETED and delivery.kind in UPDATES:
        return Fate(DeliveryState.SKIPPED, error=DELETED)
    return Fate(DeliveryState.FAILED, error=said.code)


def of_search(delivery: Delivery, error: Exception) -> Fate:
    """What a look-up that failed came to: the message's fate is as unknown as before.

    Its rate limit is its own (new apps outside the Marketplace get one look-up a minute): no message waits for that.
    """
    if not isinstance(error, SlackApiError):
        return Fate(DeliveryState.PENDING, again_in=backoff(delivery), maybe_sent=True, error=type(error).__name__)
    said = refusal_of(error)
    wait = max(backoff(delivery), timedelta(seconds=said.retry_after))
    return Fate(
        DeliveryState.PENDING,
        again_in=wait,
        maybe_sent=True,
        error=str(said),
        installed=said.code not in TOKEN_ERRORS,
    )


def _unknown(delivery: Delivery, error: str, *, settle: timedelta) -> Fate:
    again = backoff(delivery) if repeatable(delivery) else settle
    return Fate(DeliveryState.PENDING, again_in=again, maybe_sent=True, error=error, looked_up=0)


def of_nothing(delivery: Delivery, now: datetime) -> Fate:
    """What there is nothing to send of any more: a member who met with errors until the round ended wasn't asked."""
    if delivery.kind is DeliveryKind.PROMPT and delivery.last_error is not None and too_late(delivery, now):
        return Fate(DeliveryState.FAILED, error=delivery.last_error)
    return Fate(DeliveryState.SKIPPED, error="no longer needed")


def repeatable(delivery: Delivery) -> bool:
    """True where sending it once more shows nobody anything twice: a change, or a file that wasn't shared yet."""
    return delivery.kind in UPDATES or (delivery.kind is DeliveryKind.FILE and FILE_ID not in delivery.details)


def too_late(delivery: Delivery, now: datetime) -> bool:
    """True once a message that met with an error isn't tried any more."""
    if delivery.expires_at is not None:
        return now >= delivery.expires_at
    return delivery.first_attempt_at is not None and now > delivery.first_attempt_at + GIVE_UP_AFTER


def backoff(delivery: Delivery) -> timedelta:
    """Seconds until the next try: 2, 4, 8, ... up to five minutes."""
    return timedelta(seconds=min(2 ** min(delivery.attempt, 9), 300))
