"""The lines that managers, admins and others are sent about a team."""

from collections import Counter
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import file_message
from bot.delivery.drafts import Draft, Kind
from bot.kit.rubrics import Rubrics
from bot.teams import notice_views
from storage import deliveries, people, rounds, teams, workspaces
from storage.kinds import NoticeReason
from storage.models import Delivery


async def _draw_notice(session: AsyncSession, delivery: Delivery, rubrics: Rubrics, now: datetime) -> Draft | None:  # noqa: ARG001 - what every kind is handed
    details = delivery.details
    if details["reason"] == NoticeReason.FILE_FAILED:
        return Draft(file_message.file_failed(str(details["error"])))
    person = await people.get(session, workspace_id=delivery.workspace_id, user_id=delivery.user_id or "")
    if person is None or not person.is_full_member:
        return None  # they were a manager or an admin once
    if details["reason"] == NoticeReason.NOT_KNOWN and not details.get("people"):
        return None  # whom it was about were erased
    if details["reason"] == NoticeReason.SETTING and delivery.team_id is None:
        return Draft(notice_views.setting_in_the_way(str(details["error"]), needed=str(details.get("needed") or "")))
    team = await teams.get(session, delivery.team_id or 0, workspace_id=delivery.workspace_id)
    if team is None:
        return None
    if details["reason"] == NoticeReason.NOT_ASKED:
        unasked = await deliveries.failed_prompts(session, round_id=int(details["round_id"]))
        asked = len(await rounds.members(session, details["round_id"]))
        details = {**details, "failed": Counter(unasked.values()), "asked": asked, "who": list(unasked)}
    workspace = await workspaces.get(session, delivery.workspace_id)
    bot = workspace.bot_user_id if workspace is not None else ""
    return Draft(notice_views.notice(team.name, channel_id=team.channel_id, bot=bot, details=details))


NOTICE = Kind(_draw_notice)
