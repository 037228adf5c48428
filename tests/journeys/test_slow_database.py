"""Somebody else holds the database: Slack is answered in its time all the same, and nothing is lost."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import text

from bot.sandbox import Person
from bot.slack.ids import Do
from storage import engine
from storage.engine import Database, read_url
from tests.journeys.city import PATIENCE, City
from tests.journeys.raw import send, tapped
from tests.journeys.records import rows
from tests.storage.builders import on_both
from tests.storage.locks import wait_for_locks

pytestmark = pytest.mark.slow

only_postgresql = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


@pytest.fixture(autouse=True)
def _unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """No busy machine ends a wait for `held`; what doesn't wait by intention gives up after a second as ever."""
    monkeypatch.setattr(engine, "TRY_SECONDS", PATIENCE)


@asynccontextmanager
async def held(town: City) -> AsyncIterator[None]:
    """Another program has SQLite's one writer's place, or PostgreSQL's teams and rounds, until the block ends."""
    url = read_url(town.database_url)
    if url.get_backend_name() == "sqlite":
        other = sqlite3.connect(url.database or "", isolation_level=None, check_same_thread=False)
        await asyncio.to_thread(other.execute, "BEGIN IMMEDIATE")
        try:
            yield
        finally:
            await asyncio.to_thread(other.execute, "ROLLBACK")
            other.close()
        return
    elsewhere = Database(url)
    try:
        async with elsewhere.begin() as session:
            for table in ("teams", "rounds"):  # in the order in which all take them
                await session.execute(text(f"SELECT id FROM {table} FOR UPDATE"))  # noqa: S608 - ours
            yield
    finally:
        await elsewhere.close()


async def reads(town: City, person: Person, words: str) -> None:
    """Return when the person reads these words, while the bot still waits for the database."""
    await town.sandbox.until(lambda: town.newest(person, words), timeout=PATIENCE)


async def hasty(town: City) -> None:
    """Have the bot answer as soon as it does outside of tests, which wait for it however busy the machine is."""
    await town.settled()
    await town.stop_bot()
    await town.start_bot(MATURITY_ANSWER_WITHIN="2.5")


async def asked(town: City) -> Person:
    await town.set_up()
    await town.opened()
    await hasty(town)
    return town.people[1]


@on_both
async def test_a_tap_is_answered_before_it_is_saved_and_its_receipt_follows(town: City) -> None:
    ben = await asked(town)
    prompt = await town.sees(ben, "Choose the level where you stop")
    for dimension in "ABCD":
        await town.tap(ben, prompt, dimension, 2)
    async with held(town):
        await town.tap(ben, prompt, "E", 3)
        await reads(town, ben, "still being saved")
        assert len(await rows(town, "answers")) == 4
    await town.sees(ben, "Thank you")
    assert [row["level"] for row in await rows(town, "answers")] == [2, 2, 2, 2, 3]


@on_both
async def test_a_receipt_follows_even_where_slack_did_not_take_what_was_said_before_it(town: City) -> None:
    ben = await asked(town)
    prompt = await town.sees(ben, "Choose the level where you stop")
    for dimension in "ABCD":
        await town.tap(ben, prompt, dimension, 2)
    refused = town.sandbox.faults.add(
        method="response_url", kind="refuse_connection", times=10, when=lambda said: "still" in str(said)
    )
    async with held(town):
        await town.tap(ben, prompt, "E", 3)
        await town.sandbox.until(lambda: refused.times < 10 or None, timeout=PATIENCE)
    await town.sees(ben, "Thank you")


@on_both
async def test_whoever_taps_again_meanwhile_is_told_when_the_newest_is_saved(town: City) -> None:
    ben = await asked(town)
    prompt = await town.sees(ben, "Choose the level where you stop")
    first, second = tapped(prompt, ben, value="1"), tapped(prompt, ben, value="4")
    async with held(town):
        await asyncio.gather(send(town, second), send(town, first))
        await reads(town, ben, "still being saved")
    await town.until(
        lambda: len(town.seen(ben, "Your answer is saved")) + len(town.seen(ben, "already saved")) == 2 or None
    )
    assert [row["level"] for row in await rows(town, "answers")] == [4]


@on_both
async def test_a_command_is_answered_and_what_came_of_it_follows(town: City) -> None:
    await town.set_up()
    await hasty(town)
    async with held(town):
        reply = await town.manages("pause")
        assert "taking longer than usual" in reply.text
    said = await town.sees(town.manager, "resume", where=town.channel)
    assert said.ephemeral
    assert [row["next_round_at"] for row in await rows(town, "teams")] == [None]


@on_both
async def test_a_form_says_that_it_is_being_saved_and_then_that_it_is(town: City) -> None:
    ben = await asked(town)
    await town.answer(ben, (1, 2, 3, 4, 1))
    await ben.taps(await town.sees(ben, "Thank you"), action_id=Do.ADD_NOTES)
    await ben.fills("note:A", "An example")
    async with held(town):
        submitted = await ben.submits()
        assert submitted.response_action == "push"
        assert "taking longer than usual" in str(ben.modal and ben.modal.blocks)
    await town.until(lambda: "Saved." in str(ben.modal and ben.modal.blocks) or None)
    assert "An example" in [row["note"] for row in await rows(town, "answers")]


@on_both
async def test_a_button_is_answered_and_does_what_it_does(town: City) -> None:
    ben = await asked(town)
    prompt = await town.sees(ben, "Choose the level where you stop")
    async with held(town):
        reply = await ben.taps(prompt, action_id=Do.SKIP_ROUND)
        assert reply.status == 200
        await reads(town, ben, "taking longer than usual")
    await town.sees(ben, "You skipped this round.")
    assert [row["user_id"] for row in await rows(town, "round_members") if row["skipped"]] == [ben.id]


@only_postgresql
async def test_a_program_that_ends_answers_what_it_has_read(town_on_any_transport: City) -> None:
    town = town_on_any_transport
    await town.set_up()
    await town.opened()
    ben = town.people[1]
    prompt = await town.sees(ben, "Choose the level where you stop")
    onlooker = Database(read_url(town.database_url))
    async with held(town):
        tapping = asyncio.create_task(town.tap(ben, prompt, "A", 3))
        await wait_for_locks(onlooker)
        ending = asyncio.create_task(town.stop_bot(at_once=True))
        await asyncio.wait({ending}, timeout=0.1)  # whatever it does before it waits for the tap
    await tapping
    await ending
    async with onlooker.reading() as session:
        assert (await session.execute(text("SELECT level FROM answers"))).scalars().all() == [3]
    await onlooker.close()
