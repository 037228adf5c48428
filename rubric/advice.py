"""From what was printed: which paragraph describes the team, what to work on, what to discuss."""

from collections.abc import Container, Sequence
from operator import itemgetter

from rubric.model import Action, Rubric
from rubric.summary import Agreement, Discussion, Reading, Step

MOST_DIMENSIONS = 2
MOST_ACTIONS = 3
WORDS_IN_ORDER = (Agreement.ALIGNED, Agreement.MIXED, None)
"""Of equal levels, first the one the team sees alike: it can start at once. Where no word may be printed the
reading comes after those with one, so that the order tells nothing of its own."""


def paragraph(readings: Sequence[Reading]) -> int | None:
    """The level whose paragraph describes the team.

    At least four fifths of the dimensions (of up to four: all) print exactly that level, and each other one prints a
    neighbour of it. "3 or above" is not exactly 3, but a neighbour of 2 and of 3.
    """
    exact = [each.level for each in readings if each.level is not None and not each.or_above]
    for level in set(exact):
        others = [each for each in readings if each.or_above or each.level != level]
        if 5 * exact.count(level) >= 4 * len(readings) and all(_neighbour(each, level) for each in others):
            return level
    return None


def next_level(readings: Sequence[Reading], *, highest: int) -> int | None:
    """The level after the lowest printed one; None after the highest, and where none is printed."""
    lowest = min((each.level for each in readings if each.level is not None), default=highest)
    return lowest + 1 if lowest < highest else None


def _neighbour(reading: Reading, level: int) -> bool:
    if reading.level is None:
        return False
    return level in {reading.level - 1, reading.level if reading.or_above else reading.level + 1}


def work_on(rubric: Rubric, readings: Sequence[Reading], *, excluded: Container[str]) -> tuple[tuple[Step, ...], bool]:
    """At most two dimensions with up to three actions each, and whether an outcome dimension was passed over.

    `excluded` are keys of actions that the team did or dropped; a dimension with no others left takes no place.
    The lowest printed level comes first; equals in the order of WORDS_IN_ORDER, then in the model's.
    An outcome is chosen only where every other dimension that prints a level stands above it, or none of them offers
    an action: otherwise it is passed over, if it would have had a place.
    """
    printed = [
        (reading.level, WORDS_IN_ORDER.index(reading.agreement), reading.dimension)
        for reading in readings
        if reading.level is not None
    ]
    ranked = [
        Step(dimension, level, actions)
        for level, _word, dimension in sorted(printed, key=itemgetter(0, 1))
        if (actions := _offered(rubric[dimension].actions[level], excluded=excluded))
    ]
    practices = [level for level, _word, dimension in printed if not rubric[dimension].outcome]
    offered = any(not rubric[step.dimension].outcome for step in ranked)

    def may_be_chosen(step: Step) -> bool:
        return not rubric[step.dimension].outcome or not offered or step.level < min(practices)

    chosen = tuple(step for step in ranked if may_be_chosen(step))[:MOST_DIMENSIONS]
    return chosen, any(step not in chosen for step in ranked[:MOST_DIMENSIONS])


def discuss(rubric: Rubric, readings: Sequence[Reading]) -> tuple[Discussion, ...]:
    """Each split dimension with the written question for the lowest and highest level given."""
    return tuple(
        Discussion(reading.dimension, *reading.split, rubric[reading.dimension].discussions[reading.split])
        for reading in readings
        if reading.split is not None
    )


def _offered(actions: Sequence[Action], *, excluded: Container[str]) -> tuple[str, ...]:
    return tuple(action.key for action in actions if action.key not in excluded)[:MOST_ACTIONS]
