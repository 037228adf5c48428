"""What follows from a message that Slack took, or that can't be changed; within the transaction that settles it."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from storage import deliveries, privacy, round_messages, rounds
from storage.kinds import DeliveryKind, RoundState
from storage.models import Delivery

TELLING = (DeliveryKind.REFRESH, DeliveryKind.REMINDER)
"""Kinds whose rows tell when a member did something, or hadn't: they go when the answers go."""


async def after_redrawing(
    session: AsyncSession, *, workspace_id: str, round_id: int, user_id: str, now: datetime
) -> None:
    """A check-in was redrawn; where its round has ended meanwhile, the closing message takes its place once more."""
    ended = await rounds.get(session, round_id, workspace_id=workspace_id)
    if ended is None or ended.state is RoundState.OPEN:
        return
    closing = round_messages.closing(ended, user_id, due=now)
    await deliveries.owe_again(session, workspace_id=workspace_id, message=closing)


async def taken(
    session: AsyncSession, delivery: Delivery, *, channel_id: str | None, message_ts: str | None, now: datetime
) -> None:
    """Keep where a message is, and owe what follows from it: the picture after the summary."""
    if delivery.round_id is None:
        return
    if delivery.kind is DeliveryKind.PROMPT and delivery.user_id is not None:
        member = await rounds.member(session, delivery.round_id, delivery.user_id)
        if member is not None:
            member.channel_id, member.message_ts = channel_id, message_ts
    if delivery.kind is DeliveryKind.CLOSING and delivery.user_id is not None:
        member = await rounds.member(session, delivery.round_id, delivery.user_id)
        if member is not None and member.message_ts != message_ts and channel_id is not None:
            member.channel_id, member.message_ts = channel_id, message_ts  # a new one, where the old can't be changed
        await deliveries.forget(session, round_id=delivery.round_id, user_id=delivery.user_id, kinds=TELLING)
    if delivery.kind is DeliveryKind.REFRESH and delivery.user_id is not None:
        await after_redrawing(
            session,
            workspace_id=delivery.workspace_id,
            round_id=delivery.round_id,
            user_id=delivery.user_id,
            now=now,
        )
    if delivery.kind not in {DeliveryKind.SUMMARY, DeliveryKind.PICTURE}:
        return
    closed = await rounds.get(session, delivery.round_id, workspace_id=delivery.workspace_id)
    if closed is None:
        return
    if delivery.kind is DeliveryKind.PICTURE:
        closed.picture_shown = True
        return
    # Where it was posted, should its team have moved while it was in the air.
    closed.summary_ts, closed.channel_id = message_ts, channel_id or closed.channel_id
    picture = round_messages.picture(closed, due=now)
    await deliveries.owe(session, workspace_id=delivery.workspace_id, messages=[picture])


async def ended(session: AsyncSession, delivery: Delivery) -> None:
    """A round's last word to a member is out, or never will be: who was erased meanwhile goes from the round now."""
    if delivery.kind is DeliveryKind.CLOSING and delivery.round_id is not None and delivery.user_id is not None:
        await privacy.erase_ended(
            session, workspace_id=delivery.workspace_id, user_id=delivery.user_id, round_id=delivery.round_id
        )


async def out_of_reach(session: AsyncSession, delivery: Delivery, *, now: datetime) -> None:
    """A check-in that should have been changed is gone, or not ours to: while its round is open it comes anew."""
    if delivery.kind is not DeliveryKind.REFRESH or delivery.round_id is None or delivery.user_id is None:
        return
    opened = await rounds.get(session, delivery.round_id, workspace_id=delivery.workspace_id)
    member = await rounds.member(session, delivery.round_id, delivery.user_id)
    if opened is None or member is None or not opened.is_open(now):
        return
    member.message_ts = None
    prompt = round_messages.prompt(opened, member.user_id, due=now)
    await deliveries.owe_again(session, workspace_id=delivery.workspace_id, message=prompt)
