"""The program with what compose.yaml gives it."""

import asyncio
import struct
from pathlib import Path

import pytest

from tests.processes.program import ended
from tests.promises.containers import environment

NO_ENCRYPTION = {80877103, 80877104}
"""What a client of PostgreSQL asks first: whether TLS, or GSSAPI, is there."""
PASSWORD_PLEASE = b"R" + struct.pack("!II", 8, 3)


class Doorkeeper:
    """As much of a PostgreSQL as asks for a password, keeps it, and lets nobody in."""

    def __init__(self) -> None:
        self.passwords: set[str] = set()

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            (size,) = struct.unpack("!I", await reader.readexactly(4))
            asked = await reader.readexactly(size - 4)
            if struct.unpack("!I", asked[:4])[0] not in NO_ENCRYPTION:
                break
            writer.write(b"N")
        writer.write(PASSWORD_PLEASE)
        _word, size = struct.unpack("!cI", await reader.readexactly(5))
        self.passwords.add((await reader.readexactly(size - 4)).rstrip(b"\0").decode())
        refusal = b"SFATAL\0C28P01\0Mno\0\0"
        writer.write(b"E" + struct.pack("!I", len(refusal) + 4) + refusal)
        await writer.drain()
        writer.close()


@pytest.mark.parametrize("password", ["secret", "p@s/s", "100%40", "a'b\"c$d#e f", "käse"])
async def test_any_password_reaches_the_database(password: str, tmp_path: Path) -> None:
    door = Doorkeeper()
    server = await asyncio.start_server(door, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        given = environment(password)
        given["DATABASE_URL"] = given["DATABASE_URL"].replace("@database/", f"@127.0.0.1:{port}/")
        told = await ended("db", "upgrade", environment=given, directory=tmp_path)
    assert door.passwords == {password}
    assert password not in told.out + told.err
    assert told.code != 0
