"""Reading from Slack who belongs to a team, and what it says of each of them."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.schedule.zones import time_zones
from bot.slack import CALL_FAILED, Slack, pages
from storage import people, teams
from storage import rosters as stored_rosters
from storage.engine import Database
from storage.kinds import MemberSource
from storage.models import Team
from storage.people import Profile

AT_ONCE = 8
"""How many people are looked up at a time."""
FRESH = timedelta(days=7)
"""How long what Slack said of a person is believed without asking again."""


def profile(user: Mapping[str, Any]) -> Profile:
    """What a `user` object of Slack says, as far as it matters here."""
    details = user.get("profile") or {}
    zone = user.get("tz")  # one that our zone data lacks would break every computation it enters
    name = details.get("display_name") or user.get("real_name") or details.get("real_name") or user.get("name") or ""
    return Profile(
        user_id=str(user["id"]),
        name=str(name),
        time_zone=zone if zone in time_zones() else None,
        is_bot=bool(user.get("is_bot") or user.get("is_workflow_bot") or user.get("is_app_user")),
        is_guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted") or user.get("is_stranger")),
        is_deactivated=bool(user.get("deleted") or user.get("is_invited_user")),
        is_admin=bool(user.get("is_admin") or user.get("is_owner") or user.get("is_primary_owner")),
    )


async def look_up(client: AsyncWebClient, user_id: str) -> Profile:
    """One person, as Slack knows them now."""
    return profile((await client.users_info(user=user_id))["user"])


async def meet(client: AsyncWebClient, user_id: str, *, workspace_id: str, database: Database, now: datetime) -> None:
    """Ask Slack who somebody is, and keep it."""
    said = await look_up(client, user_id)
    async with database.begin() as session:
        await people.keep(session, workspace_id=workspace_id, profiles=[said], now=now)


async def read(
    client: AsyncWebClient,
    *,
    source: MemberSource,
    channel_id: str,
    usergroup_id: str | None,
    chosen: Sequence[str],
) -> list[str]:
    """User ids of a team's members, whoever they are: bots, guests and deactivated people included."""
    if source is MemberSource.USERGROUP:
        found = await client.usergroups_users_list(usergroup=usergroup_id or "")
        return [str(user) for user in found["users"]]
    if source is MemberSource.PEOPLE:
        return list(chosen)
    return [str(user) async for user in pages(client.conversations_members, "members", channel=channel_id)]


async def profiles(client: AsyncWebClient, user_ids: Iterable[str]) -> tuple[list[Profile], Exception | None]:
    """What Slack says of these people now, a few at a time, and the error that ended it before it told of all."""
    turns = asyncio.Semaphore(AT_ONCE)
    said: list[Profile] = []
    errors: list[Exception] = []

    async def one(user_id: str) -> None:
        async with turns:
            if errors:
                return  # whoever says "too many" is not asked on
            try:
                said.append(await look_up(client, user_id))
            except CALL_FAILED as error:
                errors.append(error)

    await asyncio.gather(*(one(user_id) for user_id in sorted(set(user_ids))))
    return said, errors[0] if errors else None


async def read_roster(team: Team, *, database: Database, slack: Slack, now: datetime) -> list[str]:
    """Read a team's members from Slack, with what it says of those we don't know or haven't asked about lately.

    Raises one of `bot.slack.CALL_FAILED` where Slack didn't tell of all: the roster stays as it was, and who was told
    of is known, so that the next reading goes on from there.
    """
    client = await slack.client(team.workspace_id)
    async with database.reading() as session:
        chosen = await teams.chosen_people(session, team.id)
    members = await read(
        client, source=team.source, channel_id=team.channel_id, usergroup_id=team.usergroup_id, chosen=chosen
    )
    async with database.reading() as session:
        known = await people.among(session, workspace_id=team.workspace_id, user_ids=members)
    stale = [user for user in members if user not in known or known[user].read_at < now - FRESH]
    said, error = await profiles(client, stale)
    async with database.begin() as session:
        held = await teams.hold(session, team.id)
        if held is not None:
            await people.keep(session, workspace_id=team.workspace_id, profiles=said, now=now)
            if error is None:
                await stored_rosters.replace(session, held, user_ids=members, now=now)
    if error is not None:
        raise error
    return members
