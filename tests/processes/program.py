"""The real program in processes of its own, started and stopped as an operator does."""

import asyncio
import contextlib
import os
import re
import signal
import socket
import sys
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from resource import RLIMIT_NOFILE, setrlimit

READY = re.compile(r"ready: (\w+), .*, on ((?:http|unix):[\w./:\[\]-]+)")
PATIENCE = 600.0
"""Seconds for anything: what a test waits for comes, or the test fails; no machine is so busy that it takes as long."""
INHERITED = ("PATH", "PYTHONPATH", "HOME", "LANG", "TZ", "COVERAGE_PROCESS_START", "COVERAGE_PROCESS_CONFIG",
             "COVERAGE_FILE")  # fmt: skip


def bare(environment: Mapping[str, str]) -> dict[str, str]:
    """An environment of these variables alone: none of the developer's own gets in."""
    return {name: os.environ[name] for name in INHERITED if name in os.environ} | dict(environment)


@dataclass(frozen=True)
class Ended:
    """What a command left behind."""

    code: int
    out: str
    err: str


async def ended(*arguments: str, environment: Mapping[str, str], directory: Path) -> Ended:
    """Run `maturity ...` to its end in a directory of its own."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *arguments,
        env=bare(environment), cwd=directory, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        async with asyncio.timeout(PATIENCE):
            out, err = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return Ended(process.returncode or 0, out.decode(), err.decode())


class Program:
    """A started program and all that it says; several parts of it where a process manager started them."""

    def __init__(self, process: asyncio.subprocess.Process, *, leads: bool = False) -> None:
        """`leads`: it was started in a session of its own, with its children, which end with it."""
        self._process = process
        self._leads = leads
        self._lines: list[str] = []
        self._said = asyncio.Condition()
        self._over = False
        self._began = time.monotonic()
        self._reading = asyncio.create_task(self._read())
        self.addresses: dict[str, str] = {}

    @property
    def address(self) -> str:
        """Where its HTTP side listens."""
        return next(iter(self.addresses.values()))

    @property
    def said(self) -> str:
        return "\n".join(self._lines)

    @property
    def minutes(self) -> int:
        """How many have begun since it was started: so often it says what it says once a minute, at most."""
        return 1 + int((time.monotonic() - self._began) // 60)

    @property
    def memory(self) -> int:
        """Bytes of resident memory."""
        return self._status("VmRSS")

    @property
    def most_memory(self) -> int:
        """The most that it ever was."""
        return self._status("VmHWM")

    @property
    def descriptors(self) -> int:
        """File descriptors that are open."""
        return len(list(Path(f"/proc/{self._process.pid}/fd").iterdir()))

    async def ready(self, *parts: str) -> None:
        """Wait for the `ready:` line of each part; AssertionError, with what it said, where it ends instead."""
        async with asyncio.timeout(PATIENCE), self._said:
            await self._said.wait_for(lambda: self._over or self.addresses.keys() >= set(parts))
        assert self.addresses.keys() >= set(parts), self.said

    async def says(self, words: str) -> None:
        """Wait for a line with these words; AssertionError, with what it said, where it ends instead."""
        async with asyncio.timeout(PATIENCE), self._said:
            await self._said.wait_for(lambda: self._over or words in self.said)
        assert words in self.said, self.said

    async def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Send a signal, wait for the end, and return the exit code (negative: the signal that killed it)."""
        self._process.send_signal(number)
        return await self.end()

    async def end(self) -> int:
        async with asyncio.timeout(PATIENCE):
            code = await self._process.wait()
            await self._reading
        return code

    async def kill(self) -> None:
        """SIGKILL: no chance to do anything more."""
        if self._leads:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
        elif self._process.returncode is None:
            self._process.kill()
        await self.end()

    def _status(self, name: str) -> int:
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        found = re.search(rf"{name}:\s+(\d+) kB", status)
        assert found, status
        return int(found[1]) * 1024

    async def _read(self) -> None:
        stream = self._process.stderr or self._process.stdout
        assert stream is not None
        while line := (await stream.readline()).decode().rstrip():
            self._lines.append(line)
            if found := READY.search(line):
                self.addresses[found[1]] = found[2]
            async with self._said:
                self._said.notify_all()
        self._over = True
        async with self._said:
            self._said.notify_all()


@contextmanager
def free_ports(number: int = 1) -> Iterator[int]:
    """The first of so many ports in a row that are free, and stay so for a program of ours while the block runs.

    They are bound, so that nobody is given one who asks for any; as they don't listen, who asks for one by its number
    may, where both set SO_REUSEADDR.
    """
    while True:
        with contextlib.ExitStack() as kept:
            try:
                first = _bound(0, kept)
                for more in range(1, number):
                    _bound(first + more, kept)
            except (OSError, OverflowError):
                continue
            yield first
            return


def _bound(port: int, kept: contextlib.ExitStack) -> int:
    found = kept.enter_context(socket.socket())
    found.bind(("127.0.0.1", port))
    # Only now: a port that another test keeps in the same way is not free.
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    return int(found.getsockname()[1])


@asynccontextmanager
async def program(
    part: str,
    *,
    environment: Mapping[str, str],
    directory: Path,
    descriptors: int | None = None,
    waits_for: str | None = None,
) -> AsyncIterator[Program]:
    """One part of the program, ready; killed where the block leaves it running. `descriptors`: the most it may open.

    With `waits_for` it isn't ready but has said these words.
    """
    limit = None if descriptors is None else partial(setrlimit, RLIMIT_NOFILE, (descriptors, descriptors))
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", part,
        env=bare(environment), cwd=directory, stderr=asyncio.subprocess.PIPE, preexec_fn=limit,
    )  # fmt: skip
    started = Program(process)
    try:
        await (started.ready(part) if waits_for is None else started.says(waits_for))
        yield started
    finally:
        await started.kill()
