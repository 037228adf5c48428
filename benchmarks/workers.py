"""`maturity worker` in processes that are there in a moment: forked from one that has imported everything already.

So a worker can be killed and replaced four times a second, on a machine where starting Python takes half of one.
"""

import asyncio
import multiprocessing
import os
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import uuid4

import uvloop

from benchmarks import machine
from bot.kit import logs, settings
from bot.program import serving

PATIENCE = 30.0
"""Seconds for an orderly end."""
_forking = multiprocessing.get_context("forkserver")
_forking.set_forkserver_preload(["benchmarks.preloaded"])


class Worker:
    """A worker's process, and all that it says."""

    def __init__(self, started: multiprocessing.process.BaseProcess, log: Path) -> None:
        self._process = started
        self._log = log

    @property
    def said(self) -> str:
        return self._log.read_text()

    @property
    def processor_time(self) -> float:
        """Seconds of processor time so far."""
        return machine.processor_time(self._process.pid or 0)

    async def ready(self) -> None:
        """Return once it ticks."""
        async with asyncio.timeout(PATIENCE):
            while "ready:" not in self.said:  # noqa: ASYNC110 - another process can set no event here
                await asyncio.sleep(0.01)

    async def kill(self) -> None:
        """SIGKILL: no chance to do anything more."""
        self._process.kill()
        await asyncio.to_thread(self._process.join)

    async def stop(self) -> int:
        """Send SIGTERM, wait for the end, and return the exit code."""
        self._process.terminate()
        await asyncio.to_thread(self._process.join, PATIENCE)
        return -1 if self._process.exitcode is None else self._process.exitcode


@asynccontextmanager
async def worker(environment: Mapping[str, str], directory: Path) -> AsyncIterator[Worker]:
    """A worker, started; killed where the block leaves it running."""
    log = directory / f"worker-{uuid4().hex}.log"
    log.touch()
    started = _forking.Process(target=_work, args=(dict(environment), str(log)))
    started.start()
    found = Worker(started, log)
    try:
        yield found
    finally:
        if started.is_alive():
            await found.kill()


def _work(environment: dict[str, str], log: str) -> None:
    """What `maturity worker` does, from the reading of its environment on."""
    with Path(log).open("w") as file:
        os.dup2(file.fileno(), sys.stderr.fileno())
    read = settings.read("worker", environment)
    logs.configure(read.log_level, read.log_format)
    uvloop.run(serving.serve(read, "worker"))
