"""A person at their Slack client: what they see, and what they do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from bot.sandbox.people import actions
from bot.sandbox.people.client import Client
from bot.sandbox.people.replies import ActionReply, CommandReply, SeenMessage, SubmitReply, seen
from bot.sandbox.state.records import JSON, Content, Message, View
from bot.sandbox.wire import posting
from bot.sandbox.wire.slack_json import person_json

if TYPE_CHECKING:
    from bot.sandbox.state.apps import App
    from bot.sandbox.state.channel import Channel
    from bot.sandbox.state.workspace import Workspace


class Person:
    """One account of a workspace; a bot user is one, too.

    `taps` and `fills` work on a SeenMessage, an open modal or a Home tab, and send everything a client sends, with the
    whole state of what this person has put in.
    """

    def __init__(
        self,
        workspace: Workspace,
        *,
        person_id: str,
        name: str,
        display_name: str | None,
        tz: str | None,
        is_admin: bool,
        is_owner: bool,
        is_bot: bool,
        is_restricted: bool,
        is_ultra_restricted: bool,
        deleted: bool,
        team_id: str,
        enterprise_user: JSON | None = None,
    ) -> None:
        self.workspace = workspace
        self.id = person_id
        self.name = name
        self.display_name = display_name or ""
        self.tz = tz
        self.is_admin = is_admin
        self.is_owner = is_owner
        self.is_bot = is_bot
        self.is_restricted = is_restricted
        self.is_ultra_restricted = is_ultra_restricted
        self.deleted = deleted
        self.team_id = team_id
        self.enterprise_user = enterprise_user
        self.untold: str | None = None
        """Slack's word where users.info tells nothing of them: `user_not_visible`, `user_not_found`."""
        self.client = Client(self)

    def __repr__(self) -> str:
        return f"<Person {self.username} {self.id}>"

    @property
    def is_external(self) -> bool:
        """Whether they are of another organisation: here only through the channels that are shared with it."""
        of_ours = (self.enterprise_user or {}).get("teams", ())
        return self.team_id != self.workspace.id and self.workspace.id not in of_ours

    @property
    def username(self) -> str:
        return re.sub(r"[^a-z0-9._-]+", "-", (self.display_name or self.name).lower()).strip("-")

    def profile(self) -> JSON:
        """Their `user` object, as users.info gives it."""
        return person_json(self, now=self.workspace.sandbox.now())

    def change(self, **fields: Any) -> None:
        """Change `tz`, `name`, `is_admin`, `deleted` and the like; apps hear `user_change`."""
        for name, value in fields.items():
            if name not in vars(self):
                raise AttributeError(f"a person has no {name}")
            setattr(self, name, value)
        self.workspace.announce({"type": "user_change", "user": self.profile()})
        self.workspace.sandbox.changes.notify()

    def dm(self, app: App) -> Channel:
        """Their direct message conversation with an app."""
        return self.workspace.direct(self.workspace.installation_for(app).bot, self)

    def sees(self, where: Channel | App) -> list[SeenMessage]:
        """What this person can read there, oldest first, ephemeral messages and replies included."""
        channel = self._channel(where)
        return [seen(self, message) for message in self.client.visible(channel)]

    def reloads(self) -> None:
        """Reload the client: ephemeral messages, open modals and unsaved choices are gone."""
        self.client.reload()
        self.workspace.sandbox.changes.notify()

    @property
    def modals(self) -> list[View]:
        """The open modals, the topmost last."""
        return list(self.client.modals)

    @property
    def modal(self) -> View | None:
        return self.client.modals[-1] if self.client.modals else None

    def home(self, app: App) -> View | None:
        """What the app last published on its Home tab for this person."""
        return self.client.homes.get(app.id)

    def says(self, text: str, where: Channel | App, *, thread: SeenMessage | None = None) -> Message:
        """Write a message."""
        return posting.post(
            self._channel(where), self, Content(text=text), thread_ts=thread.ts if thread is not None else None
        )

    async def types(self, line: str, where: Channel | App) -> CommandReply:
        """Send a slash command; `#channel` and `@name` in it are escaped as the app asked for."""
        return await actions.command(self, line, self._channel(where))

    async def taps(
        self, on: SeenMessage | View, *, action_id: str, block_id: str | None = None, value: Any = None
    ) -> ActionReply:
        """Tap a button, or choose an option by its value. LookupError when it isn't there, or not only once."""
        surface = on.original if isinstance(on, SeenMessage) else on
        reply = await actions.tap(self, surface, action_id=action_id, block_id=block_id, value=value)
        if reply is None:
            raise LookupError(f"{action_id} tells the app nothing: it belongs to a form; use fills()")
        return reply

    async def fills(
        self, field: str, value: Any, *, action_id: str | None = None, view: View | None = None
    ) -> ActionReply | None:
        """Put a value into a field of the topmost modal (or `view`), named by its block_id or action_id.

        Returns how the app took it where the field tells the app at once, else None.
        """
        surface = view or self._open_modal()
        block_ids = {block["block_id"] for block in surface.blocks}
        if field in block_ids:
            return await actions.tap(self, surface, action_id=action_id, block_id=field, value=value)
        return await actions.tap(self, surface, action_id=field, block_id=None, value=value)

    async def suggests(
        self, block_id: str, action_id: str, typed: str, *, on: SeenMessage | View | None = None
    ) -> Sequence[JSON]:
        """Type into an external select and get the options that the app offers."""
        surface = on.original if isinstance(on, SeenMessage) else on
        return await actions.suggest(
            self, surface or self._open_modal(), block_id=block_id, action_id=action_id, typed=typed
        )

    async def submits(self) -> SubmitReply:
        """Send the topmost modal's form."""
        return await actions.submit(self._open_modal())

    async def closes(self) -> ActionReply | None:
        """Close the topmost modal; None when its app didn't ask to be told."""
        return await actions.close(self._open_modal())

    async def opens_home(self, app: App, *, tab: str = "home") -> View | None:
        """Open the app's Home tab (or its `messages`), tell the app, and return what it has published by then."""
        await actions.open_home(self, app, tab=tab)
        return self.home(app)

    def _channel(self, where: Channel | App) -> Channel:
        from bot.sandbox.state.apps import App

        return self.dm(where) if isinstance(where, App) else where

    def _open_modal(self) -> View:
        if self.modal is None:
            raise LookupError(f"{self.username} has no modal open")
        return self.modal
