"""A team's channel as Slack changes it under us: lost, back again, under another id."""

from datetime import datetime

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.notices import notify
from bot.notices.facts import NoticeFacts
from bot.schedule import schedules
from bot.slack.calls import may_pass
from storage import teams
from storage.kinds import ChannelLoss, NoticeReason, TeamStep
from storage.models import Team

NEWS = {
    ChannelLoss.REMOVED: NoticeReason.CHANNEL_REMOVED,
    ChannelLoss.ARCHIVED: NoticeReason.CHANNEL_ARCHIVED,
    ChannelLoss.DELETED: NoticeReason.CHANNEL_DELETED,
}
"""What a team's managers are told of each loss."""


async def lose(session: AsyncSession, *, workspace_id: str, channel_id: str, loss: ChannelLoss, now: datetime) -> None:
    """Note that a team's channel can't be posted to, and tell its managers, once for each such change.

    A team whose channel is deleted is paused: nobody would see its summaries.
    """
    team = await _held(session, workspace_id=workspace_id, channel_id=channel_id)
    if team is None or team.channel_lost in {loss, ChannelLoss.DELETED}:
        return
    team.channel_lost = loss
    if loss is ChannelLoss.DELETED:
        schedules.pause(team)
    await notify.tell_managers(session, team, NoticeFacts(reason=NEWS[loss]), about=str(now.timestamp()), now=now)


async def regain(session: AsyncSession, *, workspace_id: str, channel_id: str, loss: ChannelLoss) -> None:
    """Note that this loss has an end."""
    team = await _held(session, workspace_id=workspace_id, channel_id=channel_id)
    if team is not None and team.channel_lost is loss:
        team.channel_lost = None


async def name_of(client: AsyncWebClient, channel_id: str) -> str | None:
    """What a channel is called; None where Slack doesn't tell us. What may pass is raised."""
    try:
        return str((await client.conversations_info(channel=channel_id))["channel"].get("name") or "")
    except SlackApiError as error:
        if may_pass(error):
            raise
        return None


async def _held(session: AsyncSession, *, workspace_id: str, channel_id: str) -> Team | None:
    team = await teams.of_channel(session, workspace_id=workspace_id, channel_id=channel_id)
    held = await teams.hold(session, team.id, workspace_id=workspace_id) if team is not None else None
    # What becomes of the channel of a team that is being deleted is nobody's business: a pause would keep it.
    return held if held is not None and held.next_step is not TeamStep.DELETE else None
