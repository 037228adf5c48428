"""A check-in's one message brought up to date, wherever it is.

Through the `response_url` of a tap, which no rate limit counts; else, or where that fails, by a worker.
"""

from datetime import datetime

from slack_bolt.async_app import AsyncRespond
from sqlalchemy.ext.asyncio import AsyncSession

from bot.check_ins.messages import Prompt, Refresh, after_redrawing
from bot.kit.clock import Clock
from bot.notices import nearly_done_news
from bot.slack import response_urls
from bot.slack.blocks import Message
from storage import deliveries, rounds
from storage.engine import Database
from storage.keys import round_key
from storage.kinds import ENDED, DeliveryKind
from storage.models import Round, RoundMember


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
    finished: bool = False,
) -> None:
    """Show the message instead of the one that was tapped; if its round has ended meanwhile, see that it goes again.

    Where Slack doesn't take it at that address, a worker brings the check-in up to date within seconds. `where` is the
    direct message that was tapped, with its answers: the close must find it, also where nobody knew that it arrived.
    Where the member has `finished` the managers may hear that nobody is left.
    """
    taken = await response_urls.taken(message, respond=respond, replace=True)
    async with database.begin() as session:
        if where is not None:
            channel_id, message_ts = where
            await rounds.found_at(
                session, round_id=round_id, user_id=user_id, channel_id=channel_id, message_ts=message_ts
            )
        if not taken:
            await redraw_later(
                session, workspace_id=workspace_id, round_id=round_id, user_id=user_id, now=clock(), changing=changing
            )
        await after_redrawing(session, workspace_id=workspace_id, round_id=round_id, user_id=user_id, now=clock())
        if finished:
            await nearly_done_news.after_an_answer(session, workspace_id=workspace_id, round_id=round_id, now=clock())


async def redraw_later(
    session: AsyncSession, *, workspace_id: str, round_id: int, user_id: str, now: datetime, changing: bool = False
) -> bool:
    """Owe a redrawing of the member's check-in message; False where there is none, nor one that may be there already.

    A check-in that is in the air, or of unknown fate, was drawn before: it is redrawn once it is known where it is.
    """
    member = await rounds.member(session, round_id, user_id)
    if member is None:
        return False
    if member.message_ts is None:
        key = round_key(round_id, DeliveryKind.PROMPT, user_id)
        prompt = await deliveries.get(session, workspace_id=workspace_id, key=key)
        if prompt is None or prompt.state in ENDED or not prompt.maybe_sent:
            return False
    refresh = Refresh.to_member(workspace_id, round_id, user_id, changing=changing)
    await deliveries.owe_again(session, workspace_id=workspace_id, message=refresh.row(due=now))
    return True


async def bring_up(session: AsyncSession, opened: Round, member: RoundMember, *, now: datetime) -> None:
    """Have the message of somebody's check-in drawn as it is now; one that never arrived is sent."""
    workspace_id, user_id = opened.workspace_id, member.user_id
    if not await redraw_later(session, workspace_id=workspace_id, round_id=opened.id, user_id=user_id, now=now):
        prompt = Prompt.of(opened, user_id).row(due=now)
        await deliveries.owe_again(session, workspace_id=workspace_id, message=prompt)
