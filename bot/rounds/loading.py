"""What the messages of a round need to be drawn: the round and its team, links, and the wait for its summary."""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.drafts import wait_for
from bot.slack.ids import permalink
from storage import rounds, teams, workspaces
from storage.keys import summary_key
from storage.models import Delivery, Round, RoundMember, Team

SUMMARY_WITHIN = timedelta(seconds=60)
"""How long the closing messages wait for the summary that they link to."""


async def round_and_team(session: AsyncSession, delivery: Delivery) -> tuple[Round, Team] | None:
    """The round that a message is about, and its team; None where either is gone."""
    found = await rounds.get(session, delivery.round_id or 0, workspace_id=delivery.workspace_id)
    if found is None:
        return None
    team = await teams.get(session, found.team_id, workspace_id=delivery.workspace_id)
    return (found, team) if team is not None else None


async def member_of(session: AsyncSession, delivery: Delivery) -> RoundMember | None:
    """The round's member whom a message is for."""
    return await rounds.member(session, delivery.round_id or 0, delivery.user_id or "")


async def link_to(
    session: AsyncSession, workspace_id: str, channel_id: str | None, message_ts: str | None
) -> str | None:
    """The address of a message in Slack; None where it isn't known."""
    workspace = await workspaces.get(session, workspace_id)
    if workspace is None or channel_id is None or message_ts is None:
        return None
    return permalink(workspace.url, channel_id, message_ts)


async def wait_for_summary(session: AsyncSession, delivery: Delivery, closed: Round, *, now: datetime) -> None:
    """Raise NotYetError for a while, until the summary is there to be linked to."""
    latest = closed.closed_at + SUMMARY_WITHIN if closed.closed_at is not None else now
    if closed.summary_ts is None and now < latest:
        await wait_for(session, delivery, summary_key(closed.id), now=now, latest=latest)
