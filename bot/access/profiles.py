"""Who somebody is, as Slack tells it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.schedule.zones import time_zones
from bot.slack.calls import CALL_FAILED
from bot.slack.ids import APP_NAME
from storage import people, workspaces
from storage.engine import Database
from storage.models import Workspace
from storage.people import Profile


def profile(user: Mapping[str, Any], workspace: Workspace) -> Profile:
    """What a `user` object of Slack says to this workspace, as far as it matters here."""
    details = user.get("profile") or {}
    zone = user.get("tz")  # one that our zone data lacks would break every computation it enters
    name = details.get("display_name") or user.get("real_name") or details.get("real_name") or user.get("name") or ""
    return Profile(
        user_id=str(user["id"]),
        name=str(name),
        time_zone=zone if zone in time_zones() else None,
        is_bot=bool(user.get("is_bot") or user.get("is_workflow_bot") or user.get("is_app_user")),
        is_guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
        is_deactivated=bool(user.get("deleted") or user.get("is_invited_user")),
        is_admin=_is_of(user, workspace)
        and bool(user.get("is_admin") or user.get("is_owner") or user.get("is_primary_owner")),
        is_external=_is_external(user, workspace),
    )


def _is_of(user: Mapping[str, Any], workspace: Workspace) -> bool:
    """Whether somebody is of this very workspace; of another one, whatever they are there, they are it there."""
    is_at_home = user.get("team_id") in {None, workspace.id}
    return is_at_home or workspace.id in ((user.get("enterprise_user") or {}).get("teams") or ())


def _is_external(user: Mapping[str, Any], workspace: Workspace) -> bool:
    """Whether somebody is of another organisation: `is_stranger` says so only of who shares no channel with the app."""
    if user.get("team_id") in {None, workspace.id}:
        return bool(user.get("is_stranger"))
    if _is_of(user, workspace):
        return False
    theirs = user.get("enterprise_user") or {}
    return workspace.enterprise_id is None or theirs.get("enterprise_id") != workspace.enterprise_id


async def look_up(client: AsyncWebClient, user_id: str, workspace: Workspace) -> Profile:
    """One person, as Slack knows them now."""
    return profile((await client.users_info(user=user_id))["user"], workspace)


async def own_name(client: AsyncWebClient, workspace: Workspace) -> str:
    """What people type to invite this app; where Slack doesn't say it now, its name in the manifest."""
    try:
        return (await look_up(client, workspace.bot_user_id, workspace)).name
    except CALL_FAILED:
        return APP_NAME


async def meet(client: AsyncWebClient, user_id: str, *, workspace_id: str, database: Database, now: datetime) -> None:
    """Ask Slack who somebody is, and keep it."""
    async with database.reading() as session:
        workspace = await workspaces.known(session, workspace_id)
    said = await look_up(client, user_id, workspace)
    async with database.begin() as session:
        await people.keep(session, workspace_id=workspace_id, profiles=[said], now=now)
