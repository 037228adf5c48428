"""What the profile picture says in words: under each dimension's name, and to those who can't see it."""

from dataclasses import dataclass
from enum import Flag, auto

from bot.charts.measure import ELLIPSIS
from bot.kit.i18n import _, ngettext
from rubric.model import Dimension, Rubric
from rubric.summary import Agreement, Change, ChangeKind, Detail, Reading, Summary

LONGEST_ALT_TEXT = 1000
"""Characters that Slack takes as the alt text of an uploaded file."""


@dataclass(frozen=True, slots=True)
class Caption:
    """What a picture is of, as its readers call it."""

    team: str
    round_name: str
    """Already worded: "Round 6, October 2026"."""


def withheld() -> str:
    """Why nothing is shown of a round most of whose people answered in another one, too; a sentence."""
    return _("Not shown: most who answered also answered elsewhere this week.")


def printed(summary: Summary, dimension: Dimension) -> Reading:
    """What is printed about a dimension: of one with too few answers nothing but that, whatever else is known."""
    reading = summary[dimension.key]
    return Reading(reading.dimension, Detail.TOO_FEW) if reading.detail is Detail.TOO_FEW else reading


def subtitle(summary: Summary, caption: Caption) -> str:
    """Which round it was and how many took part."""
    return _("{round}. {took_part} of {asked} answered.").format(
        round=caption.round_name, took_part=summary.took_part, asked=summary.asked
    )


def no_comparison(summary: Summary) -> str | None:
    """Why this round as a whole isn't compared with the last one; None where it is, or where there is none."""
    kinds = {reading.change.kind for reading in summary.readings if reading.detail is not Detail.TOO_FEW}
    if ChangeKind.NEW_WORDING in kinds:
        return _("No comparison with the last round: the wording changed.")
    return None


def headline(reading: Reading) -> str:
    """The level of a dimension, or what is printed in its place."""
    if reading.detail is Detail.TOO_FEW:
        return _("Too few answers")
    if reading.split is not None:
        lowest, highest = reading.split
        return _("Split, {lowest} to {highest}").format(lowest=lowest, highest=highest)
    if reading.or_above:
        return _("Level {level} or above").format(level=reading.level)
    return _("Level {level}").format(level=reading.level)


def support(reading: Reading, *, asked: int, took_part: int) -> tuple[str, ...]:
    """How firmly the headline stands: agreement, missing answers and can't-says, as far as they are printed.

    How many answered is said where it isn't everybody who took part: their number stands above all dimensions.
    """
    facts = [_("4 answers: less is told") if reading.detail is Detail.LEVEL else None]
    facts += [agreement(reading), firmness(reading)]
    if reading.answered not in {None, took_part}:
        facts.append(_("{answered} of {asked} answered").format(answered=reading.answered, asked=asked))
    if reading.cant_say:
        facts.append(ngettext("{n} can't say", "{n} can't say", reading.cant_say).format(n=reading.cant_say))
    return tuple(fact for fact in facts if fact)


def agreement(reading: Reading) -> str | None:
    """How much the answers agree; of a split the headline tells."""
    words = {Agreement.ALIGNED: _("mostly agree"), Agreement.MIXED: _("views differ")}
    return words.get(reading.agreement) if reading.agreement is not None else None


def firmness(reading: Reading) -> str | None:
    """What the level could be if everybody had answered; None where all have, or where it may not be told."""
    if reading.could_be is None or reading.firm is None or not reading.missing:
        return None
    if reading.firm:
        return _("firm")
    lowest, highest = reading.could_be
    return ngettext(
        "could be {lowest} to {highest}: {n} person has not answered",
        "could be {lowest} to {highest}: {n} people have not answered",
        reading.missing,
    ).format(lowest=lowest, highest=highest, n=reading.missing)


def share(reading: Reading) -> str | None:
    """What may be told of the spread where counts may not: "at least 3 of 5 at level 2"."""
    if reading.at_least is None:
        return None
    return _("at least {count} of {answered} at level {level}").format(
        count=reading.at_least, answered=reading.answered, level=reading.level
    )


def rise(reading: Reading) -> int:
    """1 where the level went up since the last round, -1 where it went down, 0 where neither may be said."""
    change = reading.change
    if change.kind is not ChangeKind.MOVED or change.before is None or reading.level is None:
        return 0
    return (reading.level > change.before) - (reading.level < change.before)


def since_last(reading: Reading) -> str | None:
    """What may be said about the last round; None where that is nothing, or is said of the round as a whole."""
    change, before = reading.change, level_before(reading.change)
    match change.kind:
        case ChangeKind.MOVED:
            way = _("up from {before}") if rise(reading) > 0 else _("down from {before}")
            return ngettext(
                "{change}: at least {n} person chose another level",
                "{change}: at least {n} people chose another level",
                change.least or 0,
            ).format(change=way.format(before=before), n=change.least)
        case ChangeKind.UNCERTAIN if change.least:
            return ngettext(
                "was {before} last round; {n} answer can make that difference",
                "was {before} last round; {n} answers can make that difference",
                change.least,
            ).format(before=before, n=change.least)
        case ChangeKind.UNCERTAIN:
            return _("was {before} last round; other people answered, that alone can make that difference").format(
                before=before
            )
        case ChangeKind.OTHER_PEOPLE:
            return _("was {before} last round, when mostly other people answered").format(before=before)
        case ChangeKind.SAME:
            return _("same level as last round")
        case _:
            return None


def level_before(change: Change) -> str:
    """The level printed last time, as text: `2`, `3 or above`."""
    return _("{level} or above").format(level=change.before) if change.before_or_above else str(change.before)


class Told(Flag):
    """What an alt text tells of each dimension besides its letter and its level."""

    NAME = auto()
    TEXT = auto()
    """The level's words."""
    SPREAD = auto()
    SUPPORT = auto()
    CHANGE = auto()


_EVERYTHING = Told.NAME | Told.TEXT | Told.SPREAD | Told.SUPPORT | Told.CHANGE
# From all to least: the letters and the levels are always told.
_SHORTER = (
    _EVERYTHING,
    _EVERYTHING & ~Told.TEXT,
    Told.SPREAD | Told.SUPPORT | Told.CHANGE,
    Told.SPREAD | Told.CHANGE,
    Told.CHANGE,
    Told(0),
)


def profile_alt_text(rubric: Rubric, summary: Summary, caption: Caption) -> str:
    """Everything the profile picture says, in at most 1000 characters.

    Where that is too long, the words of the levels go first, then the dimensions' names (their letters stay), then
    what supports the levels, the spread, and the change; only then the team's and the round's names are cut.
    """
    opening = _("Maturity profile of {team}.").format(team=clean(caption.team))
    opening = f"{opening} {clean(subtitle(summary, caption))}"
    why_not = no_comparison(summary)
    if why_not:
        opening += f" {why_not}"
    rest = ""
    for told in _SHORTER:
        rest = "".join(f" {_sentence(dimension, summary, told=told)}" for dimension in rubric.dimensions)
        if len(opening + rest) <= LONGEST_ALT_TEXT:
            return opening + rest
    return opening[: LONGEST_ALT_TEXT - len(rest) - 1] + ELLIPSIS + rest


def _sentence(dimension: Dimension, summary: Summary, *, told: Told) -> str:
    reading = printed(summary, dimension)
    name = f"{dimension.key} {clean(dimension.name)}" if Told.NAME in told else dimension.key
    said = headline(reading)
    if Told.TEXT in told and reading.level is not None:
        texts = dimension.levels[reading.level - 1 : reading.level + reading.or_above]
        said = f"{said}, {_(' or ').join(f'“{clean(text)}”' for text in texts)}"
    facts: list[str | None] = [said]
    if Told.SPREAD in told:
        facts += [spread(reading), share(reading)]
    if Told.SUPPORT in told:
        facts += support(reading, asked=summary.asked, took_part=summary.took_part)
    if Told.CHANGE in told:
        facts.append(since_last(reading))
    return f"{name}: {'; '.join(fact for fact in facts if fact)}."


def spread(reading: Reading) -> str | None:
    """The dots in words: `2 people at level 1, 5 at level 2`."""
    if reading.counts is None:
        return None
    given = [(count, level) for level, count in enumerate(reading.counts, start=1) if count]
    first, *others = [
        (ngettext("{n} person at level {level}", "{n} people at level {level}", count) if place == 0 else
         _("{n} at level {level}")).format(n=count, level=level)
        for place, (count, level) in enumerate(given)
    ]  # fmt: skip
    return ", ".join([first, *others])


def clean(text: str) -> str:
    """On one line, without control characters."""
    return " ".join("".join(character if character.isprintable() else " " for character in text).split())
