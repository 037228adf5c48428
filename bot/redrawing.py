"""A check-in message replaced through its `response_url`, which no rate limit counts."""

from slack_bolt.async_app import AsyncRespond

from bot import aftermath
from bot.clock import Clock
from bot.views.message import Message
from storage.engine import Database


async def replace(
    respond: AsyncRespond,
    message: Message,
    *,
    database: Database,
    clock: Clock,
    workspace_id: str,
    round_id: int,
    user_id: str,
) -> None:
    """Show the message instead of the one that was tapped; if its round has ended meanwhile, see that it goes again."""
    await respond(replace_original=True, **message.payload())
    async with database.begin() as session:
        await aftermath.after_redrawing(
            session, workspace_id=workspace_id, round_id=round_id, user_id=user_id, now=clock()
        )
