"""Rows that are due, taken by one worker each."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Select
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


async def hold_first(
    session: AsyncSession,
    query: Select[Row],
    *,
    row_id: InstrumentedAttribute[int],
    at: InstrumentedAttribute[datetime | None],
    now: datetime,
    passed: Collection[int],
    in_order: bool = False,
) -> Row | None:
    """The longest overdue by `at` of the query's rows, locked until this transaction ends, as by `teams.hold`.

    Workers that ask at once get others. None of those in `passed`, that had its turn and didn't move. `in_order`: of
    those due at one instant the one with the lower id, for which the index of what is to come needs the id as well.
    """
    # Said although the next follows from it: the index of what is to come holds no others, and SQLite needs telling.
    query = query.where(at.is_not(None), at <= now)
    if passed:
        query = query.where(row_id.not_in(passed))
    ordered = query.order_by(at, row_id) if in_order else query.order_by(at)
    first = ordered.limit(1).with_for_update(key_share=True, skip_locked=True)
    return (await session.scalars(first.execution_options(populate_existing=True))).one_or_none()
