"""One dimension of a closed round in words: what may be printed, and nothing else."""

from collections.abc import Mapping, Sequence

from bot.charts.profile_words import headline, share, since_last, spread, support
from bot.kit.i18n import _, ngettext
from bot.slack.blocks import escape, escape_within
from bot.slack.wording import capitalised, listed, title
from rubric import Dimension, Reading

Names = Mapping[int | None, Sequence[str]]
"""Who chose what, in a named round: level (None: "can't say") to names."""

LONGEST_PERSON = 40


def heading(dimension: Dimension, reading: Reading) -> str:
    """`*A. Engage society*: level 2, 2-way engagement, receive input`."""
    said = _lower(headline(reading))
    if reading.level is not None:
        texts = dimension.levels[reading.level - 1 : reading.level + reading.or_above]
        said = f"{said}, {_('; or ').join(map(escape, texts))}"
    return f"*{title(dimension)}*: {said}"


def facts(reading: Reading, *, asked: int, took_part: int) -> str:
    """How the answers lie, how firmly the level stands, and what changed: a sentence each, or nothing."""
    said = (spread(reading), share(reading), *support(reading, asked=asked, took_part=took_part), since_last(reading))
    return " ".join(_sentence(fact) for fact in said if fact)


def line(dimension: Dimension, reading: Reading, *, asked: int, took_part: int) -> str:
    """The same on one line, without the level's text: `*A. Engage society*: level 2 · 5 people at level 2`."""
    said = (
        level_line(dimension, reading),
        spread(reading),
        share(reading),
        *support(reading, asked=asked, took_part=took_part),
        since_last(reading),
    )
    return " · ".join(fact for fact in said if fact)


def level_line(dimension: Dimension, reading: Reading) -> str:
    """`*A. Engage society*: level 2`."""
    return f"*{title(dimension)}*: {_lower(headline(reading))}"


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


def _people(names: Sequence[str], *, most: int) -> str:
    shown = [escape_within(name, LONGEST_PERSON) for name in names[:most]]
    more = len(names) - len(shown)
    if not more:
        return listed(shown)
    return ngettext("{names} and {n} more", "{names} and {n} more", more).format(names=", ".join(shown), n=more)


def _lower(said: str) -> str:
    return f"{said[:1].lower()}{said[1:]}"


def _sentence(text: str) -> str:
    return f"{capitalised(text)}."
