"""Level and agreement: the published values, and what holds for every tally."""

from collections.abc import Sequence
from math import ceil, isclose

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rubric import Agreement, Tally, agreement, consensus, could_be, lower_median, spread

tallies = st.lists(st.integers(0, 30), min_size=3, max_size=7).filter(any)


def answers(counts: Sequence[int]) -> list[int]:
    return [level for level, count in enumerate(counts, start=1) for _ in range(count)]


def counted(given_levels: Sequence[int], *, highest: int) -> tuple[int, ...]:
    return tuple(given_levels.count(level) for level in range(1, highest + 1))


@pytest.mark.parametrize(
    ("counts", "level", "score", "word"),
    [
        ((0, 5, 0, 0), 2, 1.000, "aligned"),
        ((0, 4, 1, 0), 2, 0.831, "aligned"),
        ((0, 3, 3, 0), 2, 0.737, "aligned"),
        ((1, 3, 1, 0), 2, 0.766, "aligned"),
        ((0, 2, 2, 1), 3, 0.634, "mixed"),
        ((1, 0, 4, 0), 3, 0.615, "mixed"),
        ((2, 2, 1, 1), 2, 0.430, "split"),
        ((1, 1, 1, 1), 2, 0.368, "split"),
        ((5, 0, 0, 1), 1, 0.350, "split"),
        ((2, 1, 0, 2), 2, 0.156, "split"),
        ((2, 0, 0, 3), 4, 0.029, "split"),
        ((3, 0, 0, 3), 1, 0.000, "split"),
    ],
)
def test_the_worked_examples(counts: tuple[int, ...], level: int, score: float, word: str) -> None:
    assert lower_median(counts) == level
    assert round(consensus(counts), 3) == score
    assert agreement(counts) == word


def test_consensus_has_the_published_value_for_seven_categories() -> None:
    assert isclose(consensus((30, 40, 210, 130, 530, 50, 10)), 0.7256876, abs_tol=5e-8)


@given(tallies)
def test_consensus_lies_between_none_and_all(counts: list[int]) -> None:
    assert 0 <= consensus(counts) <= 1


@given(st.integers(3, 7), st.integers(0, 6), st.integers(1, 10**18))
def test_unanimity_is_full_consensus_and_two_equal_camps_at_the_ends_are_none(
    highest: int, place: int, number: int
) -> None:
    unanimous = [0] * highest
    unanimous[place % highest] = number
    assert consensus(unanimous) == 1
    assert isclose(consensus([number, *[0] * (highest - 2), number]), 0, abs_tol=1e-12)


@given(tallies)
def test_consensus_is_the_same_read_from_either_end(counts: list[int]) -> None:
    assert isclose(consensus(counts), consensus(counts[::-1]), abs_tol=1e-12)


@given(tallies, st.integers(2, 9))
def test_consensus_depends_on_where_people_stand_and_not_on_how_many_they_are(counts: list[int], times: int) -> None:
    assert isclose(consensus(counts), consensus([count * times for count in counts]), abs_tol=1e-12)


def test_one_against_very_many_has_a_consensus_too() -> None:
    assert isclose(consensus((1, 0, 0, 10**18)), 1, abs_tol=1e-12)


@given(
    st.lists(st.integers(1, 4), min_size=1, max_size=30).flatmap(
        lambda given_levels: st.tuples(st.just(given_levels), st.permutations(given_levels))
    )
)
def test_the_order_of_answers_is_of_no_account(pair: tuple[list[int], list[int]]) -> None:
    first, second = (counted(given_levels, highest=4) for given_levels in pair)
    assert (lower_median(first), consensus(first)) == (lower_median(second), consensus(second))


@given(tallies)
def test_the_level_is_the_highest_that_more_than_half_reach(counts: list[int]) -> None:
    ordered = answers(counts)
    reached = [
        level for level in range(1, len(counts) + 1) if 2 * sum(answer >= level for answer in ordered) > len(ordered)
    ]
    assert lower_median(counts) == max(reached) == ordered[ceil(len(ordered) / 2) - 1]


@given(tallies, st.data())
def test_raising_one_answer_never_lowers_the_level(counts: list[int], data: st.DataObject) -> None:
    assume(any(counts[:-1]))
    lower = data.draw(st.sampled_from([place for place, count in enumerate(counts[:-1]) if count]))
    higher = data.draw(st.integers(lower + 1, len(counts) - 1))
    raised = list(counts)
    raised[lower] -= 1
    raised[higher] += 1
    assert lower_median(raised) >= lower_median(counts)


@given(st.integers(0, 2), st.integers(0, 200), st.integers(0, 200))
def test_answers_within_two_neighbouring_levels_are_always_aligned(place: int, low: int, high: int) -> None:
    assume(low + high > 0)
    counts = [0, 0, 0, 0]
    counts[place : place + 2] = low, high
    assert consensus(counts) >= 0.73
    assert agreement(counts) is Agreement.ALIGNED


@given(st.lists(st.integers(0, 12), min_size=4, max_size=4).filter(any))
def test_a_split_is_always_two_levels_wide_or_more(counts: list[int]) -> None:
    low, high = spread(counts)
    assert agreement(counts) is not Agreement.SPLIT or high - low >= 2


@pytest.mark.parametrize("levels", [3, 4, 5])
def test_aligned_and_split_lie_beside_half_and_half(levels: int) -> None:
    """Half and half on two neighbouring levels is aligned; two apart, next to each end too, is split."""

    def half(*places: int) -> tuple[int, ...]:
        return tuple(3 * (place in places) for place in range(levels))

    for place in range(levels - 1):
        assert agreement(half(place, place + 1)) is Agreement.ALIGNED
    for place in range(levels - 2):
        assert agreement(half(place, place + 2)) is Agreement.SPLIT
    beside = {3: (0.585, 0.0), 4: (0.737, 0.415), 5: (0.807, 0.585)}[levels]
    assert tuple(round(consensus(half(*pair)), 3) for pair in ((0, 1), (0, 2))) == beside


@pytest.mark.parametrize(
    ("counts", "word"),
    [
        ((2, 1, 2), Agreement.MIXED),
        ((2, 0, 3), Agreement.SPLIT),
        ((0, 2, 2, 1, 0), Agreement.MIXED),
        ((3, 0, 0, 0, 3), Agreement.SPLIT),
    ],
)
def test_models_of_three_and_five_levels_have_words_by_the_rules_2_and_none_by_the_rules_1(
    counts: tuple[int, ...], word: Agreement
) -> None:
    assert (agreement(counts), agreement(counts, rules=1)) == (word, None)


@pytest.mark.parametrize("levels", [2, 6, 7])
def test_other_scales_have_no_word_until_their_outcomes_are_listed(levels: int) -> None:
    assert agreement((3, *(0,) * (levels - 2), 3)) is None


@given(tallies)
def test_the_spread_runs_from_the_lowest_to_the_highest_answer(counts: list[int]) -> None:
    assert spread(counts) == (min(answers(counts)), max(answers(counts)))


def test_missing_answers_may_leave_the_level_firm_or_open() -> None:
    assert could_be((0, 4, 1, 0), missing=2) == (2, 2)
    assert could_be((0, 3, 2, 0), missing=3) == (2, 3)
    assert could_be((0, 3, 2, 0), missing=0) == (2, 2)


@given(tallies, st.integers(0, 10))
def test_whatever_the_missing_choose_the_level_stays_within_what_it_could_be(counts: list[int], missing: int) -> None:
    low, high = could_be(counts, missing=missing)
    for place in range(len(counts)):
        chosen = list(counts)
        chosen[place] += missing
        assert low <= lower_median(chosen) <= high


def test_no_answers_are_no_agreement_and_no_level() -> None:
    for figure in (lower_median, consensus, agreement, spread):
        with pytest.raises(ValueError, match="without answers"):
            figure((0, 0, 0, 0))
    with pytest.raises(ValueError, match="without answers"):
        could_be((0, 0, 0, 0), missing=3)


def test_a_tally_counts_answers_without_those_who_cant_say() -> None:
    assert Tally((1, 2, 0, 1), cant_say=3).answered == 4
    with pytest.raises(ValueError, match="negative"):
        Tally((1, -1, 0, 0))
    with pytest.raises(ValueError, match="negative"):
        Tally((1, 1, 0, 0), cant_say=-1)
