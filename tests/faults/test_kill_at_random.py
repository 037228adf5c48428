"""Workers are killed at random while Slack loses replies, refuses and pushes back: one prompt each, none lost."""

import asyncio
import random
import sys
from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import partial
from itertools import cycle
from pathlib import Path

import pytest

from bot.sandbox import Person
from tests.faults.asked import ASKED, make_due, owe_check_ins, prompts_that_are, received
from tests.faults.fleet import TROUBLE, Fleet, add_trouble
from tests.faults.seeds import the_seed
from tests.processes.program import Program, program
from tests.processes.town import Town, town, within

DELIVERIES = 300
PACE = {
    "MATURITY_LEASE": "2",
    "MATURITY_TICK": "0.1",
    "DELIVERY_SETTLE": "0.5",
    "DELIVERY_RATE": "60",
    "DELIVERY_BURST": "20",
}
KILLS = 8
LEAST = 3
"""Kills for certain: some messages are due only after each of them, however long a worker takes to start."""
PATIENCE = 1200.0
"""Seconds for what the kills left: once in many runs a message meets with eight faults in a row, and waits minutes."""


@pytest.mark.timeout(1500)
async def test_everyone_is_asked_exactly_once_through_kills_and_faults(database_url: str, tmp_path: Path) -> None:
    seed = the_seed()
    chance, faults = random.Random(seed), random.Random(seed + 1)  # noqa: S311 - to be replayed
    parts = ("worker", "web") if database_url.startswith("sqlite") else ("worker", "worker", "web", "web")
    async with town(tmp_path) as here:
        members = [here.workspace.add_person(name=f"Member {number}") for number in range(DELIVERIES)]
        await owe_check_ins(here, database_url, members, late_by=timedelta(0))
        part = DELIVERIES // (LEAST + 1)
        held_back = [members[number * part :][:part] for number in range(1, LEAST)] + [members[LEAST * part :]]
        for each in held_back:
            await make_due(database_url, each, at=here.clock() + timedelta(days=1))
        befell = add_trouble(here.sandbox, faults)
        environment = here.environment(database_url, **PACE)

        async def all_are_sent() -> bool:
            return await prompts_that_are("sent", database_url) == DELIVERIES

        fleet = Fleet(lambda part: program(part, environment=environment, directory=tmp_path))
        try:
            started = [await fleet.add(part) for part in parts]
            webs = cycle([each for part, each in zip(parts, started, strict=True) if part == "web"])
            answering = asyncio.create_task(_answer(here, members[:10], webs))
            killed = 0
            while killed < KILLS and not await all_are_sent():
                await asyncio.sleep(chance.uniform(0.05, 1.0))
                await fleet.kill_a_worker(chance)
                killed += 1
                if held_back:
                    await make_due(database_url, held_back.pop(0), at=here.clock())
            await within(PATIENCE, all_are_sent)
            await answering
            await fleet.stop()
        finally:
            await fleet.close()
    assert killed >= LEAST
    assert befell.total() >= DELIVERIES * sum(TROUBLE.values()) / 2
    sys.stdout.write(f"{killed} kills; {dict(befell)}\n")
    answered = {person.id for person in members[:10]}
    received_by = {person.id: received(here, person) for person in members if person.id not in answered}
    assert received_by == dict.fromkeys(received_by, 1)
    for person in members[:10]:
        assert len(here.seen(person, "Thank you")) == 1
        assert received(here, person) == 0  # it became the receipt


async def _answer(here: Town, members: Sequence[Person], webs: Iterator[Program]) -> None:
    """Each of these people answers as soon as they are asked, through one web and another."""
    for person in members:
        prompt = await here.sandbox.until(partial(here.newest, person, ASKED), timeout=PATIENCE)
        for dimension in "ABCDE":
            here.send_to(next(webs))
            await here.tap(person, prompt, dimension, 2)
        await here.sandbox.until(partial(here.newest, person, "Thank you"), timeout=PATIENCE)
