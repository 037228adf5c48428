"""The maturity model as data: what is asked, what each level says, what to do next.

Everything here is immutable and knows no team, no clock and no database.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Effort(StrEnum):
    """What an action costs a team."""

    SMALL = "S"
    """Within two weeks, no money."""
    MEDIUM = "M"
    """One to three months, or some money."""
    LARGE = "L"
    """More than three months, or needs leadership or budget."""


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a team can do to take one step, with the practice that backs it."""

    key: str
    """Unique in the rubric, and stable when its wording changes: `B2.1`."""
    text: str
    effort: Effort
    source: str


@dataclass(frozen=True, slots=True)
class Dimension:
    """One question, the text of each level, and what follows from the answers."""

    key: str
    """One capital letter, in the model's order: `A`."""
    name: str
    question: str
    levels: tuple[str, ...]
    """Level texts, lowest first; level L is `levels[L - 1]`."""
    outcome: bool
    """True for what comes of the other dimensions (E, capability) rather than what a team does."""
    actions: Mapping[int, tuple[Action, ...]]
    """By the level a team stands on: `actions[2]` leads from 2 to 3; those of the highest level sustain it."""
    discussions: Mapping[tuple[int, int], str]
    """What a split team asks itself, by the lowest and highest level given."""
    gloss: str = ""
    """What the source says this dimension is about, quoted; empty where it says nothing."""
    clauses: tuple[str, ...] = ()
    """What the paragraph of each level says of this dimension, quoted, lowest first; empty where nothing is quoted."""


@dataclass(frozen=True, slots=True)
class Rubric:
    """One version of a maturity model: 1 to 8 dimensions of 3 to 5 levels."""

    version: str
    """Hash of the content: two rubrics of one version say the same, word for word."""
    name: str
    source: str
    """Whom the wording is from, for the credit line."""
    paragraphs: tuple[str, ...]
    """One a level: what a team that stands on it as a whole looks like."""
    dimensions: tuple[Dimension, ...]
    same_meaning_as: frozenset[str] = frozenset()
    """Earlier versions whose answers may be compared with this one's."""

    @property
    def highest(self) -> int:
        """The highest level, 3 to 5; the lowest is always 1."""
        return len(self.paragraphs)

    def __getitem__(self, key: str) -> Dimension:
        """The dimension with this key; KeyError where the model has none."""
        for dimension in self.dimensions:
            if dimension.key == key:
                return dimension
        raise KeyError(key)
