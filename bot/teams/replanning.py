"""Planned rounds whose instant is out of date: time zones change their rules, and with them what a local time means."""

import logging

from bot.logs import where
from bot.schedule import schedules
from bot.schedule.cadence import Slot, at_local
from storage import teams
from storage.engine import Database
from storage.teams import PlannedSlot

log = logging.getLogger(__name__)

BATCH = 1000


async def replan(database: Database) -> int:
    """Compute every planned instant anew, and correct those that differ, before anything opens by them; how many did.

    The date of each round stays; its instant is that of the schedule's local time by today's zone data.
    """
    corrected, last = 0, 0
    while True:
        async with database.reading() as session:
            planned = await teams.planned_slots(session, after=last, limit=BATCH)
        if not planned:
            return corrected
        last = planned[-1].team_id
        for slot in planned:
            if not _is_right(slot):
                corrected += await _correct(database, slot)


def _is_right(planned: PlannedSlot) -> bool:
    """True also where nobody can say: a zone that the data has lost keeps its last instant."""
    try:
        return at_local(planned.slot_date, planned.local_time, planned.time_zone) == planned.next_round_at
    except ValueError as error:
        log.warning("the next round of team %s can't be checked: %s", planned.team_id, where(error))
        return True


async def _correct(database: Database, planned: PlannedSlot) -> int:
    async with database.begin() as session:
        team = await teams.hold(session, planned.team_id)
        if team is None or team.next_round_at != planned.next_round_at or team.next_slot_date != planned.slot_date:
            return 0  # its schedule was changed meanwhile
        at = at_local(planned.slot_date, team.local_time, team.time_zone)
        schedules.wait_for(team, Slot(planned.slot_date, at))
    log.info("the next round of team %s moves to %s: its time zone has other rules now", planned.team_id, at)
    return 1
