"""Column types that mean the same on SQLite and PostgreSQL."""

import secrets
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Integer
from sqlalchemy.types import TypeDecorator

RowId = BigInteger().with_variant(Integer(), "sqlite")
"""A number by which Slack's messages find back to a row. SQLite's INTEGER holds 64 bits."""
RANDOM_FROM, RANDOM_TO = 2**32, 2**53
"""Above every number that versions before 0006 counted up to, and below what JavaScript counts exactly."""


def new_row_id() -> int:
    """A number that was never handed out: not before either, where the database was restored from an earlier copy.

    Two of ten million rows are the same in one of some 180 databases; then the second is refused, as its key is there.
    """
    return RANDOM_FROM + secrets.randbelow(RANDOM_TO - RANDOM_FROM)


class UtcDateTime(TypeDecorator[datetime]):
    """An instant. Naive values are refused; what comes back is aware, in UTC.

    SQLite would drop the zone and PostgreSQL would return its own.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} is naive: an instant needs its time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - the base's name
        if value is None:
            return None
        instant: datetime = value
        return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)
