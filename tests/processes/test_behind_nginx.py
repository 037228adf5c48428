"""Behind nginx, set up as the operator's guide has it, the job is done and nothing else is shown."""

import asyncio
import re
import shutil
import socket
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from tests.parts import missing
from tests.processes.program import PATIENCE, program
from tests.processes.town import get, town
from tests.storage.builders import on_sqlite

pytestmark = on_sqlite

GUIDE = (Path(__file__).parents[2] / "docs" / "operations" / "README.md").read_text()
WAY_IN, FOR_MONITORS = re.findall(r"^```nginx\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
THE_WEB, ITS_SOCKET = "http://127.0.0.1:3000;", "http://unix:/run/maturity/web.sock"
AROUND = """
daemon off; user root; worker_processes 1; pid {at}/pid; error_log stderr;
events {{}}
http {{
    access_log off;
    client_body_temp_path {at}/body; proxy_temp_path {at}/proxy; fastcgi_temp_path {at}/fastcgi;
    uwsgi_temp_path {at}/uwsgi; scgi_temp_path {at}/scgi;
    {servers}
}}
"""


def changed(text: str, changes: Mapping[str, str]) -> str:
    """A piece of the guide, with what can't be the same here; each has to be there."""
    for guides, ours in changes.items():
        assert guides in text
        text = text.replace(guides, ours)
    return text


def listening() -> socket.socket:
    """A socket on a port that is nobody else's."""
    at = socket.create_server(("127.0.0.1", 0))
    at.setblocking(False)
    return at


def port_of(at: socket.socket) -> int:
    return int(at.getsockname()[1])


@asynccontextmanager
async def nginx(directory: Path, *servers: str, at: Sequence[socket.socket]) -> AsyncIterator[None]:
    """Run nginx with these servers, without TLS, which is its own business.

    It inherits what they listen on, as one nginx from another when it is upgraded: so no port is lost to somebody else.
    """
    found = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    if found is None:
        missing("nginx is missing: apt-get install nginx")
    config = directory / "nginx.conf"
    config.write_text(AROUND.format(at=directory, servers="".join(servers)))
    numbers = [each.fileno() for each in at]
    process = await asyncio.create_subprocess_exec(
        found, "-p", str(directory), "-c", str(config),
        env={"NGINX": "".join(f"{number};" for number in numbers)}, pass_fds=numbers,
    )  # fmt: skip
    for each in at:
        each.close()  # it has its own, and where it ends nobody waits for it
    try:
        yield
    finally:
        process.terminate()
        await process.wait()


def without_tls(port: int, web: str) -> str:
    """The guide's server that Slack comes to."""
    here = re.sub(r" +ssl_certificate.*\n", "", WAY_IN)
    return changed(here, {"listen 443 ssl;": f"listen 127.0.0.1:{port};", THE_WEB: f"{web};"})


@pytest.mark.parametrize("way", ["port", "unix"])
async def test_the_main_job_is_done_behind_it(way: str, database_url: str, tmp_path: Path) -> None:
    web_socket = f"{tmp_path}/web.sock"
    with listening() as for_slack, listening() as for_monitors:
        proxy, monitors = f"http://127.0.0.1:{port_of(for_slack)}", f"http://127.0.0.1:{port_of(for_monitors)}"
        async with town(tmp_path) as here:
            environment = here.environment(database_url, HOST="127.0.0.1" if way == "port" else web_socket)
            async with program("run", environment=environment, directory=tmp_path) as started:
                web = started.address if way == "port" else f"http://{started.address}"
                monitored = {"127.0.0.1:3000": monitors.removeprefix("http://"), ITS_SOCKET: web}
                servers = without_tls(port_of(for_slack), web), changed(FOR_MONITORS, monitored)
                async with nginx(tmp_path, *servers, at=(for_slack, for_monitors)):
                    here.app.request_url = f"{proxy}/slack/events"
                    await here.set_up()
                    await here.opened()
                    async with httpx.AsyncClient(base_url=proxy, timeout=PATIENCE) as stranger:
                        assert (await stranger.post("/slack/events", data={"x": "1"})).status_code == 401
                        for page in ("/metrics", "/readyz", "/healthz", "/slack/metrics", "/slack/readyz"):
                            assert (await stranger.get(page)).status_code == 404
                    assert (await get(monitors, "/readyz")).json() == {"ready": True}
                    assert "maturity_taps_total" in (await get(monitors, "/metrics")).text
                    await here.sandbox.quiet()
                assert await started.stop() == 0
