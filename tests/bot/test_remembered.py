"""What Slack said a moment ago is offered where it takes long now."""

import asyncio
from datetime import UTC, datetime, timedelta

from bot.slack.remembered import Remembered

NOW = datetime(2026, 10, 5, 15, 0, tzinfo=UTC)


async def test_what_slack_says_too_late_for_one_is_there_for_the_next_and_offered_while_it_is_slow_again() -> None:
    remembered = Remembered[str](patience=0.0)
    slack, asked = asyncio.Event(), 0

    async def ask() -> str:
        nonlocal asked
        asked += 1
        await slack.wait()
        return "Parks crew"

    assert await remembered.get("T1", ask, now=NOW) is None
    slack.set()
    async with asyncio.timeout(60):
        while await remembered.get("T1", ask, now=NOW) is None:  # noqa: ASYNC110 - it says it to who asks
            await asyncio.sleep(0)
    assert asked == 1
    slack.clear()
    assert await remembered.get("T1", ask, now=NOW + timedelta(minutes=2)) == "Parks crew"
    assert asked == 2
    slack.set()
