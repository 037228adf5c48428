"""What is stored once a confidential round is closed: counts of groups that are large enough, and nobody's level."""

from collections import Counter

import pytest
from sqlalchemy import select

from rubric import load
from storage.engine import Database
from storage.models import Base, RoundCount
from tests.promises.everything_sent import Levels, Played, played

LEVELS: Levels = {
    "A": [1, 2, 3],
    "B": [1, 2, 3, 4, None, None],
    "C": [4, 4, 4, None, 4, 4],
    "D": [2, 2, 2, 3, 3, 3],
    "E": [None, None, None, None, None, None],
}
STORY = Played(LEVELS, asked=7, notes={key: f"Zanzibar {key}" for key in LEVELS})


async def stored_counts(database: Database) -> dict[str, Counter[int]]:
    async with database.reading() as session:
        rows = list((await session.execute(select(RoundCount))).scalars())
    found: dict[str, Counter[int]] = {}
    for row in rows:
        found.setdefault(row.dimension, Counter())[row.level] = row.answers
    return found


@pytest.mark.parametrize(("minimum", "counted"), [(4, "BCD"), (5, "CD"), (6, "D")])
async def test_only_dimensions_with_the_minimum_of_levels_leave_counts(
    database: Database, minimum: int, counted: str
) -> None:
    await played(database, load(), STORY, minimum=minimum)
    found = await stored_counts(database)
    assert "".join(sorted(found)) == counted
    assert found == {key: Counter(level or 0 for level in LEVELS[key]) for key in counted}


@pytest.mark.parametrize(("minimum", "noted"), [(4, "CD"), (5, "CD"), (6, "D")])
async def test_a_note_stays_only_where_five_answers_and_the_minimum_are_there(
    database: Database, minimum: int, noted: str
) -> None:
    await played(database, load(), STORY, minimum=minimum)
    left = " ".join([text for row in await everything_stored(database) for text in row])
    assert [key for key in LEVELS if f"Zanzibar {key}" in left] == list(noted)


async def test_what_is_stored_of_a_person_is_the_same_whatever_they_answered(database: Database) -> None:
    """Every row that names a member is equal to that of a member who answered otherwise, but for the name."""
    await played(database, load(), STORY)
    of_whom = {number: f"U0MEMBER{number:02}" for number in range(7)}
    rows = await everything_stored(database)
    told = {
        number: Counter(
            " | ".join(cell.replace(user_id, "someone") for cell in row) for row in rows if user_id in " ".join(row)
        )
        for number, user_id in of_whom.items()
    }
    assert told[0]
    # Six took part and the seventh did not: the only difference there is.
    assert all(told[number] == told[0] for number in range(6))
    assert told[6] != told[0]


async def everything_stored(database: Database) -> list[list[str]]:
    """Each row of each table as texts, without the ids of deliveries, which are random."""
    async with database.reading() as session:
        return [
            [
                table.name,
                *(str(cell) for name, cell in row._mapping.items() if (table.name, name) != ("deliveries", "id")),
            ]
            for table in Base.metadata.sorted_tables
            for row in await session.execute(select(table))
        ]
