"""What stays of a round's answers after its close."""

from collections.abc import Mapping

from sqlalchemy import select, text

from storage import answers, rounds, taps
from storage.engine import Database
from storage.models import Answer, RoundNote
from tests.storage.builders import HOME, MEMBERS, NOW, a_round_with, close, member_of, tap


async def _round_answered(database: Database, levels: dict[str, list[int | None]], *, noted: str = "") -> int:
    """A round in which member n gave the nth level of each dimension, with a note on the dimensions `noted`."""
    round_id = await a_round_with(database, members=[f"U0MEMBER{number}" for number in range(8)])
    async with database.begin() as session:
        for dimension, given in levels.items():
            for number, level in enumerate(given):
                user_id = f"U0MEMBER{number}"
                await tap(session, round_id, user_id, dimension=dimension, level=level)
                if dimension in noted:
                    await answers.save_notes(
                        session,
                        workspace_id=HOME,
                        round_id=round_id,
                        user_id=user_id,
                        notes={dimension: f"{dimension} note {number}"},
                        now=NOW,
                    )
    return round_id


async def _counts(database: Database, round_id: int) -> Mapping[str, Mapping[int, int]]:
    async with database.reading() as session:
        return (await answers.counts(session, round_ids=[round_id])).get(round_id, {})


async def test_answers_become_counts_by_level_with_cannot_say_as_nought(database: Database) -> None:
    round_id = await _round_answered(database, {"A": [1, 2, 2, 4, None], "B": [3, 3, 3, 3]})
    async with database.begin() as session:
        await close(session, round_id)
    assert await _counts(database, round_id) == {"A": {0: 1, 1: 1, 2: 2, 4: 1}, "B": {3: 4}}


async def test_a_group_below_the_minimum_leaves_no_count_and_one_of_just_that_size_does(database: Database) -> None:
    round_id = await _round_answered(database, {"A": [1, 2, 3], "B": [1, 2, 3, None], "C": [1, 2, 3, 4]})
    async with database.begin() as session:
        await close(session, round_id, minimum=4)
    assert await _counts(database, round_id) == {"C": {1: 1, 2: 1, 3: 1, 4: 1}}


async def test_notes_stay_only_where_enough_chose_a_level(database: Database) -> None:
    levels: dict[str, list[int | None]] = {"A": [1, 2, 3, 4], "B": [1, 2, 3, 4, None], "C": [1, 2, 3, 4, 1]}
    round_id = await _round_answered(database, levels, noted="ABC")
    async with database.begin() as session:
        await close(session, round_id, notes_from=5)
    async with database.reading() as session:
        kept = await answers.notes(session, round_id=round_id)
    assert {dimension: sorted(texts) for dimension, texts in kept.items()} == {
        "C": [f"C note {number}" for number in range(5)]
    }


async def test_neither_the_order_of_the_notes_nor_their_place_in_the_file_tells_who_wrote_them(
    database: Database,
) -> None:
    """Twelve notes in the order of their writers: once in 479 million rounds."""
    writers = [f"U0MEMBER{number:02d}" for number in range(12)]
    round_id = await a_round_with(database, members=writers)
    async with database.begin() as session:
        for user_id in writers:
            await tap(session, round_id, user_id)
            await answers.save_notes(
                session, workspace_id=HOME, round_id=round_id, user_id=user_id, notes={"A": user_id}, now=NOW
            )
    async with database.begin() as session:
        await close(session, round_id)
    place = text("rowid" if database.is_sqlite else "ctid")
    async with database.reading() as session:
        shown = (await answers.notes(session, round_id=round_id))["A"]
        again = (await answers.notes(session, round_id=round_id))["A"]
        stored = (await session.execute(select(RoundNote.text).order_by(place))).scalars().all()
    assert sorted(shown) == sorted(stored) == writers
    assert shown == again  # an order of their own, the same at each look
    assert shown != writers
    assert stored != writers
    assert shown != stored


async def test_a_confidential_close_leaves_no_answer_and_no_time_of_a_tap(database: Database) -> None:
    round_id = await _round_answered(database, {"A": [1, 2, 3, 4, 1]})
    async with database.begin() as session:
        await session.run_sync(taps.complete, round_id=round_id, user_id="U0MEMBER0", now=NOW)
        await rounds.draw_anew(session, round_id=round_id, user_id="U0MEMBER0")
    async with database.begin() as session:
        await close(session, round_id)
    async with database.reading() as session:
        assert (await session.execute(select(Answer))).all() == []
        assert await answers.named(session, round_id=round_id) == {}
    member = await member_of(database, round_id, "U0MEMBER0")
    assert (member.completed_at, member.render) == (None, 0)


async def test_who_took_part_is_known_after_the_close_and_only_that(database: Database) -> None:
    round_id = await _round_answered(database, {"A": [1, None]})
    async with database.reading() as session:
        assert await rounds.attendance(session, round_id) == (0, 8)
    async with database.begin() as session:
        await close(session, round_id)
    async with database.reading() as session:
        took_part = {member.user_id for member in await rounds.members(session, round_id) if member.took_part}
        assert took_part == {"U0MEMBER0", "U0MEMBER1"}
        assert await rounds.attendance(session, round_id) == (2, 8)


async def test_a_named_round_keeps_its_answers_beside_the_counts(database: Database) -> None:
    round_id = await _round_answered(database, {"A": [1, 2, 2, None]}, noted="A")
    async with database.reading() as session:
        assert await answers.named(session, round_id=round_id) == {}  # nothing is shown before the close
    async with database.begin() as session:
        await close(session, round_id, minimum=1, erase=False)
    async with database.reading() as session:
        named = await answers.named(session, round_id=round_id)
        assert await answers.notes(session, round_id=round_id) == {}
    assert named == {
        "A": {
            "U0MEMBER0": answers.OwnAnswer(1, "A note 0"),
            "U0MEMBER1": answers.OwnAnswer(2, "A note 1"),
            "U0MEMBER2": answers.OwnAnswer(2, "A note 2"),
            "U0MEMBER3": answers.OwnAnswer(None, "A note 3"),
        }
    }
    assert await _counts(database, round_id) == {"A": {0: 1, 1: 1, 2: 2}}


async def test_a_round_that_nobody_answered_closes_with_nothing(database: Database) -> None:
    round_id = await a_round_with(database)
    async with database.begin() as session:
        await close(session, round_id)
    assert await _counts(database, round_id) == {}
    async with database.reading() as session:
        assert await rounds.attendance(session, round_id) == (0, len(MEMBERS))


async def test_an_erased_round_counts_nothing(database: Database) -> None:
    round_id = await _round_answered(database, {"A": [1, 2, 3, 4, 1]})
    async with database.begin() as session:
        await answers.erase_round(session, round_id=round_id)
    async with database.reading() as session:
        assert await answers.progress(session, round_id=round_id) == (0, 8)
    assert await _counts(database, round_id) == {}


async def test_counts_of_a_round_without_any_are_empty_and_not_missing(database: Database) -> None:
    assert await _counts(database, 4711) == {}
