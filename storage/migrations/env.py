"""Alembic's way in: the same migrations on SQLite and PostgreSQL, over the connection of storage/migrate.py."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from storage.engine import read_url
from storage.migrate import synchronous_engine
from storage.models import Base


def render_item(kind: str, item: Any, autogen: AutogenContext) -> str | Literal[False]:
    """Write our own column types by their import, not by their expansion."""
    if kind == "type" and type(item).__module__ == "storage.types":
        autogen.imports.add("from storage.types import UtcDateTime")
        return f"{type(item).__name__}()"
    return False


def run(connection: Any) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_item=render_item,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    # The `alembic` command of a developer: alembic -x url=sqlite:///maturity.db revision --autogenerate -m "..."
    url = context.get_x_argument(as_dictionary=True).get("url", "sqlite:///maturity.db")
    engine = synchronous_engine(read_url(url))
    try:
        with engine.connect() as connection:
            run(connection)
    finally:
        engine.dispose()
