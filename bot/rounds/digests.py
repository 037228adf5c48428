"""The digests that a closed round owes."""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from storage import deliveries, overview, round_messages
from storage.models import Round

AFTER_THE_SUMMARY = timedelta(seconds=5)
"""How much later than the summary a digest is due, which links to it."""


async def owe_digests(session: AsyncSession, closed: Round, *, now: datetime) -> None:
    """Owe a digest to each active manager of the round's team who manages another team as well."""
    await deliveries.owe(
        session,
        workspace_id=closed.workspace_id,
        messages=[
            round_messages.digest(closed, user_id, due=now + AFTER_THE_SUMMARY)
            for user_id in await overview.managers_of_several(session, closed.team_id)
        ],
    )
