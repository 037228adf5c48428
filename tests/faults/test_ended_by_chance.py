"""A worker that ends wherever chance has it, again and again, on a clock that stands still: one prompt each.

It leaves what a kill leaves: transactions that nobody commits, and calls that Slack carries out or not. Real processes
are killed, by SIGKILL, in test_kill_at_random.py; here a seed takes a second.
"""

import asyncio
import random
import sys
from datetime import timedelta
from typing import Any

import pytest

from bot.manifest import SCOPES
from bot.sandbox import Sandbox
from bot.worker import Worker
from storage.engine import Database
from tests.clocks import StandingClock
from tests.faults.asked import owe_check_ins, prompts_that_are, received
from tests.faults.fleet import add_trouble
from tests.faults.seeds import the_seed
from tests.faults.ticking import a_worker, what_is_next
from tests.journeys.city import NAMES, City

MEMBERS = 30
SEEDS = 6
ENDS = 12
"""How often a worker ends at most; the next one finishes."""
LIKELY = 1 / 12
"""How likely a call is to be the last one of its worker."""
LAST_CALLS = ("slow", "lose_reply", "refuse_connection")
"""What becomes of it: carried out when the worker has ended, carried out before that, or not at all."""


@pytest.mark.parametrize("_number", range(SEEDS))
async def test_everyone_is_asked_exactly_once_wherever_a_worker_ends(database_url: str, _number: int) -> None:
    chance = random.Random(the_seed())  # noqa: S311 - to be replayed
    clock = StandingClock()
    sandbox = Sandbox(clock=clock)
    async with sandbox.serve():
        here = City(
            sandbox=sandbox,
            clock=clock,
            app=sandbox.add_app(name="maturity", scopes=sorted(SCOPES)),
            workspace=sandbox.add_workspace(name="City", domain="city"),
            names=NAMES,
        )
        members = [here.workspace.add_person(name=f"Member {number}") for number in range(MEMBERS)]
        await owe_check_ins(here, database_url, members, late_by=timedelta(0))
        befell = add_trouble(sandbox, chance)
        ends = 0
        while not await _works_to_the_end(here, database_url, chance if ends < ENDS else None):
            ends += 1
    sys.stdout.write(f"{ends} ends; {dict(befell)}\n")
    assert ends > 0, "no worker ended before its time: it proves nothing"
    assert await prompts_that_are("sent", database_url) == MEMBERS
    assert {person.name: received(here, person) for person in members} == {person.name: 1 for person in members}


async def _works_to_the_end(here: City, database_url: str, chance: random.Random | None) -> bool:
    """One worker's life; False where chance has ended it."""
    ended = asyncio.Event()

    def is_the_last(_arguments: dict[str, Any]) -> bool:
        if chance is not None and not ended.is_set() and chance.random() < LIKELY:
            ended.set()
            return True
        return False

    kind: Any = chance.choice(LAST_CALLS) if chance is not None else "slow"
    last = here.sandbox.faults.add(method="*", kind=kind, delay=None, when=is_the_last, unless={"auth.test"})
    async with a_worker(
        database_url,
        here.clock,
        bot_token=here.installation.bot_token,
        slack_api_url=f"{here.sandbox.url}/api/",
    ) as (worker, database):
        working = asyncio.create_task(_work(worker, database, here.clock))
        ending = asyncio.create_task(ended.wait())
        await asyncio.wait({working, ending}, return_when=asyncio.FIRST_COMPLETED)
        dying = [working, ending, *worker._outbox._pool._tasks]
        for task in dying:
            task.cancel()
        came_to = await asyncio.gather(*dying, return_exceptions=True)
        last.release()
    if isinstance(came_to[0], Exception):
        raise came_to[0]
    return not ended.is_set()


async def _work(worker: Worker, database: Database, clock: StandingClock) -> None:
    """Deliver all that is owed, moving time on to what is due next."""
    while (due := (await what_is_next(database)).deliveries) is not None:
        clock.move_to(max(due, clock()))
        if not await worker._outbox.deliver_due():
            clock.move(seconds=1)  # Slack has had too many of this workspace's
        await worker._outbox.landed()
