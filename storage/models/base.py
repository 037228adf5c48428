"""What all tables share."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Enum, ForeignKey, MetaData, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from storage.types import RowId, UtcDateTime, new_row_id


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy's own declaration
        datetime: UtcDateTime(),
        StrEnum: Enum(
            StrEnum, native_enum=False, length=20, values_callable=lambda kind: [str(each.value) for each in kind]
        ),
        dict[str, Any]: JSON(),
        list[str]: JSON(),
    }


SlackId = String(32)
"""A Slack id: T..., C..., U..., W..., S... No meaning is read from it."""


def row_key() -> Mapped[int]:
    """The primary key of rows that Slack's messages name: random, and never handed out twice."""
    return mapped_column(RowId, primary_key=True, autoincrement=False, default=new_row_id)


def workspace_key(*, primary_key: bool = False) -> Mapped[str]:
    """The column by which a row reaches its workspace, and goes with it."""
    return mapped_column(SlackId, ForeignKey("workspaces.id", ondelete="CASCADE"), primary_key=primary_key)
