"""A check-in message replaced through its `response_url`, which no rate limit counts; its receipt, where that fails."""

from datetime import datetime

from slack_bolt.async_app import AsyncRespond
from sqlalchemy.ext.asyncio import AsyncSession

from bot.check_ins import current
from bot.check_ins import messages as check_in_messages
from bot.kit.clock import Clock
from bot.slack import replies
from bot.slack.blocks import Message
from storage import rounds
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
    where: tuple[str, str] | None,
    changing: bool = False,
) -> None:
    """Show the message instead of the one that was tapped; if its round has ended meanwhile, see that it goes again.

    Where Slack doesn't take it at that address, a worker brings the check-in up to date within seconds. `where` is the
    direct message that was tapped, with its answers: the close must find it, also where nobody knew that it arrived.
    """
    taken = await replies.taken(message, respond=respond, replace=True)
    async with database.begin() as session:
        if where is not None:
            channel_id, message_ts = where
            await rounds.found_at(
                session, round_id=round_id, user_id=user_id, channel_id=channel_id, message_ts=message_ts
            )
        if not taken:
            await owe_receipt(
                session, workspace_id=workspace_id, round_id=round_id, user_id=user_id, now=clock(), changing=changing
            )
        await check_in_messages.after_redrawing(
            session, workspace_id=workspace_id, round_id=round_id, user_id=user_id, now=clock()
        )


async def owe_receipt(
    session: AsyncSession, *, workspace_id: str, round_id: int, user_id: str, now: datetime, changing: bool = False
) -> bool:
    """Owe somebody the sight of what is kept of their answers, where the answer to a tap got lost or came too early.

    A worker brings their check-in up to date as it is then: the receipt of a complete one, else the questions with what
    is kept; the questions of a complete one while they are `changing` it. False where they aren't asked in that round.
    """
    return await current.redraw_later(
        session, workspace_id=workspace_id, round_id=round_id, user_id=user_id, now=now, changing=changing
    )
