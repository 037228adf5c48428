"""The kinds of value a field may hold. A kind is data; its `check` yields every problem of a value, in reading order.

The sentences are Slack's own where a real refusal is on record (`must be less than 76 characters`, `missing required
field`, `invalid additional property`, `unsupported type`, `no more than 10 items allowed`, `must provide an object`,
`must be a valid enum value`); the others follow their manner.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from bot.sandbox.block_kit.problems import Problem, under

Rule = Callable[[Mapping[str, Any], str], Iterator[Problem]]
"""A rule between the fields of one object: (object, its pointer) to problems. Fields may still be of a wrong type."""


class Kind(Protocol):
    def check(self, value: Any, at: str) -> Iterator[Problem]: ...


@dataclass(frozen=True)
class Text:
    """A string; lengths count code points, and `like` is a pattern for the whole of it."""

    most: int | None = None
    least: int = 0
    like: str | None = None

    def check(self, value: Any, at: str) -> Iterator[Problem]:
        if not isinstance(value, str):
            yield Problem(at, "must provide a string")
            return
        if len(value) < self.least:
            yield Problem(at, f"must be more than {self.least - 1} characters")
        if self.most is not None and len(value) > self.most:
            yield Problem(at, f"must be less than {self.most + 1} characters")
        if self.like is not None and not re.fullmatch(self.like, value):
            yield Problem(at, f"must match pattern {self.like}")


@dataclass(frozen=True)
class Number:
    least: int | None = None
    most: int | None = None
    whole: bool = True

    def check(self, value: Any, at: str) -> Iterator[Problem]:
        if isinstance(value, bool) or not isinstance(value, int if self.whole else (int, float)):
            yield Problem(at, f"must provide {'an integer' if self.whole else 'a number'}")
            return
        if self.least is not None and value < self.least:
            yield Problem(at, f"must be greater than {self.least - 1}")
        if self.most is not None and value > self.most:
            yield Problem(at, f"must be less than {self.most + 1}")


@dataclass(frozen=True)
class Flag:
    def check(self, value: Any, at: str) -> Iterator[Problem]:
        if not isinstance(value, bool):
            yield Problem(at, "must provide a boolean")


@dataclass(frozen=True)
class Choice:
    allowed: tuple[str | int, ...]

    def check(self, value: Any, at: str) -> Iterator[Problem]:
        # In Python True equals 1; in JSON it doesn't.
        if isinstance(value, bool) or value not in self.allowed:
            yield Problem(at, "must be a valid enum value")


@dataclass(frozen=True)
class Items:
    """A list of one kind."""

    of: Kind
    least: int = 0
    most: int | None = None

    def check(self, value: Any, at: str) -> Iterator[Problem]:
        if not isinstance(value, list):
            yield Problem(at, "must provide an array")
            return
        if len(value) < self.least:
            yield Problem(at, f"no fewer than {self.least} items allowed")
        if self.most is not None and len(value) > self.most:
            yield Problem(at, f"no more than {self.most} items allowed")
        for index, item in enumerate(value):
            yield from self.of.check(item, under(at, index))


@dataclass(frozen=True)
class Shape:
    """An object with these fields and no others, unless it is `open`; `type` is the value of its `type` field."""

    type: str | None = None
    required: Mapping[str, Kind] = field(default_factory=dict)
    optional: Mapping[str, Kind] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()
    open: bool = False

    def check(self, value: Any, at: str) -> Iterator[Problem]:
        if not isinstance(value, dict):
            yield Problem(at, "must provide an object")
            return
        kinds: dict[str, Kind] = {**self.required, **self.optional}
        needed = list(self.required)
        if self.type is not None:
            kinds["type"] = Choice((self.type,))
            needed.insert(0, "type")
        for name in needed:
            if name not in value:
                yield Problem(at, f"missing required field: {name}")
        for name, content in value.items():
            if name in kinds:
                yield from kinds[name].check(content, under(at, name))
            elif not self.open:
                yield Problem(at, f"invalid additional property: {name}")
        for rule in self.rules:
            yield from rule(value, at)


@dataclass(frozen=True)
class OneOf:
    """An object of any of these shapes, told apart by its `type`."""

    shapes: Mapping[str, Kind]

    def check(self, value: Any, at: str) -> Iterator[Problem]:
        if not isinstance(value, dict):
            yield Problem(at, "must provide an object")
        elif "type" not in value:
            yield Problem(at, "missing required field: type")
        elif not isinstance(value["type"], str):
            yield Problem(under(at, "type"), "must provide a string")
        elif value["type"] not in self.shapes:
            yield Problem(under(at, "type"), f"unsupported type: {value['type']}")
        else:
            yield from self.shapes[value["type"]].check(value, at)


def one_of(*shapes: Shape) -> OneOf:
    return OneOf({shape.type: shape for shape in shapes if shape.type is not None})


def at_least_one_of(*names: str) -> Rule:
    def rule(value: Mapping[str, Any], at: str) -> Iterator[Problem]:
        if not any(name in value for name in names):
            yield Problem(at, f"must define at least one of {', '.join(f'`{name}`' for name in names)}")

    return rule


def exactly_one_of(*names: str) -> Rule:
    def rule(value: Mapping[str, Any], at: str) -> Iterator[Problem]:
        if sum(name in value for name in names) != 1:
            yield Problem(at, f"must define exactly one of {', '.join(f'`{name}`' for name in names)}")

    return rule
