"""Reading from Slack who belongs to a team, and what it says of each of them."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.access.profiles import look_up
from bot.slack.calls import CALL_FAILED, comes_again, pages, refusal_of, word_of
from bot.slack.verdicts import Verdict
from storage import people, rosters, teams, workspaces
from storage.engine import Database
from storage.kinds import MemberSource
from storage.models import Team, Workspace
from storage.people import Profile

AT_ONCE = 8
"""How many people are looked up at a time."""
ABOUT_ALL = frozenset({Verdict.PASSING, Verdict.INSTALLATION, Verdict.SETTING})
"""What a refusal is about that says nothing of the person who was asked about."""
MOST_FAILURES = 3
"""People whom Slack, in trouble, told nothing of, after which no more are asked about for now."""
FRESH = timedelta(days=7)
"""How long what Slack said of a person is believed without asking again."""


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


@dataclass(slots=True)
class Told:
    """What Slack says of people: their profiles, and its word for each that it tells nothing of."""

    profiles: list[Profile] = field(default_factory=list)
    untold: dict[str, str] = field(default_factory=dict)
    error: Exception | None = None
    """Why it wasn't told of all that it may yet tell of."""


async def profiles(client: AsyncWebClient, user_ids: Iterable[str], workspace: Workspace) -> Told:
    """What Slack says of these people now, a few at a time; one that it doesn't tell of keeps none from the others."""
    turns = asyncio.Semaphore(AT_ONCE)
    told = Told()
    failures = 0

    async def one(user_id: str) -> None:
        nonlocal failures
        async with turns:
            if failures >= MOST_FAILURES:
                return
            try:
                told.profiles.append(await look_up(client, user_id, workspace))
            except CALL_FAILED as error:
                said = refusal_of(error) if isinstance(error, SlackApiError) else None
                is_about_all = said is None or said.verdict in ABOUT_ALL
                # What comes again counts for more than what doesn't: then the roster is read again.
                if comes_again(error) or (is_about_all and told.error is None):
                    told.error = error
                if not is_about_all:
                    told.untold[user_id] = str(said)
                    return
                # Whoever says "too many" is not asked on.
                failures += MOST_FAILURES if said is not None and said.is_rate_limit else 1

    await asyncio.gather(*(one(user_id) for user_id in sorted(set(user_ids))))
    return told


@dataclass(frozen=True, slots=True)
class Roster:
    """A team's members as Slack told of them."""

    members: Sequence[str]
    unknown: Mapping[str, str]
    """Who can't be asked since nothing is known of them, each with Slack's word for it."""
    error: Exception | None = None
    """Why Slack, asked again, may tell more."""


async def read_roster(team: Team, *, database: Database, client: AsyncWebClient, now: datetime) -> Roster:
    """Read a team's members from Slack, with what it says of those we don't know or haven't asked about lately.

    Who belongs to the team is kept as it is told, and so is who was told of: the next reading goes on from there.
    Raises one of `bot.slack.calls.CALL_FAILED` where Slack didn't say who belongs to it: the roster stays as it was.
    """
    async with database.reading() as session:
        chosen = await teams.chosen_people(session, team.id)
    members = await read(
        client, source=team.source, channel_id=team.channel_id, usergroup_id=team.usergroup_id, chosen=chosen
    )
    async with database.reading() as session:
        workspace = await workspaces.known(session, team.workspace_id)
        found = await people.among(session, workspace_id=team.workspace_id, user_ids=members)
    known = {user_id: person for user_id, person in found.items() if person.is_full_member is not None}
    stale = [user for user in members if user not in known or known[user].read_at < now - FRESH]
    told = await profiles(client, stale, workspace)
    async with database.begin() as session:
        held = await teams.hold(session, team.id)
        if held is not None:
            await people.keep(session, workspace_id=team.workspace_id, profiles=told.profiles, now=now)
            await rosters.replace(session, held, user_ids=members, now=now)
    met = known.keys() | {profile.user_id for profile in told.profiles}
    why = word_of(told.error) if told.error is not None else ""
    unknown = {user_id: told.untold.get(user_id, why) for user_id in members if user_id not in met}
    return Roster(members, unknown, told.error)
