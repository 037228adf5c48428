"""What to work on, which paragraph describes the team, what to discuss."""

from collections.abc import Mapping, Sequence

import pytest

from rubric import Detail, Rubric, Summary, Tally, load, summarise
from tests.rubric.models import model

SPLIT = (3, 0, 0, 3)


def closed(
    rubric: Rubric,
    counts: Mapping[str, tuple[int, ...]],
    *,
    people: int = 6,
    excluded: frozenset[str] = frozenset(),
) -> Summary:
    return summarise(
        rubric,
        tallies={key: Tally(given) for key, given in counts.items()},
        asked=people,
        took_part=people,
        minimum=4,
        confidential=True,
        excluded=excluded,
    )


def worked_on(summary: Summary) -> list[tuple[str, int]]:
    return [(step.dimension, step.level) for step in summary.work_on]


def test_five_members_of_a_confidential_team_get_levels_a_question_and_where_to_start() -> None:
    rubric = load()
    summary = closed(
        rubric,
        {"A": (1, 3, 1, 0), "B": (0, 0, 4, 1), "C": (4, 1, 0, 0), "D": (0, 5, 0, 0), "E": (2, 0, 0, 3)},
        people=5,
    )
    printed = [(reading.dimension, reading.level, reading.at_least, reading.answered) for reading in summary.readings]
    assert printed == [("A", 2, 3, 5), ("B", 3, 3, 5), ("C", 1, 3, 5), ("D", 2, 3, 5), ("E", None, None, 5)]
    assert {reading.detail for reading in summary.readings} == {Detail.MOST}
    assert summary["E"].split == (1, 4)
    assert [(talk.dimension, talk.lowest, talk.highest) for talk in summary.discuss] == [("E", 1, 4)]
    assert summary.discuss[0].question == rubric["E"].discussions[1, 4]
    assert [(step.dimension, step.level, step.actions) for step in summary.work_on] == [
        ("C", 1, ("C1.1", "C1.2", "C1.3")),
        ("A", 2, ("A2.1", "A2.2", "A2.3")),
    ]
    assert (summary.paragraph, summary.next_level) == (None, 2)
    assert not summary.outcome_passed_over


def test_equal_levels_start_with_the_one_that_the_team_sees_alike() -> None:
    mixed, aligned, most = (0, 3, 1, 2), (0, 3, 3, 0), (0, 6, 0, 0)
    summary = closed(model(dimensions="ABC"), {"A": most, "B": mixed, "C": aligned})
    assert {summary[key].level for key in "ABC"} == {2}
    assert worked_on(summary) == [("C", 2), ("B", 2)]


def test_equal_levels_and_words_keep_the_order_of_the_model() -> None:
    assert worked_on(closed(model(), {"A": (0, 3, 3, 0), "B": (0, 3, 3, 0), "C": (0, 3, 3, 0)})) == [("A", 2), ("B", 2)]


def test_a_split_dimension_takes_no_place_and_too_few_answers_take_none_either() -> None:
    summary = closed(model(dimensions="ABCD"), {"A": SPLIT, "B": (1, 1, 0, 0), "C": (0, 0, 6, 0), "D": (0, 0, 0, 6)})
    assert worked_on(summary) == [("C", 3), ("D", 4)]
    assert [talk.dimension for talk in summary.discuss] == ["A"]


def test_at_the_highest_level_the_sustaining_actions_are_suggested() -> None:
    rubric = load()
    summary = closed(rubric, dict.fromkeys("ABCDE", (0, 0, 0, 6)))
    assert [step.actions for step in summary.work_on] == [("AS.1", "AS.2", "AS.3"), ("BS.1", "BS.2", "BS.3")]
    assert (summary.paragraph, summary.next_level) == (4, None)


def test_a_level_printed_as_one_with_the_next_gets_the_actions_of_the_level_printed() -> None:
    summary = closed(model(dimensions="A"), {"A": (0, 0, 0, 4)}, people=4)
    assert summary["A"].or_above
    assert [(step.level, step.actions) for step in summary.work_on] == [(3, ("A3.1",))]


LEVEL = {1: (6, 0, 0, 0), 2: (0, 6, 0, 0), 3: (0, 0, 6, 0), 4: (0, 0, 0, 6)}


@pytest.mark.parametrize(
    ("levels", "chosen", "passed_over"),
    [
        ("331", [("E", 1), ("A", 3)], False),
        ("221", [("E", 1), ("A", 2)], False),
        ("121", [("A", 1), ("B", 2)], True),
        ("132", [("A", 1), ("B", 3)], True),
        ("113", [("A", 1), ("B", 1)], False),
        ("111", [("A", 1), ("B", 1)], False),
    ],
)
def test_an_outcome_is_chosen_only_where_the_others_stand_above_it(
    levels: str, chosen: list[tuple[str, int]], *, passed_over: bool
) -> None:
    rubric = model(dimensions="ABE", outcomes="E")
    summary = closed(rubric, {key: LEVEL[int(level)] for key, level in zip("ABE", levels, strict=True)})
    assert worked_on(summary) == chosen
    assert summary.outcome_passed_over is passed_over


def test_an_outcome_is_chosen_where_nothing_else_can_be() -> None:
    rubric = model(dimensions="ABE", outcomes="E")
    all_split = closed(rubric, {"A": SPLIT, "B": SPLIT, "E": LEVEL[3]})
    assert worked_on(all_split) == [("E", 3)]
    nothing_left = closed(rubric, {"A": LEVEL[1], "B": SPLIT, "E": LEVEL[3]}, excluded=frozenset({"A1.1"}))
    assert worked_on(nothing_left) == [("E", 3)]
    assert not all_split.outcome_passed_over
    assert not nothing_left.outcome_passed_over


def test_an_outcome_isnt_above_what_is_printed_as_one_with_the_next() -> None:
    rubric = model(dimensions="AE", outcomes="E")
    summary = closed(rubric, {"A": (0, 0, 0, 4), "E": (0, 0, 4, 0)}, people=4)
    assert worked_on(summary) == [("A", 3)]
    assert summary.outcome_passed_over


def test_actions_done_or_dropped_are_not_suggested_again() -> None:
    rubric = load()
    every = dict.fromkeys("ABCDE", (0, 0, 6, 0))
    summary = closed(rubric, every, excluded=frozenset({"A3.1", "A3.3"}))
    assert summary.work_on[0].actions == ("A3.2",)
    summary = closed(rubric, every, excluded=frozenset({"A3.1", "A3.2", "A3.3"}))
    assert worked_on(summary) == [("B", 3), ("C", 3)]


def test_levels_two_three_one_two_and_a_split_begin_with_c_then_a() -> None:
    levels = {"A": LEVEL[2], "B": LEVEL[3], "C": LEVEL[1], "D": LEVEL[2], "E": SPLIT}
    assert worked_on(closed(load(), levels)) == [("C", 1), ("A", 2)]


def printing(levels: Sequence[int | str]) -> Summary:
    """A team that prints these levels: "split", "few", or "3+" for "3 or above"."""
    tallies = LEVEL | {"split": SPLIT, "few": (1, 1, 0, 0), "3+": (0, 0, 0, 4)}
    keys = "ABCDE"[: len(levels)]
    return closed(model(dimensions=keys), {key: tallies[level] for key, level in zip(keys, levels, strict=True)})


@pytest.mark.parametrize(
    ("levels", "paragraph", "next_level"),
    [
        ((2, 2, 2, 2, 2), 2, None),
        ((2, 2, 1, 2, 2), 2, None),
        ((2, 3, 1, 2, 2), None, 2),
        ((2, 2, 2, 2, 4), None, 3),
        ((2, 2, 2, 2, "split"), None, 3),
        ((2, 2, 2, 2, "few"), None, 3),
        ((3, 3, 3, 3, "3+"), 3, None),
        ((3, 3, 3, "3+", "3+"), None, 4),
        ((2, 2, 2, 2, "3+"), 2, None),
        ((4, 4, 4, 4, "3+"), None, 4),
        ((4, 4, 4, 4, 4), 4, None),
        ((4, 4, 4, 4, "split"), None, None),
        (("split", "few", "split", "few", "split"), None, None),
        ((1, 1, 2), None, 2),
        ((1, 1, 1), 1, None),
        ((2, 2, 2, 3), None, 3),
    ],
)
def test_a_paragraph_is_quoted_only_where_nearly_all_print_its_level(
    levels: Sequence[int | str], paragraph: int | None, next_level: int | None
) -> None:
    found = printing(levels)
    assert (found.paragraph, found.next_level) == (paragraph, next_level)
