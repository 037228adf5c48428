"""A Slack on this machine: for tests and demonstrations, with no account and no network."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from bot.sandbox.page_api.controls import Stage
from bot.sandbox.state.apps import App, Installation
from bot.sandbox.state.changes import Changes, Found
from bot.sandbox.state.ids import Ids, Stamps
from bot.sandbox.state.records import File, Happening, View
from bot.sandbox.state.workspace import Workspace
from bot.sandbox.wire.delivery import Courier
from bot.sandbox.wire.fault_toggle import Switch
from bot.sandbox.wire.faults import Faults, RateLimits
from bot.sandbox.wire.oauth import Grants
from bot.sandbox.wire.server import serving
from bot.sandbox.wire.socket_mode import SocketMode
from bot.sandbox.wire.traffic import Traffic
from bot.sandbox.wire.triggers import ResponseUrls, Triggers


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Sandbox:
    """Workspaces, people and apps, and the server that apps talk to.

    `clock` is the time that messages and profiles show and that response URLs and codes age by. Signatures, trigger
    ids, rate limits and the processing of files go by real time, as a machine's do. `world` is another one for each
    sandbox, so that the page in a browser knows when it looks at a new one.
    """

    def __init__(self, *, clock: Callable[[], datetime] = _utc_now, traffic: Path | None = None, seed: int = 0) -> None:
        self.world = uuid4().hex
        self.now = clock
        self.ids = Ids(seed)
        self.stamps = Stamps()
        self.changes = Changes()
        self.workspaces: dict[str, Workspace] = {}
        self.apps: dict[str, App] = {}
        self.tokens: dict[str, Installation | App] = {}
        self.tickets: dict[str, File] = {}
        self.views: dict[str, View] = {}
        self.history: list[Happening] = []
        self.traffic = Traffic(traffic, now=clock, changed=self.changes.notify)
        self.faults = Faults(changed=self.changes.notify)
        self.switch = Switch(self.faults)
        self.stage: Stage | None = None
        self.limits = RateLimits()
        self.triggers = Triggers(self)
        self.response_urls = ResponseUrls(self)
        self.grants = Grants(self)
        self.courier = Courier(self)
        self.socket_mode = SocketMode(self)
        self.answer_within = 3.0
        self.trigger_lifetime = 3.0
        self.file_processing = 0.0
        self.retry_delays: tuple[float, ...] = (0.0, 0.05, 0.2)
        self._url: str | None = None

    @property
    def url(self) -> str:
        """Where it is served; the Web API is below `/api/`."""
        if self._url is None:
            raise RuntimeError("the sandbox has a URL only while it is served: async with sandbox.serve()")
        return self._url

    @property
    def is_served(self) -> bool:
        return self._url is not None

    @property
    def rate_limits(self) -> dict[str, tuple[float, int]]:
        """Method to (calls a second, burst), for each workspace; what isn't named is unlimited."""
        return self.limits.allowed

    @rate_limits.setter
    def rate_limits(self, allowed: dict[str, tuple[float, int]]) -> None:
        self.limits.allowed = allowed

    def add_workspace(
        self,
        *,
        name: str,
        domain: str,
        id: str | None = None,  # noqa: A002 - the name that Slack gives it
    ) -> Workspace:
        workspace = Workspace(self, workspace_id=id or self.ids.new("T"), name=name, domain=domain)
        self.workspaces[workspace.id] = workspace
        return workspace

    def add_app(
        self,
        *,
        name: str,
        client_id: str | None = None,
        client_secret: str | None = None,
        signing_secret: str | None = None,
        scopes: Iterable[str] = (),
        commands: Iterable[str] = (),
        events: Iterable[str] = (),
        request_url: str | None = None,
        redirect_urls: Iterable[str] = (),
        should_escape: bool = True,
        home_tab_enabled: bool = True,
        messages_tab_enabled: bool = True,
        hints: Mapping[str, Mapping[str, str]] | None = None,
    ) -> App:
        """An app that can be installed. Secrets that aren't given are made up."""
        app = App(
            sandbox=self,
            id=self.ids.new("A"),
            name=name,
            client_id=client_id or f"{self.ids.number()}.{self.ids.number()}",
            client_secret=client_secret or self.ids.secret(length=32),
            signing_secret=signing_secret or self.ids.secret(length=32),
            verification_token=self.ids.secret(),
            app_token=self.ids.secret(f"xapp-1-{self.ids.new('A')}-{self.ids.number()}-", length=64),
            scopes=tuple(scopes),
            commands=tuple(commands),
            events=tuple(events),
            request_url=request_url,
            redirect_urls=tuple(redirect_urls),
            should_escape=should_escape,
            home_tab_enabled=home_tab_enabled,
            messages_tab_enabled=messages_tab_enabled,
            hints=hints or {},
        )
        self.apps[app.id] = app
        self.tokens[app.app_token] = app
        return app

    @asynccontextmanager
    async def serve(self, *, host: str = "127.0.0.1", port: int = 0) -> AsyncIterator[Sandbox]:
        """Serve the Web API, Socket Mode, OAuth, response URLs, files and the transcript."""
        from bot.sandbox.routes import application

        async with serving(application(self), host=host, port=port) as url:
            self._url = url
            await self.courier.open()
            try:
                yield self
            finally:
                await self.courier.close()
                self.traffic.close()
                self._url = None
                self.changes.notify()  # whoever watches the page is let go

    async def until(self, predicate: Callable[[], Found | None], timeout: float = 300.0) -> Found:  # noqa: ASYNC109 - reads better in tests
        """The first true value of `predicate`, asked again after each change; else TimeoutError."""
        from bot.sandbox.people.transcript import picture

        try:
            async with asyncio.timeout(timeout):
                return await self.changes.wait_until(predicate)
        except TimeoutError:
            raise TimeoutError(
                f"It did not happen within {timeout} seconds. What people see:\n{picture(self)}"
            ) from None

    async def quiet(self) -> None:
        """Return when nothing is on its way to an app."""
        await self.courier.quiet()
