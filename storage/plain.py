"""Transactions on the driver's own cursor, for what happens so often that SQLAlchemy's price for a statement counts.

A session costs the processor more than driver and network together. Here a statement is compiled once; from then on it
is a text and its parameters. Pool, dialect and errors are SQLAlchemy's all the same.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from sqlalchemy import ClauseElement, Dialect
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError

Result = TypeVar("Result")


class Plain:
    """One transaction under way: it takes statements as a Session does, and gives rows as the driver does."""

    def __init__(self, cursor: Any, dialect: Dialect, compiled: "dict[ClauseElement, _Compiled]") -> None:
        self._cursor = cursor
        self._dialect = dialect
        self._compiled = compiled

    @property
    def dialect_name(self) -> str:
        return self._dialect.name

    def execute(self, statement: ClauseElement, given: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """The rows of a statement that is made once and kept, as its compiled text is.

        What is given is converted by its type; what comes back is not.
        """
        found = self._compiled.get(statement)
        if found is None:
            found = self._compiled[statement] = _Compiled(statement, self._dialect)
        self._cursor.execute(found.text, found.parameters(given))
        return list(self._cursor.fetchall()) if self._cursor.description else []


class PlainTransactions:
    """Makes them on an engine's connections; `begin` begins one where the driver doesn't do so by itself."""

    def __init__(self, engine: Engine, *, begin: str | None = None) -> None:
        self._engine = engine
        self._begin = begin
        self._compiled: dict[ClauseElement, _Compiled] = {}

    def run(self, work: Callable[[Plain], Result]) -> Result:
        """What `work` gives, committed when this returns; what the driver raises comes as SQLAlchemy's DBAPIError."""
        dialect = self._engine.dialect
        driver: Any = dialect.loaded_dbapi
        pooled, cursor = self._engine.raw_connection(), None
        try:
            cursor = pooled.cursor()
            if self._begin is not None:
                cursor.execute(self._begin)
            result = work(Plain(cursor, dialect, self._compiled))
            pooled.commit()
        except driver.Error as error:
            is_gone = dialect.is_disconnect(error, pooled.dbapi_connection, cursor)
            if is_gone:
                pooled.invalidate(error)
            raise DBAPIError.instance(
                None, None, error, driver.Error, hide_parameters=True, connection_invalidated=is_gone, dialect=dialect
            ) from error
        except BaseException as error:
            if not isinstance(error, Exception):
                pooled.invalidate(error)  # cancelled within a statement: nobody knows where that stands
            raise
        finally:
            pooled.close()  # the pool rolls back what isn't committed
        return result


class _Compiled:
    """A statement as one kind of database has it."""

    def __init__(self, statement: ClauseElement, dialect: Dialect) -> None:
        compiled: Any = statement.compile(dialect=dialect)
        self.text = str(compiled)
        self._convert = {name: _converter(bound, dialect) for name, bound in compiled.binds.items()}
        self._order: list[str] | None = compiled.positiontup
        self._fixed = {
            name: self._convert[name](value)
            for name, value in compiled.params.items()
            if not compiled.binds[name].required
        }

    def parameters(self, given: Mapping[str, Any]) -> Any:
        """What the driver is given with the text."""
        values = self._fixed | {name: self._convert[name](value) for name, value in given.items()}
        return values if self._order is None else [values[name] for name in self._order]


def _converter(bound: Any, dialect: Dialect) -> Callable[[Any], Any]:
    found: Callable[[Any], Any] | None = bound.type.dialect_impl(dialect).bind_processor(dialect)
    return found or _as_it_is


def _as_it_is(value: Any) -> Any:
    return value
