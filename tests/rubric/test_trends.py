"""Rounds side by side: what each printed, joined only where two may be compared."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubric import ChangeKind, Detail, Gap, Point, Rubric, Summary, Tally, load, summarise, trend
from rubric.summary import Change, Reading

MODEL = load()
Counts = tuple[int, ...]


def history(*rounds: Counts, models: Sequence[Rubric] = (), in_either: Sequence[int] = ()) -> list[Summary]:
    """A team's rounds of twelve, dimension A answered like this, nothing else answered."""
    found: list[Summary] = []
    for place, counts in enumerate(rounds):
        found.append(
            summarise(
                models[place] if models else MODEL,
                tallies={"A": Tally(counts)} if sum(counts) >= 4 else {},
                asked=12,
                took_part=12,
                minimum=4,
                confidential=True,
                previous=found[-1] if found else None,
                in_either=in_either[place] if in_either else sum(counts),
            )
        )
    return found


def lane(*rounds: Counts) -> tuple[Point, ...]:
    return trend([MODEL] * len(rounds), history(*rounds)).lanes[0].points


def test_a_lane_holds_what_each_round_printed() -> None:
    points = lane((2, 5, 2, 0), (0, 4, 0, 0), (0, 0, 0, 4), (3, 0, 0, 3), (1, 1, 1, 0))
    assert [(point.level, point.or_above, point.split, point.gap) for point in points] == [
        (2, False, None, None),
        (2, False, None, None),
        (3, True, None, None),
        (None, False, (1, 4), Gap.SPLIT),
        (None, False, None, Gap.TOO_FEW),
    ]


def test_only_levels_that_may_be_compared_are_joined() -> None:
    points = lane((2, 5, 2, 0), (0, 4, 0, 0), (0, 0, 0, 4), (0, 2, 5, 2), (3, 0, 0, 3), (0, 2, 5, 2))
    assert [point.joined for point in points] == [False, True, True, False, False, False]


def test_a_level_that_one_answer_can_have_changed_says_so() -> None:
    points = lane((0, 4, 4, 0), (0, 3, 4, 0))
    assert [point.level for point in points] == [2, 3]
    assert points[1].change is ChangeKind.UNCERTAIN


def test_a_round_of_mostly_other_people_breaks_all_lanes() -> None:
    found = trend([MODEL] * 3, history((0, 6, 0, 0), (0, 6, 0, 0), (0, 6, 0, 0), in_either=[0, 10, 6]))
    assert found.breaks == {1: ChangeKind.OTHER_PEOPLE}
    assert [point.joined for point in found.lanes[0].points] == [False, False, True]
    assert found.is_one


def test_another_wording_breaks_all_lanes_and_a_trend_begins_anew() -> None:
    old = replace(MODEL, version="old")
    models = [old, old, MODEL, MODEL]
    summaries = history(*[(0, 6, 0, 0)] * 4, models=models)
    found = trend(models, summaries)
    assert found.breaks == {2: ChangeKind.NEW_WORDING}
    assert [point.joined for point in found.lanes[0].points] == [False, True, False, True]
    assert (found.alike, found.is_one) == (2, False)
    assert trend(models[1:], summaries[1:]).lanes[0].points[0].change is ChangeKind.FIRST


def test_a_wording_of_the_same_meaning_goes_on() -> None:
    old = replace(MODEL, version="old")
    new = replace(MODEL, same_meaning_as=frozenset({"old"}))
    models = [old, old, new]
    found = trend(models, history(*[(0, 6, 0, 0)] * 3, models=models))
    assert found.breaks == {}
    assert found.is_one


def test_a_level_on_another_scale_is_not_shown() -> None:
    shorter = replace(MODEL, version="old", paragraphs=MODEL.paragraphs[:3])
    before = Summary("old", 6, 6, (Reading("A", Detail.LEVEL, level=2),), None, None, (), (), False, highest=3)
    after = replace(before, rubric=MODEL.version, highest=4)
    found = trend([shorter, MODEL], [before, after])
    assert [point.gap for point in found.lanes[0].points] == [Gap.NOT_ASKED, None]
    assert found.breaks == {1: ChangeKind.NEW_WORDING}
    assert {point.gap for point in found.lanes[1].points} == {Gap.NOT_ASKED}


def test_without_a_round_there_is_nothing_to_show() -> None:
    with pytest.raises(ValueError, match="without a closed round"):
        trend([], [])


@given(st.lists(st.tuples(*[st.integers(0, 3)] * 4), min_size=1, max_size=5))
def test_nothing_but_what_was_printed_decides(rounds: list[Counts]) -> None:
    """Rounds that print alike give the same trend, whatever was counted."""
    summaries = history(*rounds)
    found = trend([MODEL] * len(rounds), summaries)
    stripped = [
        replace(
            summary,
            readings=tuple(
                Reading(
                    each.dimension,
                    each.detail,
                    level=each.level,
                    or_above=each.or_above,
                    split=each.split,
                    change=Change(each.change.kind),
                )
                for each in summary.readings
            ),
        )
        for summary in summaries
    ]
    assert trend([MODEL] * len(rounds), stripped) == found
    for point, summary in zip(found.lanes[0].points, summaries, strict=True):
        assert (point.gap is Gap.TOO_FEW) == (summary["A"].detail is Detail.TOO_FEW)
