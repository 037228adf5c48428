"""Reminders: whom a round nudges, and when. Two nudges a person a round, each in that person's own office hours.

The round's step comes at the first moment that is anyone's; each member is nudged for the moments of theirs that have
passed, less the nudges they have had. So a manager's reminder takes the place of one, and a step that was missed is
made up for once.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from bot.access import roles
from bot.check_ins import views
from bot.delivery.message import Context, Draft, NotYetError, Sending, wait_for
from bot.delivery.round_message import MemberMessage, link_to
from bot.notices import nearly_done_news
from bot.schedule import schedules
from bot.schedule.cadence import Weekday, office_hours, reminder_times, window_end
from storage import deliveries, people, rosters, rounds, teams
from storage.keys import round_key
from storage.kinds import DeliveryKind, RoundStep
from storage.models import Round, RoundMember, Team

NUDGES = 2
"""Reminders a person gets in one round, at most."""

APART = timedelta(hours=1)
"""Between two reminders of one person: a command typed twice nudges once."""

SNOOZED_UNTIL = time(9)
"""On the person's next working day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder(MemberMessage):
    """A nudge to a member who hasn't finished."""

    kind = DeliveryKind.REMINDER
    sending = Sending.DIRECT_MESSAGE
    ends_with_its_round = True

    planned: bool = False
    """Nobody asked for it: it goes out only while the team's reminders are on."""

    def payload(self) -> Mapping[str, Any]:
        return {"planned": True} if self.planned else {}

    @classmethod
    def parsed(cls, payload: Mapping[str, Any]) -> Mapping[str, Any]:
        return {"planned": bool(payload.get("planned"))}

    async def draw(self, context: Context) -> Draft | None:
        session, now = context.session, context.now
        found = await self.round_and_team(session)
        member = await self.member(session)
        if found is None or member is None or member.completed_at is not None or member.skipped:
            return None
        opened, team = found
        if not opened.is_open(now) or (self.planned and not team.reminders):
            return None
        if member.message_ts is None:
            await wait_for(context, self.workspace_id, round_key(opened.id, DeliveryKind.PROMPT, member.user_id))
        if not await rosters.is_asked(session, team, user_id=member.user_id, at=now):
            return None
        person = await people.get(session, workspace_id=self.workspace_id, user_id=member.user_id)
        zone = people.zone_of(person, team.time_zone)
        # It was due in office hours, and may have been held up since: by Slack, or by a worker that was down.
        due = when(team, time_zone=zone, now=now)
        if due > now:
            raise NotYetError(due - now)
        return Draft(
            views.reminder(
                team.name,
                link=await link_to(session, self.workspace_id, member.channel_id, member.message_ts),
                closes_at=opened.closes_at,
                time_zone=zone,
                round_id=opened.id,
            )
        )


@dataclass(frozen=True, slots=True)
class Waiting:
    """A member of an open round as reminders see them."""

    member: RoundMember
    time_zone: str
    may_be_reminded: bool
    """False for who left, is away, can't be asked any more, or doesn't want to be."""

    def waits(self, *, now: datetime) -> bool:
        """Whether a nudge is in place now: asked, not finished, and neither skipped, put off nor nudged to the end."""
        member = self.member
        return (
            self.may_be_reminded
            and member.completed_at is None
            and not member.skipped
            and member.nudges < NUDGES
            and member.opens_at <= now
            and (member.quiet_until is None or member.quiet_until <= now)
        )


def next_step(
    team: Team, *, asked: Iterable[tuple[str, datetime]], closes_at: datetime, after: datetime
) -> tuple[RoundStep, datetime]:
    """What a round does next after an instant, and when. `asked` are the zone and the opening of each member."""
    zones = set(asked)
    moments = [late_from(min((at for _zone, at in zones), default=closes_at), closes_at)]
    if team.reminders:
        moments += [
            moment
            for zone, opens_at in zones
            for moment in _moments(team, zone=zone, opens_at=opens_at, closes_at=closes_at)
        ]
    first = min((moment for moment in moments if after < moment < closes_at), default=None)
    return (RoundStep.CLOSE, closes_at) if first is None else (RoundStep.REMIND, first)


def late_from(opens_at: datetime, closes_at: datetime) -> datetime:
    """When four fifths of a round are over, and whether a summary lacks answers is looked at; at whatever hour."""
    return opens_at + (closes_at - opens_at) * 4 / 5


def _moments(team: Team, *, zone: str, opens_at: datetime, closes_at: datetime) -> tuple[datetime, ...]:
    return reminder_times(
        opens_at, closes_at, zone=zone, days_off=schedules.days_off_of(team), works_on=Weekday(team.weekday)
    )


def when(team: Team, *, time_zone: str, now: datetime) -> datetime:
    """Now, if someone in that zone may be reminded now; else the beginning of their next office hours."""
    return office_hours(now, zone=time_zone, days_off=schedules.days_off_of(team), works_on=Weekday(team.weekday))


def again_at(team: Team, *, reminded_at: datetime) -> datetime:
    """From when on a team can be reminded once more, on its own clock; members elsewhere may be a little later."""
    return when(team, time_zone=team.time_zone, now=reminded_at) + APART


async def plan(session: AsyncSession, held: Round, team: Team, *, after: datetime) -> None:
    """Point an open round, held by the caller, at its next step."""
    members = await _members(session, held, team, now=after)
    held.next_step, held.next_step_at = next_step(
        team,
        asked=[(each.time_zone, each.member.opens_at) for each in members],
        closes_at=held.closes_at,
        after=after,
    )


async def switched(session: AsyncSession, team: Team, *, now: datetime) -> None:
    """A team's reminders were switched on or off: what its open round does next follows at once."""
    found = await rounds.open_of(session, team.id)
    held = await rounds.hold(session, found.id, workspace_id=team.workspace_id) if found is not None else None
    if held is not None and held.is_open(now):
        await plan(session, held, team, after=now)


async def remind_round(session: AsyncSession, held: Round, team: Team, *, can_extend: bool, now: datetime) -> int:
    """Owe the reminders whose moment has come, and point the round at its next step; how many are owed.

    Its managers hear how near it is to its end, and, where they can, that they may keep it open longer.
    """
    waiting = []
    for each in await _members(session, held, team, now=now):
        moments = _moments(team, zone=each.time_zone, opens_at=each.member.opens_at, closes_at=held.closes_at)
        passed = sum(moment <= now for moment in moments)
        if team.reminders and each.waits(now=now) and passed > each.member.nudges:
            waiting.append(each)
    nudged = await _nudge(session, held, team, waiting, now=now, planned=True)
    is_late = now >= late_from(held.opened_at, held.closes_at)
    await nearly_done_news.tell(session, held, team, is_late=is_late, can_extend=can_extend, now=now)
    await plan(session, held, team, after=now)
    return nudged


async def remind_now(session: AsyncSession, held: Round, team: Team, *, now: datetime) -> None:
    """Owe a reminder, at a manager's word, to everyone who waits for nothing but themselves.

    How many that are is said to nobody: it follows today's roster, so whoever may change that could ask of one person.
    """
    members = await _members(session, held, team, now=now)
    await _nudge(session, held, team, [each for each in members if each.waits(now=now)], now=now)


async def first_at(session: AsyncSession, held: Round, team: Team, *, now: datetime) -> datetime:
    """When the first of those asked may be reminded, whoever it is: now, or when a working day begins.

    It follows everybody's zones, so it tells nothing about who has finished.
    """
    zones = {each.time_zone for each in await _members(session, held, team, now=now)} or {team.time_zone}
    return min(when(team, time_zone=zone, now=now) for zone in zones)


async def _members(session: AsyncSession, held: Round, team: Team, *, now: datetime) -> list[Waiting]:
    members = await rounds.members(session, held.id)
    known = await people.among(session, workspace_id=held.workspace_id, user_ids=[member.user_id for member in members])
    may_be = {person.user_id for person in await rosters.to_ask(session, team, at=lambda _person: now)}
    return [
        Waiting(
            member,
            time_zone=people.zone_of(known.get(member.user_id), team.time_zone),
            may_be_reminded=member.user_id in may_be,
        )
        for member in members
    ]


async def _nudge(
    session: AsyncSession,
    held: Round,
    team: Team,
    waiting: Iterable[Waiting],
    *,
    now: datetime,
    planned: bool = False,
) -> int:
    """Use up a nudge of each of these, if there is time for it before the close; how many are owed one."""
    owed = []
    for each in waiting:
        due = when(team, time_zone=each.time_zone, now=now)
        if due >= held.closes_at:
            continue
        member = each.member
        member.nudges += 1
        member.quiet_until = due + APART
        key = f"round:{held.id}:reminder:{member.nudges}:{member.user_id}"
        owed.append(replace(Reminder.of(held, member.user_id), key=key, planned=planned).row(due=due))
    await deliveries.owe(session, workspace_id=held.workspace_id, messages=owed)
    return len(owed)


@dataclass(frozen=True, slots=True)
class Snoozed:
    """A reminder that was put off."""

    team: Team
    time_zone: str
    again_at: datetime | None
    """None: the round is closed by then."""


async def snooze(
    session: AsyncSession, *, workspace_id: str, round_id: int, user_id: str, now: datetime
) -> Snoozed | None:
    """Owe the reminder once more at nine on the person's next working day; None for who isn't asked in an open round.

    It is no new nudge. One that was planned for a time until the end of that day is used up: nobody is reminded before
    the time they chose, nor twice on that day.
    """
    held = await rounds.hold(session, round_id, workspace_id=workspace_id)
    if held is None or not held.is_open(now):
        return None
    team = await teams.get(session, held.team_id, workspace_id=workspace_id)
    member = await rounds.member(session, round_id, user_id)
    if team is None or member is None:
        return None
    person = await people.get(session, workspace_id=workspace_id, user_id=user_id)
    if person is not None and person.is_full_member is False:
        raise roles.NoFullMemberError(is_full_member=False)  # who is told when they are reminded, and isn't
    zone = people.zone_of(person, team.time_zone)
    again_at = window_end(
        now.astimezone(ZoneInfo(zone)).date(),
        window_days=1,
        zone=zone,
        days_off=schedules.days_off_of(team),
        local_time=SNOOZED_UNTIL,
        works_on=Weekday(team.weekday),
    )
    if again_at >= held.closes_at:
        return Snoozed(team, zone, None)
    that_day = again_at.astimezone(ZoneInfo(zone)).date()
    planned = _moments(team, zone=zone, opens_at=member.opens_at, closes_at=held.closes_at)
    until_then = sum(moment.astimezone(ZoneInfo(zone)).date() <= that_day for moment in planned)
    member.nudges = max(member.nudges, min(until_then, NUDGES))
    member.quiet_until = again_at + APART
    again = replace(Reminder.of(held, user_id), key=f"round:{round_id}:snoozed:{user_id}")
    await deliveries.owe_again(session, workspace_id=workspace_id, message=again.row(due=again_at))
    return Snoozed(team, zone, again_at)
