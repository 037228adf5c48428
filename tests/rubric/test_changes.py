"""The change since the last round: the table of vectors, two prints at a time."""

from dataclasses import dataclass, replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubric import PRINTING_RULES, Change, ChangeKind, Detail, Reading, Tally, read
from rubric.changes import change

Counts = tuple[int, ...]
FOUR_1, FOUR_2, FOUR_3, FOUR_3_OR_ABOVE = (4, 0, 0, 0), (0, 4, 0, 0), (0, 0, 4, 0), (0, 0, 0, 4)


def most(level: int, answered: int) -> Counts:
    """Counts that print "at least n - 2 of n" at a level."""
    return tuple(answered * (place == level) for place in range(1, 5))


def printed(counts: Counts, *, rules: int = PRINTING_RULES, cant_say: int = 0, confidential: bool = True) -> Reading:
    tally = Tally(counts, cant_say)
    return read("A", tally, missing=0, minimum=4, confidential=confidential, rules=rules)


def changed(before: Counts, now: Counts, took_part: tuple[int, int, int], *, rules: tuple[int, int] = (2, 2)) -> Change:
    """`took_part` before, now, and in both; `rules` before and now."""
    first, second, both = took_part
    return change(
        printed(now, rules=rules[1], cant_say=second - sum(now)),
        printed(before, rules=rules[0], cant_say=first - sum(before)),
        highest=len(now),
        rules=(rules[1], rules[0]),
        same_wording=True,
        in_either=first + second - both,
    )


@dataclass(frozen=True)
class Says:
    kind: ChangeKind
    before: int | None = None
    least: int | None = None


def up(before: int, least: int) -> Says:
    return Says(ChangeKind.MOVED, before, least)


def can(before: int, least: int) -> Says:
    return Says(ChangeKind.UNCERTAIN, before, least)


VECTORS = [
    (FOUR_2, FOUR_3, (4, 4, 4), can(2, 1)),
    (FOUR_1, FOUR_3, (4, 4, 4), up(1, 2)),
    (FOUR_1, FOUR_3_OR_ABOVE, (4, 4, 4), up(1, 2)),
    (FOUR_2, FOUR_3_OR_ABOVE, (4, 4, 4), can(2, 1)),
    (FOUR_3, FOUR_3_OR_ABOVE, (4, 4, 4), Says(ChangeKind.NOT_COMPARABLE)),
    (most(2, 5), most(3, 5), (5, 5, 5), can(2, 1)),
    (most(1, 5), most(3, 5), (5, 5, 5), up(1, 2)),
    (most(2, 6), most(3, 6), (6, 6, 6), up(2, 2)),
    (most(2, 6), most(3, 6), (6, 6, 3), can(2, 0)),
    (most(2, 6), most(3, 6), (6, 6, 2), Says(ChangeKind.OTHER_PEOPLE, 2)),
    (most(3, 7), most(2, 7), (7, 7, 7), up(3, 3)),
    (most(2, 8), most(3, 8), (8, 8, 6), can(2, 2)),
    (most(2, 5), FOUR_3, (5, 5, 5), can(2, 1)),
    ((0, 4, 3, 0), (0, 3, 4, 0), (7, 7, 7), can(2, 1)),
    ((0, 5, 3, 0), (0, 3, 5, 0), (8, 8, 8), can(2, 2)),
    ((0, 5, 3, 0), most(3, 8), (8, 8, 8), up(2, 3)),
    ((1, 4, 2, 0), (0, 2, 4, 1), (7, 7, 7), up(2, 3)),
    ((1, 4, 2, 0), (0, 2, 4, 1), (7, 7, 6), can(2, 2)),
    ((0, 3, 3, 0), (0, 2, 2, 1), (6, 6, 6), can(2, 1)),
    ((0, 6, 4, 0), (0, 2, 6, 2), (10, 10, 10), up(2, 4)),
]


@pytest.mark.parametrize(("before", "now", "took_part", "says"), VECTORS)
def test_a_change_is_told_as_far_as_two_prints_tell_it(
    before: Counts, now: Counts, took_part: tuple[int, int, int], says: Says
) -> None:
    found = changed(before, now, took_part)
    assert Says(found.kind, found.before, found.least) == says


def test_a_level_or_above_is_compared_with_those_that_it_can_not_be() -> None:
    down = changed(FOUR_3_OR_ABOVE, FOUR_1, (4, 4, 4))
    assert down == Change(ChangeKind.MOVED, before=3, before_or_above=True, least=2)
    for other in (FOUR_3, FOUR_3_OR_ABOVE, most(4, 6)):
        took_part = (4, sum(other), 4)
        assert changed(FOUR_3_OR_ABOVE, other, took_part).kind is ChangeKind.NOT_COMPARABLE


def test_four_answers_by_one_rule_are_not_compared_with_four_by_another() -> None:
    assert changed(FOUR_1, FOUR_3, (4, 4, 4), rules=(1, 2)) == Change(ChangeKind.NOT_COMPARABLE)
    assert changed(FOUR_1, FOUR_1, (4, 4, 4), rules=(1, 2)) == Change(ChangeKind.NOT_COMPARABLE)
    assert changed(FOUR_1, FOUR_2, (4, 4, 4), rules=(1, 1)).kind is ChangeKind.UNCERTAIN
    assert changed(FOUR_1, most(4, 6), (4, 6, 4), rules=(1, 2)).kind is ChangeKind.MOVED
    assert changed((0, 1, 3, 2), most(2, 6), (6, 6, 6), rules=(1, 2)).kind is ChangeKind.MOVED


def every(answered: int) -> list[Counts]:
    return [each for each in product(range(answered + 1), repeat=4) if sum(each) == answered]


@pytest.mark.parametrize("answered", [4, 5, 6])
@pytest.mark.parametrize("rules", [1, 2])
def test_no_fewer_people_than_are_told_can_have_changed_their_answer(answered: int, rules: int) -> None:
    """Against every pair of outcomes that print as they do: the least is reached by one of them, and beaten by none."""
    prints: dict[Reading, list[Counts]] = {}
    for counts in every(answered):
        prints.setdefault(printed(counts, rules=rules), []).append(counts)
    for now, before in product(prints, repeat=2):
        found = change(now, before, highest=4, rules=(rules, rules), same_wording=True, in_either=answered)
        if found.least is not None:
            fewest = min(answered - sum(map(min, one, other)) for one in prints[now] for other in prints[before])
            assert found.least == fewest, (now, before)


@given(st.sampled_from(every(6)), st.sampled_from(every(7)), st.integers(0, 6))
def test_a_change_is_made_from_what_is_printed_alone(before: Counts, now: Counts, both: int) -> None:
    readings = printed(now), printed(before)
    stripped = [replace(each, agreement=None, could_be=None, missing=None, cant_say=None) for each in readings]
    told = [
        change(one, other, highest=4, rules=(2, 2), same_wording=True, in_either=13 - both)
        for one, other in (readings, stripped)
    ]
    assert told[0] == told[1]
    assert (told[0].kind is ChangeKind.MOVED) <= (readings[0].detail is not Detail.TOO_FEW)
