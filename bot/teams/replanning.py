"""Planned rounds that are out of date: zones change their rules, and countries their weekends and holidays."""

import logging
from datetime import datetime

from bot.kit.logs import where
from bot.notices import notify
from bot.notices.facts import NoticeFacts
from bot.schedule import schedules
from bot.schedule.cadence import DaysOff, Slot, Weekday, at_local, is_working_day
from storage import rounds, teams
from storage.engine import Database
from storage.kinds import NoticeReason
from storage.models import Team
from storage.teams import PlannedSlot

log = logging.getLogger(__name__)

BATCH = 1000


async def replan(database: Database, *, now: datetime) -> int:
    """Compute every planned instant anew, and correct those that differ, before anything opens by them; how many did.

    The date of each round stays, and its instant is that of the schedule's local time by today's zone data. A date on
    which the team's country doesn't work by today's calendar moves, and the managers are told. Open rounds close when
    they were to.
    """
    corrected, last = 0, 0
    while True:
        async with database.reading() as session:
            planned = await teams.planned_slots(session, after=last, limit=BATCH)
        if not planned:
            return corrected
        last = planned[-1].team_id
        for slot in planned:
            if not _is_right(slot, now=now):
                corrected += await _correct(database, slot, now=now)


def _is_right(planned: PlannedSlot, *, now: datetime) -> bool:
    """True also where nobody can say: a zone or a country that the data has lost keeps its last instant."""
    try:
        at = at_local(planned.slot_date, planned.local_time, planned.time_zone)
        return at == planned.next_round_at and not _is_off(planned, now=now)
    except ValueError as error:
        log.warning("the next round of team %s can't be checked: %s", planned.team_id, where(error))
        return True


def _is_off(planned: PlannedSlot, *, now: datetime) -> bool:
    """Whether the date of a round to come is no working day of the team's country, as we know it now."""
    if planned.country is None or planned.next_round_at <= now:
        return False
    days_off = DaysOff(country=planned.country, subdivision=planned.subdivision)
    return not is_working_day(planned.slot_date, days_off, works_on=Weekday(planned.weekday))


async def _correct(database: Database, planned: PlannedSlot, *, now: datetime) -> int:
    async with database.begin() as session:
        team = await teams.hold(session, planned.team_id)
        if team is None or team.next_round_at != planned.next_round_at or team.next_slot_date != planned.slot_date:
            return 0  # its schedule was changed meanwhile
        if _is_off(planned, now=now):
            last_opened = await rounds.last_opened(session, team.id)
            schedules.wait_for_next(team, after=now, last_opened=last_opened)
            await notify.tell_managers(
                session, team, _moved(team, planned), about=planned.slot_date.isoformat(), now=now
            )
            log.info("the next round of team %s moves to %s: a day off", planned.team_id, team.next_round_at)
        else:
            at = at_local(planned.slot_date, team.local_time, team.time_zone)
            schedules.wait_for(team, Slot(planned.slot_date, at))
            log.info("the next round of team %s moves to %s: its time zone has other rules now", planned.team_id, at)
    return 1


def _moved(team: Team, planned: PlannedSlot) -> NoticeFacts:
    return NoticeFacts(
        reason=NoticeReason.DATE_MOVED,
        was=planned.slot_date,
        at=team.next_round_at,
        zone=team.time_zone,
        country=planned.country or "",
    )
