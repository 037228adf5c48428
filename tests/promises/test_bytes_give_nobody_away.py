"""The promise of confidential rounds over the bytes that go out: nobody learns an answer that isn't theirs.

Two outcomes are printed alike only if every message, alt text and picture made from them is equal in every byte.
"""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest
from sqlalchemy import update

from bot.charts.render import Renderer
from bot.kit.rubrics import Rubrics
from bot.summary import result as summaries
from bot.summary.readers import EVERYBODY
from bot.summary.result import Result
from rubric import PRINTING_RULES, ChangeKind, Detail, Rubric, Summary, Tally, load, notes_allowed, summarise
from storage.engine import Database
from storage.models import Round
from tests.promises.beside_others import IN_FULL
from tests.promises.everything_sent import Played, a_closed_round, a_team, everything_sent, played
from tests.rubric.disclosure_promise import Outcome, given_away, outcomes
from tests.rubric.models import model

LARGEST = {3: 5, 4: 6, 5: 5}
"""People of the largest team, by the number of levels."""
LEVELS = [4, *(pytest.param(levels, marks=pytest.mark.slow) for levels in (3, 5))]
NOTE = "See the minutes of May"
LAST_ROUNDS = {
    "all told": IN_FULL,
    "level and at least": {levels: (0, 5, *[0] * (levels - 2)) for levels in LARGEST},
    "level alone": {levels: (0, 4, *[0] * (levels - 2)) for levels in LARGEST},
    "split": {levels: (3, *[0] * (levels - 2), 3) for levels in LARGEST},
}
"""What was answered before, by the number of levels."""


@cache
def the_model(levels: int = 4) -> Rubric:
    """The packaged one, and small ones of other numbers of levels."""
    return load() if levels == 4 else model(levels=levels, dimensions="ABCDE", outcomes="E")


@cache
def sent(summary: Summary) -> bytes:
    """What goes out for a summary. Outcomes with equal summaries share it: nothing drawn here knows a tally."""
    notes = {reading.dimension: [NOTE] for reading in summary.readings if notes_allowed(reading, confidential=True)}
    return everything_sent(Result(a_closed_round(number=2), the_model(summary.highest), summary, notes, None), a_team())


def stored(outcome: Outcome, *, minimum: int) -> Tally | None:
    """What the close keeps of these answers; nothing below the minimum (test_what_a_close_keeps.py)."""
    return Tally(outcome.counts, outcome.cant_say) if sum(outcome.counts) >= minimum else None


def summary_of(
    outcome: Outcome,
    *,
    dimension: str,
    missing: int = 0,
    minimum: int = 4,
    others: bool = False,
    previous: Summary | None = None,
    rules: int = PRINTING_RULES,
) -> Summary:
    """With `others`, all other dimensions were answered by everybody, alike; else by nobody."""
    levels = len(outcome.counts)
    alike = Outcome((0, outcome.people, *[0] * (levels - 2)))
    answered = dict.fromkeys("ABCDE", alike) if others else {}
    tallies = {key: stored(given, minimum=minimum) for key, given in {**answered, dimension: outcome}.items()}
    return summarise(
        the_model(levels),
        tallies={key: tally for key, tally in tallies.items() if tally is not None},
        asked=outcome.people + missing,
        took_part=outcome.people,
        minimum=minimum,
        confidential=True,
        previous=previous,
        in_either=max(outcome.people, previous.took_part) if previous is not None else None,
        rules=rules,
    )


def every(people: int, *, levels: int = 4) -> list[Outcome]:
    return list(outcomes(levels=levels, people=people, cant_say=people, left_out=2))


@pytest.mark.unmeasured
@pytest.mark.parametrize("others", [False, True], ids=["alone", "beside four answered dimensions"])
@pytest.mark.parametrize("dimension", ["A", "E"], ids=["a practice", "the outcome"])
@pytest.mark.parametrize("minimum", [4, pytest.param(5, marks=pytest.mark.slow)])
@pytest.mark.parametrize("rules", [1, 2])
@pytest.mark.parametrize("levels", LEVELS)
def test_nobody_learns_an_answer_from_anything_that_is_sent(
    dimension: str, minimum: int, rules: int, levels: int, *, others: bool
) -> None:
    told = set()
    for people in range(1, LARGEST[levels] + 1):
        for missing in range(3):

            def printed(outcome: Outcome, missing: int = missing) -> bytes:
                summary = summary_of(
                    outcome, dimension=dimension, missing=missing, minimum=minimum, others=others, rules=rules
                )
                told.add(summary[dimension].detail)
                return sent(summary)

            assert given_away(every(people, levels=levels), printed) == []
    assert told == {Detail.TOO_FEW, Detail.LEVEL, Detail.MOST, Detail.FULL} - ({Detail.LEVEL} if minimum > 4 else set())


@pytest.mark.parametrize("rules", [(1, 1), (1, 2), (2, 2)], ids=["by rules 1", "by rules 1, then 2", "by rules 2"])
@pytest.mark.unmeasured
@pytest.mark.parametrize("before", LAST_ROUNDS.values(), ids=LAST_ROUNDS.keys())
@pytest.mark.parametrize("levels", LEVELS)
def test_nobody_learns_an_answer_from_the_change_that_is_sent(
    before: dict[int, tuple[int, ...]], levels: int, rules: tuple[int, int]
) -> None:
    last = summarise(
        the_model(levels),
        tallies={"B": Tally(before[levels])},
        asked=6,
        took_part=sum(before[levels]),
        minimum=4,
        confidential=True,
        rules=rules[0],
    )
    kinds = set()
    for people in range(1, LARGEST[levels] + 1):

        def printed(outcome: Outcome) -> bytes:
            summary = summary_of(outcome, dimension="B", missing=1, previous=last, rules=rules[1])
            kinds.add(summary["B"].change.kind)
            return sent(summary)

        assert given_away(every(people, levels=levels), printed) == []
    assert ChangeKind.NOT_COMPARABLE in kinds


def test_a_group_below_the_minimum_is_printed_alike_in_every_byte() -> None:
    few = [outcome for outcome in every(LARGEST[4]) if sum(outcome.counts) < 4]
    assert len(few) > 50
    assert len({sent(summary_of(outcome, dimension="A")) for outcome in few}) == 1


def cant_says_below_the_minimum(outcome: Outcome) -> bytes:
    return sent(summary_of(outcome, dimension="A")) + f"{outcome.cant_say} can't say".encode()


def a_word_too_many(outcome: Outcome) -> bytes:
    return sent(summary_of(outcome, dimension="A")) + (b"unanimous" if max(outcome.counts) == outcome.people else b"")


@pytest.mark.parametrize(
    ("leaking", "learnt"),
    [
        (cant_says_below_the_minimum, "an onlooker learns that everybody answered can't say"),
        (a_word_too_many, "an onlooker learns that everybody answered 1"),
    ],
)
def test_one_word_more_would_be_found_out(leaking: Callable[[Outcome], bytes], learnt: str) -> None:
    assert any(sentence.startswith(learnt) for sentence in given_away(every(LARGEST[4]), leaking))


@pytest.mark.waits
async def test_the_picture_has_nothing_that_its_svg_has_not() -> None:
    """Two processes that have drawn other pictures before make the same bytes of one SVG."""
    first, second = Renderer(), Renderer()
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><circle cx="10" cy="10" r="{}"/></svg>'
    try:
        await second.png(svg.format(3))
        assert await first.png(svg.format(9)) == await second.png(svg.format(9))
    finally:
        await asyncio.gather(asyncio.to_thread(first.close), asyncio.to_thread(second.close))


WAYS = {
    "nobody": {},
    "three": {"A": [1, 2, 3]},
    "three and two who can't say": {"A": [1, 2, 3, None, None]},
    "four, unanimous": {"A": [3, 3, 3, 3], "B": [4, 4, 4, 4]},
    "four of five": {"A": [1, 4, 4, 4, None]},
    "five, apart": {"A": [1, 2, 2, 3, None], "B": [2, 2, 3, 3, 4]},
    "five, nearly all": {"A": [2, 2, 2, 2, 3], "C": [1, 1, 1, 1, 1]},
    "five, two camps": {"A": [1, 1, 4, 4, 4], "E": [2, 2, 3, 3, 4]},
    "some left it out": {"A": [2, 2, 3], "B": [1, 2, 3, 4, 4], "D": [None, 2, 2, 2, 2]},
}


def tallies_of(levels: dict[str, list[int | None]]) -> dict[str, Tally]:
    found = {}
    for key, chosen in levels.items():
        tally = Tally(tuple(chosen.count(level) for level in range(1, 5)), chosen.count(None))
        if tally.answered >= 4:
            found[key] = tally
    return found


@pytest.mark.parametrize("again", [False, True], ids=["the first round", "the second round"])
@pytest.mark.parametrize("levels", WAYS.values(), ids=WAYS.keys())
async def test_the_way_through_the_database_sends_the_same_bytes(
    database: Database, levels: dict[str, list[int | None]], *, again: bool
) -> None:
    before: dict[str, list[int | None]] = {"A": [1, 1, 2, 3, 4], "B": [1, 1, 1, 1, 2], "C": [2, 2, 2, 2]}
    stories = [Played(before, asked=6)] if again else []
    now = Played(levels, asked=6, notes={key: f"{NOTE} {key}" for key in levels})
    result, team = await played(database, the_model(), *stories, now)

    def summed(levels: dict[str, list[int | None]], previous: Summary | None) -> Summary:
        return summarise(
            the_model(),
            tallies=tallies_of(levels),
            asked=6,
            took_part=max(map(len, levels.values()), default=0),
            minimum=4,
            confidential=True,
            previous=previous,
            in_either=max([5, *map(len, levels.values())]) if previous is not None else None,
        )

    expected = summed(levels, summed(before, None) if again else None)
    notes = {
        reading.dimension: [f"{NOTE} {reading.dimension}"]
        for reading in expected.readings
        if notes_allowed(reading, confidential=True)
    }
    closed = a_closed_round(number=2 if again else 1)
    closed.id = result.closed.id  # drawn at random, so it tells nothing
    assert result.summary == expected
    assert everything_sent(result, team) == everything_sent(Result(closed, the_model(), expected, notes, None), team)
    assert everything_sent(replace(result, notes={}), team) == everything_sent(
        Result(closed, the_model(), expected, {}, None), team
    )


async def test_a_round_that_opened_by_the_rules_1_is_printed_by_them_for_ever(database: Database) -> None:
    """By rules 2 as well it would tell whoever chose 1 that all others chose 3."""
    result, team = await played(database, the_model(), Played({"A": [1, 3, 3, 3]}, asked=4))
    assert result.closed.printing_rules == PRINTING_RULES
    assert result.summary["A"].split == (1, 3)
    async with database.begin() as session:
        await session.execute(update(Round).values(printing_rules=1))
    async with database.reading() as session:
        again = await summaries.latest(session, team.id, reader=EVERYBODY, rubrics=Rubrics(the_model()))
    assert again is not None
    assert (again.summary["A"].level, again.summary["A"].or_above) == (3, True)
    said = everything_sent(again, team)
    assert "Level 3 or above" in said.decode()
    assert b"plit, 1 to 3" not in said
