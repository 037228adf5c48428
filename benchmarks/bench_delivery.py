"""What a send costs the processor, beside Slack's client as it comes; how well a wave uses its allowance."""

import asyncio
import ipaddress
import socket
import ssl
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import aiohttp
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.engine import URL

from benchmarks import servers
from benchmarks.report import Line
from bot.charts.render import Renderer
from bot.check_ins.views import CheckIn, prompt
from bot.delivery.drafts import Drafts
from bot.delivery.message import Kinds
from bot.delivery.outbox import Outbox
from bot.kit.rubrics import Rubrics
from bot.kit.settings import Settings
from bot.notices import notify
from bot.program.messages import MESSAGES
from bot.sandbox import Sandbox
from bot.slack.calls import Client, post
from bot.slack.client import Slack
from rubric import Rubric, load
from storage import deliveries, migrate, people, teams, workspaces
from storage.claims import Allowance
from storage.deliveries import Owed
from storage.engine import Database, read_url
from storage.kinds import DeliveryKind, Privacy
from storage.models import Team

SENDS, ROUNDS = 150, 5
WAVE, RATE, BURST = 400, 40.0, 20
TICK = 4 / RATE
"""Seconds. The program may send four messages from one tick to the next, as here: with more, the last tick, for which a
wave's end waits, would weigh more than it does there."""


async def measure() -> tuple[list[Line], dict[str, Any]]:
    """Goals 6 and 7."""
    lines: list[Line] = []
    measured: dict[str, Any] = {}
    rubric = load()
    for way, goal in (("TCP", 0.5), ("TLS", 0.35)):
        ours, theirs = await send(rubric, tls=way == "TLS")
        measured[f"send_us_{way}"] = {"ours": ours, "as_it_comes": theirs}
        lines.append(Line(f"goal 7: processor time of a send over {way}, ratio to the client as it comes",
                          ours / theirs, goal))  # fmt: skip
    with ExitStack() as stack:
        directory = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="maturity-benchmark-")))
        urls = {
            "SQLite": read_url(f"sqlite:///{directory / 'wave.db'}"),
            "PostgreSQL": stack.enter_context(servers.postgresql()),
        }
        for name, url in urls.items():
            seconds = await wave(url, rubric)
            ideal = (WAVE - BURST) / RATE
            measured[f"wave_s_{name}"] = {"took": seconds, "ideal": ideal}
            lines += [
                Line(f"goal 6: {name}, a wave of {WAVE}, ratio to (N - burst) / rate", seconds / ideal, 1.05),
                Line(f"goal 6: {name}, a wave of {WAVE}, of the allowance used",
                     WAVE / (BURST + RATE * seconds), 0.98, at_least=True),
            ]  # fmt: skip
    return lines, measured


async def send(rubric: Rubric, *, tls: bool) -> tuple[float, float]:
    """Microseconds of processor time for posting a check-in: over our connections, and with the client as it comes."""
    message = prompt(
        CheckIn(
            team="Permits online", round_id=1, rubric=rubric, privacy=Privacy.CONFIDENTIAL, minimum=4,
            closes_at=datetime(2026, 10, 8, 15, tzinfo=UTC), time_zone="America/Chicago", render=0, answers={},
            changing=False,
        )
    ).payload()  # fmt: skip
    ours: list[float] = []
    theirs: list[float] = []
    with tempfile.TemporaryDirectory(prefix="maturity-benchmark-") as directory:
        async with _answering(Path(directory), tls=tls) as (address, context):
            connector = aiohttp.TCPConnector(ssl=context) if context else aiohttp.TCPConnector()
            async with aiohttp.ClientSession(connector=connector) as session:
                shared = Client(token="xoxb-1", base_url=address, ssl=context, session=session)  # noqa: S106
                alone = AsyncWebClient("xoxb-1", base_url=address, ssl=context)
                as_we_do, as_it_comes = partial(post, shared), alone.chat_postMessage
                for send_one, took in ((as_we_do, ours), (as_it_comes, theirs)) * ROUNDS:
                    begun = time.process_time()
                    for _ in range(SENDS):
                        await send_one(channel="D1", **message)
                    took.append(1e6 * (time.process_time() - begun) / SENDS)
    return statistics.median(ours), statistics.median(theirs)


async def wave(url: URL, rubric: Rubric) -> float:
    """Seconds from the first look until a whole wave of messages is delivered, by one worker through its outbox."""
    await asyncio.to_thread(migrate.upgrade, url)
    now = datetime.now(UTC)
    sandbox = Sandbox()
    database = Database(url)
    async with sandbox.serve():
        workspace = sandbox.add_workspace(name="City", domain="city")
        people_there = [workspace.add_person(name=f"P{WAVE}") for number in range(WAVE)]
        installation = sandbox.add_app(name="maturity", scopes=["chat:write", "im:write"]).install(workspace)
        settings = Settings(
            database_url=url, bot_token=installation.bot_token, slack_api_url=f"{sandbox.url}/api/"
        )  # fmt: skip
        slack = Slack(settings, database=database, clock=_clock, store=None)
        await slack.open()
        async with database.begin() as session:
            await workspaces.keep(
                session, workspace_id=workspace.id, name="City", url="https://city.slack.com/", bot_user_id="U",
                bot_id="B", now=now,
            )  # fmt: skip
            team = Team(
                workspace_id=workspace.id, channel_id="C0", name="Permits online", every_weeks=13, weekday="tuesday",
                local_time=now.time().replace(second=0, microsecond=0), time_zone="UTC", anchor=now.date(),
                created_at=now,
            )  # fmt: skip
            session.add(team)
            await session.flush()
            # A team's news goes to known full members alone.
            members = [
                people.Profile(person.id, person.name, "UTC", is_bot=False, is_guest=False, is_deactivated=False,
                               is_admin=False)
                for person in people_there
            ]  # fmt: skip
            await people.keep(session, workspace_id=workspace.id, profiles=members, now=now)
            for person in people_there:
                await people.remember_dm(
                    session, workspace_id=workspace.id, user_id=person.id,
                    channel_id=workspace.direct(installation.bot, person).id,
                )  # fmt: skip
            assert await teams.get(session, team.id, workspace_id=workspace.id)
            await deliveries.owe(
                session,
                workspace_id=workspace.id,
                messages=[
                    Owed(key=f"wave:{person.id}", kind=DeliveryKind.NOTICE, due=now, user_id=person.id, team_id=team.id,
                         details={"reason": "missed"})
                    for person in people_there
                ],
            )  # fmt: skip
        renderer = Renderer()
        outbox = Outbox(
            database=database, slack=slack, clock=_clock,
            kinds=Kinds(MESSAGES), drafts=Drafts(database=database, rubrics=Rubrics(rubric), renderer=renderer),
            setting_in_the_way=notify.tell_of_setting,
            allowance=Allowance(RATE, BURST), settle=timedelta(seconds=60), lease=timedelta(seconds=90),
        )  # fmt: skip
        begun, delivered = time.perf_counter(), 0
        while delivered < WAVE:
            delivered += await outbox.deliver_due()
            await asyncio.sleep(TICK)
        await outbox.landed()
        took = time.perf_counter() - begun - TICK
        assert all(len(workspace.direct(installation.bot, person).messages) == 1 for person in people_there)
        await slack.close()
        await database.close()
        renderer.close()
    return took


def _clock() -> datetime:
    return datetime.now(UTC)


@asynccontextmanager
async def _answering(directory: Path, *, tls: bool) -> AsyncIterator[tuple[str, ssl.SSLContext | None]]:
    """The address of a server that answers at once, and what to trust it by."""
    files = _certificate(directory) if tls else []
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benchmarks.answering", str(port), *map(str, files)
    )
    try:
        while True:
            try:
                _reader, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                if process.returncode is not None:
                    raise RuntimeError("the answering server ended: see above") from None
                await asyncio.sleep(0.05)
            else:
                writer.close()
                break
        context = ssl.create_default_context(cafile=str(files[0])) if files else None
        yield f"http{'s' if tls else ''}://127.0.0.1:{port}/api/", context
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


def _certificate(directory: Path) -> list[Path]:
    """A certificate for this machine and its key, made for this run."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "benchmark")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    files = [directory / "certificate.pem", directory / "key.pem"]
    files[0].write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    files[1].write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return files
