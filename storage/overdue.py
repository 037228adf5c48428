"""Rows that are due, taken by one worker each."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from storage.models import ActionItem, Round, Team

Row = TypeVar("Row", ActionItem, Round, Team)


async def any_due(
    session: AsyncSession, query: Select[Any], *, at: InstrumentedAttribute[datetime | None], now: datetime
) -> bool:
    """Whether one of the query's rows is due by `at`; costs next to nothing."""
    # In order, though any will do: so that PostgreSQL reads the index of what is to come, whatever it believes of it.
    found = await session.execute(query.where(at.is_not(None), at <= now).order_by(at).limit(1))
    return found.first() is not None


class DueRows(Generic[Row]):
    """Those rows of a table that have something to do, each at the instant in its column `at`."""

    def __init__(
        self,
        rows: Select[Row],
        *,
        row_id: InstrumentedAttribute[int],
        at: InstrumentedAttribute[datetime | None],
        in_order: bool = False,
    ) -> None:
        """`in_order`: of those due at one instant the lower id goes first; the index of what is due needs it, too."""
        self._rows: Select[Row] = rows
        self._order = (at, row_id) if in_order else (at,)
        self.noun = str(row_id.class_.__tablename__).removesuffix("s").replace("_", " ")
        """What a row is, for the log: `action item`."""
        self._row_id = row_id
        self._at = at

    async def any(self, session: AsyncSession, *, now: datetime) -> bool:
        """Whether `hold` may find a row."""
        return await any_due(session, self._rows.with_only_columns(self._row_id), at=self._at, now=now)

    async def hold(self, session: AsyncSession, *, now: datetime, passed: Collection[int] = ()) -> Row | None:
        """The row that is longest overdue, locked until this transaction ends, as by `teams.hold`.

        Workers that ask at once get others. None of those in `passed`, that had its turn and didn't move.
        """
        # Said although the next follows from it: the index of what is to come holds no others, and SQLite must be told.
        query = self._rows.where(self._at.is_not(None), self._at <= now)
        if passed:
            query = query.where(self._row_id.not_in(passed))
        first = query.order_by(*self._order).limit(1).with_for_update(key_share=True, skip_locked=True)
        return (await session.scalars(first.execution_options(populate_existing=True))).one_or_none()

    def is_due(self, row: Row, *, now: datetime) -> bool:
        """Whether a row that was held, and may have been changed since, is due."""
        at: datetime | None = getattr(row, self._at.key)
        return at is not None and at <= now

    async def put_off(self, session: AsyncSession, row_id: int, *, until: datetime) -> None:
        """Let a row be due at that instant, whatever it waits for; one that is gone stays so."""
        await session.execute(update(self._row_id.class_).where(self._row_id == row_id).values({self._at: until}))
