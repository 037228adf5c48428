"""What to work on, where the team stands, what to discuss."""

from collections.abc import Mapping

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
    assert summary.stands_on is None
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
    assert summary.stands_on == 4


def test_a_level_printed_as_one_with_the_next_gets_the_actions_of_the_level_printed() -> None:
    summary = closed(model(dimensions="A"), {"A": (0, 0, 0, 4)}, people=4)
    assert [(step.level, step.actions) for step in summary.work_on] == [(3, ("A3.1",))]


def test_an_outcome_is_passed_over_while_the_others_offer_something_to_do() -> None:
    rubric = model(dimensions="ABE", outcomes="E")
    summary = closed(rubric, {"A": (0, 0, 6, 0), "B": SPLIT, "E": (6, 0, 0, 0)})
    assert worked_on(summary) == [("A", 3)]
    assert summary.outcome_passed_over


def test_an_outcome_is_chosen_where_nothing_else_can_be() -> None:
    rubric = model(dimensions="ABE", outcomes="E")
    summary = closed(rubric, {"A": SPLIT, "B": SPLIT, "E": (6, 0, 0, 0)})
    assert worked_on(summary) == [("E", 1)]
    assert not summary.outcome_passed_over


def test_an_outcome_that_had_no_claim_to_a_place_is_not_called_passed_over() -> None:
    rubric = model(dimensions="ABE", outcomes="E")
    higher = closed(rubric, {"A": (6, 0, 0, 0), "B": (0, 0, 6, 0), "E": (0, 6, 0, 0)})
    after_equals = closed(rubric, {"A": (6, 0, 0, 0), "B": (6, 0, 0, 0), "E": (6, 0, 0, 0)})
    assert not higher.outcome_passed_over
    assert not after_equals.outcome_passed_over


def test_actions_done_or_dropped_are_not_suggested_again() -> None:
    rubric = load()
    every = dict.fromkeys("ABCDE", (0, 0, 6, 0))
    summary = closed(rubric, every, excluded=frozenset({"A3.1", "A3.3"}))
    assert summary.work_on[0].actions == ("A3.2",)
    summary = closed(rubric, every, excluded=frozenset({"A3.1", "A3.2", "A3.3"}))
    assert worked_on(summary) == [("B", 3), ("C", 3)]


def test_a_team_stands_on_the_lowest_level_of_all() -> None:
    assert closed(model(), {"A": (0, 6, 0, 0), "B": (0, 0, 6, 0), "C": (0, 0, 0, 6)}).stands_on == 2


def test_a_team_stands_nowhere_while_a_dimension_is_split_or_has_too_few_answers() -> None:
    levels = {"A": (0, 6, 0, 0), "B": (0, 0, 6, 0)}
    assert closed(model(), {"C": SPLIT, **levels}).stands_on is None
    assert closed(model(), {"C": (1, 1, 0, 0), **levels}).stands_on is None
    assert closed(model(), levels).stands_on is None


def test_a_team_stands_on_a_level_or_above_only_if_no_dimension_says_it_exactly() -> None:
    vague, exact, higher = (0, 0, 4, 0), (0, 0, 6, 0), (0, 0, 0, 6)
    summary = closed(model(dimensions="AB"), {"A": vague, "B": higher})
    assert (summary.stands_on, summary.stands_on_or_above) == (3, True)
    summary = closed(model(dimensions="AB"), {"A": vague, "B": exact})
    assert (summary.stands_on, summary.stands_on_or_above) == (3, False)
