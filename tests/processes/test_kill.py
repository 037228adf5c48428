"""kill -9 under load: what Slack was told is saved, is saved."""

import asyncio
import itertools
import random
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest

from bot.sandbox.wire.signing import encode, sign
from bot.slack.ids import Do
from rubric import load, to_json
from storage import rounds, rubrics, workspaces
from storage.engine import Database, read_url
from storage.kinds import RoundStep
from tests.processes.program import PATIENCE, program
from tests.processes.town import Town, becomes_ready, rows, town
from tests.storage.builders import a_team

KEYS = "ABCDE"
MEMBERS = [f"U0LOAD{number}" for number in range(8)]
RATE = 200.0
"""Taps a second, over all connections."""

Key = tuple[str, str]


@dataclass
class Writer:
    """One member who taps and taps, over one connection."""

    user_id: str
    address: str
    signing_secret: str
    workspace_id: str
    round_id: int
    sent: dict[Key, dict[int, int]] = field(default_factory=dict)
    """Every tap that was sent: by question, its time and its level."""
    acknowledged: dict[Key, int] = field(default_factory=dict)
    """The time of the newest tap of each question that was answered with 200."""

    async def taps(self, done: asyncio.Event, acknowledge: Callable[[], None]) -> None:
        """Tap at this member's share of the rate until the server is gone."""
        levels = random.Random(self.user_id)  # noqa: S311 - which level doesn't matter
        loop = asyncio.get_running_loop()
        begun, number = loop.time(), 0
        async with aiohttp.ClientSession() as http:
            while not done.is_set():
                number += 1
                key = (self.user_id, KEYS[number % len(KEYS)])
                at, level = time.time_ns() // 1000, levels.randint(1, 4)
                self.sent.setdefault(key, {})[at] = level
                body = self._body(key[1], at, level)
                try:
                    async with http.post(self.address, data=body, headers=self._headers(body)) as answer:
                        assert answer.status == 200, await answer.text()
                except aiohttp.ClientError:
                    return
                self.acknowledged[key] = at
                acknowledge()
                await asyncio.sleep(max(0.0, begun + number * len(MEMBERS) / RATE - loop.time()))

    def _body(self, dimension: str, at: int, level: int) -> str:
        payload = {
            "type": "block_actions",
            "team": {"id": self.workspace_id},
            "user": {"id": self.user_id, "team_id": self.workspace_id},
            "api_app_id": "A1",
            "actions": [
                {
                    "type": "radio_buttons",
                    "action_id": Do.ANSWER,
                    "block_id": f"answer:{self.round_id}:{dimension}:0:c",
                    "selected_option": {"value": str(level)},
                    "action_ts": f"{at // 1_000_000}.{at % 1_000_000:06}",
                }
            ],
        }
        return encode("interactive", payload)[0]

    def _headers(self, body: str) -> dict[str, str]:
        now = str(int(time.time()))
        return {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Slack-Request-Timestamp": now,
            "X-Slack-Signature": sign(self.signing_secret, now, body),
        }


async def a_round_that_asks_them(here: Town, database_url: str) -> int:
    """An open round of the town's workspace with a member for each writer."""
    model, now = load(), here.clock()
    database = Database(read_url(database_url))
    try:
        async with database.begin() as session:
            workspace = here.workspace
            await workspaces.keep(
                session, workspace_id=workspace.id, name="City", url="https://city.slack.com/",
                bot_user_id=here.installation.bot_user_id, bot_id=here.installation.bot_id, now=now,
            )  # fmt: skip
            await rubrics.keep(session, workspace_id=workspace.id, version=model.version, document=to_json(model))
            team = await a_team(session, workspace.id, channel_id=here.channel.id)
            closes_at = now + timedelta(days=1)
            opened = await rounds.add(
                session, team, slot_date=None, minimum=4, rubric_version=model.version, opened_at=now,
                closes_at=closes_at, next_step=RoundStep.CLOSE, next_step_at=closes_at,
                members=[(user_id, now) for user_id in MEMBERS],
            )  # fmt: skip
            return opened.id
    finally:
        await database.close()


@pytest.mark.slow
@pytest.mark.unmeasured
async def test_no_acknowledged_answer_is_lost_when_the_process_is_killed(database_url: str, tmp_path: Path) -> None:
    seed = random.SystemRandom().randrange(1_000_000)
    taps_before_the_kill = random.Random(seed).randint(50, 600)  # noqa: S311 - any moment will do
    sys.stdout.write(f"seed {seed}: killed after {taps_before_the_kill} taps\n")
    async with town(tmp_path) as here:
        round_id = await a_round_that_asks_them(here, database_url)
        environment = here.environment(database_url)
        async with program("run", environment=environment, directory=tmp_path) as started:
            await becomes_ready(started)
            writers = [
                Writer(user_id, f"{started.address}/slack/events", here.app.signing_secret, here.workspace.id, round_id)
                for user_id in MEMBERS
            ]
            done, enough, number = asyncio.Event(), asyncio.Event(), itertools.count(1)

            def acknowledge() -> None:
                if next(number) >= taps_before_the_kill:
                    enough.set()

            tapping = [asyncio.create_task(writer.taps(done, acknowledge)) for writer in writers]
            reached = asyncio.create_task(enough.wait())
            await asyncio.wait([reached, *tapping], return_when=asyncio.FIRST_COMPLETED, timeout=PATIENCE)
            await started.kill()
            done.set()
            await asyncio.gather(*tapping)
            assert enough.is_set()
            await reached
        async with program("run", environment=environment, directory=tmp_path) as again:
            await becomes_ready(again)
            stored = {
                (user_id, dimension): (at, level)
                for user_id, dimension, at, level in await rows(
                    database_url, "SELECT user_id, dimension, tapped_us, level FROM answers"
                )
            }
    assert sum(len(writer.acknowledged) for writer in writers) > len(MEMBERS)
    for writer in writers:
        for key, newest in writer.acknowledged.items():
            assert key in stored, key
            at, level = stored[key]
            assert at >= newest, key
            assert writer.sent[key][at] == level, key
