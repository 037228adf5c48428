"""The Procfile, as a platform runs it: the release first, then web and worker on ports of the platform's choice."""

import asyncio
import os
import shutil
import signal
import socket
import sys
from pathlib import Path

from tests.processes.program import PATIENCE, Program, bare
from tests.processes.town import get, town, within

PROCFILE = Path(__file__).parents[2] / "Procfile"


def free_ports() -> int:
    """A port that is free, with the one a hundred above it, which honcho gives to the second process."""
    while True:
        with socket.create_server(("127.0.0.1", 0)) as first:
            port = int(first.getsockname()[1])
            if port > 65_000:
                continue
            try:
                socket.create_server(("127.0.0.1", port + 100)).close()
            except OSError:
                continue
            return port


async def honcho(*arguments: str, environment: dict[str, str], directory: Path) -> Program:
    paths = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "honcho", *arguments,
        env=bare(environment) | {"PATH": paths}, cwd=directory,
        stdout=asyncio.subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    return Program(process, leads=True)


async def test_release_web_and_worker_start_from_the_procfile_and_do_the_job(tmp_path: Path) -> None:
    shutil.copyfile(PROCFILE, tmp_path / "Procfile")
    async with town(tmp_path) as here:
        environment = here.environment(f"sqlite:///{tmp_path / 'new.db'}", PORT=str(free_ports()))
        release = await honcho("start", "release", environment=environment, directory=tmp_path)
        assert await release.end() == 0, release.said
        assert "The database went from nothing to" in release.said
        started = await honcho("start", "web", "worker", environment=environment, directory=tmp_path)
        try:
            await started.ready("web", "worker")

            async def both_are_ready() -> bool:
                return all([(await get(each, "/readyz")).is_success for each in started.addresses.values()])

            await within(PATIENCE, both_are_ready)
            assert started.addresses["web"] == f"http://127.0.0.1:{environment['PORT']}"
            here.app.request_url = f"{started.addresses['web']}/slack/events"
            await here.set_up()
            await here.opened()
            code = await started.stop(signal.SIGTERM)
        finally:
            await started.kill()
    assert code in {0, 143}, started.said
    assert "ERROR" not in started.said
    assert started.said.count("stopped") >= 2
