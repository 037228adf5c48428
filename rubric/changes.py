"""What may be said about the difference between two rounds: computed from what both of them print, nothing else."""

from rubric.statistics import answers_moved
from rubric.summary import Change, ChangeKind, Detail, Reading

FEWEST_ANSWERS = 4
"""Below that many answers a level is no ground for a comparison, even where a named round prints it."""
LEAST_MOVED = 2
"""Answers' worth: one person who changes their mind is no change of the team."""


def change(now: Reading, before: Reading, *, same_wording: bool, half_new: bool) -> Change:
    """What may be said about one dimension since the last round, or why nothing may.

    Of several reasons why nothing may, the one that holds for the whole round comes first. Too few answers now:
    nothing is said about the dimension, so not why either.
    """
    why_not = _why_not(now, before, same_wording=same_wording, half_new=half_new)
    if why_not is not None:
        return Change(why_not)
    if now.level == before.level:
        return Change(ChangeKind.SAME, before=before.level)
    if now.counts is None or before.counts is None:
        return Change(ChangeKind.MOVED, before=before.level)
    moved = answers_moved(now.counts, before.counts)
    if moved < LEAST_MOVED:
        return Change(ChangeKind.WITHIN_ONE, before=before.level)
    smaller = min(sum(now.counts), sum(before.counts))
    return Change(ChangeKind.MOVED, before=before.level, moved=int(moved), of=smaller)


def _why_not(now: Reading, before: Reading, *, same_wording: bool, half_new: bool) -> ChangeKind | None:
    """Why the two rounds don't compare; None if they do."""
    if now.detail is Detail.TOO_FEW:
        return ChangeKind.NOT_COMPARABLE
    if not same_wording or _scales_differ(now, before):
        return ChangeKind.NEW_WORDING
    if half_new:
        return ChangeKind.NEW_TEAM
    return None if _comparable(now) and _comparable(before) else ChangeKind.NOT_COMPARABLE


def _comparable(reading: Reading) -> bool:
    """Whether one exact level was printed, from enough answers. Where n isn't printed it is 4 or more."""
    few = reading.answered is not None and reading.answered < FEWEST_ANSWERS
    return reading.level is not None and not reading.or_above and not few


def _scales_differ(now: Reading, before: Reading) -> bool:
    return now.counts is not None and before.counts is not None and len(now.counts) != len(before.counts)
