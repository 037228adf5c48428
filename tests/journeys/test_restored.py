"""A database that was restored from an earlier copy: what was sent since is in Slack, and means nothing else now."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from bot.access import roles
from storage.engine import read_url
from tests.journeys.city import City
from tests.journeys.raw import one_sentence, send, tapped
from tests.journeys.records import rows
from tests.storage.builders import on_both


@pytest.fixture
def copied(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[str], str]]:
    """Copies a database, as an operator may with `sqlite3 FILE ".backup COPY"` or `createdb -T`; its address."""
    dropping = ExitStack()

    def copy(address: str) -> str:
        database = read_url(address).database or ""
        if address.startswith("sqlite"):
            target = tmp_path / "copy.db"
            with closing(sqlite3.connect(database)) as reading, closing(sqlite3.connect(target)) as writing:
                reading.backup(writing)
            return f"sqlite:///{target}"
        server = request.getfixturevalue("postgresql_server")
        name = server.create(database)
        dropping.callback(server.drop, name)
        return str(server.url_of(name))

    with dropping:
        yield copy


@on_both
async def test_a_tap_on_a_round_that_a_restore_forgot_is_kept_nowhere(copied: Callable[[str], str], town: City) -> None:
    ben = town.people[1]
    await town.set_up()
    parks = town.workspace.add_channel("parks", members=[*town.people, town.installation])
    await town.set_up(where=parks, name="parks")
    await town.manages("pause")  # or the other would have to leave its round room
    await town.stop_bot()
    earlier = copied(town.database_url)
    await town.start_bot()
    await town.opened()
    permits = await town.sees(ben, "Choose the level where you stop")

    await town.stop_bot()
    town.database_url = earlier
    await town.start_bot()
    town.channel = parks
    await town.opened()
    asked = await town.until(
        lambda: next((m for m in town.seen(ben, "Choose the level where you stop") if "parks" in m.shown), None)
    )

    assert await one_sentence(town, ben, tapped(permits, ben, value="4")) == roles.forgotten_round()
    assert await rows(town, "answers") == []
    await send(town, tapped(asked, ben, value="2"))
    assert [row["level"] for row in await rows(town, "answers")] == [2]
