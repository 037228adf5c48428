"""Setting a team up: what Slack must be asked, and the row that comes of its settings."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.access import roles
from bot.access.roles import Power
from bot.check_ins import reminders
from bot.kit.errors import UserError
from bot.kit.i18n import _
from bot.schedule import schedules
from bot.slack.blocks import inert
from bot.slack.calls import refusal_of
from bot.slack.ids import Do
from bot.teams import channel_news, names, team_settings
from bot.teams.form import SetupForm, country_block, settings_of, shown, subdivision_block
from bot.teams.form_checks import check_form
from bot.teams.team_settings import TeamSettings
from storage import audit, people, rounds, teams, workspaces
from storage.kinds import Deed
from storage.models import Team
from storage.people import Profile

WHEN = (Do.SET_WEEKDAY, Do.SET_CADENCE, Do.SET_TIME, Do.SET_ZONE)
"""The fields that a schedule is made from; a country and its part beside them."""


class NotInvitedError(Exception):
    """The bot doesn't see this channel: it is private, and nobody has invited it."""

    def __init__(self, channel_id: str) -> None:
        super().__init__(channel_id)
        self.channel_id = channel_id


def form_of(team: Team, *, chosen: tuple[str, ...], now: datetime) -> SetupForm:
    """A team's settings as a form."""
    return shown(team_settings.of_team(team, chosen=chosen, now=now), channel_id=team.channel_id, team_id=team.id)


def next_dates(form: SetupForm, team: Team | None, *, now: datetime) -> list[datetime] | str:
    """The next three openings that a form leads to; a sentence where it leads to none."""
    wrong = check_form(form)
    for field in (*WHEN, country_block(form.suggested), subdivision_block(form.country)):
        if field in wrong:
            return wrong[field]
    return team_settings.next_dates(settings_of(form), team, now=now)


async def look_at_channel(client: AsyncWebClient, channel_id: str) -> str:
    """The channel's name; NotInvitedError for a private one that the bot isn't in, UserError for one of no use."""
    return str((await _channel(client, channel_id)).get("name") or "")


async def enter_channel(client: AsyncWebClient, channel_id: str, *, is_in: bool = True) -> str:
    """Be in the channel, so that summaries can be posted, as above; a public one is joined. Its name.

    Who isn't in it (`is_in`) doesn't learn whether the app is in a private one.
    """
    channel = await _channel(client, channel_id, is_in=is_in)
    if not is_in:
        raise UserError(_("You are not in <#{channel}>. Join it first.").format(channel=channel_id))
    if not channel.get("is_member"):
        await client.conversations_join(channel=channel_id)
    return str(channel.get("name") or "")


async def _channel(client: AsyncWebClient, channel_id: str, *, is_in: bool = True) -> dict[str, Any]:
    try:
        channel: dict[str, Any] = (await client.conversations_info(channel=channel_id))["channel"]
    except SlackApiError as error:
        if refusal_of(error).code in {"channel_not_found", "not_in_channel", "missing_scope"}:
            raise NotInvitedError(channel_id) from error
        raise
    if not is_in and (channel.get("is_private") or channel.get("is_im") or channel.get("is_mpim")):
        raise NotInvitedError(channel_id)
    if channel.get("is_im") or channel.get("is_mpim"):
        raise UserError(_("That isn't a channel. Choose a channel for the summaries."))
    if channel.get("is_archived"):
        raise UserError(_("This channel is archived: nobody would see its summaries. Unarchive it first."))
    if channel.get("is_private") and not channel.get("is_member", True):
        raise NotInvitedError(channel_id)
    return channel


@dataclass(frozen=True, slots=True)
class Kept:
    """What came of a form."""

    team: Team
    new: bool
    moved: bool
    begins: bool
    """Whether its schedule begins anew, so that its first date is to be chosen."""


@dataclass(frozen=True, slots=True)
class FormSender:
    """Who sent a form."""

    workspace_id: str
    profile: Profile
    seen: str | None = None
    """The channel that they are in for certain."""

    @property
    def user_id(self) -> str:
        return self.profile.user_id


async def meant(session: AsyncSession, form: SetupForm, sender: FormSender, *, now: datetime) -> Team | None:
    """The team that a form changes, None where it makes a new one; UserError for who may not."""
    workspace_id = sender.workspace_id
    # Two at once would both find the channel without a team, or the name free.
    await workspaces.hold_channels(session, workspace_id)
    # Held before anybody looks at it: it may be about to be deleted, or to move.
    if form.team_id is not None:
        team: Team | None = await roles.team_of(session, form.team_id, workspace_id=workspace_id, held=True)
    else:
        team = await teams.of_channel(session, workspace_id=workspace_id, channel_id=form.channel_id)
        team = await teams.hold(session, team.id, workspace_id=workspace_id) if team is not None else None
    # After the team, as whoever reads a roster does: or each could hold what the other waits for.
    await people.keep(session, workspace_id=workspace_id, profiles=[sender.profile], now=now)
    if team is not None:
        await roles.require(session, team, user_id=sender.user_id, to=Power.SETTINGS, seen=sender.seen)
    return team


async def save(session: AsyncSession, form: SetupForm, sender: FormSender, *, now: datetime) -> Kept:
    """The team of a form that was checked; UserError for who may not.

    A new team's founder becomes its manager. A paused team stays paused.
    """
    workspace_id, user_id = sender.workspace_id, sender.user_id
    team, after = await meant(session, form, sender, now=now), settings_of(form)
    await _require_free_name(session, form, team, workspace_id=workspace_id, user_id=user_id)
    if team is None:
        team = await write(session, after, None, workspace_id=workspace_id, channel_id=form.channel_id, now=now)
        await teams.add_manager(session, team_id=team.id, user_id=user_id)
        await audit.of_team(session, Deed.SETUP, team, by=user_id, now=now)
        if form.tells_channel:
            await channel_news.introduce(session, team, by=user_id, now=now)
        return Kept(team, new=True, moved=False, begins=True)
    before = team_settings.of_team(team, chosen=tuple(await teams.chosen_people(session, team.id)), now=now)
    await write(session, after, team, workspace_id=workspace_id, channel_id=team.channel_id, now=now)
    changed = team_settings.differences(before, after)
    moved = await _move(session, team, form.new_channel, by=user_id, now=now)
    await channel_news.tell_of_change(session, team, before=before.privacy, now=now)
    if changed or not moved:
        await audit.of_team(session, Deed.SETTINGS, team, by=user_id, now=now, details=audit.Details(changed=changed))
    return Kept(team, new=False, moved=moved, begins=team_settings.begins_anew(changed))


async def _require_free_name(
    session: AsyncSession, form: SetupForm, team: Team | None, *, workspace_id: str, user_id: str
) -> None:
    taken = await names.taken(session, form.name, workspace_id=workspace_id, team_id=None if team is None else team.id)
    if taken is not None:
        channel_id = await taken.seen_in(session, user_id=user_id)
        seen_in = None if channel_id is None else f"<#{channel_id}>"
        raise UserError(inert(taken.sentence(seen_in=seen_in)))


async def write(
    session: AsyncSession, wanted: TeamSettings, team: Team | None, *, workspace_id: str, channel_id: str, now: datetime
) -> Team:
    """The team with these settings, which were checked; a new one, in this channel, where there is none."""
    paused = team is not None and schedules.is_paused(team)
    starting = team is not None and team.started_by is not None
    switched = team is not None and team.reminders is not wanted.reminders
    schedule = team_settings.schedule_of(wanted, team, now=now)
    if team is None:
        team = Team(workspace_id=workspace_id, channel_id=channel_id, created_at=now)
    team.name, team.source, team.usergroup_id = wanted.name, wanted.source, wanted.usergroup_id
    after = team_settings.first_after(wanted, team, schedule, now=now)
    if schedule.anchor != team.anchor:
        team.skipped_until = None  # another rhythm: what was left out isn't in it
    team.anchor = schedule.anchor or now.date()
    team.clock, team.window_days = wanted.clock, wanted.window_days
    team.privacy, team.reminders = wanted.privacy, wanted.reminders
    team_settings.set_schedule(team, wanted)
    team.channel_lost = None  # it was entered a moment ago
    session.add(team)
    await session.flush()
    await teams.choose_people(session, team_id=team.id, user_ids=wanted.people)
    if switched:
        await reminders.switched(session, team, now=now)
    if not paused and not starting and not schedules.put_off_anew(team):
        schedules.wait_for_next(team, after=after, last_opened=await rounds.last_opened(session, team.id))
    return team


async def _move(session: AsyncSession, team: Team, channel_id: str | None, *, by: str, now: datetime) -> bool:
    """Give a team another channel, an open round too; UserError where that has a team."""
    if channel_id is None or channel_id == team.channel_id:
        return False
    if await teams.of_channel(session, workspace_id=team.workspace_id, channel_id=channel_id) is not None:
        raise UserError(_("<#{channel}> has a team already. Choose another channel.").format(channel=channel_id))
    old = team.channel_id
    await teams.move(session, team, channel_id=channel_id)
    await audit.of_team(session, Deed.MOVE, team, by=by, now=now, details=audit.Details(old=old, new=channel_id))
    return True
