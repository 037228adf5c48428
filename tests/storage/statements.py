"""Statements and transactions that a database is asked for, counted."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import event

from storage.engine import Database


@dataclass(slots=True)
class Counted:
    """What a database was asked."""

    transactions: int = 0
    statements: list[str] = field(default_factory=list)
    """Without what begins and ends a transaction, of which the drivers send some as statements."""


@contextmanager
def counted(database: Database) -> Iterator[Counted]:
    """What is asked of the database meanwhile."""
    asked = Counted()

    def note_statement(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if not statement.startswith("BEGIN"):
            asked.statements.append(statement)

    def note_begin(_connection: Any) -> None:
        asked.transactions += 1

    notes = [
        (engine, name, note)
        for engine in database.engines
        for name, note in (("before_cursor_execute", note_statement), ("begin", note_begin))
    ]
    for engine, name, note in notes:
        event.listen(engine, name, note)
    try:
        yield asked
    finally:
        for engine, name, note in notes:
            event.remove(engine, name, note)
