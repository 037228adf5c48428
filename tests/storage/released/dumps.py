"""Databases as SQL in text: written, and run again through the driver alone, without psql or sqlite3 on the machine."""

import re
import sqlite3
import subprocess
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL

from storage import migrate
from storage.engine import read_url
from storage.models import Base

HERE = Path(__file__).parent
VERSIONS = sorted({path.name.removesuffix(".sqlite.sql") for path in HERE.glob("*.sqlite.sql")})


def dumped_sqlite(path: Path) -> str:
    """The whole file, tables and rows."""
    with sqlite3.connect(path) as connection:
        lines = list(connection.iterdump())
    connection.close()
    return "\n".join(lines) + "\n"


def dumped_postgresql(url: URL, *, pg_dump: str) -> str:
    """The whole database by `pg_dump`, whose own commands for psql are left out."""
    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    said = subprocess.run(
        [pg_dump, "--inserts", "--no-owner", "--no-privileges", "--no-comments", address],
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    kept = [line for line in said.splitlines() if not line.startswith(("\\", "--", "SET transaction_timeout"))]
    return re.sub(r"\n{2,}", "\n", "\n".join(kept)).strip() + "\n"


def copied(from_sqlite: Path, to: URL) -> None:
    """Every row of a SQLite database in a PostgreSQL one that has the tables, and the sequences behind them."""
    source, target = migrate.synchronous_engine(read_url(f"sqlite:///{from_sqlite}")), create_engine(to)
    with source.connect() as reading, target.begin() as writing:
        for table in Base.metadata.sorted_tables:
            rows = [dict(row) for row in reading.execute(table.select()).mappings()]
            if rows:
                writing.execute(table.insert(), rows)
        for name, last in reading.execute(text("SELECT name, seq FROM sqlite_sequence")):
            writing.execute(text("SELECT setval(pg_get_serial_sequence(:table, 'id'), :last)"),
                            {"table": name, "last": last})  # fmt: skip
    source.dispose()
    target.dispose()


def restore(version: str, url: URL) -> None:
    """Fill an empty database with what that version left."""
    kind = url.get_backend_name()
    script = (HERE / f"{version}.{kind}.sql").read_text(encoding="utf-8")
    if kind == "sqlite":
        connection = sqlite3.connect(str(url.database))
        connection.executescript(script)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.close()
        return
    engine = create_engine(url)
    with engine.connect() as connected:
        raw = connected.connection.driver_connection
        assert raw is not None
        raw.execute(script)
        raw.commit()
    engine.dispose()
