"""Messages that ended are kept for a while and then let go, a batch at a time."""

import asyncio
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from storage import claims, deliveries, rounds
from storage.deliveries import KEPT, Owed
from storage.engine import Database
from storage.kinds import DeliveryKind, DeliveryState, RoundState
from storage.models import Delivery
from tests.storage.builders import HOME, NOW, a_closed_round, a_team, an_open_round, on_postgresql

LATER = NOW + KEPT + timedelta(days=1)


async def ended(session: AsyncSession, *messages: Owed, state: DeliveryState = DeliveryState.SENT) -> None:
    """Messages of HOME that are owed, and ended on the day of NOW."""
    await deliveries.owe(session, workspace_id=HOME, messages=messages)
    for message in messages:
        owed = await deliveries.get(session, workspace_id=HOME, key=message.key)
        assert owed is not None
        owed.state, owed.next_attempt_at, owed.ended_on = state, None, NOW.date()


def notice(number: int) -> Owed:
    return Owed(key=f"notice:{number}", kind=DeliveryKind.NOTICE, due=NOW, user_id="U1")


async def forget(database: Database, *, limit: int = 100) -> int:
    async with database.begin() as session:
        return await deliveries.forget_old(session, now=LATER, limit=limit)


async def left(database: Database) -> set[str]:
    async with database.reading() as session:
        return set((await session.execute(select(Delivery.key))).scalars())


@pytest.mark.parametrize("state", [DeliveryState.SENT, DeliveryState.SKIPPED, DeliveryState.FAILED])
async def test_a_message_is_kept_for_400_days_after_it_ended_and_then_goes(
    database: Database, state: DeliveryState
) -> None:
    async with database.begin() as session:
        await a_team(session)
        await ended(session, notice(1), state=state)
        assert await deliveries.forget_old(session, now=NOW + timedelta(days=400), limit=100) == 0
    assert await forget(database) == 1
    assert await left(database) == set()


async def test_what_is_still_to_be_sent_stays_however_old(database: Database) -> None:
    async with database.begin() as session:
        await a_team(session)
        await deliveries.owe(session, workspace_id=HOME, messages=[notice(1)])
    assert await forget(database) == 0
    assert await left(database) == {"notice:1"}


async def test_a_batch_takes_the_oldest_and_no_more_than_it_may(database: Database) -> None:
    async with database.begin() as session:
        await a_team(session)
        await ended(session, *(notice(number) for number in range(7)))
        oldest = await deliveries.get(session, workspace_id=HOME, key="notice:4")
        assert oldest is not None
        oldest.ended_on = NOW.date() - timedelta(days=1)
    assert await forget(database, limit=1) == 1
    assert await left(database) == {f"notice:{number}" for number in (0, 1, 2, 3, 5, 6)}
    assert [await forget(database, limit=4) for _turn in range(3)] == [4, 2, 0]


async def test_the_messages_of_an_open_round_stay_until_it_ended(database: Database) -> None:
    """An erasure is remembered in one of them until the close."""
    async with database.begin() as session:
        team = await a_team(session)
        closed = await a_closed_round(session, team)
        opened = await an_open_round(session, team)
        await ended(
            session,
            *(
                Owed(key=f"{asked.id}", kind=DeliveryKind.PROMPT, due=NOW, user_id="U1", round_id=asked.id)
                for asked in (closed, opened)
            ),
        )
    assert await forget(database) == 1
    assert await left(database) == {f"{opened.id}"}
    async with database.begin() as session:
        held = await rounds.hold(session, opened.id)
        assert held is not None
        held.state = RoundState.CLOSED
    assert await forget(database) == 1


async def test_a_summary_that_failed_can_be_posted_again_at_any_time(database: Database) -> None:
    async with database.begin() as session:
        team = await a_team(session)
        closed = await a_closed_round(session, team)
        summary, share = (
            Owed(key=kind.value, kind=kind, due=NOW, channel_id="C1", team_id=team.id, round_id=closed.id)
            for kind in (DeliveryKind.SUMMARY, DeliveryKind.SHARE)
        )
        await ended(session, summary, share, state=DeliveryState.FAILED)
    assert await forget(database) == 1
    async with database.begin() as session:
        assert await deliveries.owe_failed_again(session, workspace_id=HOME, key="summary", due=LATER)
    assert await forget(database) == 0
    assert await left(database) == {"summary"}


async def test_one_that_is_owed_again_begins_anew_also_after_it_was_let_go(database: Database) -> None:
    async with database.begin() as session:
        await a_team(session)
        await ended(session, notice(1), notice(2))
        await deliveries.owe_again(session, workspace_id=HOME, message=notice(1))
    assert await forget(database) == 1
    async with database.begin() as session:
        await deliveries.owe_again(session, workspace_id=HOME, message=notice(2))
    assert await left(database) == {"notice:1", "notice:2"}


@pytest.mark.waits
@on_postgresql
async def test_one_that_is_let_go_while_it_is_owed_again_is_owed(database: Database) -> None:
    async with database.begin() as session:
        await a_team(session)
        await ended(session, notice(1))
    async with database.begin() as pruning:
        assert await deliveries.forget_old(pruning, now=LATER, limit=100) == 1
        owing = asyncio.create_task(_owe_again(database))
        await _until_it_waits(database, owing)
    await owing
    assert await left(database) == {"notice:1"}


async def _owe_again(database: Database) -> None:
    async with database.begin() as session:
        await deliveries.owe_again(session, workspace_id=HOME, message=notice(1))


async def _until_it_waits(database: Database, task: asyncio.Task[None]) -> None:
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    while not task.done():
        async with database.reading() as session:
            connection = await session.connection()
            if (await connection.exec_driver_sql(waiting)).scalar_one():
                return


@on_postgresql
async def test_workers_that_let_go_at_once_take_different_ones_and_wait_for_nobody(database: Database) -> None:
    async with database.begin() as session:
        await a_team(session)
        await ended(session, *(notice(number) for number in range(10)))
    async with database.begin() as first, database.begin() as second:
        assert await deliveries.forget_old(first, now=LATER, limit=6) == 6
        assert await deliveries.forget_old(second, now=LATER, limit=6) == 4


async def test_each_way_to_end_writes_down_the_day(database: Database) -> None:
    day = timedelta(days=1)

    async def ended_on(key: str) -> date | None:
        async with database.reading() as session:
            found = await deliveries.get(session, workspace_id=HOME, key=key)
        assert found is not None
        return found.ended_on

    async with database.begin() as session:
        team = await a_team(session)
        opened = await an_open_round(session, team)
        await deliveries.owe(session, workspace_id=HOME, messages=[
            Owed(key="sent", kind=DeliveryKind.NOTICE, due=NOW),
            Owed(key="closed", kind=DeliveryKind.PROMPT, due=NOW + day, user_id="U1", round_id=opened.id),
            Owed(key="stopped", kind=DeliveryKind.PROMPT, due=NOW + day, user_id="U2"),
        ])  # fmt: skip
        worker = deliveries.new_id()
        [(sent, _unknown)] = await claims.claim(
            session, worker=worker, now=NOW, lease=day, allowance=claims.Allowance(rate=4, burst=20)
        )
        outcome: dict[str, Any] = {"maybe_sent": False, "worker": worker, "now": NOW}
        await deliveries.settle(session, sent.id, state=DeliveryState.SENT, next_attempt_at=None, **outcome)
        await deliveries.skip_unsent(
            session, round_id=opened.id, kinds=[DeliveryKind.PROMPT], reason="closed", now=NOW + day
        )
        await deliveries.leave_alone(session, workspace_id=HOME, user_id="U2", now=NOW + 2 * day)
    assert [await ended_on(key) for key in ("sent", "closed", "stopped")] == [
        NOW.date() + number * day for number in range(3)
    ]
