"""What may be said about a closed round: the only thing that messages, pictures and exports are made from."""

from dataclasses import dataclass
from enum import StrEnum


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
    """The level alone, the two highest printed as one."""
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
    """Another level than last time, by enough answers to say so where counts are known."""
    WITHIN_ONE = "within one answer"
    """The level differs, but fewer than two answers' worth moved."""
    NEW_TEAM = "half the team is new"
    NEW_WORDING = "the wording changed"
    NOT_COMPARABLE = "not comparable"
    """No level was printed then or now (too few, split, or printed as one with its neighbour)."""


@dataclass(frozen=True, slots=True)
class Change:
    kind: ChangeKind
    before: int | None = None
    """The level printed last time, where one was and may be compared (also for SAME and WITHIN_ONE)."""
    moved: int | None = None
    """Answers' worth that moved, rounded down, where both rounds print counts and kind is MOVED."""
    of: int | None = None
    """The smaller n of the two rounds, to go with `moved`."""


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
    stands_on: int | None
    """The lowest printed level of all dimensions; None while any is split or has too few answers."""
    stands_on_or_above: bool
    work_on: tuple[Step, ...]
    """At most two dimensions, the one to start with first."""
    discuss: tuple[Discussion, ...]
    outcome_passed_over: bool
    """True when E was lowest but left out of `work_on` because it follows from the others."""
    withheld: bool = False
    """True where nothing is printed since most who answered did so in another round of those days, too."""

    @property
    def not_shown(self) -> tuple[str, ...]:
        """Dimensions with too few answers: of these nothing may be printed but that."""
        return tuple(reading.dimension for reading in self.readings if reading.detail is Detail.TOO_FEW)

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
