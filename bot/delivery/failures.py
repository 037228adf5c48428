"""Who must know of a message that couldn't be sent; within the transaction that settles it."""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot import telling
from bot.calls import Refusal
from bot.delivery.fates import CHANNEL_POSTS
from storage import deliveries, teams
from storage.deliveries import Owed
from storage.kinds import DeliveryKind, NoticeReason
from storage.models import Delivery

TOGETHER = timedelta(minutes=5)
"""How long a manager's line about people who couldn't be asked waits for the others."""


async def tell(session: AsyncSession, delivery: Delivery, *, error: str, now: datetime) -> None:
    """Owe the news of a failure: who asked for a file gets it; managers do of a summary, and of who wasn't asked."""
    if delivery.kind is DeliveryKind.FILE:
        await _tell_who_asked(session, delivery, error=error, now=now)
        return
    if delivery.team_id is None or delivery.kind not in {*CHANNEL_POSTS, DeliveryKind.PROMPT}:
        return
    team = await teams.get(session, delivery.team_id, workspace_id=delivery.workspace_id)
    if team is None:
        return
    round_id = delivery.round_id or 0
    if delivery.kind is DeliveryKind.PROMPT:
        await telling.tell_unasked(session, team, round_id=round_id, due=now + TOGETHER)
        return
    shared = delivery.kind is DeliveryKind.SHARE
    by = [str(delivery.details["by"])] if shared else await telling.answerable(session, team)
    await telling.tell(
        session,
        team,
        user_ids=by,
        reason=NoticeReason.SHARE_FAILED if shared else NoticeReason.SUMMARY_FAILED,
        about=f"{round_id}:{delivery.attempt}:{delivery.id}",
        now=now,
        error=error,
        round_id=round_id,
        channel=delivery.channel_id or "",
    )


async def _tell_who_asked(session: AsyncSession, delivery: Delivery, *, error: str, now: datetime) -> None:
    notice = Owed(
        key=f"file:{delivery.id}:failed",
        kind=DeliveryKind.NOTICE,
        due=now,
        user_id=delivery.user_id,
        details={"reason": NoticeReason.FILE_FAILED, "error": error},
    )
    await deliveries.owe(session, workspace_id=delivery.workspace_id, messages=[notice])


async def tell_of_setting(session: AsyncSession, delivery: Delivery, refused: Refusal, *, now: datetime) -> None:
    """Owe who can change it, once, the news of a setting that stands in the way of messages like this one."""
    team = await teams.get(session, delivery.team_id or 0, workspace_id=delivery.workspace_id)
    await telling.tell_of_setting(session, refused, workspace_id=delivery.workspace_id, team=team, now=now)
