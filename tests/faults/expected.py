"""What a calendar says should happen to a team, told from bot/schedule/cadence.py alone: no database, no worker."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.schedule.cadence import Schedule, at_local, member_open, next_slots, window_end

ROSTER_LEAD = timedelta(hours=1)
APART = timedelta(days=5, hours=23)
FIRST_OF_ALL_ZONES = "Pacific/Kiritimati"


@dataclass
class Plan:
    """A team on paper: its schedule, and who was in its channel from when on."""

    schedule: Schedule
    window_days: int
    on_members_clock: bool
    zones: dict[str, str]
    members: list[tuple[datetime, frozenset[str]]] = field(default_factory=list)

    def members_at(self, instant: datetime) -> frozenset[str]:
        return self.members[bisect_right([at for at, _who in self.members], instant) - 1][1]


@dataclass(frozen=True)
class Outage:
    """No worker runs from one instant to another."""

    begins: datetime
    ends: datetime


def when_done(due: datetime, outages: Sequence[Outage]) -> datetime:
    """When something due then is done: at once, or when a worker is there again."""
    return next((each.ends for each in outages if each.begins <= due < each.ends), due)


def prompts(
    plan: Plan, *, begin: datetime, end: datetime, outages: Sequence[Outage]
) -> tuple[dict[tuple[date, str], datetime], Counter[str]]:
    """When each person is asked in each round; and how many rounds are left out, by the reason that managers read."""
    asked: dict[tuple[date, str], datetime] = {}
    left_out: Counter[str] = Counter()
    after, last_opened, open_until = begin, None, begin
    while True:
        slots = next_slots(plan.schedule, after=after, count=10)
        slot = next(each for each in slots if last_opened is None or each.at >= last_opened + APART)
        first = slot.at
        if plan.on_members_clock:
            first = min(first, at_local(slot.date, plan.schedule.local_time, FIRST_OF_ALL_ZONES))
        read = when_done(max(begin, first - ROSTER_LEAD), outages)
        opened = when_done(max(first, read), outages)
        if opened >= end:
            return asked, left_out
        due = {
            person: member_open(slot.date, plan.schedule.local_time, plan.zones[person])
            if plan.on_members_clock
            else opened
            for person in plan.members_at(read)
        }
        closes = _closes(plan, slot.date, max(due.values()))
        if closes <= opened or open_until > opened:
            left_out["still open" if open_until > opened else "missed"] += 1
            after = max(opened, slot.at)
            continue
        for person, at in due.items():
            sent = when_done(max(at, opened), outages)
            if sent < min(closes, end):
                asked[slot.date, person] = sent
        after = last_opened = opened
        open_until = closes


def _closes(plan: Plan, slot_date: date, last_asked: datetime) -> datetime:
    opened_on, local_time = slot_date, plan.schedule.local_time
    if plan.on_members_clock:
        local = last_asked.astimezone(ZoneInfo(plan.schedule.time_zone))
        opened_on, local_time = local.date(), local.time().replace(second=0, microsecond=0)
    return window_end(
        opened_on,
        window_days=plan.window_days,
        zone=plan.schedule.time_zone,
        days_off=plan.schedule.days_off,
        local_time=local_time,
        works_on=plan.schedule.weekday,
    )
