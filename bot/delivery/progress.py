"""What one attempt to send a message leaves for the next, in its row beside what the message itself keeps."""

from dataclasses import asdict, dataclass, fields
from typing import Any, Self
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from storage import deliveries
from storage.models import Delivery


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a message has come."""

    file_id: str | None = None
    """The file that is being shared, from before it may be seen."""
    instead: str | None = None
    """The `ts` of the message that we can't change, once this one is sent anew."""
    refused: int | None = None
    """How often Slack refused to show a picture."""

    @classmethod
    def of(cls, delivery: Delivery) -> Self:
        """What the attempts before left."""
        return cls(**{field.name: delivery.details.get(field.name) for field in fields(cls)})

    async def keep(self, session: AsyncSession, delivery: Delivery, *, worker: UUID) -> bool:
        """Keep it from now on; False where another worker has taken the delivery over meanwhile."""
        mine = asdict(self)
        details: dict[str, Any] = {name: value for name, value in delivery.details.items() if name not in mine}
        details |= {name: value for name, value in mine.items() if value is not None}
        if not await deliveries.remember_details(session, delivery.id, worker=worker, details=details):
            return False
        delivery.details = details
        return True
