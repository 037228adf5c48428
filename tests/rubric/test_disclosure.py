"""The promise of confidential rounds, over every outcome: nobody learns an answer that isn't theirs."""

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


def reading(*counts: int, cant_say: int = 0, missing: int = 0, minimum: int = 4, confidential: bool = True) -> Reading:
    return read("A", Tally(counts, cant_say), missing=missing, minimum=minimum, confidential=confidential)


# What is printed


@pytest.mark.parametrize("counts", [(0, 0, 0, 0), (1, 0, 0, 0), (1, 1, 1, 0)])
def test_fewer_than_four_answers_print_nothing_at_all(counts: tuple[int, ...]) -> None:
    assert reading(*counts, cant_say=3, missing=2) == Reading("A", Detail.TOO_FEW)


@pytest.mark.parametrize(
    ("counts", "level", "or_above"),
    [((4, 0, 0, 0), 1, False), ((1, 1, 1, 1), 2, False), ((0, 0, 4, 0), 3, True), ((0, 0, 0, 4), 3, True)],
)
def test_four_answers_print_the_level_alone_and_the_two_highest_as_one(
    counts: tuple[int, ...], level: int, *, or_above: bool
) -> None:
    printed = reading(*counts, cant_say=1, missing=1)
    assert printed == Reading("A", Detail.LEVEL, level=level, or_above=or_above)
    assert printed.firm is None


def test_four_answers_to_a_model_of_three_levels_print_two_or_above() -> None:
    assert reading(0, 1, 3) == Reading("A", Detail.LEVEL, level=2, or_above=True)


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
def test_models_without_words_print_level_and_counts_however_far_apart(counts: tuple[int, ...]) -> None:
    printed = reading(*counts)
    assert (printed.level, printed.split, printed.agreement, printed.counts) == (1, None, None, counts)


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


def printed_reading(outcome: Outcome, *, missing: int = 0, minimum: int = 4) -> Reading:
    tally = Tally(outcome.counts, outcome.cant_say)
    return read("A", tally, missing=missing + outcome.left_out, minimum=minimum, confidential=True)


@pytest.mark.parametrize("levels", [3, 4, 5])
@pytest.mark.parametrize("minimum", [4, 5, 6])
@pytest.mark.parametrize(
    ("cant_say", "left_out"),
    [(0, 0), (8, 0), (8, 2)],
    ids=["all gave a level", "some may have said can't say", "some may have left it out too"],
)
def test_nobody_learns_an_answer_from_a_summary(levels: int, minimum: int, cant_say: int, left_out: int) -> None:
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
                )

            every = outcomes(levels=levels, people=people, cant_say=cant_say, left_out=left_out)
            assert given_away(every, printed) == []


@pytest.mark.unmeasured
@pytest.mark.parametrize("missing", [0, *(pytest.param(number, marks=pytest.mark.slow) for number in (1, 2, 3))])
@pytest.mark.parametrize(("levels", "largest"), [(3, 24), (4, 24), (5, 12)])
def test_nobody_learns_an_answer_in_larger_teams(levels: int, largest: int, missing: int) -> None:
    for people in range(9, largest + 1):
        every = outcomes(levels=levels, people=people, cant_say=1)
        assert given_away(every, partial(printed_reading, missing=missing)) == []


@pytest.mark.parametrize("before", [(4, 0, 0, 0), (5, 0, 0, 0), (2, 2, 1, 1), (0, 2, 2, 2), (1, 1, 0, 0)])
def test_nobody_learns_an_answer_from_the_change_since_the_last_round(before: tuple[int, ...]) -> None:
    rubric = model(dimensions="A")
    previous = summarise(
        rubric, tallies={"A": Tally(before)}, asked=6, took_part=sum(before), minimum=4, confidential=True
    )
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
