"""What the bot owes to people and what has arrived: its database on one side, the local Slack on the other."""

from collections import Counter
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.demo.city import City
from bot.slack.ids import METADATA_EVENT
from storage.kinds import DeliveryState
from storage.models import ActionItem, Delivery

SOON = timedelta(minutes=2)
"""What is to be tried again within this time is on its way; what is due later was put off."""
UNDER_WAY = (DeliveryState.PENDING, DeliveryState.SENDING)


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """How many messages are owed in all, and what has become of them."""

    owed: int
    arrived: int
    waiting: int
    failed: int
    doubled: int

    def json(self) -> dict[str, int]:
        return asdict(self)


async def read(session: AsyncSession, city: City, *, now: datetime) -> Ledger:
    """Both sides as they are now."""
    workspace_id = city.workspace.id
    query = (
        select(Delivery.state, func.count())
        .where(
            Delivery.workspace_id == workspace_id,
            or_(Delivery.next_attempt_at.is_(None), Delivery.next_attempt_at <= now + SOON),
        )
        .group_by(Delivery.state)
    )
    found = {DeliveryState(state): number for state, number in await session.execute(query)}
    return Ledger(
        owed=sum(number for state, number in found.items() if state is not DeliveryState.SKIPPED),
        arrived=found.get(DeliveryState.SENT, 0),
        waiting=sum(found.get(state, 0) for state in UNDER_WAY),
        failed=found.get(DeliveryState.FAILED, 0),
        doubled=_doubled(city),
    )


async def put_off_until(session: AsyncSession, *, workspace_id: str, now: datetime) -> datetime | None:
    """When the first message that isn't on its way yet is due."""
    query = select(func.min(Delivery.next_attempt_at)).where(
        Delivery.workspace_id == workspace_id, Delivery.next_attempt_at > now + SOON
    )
    return (await session.execute(query)).scalar_one_or_none()


async def asked_about_at(session: AsyncSession, *, workspace_id: str, now: datetime) -> datetime | None:
    """When the first owner of an action is asked what became of it."""
    query = select(func.min(ActionItem.remind_at)).where(
        ActionItem.workspace_id == workspace_id, ActionItem.remind_at > now
    )
    return (await session.execute(query)).scalar_one_or_none()


def _doubled(city: City) -> int:
    """How many deliveries stand in the local Slack more than once."""
    marks = Counter(
        message.content.metadata["event_payload"]["delivery_id"]
        for channel in city.workspace.channels.values()
        for message in channel.messages.values()
        if message.content.metadata and message.content.metadata.get("event_type") == METADATA_EVENT
    )
    return sum(number > 1 for number in marks.values())
