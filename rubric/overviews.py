"""How many teams stand where: counts of what their last rounds printed. No average, no order by level."""

from collections.abc import Sequence
from dataclasses import dataclass

from rubric.model import Rubric
from rubric.summary import Detail, Summary


@dataclass(frozen=True, slots=True)
class Standings:
    """How many teams printed what about one dimension."""

    dimension: str
    levels: tuple[int, ...]
    """Teams at level 1, 2, ...; without those of `or_above`."""
    or_above: int
    """Teams of which only "the second highest level or above" may be printed."""
    split: int
    too_few: int
    withheld: int = 0
    """Teams of which nothing is shown, since most who answered also answered elsewhere."""


def standings(rubric: Rubric, summaries: Sequence[Summary]) -> tuple[Standings, ...]:
    """What these teams' last rounds printed, counted for each dimension of the model they were all asked with."""
    return tuple(_of(dimension.key, summaries, highest=rubric.highest) for dimension in rubric.dimensions)


def _of(key: str, summaries: Sequence[Summary], *, highest: int) -> Standings:
    readings = [summary[key] for summary in summaries]
    told = [reading for reading in readings if reading.detail is not Detail.TOO_FEW]
    withheld = sum(summary.withheld for summary in summaries)
    exact = [reading.level for reading in told if reading.level is not None and not reading.or_above]
    return Standings(
        dimension=key,
        levels=tuple(exact.count(level) for level in range(1, highest + 1)),
        or_above=sum(reading.or_above for reading in told),
        split=sum(reading.split is not None for reading in told),
        too_few=len(readings) - len(told) - withheld,
        withheld=withheld,
    )


def one_wording(rubric: Rubric, other: Rubric) -> bool:
    """Whether levels of both models may be counted together: one wording (or marked so), one scale, one set of keys."""
    marked = rubric.version in other.same_meaning_as or other.version in rubric.same_meaning_as
    alike = rubric.highest == other.highest and _keys(rubric) == _keys(other)
    return rubric.version == other.version or (marked and alike)


def _keys(rubric: Rubric) -> list[str]:
    return [dimension.key for dimension in rubric.dimensions]
