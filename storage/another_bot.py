"""The app deleted at Slack and made anew: another bot user, which reaches nothing that the old one wrote."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage import deliveries
from storage.keys import round_key
from storage.kinds import DeliveryKind, RoundState
from storage.models import Delivery, Person, Round, RoundMember


async def forget_places(session: AsyncSession, *, workspace_id: str, now: datetime) -> None:
    """Forget all direct messages and messages of the old bot; who is still asked in an open round is asked anew.

    The buttons of the old check-ins lead nowhere any more. Summaries of closed rounds stay where they can be read.
    """
    await session.execute(update(Person).where(Person.workspace_id == workspace_id).values(dm_channel=None))
    await session.execute(
        update(Delivery)
        .where(Delivery.workspace_id == workspace_id, Delivery.user_id.is_not(None), Delivery.channel_id.is_not(None))
        .values(channel_id=None)
    )
    still_open = (
        await session.execute(
            select(Round)
            .where(Round.workspace_id == workspace_id, Round.state == RoundState.OPEN, Round.closes_at > now)
            .order_by(Round.id)
        )
    ).scalars()
    for opened in list(still_open):
        await _ask_anew(session, opened, now=now)
    of_workspace = select(Round.id).where(Round.workspace_id == workspace_id)
    await session.execute(
        update(RoundMember)
        .where(RoundMember.round_id.in_(of_workspace), RoundMember.message_ts.is_not(None))
        .values(channel_id=None, message_ts=None)
    )


async def _ask_anew(session: AsyncSession, opened: Round, *, now: datetime) -> None:
    """Owe their check-in once more to those who had it and haven't left the round out."""
    asked = await session.execute(
        select(RoundMember.user_id)
        .where(RoundMember.round_id == opened.id, RoundMember.message_ts.is_not(None), RoundMember.skipped.is_(False))
        .order_by(RoundMember.user_id)
    )
    for user_id in asked.scalars():
        await deliveries.again(
            session,
            workspace_id=opened.workspace_id,
            key=round_key(opened.id, DeliveryKind.PROMPT, user_id),
            due=now,
            expires_at=opened.closes_at,
        )
