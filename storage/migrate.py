"""Bringing a database up to date, and telling whether it is."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.engine import URL

from storage.engine import CONNECT_SECONDS
from storage.private_files import keep_private

ADVISORY_LOCK = 0x6D617475
"""One number of our own in PostgreSQL's space of advisory locks: two migrations at once wait for each other."""


def synchronous_engine(url: URL) -> Engine:
    """An engine for migrations, which run before anything else does."""
    keep_private(url)
    return create_engine(url.set(drivername="sqlite")) if url.get_backend_name() == "sqlite" else _postgresql(url)


def _postgresql(url: URL) -> Engine:
    # No prepared statements: a pooler in transaction mode would have them on another connection.
    return create_engine(url, connect_args={"connect_timeout": CONNECT_SECONDS, "prepare_threshold": None})


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    config.attributes["connection"] = connection
    return config


def newest() -> str:
    """The revision this program needs."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    if head is None:
        raise RuntimeError("the package has lost its migrations: install it again")
    return head


def is_known(revision: str) -> bool:
    """Whether this program has a migration of that name; a newer program's it hasn't."""
    return any(script.revision == revision for script in ScriptDirectory.from_config(_config()).walk_revisions())


def revision(connection: Connection) -> str | None:
    """The revision a database is at; None for an empty one."""
    return MigrationContext.configure(connection).get_current_revision()


def upgrade(url: URL) -> tuple[str | None, str]:
    """Bring the database up to date; returns the revisions before and after."""
    engine = synchronous_engine(url)
    try:
        with engine.connect() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_lock(:lock)"), {"lock": ADVISORY_LOCK})
                connection.commit()
            try:
                before = revision(connection)
                connection.commit()
                command.upgrade(_config(connection), "head")
                connection.commit()
            finally:
                if connection.dialect.name == "postgresql":
                    connection.rollback()
                    connection.execute(text("SELECT pg_advisory_unlock(:lock)"), {"lock": ADVISORY_LOCK})
                    connection.commit()
            return before, newest()
    finally:
        engine.dispose()
