"""The promise of confidential rounds, over every outcome: nobody learns an answer that isn't theirs."""

from collections import Counter
from collections.abc import Callable, Hashable
from functools import partial

import pytest

from rubric import (
    Agreement,
    ChangeKind,
    Detail,
    Reading,
    Summary,
    Tally,
    agreement,
    lower_median,
    notes_allowed,
    notes_from,
    read,
    summarise,
)
from rubric.statistics import consensus
from tests.rubric.disclosure_promise import Outcome, given_away, outcomes
from tests.rubric.models import model


def reading(
    *counts: int, cant_say: int = 0, missing: int = 0, minimum: int = 4, confidential: bool = True, rules: int = 2
) -> Reading:
    tally = Tally(counts, cant_say)
    return read("A", tally, missing=missing, minimum=minimum, confidential=confidential, rules=rules)


# What is printed


@pytest.mark.parametrize("counts", [(0, 0, 0, 0), (1, 0, 0, 0), (1, 1, 1, 0)])
def test_fewer_than_four_answers_print_nothing_at_all(counts: tuple[int, ...]) -> None:
    assert reading(*counts, cant_say=3, missing=2) == Reading("A", Detail.TOO_FEW)


FOUR_ANSWERS = {
    (4, 0, 0, 0): "1",
    (3, 0, 1, 0): "1",
    (2, 2, 0, 0): "1",
    (1, 3, 0, 0): "2",
    (0, 3, 0, 1): "2",
    (1, 1, 2, 0): "2",
    (0, 1, 3, 0): "3",
    (0, 0, 4, 0): "3",
    (0, 0, 3, 1): "3",
    (0, 1, 2, 1): "3",
    (0, 0, 2, 2): "3 or above",
    (0, 1, 1, 2): "3 or above",
    (0, 1, 0, 3): "3 or above",
    (0, 0, 1, 3): "3 or above",
    (0, 0, 0, 4): "3 or above",
    (1, 0, 3, 0): "split, 1 to 3",
    (2, 0, 2, 0): "split, 1 to 3",
    (0, 2, 0, 2): "split, 2 to 4",
    (1, 0, 2, 1): "split, 1 to 4",
    (1, 1, 1, 1): "split, 1 to 4",
    (3, 0, 0, 1): "split, 1 to 4",
    (1, 0, 0, 3): "split, 1 to 4",
    (2, 0, 2): "split, 1 to 3",
    (1, 0, 3): "2 or above",
    (1, 2, 1): "2",
    (0, 2, 2): "2 or above",
    (1, 0, 3, 0, 0): "3",
    (0, 2, 0, 2, 0): "split, 2 to 4",
    (0, 0, 0, 3, 1): "4",
    (1, 1, 1, 1, 0): "split, 1 to 4",
}


def in_words(printed: Reading) -> str:
    if printed.split is not None:
        return "split, {} to {}".format(*printed.split)
    return f"{printed.level} or above" if printed.or_above else str(printed.level)


@pytest.mark.parametrize(("counts", "words"), FOUR_ANSWERS.items())
def test_four_answers_print_a_level_or_a_range_and_nothing_else(counts: tuple[int, ...], words: str) -> None:
    printed = reading(*counts, cant_say=1, missing=1)
    assert in_words(printed) == words
    bare = Reading("A", Detail.LEVEL, level=printed.level, or_above=printed.or_above, split=printed.split)
    assert printed == bare
    assert printed.firm is None


def test_the_outcomes_of_four_answers_print_as_often_as_they_were_counted() -> None:
    every = outcomes(levels=4, people=4)
    assert Counter(in_words(reading(*outcome.counts)) for outcome in every) == {
        "1": 5, "2": 8, "3": 4, "3 or above": 5, "split, 1 to 3": 2, "split, 1 to 4": 10, "split, 2 to 4": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("counts", "level", "or_above"),
    [
        ((4, 0, 0, 0), 1, False),
        ((1, 1, 1, 1), 2, False),
        ((0, 0, 4, 0), 3, True),
        ((0, 0, 0, 4), 3, True),
        ((1, 0, 3, 0), 3, True),
        ((0, 1, 3), 2, True),
        ((0, 2, 0, 2, 0), 2, False),
    ],
)
def test_by_the_rules_1_four_answers_print_the_level_alone_and_the_two_highest_as_one(
    counts: tuple[int, ...], level: int, *, or_above: bool
) -> None:
    printed = reading(*counts, cant_say=1, missing=1, rules=1)
    assert printed == Reading("A", Detail.LEVEL, level=level, or_above=or_above)


def test_a_level_that_holds_nearly_everyone_prints_at_least_so_many_and_no_counts() -> None:
    assert reading(1, 3, 1, 0, cant_say=1, missing=2) == Reading(
        "A", Detail.MOST, level=2, answered=5, cant_say=1, at_least=3
    )


def test_two_camps_that_hold_nearly_everyone_print_their_range_alone() -> None:
    assert reading(2, 0, 0, 3) == Reading("A", Detail.MOST, split=(1, 4), answered=5, cant_say=0)


def test_answers_that_lie_apart_enough_print_everything() -> None:
    printed = reading(0, 2, 2, 1, cant_say=1, missing=2)
    assert printed == Reading(
        "A",
        Detail.FULL,
        level=3,
        agreement=Agreement.MIXED,
        counts=(0, 2, 2, 1),
        answered=5,
        cant_say=1,
        could_be=(2, 3),
        missing=2,
    )
    assert printed.firm is False
    assert reading(0, 2, 2, 1).firm is True


def test_a_split_team_prints_its_range_and_counts_and_no_level() -> None:
    printed = reading(2, 2, 1, 1, missing=1)
    assert (printed.level, printed.split, printed.counts) == (None, (1, 4), (2, 2, 1, 1))
    assert printed.agreement is Agreement.SPLIT
    assert printed.firm is None


@pytest.mark.parametrize("counts", [(3, 0, 3), (3, 0, 0, 0, 3)])
def test_by_the_rules_1_models_of_three_and_five_levels_print_a_level_however_far_apart(
    counts: tuple[int, ...],
) -> None:
    printed = reading(*counts, rules=1)
    assert (printed.level, printed.split, printed.agreement, printed.counts) == (1, None, None, counts)


@pytest.mark.parametrize(
    ("counts", "split", "level", "counted"),
    [
        ((3, 0, 0, 0, 3), (1, 5), None, True),
        ((4, 0, 0, 0, 1), (1, 5), None, False),
        ((0, 2, 2, 1, 0), None, 3, True),
        ((2, 0, 3), (1, 3), None, False),
        ((2, 1, 2), None, 2, True),
    ],
)
def test_models_of_three_and_five_levels_are_split_like_those_of_four(
    counts: tuple[int, ...], split: tuple[int, int] | None, level: int | None, *, counted: bool
) -> None:
    printed = reading(*counts)
    assert (printed.split, printed.level, printed.counts is not None) == (split, level, counted)


def test_a_raised_minimum_hides_all_smaller_groups() -> None:
    assert reading(1, 2, 2, 0, minimum=6) == Reading("A", Detail.TOO_FEW)
    assert reading(4, 0, 0, 0, minimum=5) == Reading("A", Detail.TOO_FEW)
    assert reading(2, 2, 2, 0, minimum=6).detail is Detail.FULL
    assert reading(6, 0, 0, 0, minimum=6).detail is Detail.MOST


def test_the_minimum_of_a_confidential_round_is_never_lowered() -> None:
    with pytest.raises(ValueError, match="is 4 or more, not 3"):
        reading(1, 1, 1, 0, minimum=3)


def test_more_answers_than_people_are_refused() -> None:
    with pytest.raises(ValueError, match="dimension A has more answers than members asked"):
        reading(1, 1, 1, 1, missing=-1)


def test_a_named_round_prints_everything_from_one_answer_on() -> None:
    assert reading(0, 1, 0, 0, missing=1, minimum=0, confidential=False) == Reading(
        "A",
        Detail.FULL,
        level=2,
        agreement=Agreement.ALIGNED,
        counts=(0, 1, 0, 0),
        answered=1,
        cant_say=0,
        could_be=(1, 2),
        missing=1,
    )
    assert reading(0, 0, 0, 0, cant_say=2, confidential=False) == Reading("A", Detail.TOO_FEW)


def test_notes_of_a_confidential_round_need_five_answers() -> None:
    allowed = [
        notes_allowed(reading(*counts), confidential=True)
        for counts in [(3, 0, 0, 0), (4, 0, 0, 0), (5, 0, 0, 0), (1, 2, 2, 1)]
    ]
    assert allowed == [False, False, True, True]
    assert notes_allowed(reading(0, 0, 0, 0, confidential=False), confidential=False)


@pytest.mark.parametrize("minimum", range(4, 9))
def test_the_number_from_which_notes_are_kept_is_the_one_from_which_they_are_printed(minimum: int) -> None:
    for answered in range(13):
        for counts in ((answered, 0, 0, 0), (answered // 2, 0, 0, answered - answered // 2)):
            printed = notes_allowed(reading(*counts, minimum=minimum), confidential=True)
            assert printed is (answered >= notes_from(minimum)), counts


# The promise


def printed_reading(outcome: Outcome, *, missing: int = 0, minimum: int = 4, rules: int = 2) -> Reading:
    tally = Tally(outcome.counts, outcome.cant_say)
    return read("A", tally, missing=missing + outcome.left_out, minimum=minimum, confidential=True, rules=rules)


@pytest.mark.parametrize("rules", [1, 2])
@pytest.mark.parametrize("levels", [3, 4, 5])
@pytest.mark.parametrize("minimum", [4, 5, 6])
@pytest.mark.parametrize(
    ("cant_say", "left_out"),
    [(0, 0), (8, 0), (8, 2)],
    ids=["all gave a level", "some may have said can't say", "some may have left it out too"],
)
def test_nobody_learns_an_answer_from_a_summary(
    levels: int, minimum: int, cant_say: int, left_out: int, rules: int
) -> None:
    rubric = model(levels=levels, dimensions="A")

    for people in range(1, 9):
        for missing in range(4):

            def printed(outcome: Outcome, people: int = people, missing: int = missing) -> Summary:
                return summarise(
                    rubric,
                    tallies={"A": Tally(outcome.counts, outcome.cant_say)},
                    asked=people + missing,
                    took_part=people,
                    minimum=minimum,
                    confidential=True,
                    rules=rules,
                )

            every = outcomes(levels=levels, people=people, cant_say=cant_say, left_out=left_out)
            assert given_away(every, printed) == []


@pytest.mark.parametrize("rules", [pytest.param(1, marks=pytest.mark.slow), 2])
@pytest.mark.unmeasured
@pytest.mark.parametrize("missing", [0, *(pytest.param(number, marks=pytest.mark.slow) for number in (1, 2, 3))])
@pytest.mark.parametrize(("levels", "largest"), [(3, 24), (4, 24), (5, 12)])
def test_nobody_learns_an_answer_in_larger_teams(levels: int, largest: int, missing: int, rules: int) -> None:
    for people in range(9, largest + 1):
        every = outcomes(levels=levels, people=people, cant_say=1)
        assert given_away(every, partial(printed_reading, missing=missing, rules=rules)) == []


@pytest.mark.parametrize("rules", [(1, 1), (1, 2), (2, 2)], ids=["by rules 1", "1, then 2", "by rules 2"])
@pytest.mark.parametrize("before", [(4, 0, 0, 0), (5, 0, 0, 0), (2, 2, 1, 1), (0, 2, 2, 2), (1, 1, 0, 0)])
def test_nobody_learns_an_answer_from_the_change_since_the_last_round(
    before: tuple[int, ...], rules: tuple[int, int]
) -> None:
    rubric = model(dimensions="A")
    previous = summarise(
        rubric, tallies={"A": Tally(before)}, asked=6, took_part=sum(before), minimum=4, confidential=True,
        rules=rules[0],
    )  # fmt: skip
    kinds = set()

    for people in range(1, 8):

        def printed(outcome: Outcome, people: int = people) -> Summary:
            summary = summarise(
                rubric,
                tallies={"A": Tally(outcome.counts, outcome.cant_say)},
                asked=people + 1,
                took_part=people,
                minimum=4,
                confidential=True,
                previous=previous,
                in_either=max(people, sum(before)),
                rules=rules[1],
            )
            kinds.add(summary["A"].change.kind)
            return summary

        assert given_away(outcomes(levels=4, people=people, cant_say=people), printed) == []
    assert ChangeKind.NOT_COMPARABLE in kinds


# That the promise can be broken: tables a little softer than ours


def too_exact_for_four(outcome: Outcome) -> Hashable:
    return lower_median(outcome.counts)


def word_without_counts(outcome: Outcome) -> Hashable:
    return lower_median(outcome.counts), agreement(outcome.counts)


def most_or_all(outcome: Outcome) -> Hashable:
    return max(outcome.counts) >= outcome.people - 1, lower_median(outcome.counts)


def split_below_a_higher_threshold(outcome: Outcome) -> Hashable:
    split = consensus(outcome.counts) < 0.45
    if max(outcome.counts) <= outcome.people - 3:
        return outcome.counts
    return ("split", min(outcome.answers()), max(outcome.answers())) if split else lower_median(outcome.counts)


@pytest.mark.parametrize(
    ("softer", "people", "learnt"),
    [
        (too_exact_for_four, 4, "a member who answered 1 learns that all others answered 4"),
        (word_without_counts, 7, "a member who answered 1 learns that all others answered 3"),
        (most_or_all, 6, "a member who answered 1 learns that all others answered 3"),
        (split_below_a_higher_threshold, 8, "a member who answered 1 learns that all others answered 4"),
    ],
)
def test_softer_tables_are_found_to_give_answers_away(
    softer: Callable[[Outcome], Hashable], people: int, learnt: str
) -> None:
    found = given_away(outcomes(levels=4, people=people), softer)
    assert any(sentence.startswith(learnt) for sentence in found), found


def test_unanimity_is_found_to_tell_members_everything_and_with_its_level_onlookers_too() -> None:
    every = list(outcomes(levels=4, people=5, cant_say=5))
    without_level = given_away(every, lambda outcome: len(outcome.answers()) == 1)
    assert {sentence.split(":")[0] for sentence in without_level} == {
        f"a member who answered {answer} learns that all others answered {answer}"
        for answer in [1, 2, 3, 4, "can't say"]
    }
    with_level = given_away(every, lambda outcome: tuple(outcome.answers()) if len(outcome.answers()) == 1 else ())
    assert {sentence.split(":")[0] for sentence in with_level} == {
        f"an onlooker learns that everybody answered {answer}" for answer in [1, 2, 3, 4, "can't say"]
    }


def test_a_round_printed_by_both_rules_would_give_an_answer_away() -> None:
    def by_both(outcome: Outcome) -> Hashable:
        return printed_reading(outcome, rules=1), printed_reading(outcome, rules=2)

    assert any(
        sentence.startswith("a member who answered 1 learns that all others answered 3")
        for sentence in given_away(outcomes(levels=4, people=4), by_both)
    )
