"""From what was printed: the level a team stands on, what to work on, what to discuss."""

from collections.abc import Container, Sequence
from operator import itemgetter

from rubric.model import Action, Rubric
from rubric.summary import Agreement, Discussion, Reading, Step

MOST_DIMENSIONS = 2
MOST_ACTIONS = 3
WORDS_IN_ORDER = (Agreement.ALIGNED, Agreement.MIXED, None)
"""Of equal levels, first the one the team sees alike: it can start at once. Where no word may be printed the
reading comes after those with one, so that the order tells nothing of its own."""


def stands_on(readings: Sequence[Reading]) -> tuple[int | None, bool]:
    """The lowest printed level, and whether it stands for itself and the one above.

    None while any dimension is split or has too few answers. The second value is True only if every dimension
    at that level is printed as one with the level above; one exact level settles it.
    """
    levels = [reading.level for reading in readings if reading.level is not None]
    if not levels or len(levels) < len(readings):
        return None, False
    lowest = min(levels)
    return lowest, all(reading.or_above for reading in readings if reading.level == lowest)


def work_on(rubric: Rubric, readings: Sequence[Reading], *, excluded: Container[str]) -> tuple[tuple[Step, ...], bool]:
    """At most two dimensions with up to three actions each, and whether an outcome dimension was passed over.

    `excluded` are keys of actions that the team did or dropped; a dimension with no others left takes no place.
    The lowest printed level comes first; equals in the order of WORDS_IN_ORDER, then in the model's.
    An outcome is never chosen while another dimension can be: it was passed over if it had the lowest level of
    all and would have had a place.
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
    of_the_team = [step for step in ranked if not rubric[step.dimension].outcome]
    chosen = tuple((of_the_team or ranked)[:MOST_DIMENSIONS])
    lowest = min((level for level, *_ in printed), default=None)
    outcome_passed_over = any(
        step.level == lowest and step not in chosen and rubric[step.dimension].outcome
        for step in ranked[:MOST_DIMENSIONS]
    )
    return chosen, outcome_passed_over


def discuss(rubric: Rubric, readings: Sequence[Reading]) -> tuple[Discussion, ...]:
    """Each split dimension with the written question for the lowest and highest level given."""
    return tuple(
        Discussion(reading.dimension, *reading.split, rubric[reading.dimension].discussions[reading.split])
        for reading in readings
        if reading.split is not None
    )


def _offered(actions: Sequence[Action], *, excluded: Container[str]) -> tuple[str, ...]:
    return tuple(action.key for action in actions if action.key not in excluded)[:MOST_ACTIONS]
