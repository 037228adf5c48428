"""Reading plain tables with an eye on where one is, so that each error is a sentence that names its place."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import Any

LIKENESS = 0.7
"""difflib's ratio: `qestion` is near `question`, but `1-2` isn't meant to be `1-3`."""
LONGEST_SHOWN = 40
NOT_ON_ONE_LINE = {"Cc", "Cs", "Zl", "Zp"}
"""Unicode categories: control characters, lone surrogates, line and paragraph separators."""


@dataclass(frozen=True, slots=True)
class Place:
    """A part of a file, and the errors found so far anywhere in that file."""

    file: str
    parts: tuple[str, ...] = ()
    problems: list[str] = field(default_factory=list)

    def at(self, part: str) -> "Place":
        """A part of this part; it shares the errors."""
        return replace(self, parts=(*self.parts, part))

    def problem(self, sentence: str) -> None:
        where = f"{self.file}: {', '.join(self.parts)}" if self.parts else self.file
        self.problems.append(f"{where}: {sentence}")

    def table(self, value: Any, *, keys: Sequence[str]) -> dict[str, Any] | None:
        """The table with misspelt keys put right (they are errors all the same); None where it isn't one."""
        if not isinstance(value, dict):
            self.problem(f"this {_wrong_type(value)}; write a table with {_listed(keys)}.")
            return None
        table = {key: value[key] for key in value if key in keys}
        for key in value:
            if key in keys:
                continue
            nearest = get_close_matches(key, keys, n=1, cutoff=LIKENESS)
            if nearest:
                self.problem(f"unknown key '{key}'; did you mean '{nearest[0]}'?")
                table.setdefault(nearest[0], value[key])
            else:
                self.problem(f"unknown key '{key}'; write one of {_listed(keys)}.")
        return table

    def entries(self, value: Any, *, what: str, least: int, most: int | None) -> list[Any]:
        """The entries of a list; none of them where their number is wrong."""
        how_many = {least: str(least), None: f"{least} or more"}.get(most, f"{least} to {most}")
        if not isinstance(value, list):
            self.problem(f"{what} {_wrong_type(value)}; write a list of {how_many} in square brackets.")
            return []
        if len(value) < least or (most is not None and len(value) > most):
            self.problem(f"{what} has {len(value)} entries; write {how_many}.")
            return []
        return value

    def text(self, value: Any, *, what: str, limit: int) -> str:
        """A text of 1 to `limit` characters on one line; empty where it isn't one."""
        if not isinstance(value, str):
            wrong = _wrong_type(value)
        elif not value.strip():
            wrong = "is empty"
        elif any(unicodedata.category(character) in NOT_ON_ONE_LINE for character in value):
            wrong = "has a line break or control character"
        elif value != value.strip():
            wrong = "begins or ends with a blank"
        elif len(value) > limit:
            wrong = f"has {len(value)} characters"
        else:
            return value
        self.problem(f"{what} {wrong}; write 1 to {limit} characters in quotes, on one line.")
        return ""


def _wrong_type(value: Any) -> str:
    if value is None:
        return "is missing"
    shown = str(value).lower() if isinstance(value, bool) else str(value)
    return f"is {shown if len(shown) <= LONGEST_SHOWN else shown[: LONGEST_SHOWN - 3] + '...'}"


def _listed(keys: Sequence[str]) -> str:
    return ", ".join(f"'{key}'" for key in keys)
