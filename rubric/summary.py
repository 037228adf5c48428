"""What may be said about a closed round: the only thing that messages, pictures and exports are made from."""

from dataclasses import dataclass
from enum import StrEnum

PRINTING_RULES = 2
"""The number of the rules by which a round is printed (disclosure.py).

A round keeps the one that it opened with: printed by two, it could be told apart."""


class Agreement(StrEnum):
    """Consensus in a word (thresholds: statistics.py)."""

    ALIGNED = "aligned"
    MIXED = "mixed"
    SPLIT = "split"


class Detail(StrEnum):
    """How much of one dimension may be printed (the table in disclosure.py)."""

    TOO_FEW = "too few"
    """Nothing but that there were too few answers."""
    LEVEL = "level"
    """Of four answers: the range when split, else the level alone."""
    MOST = "most"
    """The range when split, else the level and "at least n - 2 of n"; no word, no counts."""
    FULL = "full"
    """Everything."""


class ChangeKind(StrEnum):
    """What may be said about the difference from the last round."""

    FIRST = "first"
    """There is no earlier round."""
    SAME = "same"
    """The same level was printed then and now."""
    MOVED = "moved"
    """Another level than last time, for which at least two people, and a third, must have changed their answer."""
    UNCERTAIN = "uncertain"
    """The level differs, but fewer people can have made that difference, or only other people answered."""
    OTHER_PEOPLE = "mostly other people answered"
    NEW_WORDING = "the wording changed"
    NOT_COMPARABLE = "not comparable"
    """No level was printed then or now (too few, split), or the two may be the same ("3" and "3 or above")."""


@dataclass(frozen=True, slots=True)
class Change:
    kind: ChangeKind
    before: int | None = None
    """The level printed last time; for MOVED, UNCERTAIN, SAME and OTHER_PEOPLE."""
    before_or_above: bool = False
    """True when `before` stands for itself and the one above it."""
    least: int | None = None
    """How many people must have changed their answer, at least; for MOVED and UNCERTAIN. 0: who answered can do it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What may be printed about one dimension of one round. What is None is not shown, anywhere."""

    dimension: str
    detail: Detail
    level: int | None = None
    """The lower median; None when split or too few."""
    or_above: bool = False
    """True when `level` stands for itself and the one above it."""
    split: tuple[int, int] | None = None
    """Lowest and highest level given, when the team is split; then there is no level."""
    agreement: Agreement | None = None
    counts: tuple[int, ...] | None = None
    """Answers at level 1, 2, ...; their sum is `answered`."""
    answered: int | None = None
    """n: answers without "can't say"."""
    cant_say: int | None = None
    at_least: int | None = None
    """n - 2, for "at least 3 of 5"."""
    could_be: tuple[int, int] | None = None
    """What the level becomes if everyone missing chose 1, or the highest. Both equal to `level`: firm."""
    missing: int | None = None
    """Members asked who gave no answer to this dimension and didn't say "can't say"; goes with could_be."""
    change: Change = Change(ChangeKind.FIRST)

    @property
    def firm(self) -> bool | None:
        """True: no missing answer can change the level. None: may not be told."""
        return None if self.could_be is None or self.level is None else self.could_be == (self.level, self.level)


@dataclass(frozen=True, slots=True)
class Step:
    """A dimension to work on, and the actions that lead up from the level printed for it."""

    dimension: str
    level: int
    actions: tuple[str, ...]
    """Keys of up to three actions, in the rubric's order."""


@dataclass(frozen=True, slots=True)
class Discussion:
    """A split dimension and what to ask about it."""

    dimension: str
    lowest: int
    highest: int
    question: str


@dataclass(frozen=True, slots=True)
class Summary:
    """The result of one closed round, as far as it may be shown."""

    rubric: str
    """Version of the rubric that was asked."""
    asked: int
    """N: members who were asked."""
    took_part: int
    """Members who gave at least one answer ("can't say" is one)."""
    readings: tuple[Reading, ...]
    """One a dimension, in the model's order."""
    paragraph: int | None
    """The level whose paragraph describes the team: nearly all dimensions print it, the others a neighbour of it."""
    next_level: int | None
    """Without such a paragraph: the level after the lowest printed one, if there is one."""
    work_on: tuple[Step, ...]
    """At most two dimensions, the one to start with first."""
    discuss: tuple[Discussion, ...]
    outcome_passed_over: bool
    """True when an outcome (E) would have a place in `work_on`, but was left out since it follows from the others."""
    withheld: bool = False
    """True where nothing is printed since most who answered did so in another round of those days, too."""
    rules: int = PRINTING_RULES
    """The printing rules that the round keeps."""
    highest: int = 4
    """How many levels its rubric has."""

    @property
    def not_shown(self) -> tuple[str, ...]:
        """Dimensions with too few answers: of these nothing may be printed but that."""
        return tuple(reading.dimension for reading in self.readings if reading.detail is Detail.TOO_FEW)

    @property
    def of_other_people(self) -> bool:
        """True where nothing is compared, since mostly other people answered in the round before."""
        kinds = {reading.change.kind for reading in self.readings}
        return ChangeKind.OTHER_PEOPLE in kinds and kinds <= {ChangeKind.OTHER_PEOPLE, ChangeKind.NOT_COMPARABLE}

    @property
    def shows_nothing(self) -> bool:
        """True where no dimension may be printed."""
        return len(self.not_shown) == len(self.readings)

    def __getitem__(self, key: str) -> Reading:
        """The reading of the dimension with this key; KeyError where there is none."""
        for reading in self.readings:
            if reading.dimension == key:
                return reading
        raise KeyError(key)
