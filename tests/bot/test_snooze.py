"""A reminder put off until the next working day."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.check_ins import reminders
from bot.rounds import lifecycle
from storage import deliveries
from storage import rounds as stored_rounds
from storage.engine import Database
from storage.kinds import DeliveryKind, DeliveryState
from storage.models import Delivery
from tests.storage.builders import ELSEWHERE, HOME, MEMBERS, NOW, a_team, an_open_round, close

ME = MEMBERS[0]
NINE_TOMORROW = datetime(2026, 9, 16, 14, 0, tzinfo=UTC)
"""In Chicago; NOW is a Tuesday."""


async def a_round(database: Database, *, closes_at: datetime = NOW + timedelta(days=3), **columns: Any) -> int:
    async with database.begin() as session:
        team = await a_team(session, **columns)
        return (await an_open_round(session, team, closes_at=closes_at)).id


async def snoozed(
    database: Database, round_id: int, *, user_id: str = ME, workspace_id: str = HOME, now: datetime = NOW
) -> datetime | None:
    """When the reminder comes again; LookupError for who isn't asked in an open round."""
    async with database.begin() as session:
        found = await reminders.snooze(session, workspace_id=workspace_id, round_id=round_id, user_id=user_id, now=now)
    if found is None:
        raise LookupError
    return found.again_at


async def owed(database: Database, round_id: int) -> Delivery | None:
    async with database.reading() as session:
        return await deliveries.get(session, workspace_id=HOME, key=f"round:{round_id}:snoozed:{ME}")


async def test_the_reminder_comes_again_at_nine_tomorrow_and_not_after_the_close(database: Database) -> None:
    round_id = await a_round(database)
    assert await snoozed(database, round_id) == NINE_TOMORROW
    found = await owed(database, round_id)
    assert found is not None
    assert (found.kind, found.user_id, found.next_attempt_at) == (DeliveryKind.REMINDER, ME, NINE_TOMORROW)
    assert found.expires_at == NOW + timedelta(days=3)


async def test_on_a_friday_tomorrow_is_monday_and_a_day_off_is_none(database: Database) -> None:
    friday = datetime(2026, 9, 18, 15, 0, tzinfo=UTC)
    round_id = await a_round(database, closes_at=friday + timedelta(days=9), own_days_off=["2026-09-21"])
    assert await snoozed(database, round_id, now=friday) == datetime(2026, 9, 22, 14, 0, tzinfo=UTC)


async def test_two_taps_put_it_off_once(database: Database) -> None:
    round_id = await a_round(database)
    await snoozed(database, round_id)
    assert await snoozed(database, round_id, now=NOW + timedelta(minutes=1)) == NINE_TOMORROW
    found = await owed(database, round_id)
    assert found is not None
    assert found.next_attempt_at == NINE_TOMORROW


async def test_what_came_again_can_be_put_off_again(database: Database) -> None:
    round_id = await a_round(database)
    await snoozed(database, round_id)
    async with database.begin() as session:
        sent = await deliveries.get(session, workspace_id=HOME, key=f"round:{round_id}:snoozed:{ME}")
        assert sent is not None
        sent.state, sent.next_attempt_at = DeliveryState.SENT, None
    assert await snoozed(database, round_id, now=NINE_TOMORROW) == NINE_TOMORROW + timedelta(days=1)
    again = await owed(database, round_id)
    assert again is not None
    assert (again.state, again.next_attempt_at) == (DeliveryState.PENDING, NINE_TOMORROW + timedelta(days=1))


async def test_where_the_round_closes_first_no_reminder_is_owed(database: Database) -> None:
    round_id = await a_round(database, closes_at=NINE_TOMORROW)
    assert await snoozed(database, round_id) is None
    assert await owed(database, round_id) is None


async def test_nobody_puts_off_what_they_are_not_asked_or_can_no_longer_answer(database: Database) -> None:
    round_id = await a_round(database)
    strangers: list[dict[str, Any]] = [
        {"user_id": "U0STRANGER"},
        {"workspace_id": ELSEWHERE},
        {"now": NOW + timedelta(days=3)},
    ]
    for strange in strangers:
        with pytest.raises(LookupError):
            await snoozed(database, round_id, **strange)
    with pytest.raises(LookupError):
        await snoozed(database, 4711)
    async with database.begin() as session:
        await close(session, round_id)
    with pytest.raises(LookupError):
        await snoozed(database, round_id)


async def test_a_reminder_that_was_put_off_is_forgotten_once_the_round_is_closed(database: Database) -> None:
    round_id = await a_round(database)
    await snoozed(database, round_id)
    async with database.begin() as session:
        held = await stored_rounds.hold(session, round_id)
        assert held is not None
        await lifecycle.close_round(session, held, now=NOW)
    assert await owed(database, round_id) is None
