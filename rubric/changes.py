"""What may be said about the difference between two rounds: from both prints and who took part, nothing else."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations_with_replacement

from rubric.disclosure import SMALLEST_MINIMUM, four_answers, nearly_all
from rubric.statistics import Tally
from rubric.summary import Change, ChangeKind, Detail, Reading

FEWEST_ANSWERS = 4
"""Below that many answers a level is no ground for a comparison, even where a named round prints it."""
LEAST_MOVED = 2
"""People: one who changes their mind is no change of the team."""
SHARE_MOVED = 3
"""And at least a third of the smaller round. Where each of six to twelve answers slips a level by chance once in five
times, about a third of the summaries would call that a change without this bound; with it 6 to 15% from seven answers
on."""

Counts = tuple[int, ...]


def change(
    now: Reading, before: Reading, *, highest: int, rules: tuple[int, int], same_wording: bool, in_either: int
) -> Change:
    """What may be said about one dimension since an earlier round, or why nothing may.

    `highest` is the model's number of levels, `rules` those that the round now and the one before keep. `in_either`
    people took part in one of the two rounds or in both. Too few answers now: nothing is said about the dimension,
    so not why either.
    """
    if now.detail is Detail.TOO_FEW:
        return Change(ChangeKind.NOT_COMPARABLE)
    if not same_wording:
        return Change(ChangeKind.NEW_WORDING)
    four_by_two_rules = rules[0] != rules[1] and now.detail is before.detail is Detail.LEVEL
    if not (_comparable(now) and _comparable(before)) or four_by_two_rules:
        return Change(ChangeKind.NOT_COMPARABLE)
    smaller = min(_answered(now), _answered(before))
    in_both = max(0, _answered(now) + _answered(before) - in_either)
    if 2 * in_both < smaller:
        return _since(ChangeKind.OTHER_PEOPLE, before)
    if _levels(now) & _levels(before):
        exact = now.level == before.level and not (now.or_above or before.or_above)
        return _since(ChangeKind.SAME, before) if exact else Change(ChangeKind.NOT_COMPARABLE)
    least = max(0, in_both - _alike(_possible(now, highest, rules[0]), _possible(before, highest, rules[1])))
    moved = least >= LEAST_MOVED and SHARE_MOVED * least >= smaller
    return _since(ChangeKind.MOVED if moved else ChangeKind.UNCERTAIN, before, least=least)


def _since(kind: ChangeKind, before: Reading, *, least: int | None = None) -> Change:
    return Change(kind, before=before.level, before_or_above=before.or_above, least=least)


def _comparable(reading: Reading) -> bool:
    return reading.level is not None and _answered(reading) >= FEWEST_ANSWERS


def _answered(reading: Reading) -> int:
    """n; where it isn't printed it is four."""
    return SMALLEST_MINIMUM if reading.answered is None else reading.answered


def _levels(reading: Reading) -> set[int | None]:
    """The levels that a printed one can be."""
    above = {reading.level + 1} if reading.or_above and reading.level is not None else set()
    return {reading.level, *above}


def _possible(reading: Reading, highest: int, rules: int) -> frozenset[Counts]:
    """Every tally that would have printed the same."""
    if reading.counts is not None:
        return frozenset({reading.counts})
    if reading.detail is Detail.LEVEL:
        return _of_four(reading.level, reading.or_above, highest, rules)
    return _of_nearly_all(reading.level, _answered(reading), highest, rules)


@lru_cache(maxsize=256)
def _of_four(level: int | None, or_above: bool, highest: int, rules: int) -> frozenset[Counts]:  # noqa: FBT001 - kept by its arguments
    same = Reading("", Detail.LEVEL, level=level, or_above=or_above)
    return frozenset(
        counts for counts in _tallies(SMALLEST_MINIMUM, highest) if four_answers("", counts, rules=rules) == same
    )


@lru_cache(maxsize=1024)
def _of_nearly_all(level: int | None, answered: int, highest: int, rules: int) -> frozenset[Counts]:
    """All but two answers, or more, on one level, and these print that level."""
    found = set()
    for held in range(highest):
        for rest in _tallies(2, highest):
            counts = list(rest)
            counts[held] += answered - 2
            if nearly_all("", Tally(tuple(counts)), rules=rules).level == level:
                found.add(tuple(counts))
    return frozenset(found)


def _tallies(answers: int, highest: int) -> Iterator[Counts]:
    """Every tally of so many answers."""
    for given in combinations_with_replacement(range(highest), answers):
        yield tuple(given.count(level) for level in range(highest))


@lru_cache(maxsize=4096)
def _alike(now: frozenset[Counts], before: frozenset[Counts]) -> int:
    """The most answers that can be the same in both rounds."""
    return max(sum(map(min, one, other)) for one in now for other in before)
