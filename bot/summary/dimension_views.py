"""One dimension of a closed round in words: what may be printed, and nothing else."""

from collections.abc import Mapping, Sequence

from bot.kit.i18n import _, ngettext
from bot.slack.blocks import escape, escape_within
from bot.slack.wording import listed, title
from rubric import Agreement, ChangeKind, Dimension, Reading, Rubric, Summary

Names = Mapping[int | None, Sequence[str]]
"""Who chose what, in a named round: level (None: "can't say") to names."""

LONGEST_PERSON = 40


def headline(dimension: Dimension, reading: Reading) -> str:
    """`*A. Engage society*: level 2, 2-way engagement, receive input`."""
    return f"*{title(dimension)}*: {_level(dimension, reading)}"


def facts(reading: Reading, *, asked: int, took_part: int) -> str:
    """How the answers lie, how firmly the level stands, and what changed: a sentence each, or nothing."""
    parts = (
        [_spread(reading)],
        [_agreement(reading), _firmness(reading)],
        [_answered(reading, asked=asked, took_part=took_part), _cant_say(reading)],
        [_change(reading)],
    )
    sentences = (", ".join(fact for fact in part if fact) for part in parts)
    return " ".join(_sentence(sentence) for sentence in sentences if sentence)


def in_short(reading: Reading, *, asked: int, took_part: int) -> str:
    """The same in a few words each: spread, agreement, firmness, change, and how many answered."""
    facts = [
        _spread(reading) if reading.at_least is not None else None,
        _counts(reading),
        _agreement_in_short(reading),
        _firmness_in_short(reading),
        _change_in_short(reading),
        _answered(reading, asked=asked, took_part=took_part),
    ]
    return " · ".join(fact for fact in facts if fact)


def _counts(reading: Reading) -> str | None:
    """`1, 5, 3, 0 at levels 1 to 4`."""
    if reading.counts is None:
        return None
    counts = ", ".join(map(str, reading.counts))
    return _("{counts} at levels 1 to {highest}").format(counts=counts, highest=len(reading.counts))


def is_called_firm(reading: Reading) -> bool:
    """True where `in_short` says "firm": some have not answered, and it would make no difference."""
    return reading.could_be is not None and bool(reading.missing and reading.firm)


def _firmness_in_short(reading: Reading) -> str | None:
    if reading.could_be is None or not reading.missing:
        return None
    lowest, highest = reading.could_be
    if is_called_firm(reading):
        return _("firm")
    return _("could be {lowest} to {highest}, had all answered").format(lowest=lowest, highest=highest)


def _agreement_in_short(reading: Reading) -> str | None:
    match reading.agreement:
        case Agreement.ALIGNED:
            return _("answers aligned")
        case Agreement.MIXED:
            return _("answers mixed")
        case _:
            return None


def _change_in_short(reading: Reading) -> str | None:
    change = reading.change
    if change.kind is ChangeKind.MOVED and change.before is not None and reading.level is not None:
        way = _("up from {before}") if reading.level > change.before else _("down from {before}")
        return way.format(before=change.before)
    return _change(reading)


def who(names: Names, *, most: int) -> str:
    """`Level 1: Ana; level 3: Bo, Cy and 4 more`, with at most `most` names a level."""
    levels = sorted(level for level in names if level is not None)
    parts = [
        _("level {level}: {names}").format(level=level, names=_people(names[level], most=most))
        for level in levels
        if names[level]
    ]
    if names.get(None):
        parts.append(_("can't say: {names}").format(names=_people(names[None], most=most)))
    return _sentence("; ".join(parts))


def stands_on(rubric: Rubric, level: int, *, or_above: bool) -> str:
    """The level of the team as a whole; there is one only where every dimension has one."""
    number = len(rubric.dimensions)
    if or_above:
        return ngettext(
            "As a whole the team stands on level {level} or above, the lowest of {n} dimension.",
            "As a whole the team stands on level {level} or above, the lowest of its {n} dimensions.",
            number,
        ).format(level=level, n=number)
    return ngettext(
        "As a whole the team stands on level {level}, the lowest of {n} dimension.",
        "As a whole the team stands on level {level}, the lowest of its {n} dimensions.",
        number,
    ).format(level=level, n=number)


def no_level(summary: Summary) -> str:
    """Why there is no level for the team as a whole."""
    split = listed([reading.dimension for reading in summary.readings if reading.split is not None])
    too_few = listed(summary.not_shown)
    if not too_few:
        said = _("No level for the team as a whole: it is split on {split}.")
    elif not split:
        said = _("No level for the team as a whole: too few answered {too_few}.")
    else:
        said = _("No level for the team as a whole: it is split on {split}, and too few answered {too_few}.")
    return said.format(split=split, too_few=too_few)


def _level(dimension: Dimension, reading: Reading) -> str:
    if reading.split is not None:
        lowest, highest = reading.split
        return _("split, {lowest} to {highest}").format(lowest=lowest, highest=highest)
    if reading.level is None:
        return _("too few answers")
    text = escape(dimension.levels[reading.level - 1])
    if not reading.or_above:
        return _("level {level}, {text}").format(level=reading.level, text=text)
    return _("level {level} or above, {text}; or {next_text}").format(
        level=reading.level, text=text, next_text=escape(dimension.levels[reading.level])
    )


def _spread(reading: Reading) -> str | None:
    if reading.at_least is not None:
        return _("at least {count} of {answered} chose this level").format(
            count=reading.at_least, answered=reading.answered
        )
    if reading.counts is None:
        return None
    return ", ".join(
        ngettext("{n} at level {level}", "{n} at level {level}", count).format(n=count, level=level)
        for level, count in enumerate(reading.counts, start=1)
        if count
    )


def _agreement(reading: Reading) -> str | None:
    """The word, where the headline doesn't say it."""
    match reading.agreement:
        case Agreement.ALIGNED:
            return _("aligned")
        case Agreement.MIXED:
            return _("mixed")
        case _:
            return None


def _answered(reading: Reading, *, asked: int, took_part: int) -> str | None:
    """How many of those asked, where it isn't all who took part: their number stands above all dimensions."""
    if reading.answered is None or reading.answered == took_part:
        return None
    return ngettext("{answered} of {n} answered", "{answered} of {n} answered", asked).format(
        answered=reading.answered, n=asked
    )


def _cant_say(reading: Reading) -> str | None:
    if not reading.cant_say:
        return None
    return ngettext("{n} can't say", "{n} can't say", reading.cant_say).format(n=reading.cant_say)


def _firmness(reading: Reading) -> str | None:
    if reading.could_be is None or reading.missing is None:
        return None
    if not reading.missing:
        return None
    if reading.firm:
        return _("firm: no missing answer can change it")
    lowest, highest = reading.could_be
    return ngettext(
        "could be {lowest} to {highest}: {n} person has not answered",
        "could be {lowest} to {highest}: {n} people have not answered",
        reading.missing,
    ).format(lowest=lowest, highest=highest, n=reading.missing)


def _change(reading: Reading) -> str | None:
    change = reading.change
    if change.kind is ChangeKind.MOVED and change.before is not None and reading.level is not None:
        way = _("up from {before}") if reading.level > change.before else _("down from {before}")
        moved = way.format(before=change.before)
        if change.moved is None or change.of is None:
            return moved
        return _("{change}: {moved} of {of} moved").format(change=moved, moved=change.moved, of=change.of)
    said = {
        ChangeKind.SAME: _("as before"),
        ChangeKind.WITHIN_ONE: _("was {before}: within one answer").format(before=change.before),
    }
    return said.get(change.kind)


def _people(names: Sequence[str], *, most: int) -> str:
    shown = [escape_within(name, LONGEST_PERSON) for name in names[:most]]
    more = len(names) - len(shown)
    if not more:
        return listed(shown)
    return ngettext("{names} and {n} more", "{names} and {n} more", more).format(names=", ".join(shown), n=more)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."
