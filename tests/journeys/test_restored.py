"""A database that was restored from an earlier copy: what was sent since is in Slack, and means nothing else now."""

import sqlite3
from pathlib import Path

from bot.access import roles
from storage.engine import read_url
from tests.journeys.city import City
from tests.journeys.raw import one_sentence, send, tapped
from tests.journeys.records import rows
from tests.storage.builders import on_sqlite


def _copy(source: Path, target: Path) -> None:
    """What an operator does with `sqlite3 FILE ".backup COPY"`."""
    with sqlite3.connect(source) as reading, sqlite3.connect(target) as writing:
        reading.backup(writing)
    reading.close()
    writing.close()


@on_sqlite
async def test_a_tap_on_a_round_that_a_restore_forgot_is_kept_nowhere(town: City, tmp_path: Path) -> None:
    ben, file, copy = town.people[1], Path(read_url(town.database_url).database or ""), tmp_path / "copy.db"
    await town.set_up()
    parks = town.workspace.add_channel("parks", members=[*town.people, town.installation])
    await town.set_up(where=parks, name="parks")
    await town.manages("pause")  # or the other would have to leave its round room
    await town.stop_bot()
    _copy(file, copy)
    await town.start_bot()
    await town.opened()
    permits = await town.sees(ben, "Choose the level where you stop")

    await town.stop_bot()
    _copy(copy, file)
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
