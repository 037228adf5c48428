"""A round in a few words: what changed, what is split, where the team stands, and what of it is uncertain."""

from collections import Counter
from collections.abc import Sequence

from bot.charts.profile_words import level_before, rise
from bot.kit.i18n import _, ngettext
from bot.slack.blocks import escape, one_line
from bot.slack.wording import capitalised, listed, number_word
from rubric import SMALLEST_MINIMUM, ChangeKind, Detail, Reading, Rubric, Summary

MOST_CHANGES = 3
"""Changes that are told one by one."""


def headline(rubric: Rubric, summary: Summary) -> str:
    """Sentences, as "Engage society is up from 1 to 2. Capability is split. Four of five are at level 2."."""
    said = [*_changes(rubric, summary), _splits(rubric, summary), _standing(rubric, summary)]
    return " ".join(sentence for sentence in said if sentence)


def uncertain(rubric: Rubric, summary: Summary) -> list[str]:
    """What may have changed, what isn't shown, and what could be otherwise had all answered: a sentence each."""
    said = _unmoved(rubric, summary)
    if summary.not_shown:
        names = listed([_name(rubric, key) for key in summary.not_shown])
        said.append(_("Too few answered to show {names}.").format(names=names))
    by_range: dict[tuple[int, int], list[str]] = {}
    for each in summary.readings:
        if each.firm is False and each.could_be is not None:
            by_range.setdefault(each.could_be, []).append(_name(rubric, each.dimension))
    if by_range:
        levels = [
            _("{names} could be {lowest} to {highest}").format(names=listed(names), lowest=lowest, highest=highest)
            for (lowest, highest), names in by_range.items()
        ]
        said.append(_("If everyone had answered, {levels}.").format(levels=listed(levels)))
    return said


def _unmoved(rubric: Rubric, summary: Summary) -> list[str]:
    """That no level moved, where there is a round to compare with, or of which that can't be said."""
    open_ones = [each.dimension for each in summary.readings if each.change.kind is ChangeKind.UNCERTAIN]
    if open_ones:
        names = listed([_name(rubric, key) for key in open_ones])
        return [_("Whether {names} moved since the last round can't be said.").format(names=names)]
    kinds = {each.change.kind for each in summary.readings}
    is_same = ChangeKind.SAME in kinds and ChangeKind.MOVED not in kinds
    return [_("No level is up or down since the last round.")] if is_same else []


def less_is_told(summary: Summary) -> str | None:
    """Why less is shown of a confidential round than was answered; None where everything is."""
    less = {each.detail for each in summary.readings} - {Detail.TOO_FEW, Detail.FULL}
    if less == {Detail.LEVEL}:
        if summary.took_part == SMALLEST_MINIMUM:
            return _("Only four people answered, so less is shown.")
        return _("Where only four answered, less is shown.")
    return _("Some counts are hidden, so that nobody's answer can be worked out.") if less else None


def _changes(rubric: Rubric, summary: Summary) -> list[str]:
    changed = [each for each in summary.readings if rise(each)]
    said = []
    for each in changed[:MOST_CHANGES]:
        way = (
            _("{name} is up from {before} to {now}.") if rise(each) > 0 else _("{name} is down from {before} to {now}.")
        )
        now = _("{level} or above").format(level=each.level) if each.or_above else each.level
        said.append(way.format(name=_name(rubric, each.dimension), before=level_before(each.change), now=now))
    more = len(changed) - len(said)
    if more:
        said.append(ngettext("{n} more changed.", "{n} more changed.", more).format(n=more))
    return said


def _splits(rubric: Rubric, summary: Summary) -> str | None:
    split = [each.dimension for each in summary.readings if each.split is not None]
    if not split:
        return None
    if len(split) == len(summary.readings) > 1:
        return _("All {number} dimensions are split.").format(number=number_word(len(split)))
    names = listed([_name(rubric, key) for key in split])
    return ngettext("{names} is split.", "{names} are split.", len(split)).format(names=names)


def _standing(rubric: Rubric, summary: Summary) -> str | None:
    """How many dimensions print which level; with a paragraph, which ones it leaves out."""
    printed = [each for each in summary.readings if each.level is not None]
    if not printed:
        return None
    if summary.paragraph is not None:
        return _nearly_all(summary, summary.paragraph)
    if len(printed) == 1:
        return _("{name} is at level {level}.").format(
            name=_name(rubric, printed[0].dimension), level=_short(printed[0])
        )
    return _each_level(summary, printed)


def _all(number: int, level: str) -> str:
    return ngettext(
        "Its only dimension is at level {level}.", "All {number} dimensions are at level {level}.", number
    ).format(number=number_word(number), level=level)


def _nearly_all(summary: Summary, level: int) -> str:
    others = [each for each in summary.readings if each.level != level or each.or_above]
    total, at_it = len(summary.readings), len(summary.readings) - len(others)
    if not others:
        return _all(total, str(level))
    said = _("{number} of {total} dimensions are at level {level} ({others}).").format(
        number=number_word(at_it),
        total=number_word(total),
        level=level,
        others=listed([_("{dimension} is at {level}").format(dimension=each.dimension, level=_short(each)) for each in
                       others]),
    )  # fmt: skip
    return capitalised(said)


def _each_level(summary: Summary, printed: Sequence[Reading]) -> str:
    """How many dimensions are at which level, the most common first."""
    counted, total = Counter(map(_short, printed)), len(summary.readings)
    first, *others = sorted(sorted(counted), key=lambda level: -counted[level])
    if counted[first] == total:
        return _all(total, first)
    if counted[first] == 1:
        said = _("one dimension is at level {level}").format(level=first)
    else:
        said = _("{number} of {total} dimensions are at level {level}").format(
            number=number_word(counted[first]), total=number_word(total), level=first
        )
    rest = [_("{number} at level {level}").format(number=number_word(counted[level]), level=level) for level in others]
    return capitalised(listed([said, *rest]) + ".")


def _short(reading: Reading) -> str:
    return _("{level} or above").format(level=reading.level) if reading.or_above else str(reading.level)


def _name(rubric: Rubric, key: str) -> str:
    return escape(one_line(rubric[key].name))
