"""What SQLite is asked meanwhile, as SQLite itself hears it: whoever asks, and through whichever library."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest


@dataclass(slots=True)
class Heard:
    """The statements of a block, in the order in which they began."""

    statements: list[str] = field(default_factory=list)

    def _beginning(self, *words: str) -> int:
        return sum(each.startswith(words) for each in self.statements)

    @property
    def reads(self) -> int:
        """Transactions that may only look."""
        return self._beginning("BEGIN DEFERRED")

    @property
    def writes(self) -> int:
        """Transactions that may write, each of which takes the one writer's place and ends with a commit."""
        return self._beginning("BEGIN IMMEDIATE")

    @property
    def inside(self) -> int:
        """Statements within these transactions; a row that is inserted is one. How a connection is set up is none."""
        return len(self.statements) - self._beginning("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA")


class Listening:
    """Hears every statement on each connection that is made from now on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._heard: list[str] = []
        connect = sqlite3.connect

        def traced(*args: Any, **kwargs: Any) -> sqlite3.Connection:
            connection: sqlite3.Connection = connect(*args, **kwargs)
            connection.set_trace_callback(self._heard.append)
            return connection

        for module in (sqlite3, sqlite3.dbapi2):  # aiosqlite asks the first one, SQLAlchemy's own driver the second
            monkeypatch.setattr(module, "connect", traced)

    @contextmanager
    def noting(self) -> Iterator[Heard]:
        """What is heard within the block."""
        heard, start = Heard(), len(self._heard)
        yield heard
        heard.statements += self._heard[start:]
