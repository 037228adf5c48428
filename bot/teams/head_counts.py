"""How many a form would have asked, and how many of those it names aren't: numbers, and nobody's name.

People who are away, or chose not to be asked, count like all others: nobody learns of it from a form.
"""

from collections.abc import Collection, Sequence

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.access import roles
from bot.access.roles import Power
from bot.slack.services import Services
from bot.teams import members_from_slack
from bot.teams.form import SetupForm
from bot.teams.head_count_views import HeadCount
from storage import people, rosters, workspaces
from storage.kinds import MemberSource
from storage.models import Team

MOST_COUNTED = 200
"""People of whom Slack is asked who they are: of more only about how many they are is told."""


async def of(
    form: SetupForm, team: Team | None, client: AsyncWebClient, services: Services, *, workspace_id: str, user_id: str
) -> HeadCount | None:
    """Whom the form would have asked; None where Slack doesn't say in time, or not to whoever is at the form.

    A form may have been forged: a guest reads nothing, nor does who may not change the team or isn't in the channel.
    """
    now = services.clock()
    async with services.database.reading() as session:
        asker = await people.get(session, workspace_id=workspace_id, user_id=user_id)
        may = asker is not None and bool(asker.is_full_member)
        if may and team is not None:
            may = (await roles.standing(session, team, user_id=user_id)).may(Power.SETTINGS)
    channel_id = form.channel_id if team is None else team.channel_id
    about = _about(form, channel_id=channel_id)
    if not may or about is None:
        return None

    async def meet() -> list[str]:
        found = await members_from_slack.read(
            client,
            source=form.source,
            channel_id=channel_id,
            usergroup_id=form.usergroup_id,
            chosen=form.people,
        )
        if len(found) <= MOST_COUNTED:
            async with services.database.reading() as session:
                workspace = await workspaces.known(session, workspace_id)
                known = await people.among(session, workspace_id=workspace_id, user_ids=found)
            unmet = [each for each in found if each not in known or known[each].is_full_member is None]
            told = await members_from_slack.profiles(client, unmet, workspace)
            async with services.database.begin() as session:
                await people.keep(session, workspace_id=workspace_id, profiles=told.profiles, now=now)
        return found

    found = await services.met.get(f"{workspace_id}:{about}", meet, now=now)
    if found is None or (form.source is MemberSource.CHANNEL and user_id not in found):
        return None
    async with services.database.reading() as session:
        return await among(session, found, workspace_id=workspace_id)


def _about(form: SetupForm, *, channel_id: str) -> str | None:
    """What Slack is asked about; None where nothing is chosen yet."""
    if form.source is MemberSource.PEOPLE:
        return " ".join(sorted(form.people)) or None
    return form.usergroup_id if form.source is MemberSource.USERGROUP else channel_id


async def among(session: AsyncSession, user_ids: Collection[str], *, workspace_id: str) -> HeadCount | None:
    """How many of these a round would ask; None where Slack hasn't said of all of them who they are."""
    if len(user_ids) > MOST_COUNTED:
        return HeadCount(asked=_rounded(len(user_ids)), is_rough=True)
    workspace = await workspaces.known(session, workspace_id)
    known = await people.among(session, workspace_id=workspace_id, user_ids=sorted(set(user_ids)))
    reasons: Sequence[str] = [
        "this app" if person.user_id == workspace.bot_user_id
        else "asked" if person.is_full_member
        else "app" if person.is_bot
        else "deactivated" if person.is_deactivated
        else "elsewhere" if person.is_external
        else "guest" if person.is_guest
        else "unknown"
        for person in known.values()
    ]  # fmt: skip
    if "unknown" in reasons or len(known) < len(set(user_ids)):
        return None
    return HeadCount(
        asked=reasons.count("asked"),
        guests=reasons.count("guest"),
        elsewhere=reasons.count("elsewhere"),
        apps=reasons.count("app"),
        deactivated=reasons.count("deactivated"),
        has_this_app=workspace.bot_user_id in user_ids,
    )


def _rounded(number: int) -> int:
    """To two figures: 3,412 is about 3,400."""
    return round(number, 2 - len(str(number)))


async def of_roster(session: AsyncSession, team: Team) -> HeadCount | None:
    """Of a team whose members were read; None where they weren't yet, or not who all of them are."""
    listed = await rosters.listed(session, team.id)
    return await among(session, listed, workspace_id=team.workspace_id) if listed else None
