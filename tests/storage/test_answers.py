"""What becomes of one tap or note: the guards of `answers.save`."""

from datetime import timedelta

import pytest

from storage import answers, rounds, taps
from storage.answers import Saved
from storage.engine import Database
from storage.kinds import RoundState
from tests.storage.builders import (
    DIMENSIONS,
    ELSEWHERE,
    HOME,
    MEMBERS,
    NOW,
    a_round_with,
    a_workspace,
    close,
    level_of,
    member_of,
    tap,
)

ME = MEMBERS[0]


async def _own(database: Database, round_id: int, user_id: str = ME) -> dict[str, answers.OwnAnswer]:
    async with database.reading() as session:
        return await answers.own(session, round_id=round_id, user_id=user_id, dimensions=DIMENSIONS)


async def _note(database: Database, round_id: int, user_id: str = ME, **notes: str | None) -> Saved:
    async with database.begin() as session:
        return await answers.save_notes(
            session, workspace_id=HOME, round_id=round_id, user_id=user_id, notes=notes, now=NOW
        )


async def test_a_tap_is_kept_and_a_later_one_changes_it(database: Database) -> None:
    round_id = await a_round_with(database)
    async with database.begin() as session:
        assert await tap(session, round_id, level=2, tapped_us=1_000) is Saved.KEPT
    assert await level_of(database, round_id) == 2
    async with database.begin() as session:
        assert await tap(session, round_id, level=4, tapped_us=1_001) is Saved.KEPT
    assert await level_of(database, round_id) == 4


@pytest.mark.parametrize("tapped_us", [999, 1_000])
async def test_an_older_tap_and_a_repeated_one_change_nothing(database: Database, tapped_us: int) -> None:
    round_id = await a_round_with(database)
    async with database.begin() as session:
        await tap(session, round_id, level=2, tapped_us=1_000)
        assert await tap(session, round_id, level=4, tapped_us=tapped_us) is Saved.OLDER
    assert await level_of(database, round_id) == 2


async def test_the_microseconds_of_slack_have_room(database: Database) -> None:
    round_id = await a_round_with(database)
    async with database.begin() as session:
        assert await tap(session, round_id, level=2, tapped_us=1_789_484_400_123_456) is Saved.KEPT
        assert await tap(session, round_id, level=3, tapped_us=1_789_484_400_123_457) is Saved.KEPT
    assert await level_of(database, round_id) == 3


async def test_cannot_say_is_an_answer_that_can_be_changed_back(database: Database) -> None:
    round_id = await a_round_with(database)
    async with database.begin() as session:
        assert await tap(session, round_id, level=3, tapped_us=1) is Saved.KEPT
        assert await tap(session, round_id, level=None, tapped_us=2) is Saved.KEPT
    assert await level_of(database, round_id) is None
    async with database.begin() as session:
        assert await tap(session, round_id, level=1, tapped_us=3) is Saved.KEPT
    assert await level_of(database, round_id) == 1


async def test_each_member_and_dimension_has_an_answer_of_its_own(database: Database) -> None:
    round_id = await a_round_with(database)
    async with database.begin() as session:
        await tap(session, round_id, ME, dimension="A", level=1)
        await tap(session, round_id, ME, dimension="B", level=2)
        await tap(session, round_id, MEMBERS[1], dimension="A", level=4)
    assert {dimension: answer.level for dimension, answer in (await _own(database, round_id)).items()} == {
        "A": 1,
        "B": 2,
    }


async def test_a_closed_round_takes_no_tap(database: Database) -> None:
    round_id = await a_round_with(database)
    async with database.begin() as session:
        await close(session, round_id)
    async with database.begin() as session:
        assert await tap(session, round_id) is Saved.CLOSED
    assert await _own(database, round_id) == {}


async def test_a_cancelled_round_takes_no_tap(database: Database) -> None:
    round_id = await a_round_with(database)
    async with database.begin() as session:
        held = await rounds.hold(session, round_id)
        assert held is not None
        held.state = RoundState.CANCELLED
    async with database.begin() as session:
        assert await tap(session, round_id) is Saved.CLOSED


async def test_the_deadline_itself_is_too_late_even_before_the_round_is_closed(database: Database) -> None:
    round_id = await a_round_with(database)
    deadline = NOW + timedelta(days=3)
    async with database.begin() as session:
        assert await tap(session, round_id, dimension="A", now=deadline - timedelta(microseconds=1)) is Saved.KEPT
        assert await tap(session, round_id, dimension="B", now=deadline) is Saved.CLOSED
    assert list(await _own(database, round_id)) == ["A"]


async def test_a_stranger_is_not_asked(database: Database) -> None:
    round_id = await a_round_with(database)
    async with database.begin() as session:
        assert await tap(session, round_id, "U0STRANGER") is Saved.NOT_ASKED
    assert await _own(database, round_id, "U0STRANGER") == {}


async def test_another_workspace_reaches_no_answer_even_with_the_right_ids(database: Database) -> None:
    round_id = await a_round_with(database)
    async with database.begin() as session:
        await a_workspace(session, ELSEWHERE)
        assert await tap(session, round_id, workspace_id=ELSEWHERE) is Saved.FORGOTTEN
    assert await _own(database, round_id) == {}


async def test_a_round_that_never_was_asks_nobody(database: Database) -> None:
    async with database.begin() as session:
        assert await tap(session, 4711) is Saved.FORGOTTEN


async def test_a_note_stays_when_the_level_changes(database: Database) -> None:
    round_id = await a_round_with(database)
    async with database.begin() as session:
        await tap(session, round_id, level=2, tapped_us=1)
    assert await _note(database, round_id, A="See the roadmap") is Saved.KEPT
    async with database.begin() as session:
        await tap(session, round_id, level=3, tapped_us=2)
    assert await _own(database, round_id) == {"A": answers.OwnAnswer(3, "See the roadmap")}


async def test_a_note_can_be_changed_and_taken_back_and_leaves_the_others_alone(database: Database) -> None:
    round_id = await a_round_with(database)
    async with database.begin() as session:
        await tap(session, round_id, ME, dimension="A")
        await tap(session, round_id, ME, dimension="B")
        await tap(session, round_id, MEMBERS[1], dimension="A")
    await _note(database, round_id, A="first", B="kept")
    await _note(database, round_id, A="second")
    assert {name: answer.note for name, answer in (await _own(database, round_id)).items()} == {
        "A": "second",
        "B": "kept",
    }
    await _note(database, round_id, A=None)
    assert (await _own(database, round_id))["A"].note is None
    assert (await _own(database, round_id, MEMBERS[1]))["A"].note is None


async def test_notes_are_refused_where_taps_are(database: Database) -> None:
    round_id = await a_round_with(database)
    assert await _note(database, round_id, "U0STRANGER", A="hello") is Saved.NOT_ASKED
    async with database.begin() as session:
        await tap(session, round_id)
        await close(session, round_id, erase=False)
    assert await _note(database, round_id, A="too late") is Saved.CLOSED
    assert (await _own(database, round_id))["A"].note is None


async def test_notes_from_another_workspace_are_not_kept(database: Database) -> None:
    round_id = await a_round_with(database)
    async with database.begin() as session:
        await tap(session, round_id)
        refused = await answers.save_notes(
            session, workspace_id=ELSEWHERE, round_id=round_id, user_id=ME, notes={"A": "hello"}, now=NOW
        )
    assert refused is Saved.FORGOTTEN
    assert (await _own(database, round_id))["A"].note is None


async def test_progress_counts_people_and_not_answers(database: Database) -> None:
    round_id = await a_round_with(database)
    async with database.begin() as session:
        assert await answers.progress(session, round_id=round_id) == (0, 5)
        await tap(session, round_id, ME, dimension="A")
        await tap(session, round_id, ME, dimension="B")
        await tap(session, round_id, MEMBERS[1], dimension="A", level=None)
        assert await answers.progress(session, round_id=round_id) == (2, 5)


async def test_only_the_first_call_completes_a_check_in(database: Database) -> None:
    round_id = await a_round_with(database)
    async with database.begin() as session:
        assert await session.run_sync(taps.complete, round_id=round_id, user_id=ME, now=NOW)
        assert not await session.run_sync(taps.complete, round_id=round_id, user_id=ME, now=NOW + timedelta(hours=1))
        assert not await session.run_sync(taps.complete, round_id=round_id, user_id="U0STRANGER", now=NOW)
    assert (await member_of(database, round_id)).completed_at == NOW
    assert (await member_of(database, round_id, MEMBERS[1])).completed_at is None
