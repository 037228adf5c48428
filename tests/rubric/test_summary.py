"""A closed round's summary, and what it says about the change since the last one."""

from dataclasses import replace

import pytest

from rubric import Change, ChangeKind, Rubric, Summary, Tally, since, summarise
from tests.rubric.models import model

RUBRIC = model(dimensions="A")


def closed(
    *counts: int,
    rubric: Rubric = RUBRIC,
    previous: Summary | None = None,
    in_either: int | None = None,
    confidential: bool = True,
) -> Summary:
    """A round in which everybody answered; where not told otherwise, people of the smaller round were in both."""
    if previous is not None and in_either is None:
        in_either = max(sum(counts), previous.took_part)
    return summarise(
        rubric,
        tallies={rubric.dimensions[0].key: Tally(counts)},
        asked=sum(counts),
        took_part=sum(counts),
        minimum=4,
        confidential=confidential,
        previous=previous,
        in_either=in_either,
    )


def test_people_who_gave_nothing_are_missing_and_those_who_cant_say_are_not() -> None:
    summary = summarise(
        RUBRIC, tallies={"A": Tally((0, 3, 2, 2), cant_say=1)}, asked=11, took_part=9, minimum=4, confidential=True
    )
    assert (summary.asked, summary.took_part, summary.rubric) == (11, 9, RUBRIC.version)
    reading = summary["A"]
    assert (reading.answered, reading.cant_say, reading.missing, reading.could_be) == (7, 1, 3, (2, 3))
    with pytest.raises(KeyError):
        summary["Z"]


def test_a_dimension_that_nobody_answered_has_too_few_answers() -> None:
    summary = summarise(RUBRIC, tallies={}, asked=6, took_part=0, minimum=4, confidential=True)
    assert summary["A"].detail == "too few"


@pytest.mark.parametrize(
    ("tallies", "took_part", "sentence"),
    [
        ({"Z": Tally((1, 0, 0, 0))}, 3, "the model has no dimension Z"),
        ({"A": Tally((1, 0, 0))}, 3, "dimension A has 3 counts, but the model has 4 levels"),
        ({"A": Tally((2, 0, 0, 0), cant_say=2)}, 3, "dimension A has more answers than the 3 who took part"),
        ({}, 7, "7 took part, but 6 were asked"),
        ({}, -1, "-1 took part, but 6 were asked"),
    ],
)
def test_numbers_that_cannot_be_are_refused(tallies: dict[str, Tally], took_part: int, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        summarise(RUBRIC, tallies=tallies, asked=6, took_part=took_part, minimum=4, confidential=True)


def test_the_first_round_has_nothing_to_compare_with() -> None:
    assert closed(0, 3, 3, 0)["A"].change == Change(ChangeKind.FIRST)


def test_the_same_level_is_said_to_be_the_same() -> None:
    before = closed(0, 3, 3, 0)
    assert closed(0, 5, 0, 0, previous=before)["A"].change == Change(ChangeKind.SAME, before=2)


@pytest.mark.parametrize(
    "unprinted", [(1, 1, 1, 0), (2, 0, 0, 3), (1, 0, 3, 0)], ids=["too few", "split", "split of 4"]
)
def test_a_round_that_printed_no_level_is_not_compared(unprinted: tuple[int, ...]) -> None:
    nothing = Change(ChangeKind.NOT_COMPARABLE)
    assert closed(*unprinted, previous=closed(0, 3, 3, 0))["A"].change == nothing
    assert closed(0, 3, 3, 0, previous=closed(*unprinted))["A"].change == nothing


def test_named_rounds_of_fewer_than_four_answers_print_a_level_but_are_not_compared() -> None:
    few = closed(0, 3, 0, 0, confidential=False)
    assert few["A"].level == 2
    after = closed(0, 0, 4, 0, previous=few, confidential=False)
    assert after["A"].change == Change(ChangeKind.NOT_COMPARABLE)
    assert closed(0, 0, 0, 4, previous=after, confidential=False)["A"].change == Change(
        ChangeKind.MOVED, before=3, least=4
    )


def test_a_round_that_mostly_other_people_answered_is_not_compared() -> None:
    before = closed(0, 3, 3, 0)
    assert closed(0, 0, 3, 3, previous=before, in_either=10)["A"].change == Change(ChangeKind.OTHER_PEOPLE, before=2)
    after = closed(0, 0, 3, 3, previous=before, in_either=9)["A"]
    assert after.change == Change(ChangeKind.UNCERTAIN, before=2, least=0)
    assert closed(0, 3, 3, 0, previous=before, in_either=12).of_other_people
    assert not closed(0, 3, 3, 0, previous=before, in_either=6).of_other_people


def test_a_comparison_needs_the_people_of_both_rounds() -> None:
    with pytest.raises(ValueError, match="took part in either round"):
        summarise(RUBRIC, tallies={}, asked=6, took_part=0, minimum=4, confidential=True, previous=closed(0, 3, 3, 0))


def test_other_wording_is_not_compared_unless_it_means_the_same() -> None:
    before = closed(0, 3, 3, 0)
    reworded = replace(RUBRIC, version="0123456789abcdef")
    assert closed(0, 0, 3, 3, rubric=reworded, previous=before, in_either=12)["A"].change == Change(
        ChangeKind.NEW_WORDING
    )
    meant = replace(reworded, same_meaning_as=frozenset({RUBRIC.version}))
    assert closed(0, 0, 3, 3, rubric=meant, previous=before)["A"].change.kind is ChangeKind.MOVED


def test_models_of_unlike_scales_are_never_compared() -> None:
    longer = replace(model(levels=5, dimensions="A"), same_meaning_as=frozenset({RUBRIC.version}))
    after = closed(0, 3, 3, 0, 0, rubric=longer, previous=closed(0, 3, 3, 0))
    assert after["A"].change == Change(ChangeKind.NEW_WORDING)


def test_too_few_answers_now_give_no_reason_why_they_are_not_compared() -> None:
    reworded = replace(RUBRIC, version="0123456789abcdef")
    after = closed(1, 1, 1, 0, rubric=reworded, previous=closed(0, 3, 3, 0), in_either=9)
    assert after["A"].change == Change(ChangeKind.NOT_COMPARABLE)


def test_a_dimension_that_the_last_round_did_not_ask_is_not_compared() -> None:
    wider = replace(model(dimensions="B"), same_meaning_as=frozenset({RUBRIC.version}))
    after = closed(0, 3, 3, 0, rubric=wider, previous=closed(0, 3, 3, 0))
    assert after["B"].change == Change(ChangeKind.NOT_COMPARABLE)


def test_only_what_the_last_round_printed_counts() -> None:
    two_outcomes_that_print_alike = [closed(0, 5, 0, 0), closed(1, 3, 1, 0)]
    changes = {closed(0, 1, 3, 2, previous=before)["A"].change for before in two_outcomes_that_print_alike}
    assert changes == {Change(ChangeKind.MOVED, before=2, least=2)}


def test_an_earlier_round_is_compared_by_the_same_rules_however_long_ago() -> None:
    first = closed(5, 3, 1, 0)
    second = closed(4, 5, 0, 0, previous=first)
    third = closed(1, 5, 3, 0, previous=second)
    assert third["A"].change.kind is ChangeKind.SAME
    assert since(RUBRIC, third, first, dimension="A", in_either=9) == Change(ChangeKind.MOVED, before=1, least=4)
    assert since(RUBRIC, third, second, dimension="A", in_either=9) == third["A"].change


def test_since_an_earlier_round_says_why_it_cant_be_compared() -> None:
    then, now = closed(5, 3, 1, 0), closed(1, 5, 3, 0)
    assert since(RUBRIC, now, then, dimension="A", in_either=14) == Change(ChangeKind.OTHER_PEOPLE, before=1)
    assert since(RUBRIC, now, then, dimension="Z", in_either=9) == Change(ChangeKind.NOT_COMPARABLE)
    other = replace(then, rubric="another")
    assert since(RUBRIC, now, other, dimension="A", in_either=9) == Change(ChangeKind.NEW_WORDING)
    assert since(RUBRIC, closed(1, 1, 1, 0), then, dimension="A", in_either=9) == Change(ChangeKind.NOT_COMPARABLE)
