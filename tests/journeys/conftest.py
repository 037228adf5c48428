"""What journeys share: a running city, its traffic kept in one file a test process, and one drawing process.

A journey that fails prints the conversation as people saw it, and the bot's log.
"""

import logging
import os
from collections.abc import AsyncIterator, Generator, Iterator
from pathlib import Path

import pytest

from bot.charts.render import Renderer
from bot.kit import logs
from bot.sandbox.people.transcript import transcript
from tests.journeys.city import City, city
from tests.storage.builders import on_sqlite


@pytest.hookimpl(tryfirst=True)
def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A journey is on SQLite, and on PostgreSQL as well where it has no other like it for that: `@on_both`.

    Queries have tests of their own, on both, in tests/storage; chosen are journeys that together ask all that any asks.
    """
    own = {mark.args[0] for mark in metafunc.definition.iter_markers("parametrize")}
    if "database_url" in metafunc.fixturenames and "database_url" not in own:
        metafunc.definition.add_marker(on_sqlite)


@pytest.fixture(scope="session")
def traffic(pytestconfig: pytest.Config) -> Path:
    """The file that everything said between bot and Slack is written to: check_traffic.py reads it afterwards.

    It is in var/traffic, or in the directory that MATURITY_TRAFFIC names.
    """
    directory = Path(os.environ.get("MATURITY_TRAFFIC") or pytestconfig.rootpath / "var" / "traffic")
    directory.mkdir(parents=True, exist_ok=True)
    path = directory / f"{os.environ.get('PYTEST_XDIST_WORKER', 'journeys')}.jsonl"
    path.unlink(missing_ok=True)
    return path


@pytest.fixture(scope="session")
def renderer() -> Iterator[Renderer]:
    """One drawing process for all bots of this test process: starting one costs as much as a whole journey."""
    shared = Renderer()
    yield shared
    shared.close()


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """What an operator reads who has set LOG_LEVEL=DEBUG: `log.text`, filtered and formatted as logs.configure does."""
    formatter = caplog.handler.formatter
    caplog.set_level(logging.DEBUG)
    caplog.handler.addFilter(logs.discreet)
    caplog.handler.setFormatter(logs._Console("%(levelname)s %(message)s"))
    yield caplog
    caplog.handler.removeFilter(logs.discreet)
    caplog.handler.setFormatter(formatter)


@pytest.fixture(autouse=True)
def _logs(caplog: pytest.LogCaptureFixture) -> None:
    """What the bot logs as an operator reads it; pytest prints it for a test that fails."""
    caplog.set_level(logging.INFO, logger="bot")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """The report of a journey that failed, with what people saw."""
    report = yield
    if report.failed:
        for town in getattr(item, "funcargs", {}).values():
            if isinstance(town, City):
                report.sections.append(("The conversation as people saw it", transcript(town.sandbox)))
    return report


@pytest.fixture(params=["http", "socket"])
def transport(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
async def town(database_url: str, traffic: Path, renderer: Renderer) -> AsyncIterator[City]:
    """A city with a bot over HTTP; no team is set up yet."""
    async with city(database_url, traffic=traffic, renderer=renderer) as found:
        yield found


@pytest.fixture
async def town_on_any_transport(
    database_url: str, transport: str, traffic: Path, renderer: Renderer
) -> AsyncIterator[City]:
    """A city with a bot over HTTP, and one with a bot over Socket Mode."""
    async with city(database_url, transport=transport, traffic=traffic, renderer=renderer) as found:
        yield found
