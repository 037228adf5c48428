"""The database's tables beside this program's: told apart, and brought up to date, before anything else starts."""

from sqlalchemy.engine import URL
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from bot.kit.errors import StartError
from bot.kit.settings import Purpose, Settings
from storage import migrate


def bring_up_to_date(settings: Settings, part: Purpose) -> None:
    """`run` migrates a SQLite file by itself; everything else says what is missing and how to mend it."""
    at = revision(settings.database_url)
    if settings.database_url.get_backend_name() == "sqlite":
        _check_that_it_may_be_written(settings.database_url)
    if at == migrate.newest():
        return
    if part == "run" and settings.database_url.get_backend_name() == "sqlite":
        migrate.upgrade(settings.database_url)
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
    except OperationalError as error:
        if str(getattr(error.orig, "sqlite_errorname", "")).startswith("SQLITE_READONLY"):
            raise StartError(
                "DATABASE_URL names a file that may only be read. Let the program write to it and in its folder."
            ) from error
    finally:
        engine.dispose()


def upgrade(url: URL) -> tuple[str | None, str]:
    """Bring a database up to date; the revisions before and after. StartError for one that can't be."""
    revision(url)
    return migrate.upgrade(url)


def revision(url: URL) -> str | None:
    """The revision a database is at; StartError for one that can't be reached, or comes from a newer program."""
    engine = migrate.synchronous_engine(url)
    try:
        with engine.connect() as connection:
            at = migrate.revision(connection)
    except SQLAlchemyError as error:
        check = (
            "the file and its folder are there and may be written to"
            if url.get_backend_name() == "sqlite"
            else "the server runs and the URL is right"
        )
        raise StartError(f"DATABASE_URL can't be reached ({type(error).__name__}). Check that {check}.") from error
    finally:
        engine.dispose()
    if at is not None and not migrate.is_known(at):
        raise StartError(
            f"The database is ahead of this program (it is at {at}, this program knows {migrate.newest()}). "
            "Install the newer program, or restore the backup made before it."
        )
    return at
