"""How many teams stand where: each team is counted once, by what its last round printed."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from rubric import Standings, Summary, Tally, load, one_wording, standings, summarise

MODEL = load()
Counts = tuple[int, ...]


def summary(counts: Counts) -> Summary:
    """A round in which dimension A was answered like this, and nothing else."""
    tallies = {"A": Tally(counts)} if sum(counts) >= 4 else {}
    return summarise(MODEL, tallies=tallies, asked=12, took_part=12, minimum=4, confidential=True)


def test_teams_are_counted_by_what_was_printed() -> None:
    found = standings(
        MODEL, [summary(counts) for counts in [(5, 2, 0, 0), (0, 4, 0, 0), (0, 0, 1, 3), (3, 0, 0, 3), (1, 1, 1, 0)]]
    )
    assert found[0] == Standings("A", levels=(1, 1, 0, 0), or_above=1, split=1, too_few=1)
    assert found[4] == Standings("E", levels=(0, 0, 0, 0), or_above=0, split=0, too_few=5)


def test_no_team_is_no_count() -> None:
    assert {each.levels for each in standings(MODEL, [])} == {(0, 0, 0, 0)}


@given(st.lists(st.tuples(*[st.integers(0, 4)] * 4).filter(lambda counts: sum(counts) <= 12), max_size=8))
def test_each_team_is_counted_once(teams: list[Counts]) -> None:
    for each in standings(MODEL, [summary(counts) for counts in teams]):
        assert sum(each.levels) + each.or_above + each.split + each.too_few == len(teams)


def test_levels_of_two_wordings_are_counted_apart_unless_they_mean_the_same() -> None:
    old = replace(MODEL, version="old")
    heir = replace(MODEL, same_meaning_as=frozenset({"old"}))
    assert not one_wording(MODEL, old)
    assert one_wording(heir, old)
    assert one_wording(old, heir)
    assert not one_wording(heir, replace(old, paragraphs=MODEL.paragraphs[:3]))
    assert not one_wording(heir, replace(old, dimensions=MODEL.dimensions[:4]))
