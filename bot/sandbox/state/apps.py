"""Apps as their owners configure them, and their installations in workspaces."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from bot.sandbox.people.person import Person
    from bot.sandbox.sandbox import Sandbox
    from bot.sandbox.state.workspace import Workspace


@dataclass(kw_only=True, eq=False)
class Installation:
    """An app in one workspace: its bot user and its token. `ended` is Slack's error for calls with a dead token."""

    app: App
    workspace: Workspace
    bot: Person
    bot_id: str
    bot_token: str
    scopes: tuple[str, ...]
    installer: Person | None
    ended: Literal["account_inactive", "token_revoked"] | None = None
    for_organisation: bool = False
    """Whether it was consented to for a whole organisation, so for no workspace."""

    @property
    def bot_user_id(self) -> str:
        return self.bot.id

    def may(self, scope: str) -> bool:
        return scope in self.scopes


@dataclass(kw_only=True, eq=False)
class App:
    """An app's settings. `request_url` None means Socket Mode; it can be changed at any time."""

    sandbox: Sandbox
    id: str
    name: str
    client_id: str
    client_secret: str
    signing_secret: str
    verification_token: str
    app_token: str
    scopes: tuple[str, ...]
    commands: tuple[str, ...]
    events: tuple[str, ...]
    request_url: str | None
    redirect_urls: tuple[str, ...]
    should_escape: bool
    home_tab_enabled: bool
    messages_tab_enabled: bool
    hints: Mapping[str, Mapping[str, str]]
    """By command, the `description` and the `usage_hint` that clients show while one types."""

    def install(
        self, workspace: Workspace, *, scopes: tuple[str, ...] | None = None, by: Person | None = None
    ) -> Installation:
        """The app in that workspace. A second time it keeps its bot user, and its token while that is alive."""
        ids = self.sandbox.ids
        existing = workspace.installations.get(self.id)
        if existing is None:
            bot = workspace.add_person(name=self.name, is_bot=True, prefix="U")
            existing = Installation(
                app=self, workspace=workspace, bot=bot, bot_id=ids.new("B"), bot_token="", scopes=(), installer=by
            )
            workspace.installations[self.id] = existing
        if existing.ended or not existing.bot_token:
            existing.bot_token = ids.secret(f"xoxb-{ids.number()}-{ids.number()}-")
            self.sandbox.tokens[existing.bot_token] = existing
        existing.scopes = self.scopes if scopes is None else scopes
        existing.installer = by or existing.installer
        existing.ended = None
        existing.bot.deleted = False
        self.sandbox.changes.notify()
        return existing

    def recreate(self, workspace: Workspace) -> Installation:
        """The app deleted at Slack and made anew there, in no channel yet: with another bot user and another token.

        What the old bot wrote stays, and can't be changed any more; its direct messages are out of the new one's reach.
        """
        self.end(workspace.installations.pop(self.id), "account_inactive")
        return self.install(workspace)

    def uninstall(self, workspace: Workspace) -> None:
        """Take this app out of a workspace: it is told by `app_uninstalled` and `tokens_revoked`."""
        self.end(workspace.installations[self.id], "account_inactive")

    def end(self, installation: Installation, error: Literal["account_inactive", "token_revoked"]) -> None:
        """Make the token dead, so that calls with it get `error`, and send the events of that."""
        workspace = installation.workspace
        if error == "account_inactive":
            workspace.announce({"type": "app_uninstalled"}, only=installation)
            installation.bot.deleted = True
        workspace.announce(
            {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [installation.bot_user_id]}}, only=installation
        )
        installation.ended = error
        self.sandbox.changes.notify()
