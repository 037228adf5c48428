"""What can be measured without a server: the next occurrence of a schedule, and a picture."""

import asyncio
import time
from datetime import UTC, date, datetime
from datetime import time as wall_time

from apscheduler.triggers.cron import CronTrigger

from bot.charts.profile import Caption, profile_svg
from bot.charts.render import Renderer
from bot.schedule.cadence import Schedule, next_slot
from bot.schedule.days_off import Weekday
from rubric import Rubric
from rubric.summary import Agreement, Detail, Reading, Summary

BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)


def cadence(turns: int = 2000) -> tuple[float, float]:
    """Microseconds for the next occurrence of a weekly schedule: ours, and APScheduler's cron trigger's."""
    weekly = Schedule(
        every_weeks=1, monthly_nth=None, weekday=Weekday.TUESDAY, local_time=wall_time(10), time_zone="America/Chicago",
        anchor=date(2026, 1, 6),
    )  # fmt: skip
    trigger = CronTrigger(day_of_week="tue", hour=10, timezone="America/Chicago")
    at = BEGINNING
    begun = time.perf_counter()
    for _ in range(turns):
        at = next_slot(weekly, after=at).at
    ours = time.perf_counter() - begun
    fired: datetime = BEGINNING
    begun = time.perf_counter()
    for _ in range(turns):
        following = trigger.get_next_fire_time(fired, fired)
        assert following is not None
        fired = following
    theirs = time.perf_counter() - begun
    return 1e6 * ours / turns, 1e6 * theirs / turns


async def picture(rubric: Rubric, turns: int = 10) -> tuple[float, float]:
    """Milliseconds until a summary's picture is drawn, and the longest that the event loop stood still meanwhile."""
    readings = tuple(
        Reading(
            dimension.key, Detail.FULL, level=2, agreement=Agreement.MIXED, counts=(2, 5, 2, 0), answered=9,
            cant_say=0, could_be=(2, 2),
        )
        for dimension in rubric.dimensions
    )  # fmt: skip
    summary = Summary(rubric.version, 9, 9, readings, None, False, (), (), False)
    renderer = Renderer()
    stall, done = 0.0, False

    async def watch() -> None:
        nonlocal stall
        while not done:
            before = time.perf_counter()
            await asyncio.sleep(0.001)
            stall = max(stall, time.perf_counter() - before - 0.001)

    try:
        await renderer.png(profile_svg(rubric, summary, Caption("Permits online", "Round 1")))
        watching = asyncio.create_task(watch())
        took = []
        for number in range(turns):
            begun = time.perf_counter()
            await renderer.png(profile_svg(rubric, summary, Caption("Permits online", f"Round {number}")))
            took.append(time.perf_counter() - begun)
        done = True
        await watching
    finally:
        renderer.close()
    return 1000 * sorted(took)[turns // 2], 1000 * stall
