"""How late the program is as a whole, for whoever watches it."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.kinds import RoundState
from storage.models import Delivery, Round, Team


async def late_rounds(session: AsyncSession, *, before: datetime) -> int:
    """How many rounds should have opened or closed before then and haven't."""
    to_open = select(func.count()).select_from(Team).where(Team.next_round_at < before)
    to_close = select(func.count()).select_from(Round).where(Round.state == RoundState.OPEN, Round.closes_at < before)
    return sum([(await session.execute(query)).scalar_one() for query in (to_open, to_close)])


async def oldest_due(session: AsyncSession, *, now: datetime) -> float:
    """For how many seconds the oldest delivery that waits for a worker has been due; 0 where none does."""
    query = select(func.min(Delivery.next_attempt_at)).where(Delivery.next_attempt_at <= now)
    since = (await session.execute(query)).scalar_one()
    return 0.0 if since is None else (now - since).total_seconds()
