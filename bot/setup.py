"""Setting a team up: the form's defaults, what Slack must be asked, and the row that comes of it."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot import access, schedules
from bot.cadence import DaysOff, Schedule, Weekday, next_slots
from bot.errors import UserError
from bot.i18n import _
from bot.ids import Do
from bot.slack import refusal_of
from bot.views.setup import SetupForm, cadence, check_form, days_off_dates, days_off_text, read_cadence
from storage import people, rounds, teams
from storage.kinds import MemberSource, Privacy, Whose
from storage.models import Team
from storage.people import Profile

DEFAULT_TIME = "10:00"
DEFAULT_WEEKDAY = Weekday.TUESDAY
DEFAULT_WEEKS = 13
WHEN = (Do.SET_WEEKDAY, Do.SET_CADENCE, Do.SET_TIME, Do.SET_ZONE, Do.SET_COUNTRY)
"""The fields that a schedule is made from."""


class NotInvitedError(Exception):
    """The bot doesn't see this channel: it is private, and nobody has invited it."""


def defaults(*, channel_id: str, name: str, time_zone: str) -> SetupForm:
    """A form that is valid as it stands."""
    return SetupForm(
        channel_id=channel_id,
        team_id=None,
        name=name[:80],
        source=MemberSource.CHANNEL,
        usergroup_id=None,
        people=(),
        cadence=str(DEFAULT_WEEKS),
        weekday=DEFAULT_WEEKDAY,
        local_time=DEFAULT_TIME,
        time_zone=time_zone,
        clock=Whose.TEAM,
        window_days=3,
        privacy=Privacy.CONFIDENTIAL,
        reminders=True,
        country=None,
        days_off="",
    )


def form_of(team: Team, *, chosen: tuple[str, ...], now: datetime) -> SetupForm:
    """A team's settings as a form."""
    return SetupForm(
        channel_id=team.channel_id,
        team_id=team.id,
        name=team.name,
        source=team.source,
        usergroup_id=team.usergroup_id,
        people=chosen,
        cadence=cadence(every_weeks=team.every_weeks, monthly_nth=team.monthly_nth),
        weekday=team.weekday,
        local_time=f"{team.local_time:%H:%M}",
        time_zone=team.time_zone,
        clock=team.clock,
        window_days=team.window_days,
        privacy=team.privacy,
        reminders=team.reminders,
        country=team.country,
        days_off=days_off_text(team.own_days_off, today=now.astimezone(ZoneInfo(team.time_zone)).date()),
    )


def next_dates(form: SetupForm, team: Team | None, *, now: datetime) -> list[datetime] | str:
    """The next three openings that a form leads to; a sentence where it leads to none."""
    wrong = check_form(form)
    for field in WHEN:
        if field in wrong:
            return wrong[field]
    return [slot.at for slot in next_slots(_schedule(form, team, now=now), after=now)]


def _schedule(form: SetupForm, team: Team | None, *, now: datetime) -> Schedule:
    """The schedule of a form. A changed rhythm begins with its first weekday to come; an unchanged one goes on."""
    weeks, nth = read_cadence(form.cadence)
    weekday, local_time = Weekday(form.weekday), time.fromisoformat(form.local_time)
    if team is not None and (team.every_weeks, team.monthly_nth, team.weekday) == (weeks, nth, form.weekday):
        anchor = team.anchor
    else:
        today = now.astimezone(ZoneInfo(form.time_zone))
        ahead = (list(Weekday).index(weekday) - today.weekday()) % 7
        begun = ahead == 0 and today.time() >= local_time
        anchor = today.date() + timedelta(days=7 if begun else ahead)
    return Schedule(
        every_weeks=weeks,
        monthly_nth=nth,
        weekday=weekday,
        local_time=local_time,
        time_zone=form.time_zone,
        anchor=anchor,
        days_off=DaysOff(country=form.country, subdivision=None, dates=frozenset(
            datetime.fromisoformat(day).date() for day in days_off_dates(form))),
    )  # fmt: skip


async def look_at_channel(client: AsyncWebClient, channel_id: str) -> str:
    """The channel's name; NotInvitedError for a private one that the bot isn't in."""
    try:
        channel = (await client.conversations_info(channel=channel_id))["channel"]
    except SlackApiError as error:
        if refusal_of(error).code in {"channel_not_found", "not_in_channel", "missing_scope"}:
            raise NotInvitedError(channel_id) from error
        raise
    if channel.get("is_archived"):
        raise UserError(_("This channel is archived: nobody would see its summaries. Unarchive it first."))
    if channel.get("is_private") and not channel.get("is_member", True):
        raise NotInvitedError(channel_id)
    return str(channel.get("name") or "")


async def enter_channel(client: AsyncWebClient, channel_id: str) -> None:
    """Be in the channel, so that summaries can be posted: a public one is joined; NotInvitedError for a private one."""
    channel = (await client.conversations_info(channel=channel_id))["channel"]
    if channel.get("is_member"):
        return
    if channel.get("is_private"):
        raise NotInvitedError(channel_id)
    await client.conversations_join(channel=channel_id)


async def save(
    session: AsyncSession, form: SetupForm, *, workspace_id: str, user_id: str, profile: Profile, now: datetime
) -> tuple[Team, bool]:
    """The team of a form that was checked, and whether it is new; UserError for who may not.

    A new team's founder becomes its manager. A paused team stays paused.
    """
    await people.keep(session, workspace_id=workspace_id, profiles=[profile], now=now)
    team = await teams.of_channel(session, workspace_id=workspace_id, channel_id=form.channel_id)
    new = team is None
    if team is None:
        if form.team_id is not None:
            raise UserError(_("This team is gone."))
        team = Team(workspace_id=workspace_id, channel_id=form.channel_id, created_at=now)
    else:
        await access.require(session, team, user_id=user_id, to="settings")
    paused = not new and team.next_step is None
    schedule = _schedule(form, None if new else team, now=now)
    team.name, team.source, team.usergroup_id = form.name.strip(), form.source, form.usergroup_id
    team.every_weeks, team.monthly_nth = schedule.every_weeks, schedule.monthly_nth
    team.weekday, team.local_time, team.time_zone = schedule.weekday, schedule.local_time, schedule.time_zone
    team.anchor = schedule.anchor or now.date()
    team.clock, team.window_days = form.clock, form.window_days
    team.privacy, team.reminders = form.privacy, form.reminders
    team.country, team.own_days_off = form.country, days_off_dates(form)
    team.channel_lost = None  # it was entered a moment ago
    session.add(team)
    await session.flush()
    if new:
        await teams.add_manager(session, team_id=team.id, user_id=user_id)
    await teams.choose_people(session, team_id=team.id, user_ids=form.people)
    starting = team.started_by is not None
    if not paused and not starting:
        schedules.wait_for_next(team, after=now, last_opened=await rounds.last_opened(session, team.id))
    return team, new
