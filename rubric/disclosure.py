"""What may be printed about one dimension, so that nobody's answer can be worked out.

The promise (confidential rounds): an onlooker who knows who took part, and a member who also knows their own
answer, can each determine nobody else's answer. n is the number of answers without "can't say".

| n | what is printed |
|---|---|
| below the minimum, 4 unless an admin raised it | too few answers; neither n nor the number of can't-says |
| 4, where the minimum is 4 | the range when split, else the level alone; the two highest as one (see below) |
| 5 or more, no level holds more than n - 3 | everything |
| 5 or more otherwise | the range when split, else the level and "at least n - 2 of n"; n and can't-says |

Of four answers the highest level is never printed alone: "3 or above" where at least two chose the highest, else "3".
The counts (1, 0, 3, 0) print as a split though their consensus is no split: as a level they would tell who chose 1
that all others chose 3.

Where one level holds nearly everyone, exact counts or a word that only one outcome can have would give the rest
away. "Can't say" and having left a dimension out are guarded like answers. Every outcome of up to 24 answers on
four levels (12 on five) is listed in tests/rubric/test_disclosure.py, with can't-says, members missing and raised
minimums: the table holds as it stands. It can't guard against people who pool what they know, nor against notes
that give their writer away.

A named round hides nothing once there is one answer.

These are the rules 2. By rules 1, of version 0.1.0, four answers print the level alone, never a split, and the two
highest always as one; and only models of four levels have words and splits. Whoever saw a round printed by both could
subtract: "3 or above" and "split, 1 to 3" can only be (1, 0, 3, 0).
"""

from rubric.statistics import Tally, agreement, could_be, lower_median, spread
from rubric.summary import PRINTING_RULES, Agreement, Detail, Reading

SMALLEST_MINIMUM = 4
"""An admin may raise the minimum group of a confidential round, never lower it."""


PRINTED_AS_SPLIT = (1, 0, 3, 0)
"""Four answers whose level would tell one of them what the others chose."""
TWO_AT_THE_TOP = 2
"""From so many of four answers at the highest level on, it is printed as one with the level below."""


def read(
    dimension: str, tally: Tally, *, missing: int, minimum: int, confidential: bool, rules: int = PRINTING_RULES
) -> Reading:
    """What may be printed about one dimension, still without its change since the last round.

    `rules` are those that the round keeps. `missing` are the members asked who gave neither an answer nor a "can't
    say". Raises ValueError for a confidential minimum below 4 and for a negative `missing`.
    """
    if missing < 0:
        raise ValueError(f"dimension {dimension} has more answers than members asked")
    how_much = detail(tally.counts, minimum=minimum, confidential=confidential)
    if how_much is Detail.TOO_FEW:
        return Reading(dimension, Detail.TOO_FEW)
    if how_much is Detail.LEVEL:
        return four_answers(dimension, tally.counts, rules=rules)
    if how_much is Detail.MOST:
        return nearly_all(dimension, tally, rules=rules)
    return _full(dimension, tally, missing=missing, rules=rules)


def detail(counts: tuple[int, ...], *, minimum: int, confidential: bool) -> Detail:
    """Which row of the table holds for these answers."""
    answered = sum(counts)
    if not confidential:
        return Detail.FULL if answered else Detail.TOO_FEW
    if minimum < SMALLEST_MINIMUM:
        raise ValueError(f"the minimum group of a confidential round is {SMALLEST_MINIMUM} or more, not {minimum}")
    if answered < minimum:
        return Detail.TOO_FEW
    if answered == SMALLEST_MINIMUM:
        return Detail.LEVEL
    return Detail.FULL if max(counts) <= answered - 3 else Detail.MOST


def notes_from(minimum: int) -> int:
    """How many answers a dimension of a confidential round has, at least, for its notes to be kept and printed.

    Of the smallest group nothing but the level is printed, so five, or the round's `minimum` where that is more.
    """
    return max(SMALLEST_MINIMUM + 1, minimum)


def notes_allowed(reading: Reading, *, confidential: bool) -> bool:
    """Whether the notes of this dimension may be printed: in a confidential round those of `notes_from` answers."""
    return not confidential or reading.detail in {Detail.MOST, Detail.FULL}


def four_answers(dimension: str, counts: tuple[int, ...], *, rules: int) -> Reading:
    """What is printed of four answers in a confidential round."""
    second_highest = len(counts) - 1
    level = min(lower_median(counts), second_highest)
    at_the_top = level == second_highest
    if rules == 1:
        return Reading(dimension, Detail.LEVEL, level=level, or_above=at_the_top)
    split = spread(counts) if counts == PRINTED_AS_SPLIT else _split(counts, rules=rules)
    if split is not None:
        return Reading(dimension, Detail.LEVEL, split=split)
    return Reading(dimension, Detail.LEVEL, level=level, or_above=at_the_top and counts[-1] >= TWO_AT_THE_TOP)


def nearly_all(dimension: str, tally: Tally, *, rules: int) -> Reading:
    """What is printed where one level holds nearly everyone."""
    split = _split(tally.counts, rules=rules)
    return Reading(
        dimension,
        Detail.MOST,
        level=None if split else lower_median(tally.counts),
        split=split,
        answered=tally.answered,
        cant_say=tally.cant_say,
        at_least=None if split else tally.answered - 2,
    )


def _full(dimension: str, tally: Tally, *, missing: int, rules: int) -> Reading:
    split = _split(tally.counts, rules=rules)
    return Reading(
        dimension,
        Detail.FULL,
        level=None if split else lower_median(tally.counts),
        split=split,
        agreement=agreement(tally.counts, rules=rules),
        counts=tally.counts,
        answered=tally.answered,
        cant_say=tally.cant_say,
        could_be=None if split else could_be(tally.counts, missing=missing),
        missing=None if split else missing,
    )


def _split(counts: tuple[int, ...], *, rules: int) -> tuple[int, int] | None:
    return spread(counts) if agreement(counts, rules=rules) is Agreement.SPLIT else None
