"""What managers hear of an open round: that all have answered, or that a summary lacks a few answers.

Each is told once for each round: the notices' keys see to that, whatever is killed and started again.
"""

import logging
from datetime import datetime

from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.kit.logs import where
from bot.notices import nearly_done, notify
from bot.notices.facts import NoticeFacts
from storage import answers, rounds, teams
from storage.engine import Database
from storage.models import Round, Team

log = logging.getLogger(__name__)


async def tell(
    session: AsyncSession, opened: Round, team: Team, *, is_late: bool, can_extend: bool = True, now: datetime
) -> None:
    """Tell the managers what there is to tell of a round, unless they heard it before.

    `can_extend`: whether it may be kept open longer, which is offered where answers are missing late in a round.
    """
    reason = nearly_done.news(opened, await answers.nearness(session, round_id=opened.id), is_late=is_late, now=now)
    if reason is not None:
        facts = NoticeFacts(reason=reason, round_id=opened.id, can_extend=can_extend)
        await notify.tell_managers(session, team, facts, about=f"round:{opened.id}", now=now)


async def after_an_answer(session: AsyncSession, *, workspace_id: str, round_id: int, now: datetime) -> None:
    """Somebody has finished, or skipped: tell the managers if nobody is left."""
    opened = await rounds.get(session, round_id, workspace_id=workspace_id)
    team = await teams.get(session, opened.team_id, workspace_id=workspace_id) if opened is not None else None
    if opened is not None and team is not None:
        await tell(session, opened, team, is_late=False, now=now)


async def catch_up(database: Database, *, now: datetime) -> None:
    """Tell of the rounds in which all had answered when the process that should have told of it was ended.

    Each in a transaction of its own: one that raises doesn't stop the others.
    """
    async with database.reading() as session:
        finished = await rounds.all_finished(session, closing_after=now + nearly_done.ABOUT_TO_CLOSE)
        found = [(each.workspace_id, each.id) for each in finished]
    for workspace_id, round_id in found:
        try:
            async with database.begin() as session:
                await after_an_answer(session, workspace_id=workspace_id, round_id=round_id, now=now)
        except (OperationalError, InterfaceError):
            raise  # the database itself: all are told of at the next tick
        except Exception as error:  # noqa: BLE001 - whatever is wrong with one round
            log.error("round %s: its managers can't be told that all have answered: %s", round_id, where(error))
