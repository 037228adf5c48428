"""What an attempt to deliver a message means for it: sent, refused, or nobody knows. Pure."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.delivery.message import OwedMessage, Sending
from bot.delivery.progress import Progress
from bot.slack.calls import Refusal, refusal_of, word_of
from bot.slack.verdicts import Again, Verdict
from storage.kinds import DeliveryState
from storage.models import Delivery

GIVE_UP_AFTER = timedelta(days=1)
"""A message without a deadline of its own is tried this long."""
DELETED = "message_not_found"
"""Slack's answer where the message to be changed was deleted: nobody looks at it any more."""
RATE_LIMITED = "ratelimited"
"""The error of a delivery that Slack puts off, in one spelling."""
WORKSPACE_IS_FULL = "message_limit_exceeded"
"""Slack's answer where a workspace as a whole has had too many messages."""


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
    refused: Refusal | None = None
    """What Slack answered, where that is why."""
    too_early: bool = False
    """It waits for its own time, which is none of the time that it is tried for."""


NOT_STARTED = Fate(DeliveryState.PENDING, again_in=timedelta(0))
"""Given back: too little of the lease was left to send it."""


def of_refusal(delivery: Delivery, error: Exception, *, sending: Sending, settle: timedelta) -> Fate:
    """What a call that should have delivered the message came to."""
    if isinstance(error, SlackApiError):
        return _of_answer(delivery, refusal_of(error), sending=sending, settle=settle)
    if isinstance(error, aiohttp.ClientConnectorError):
        return Fate(DeliveryState.PENDING, again_in=backoff(delivery), error="unreachable")  # nothing was sent
    return _unknown(delivery, type(error).__name__, sending=sending, settle=settle)


def _of_answer(delivery: Delivery, said: Refusal, *, sending: Sending, settle: timedelta) -> Fate:
    word, again = str(said), said.judgement.again
    if said.is_rate_limit:
        wait = timedelta(seconds=said.retry_after + _share(delivery) / 2)
        return Fate(DeliveryState.PENDING, again_in=wait, error=RATE_LIMITED, slow_down=True, refused=said)
    if said.judgement.maybe_done or again is Again.ANEW:
        return replace(_unknown(delivery, word, sending=sending, settle=settle), refused=said)
    if said.verdict is Verdict.TARGET and sending is Sending.UPDATE:
        return Fate(DeliveryState.SKIPPED, error=word, refused=said)
    if not said.judgement.comes_again:
        return Fate(DeliveryState.FAILED, error=word, refused=said)
    # Where the app is uninstalled nothing is claimed: the message waits for its next installation.
    return Fate(
        DeliveryState.PENDING,
        again_in=max(_pause(delivery, again), timedelta(seconds=said.retry_after)),
        error=word,
        slow_down=word == WORKSPACE_IS_FULL,
        refused=said,
    )


def of_search(delivery: Delivery, error: Exception) -> Fate:
    """What a look-up that failed came to: the message's fate is as unknown as before.

    Where Slack will never tell, the message ends so: sent again, it might be there twice. The rate limit of look-ups is
    their own (new apps outside the Marketplace get one a minute): no message waits for that.
    """
    said = refusal_of(error) if isinstance(error, SlackApiError) else None
    if said is not None and not said.judgement.comes_again:
        return Fate(DeliveryState.FAILED, maybe_sent=True, error=str(said), refused=said)
    again_in = backoff(delivery)
    if said is not None:
        again_in = max(_pause(delivery, said.judgement.again), timedelta(seconds=said.retry_after))
    return Fate(DeliveryState.PENDING, again_in=again_in, maybe_sent=True, error=word_of(error), refused=said)


def _unknown(delivery: Delivery, error: str, *, sending: Sending, settle: timedelta) -> Fate:
    again = backoff(delivery) if repeatable(delivery, sending) else settle
    return Fate(DeliveryState.PENDING, again_in=again, maybe_sent=True, error=error, looked_up=0)


def stands_alone(message: OwedMessage, error: SlackApiError) -> bool:
    """Whether a message is to be a new one, since Slack won't let us change the one that it should replace.

    One that was deleted is seen by nobody.
    """
    said = refusal_of(error)
    if not message.may_come_anew or said.code == DELETED or said.judgement.maybe_done:
        return False
    return not said.judgement.comes_again


def of_nothing(delivery: Delivery, message: OwedMessage, now: datetime) -> Fate:
    """What there is nothing to send of any more: a member who met with errors until the round ended wasn't asked."""
    if message.fails_when_late and delivery.last_error is not None and too_late(delivery, now):
        return Fate(DeliveryState.FAILED, error=delivery.last_error)
    return Fate(DeliveryState.SKIPPED, error="no longer needed")


def repeatable(delivery: Delivery, sending: Sending) -> bool:
    """True where sending it once more shows nobody anything twice: a change, or a file that wasn't shared yet."""
    if sending is Sending.UPDATE:
        return Progress.of(delivery).instead is None
    return sending is Sending.FILE and Progress.of(delivery).file_id is None


def too_late(delivery: Delivery, now: datetime) -> bool:
    """True once a message that met with an error isn't tried any more."""
    if delivery.expires_at is not None:
        return now >= delivery.expires_at
    return delivery.first_attempt_at is not None and now > delivery.first_attempt_at + GIVE_UP_AFTER


def backoff(delivery: Delivery) -> timedelta:
    """Time until the next try: at most 2, 4, 8, ... seconds, up to five minutes."""
    return _spread(delivery, timedelta(seconds=min(2 ** min(delivery.attempt, 9), 300)))


def slowly(delivery: Delivery) -> timedelta:
    """Time until the next try of what takes its time: at most 30 seconds, a minute, ..., a quarter of an hour."""
    return _spread(delivery, timedelta(seconds=min(30 * 2 ** min(max(delivery.attempt - 1, 0), 5), 900)))


def _pause(delivery: Delivery, again: Again) -> timedelta:
    return backoff(delivery) if again in {Again.BACKOFF, Again.AS_TOLD} else slowly(delivery)


def _spread(delivery: Delivery, most: timedelta) -> timedelta:
    """Between half of it and all, so that what failed together doesn't come back together."""
    return most / 2 + most / 2 * _share(delivery)


def _share(delivery: Delivery) -> float:
    """A number from 0 to 1, another one for each message and attempt."""
    return (delivery.id.int // 7919 + delivery.attempt * 619) % 1000 / 1000
