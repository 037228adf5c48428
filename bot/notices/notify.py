"""Lines about a team that managers, admins or others are owed: each once for each matter."""

import logging
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.notices.facts import NoticeFacts
from bot.notices.messages import Notice
from bot.slack import refusals
from bot.slack.calls import Refusal
from storage import deliveries, teams, workspaces
from storage.kinds import NoticeReason
from storage.models import Team

log = logging.getLogger(__name__)


async def tell_managers(session: AsyncSession, team: Team, facts: NoticeFacts, *, about: str, now: datetime) -> None:
    """Owe a line to each of the team's managers; `about` keeps it to once for each matter."""
    user_ids = await answerable(session, team)
    await tell(session, team, facts, user_ids=user_ids, about=about, now=now)


async def tell_unasked(session: AsyncSession, team: Team, *, round_id: int, due: datetime) -> None:
    """Owe the managers a line about the members who couldn't be asked; it counts them when it is sent.

    Some may follow after it was sent, as where each is asked at their own local time: then it is sent once more.
    """
    facts = NoticeFacts(reason=NoticeReason.NOT_ASKED, round_id=round_id)
    for user_id in await answerable(session, team):
        notice = Notice.of(team, user_id, facts, about=str(round_id))
        await deliveries.owe_again(session, workspace_id=team.workspace_id, message=notice.row(due=due))


async def answerable(session: AsyncSession, team: Team) -> Sequence[str]:
    """Who is told what a team's managers must know: they themselves, or the admins where none of them is left."""
    managers = await teams.active_managers(session, team.id)
    return managers or await workspaces.admins(session, workspace_id=team.workspace_id)


async def tell(
    session: AsyncSession, team: Team, facts: NoticeFacts, *, user_ids: Sequence[str], about: str, now: datetime
) -> None:
    """Owe a line to these people about a team."""
    notices = [Notice.of(team, user_id, facts, about=about).row(due=now) for user_id in user_ids]
    await deliveries.owe(session, workspace_id=team.workspace_id, messages=notices)


async def tell_of_setting(
    session: AsyncSession, refused: Refusal, *, workspace_id: str, team: Team | None, now: datetime
) -> None:
    """Owe the admins a line about a setting, plan or policy that stands in our way, once for each such word of Slack's.

    Where we know of no admin, the managers of the team that it is about.
    """
    told = await workspaces.admins(session, workspace_id=workspace_id)
    if not told and team is not None:
        told = await teams.active_managers(session, team.id)
    facts = NoticeFacts(reason=NoticeReason.SETTING, error=str(refused), needed=refused.needed)
    messages = [
        Notice(
            workspace_id=workspace_id,
            key=f"setting:{refused.code}:{refused.needed}:{user_id}"[:120],
            user_id=user_id,
            team_id=team.id if team is not None else None,
            facts=facts,
        ).row(due=now)
        for user_id in told
    ]
    if await deliveries.owe(session, workspace_id=workspace_id, messages=messages) or not told:
        log.warning(
            "a setting of workspace %s is in the way of %s: %s. %s",
            workspace_id,
            refused.method,
            refused,
            refusals.setting_in_the_way(refused.code or "", needed=refused.needed),
        )
