"""A disk that is full, or may only be read: nothing is acknowledged that isn't kept, and nothing typed is lost."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from bot.check_ins.views import LONGEST_NOTE
from bot.slack.ids import Do
from tests.journeys.city import City
from tests.journeys.raw import one_sentence, tapped
from tests.journeys.records import rows
from tests.journeys.test_faults_inside import SECRET, reference
from tests.storage.builders import on_sqlite

pytestmark = on_sqlite
LONG = SECRET + "\N{CITYSCAPE}" * (LONGEST_NOTE - len(SECRET))
"""Four bytes a character: five of them need pages of their own."""


@contextmanager
def every_transaction(town: City, trouble: str, *, afterwards: str) -> Iterator[None]:
    """SQLite's own switch for the trouble, turned before each of the bot's transactions, and back again."""
    switches = [trouble]

    def switch(connection: Any, *_more: object) -> None:
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA {switches[-1]}")
        cursor.close()

    for engine in town.bot.database.engines:
        event.listen(engine, "checkout", switch)
    try:
        yield
    finally:
        switches.append(afterwards)


async def test_a_tap_that_a_read_only_file_does_not_take_is_not_acknowledged_and_can_be_repeated(
    town: City, log: pytest.LogCaptureFixture
) -> None:
    await town.set_up()
    await town.opened()
    await town.settled()
    ben = town.people[1]
    prompt = await town.sees(ben, "Choose the level where you stop")
    with every_transaction(town, "query_only = ON", afterwards="query_only = OFF"):
        reference(await one_sentence(town, ben, tapped(prompt, ben, value="1")), log)
        assert "SQLITE_READONLY" in log.text
    assert not await rows(town, "answers")
    await town.answer(ben, (1, 2, 3, 4, 1), prompt=prompt)
    await town.sees(ben, "Thank you")


async def test_a_note_that_finds_no_room_stays_in_its_form_until_there_is_some(
    town: City, log: pytest.LogCaptureFixture
) -> None:
    await town.set_up()
    await town.opened()
    ben = town.people[1]
    await town.answer(ben, (1, 2, 3, 4, 1))
    await ben.taps(await town.sees(ben, "Thank you"), action_id=Do.ADD_NOTES)
    for dimension in "ABCDE":
        await ben.fills(f"note:{dimension}", LONG)
    await town.settled()
    with every_transaction(town, "max_page_count = 1", afterwards="max_page_count = 100000"):  # no more than there are
        submitted = await ben.submits()
        assert set(submitted.errors) == {"note:E"}
        reference(submitted.errors["note:E"], log)
        assert "SQLITE_FULL" in log.text
        assert ben.modal is not None
        assert ben.modal.state["note:A"]["note"]["value"] == LONG
    assert not [row for row in await rows(town, "answers") if row["note"]]
    assert (await ben.submits()).errors == {}
    await town.sees(ben, "Your note: What only Ben knows")


async def test_a_form_follows_what_is_chosen_where_nobody_can_be_kept(
    town: City, log: pytest.LogCaptureFixture
) -> None:
    ana = await town.open_setup()
    form = ana.modal
    assert form is not None
    await ana.fills("source", "people")
    await town.settled()
    with every_transaction(town, "query_only = ON", afterwards="query_only = OFF"):
        await ana.fills("people", [town.workspace.add_person(name="New"), town.bystander])
        await town.settled()
        await ana.fills("weekday", "friday")
        await town.settled()
    assert "Friday 9 October 2026" in str(form.blocks)
    gc.collect()  # asyncio would say now that nobody looked at an error
    assert "could not be found out: OperationalError" in log.text
    assert "never retrieved" not in log.text
