"""What may be said about a team's rounds side by side: made from what each of them printed, nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from rubric.model import Rubric
from rubric.summary import ChangeKind, Detail, Summary

A_TREND = 3
"""Rounds from which one may speak of a trend: two points mislead (NHS England, Making Data Count)."""
JOINED = frozenset({ChangeKind.SAME, ChangeKind.MOVED, ChangeKind.UNCERTAIN})


class Gap(StrEnum):
    """Why a lane has no level in a round."""

    SPLIT = "split"
    TOO_FEW = "too few"
    WITHHELD = "withheld"
    """Most who answered that round also answered elsewhere in those days."""
    NOT_ASKED = "not asked"
    """The model of that round lacks the dimension, or has another number of levels."""


@dataclass(frozen=True, slots=True)
class Point:
    """What one round printed about one dimension."""

    level: int | None = None
    or_above: bool = False
    """True when `level` stands for itself and the one above it."""
    split: tuple[int, int] | None = None
    gap: Gap | None = None
    """None where there is a level."""
    change: ChangeKind = ChangeKind.FIRST
    """What may be said about the difference from the round before."""

    @property
    def joined(self) -> bool:
        """Whether its level may be compared with that of the round before."""
        return self.change in JOINED


@dataclass(frozen=True, slots=True)
class Lane:
    """One dimension over the rounds."""

    dimension: str
    points: tuple[Point, ...]
    """One a round, the oldest first."""


@dataclass(frozen=True, slots=True)
class Trend:
    """A team's rounds side by side, as far as they may be shown."""

    lanes: tuple[Lane, ...]
    """One a dimension of the newest round's model, in its order."""
    breaks: Mapping[int, ChangeKind]
    """Places (from 0) of rounds that aren't compared with the one before, and why: NEW_WORDING or OTHER_PEOPLE."""
    alike: int
    """How many of the newest rounds were asked with the same wording."""

    @property
    def is_one(self) -> bool:
        """Whether there are rounds enough to speak of a trend."""
        return self.alike >= A_TREND


def trend(rubrics: Sequence[Rubric], summaries: Sequence[Summary]) -> Trend:
    """The rounds side by side, the oldest first; each with the model that it was asked with.

    Each summary but the first was computed with the one before it as its `previous`. The level of a model with
    another number of levels isn't shown: its numbers mean something else. Raises ValueError for no rounds.
    """
    if not summaries:
        raise ValueError("without a closed round there is nothing to show")
    newest = rubrics[-1]
    reworded = [
        place
        for place, (earlier, later) in enumerate(pairwise(rubrics), start=1)
        if earlier.version not in {later.version, *later.same_meaning_as} or earlier.highest != later.highest
    ]
    breaks = {
        place: ChangeKind.OTHER_PEOPLE for place, summary in enumerate(summaries) if place and summary.of_other_people
    }
    lanes = tuple(
        Lane(
            dimension.key,
            tuple(
                _point(dimension.key, summary, first=place == 0, alike=rubric.highest == newest.highest)
                for place, (rubric, summary) in enumerate(zip(rubrics, summaries, strict=True))
            ),
        )
        for dimension in newest.dimensions
    )
    return Trend(
        lanes,
        dict(sorted((breaks | dict.fromkeys(reworded, ChangeKind.NEW_WORDING)).items())),
        len(summaries) - max(reworded, default=0),
    )


def _point(key: str, summary: Summary, *, first: bool, alike: bool) -> Point:
    reading = next((each for each in summary.readings if each.dimension == key), None)
    if reading is None or not alike:
        return Point(gap=Gap.NOT_ASKED)
    if reading.detail is Detail.TOO_FEW:
        return Point(gap=Gap.WITHHELD if summary.withheld else Gap.TOO_FEW)
    change = ChangeKind.FIRST if first else reading.change.kind
    if reading.split is not None:
        return Point(split=reading.split, gap=Gap.SPLIT, change=change)
    return Point(level=reading.level, or_above=reading.or_above, change=change)
