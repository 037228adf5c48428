"""What answers say about a team: level, agreement, firmness. Ordered levels, so no means, anywhere.

`counts` is the number of answers at level 1, 2, ...: level L is `counts[L - 1]`, and its length is the scale.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log2
from types import MappingProxyType

from rubric.summary import PRINTING_RULES, Agreement

ALIGNED_FROM: Mapping[int, float] = MappingProxyType({3: 0.48, 4: 0.70, 5: 0.78})
SPLIT_BELOW: Mapping[int, float] = MappingProxyType({3: 0.03, 4: 0.44, 5: 0.59})
"""Our thresholds by the number of levels, from listing every outcome: nobody published words for this measure.

Half and half on two neighbouring levels scores just above "aligned" (0.585, 0.737, 0.807), half and half two levels
apart just below "split" (0, 0.415, 0.585). A higher threshold for "split" would tell a member what everyone else said:
0.45 does with four levels, for the counts 1, 0, 0, 7; 0.58 and 0.60 do with five.
"""
WORDED_BY_RULES_1 = 4
"""The only number of levels that had words by the first printing rules."""


@dataclass(frozen=True, slots=True)
class Tally:
    """The answers of one team to one dimension. Not for print: see disclosure.py."""

    counts: tuple[int, ...]
    cant_say: int = 0

    def __post_init__(self) -> None:
        if min((*self.counts, self.cant_say), default=0) < 0:
            raise ValueError("a tally can't hold a negative number of answers")

    @property
    def answered(self) -> int:
        """n: answers without "can't say"."""
        return sum(self.counts)


def lower_median(counts: Sequence[int]) -> int:
    """The team's level: the highest one with more than half of the answers at or above it.

    The same as position ceil(n / 2) of the sorted answers. Ties go down, since every level includes the ones
    below it and people over-rate. Raises ValueError for an empty tally.
    """
    position = (_answered(counts) + 1) // 2
    below = 0
    for level, count in enumerate(counts, start=1):
        below += count
        if below >= position:
            return level
    raise AssertionError(counts)


def consensus(counts: Sequence[int]) -> float:
    """How much a team agrees: 1.0 when everybody chose one level, 0.0 when half stand at each end.

    It has no unit and depends on where people stand, not on how many they are. The distance is taken against
    the whole scale, not the observed range. Raises ValueError for an empty tally: no answers is not agreement.
    Source: Tastle & Wierman (2007), Int. J. Approximate Reasoning 45(3), 531-545.
    """
    answered = _answered(counts)
    total = sum(level * count for level, count in enumerate(counts))
    width = (len(counts) - 1) * answered
    # Distances times n are whole numbers, so that the logarithm's argument is above 0 wherever there is an answer.
    score = 1 + sum(
        count / answered * log2((width - abs(level * answered - total)) / width)
        for level, count in enumerate(counts)
        if count > 0
    )
    # Rounding may leave the bounds by a few parts in 10**16.
    return min(1.0, max(0.0, score))


def agreement(counts: Sequence[int], *, rules: int = PRINTING_RULES) -> Agreement | None:
    """Consensus in a word; None for a number of levels that has no words, which is then never split either.

    Raises ValueError for an empty tally.
    """
    score, levels = consensus(counts), len(counts)
    if levels not in ALIGNED_FROM or (rules == 1 and levels != WORDED_BY_RULES_1):
        return None
    if score >= ALIGNED_FROM[levels]:
        return Agreement.ALIGNED
    return Agreement.SPLIT if score < SPLIT_BELOW[levels] else Agreement.MIXED


def spread(counts: Sequence[int]) -> tuple[int, int]:
    """Lowest and highest level given. Raises ValueError for an empty tally."""
    _answered(counts)
    given = [level for level, count in enumerate(counts, start=1) if count]
    return given[0], given[-1]


def could_be(counts: Sequence[int], *, missing: int) -> tuple[int, int]:
    """The level if everyone missing chose the lowest, and if everyone chose the highest.

    Raises ValueError for an empty tally.
    """
    _answered(counts)
    return (
        lower_median((counts[0] + missing, *counts[1:])),
        lower_median((*counts[:-1], counts[-1] + missing)),
    )


def _answered(counts: Sequence[int]) -> int:
    answered = sum(counts)
    if answered == 0:
        raise ValueError("a tally without answers has no level and no agreement")
    return answered
