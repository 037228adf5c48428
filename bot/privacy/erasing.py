"""Erasing somebody at their own word: which of their open rounds they leave, and what can't be undone."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.check_ins import redraw
from bot.kit.errors import UserError
from bot.kit.i18n import _
from storage import privacy, rounds
from storage.kinds import RoundState


async def erase(session: AsyncSession, *, workspace_id: str, user_id: str, now: datetime) -> None:
    """Erase all that is stored about somebody, but for what must stay (`bot.privacy.views.erasing` names it).

    Their open rounds are left out as by a skip, with the message that shows their answers replaced; they are erased
    from them once the closing message is out, unless they took the round up again. UserError while
    an ended round has a message to replace yet: without them nobody would know which.
    """
    stored = await privacy.about(session, workspace_id=workspace_id, user_id=user_id)
    ended = []
    for each in stored.check_ins:
        left_out = each.round.state is RoundState.OPEN and await rounds.skip(
            session, workspace_id=workspace_id, round_id=each.round.id, user_id=user_id, now=now, skipped=True
        )
        if not left_out:
            ended.append(each.round.id)
            continue
        await privacy.erase_at_close(session, workspace_id=workspace_id, user_id=user_id, round_id=each.round.id)
        await redraw.redraw_later(session, workspace_id=workspace_id, round_id=each.round.id, user_id=user_id, now=now)
    closing = any(each.round.id in ended and each.round.state is RoundState.OPEN for each in stored.check_ins)
    if closing or await privacy.on_their_way(session, workspace_id=workspace_id, user_id=user_id, round_ids=ended):
        raise UserError(
            _("A round of yours has just closed, and your check-in message is still being replaced. "
              "Nothing was deleted: try again in a few minutes.")
        )  # fmt: skip
    await privacy.erase(session, workspace_id=workspace_id, user_id=user_id, round_ids=ended)
