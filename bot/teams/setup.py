"""Setting a team up: the form's defaults, what Slack must be asked, and the row that comes of it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.access import roles
from bot.access.roles import Power
from bot.inputs import typed
from bot.kit.errors import UserError
from bot.kit.i18n import _
from bot.rounds import reminders
from bot.schedule import schedules
from bot.schedule.cadence import DaysOff, Schedule, Weekday, at_local, next_slots
from bot.slack.blocks import inert
from bot.slack.calls import refusal_of
from bot.slack.ids import Do
from bot.teams import names
from bot.teams.form import (
    SetupForm,
    cadence,
    check_form,
    days_off_dates,
    days_off_text,
    read_cadence,
    subdivision_block,
)
from storage import audit, people, rounds, teams, workspaces
from storage.kinds import Deed, MemberSource, Privacy, Whose
from storage.models import Team
from storage.people import Profile
from storage.teams import LONGEST_NAME

DEFAULT_TIME = "10:00"
DEFAULT_WEEKDAY = Weekday.TUESDAY
DEFAULT_WEEKS = 13
WHEN = (Do.SET_WEEKDAY, Do.SET_CADENCE, Do.SET_TIME, Do.SET_ZONE, Do.SET_COUNTRY)
"""The fields that a schedule is made from; a country's part beside them."""


class NotInvitedError(Exception):
    """The bot doesn't see this channel: it is private, and nobody has invited it."""

    def __init__(self, channel_id: str) -> None:
        super().__init__(channel_id)
        self.channel_id = channel_id


def defaults(*, channel_id: str, name: str, time_zone: str) -> SetupForm:
    """A form that is valid as it stands."""
    return SetupForm(
        channel_id=channel_id,
        team_id=None,
        name=name[:LONGEST_NAME],
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
        name=typed.clean(team.name),
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
        subdivision=team.subdivision,
    )


def next_dates(form: SetupForm, team: Team | None, *, now: datetime) -> list[datetime] | str:
    """The next three openings that a form leads to; a sentence where it leads to none."""
    wrong = check_form(form)
    for field in (*WHEN, subdivision_block(form.country)):
        if field in wrong:
            return wrong[field]
    schedule = schedule_of(form, team, now=now)
    after = first_after(form, team, schedule, now=now)
    if team is not None and schedule.anchor == team.anchor:
        after = schedules.after_skips(team, after)
    return [slot.at for slot in next_slots(schedule, after=after)]


def set_schedule(team: Team, schedule: Schedule, form: SetupForm) -> None:
    """All of a schedule that a form says, but for the date that it is counted from."""
    team.every_weeks, team.monthly_nth = schedule.every_weeks, schedule.monthly_nth
    team.weekday, team.local_time, team.time_zone = schedule.weekday, schedule.local_time, schedule.time_zone
    team.country, team.subdivision = form.country, _subdivision(form)
    team.own_days_off = days_off_dates(form)


def first_after(form: SetupForm, team: Team | None, schedule: Schedule, *, now: datetime) -> datetime:
    """After which a form's first date may be: on the day on which it is saved only where one was planned already."""
    today = now.astimezone(ZoneInfo(form.time_zone)).date()
    if team is not None and schedule.anchor == team.anchor and team.next_slot_date == today:
        return now
    return at_local(today + timedelta(days=1), time(0), form.time_zone) - timedelta(seconds=1)


def schedule_of(form: SetupForm, team: Team | None, *, now: datetime) -> Schedule:
    """The schedule of a form. A changed rhythm begins with its first weekday to come; an unchanged one goes on."""
    weeks, nth = read_cadence(form.cadence)
    weekday, local_time = Weekday(form.weekday), time.fromisoformat(form.local_time)
    if team is not None and (team.every_weeks, team.monthly_nth, team.weekday) == (weeks, nth, form.weekday):
        anchor = team.anchor
    else:
        today = now.astimezone(ZoneInfo(form.time_zone)).date()
        anchor = today + timedelta(days=(list(Weekday).index(weekday) - today.weekday()) % 7 or 7)
    return Schedule(
        every_weeks=weeks,
        monthly_nth=nth,
        weekday=weekday,
        local_time=local_time,
        time_zone=form.time_zone,
        anchor=anchor,
        days_off=DaysOff(country=form.country, subdivision=_subdivision(form), dates=frozenset(
            datetime.fromisoformat(day).date() for day in days_off_dates(form))),
    )  # fmt: skip


def _subdivision(form: SetupForm) -> str | None:
    return form.subdivision if form.country is not None else None


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
        raise UserError(_("That is no channel. Choose a channel for the summaries."))
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
class Who:
    """Who sent a form."""

    workspace_id: str
    profile: Profile
    seen: str | None = None
    """The channel that they are in for certain."""

    @property
    def user_id(self) -> str:
        return self.profile.user_id


async def meant(session: AsyncSession, form: SetupForm, who: Who, *, now: datetime) -> Team | None:
    """The team that a form changes, None where it makes a new one; UserError for who may not."""
    workspace_id = who.workspace_id
    # Two at once would both find the channel without a team, or the name free.
    await workspaces.hold_channels(session, workspace_id)
    # Held before anybody looks at it: it may be about to be deleted, or to move.
    if form.team_id is not None:
        team: Team | None = await roles.team_of(session, form.team_id, workspace_id=workspace_id, held=True)
    else:
        team = await teams.of_channel(session, workspace_id=workspace_id, channel_id=form.channel_id)
        team = await teams.hold(session, team.id, workspace_id=workspace_id) if team is not None else None
    # After the team, as whoever reads a roster does: or each could hold what the other waits for.
    await people.keep(session, workspace_id=workspace_id, profiles=[who.profile], now=now)
    if team is not None:
        await roles.require(session, team, user_id=who.user_id, to=Power.SETTINGS, seen=who.seen)
    return team


async def save(session: AsyncSession, form: SetupForm, who: Who, *, now: datetime) -> Kept:
    """The team of a form that was checked; UserError for who may not.

    A new team's founder becomes its manager. A paused team stays paused.
    """
    workspace_id, user_id = who.workspace_id, who.user_id
    team = await meant(session, form, who, now=now)
    await _require_free_name(session, form, team, workspace_id=workspace_id, user_id=user_id)
    if team is None:
        team = await write(session, form, None, workspace_id=workspace_id, now=now)
        await teams.add_manager(session, team_id=team.id, user_id=user_id)
        await audit.of_team(session, Deed.SETUP, team, by=user_id, now=now)
        return Kept(team, new=True, moved=False, begins=True)
    before = form_of(team, chosen=tuple(await teams.chosen_people(session, team.id)), now=now)
    await write(session, form, team, workspace_id=workspace_id, now=now)
    changed = differences(before, form)
    moved = await _move(session, team, form.new_channel, by=user_id, now=now)
    if changed or not moved:
        await audit.of_team(session, Deed.SETTINGS, team, by=user_id, now=now, changed=changed)
    return Kept(team, new=False, moved=moved, begins=begins_anew(changed))


async def _require_free_name(
    session: AsyncSession, form: SetupForm, team: Team | None, *, workspace_id: str, user_id: str
) -> None:
    taken = await names.taken(session, form.name, workspace_id=workspace_id, team_id=None if team is None else team.id)
    if taken is not None:
        channel_id = await taken.seen_in(session, user_id=user_id)
        seen_in = None if channel_id is None else f"<#{channel_id}>"
        raise UserError(inert(taken.sentence(seen_in=seen_in)))


async def write(session: AsyncSession, form: SetupForm, team: Team | None, *, workspace_id: str, now: datetime) -> Team:
    """The team with all that a checked form says, but for a move; a new one where there is none."""
    paused = team is not None and schedules.is_paused(team)
    starting = team is not None and team.started_by is not None
    switched = team is not None and team.reminders is not form.reminders
    schedule = schedule_of(form, team, now=now)
    if team is None:
        team = Team(workspace_id=workspace_id, channel_id=form.channel_id, created_at=now)
    team.name, team.source, team.usergroup_id = typed.clean(form.name), form.source, form.usergroup_id
    after = first_after(form, team, schedule, now=now)
    if schedule.anchor != team.anchor:
        team.skipped_until = None  # another rhythm: what was left out isn't in it
    team.anchor = schedule.anchor or now.date()
    team.clock, team.window_days = form.clock, form.window_days
    team.privacy, team.reminders = form.privacy, form.reminders
    set_schedule(team, schedule, form)
    team.channel_lost = None  # it was entered a moment ago
    session.add(team)
    await session.flush()
    await teams.choose_people(session, team_id=team.id, user_ids=form.people)
    if switched:
        await reminders.switched(session, team, now=now)
    if not paused and not starting and not schedules.put_off_anew(team):
        schedules.wait_for_next(team, after=after, last_opened=await rounds.last_opened(session, team.id))
    return team


def differences(before: SetupForm, after: SetupForm) -> list[str]:
    """The fields, by their block ids, in which a team's settings change."""
    pairs: dict[str, tuple[object, object]] = {
        Do.SET_NAME: (before.name, typed.clean(after.name)),
        Do.SET_SOURCE: (_members(before), _members(after)),
        Do.SET_CADENCE: (before.cadence, after.cadence),
        Do.SET_WEEKDAY: (before.weekday, after.weekday),
        Do.SET_TIME: (before.local_time, after.local_time),
        Do.SET_ZONE: (before.time_zone, after.time_zone),
        Do.SET_CLOCK: (before.clock, after.clock),
        Do.SET_WINDOW: (before.window_days, after.window_days),
        Do.SET_PRIVACY: (before.privacy, after.privacy),
        Do.SET_REMINDERS: (before.reminders, after.reminders),
        Do.SET_COUNTRY: ((before.country, _subdivision(before)), (after.country, _subdivision(after))),
        Do.SET_DAYS_OFF: (days_off_dates(before), days_off_dates(after)),
    }
    return [str(field) for field, (old, new) in pairs.items() if old != new]


def begins_anew(changed: Collection[str]) -> bool:
    """Whether a change of these fields has a schedule begin anew: of other people others may be asked around then."""
    return bool({str(Do.SET_CADENCE), str(Do.SET_WEEKDAY), str(Do.SET_SOURCE)} & set(changed))


def _members(form: SetupForm) -> tuple[object, ...]:
    """Who is asked, without what is only kept for a change of mind."""
    if form.source is MemberSource.USERGROUP:
        return form.source, form.usergroup_id
    return (form.source, *sorted(form.people)) if form.source is MemberSource.PEOPLE else (form.source,)


async def _move(session: AsyncSession, team: Team, channel_id: str | None, *, by: str, now: datetime) -> bool:
    """Give a team another channel, an open round too; UserError where that has a team."""
    if channel_id is None or channel_id == team.channel_id:
        return False
    if await teams.of_channel(session, workspace_id=team.workspace_id, channel_id=channel_id) is not None:
        raise UserError(_("<#{channel}> has a team already. Choose another channel.").format(channel=channel_id))
    old = team.channel_id
    await teams.move(session, team, channel_id=channel_id)
    await audit.of_team(session, Deed.MOVE, team, by=by, now=now, old=old, new=channel_id)
    return True
