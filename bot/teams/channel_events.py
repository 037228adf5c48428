"""What Slack tells of teams' channels and groups: who came, who left, and what became of the channel itself.

Slack repeats events and mixes their order: each is handled so that a repetition changes nothing, and a roster is read
anew before each round.
"""

from typing import Any

from slack_bolt.async_app import AsyncApp

from bot.kit.clock import Clock
from bot.slack import ids
from bot.slack.client import Slack
from bot.teams import channels, managers
from storage import rosters, teams, workspaces
from storage.engine import Database
from storage.kinds import ChannelLoss, MemberSource

LOSSES = {
    "channel_left": ChannelLoss.REMOVED,
    "group_left": ChannelLoss.REMOVED,
    "channel_archive": ChannelLoss.ARCHIVED,
    "group_archive": ChannelLoss.ARCHIVED,
    "channel_deleted": ChannelLoss.DELETED,
    "group_deleted": ChannelLoss.DELETED,
}
UNARCHIVED = ("channel_unarchive", "group_unarchive")
EVENTS = (
    "member_joined_channel",
    "member_left_channel",
    "subteam_members_changed",
    "channel_id_changed",
    *LOSSES,
    *UNARCHIVED,
)
"""A new name of a channel isn't among them: a team has a name of its own, and is known by the channel's id."""


def register(app: AsyncApp) -> None:
    app.event("member_joined_channel")(joined)
    app.event("member_left_channel")(left)
    app.event("subteam_members_changed")(group_changed)
    app.event("channel_id_changed")(id_changed)
    for event in LOSSES:
        app.event(event)(lost)
    for event in UNARCHIVED:
        app.event(event)(unarchived)


async def joined(body: dict[str, Any], event: dict[str, Any], database: Database, slack: Slack) -> None:
    """Add them to the roster of the channel's team: the next round asks them. If it is us, the channel is back."""
    workspace_id, channel_id, user_id = ids.workspace_of(body), event["channel"], event["user"]
    us = (await slack.workspace(workspace_id)).bot_user_id
    async with database.begin() as session:
        if user_id == us:
            await channels.regain(session, workspace_id=workspace_id, channel_id=channel_id, loss=ChannelLoss.REMOVED)
        found = await rosters.made_of(
            session, workspace_id=workspace_id, source=MemberSource.CHANNEL, source_id=channel_id
        )
        await rosters.join(session, team_ids=found, user_ids=[user_id])


async def left(body: dict[str, Any], event: dict[str, Any], database: Database, clock: Clock) -> None:
    """Take them off the roster: what they answered counts, reminders end. An only manager's leave is told to admins.

    Whoever the team's members are: its manager need not be one of them. The event's own time tells it from another.
    """
    workspace_id, channel_id, user_id = ids.workspace_of(body), event["channel"], event["user"]
    async with database.begin() as session:
        found = await rosters.made_of(
            session, workspace_id=workspace_id, source=MemberSource.CHANNEL, source_id=channel_id
        )
        await rosters.leave(session, team_ids=found, user_ids=[user_id])
        team = await teams.of_channel(session, workspace_id=workspace_id, channel_id=channel_id)
        if team is not None:
            await managers.left_channel(session, team, user_id=user_id, event=str(event["event_ts"]), now=clock())


async def group_changed(body: dict[str, Any], event: dict[str, Any], database: Database) -> None:
    workspace_id = ids.workspace_of(body)
    async with database.begin() as session:
        found = await rosters.made_of(
            session, workspace_id=workspace_id, source=MemberSource.USERGROUP, source_id=event["subteam_id"]
        )
        await rosters.leave(session, team_ids=found, user_ids=event.get("removed_users") or [])
        await rosters.join(session, team_ids=found, user_ids=event.get("added_users") or [])


async def lost(body: dict[str, Any], event: dict[str, Any], database: Database, clock: Clock) -> None:
    """The channel is archived or deleted, or the app was taken out of it."""
    async with database.begin() as session:
        await channels.lose(
            session,
            workspace_id=ids.workspace_of(body),
            channel_id=event["channel"],
            loss=LOSSES[event["type"]],
            now=clock(),
        )


async def unarchived(body: dict[str, Any], event: dict[str, Any], database: Database) -> None:
    async with database.begin() as session:
        await channels.regain(
            session,
            workspace_id=ids.workspace_of(body),
            channel_id=event["channel"],
            loss=ChannelLoss.ARCHIVED,
        )


async def id_changed(body: dict[str, Any], event: dict[str, Any], database: Database) -> None:
    """A channel that is shared or converted gets a new id."""
    workspace_id = ids.workspace_of(body)
    async with database.begin() as session:
        # Somebody may be setting up a team in it, by its new id, at this moment.
        await workspaces.hold_channels(session, workspace_id)
        await teams.follow_channel(
            session,
            workspace_id=workspace_id,
            old_id=event["old_channel_id"],
            new_id=event["new_channel_id"],
        )
