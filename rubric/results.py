"""The tallies of a closed round made into its summary. From here on nothing knows a tally."""

from collections.abc import Container, Mapping
from dataclasses import replace

from rubric import advice
from rubric.changes import change
from rubric.disclosure import read
from rubric.model import Rubric
from rubric.statistics import Tally
from rubric.summary import PRINTING_RULES, Change, Detail, Reading, Summary


def summarise(
    rubric: Rubric,
    *,
    tallies: Mapping[str, Tally],
    asked: int,
    took_part: int,
    minimum: int,
    confidential: bool,
    previous: Summary | None = None,
    in_either: int | None = None,
    excluded: Container[str] = frozenset(),
    withheld: bool = False,
    rules: int = PRINTING_RULES,
) -> Summary:
    """Everything that may be shown of one closed round.

    `tallies` by dimension key; a dimension without one got no answers. `previous` is the summary of the team's
    round before this one, as it was printed, and goes with `in_either`: how many people took part in that round, in
    this one, or in both. `excluded` are keys of actions that the team did or dropped. A confidential `minimum` is 4 or
    more; a named round has none. `withheld` says why there are no tallies. `rules` are those that the round keeps.

    Raises ValueError for numbers that can't be: more answers than people, another scale, an unknown dimension, a
    previous round without the people of both.
    """
    _check(rubric, tallies=tallies, asked=asked, took_part=took_part)
    readings = tuple(
        read(
            dimension.key,
            tally := tallies.get(dimension.key, Tally((0,) * rubric.highest)),
            missing=asked - tally.answered - tally.cant_say,
            minimum=minimum,
            confidential=confidential,
            rules=rules,
        )
        for dimension in rubric.dimensions
    )
    if previous is not None:
        if in_either is None:
            raise ValueError("a comparison needs the number of people who took part in either round")
        readings = tuple(
            replace(each, change=_change(rubric, each, then=previous, rules=rules, in_either=in_either))
            for each in readings
        )
    paragraph = advice.paragraph(readings)
    steps, outcome_passed_over = advice.work_on(rubric, readings, excluded=excluded)
    return Summary(
        rubric=rubric.version,
        highest=rubric.highest,
        asked=asked,
        took_part=took_part,
        readings=readings,
        paragraph=paragraph,
        next_level=None if paragraph is not None else advice.next_level(readings, highest=rubric.highest),
        work_on=steps,
        discuss=advice.discuss(rubric, readings),
        outcome_passed_over=outcome_passed_over,
        withheld=withheld,
        rules=rules,
    )


def since(rubric: Rubric, now: Summary, then: Summary, *, dimension: str, in_either: int) -> Change:
    """What may be said of one dimension since an earlier round of the team, however long ago; from what both print.

    `now` was asked with `rubric`. `in_either` people took part in one of the two rounds or in both.
    """
    return _change(rubric, _reading(now, dimension), then=then, rules=now.rules, in_either=in_either)


def _change(rubric: Rubric, now: Reading, *, then: Summary, rules: int, in_either: int) -> Change:
    same_wording = then.rubric in {rubric.version, *rubric.same_meaning_as} and then.highest == rubric.highest
    return change(
        now,
        _reading(then, now.dimension),
        highest=rubric.highest,
        rules=(rules, then.rules),
        same_wording=same_wording,
        in_either=in_either,
    )


def _reading(summary: Summary, dimension: str) -> Reading:
    """A dimension that wasn't asked printed no level, like one with too few answers."""
    found = (reading for reading in summary.readings if reading.dimension == dimension)
    return next(found, Reading(dimension, Detail.TOO_FEW))


def _check(rubric: Rubric, *, tallies: Mapping[str, Tally], asked: int, took_part: int) -> None:
    if not 0 <= took_part <= asked:
        raise ValueError(f"{took_part} took part, but {asked} were asked")
    unknown = sorted(set(tallies) - {dimension.key for dimension in rubric.dimensions})
    if unknown:
        raise ValueError(f"the model has no dimension {', '.join(unknown)}")
    for key, tally in tallies.items():
        if len(tally.counts) != rubric.highest:
            raise ValueError(
                f"dimension {key} has {len(tally.counts)} counts, but the model has {rubric.highest} levels"
            )
        if tally.answered + tally.cant_say > took_part:
            raise ValueError(f"dimension {key} has more answers than the {took_part} who took part")
