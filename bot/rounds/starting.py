"""Rounds started by hand: whether a team may be asked now, and from when on where it may not."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from bot.kit.errors import UserError
from bot.kit.i18n import _
from bot.rounds import same_people
from bot.schedule import schedules
from bot.slack.blocks import escape, local_time
from rubric import subtraction
from storage import audit, recently_asked, rosters, rounds, workspaces
from storage.kinds import Deed, Privacy
from storage.models import Team

CANCELLED_A_DAY = 2
"""Rounds of a team that may be started and cancelled in a day of its own: each is a message to every member."""


async def require_startable(session: AsyncSession, team: Team, *, by: str, now: datetime) -> None:
    """UserError while a team can't be asked now: a round is open, or too near, or nearly the same people are asked.

    It says why, and from when on nothing of all that is in the way.
    """
    if await rounds.open_of(session, team.id) is not None:
        raise UserError(_("*{team}* already has an open round.").format(team=escape(team.name)))
    last = await rounds.last_opened(session, team.id)
    week_is_over = now if last is None else last + schedules.APART
    day_is_over = await _none_before(session, team, by=by, now=now) or now
    why = ""
    if week_is_over > now:
        why = _("*{team}* was asked less than a week ago.")
    elif day_is_over > now:
        why = _("Two rounds were cancelled today, or deleted with their team.")
    await _require_that_nobody_waits(session, team, why=why, since=max(now, week_is_over, day_is_over), now=now)


async def start_round(session: AsyncSession, team: Team, *, by: str, now: datetime) -> str:
    """Have a team asked now; the sentence that says so, UserError where it can't be."""
    await require_startable(session, team, by=by, now=now)
    name = escape(team.name)
    if team.started_by is None:
        await audit.of_team(session, Deed.START, team, by=by, now=now)
    schedules.start_now(team, by=by, now=now)
    said = _("Opening a round for *{team}*: its members are asked by direct message, starting within a minute.")
    said = said.format(team=name)
    if schedules.is_paused(team):
        said += " " + _("Its schedule stays paused.")
    return said


async def _none_before(session: AsyncSession, team: Team, *, by: str, now: datetime) -> datetime | None:
    """When the team's day is over, where two rounds ended in it for nothing; None where one may open yet.

    That is where they were cancelled, and the team's own or such as asked half or more of its people, or went with a
    team that this person deleted: to whom they asked it is all one which team it was, and whether that is still there.
    """
    today = now.astimezone(ZoneInfo(team.time_zone)).replace(hour=0, minute=0, second=0, microsecond=0)
    since = today.astimezone(UTC)
    ended = await rounds.cancelled_since(session, team.id, since=since)
    if ended < CANCELLED_A_DAY:
        ended = await _ended_since(session, team, by=by, since=since)
    return (today + timedelta(days=1)).astimezone(UTC) if ended >= CANCELLED_A_DAY else None


async def _ended_since(session: AsyncSession, team: Team, *, by: str, since: datetime) -> int:
    done = await audit.since(session, [Deed.CANCEL, Deed.DELETE], workspace_id=team.workspace_id, since=since)
    cancelled = [audit.Details.of(each).team for each in done if each.what == Deed.CANCEL]
    deleted = [audit.Details.of(each).rounds for each in done if each.what == Deed.DELETE and each.user_id == by]
    team_ids = {team_id for team_id in cancelled if team_id is not None}
    ended_with_teams = sum(number for number in deleted if number is not None)
    return ended_with_teams + await rounds.cancelled_among(session, team, team_ids=team_ids, since=since)


async def _require_that_nobody_waits(
    session: AsyncSession, team: Team, *, why: str, since: datetime, now: datetime
) -> None:
    """UserError where a round that is started now would have to wait, or would make another team's planned one wait.

    And where there is another reason, `why`, for which it can't be started before `since`.
    """
    people = [person.user_id for person in await rosters.to_ask(session, team, at=lambda _person: now)]
    local = now.astimezone(ZoneInfo(team.time_zone))
    until = await hindered_until(session, team, people, now=now)
    if until is not None:
        until = await same_people.tellable(session, team, until, people)
    over = schedules.closes_at(team, local.date(), local_time=local.time().replace(second=0, microsecond=0))
    since = max(until or since, since)
    free = await same_people.free_from(session, team, people, now=since, lasting=over - now)
    if free is not None and free > since:
        free = await same_people.tellable(session, team, free, people)
    if free is not None and free <= now:
        return
    raise UserError(_refusal(team, why=why, is_hindered=until is not None, since=since, free=free))


def _refusal(team: Team, *, why: str, is_hindered: bool, since: datetime, free: datetime | None) -> str:
    """Why a team can't be started now, and from when on it can; neither which other team is in the way nor who."""
    if free is None:
        why += " " + _(
            "Check-ins of nearly the same people are planned so often that one of them would have to wait whenever "
            "*{team}* is started. Its own schedule goes on."
        )
        return why.strip().format(team=escape(team.name))
    is_planned_before = not why and is_hindered and free > since
    if not why and is_hindered:
        why = _(
            "Half or more of the people *{team}* would ask were asked in another check-in that is still open or "
            "opened less than six days ago. Comparing the two results could give someone's answer away."
        )
    elif not why:
        why = _("A check-in of nearly the same people is planned, and would have to wait for this one.")
    said = why + " " + _("*{team}* can be started from {time} on.")
    if is_planned_before:
        said += " " + _("It can't be sooner, since another one is planned before then.")
    return said.format(team=escape(team.name), time=local_time(free, zone=team.time_zone))


async def waits_until(session: AsyncSession, team: Team, *, now: datetime) -> datetime | None:
    """Until when a round of a team would have to wait for one of nearly the same people; None where it needn't."""
    people = await rosters.to_ask(session, team, at=lambda _person: now)
    return await hindered_until(session, team, [person.user_id for person in people], now=now)


async def hindered_until(
    session: AsyncSession, team: Team, user_ids: Sequence[str], *, now: datetime
) -> datetime | None:
    """Until when a round of these people would have to wait; None where it needn't, or prints nothing."""
    minimum = await workspaces.minimum_of(session, team.workspace_id)
    if not subtraction.can_print(len(user_ids), minimum=minimum, confidential=team.privacy is Privacy.CONFIDENTIAL):
        return None
    hindered = await recently_asked.hindering(session, team, at=now)
    return subtraction.waits_until(user_ids, hindered)
