"""Values that must be there by now."""

from typing import TypeVar

Value = TypeVar("Value")


def required(value: Value | None) -> Value:
    """The value; ValueError where there is none."""
    if value is None:
        raise ValueError("missing")
    return value
