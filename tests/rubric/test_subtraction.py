"""Rounds of nearly the same people: the vectors of the rule, and what an onlooker may still learn with it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from rubric import SMALLEST_MINIMUM, Tally, read
from rubric.subtraction import RECENT, may_print, must_wait, waits_until

NOW = datetime(2026, 9, 15, 15, tzinfo=UTC)


def people(first: int, last: int) -> set[str]:
    return {f"U{number}" for number in range(first, last + 1)}


@pytest.mark.parametrize(
    ("asked", "would_ask", "waits"),
    [
        (people(1, 6), people(1, 5), True),
        (people(1, 6), people(1, 7), True),
        (people(1, 6), people(2, 7), True),
        (people(1, 6), people(1, 6), True),
        (people(1, 12), people(1, 5), True),
        (people(1, 5), people(1, 12), False),
        (people(1, 10), people(1, 11), True),
        (people(1, 8), people(5, 12), True),
        (people(1, 8), people(7, 14), False),
        (set(), people(1, 5), False),
        (people(1, 5), set(), False),
    ],
)
def test_a_round_waits_while_half_or_more_of_its_people_were_asked(
    asked: set[str], would_ask: set[str], *, waits: bool
) -> None:
    assert must_wait(would_ask, asked) is waits
    assert (waits_until(would_ask, dict.fromkeys(asked, NOW)) is not None) is waits


def test_it_waits_until_fewer_than_half_of_them_count_as_asked() -> None:
    days = {f"U{number}": NOW + timedelta(days=number) for number in range(1, 6)}
    assert waits_until(people(1, 5), days) == NOW + timedelta(days=3)  # then two of five are left
    assert waits_until(people(1, 6), days) == NOW + timedelta(days=3)  # two of six
    assert waits_until(people(1, 10), days) == NOW + timedelta(days=1)  # five of ten, four from then on
    assert waits_until(people(1, 11), days) is None


def test_six_days_are_six_days_also_when_the_clocks_change() -> None:
    assert timedelta(days=5, hours=22) < RECENT <= timedelta(days=6) - timedelta(hours=1)


@pytest.mark.parametrize(
    ("before", "now", "prints"),
    [
        (people(1, 7), people(1, 6), False),
        (people(1, 5), people(1, 9), True),
        (people(1, 5), people(1, 8), False),
        (set(), people(1, 5), True),
        (people(1, 5), set(), True),
    ],
)
def test_a_round_prints_where_nobody_or_four_answered_nowhere_else(
    before: set[str], now: set[str], *, prints: bool
) -> None:
    assert may_print(now, before, minimum=4) is prints


@dataclass(frozen=True)
class Pair:
    """Two rounds on one question with the same answers in both: who took part in the first alone, in both, and now."""

    only_before: int
    both: int
    only_now: int

    @property
    def is_allowed(self) -> bool:
        took_part = people(self.only_before + 1, self.only_before + self.both + self.only_now)
        return may_print(took_part, people(1, self.only_before + self.both), minimum=4)


def pairs(most: int) -> Iterator[Pair]:
    for before, both, now in product(range(most + 1), repeat=3):
        if before + both + now <= most and both and both + now:
            yield Pair(before, both, now)


def outcomes(number: int, *, levels: int = 4) -> Iterator[tuple[int, ...]]:
    """How many of so many people may choose each level."""
    if levels == 1:
        yield (number,)
        return
    for first in range(number + 1):
        yield from ((first, *rest) for rest in outcomes(number - first, levels=levels - 1))


PRINTS: dict[tuple[int, ...], object] = {}


def printed(counts: tuple[int, ...]) -> object:
    if counts not in PRINTS:
        PRINTS[counts] = read("A", Tally(counts, 0), missing=0, minimum=4, confidential=True)
    return PRINTS[counts]


def together(*counts: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(map(sum, zip(*counts, strict=True)))


def ways(counts: tuple[int, ...], odds: tuple[float, ...]) -> float:
    """How likely people who choose by these odds come to that."""
    chance, left = 1.0, sum(counts)
    for number, each in zip(counts, odds, strict=True):
        for step in range(number):
            chance *= each * left / (step + 1)
            left -= 1
    return chance


def gives_away(pair: Pair, odds: tuple[float, ...]) -> float:
    """How often an onlooker who knows who took part, and that nobody changed an answer, learns the one's who left.

    They see both prints, and know the answer of the one person who was in the first alone where every way to come to
    these two prints has the same.
    """
    assert pair.only_before == 1
    answers: dict[tuple[object, object], set[int]] = {}
    chances: dict[tuple[object, object], float] = {}
    for both in outcomes(pair.both):
        for now in outcomes(pair.only_now):
            likely = ways(both, odds) * ways(now, odds)
            for level in range(4):
                alone = tuple(int(each == level) for each in range(4))
                seen = printed(together(both, alone)), printed(together(both, now))
                answers.setdefault(seen, set()).add(level)
                chances[seen] = chances.get(seen, 0.0) + likely * odds[level]
    return sum(chance for seen, chance in chances.items() if len(answers[seen]) == 1)


def tells(pair: Pair) -> float:
    """Of all combinations of answers, the part in which the two prints leave somebody only one answer to have given.

    The onlooker knows who took part in which round, and that nobody changed an answer.
    """
    seen: dict[tuple[object, object], list[tuple[tuple[int, ...], ...]]] = {}
    sizes = (pair.only_before, pair.both, pair.only_now)
    for before, both, now in product(*map(list, map(outcomes, sizes))):
        prints = printed(together(before, both)), printed(together(both, now))
        seen.setdefault(prints, []).append((before, both, now))
    telling = 0
    for each in seen.values():
        groups = [set(group) for group in zip(*each, strict=True)]
        if any(
            size and len(group) == 1 and size in next(iter(group)) for size, group in zip(sizes, groups, strict=True)
        ):
            telling += len(each)
    return telling / sum(map(len, seen.values()))


def test_of_up_to_eight_people_what_the_rule_allows_tells_hardly_anything_and_what_it_refuses_would_tell_most() -> None:
    told = {pair: tells(pair) for pair in pairs(8) if pair.only_before + pair.both >= SMALLEST_MINIMUM}
    allowed = [part for pair, part in told.items() if pair.is_allowed]
    refused = [part for pair, part in told.items() if not pair.is_allowed]
    assert (len(allowed), round(100 * max(allowed))) == (4, 12)
    assert round(100 * max(refused)) == 72


UNIFORM = (0.25, 0.25, 0.25, 0.25)
MOSTLY_TWO = (0.1, 0.6, 0.25, 0.05)
"""Six in ten agree."""


@pytest.mark.parametrize(
    ("pair", "uniform", "mostly_two"),
    [
        (Pair(1, 6, 4), 31, 14),  # what the rule leaves: ARCHITECTURE.md names these figures
        (Pair(1, 6, 0), 88, 46),  # what it refuses
    ],
)
def test_what_is_left_over_is_what_the_documents_say(pair: Pair, uniform: int, mostly_two: int) -> None:
    assert round(100 * gives_away(pair, UNIFORM)) == uniform
    assert round(100 * gives_away(pair, MOSTLY_TWO)) == mostly_two
