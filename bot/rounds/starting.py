"""Rounds started by hand: whether a team may be asked now, and from when on where it may not."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from bot.kit.errors import UserError
from bot.kit.i18n import _
from bot.rounds import nearby
from bot.schedule import schedules
from bot.slack.blocks import escape, local_time
from rubric import subtraction
from storage import audit, recently_asked, rosters, rounds, workspaces
from storage.kinds import Deed, Privacy
from storage.models import Team

CANCELLED_A_DAY = 2
"""Rounds of a team that may be started and cancelled in a day of its own: each is a message to every member."""


async def start_round(session: AsyncSession, team: Team, *, by: str, now: datetime) -> str:
    """Have a team asked now; the sentence that says so, UserError while a round is open or within a week of one."""
    name = escape(team.name)
    if await rounds.open_of(session, team.id) is not None:
        raise UserError(_("*{team}* has an open round already.").format(team=name))
    last = await rounds.last_opened(session, team.id)
    if last is not None and last > now - schedules.APART:
        raise UserError(
            _("*{team}* was asked on {time}. A team is asked at most once a week.").format(
                team=name, time=local_time(last, zone=team.time_zone)
            )
        )
    tomorrow = await _none_before(session, team, by=by, now=now)
    if tomorrow is not None:
        raise UserError(
            _(
                "Two rounds were ended today by cancelling them or by deleting their team. "
                "*{team}* can be started from {time} on."
            ).format(team=name, time=local_time(tomorrow, zone=team.time_zone))
        )
    await _require_that_nobody_waits(session, team, now=now)
    if team.started_by is None:
        await audit.of_team(session, Deed.START, team, by=by, now=now)
    schedules.start_now(team, by=by, now=now)
    said = _("Opening a round for *{team}*: its members get a direct message within a minute.").format(team=name)
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
    team_ids = {int(each.details["team"]) for each in done if each.what == Deed.CANCEL}
    deleted = [int(each.details.get("rounds", 0)) for each in done if each.what == Deed.DELETE and each.user_id == by]
    return sum(deleted) + await rounds.cancelled_among(session, team, team_ids=team_ids, since=since)


async def _require_that_nobody_waits(session: AsyncSession, team: Team, *, now: datetime) -> None:
    """UserError where a round that is started now would have to wait, or would make another team's planned one wait."""
    people = [person.user_id for person in await rosters.to_ask(session, team, at=lambda _person: now)]
    local = now.astimezone(ZoneInfo(team.time_zone))
    until = await hindered_until(session, team, people, now=now)
    if until is not None:
        until = await nearby.tellable(session, team, until, people)
    over = schedules.closes_at(team, local.date(), local_time=local.time().replace(second=0, microsecond=0))
    free = await nearby.free_from(session, team, people, now=max(until or now, now), lasting=over - now)
    if free is not None and free > max(until or now, now):
        free = await nearby.tellable(session, team, free, people)
    if free is None:
        raise UserError(
            _(
                "Check-ins of nearly the same people are planned so often that one of them would have to wait whenever "
                "*{team}* is started. Its own schedule goes on."
            ).format(team=escape(team.name))
        )
    if until is not None:
        said = _(
            "Half or more of those whom *{team}* would ask were asked in another check-in that is still open or "
            "opened less than six days ago. Two results of nearly the same people could give a single answer away. "
            "It can be started from {time} on."
        ).format(team=escape(team.name), time=local_time(free, zone=team.time_zone))
        if free > max(until, now):
            said += " " + _("It can't be sooner, since a check-in of nearly the same people is planned before then.")
        raise UserError(said)
    if free > now:
        raise UserError(
            _(
                "A check-in of nearly the same people is planned, and would have to wait for this one. "
                "*{team}* can be started from {time} on."
            ).format(team=escape(team.name), time=local_time(free, zone=team.time_zone))
        )


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
