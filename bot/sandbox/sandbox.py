"""A Slack on this machine: for tests and demonstrations, with no account and no network."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from bot.sandbox.page_api.controls import Stage
from bot.sandbox.people.transcript import picture
from bot.sandbox.people.workspace import Workspace
from bot.sandbox.routes import application
from bot.sandbox.state.records import App
from bot.sandbox.wire.server import serving
from bot.sandbox.wire.service import Service


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Sandbox(Service):
    """Workspaces, people and apps, and the server that apps talk to.

    `clock` is the time that messages and profiles show and that response URLs and codes age by. Signatures, trigger
    ids, rate limits (unless `limits.clock` is another) and the processing of files go by real time, as a machine's do.
    `traffic` is a file in which all that goes over the wire is written down.
    """

    workspaces: dict[str, Workspace]

    def __init__(self, *, clock: Callable[[], datetime] = _utc_now, traffic: Path | None = None, seed: int = 0) -> None:
        super().__init__(clock=clock, traffic=traffic, seed=seed)
        self.workspaces = {}
        self.stage: Stage | None = None

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
        """Serve the Web API, Socket Mode, OAuth, response URLs, files, the page and the transcript."""
        async with serving(application(self, stage=lambda: self.stage), host=host, port=port) as url:
            self._url = url
            await self.courier.open()
            try:
                yield self
            finally:
                await self.courier.close()
                self.traffic.close()
                self._url = None
                self.changes.notify()  # whoever watches the page is let go

    def picture(self) -> str:
        return picture(self)
