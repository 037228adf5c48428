"""What Slack said a moment ago is offered where it takes long now."""

import asyncio
import gc
from datetime import UTC, datetime, timedelta

import pytest

from bot.slack.remembered import PUT_OFF, Remembered

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


async def test_whatever_goes_wrong_is_one_line_that_quotes_nobody_and_is_left_alone_for_a_while(
    caplog: pytest.LogCaptureFixture,
) -> None:
    remembered, asked = Remembered[str](), 0

    async def ask() -> str:
        nonlocal asked
        asked += 1
        raise LookupError("quotes what somebody wrote")

    gc.collect()  # what tests before this one left
    caplog.clear()
    for later in (timedelta(0), PUT_OFF / 2, PUT_OFF):
        assert await remembered.get("T1", ask, now=NOW + later) is None
    assert asked == 2
    gc.collect()  # asyncio would say now that nobody looked at an error
    assert len(caplog.messages) == 2
    assert "LookupError in ask" in caplog.text
    assert "somebody wrote" not in caplog.text
