"""Erased answers are gone from SQLite's files, byte for byte."""

from pathlib import Path

import pytest

from storage import answers
from storage.engine import Database, read_url
from tests.storage.builders import DIMENSIONS, HOME, NOW, a_team, an_open_round, close, on_sqlite, tap


def _bytes_on_disk(database_url: str) -> bytes:
    """Everything that SQLite keeps: the file, its write-ahead log and the log's index."""
    path = Path(read_url(database_url).database or "")
    return b"".join(file.read_bytes() for file in sorted(path.parent.glob(f"{path.name}*")))


def _records(round_id: int, members: list[str]) -> list[bytes]:
    """How an answer begins in the file: its primary key side by side.

    Of the round's number the last bytes, for one of them alone may be a dimension's letter, before a member elsewhere.
    """
    number = round_id.to_bytes(8, "big")[-4:]
    return [number + f"{dimension}{user_id}".encode() for dimension in DIMENSIONS for user_id in members]


@on_sqlite
@pytest.mark.parametrize("size", [5, 60])
async def test_no_byte_of_an_answer_or_a_note_that_is_not_shown_is_left_after_the_close(
    database: Database, database_url: str, size: int
) -> None:
    """Sixty members fill several pages, which split as they grow and are freed as they empty; a neighbour's stay."""
    leaving, staying = ([f"U0{word}{number:02d}" for number in range(size)] for word in ("LEAVING", "STAYING"))
    async with database.begin() as session:
        first = (await an_open_round(session, await a_team(session), members=leaving)).id
        second = (await an_open_round(session, await a_team(session, channel_id="C1"), members=staying)).id
    for number in range(size):
        async with database.begin() as session:
            for dimension in DIMENSIONS:
                await tap(session, first, leaving[number], dimension=dimension)
                await tap(session, second, staying[number], dimension=dimension)
            await answers.save_notes(
                session,
                workspace_id=HOME,
                round_id=first,
                user_id=leaving[number],
                notes=dict.fromkeys(DIMENSIONS, f"a secret of {number:02d}, quite long so that pages fill up"),
                now=NOW,
            )
    before = _bytes_on_disk(database_url)
    assert all(record in before for record in _records(first, leaving))
    assert b"a secret of 00" in before

    async with database.begin() as session:
        await close(session, first, notes_from=size + 1)
    assert await database.erase_traces()

    after = _bytes_on_disk(database_url)
    assert [record for record in _records(first, leaving) if record in after] == []
    assert b"a secret of" not in after
    assert all(record in after for record in _records(second, staying))


@on_sqlite
async def test_a_level_that_was_changed_is_not_kept_under_the_new_one(database: Database, database_url: str) -> None:
    async with database.begin() as session:
        round_id = (await an_open_round(session, await a_team(session))).id
        await tap(session, round_id, tapped_us=1)
        await answers.save_notes(
            session, workspace_id=HOME, round_id=round_id, user_id="U0MEMBER1", notes={"A": "an old note"}, now=NOW
        )
    async with database.begin() as session:
        await answers.save_notes(
            session, workspace_id=HOME, round_id=round_id, user_id="U0MEMBER1", notes={"A": "new"}, now=NOW
        )
    assert b"an old note" in _bytes_on_disk(database_url)
    assert await database.erase_traces()
    assert b"an old note" not in _bytes_on_disk(database_url)
