"""Rounds over time: opened, reminded and closed by ticks, each step in one transaction of its own.

A step with only database effects is claim, effect and advance at once: a crash is a rollback, and any number of
workers may tick. What Slack must hear is owed as deliveries in the same transaction.
"""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from bot.check_ins import reminders
from bot.check_ins.messages import Closing, Prompt, Refresh
from bot.kit.errors import UserError
from bot.kit.i18n import _
from bot.kit.rubrics import Rubrics
from bot.notices import notify
from bot.notices.facts import NoticeFacts
from bot.overview.digest import owe_digests
from bot.rounds import same_people
from bot.rounds.starting import hindered_until
from bot.schedule import schedules
from bot.schedule.cadence import Weekday, member_open, window_end
from bot.slack.blocks import escape, local_time
from bot.summary.messages import Summary
from rubric import notes_from, subtraction
from storage import answers, deliveries, recently_asked, rosters, rounds, teams, workspaces
from storage.kinds import TELLING, DeliveryKind, NoticeReason, Privacy, RoundState, Whose
from storage.models import Person, Round, Team

log = logging.getLogger(__name__)

SUMMARY_FIRST = timedelta(seconds=1)
"""How much later than the summary the messages are due that link to it: they are many, and would go before it."""

OVER_SOON = timedelta(seconds=5)
"""How soon a round is looked at again that waits for one that is over and not closed yet."""

DAYS_MORE = 2
"""Working days that a button adds."""


async def open_round(session: AsyncSession, team: Team, *, rubrics: Rubrics, now: datetime) -> Round | None:
    """Open the round that this team, held by the caller, waits for; None where it is left out. The team moves on."""
    await recently_asked.take_turn(session, team.workspace_id)
    if not await _close_what_is_over(session, team, now=now):
        return None
    slot_date, started_by = team.next_slot_date, team.started_by
    last_opened = await rounds.last_opened(session, team.id)
    people = await rosters.to_ask(session, team, at=lambda person: _asked_at(team, person, now=now))
    members = [(person.user_id, _asked_at(team, person, now=now)) for person in people]
    closes_at = _closes_at(team, people, now=now)
    why_not = await _why_not(
        session, team, has_members=bool(members), closes_at=closes_at, last_opened=last_opened, now=now
    )
    if why_not is not None:
        about = str(slot_date or now.timestamp())
        await notify.tell_managers(session, team, NoticeFacts(reason=why_not), about=about, now=now)
        schedules.move_on(team, after=max(now, team.next_round_at or now), last_opened=last_opened)
        return None
    if await _waits(session, team, [user_id for user_id, _at in members], last_opened=last_opened, now=now):
        return None
    rubric = await rubrics.keep_current(session, team.workspace_id)
    next_step, next_step_at = reminders.next_step(
        team,
        asked=[(person.time_zone or team.time_zone, at) for person, (_user, at) in zip(people, members, strict=True)],
        closes_at=closes_at,
        after=now,
    )
    opened = await rounds.add(
        session,
        team,
        slot_date=slot_date,
        minimum=await workspaces.minimum_of(session, team.workspace_id),
        rubric_version=rubric.version,
        opened_at=now,
        closes_at=closes_at,
        next_step=next_step,
        next_step_at=next_step_at,
        members=members,
    )
    for person in people:
        if person.first_asked_in is None:
            person.first_asked_in = opened.id
    await recently_asked.keep(session, opened, [user_id for user_id, _at in members])
    await rounds.compare_with_last(session, opened)
    await deliveries.owe(
        session,
        workspace_id=team.workspace_id,
        messages=[Prompt.of(opened, user_id).row(due=at) for user_id, at in members],
    )
    if started_by is not None:
        facts = NoticeFacts(reason=NoticeReason.STARTED, asked=len(members))
        await notify.tell(session, team, facts, user_ids=[started_by], about=f"round:{opened.id}", now=now)
    schedules.move_on(team, after=now, last_opened=now)
    log.info("round %s of team %s opens: %s asked, until %s", opened.id, team.id, len(members), closes_at)
    return opened


async def _waits(
    session: AsyncSession, team: Team, user_ids: Sequence[str], *, last_opened: datetime | None, now: datetime
) -> bool:
    """Whether the round has to wait, since nearly the same people were asked a few days ago; it is put off then.

    The managers are told from when on, and neither which team it was nor who.
    """
    until = await hindered_until(session, team, user_ids, now=now)
    if until is None:
        return False
    at = max(now, team.next_round_at or now)
    if until <= at:
        # It is over and closes any moment; or a round on everyone's own clock may open later, but on its date.
        team.next_step_at = max(until, now + OVER_SOON)
        return True
    told: Sequence[str] = ()
    reason = NoticeReason.WAITS
    if team.started_by is not None:
        told = [team.started_by]
        schedules.move_on(team, after=now, last_opened=last_opened)
    elif schedules.put_off(team, until=until):
        told, reason = await notify.answerable(session, team), NoticeReason.PUT_OFF
        until = team.next_round_at or until
    else:
        told, reason = await notify.answerable(session, team), NoticeReason.LEFT_OUT
        schedules.move_on(team, after=at, last_opened=last_opened)
    if until != team.next_round_at:
        until = await same_people.tellable(session, team, until, user_ids)
    facts = NoticeFacts(reason=reason, at=until, zone=team.time_zone)
    await notify.tell(session, team, facts, user_ids=told, about=str(int(until.timestamp())), now=now)
    return True


async def _close_what_is_over(session: AsyncSession, team: Team, *, now: datetime) -> bool:
    """Close the team's last round where that is due, too, as after a downtime: else it would be in the way.

    False while another worker is closing it: it holds the round and may wait for this team, so nobody waits for it.
    """
    last = await rounds.open_of(session, team.id)
    if last is None or last.closes_at > now:
        return True
    held = await rounds.hold(session, last.id, skip_locked=True)
    if held is None:
        return False
    await session.refresh(held)
    if held.state is RoundState.OPEN and not held.is_open(now):
        await close_round(session, held, now=now)
    return True


def _asked_at(team: Team, person: Person, *, now: datetime) -> datetime:
    """When this member's prompt is due: at once, or at their own local time of the round's date."""
    if team.clock is Whose.TEAM or team.next_slot_date is None:
        return now
    return max(now, member_open(team.next_slot_date, team.local_time, person.time_zone or team.time_zone))


def _closes_at(team: Team, people: Sequence[Person], *, now: datetime) -> datetime:
    """The end of the window, counted from when whoever is asked last should be: a late opening doesn't move it."""
    opened_on, local_time = team.next_slot_date, team.local_time
    if opened_on is None:
        last_asked = now
    elif team.clock is Whose.MEMBER and people:
        last_asked = max(member_open(opened_on, local_time, each.time_zone or team.time_zone) for each in people)
    else:
        last_asked = None
    if last_asked is not None:
        started = last_asked.astimezone(ZoneInfo(team.time_zone))
        opened_on, local_time = started.date(), started.time().replace(second=0, microsecond=0)
    assert opened_on is not None  # noqa: S101 - of the slot, or of whoever is asked last
    return schedules.closes_at(team, opened_on, local_time=local_time)


async def _why_not(
    session: AsyncSession,
    team: Team,
    *,
    has_members: bool,
    closes_at: datetime,
    last_opened: datetime | None,
    now: datetime,
) -> NoticeReason | None:
    """The reason for which a round isn't opened, as its managers are told."""
    if await rounds.open_of(session, team.id) is not None:
        return NoticeReason.STILL_OPEN
    if team.next_slot_date is not None and closes_at <= now:
        return NoticeReason.MISSED
    # The slot's own instant: a round on everyone's clock opens up to a day before it.
    if last_opened is not None and last_opened > max(now, team.next_round_at or now) - schedules.APART:
        return NoticeReason.WITHIN_A_WEEK
    return None if has_members else NoticeReason.NOBODY


async def extended_until(session: AsyncSession, held: Round, team: Team, *, days: int) -> datetime:
    """Until when an open round can be kept open by so many working days more; UserError where it can't."""
    closes = held.closes_at.astimezone(ZoneInfo(team.time_zone))
    closes_at = window_end(
        closes.date(),
        window_days=days,
        zone=team.time_zone,
        days_off=schedules.days_off_of(team),
        local_time=closes.time().replace(second=0, microsecond=0),
        works_on=Weekday(team.weekday),
    )
    opened_on = held.opened_at.astimezone(ZoneInfo(team.time_zone)).date()
    latest = window_end(
        opened_on,
        window_days=schedules.MOST_DAYS_OPEN,
        zone=team.time_zone,
        days_off=schedules.days_off_of(team),
        local_time=closes.time().replace(second=0, microsecond=0),
        works_on=Weekday(team.weekday),
    )
    if closes_at > latest:
        raise UserError(
            _("A round is open for {most} working days at most: that of *{team}* until {time}.").format(
                most=schedules.MOST_DAYS_OPEN, team=escape(team.name), time=local_time(latest, zone=team.time_zone)
            )
        )
    if team.next_round_at is not None and closes_at >= team.next_round_at:
        raise UserError(
            _(
                "That would reach the next round of *{team}*, {time}. Leave that one out first: `/maturity skip`."
            ).format(team=escape(team.name), time=local_time(team.next_round_at, zone=team.time_zone))
        )
    asked = [member.user_id for member in await rounds.members(session, held.id)]
    if await same_people.would_wait_for(
        session, team, asked, opens=held.opened_at, closes=held.closes_at, later=closes_at
    ):
        raise UserError(
            _(
                "A check-in of nearly the same people is planned before then, and would have to wait for this one. "
                "*{team}* can be kept open for fewer days, or as it is."
            ).format(team=escape(team.name))
        )
    return closes_at


async def can_be_kept_open(session: AsyncSession, held: Round, team: Team) -> bool:
    """Whether a button may offer to keep an open round open longer."""
    try:
        await extended_until(session, held, team, days=DAYS_MORE)
    except UserError:
        return False
    return True


async def extend_round(session: AsyncSession, held: Round, team: Team, *, days: int, now: datetime) -> None:
    """Keep an open round, held by the caller, open by so many working days more; UserError where it can't be.

    Reminders follow, and every check-in message is to show the new time.
    """
    closes_at = await extended_until(session, held, team, days=days)
    held.closes_at = closes_at
    await reminders.plan(session, held, team, after=now)
    on_their_way = await deliveries.extend(session, round_id=held.id, expires_at=closes_at, now=now)
    await deliveries.owe(
        session,
        workspace_id=held.workspace_id,
        messages=[
            Refresh.extended(held, member.user_id).row(due=now)
            for member in await rounds.members(session, held.id)
            if member.message_ts is not None or member.user_id in on_their_way
        ],
    )


async def close_round(session: AsyncSession, held: Round, *, now: datetime) -> None:
    """Close a round that the caller holds: counts are kept, answers go, summary and closing messages are owed.

    Where too few of those who answered hadn't answered elsewhere, nothing is kept but who took part.
    """
    await recently_asked.take_turn(session, held.workspace_id)
    took_part = await answers.who_answered(session, round_id=held.id)
    elsewhere = await recently_asked.took_part_elsewhere(session, held)
    confidential = held.privacy is Privacy.CONFIDENTIAL
    may_print = subtraction.may_print(took_part, elsewhere, minimum=held.minimum)
    # Of few it would tell where they answered, also of those who answered by name.
    held.withheld = not may_print and len(took_part) >= held.minimum
    if not may_print:
        await answers.remember_who_took_part(session, round_id=held.id)
        await answers.erase_round(session, round_id=held.id)
    else:
        await answers.count_and_erase(
            session,
            round_id=held.id,
            minimum=held.minimum if confidential else 1,
            notes_from=notes_from(held.minimum),
            erase=confidential,
        )
    await recently_asked.end(session, held, took_part=took_part, now=now)
    held.state, held.closed_at = RoundState.CLOSED, now
    log.info("round %s of team %s closes: %s took part", held.id, held.team_id, len(took_part))
    held.next_step = held.next_step_at = None
    await _owe_endings(session, held, now=now)
    await deliveries.owe(session, workspace_id=held.workspace_id, messages=[Summary.of(held).row(due=now)])
    await owe_digests(session, held, now=now)


async def cancel_round(session: AsyncSession, held: Round, *, now: datetime) -> None:
    """End a round that the caller holds without a result: its answers are erased, whatever its privacy."""
    await answers.erase_round(session, round_id=held.id)
    await recently_asked.end(session, held, took_part=(), now=now)
    held.state, held.closed_at = RoundState.CANCELLED, now
    held.next_step = held.next_step_at = None
    held.slot_date = None  # its team may be asked on that date all the same
    await _owe_endings(session, held, now=now)


async def _owe_endings(session: AsyncSession, held: Round, *, now: datetime) -> None:
    """Every check-in message is to be replaced; prompts and reminders not sent yet are moot."""
    unasked = await deliveries.skip_unsent(
        session, round_id=held.id, kinds=[DeliveryKind.PROMPT], reason="the round ended first", now=now
    )
    team = await teams.get(session, held.team_id, workspace_id=held.workspace_id) if unasked else None
    if team is not None:
        await notify.tell_unasked(session, team, round_id=held.id, due=now)
    # Whom it was that was reminded, and whose check-in was redrawn when, goes with the answers.
    await deliveries.forget(session, round_id=held.id, kinds=TELLING)
    await deliveries.owe(
        session,
        workspace_id=held.workspace_id,
        messages=[
            Closing.of(held, member.user_id).row(due=now + SUMMARY_FIRST)
            for member in await rounds.members(session, held.id)
        ],
    )
