"""Where the HTTP side listens: an address and port, IPv4 or IPv6, or a Unix socket."""

import contextlib
import errno
import os
import socket
import stat
from pathlib import Path

from bot.kit.errors import StartError
from bot.kit.settings import Part, Settings

ASIDE = 10
"""How many ports above a taken one a worker tries: a web that reads the same variables has the first."""


def listen(settings: Settings, part: Part) -> socket.socket:
    """A socket that listens where HOST and PORT say; StartError where that can't be.

    A worker whose port is taken listens on the next free one: nobody but monitors asks it anything.
    """
    if (path := unix_path(settings.host)) is not None:
        return _listen_at_path(path)
    ports = [settings.port]
    if part == "worker" and settings.port:
        ports += range(settings.port + 1, min(settings.port + ASIDE, 65535) + 1)
    for port in ports:
        try:
            return _listen_on(settings.host, port)
        except OSError as error:
            if error.errno == errno.EADDRINUSE and port != ports[-1]:
                continue
            said = error.strerror or type(error).__name__
            raise StartError(
                f"PORT {settings.port} on {settings.host} can't be used ({said}). Choose another port or host."
            ) from error
    raise AssertionError


def unix_path(host: str) -> str | None:
    """The path of a Unix socket, where HOST is one."""
    path = host.removeprefix("unix:")
    return path if path.startswith("/") else None


def address_of(listening: socket.socket) -> str:
    """Where it listens, for the log."""
    at = listening.getsockname()
    if listening.family == socket.AF_UNIX:
        return f"unix:{at}"
    return f"http://[{at[0]}]:{at[1]}" if ":" in at[0] else f"http://{at[0]}:{at[1]}"


def _listen_on(host: str, port: int) -> socket.socket:
    found = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    family, kind, _, _, at = found[0]
    # asyncio turns Nagle's algorithm off only where the protocol is named: else each answer waits 40 ms for an ACK.
    listening = socket.socket(family, kind, socket.IPPROTO_TCP)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            # `::` is every address of this machine, of either kind, whatever the system's default is.
            listening.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        listening.bind(at)
    except OSError:
        listening.close()
        raise
    return _ready(listening)


def _listen_at_path(path: str) -> socket.socket:
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        _clear(path)
        listening.bind(path)
        # Who may come to it, the folder decides: a proxy has another user as a rule.
        Path(path).chmod(0o666)
    except OSError as error:
        listening.close()
        mend = (
            "Another process listens there: end it, or choose another."
            if error.errno == errno.EADDRINUSE
            else "Let the program write in its folder, or choose another."
        )
        raise StartError(f"HOST {path} can't be used ({error.strerror}). {mend}") from error
    return _ready(listening)


def _clear(path: str) -> None:
    """Take away a socket that a program left behind; OSError where one listens on it, or it is something else."""
    with contextlib.suppress(FileNotFoundError):
        if not stat.S_ISSOCK(Path(path).stat().st_mode):
            raise OSError(errno.EEXIST, os.strerror(errno.EEXIST))
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as asking:
            try:
                asking.connect(path)
            except ConnectionRefusedError:
                Path(path).unlink()
            else:
                raise OSError(errno.EADDRINUSE, os.strerror(errno.EADDRINUSE))


def _ready(listening: socket.socket) -> socket.socket:
    listening.listen(1024)
    listening.setblocking(False)
    return listening
