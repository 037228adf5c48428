"""The database's tables beside this program's: told apart, and brought up to date, before anything else starts."""

from sqlalchemy import text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from bot.kit.errors import StartError
from bot.kit.settings import Purpose, Settings
from bot.program import database_faults
from storage import faults, migrate

A_WRITE = text("UPDATE alembic_version SET version_num = version_num")
"""Changes nothing, and is written all the same: a full disk or a standby refuses it."""
NO_WRITES = frozenset({"SQLITE_FULL", "SQLITE_READONLY", "SQLITE_IOERR_WRITE", "53100", "25006"})
"""Faults of a database that still answers: no room, or no permission to write."""
NO_TABLE = "SQLITE_ERROR"
"""SQLite's name for it, in a file that is empty as yet."""


def bring_up_to_date(settings: Settings, part: Purpose) -> None:
    """`run` migrates a SQLite file by itself; everything else says what is missing and how to mend it.

    StartError where it can't be, OutOfReachError where it may be in a moment.
    """
    at = revision(settings.database_url)
    if settings.database_url.get_backend_name() == "sqlite":
        _check_that_it_may_be_written(settings.database_url)
    if at == migrate.newest():
        return
    if part == "run" and settings.database_url.get_backend_name() == "sqlite":
        upgrade(settings.database_url)
        return
    raise StartError(
        f"The database is behind this program (it is at {at or 'nothing'}, {migrate.newest()} is needed). "
        "Run `maturity db upgrade`."
    )


def _check_that_it_may_be_written(url: URL) -> None:
    """StartError for a SQLite file that may only be read: every answer would be refused, one by one."""
    engine = migrate.synchronous_engine(url)
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("DELETE FROM alembic_version WHERE 1 = 0")
    except SQLAlchemyError as error:
        if faults.code_of(error) != NO_TABLE:
            raise database_faults.told(error, url) from error
    finally:
        engine.dispose()


def takes_no_writes(error: BaseException) -> bool:
    """Whether a database that still answers refuses to be written to."""
    return faults.code_of(error) in NO_WRITES


def refusal_of_writes(url: URL) -> str | None:
    """Why a database that is up to date takes no writes; None where it does, or where only others are in the way."""
    engine = migrate.synchronous_engine(url)
    try:
        with engine.begin() as connection:
            connection.execute(A_WRITE)
    except DBAPIError as error:
        return faults.named(error) if takes_no_writes(error) else None
    finally:
        engine.dispose()
    return None


def shown(url: URL) -> str:
    """Which database it is, for operators: as they wrote it, without its password."""
    return url.set(drivername=url.get_backend_name()).render_as_string(hide_password=True)


def upgrade(url: URL) -> tuple[str | None, str]:
    """Bring a database up to date; the revisions before and after. StartError for one that can't be."""
    revision(url)
    try:
        return migrate.upgrade(url)
    except SQLAlchemyError as error:
        raise database_faults.told(error, url) from error


def revision(url: URL) -> str | None:
    """The revision a database is at; StartError for one that can't be reached, or comes from a newer program."""
    engine = migrate.synchronous_engine(url)
    try:
        with engine.connect() as connection:
            at = migrate.revision(connection)
    except SQLAlchemyError as error:
        raise database_faults.told(error, url) from error
    finally:
        engine.dispose()
    if at is not None and not migrate.is_known(at):
        raise StartError(
            f"The database is ahead of this program (it is at {at}, this program knows {migrate.newest()}). "
            "Install the newer program, or restore the backup made before it."
        )
    return at
