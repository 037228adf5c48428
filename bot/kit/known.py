"""Values that must be there by now."""

from typing import TypeVar

Known = TypeVar("Known")


def known(value: Known | None) -> Known:
    """The value; ValueError where there is none."""
    if value is None:
        raise ValueError("missing")
    return value
