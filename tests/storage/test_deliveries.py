"""Messages owed, and what becomes of them once they are claimed."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from storage import claims, deliveries, workspaces
from storage.claims import Allowance
from storage.deliveries import Owed
from storage.engine import Database
from storage.kinds import DeliveryKind, DeliveryState
from storage.models import Delivery
from tests.storage.builders import ELSEWHERE, HOME, MEMBERS, NOW, a_round_with, a_workspace, on_postgresql

WORKER = UUID(int=1)
OTHER = UUID(int=2)
LEASE = timedelta(seconds=60)


def prompt(number: int = 1, **changes: Any) -> Owed:
    what: dict[str, Any] = {"key": f"prompt:{number}", "kind": DeliveryKind.PROMPT, "due": NOW, "user_id": f"U{number}"}
    return Owed(**what | changes)


async def owe(database: Database, *messages: Owed) -> int:
    """Owe messages in HOME, which is added where it isn't there."""
    async with database.begin() as session:
        await a_workspace(session)
        return await deliveries.owe(session, workspace_id=HOME, messages=messages)


async def claim(
    database: Database, worker: UUID = WORKER, *, seconds: float = 0, limit: int = 100
) -> list[tuple[str, bool]]:
    """Keys and unknown fates of what a worker gets, so many seconds after NOW."""
    async with database.begin() as session:
        claimed = await claims.claim(
            session,
            worker=worker,
            now=NOW + timedelta(seconds=seconds),
            lease=LEASE,
            allowance=Allowance(rate=1_000, burst=1_000),
            limit=limit,
        )
        return [(delivery.key, unknown) for delivery, unknown in claimed]


async def get(database: Database, key: str = "prompt:1") -> Delivery:
    async with database.reading() as session:
        found = await deliveries.get(session, workspace_id=HOME, key=key)
    assert found is not None
    return found


async def settle(database: Database, state: DeliveryState, worker: UUID = WORKER, **what: Any) -> bool:
    """Settle `prompt:1`; by default its fate is known, and nothing is left to do."""
    delivery_id = (await get(database)).id
    outcome = {"maybe_sent": False, "next_attempt_at": None, **what}
    async with database.begin() as session:
        return await deliveries.settle(session, delivery_id, worker=worker, now=NOW, state=state, **outcome)


async def test_a_message_is_owed_once_however_often_it_is_asked_for(database: Database) -> None:
    assert await owe(database, prompt(1), prompt(2)) == 2
    assert await owe(database, prompt(2, due=NOW + timedelta(days=1)), prompt(3)) == 1
    assert (await get(database, "prompt:2")).next_attempt_at == NOW
    assert await owe(database) == 0


async def test_the_same_key_means_another_message_in_another_workspace(database: Database) -> None:
    await owe(database, prompt(1))
    async with database.begin() as session:
        await a_workspace(session, ELSEWHERE)
        assert await deliveries.owe(session, workspace_id=ELSEWHERE, messages=[prompt(1)]) == 1


async def test_a_whole_round_of_messages_is_owed_at_once_and_a_repeat_adds_none(database: Database) -> None:
    """More than one statement holds."""
    messages = [prompt(number) for number in range(250)]
    assert await owe(database, *messages) == 250
    assert await owe(database, *messages) == 0


async def test_a_message_keeps_what_it_is_about(database: Database) -> None:
    round_id = await a_round_with(database)
    await owe(
        database,
        prompt(round_id=round_id, channel_id="D1", expires_at=NOW + LEASE, details={"reason": "moved", "times": 2}),
    )
    kept = await get(database)
    assert (kept.kind, kept.state) == (DeliveryKind.PROMPT, DeliveryState.PENDING)
    assert (kept.round_id, kept.user_id, kept.channel_id, kept.expires_at) == (round_id, "U1", "D1", NOW + LEASE)
    assert kept.details == {"reason": "moved", "times": 2}


async def test_a_worker_gets_what_is_due_the_longest_overdue_first_and_nothing_early(database: Database) -> None:
    second = timedelta(seconds=1)
    await owe(database, prompt(1), prompt(2, due=NOW - second), prompt(3, due=NOW + second))
    assert await claim(database) == [("prompt:2", False), ("prompt:1", False)]
    assert await claim(database, seconds=1) == [("prompt:3", False)]


async def test_a_claim_is_written_down_before_anything_is_sent(database: Database) -> None:
    await owe(database, prompt())
    await claim(database)
    claimed = await get(database)
    assert (claimed.state, claimed.maybe_sent, claimed.lease_owner) == (DeliveryState.SENDING, True, WORKER)
    assert (claimed.attempt, claimed.first_attempt_at, claimed.next_attempt_at) == (1, NOW, NOW + LEASE)


async def test_a_lease_holds_until_it_runs_out_and_then_the_fate_is_unknown(database: Database) -> None:
    await owe(database, prompt())
    await claim(database)
    assert await claim(database, OTHER, seconds=59.9) == []
    assert await claim(database, OTHER, seconds=60) == [("prompt:1", True)]
    taken_over = await get(database)
    assert (taken_over.attempt, taken_over.first_attempt_at, taken_over.lease_owner) == (2, NOW, OTHER)


async def test_only_the_worker_that_holds_a_delivery_settles_it_and_only_once(database: Database) -> None:
    await owe(database, prompt())
    await claim(database)
    await claim(database, OTHER, seconds=60)
    assert not await settle(database, DeliveryState.SENT, WORKER, message_ts="1.1")
    assert (await get(database)).message_ts is None
    assert await settle(database, DeliveryState.SENT, OTHER, message_ts="2.2", channel_id="D2")
    assert not await settle(database, DeliveryState.FAILED, OTHER, error="late")
    sent = await get(database)
    assert (sent.state, sent.message_ts, sent.channel_id) == (DeliveryState.SENT, "2.2", "D2")
    assert (sent.maybe_sent, sent.last_error) == (False, None)
    assert await claim(database, seconds=100_000) == []


async def test_only_a_message_that_failed_is_owed_once_more_and_only_once(database: Database) -> None:
    async def again(workspace_id: str = HOME) -> bool:
        async with database.begin() as session:
            return await deliveries.owe_failed_again(session, workspace_id=workspace_id, key="prompt:1", due=NOW)

    await owe(database, prompt())
    assert not await again()
    await claim(database)
    assert not await again()
    await settle(database, DeliveryState.FAILED, error="is_archived")
    assert not await again(ELSEWHERE)
    assert await again()
    assert not await again()
    assert len(await claim(database)) == 1


@pytest.mark.parametrize("unknown", [True, False])
async def test_a_delivery_to_be_tried_again_says_whether_it_may_have_arrived(
    database: Database, *, unknown: bool
) -> None:
    await owe(database, prompt())
    await claim(database)
    again_at = NOW + timedelta(seconds=30)
    assert await settle(
        database,
        DeliveryState.PENDING,
        maybe_sent=unknown,
        next_attempt_at=again_at,
        error="no answer",
        looked_up=1,
    )
    assert await claim(database, seconds=29) == []
    assert await claim(database, seconds=30) == [("prompt:1", unknown)]
    assert ((await get(database)).looked_up, (await get(database)).last_error) == (1, "no answer")


async def test_nothing_is_sent_where_slack_refuses_our_token(database: Database) -> None:
    await owe(database, prompt())
    async with database.begin() as session:
        await workspaces.revoke(session, HOME, now=NOW)
    assert await claim(database) == []
    async with database.begin() as session:
        await a_workspace(session)  # installed again
    assert await claim(database) == [("prompt:1", False)]


async def test_what_waits_for_a_refused_token_ends_with_that_reason_and_nothing_else_does(database: Database) -> None:
    await owe(database, prompt(1), prompt(2, due=NOW + timedelta(hours=1)))
    async with database.begin() as session:
        await a_workspace(session, ELSEWHERE)
        await deliveries.owe(session, workspace_id=ELSEWHERE, messages=[prompt(3)])
        await workspaces.revoke(session, HOME, now=NOW)
        assert await claims.give_up_unreachable(session, before=NOW, now=NOW) == 1
    ended, waiting = await get(database, "prompt:1"), await get(database, "prompt:2")
    assert (ended.state, ended.last_error, ended.next_attempt_at) == (DeliveryState.FAILED, "token_revoked", None)
    assert waiting.state is DeliveryState.PENDING
    assert await claim(database) == [("prompt:3", False)]


async def test_where_a_message_goes_is_kept_before_it_is_sent(database: Database) -> None:
    await owe(database, prompt())
    async with database.begin() as session:
        await deliveries.remember_channel(session, (await get(database)).id, channel_id="D1")
    assert (await get(database)).channel_id == "D1"


async def test_a_message_that_was_sent_can_be_owed_again_under_a_new_id(database: Database) -> None:
    await owe(database, prompt())
    await claim(database)
    await settle(database, DeliveryState.SENT, message_ts="1.1", channel_id="D1")
    before = await get(database)
    async with database.begin() as session:
        await deliveries.owe_again(session, workspace_id=HOME, message=prompt(due=NOW + LEASE))
    after = await get(database)
    assert after.id != before.id  # else the look-up would find the message of the first time
    assert (after.state, after.attempt, after.maybe_sent) == (DeliveryState.PENDING, 0, False)
    assert (after.first_attempt_at, after.next_attempt_at) == (None, NOW + LEASE)
    assert (after.message_ts, after.channel_id) == ("1.1", "D1")  # where the message to be redrawn is


async def test_owing_again_what_was_never_owed_owes_it(database: Database) -> None:
    await owe(database)
    async with database.begin() as session:
        await deliveries.owe_again(session, workspace_id=HOME, message=prompt())
    assert await claim(database) == [("prompt:1", False)]


@pytest.mark.parametrize("outcome", [DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.SKIPPED])
async def test_what_is_owed_again_while_it_is_on_its_way_is_sent_once_more_after_that(
    database: Database, outcome: DeliveryState
) -> None:
    """What it says was drawn before somebody asked for a newer one."""
    await owe(database, prompt())
    await claim(database)
    before = await get(database)
    async with database.begin() as session:
        await deliveries.owe_again(session, workspace_id=HOME, message=prompt(due=NOW + LEASE))
    assert (await get(database)).lease_owner == WORKER  # the worker that has it keeps it
    assert await settle(database, outcome, message_ts="1.1")
    after = await get(database)
    assert after.id != before.id
    assert (after.state, after.attempt, after.maybe_sent, after.message_ts) == (DeliveryState.PENDING, 0, False, "1.1")
    assert await claim(database, seconds=59) == []
    assert await claim(database, seconds=60) == [("prompt:1", False)]
    assert await settle(database, DeliveryState.SENT)
    assert await claim(database, seconds=100_000) == []  # once more, not for ever


async def test_a_retry_does_not_lose_that_it_was_owed_again(database: Database) -> None:
    await owe(database, prompt())
    await claim(database)
    async with database.begin() as session:
        await deliveries.owe_again(session, workspace_id=HOME, message=prompt())
    await settle(database, DeliveryState.PENDING, maybe_sent=True, next_attempt_at=NOW + LEASE)
    await claim(database, seconds=60)
    await settle(database, DeliveryState.SENT)
    assert await claim(database, seconds=60) == [("prompt:1", False)]


async def test_a_message_that_is_sent_after_a_search_is_searched_for_from_the_beginning_if_it_gets_lost(
    database: Database,
) -> None:
    await owe(database, prompt())
    await claim(database)
    await settle(database, DeliveryState.PENDING, maybe_sent=True, next_attempt_at=NOW, looked_up=1)
    await claim(database)
    delivery_id = (await get(database)).id
    async with database.begin() as session:
        assert not await deliveries.will_send(session, delivery_id, worker=OTHER)
        assert await deliveries.will_send(session, delivery_id, worker=WORKER)
    assert (await get(database)).looked_up == 0


async def test_a_closed_round_drops_the_prompts_it_still_owed_but_not_what_may_be_on_its_way(
    database: Database,
) -> None:
    round_id = await a_round_with(database)
    await owe(database, *(prompt(number, round_id=round_id) for number in (1, 2)))
    await claim(database, limit=1)
    await owe(database, prompt(3, round_id=round_id, kind=DeliveryKind.SUMMARY), prompt(4))
    async with database.begin() as session:
        await deliveries.skip_unsent(session, round_id=round_id, kinds=[DeliveryKind.PROMPT], reason="closed", now=NOW)
    states = {number: (await get(database, f"prompt:{number}")).state for number in (1, 2, 3, 4)}
    assert sorted([states[1], states[2]]) == [DeliveryState.SENDING, DeliveryState.SKIPPED]
    assert (states[3], states[4]) == (DeliveryState.PENDING, DeliveryState.PENDING)
    skipped = await get(database, "prompt:1" if states[1] is DeliveryState.SKIPPED else "prompt:2")
    assert (skipped.last_error, skipped.next_attempt_at) == ("closed", None)


async def test_what_a_closed_round_tried_in_vain_has_failed_with_the_last_error(database: Database) -> None:
    round_id = await a_round_with(database)
    await owe(database, *(prompt(number, round_id=round_id) for number in (1, 2)))
    await claim(database)
    assert await settle(database, DeliveryState.PENDING, next_attempt_at=NOW + LEASE, error="ratelimited")
    async with database.begin() as session:
        failed = await deliveries.skip_unsent(
            session, round_id=round_id, kinds=[DeliveryKind.PROMPT], reason="closed", now=NOW
        )
    tried = await get(database)
    assert failed == 1
    assert (tried.state, tried.last_error, tried.next_attempt_at) == (DeliveryState.FAILED, "ratelimited", None)


async def test_waiting_for_its_own_time_is_no_part_of_how_long_a_message_is_tried(database: Database) -> None:
    await owe(database, prompt())
    await claim(database)
    assert await settle(database, DeliveryState.PENDING, next_attempt_at=NOW + timedelta(days=3), too_early=True)
    waiting = await get(database)
    assert (waiting.attempt, waiting.first_attempt_at) == (0, None)


async def test_what_failed_or_is_tried_again_shows_as_trouble_in_its_own_workspace(database: Database) -> None:
    await owe(database, *(prompt(number) for number in range(4)))
    await claim(database, limit=3)
    outcomes = [
        (DeliveryState.FAILED, None, "channel_not_found"),
        (DeliveryState.PENDING, NOW + LEASE, "timeout"),
        (DeliveryState.SENT, None, None),
    ]
    async with database.reading() as session:
        claimed = [key for key in range(4) if await _is_sending(session, key)]
    for key, (state, again_at, error) in zip(claimed, outcomes, strict=True):
        delivery_id = (await get(database, f"prompt:{key}")).id
        async with database.begin() as session:
            await deliveries.settle(
                session,
                delivery_id,
                worker=WORKER,
                now=NOW,
                state=state,
                maybe_sent=False,
                next_attempt_at=again_at,
                error=error,
            )
    async with database.reading() as session:
        trouble = await deliveries.in_trouble(session, workspace_id=HOME)
        assert {delivery.last_error for delivery in trouble} == {"channel_not_found", "timeout"}
        assert len(await deliveries.in_trouble(session)) == 2
        assert len(await deliveries.in_trouble(session, limit=1)) == 1
        assert await deliveries.in_trouble(session, workspace_id=ELSEWHERE) == []
        assert await deliveries.backlog(session, now=NOW) == (1, 1)
        assert await deliveries.backlog(session, now=NOW + LEASE) == (2, 1)


async def _is_sending(session: Any, number: int) -> bool:
    found = await deliveries.get(session, workspace_id=HOME, key=f"prompt:{number}")
    return found is not None and found.state is DeliveryState.SENDING


async def test_an_empty_queue_has_no_backlog_and_no_trouble(database: Database) -> None:
    async with database.reading() as session:
        assert await deliveries.backlog(session, now=NOW) == (0, 0)
        assert await deliveries.in_trouble(session) == []


def test_every_delivery_has_an_id_that_nobody_can_guess() -> None:
    made = {deliveries.new_id() for _ in MEMBERS}
    assert len(made) == len(MEMBERS)
    assert {identity.version for identity in made} == {4}


def test_microseconds_are_exact_both_ways() -> None:
    assert claims.microseconds(NOW + timedelta(microseconds=1)) == 1_789_484_400_000_001
    assert claims.instant(1_789_484_400_000_001) == NOW + timedelta(microseconds=1)


@on_postgresql  # SQLite has one writer: nobody claims meanwhile
async def test_a_redrawing_that_waits_already_is_not_claimed_before_what_it_is_to_show_is_committed(
    database: Database,
) -> None:
    """Else it would be drawn with answers that are erased a moment later, and nothing would be owed any more."""
    await owe(database, prompt())
    async with database.begin() as session:
        await deliveries.owe_again(session, workspace_id=HOME, message=prompt())
        assert await claim(database) == []
    assert await claim(database) == [("prompt:1", False)]


async def test_files_under_way_are_one_persons_own_and_end_as_they_come(database: Database) -> None:
    async with database.begin() as session:
        for workspace_id in (HOME, ELSEWHERE):
            await a_workspace(session, workspace_id)
        owed = [Owed(key=f"{n}:{user}", kind=DeliveryKind.FILE, due=NOW, user_id=user) for n in (1, 2) for user in "AB"]
        await deliveries.owe(session, workspace_id=HOME, messages=owed)
        ended = (await session.execute(select(Delivery).where(Delivery.key == "1:A"))).scalar_one()
        ended.next_attempt_at = None
        await session.flush()
        assert await deliveries.files_under_way(session, workspace_id=HOME, user_id="A") == 1
        assert await deliveries.files_under_way(session, workspace_id=HOME, user_id="B") == 2
        assert await deliveries.files_under_way(session, workspace_id=ELSEWHERE, user_id="B") == 0
