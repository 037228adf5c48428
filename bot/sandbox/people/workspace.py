"""A workspace and its people, who see what their Slack clients show them, and act."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.sandbox.people import actions
from bot.sandbox.people.replies import ActionReply, CommandReply, SeenMessage, SubmitReply, seen
from bot.sandbox.state.content import JSON, Content
from bot.sandbox.state.records import Account, App, Channel, Installation, Message, Tenant, Usergroup, View
from bot.sandbox.wire import open_views, posting
from bot.sandbox.wire.service import Service
from bot.sandbox.wire.slack_json import person_json

SLACKBOT = "USLACKBOT"


@dataclass(kw_only=True, eq=False, repr=False)
class Person(Account):
    """One account of a workspace; a bot user is one, too.

    `taps` and `fills` work on a SeenMessage, an open modal or a Home tab, and send everything a client sends, with the
    whole state of what this person has put in.
    """

    workspace: Workspace

    @property
    def sandbox(self) -> Service:
        return self.workspace.sandbox

    def profile(self) -> JSON:
        """Their `user` object, as users.info gives it."""
        return person_json(self, now=self.sandbox.now())

    def change(self, **fields: Any) -> None:
        """Change `tz`, `name`, `is_admin`, `deleted` and the like; apps hear `user_change`."""
        for name, value in fields.items():
            if name not in vars(self):
                raise AttributeError(f"a person has no {name}")
            setattr(self, name, value)
        self.workspace.announce({"type": "user_change", "user": self.profile()})
        self.sandbox.changes.notify()

    def dm(self, app: App) -> Channel:
        """Their direct message conversation with an app."""
        return self.workspace.direct(self.workspace.installation_for(app).bot, self)

    def sees(self, where: Channel | App) -> list[SeenMessage]:
        """The messages that this person can read there, oldest first, with ephemeral ones and replies."""
        channel = self._channel(where)
        return [seen(self, message) for message in channel.visible_to(self)]

    def reloads(self) -> None:
        """Reload the client: ephemeral messages, open modals and unsaved choices are gone."""
        self.client.forget()
        open_views.close_all(self)
        self.sandbox.changes.notify()

    @property
    def modals(self) -> list[View]:
        """The open modals, the topmost last."""
        return list(self.client.modals)

    @property
    def modal(self) -> View | None:
        return self.client.modals[-1] if self.client.modals else None

    def home(self, app: App) -> View | None:
        """The view that the app last published on its Home tab for this person."""
        return self.client.homes.get(app.id)

    def says(self, text: str, where: Channel | App, *, thread: SeenMessage | None = None) -> Message:
        """Write a message."""
        return posting.post(
            self._channel(where), self, Content(text=text), thread_ts=thread.ts if thread is not None else None
        )

    async def types(self, line: str, where: Channel | App) -> CommandReply:
        """Send a slash command; `#channel` and `@name` in it are escaped as the app asked for."""
        return await actions.command(self.sandbox, self, line, self._channel(where))

    async def taps(
        self, on: SeenMessage | View, *, action_id: str, block_id: str | None = None, value: Any = None
    ) -> ActionReply:
        """Tap a button, or choose an option by its value. LookupError when it isn't there, or not only once."""
        surface = on.original if isinstance(on, SeenMessage) else on
        reply = await actions.tap(self.sandbox, self, surface, action_id=action_id, block_id=block_id, value=value)
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
            return await actions.tap(self.sandbox, self, surface, action_id=action_id, block_id=field, value=value)
        return await actions.tap(self.sandbox, self, surface, action_id=field, block_id=None, value=value)

    async def suggests(
        self, block_id: str, action_id: str, typed: str, *, on: SeenMessage | View | None = None
    ) -> Sequence[JSON]:
        """Type into an external select and get the options that the app offers."""
        surface = on.original if isinstance(on, SeenMessage) else on
        return await actions.suggest(
            self.sandbox, self, surface or self._open_modal(), block_id=block_id, action_id=action_id, typed=typed
        )

    async def submits(self) -> SubmitReply:
        """Send the topmost modal's form."""
        return await actions.submit(self.sandbox, self._open_modal())

    async def closes(self) -> ActionReply | None:
        """Close the topmost modal; None when its app didn't ask to be told."""
        return await actions.close(self.sandbox, self._open_modal())

    async def opens_home(self, app: App, *, tab: str = "home") -> View | None:
        """Open the app's Home tab (or its `messages`), tell the app, and return what it has published by then."""
        await actions.open_home(self.sandbox, self, app, tab=tab)
        return self.home(app)

    def _channel(self, where: Channel | App) -> Channel:

        return self.dm(where) if isinstance(where, App) else where

    def _open_modal(self) -> View:
        if self.modal is None:
            raise LookupError(f"{self.username} has no modal open")
        return self.modal


class Workspace(Tenant):
    """A workspace whose accounts are people who can act."""

    sandbox: Service
    people: dict[str, Person]

    def __init__(self, sandbox: Service, *, workspace_id: str, name: str, domain: str) -> None:
        super().__init__(sandbox, workspace_id=workspace_id, name=name, domain=domain)
        self.people = {}
        self._slackbot = self.add_person(name="Slackbot", id=SLACKBOT)

    @property
    def slackbot(self) -> Person:
        return self._slackbot

    def add_person(
        self,
        *,
        name: str,
        display_name: str | None = None,
        tz: str | None = "America/Chicago",
        id: str | None = None,  # noqa: A002 - the name that Slack gives it
        is_admin: bool = False,
        is_owner: bool = False,
        is_bot: bool = False,
        is_restricted: bool = False,
        is_ultra_restricted: bool = False,
        deleted: bool = False,
        team_id: str | None = None,
        enterprise_user: JSON | None = None,
    ) -> Person:
        """A new person at this workspace, with a client of their own. `tz` None: Slack doesn't know the zone.

        `is_restricted` is a guest in several channels, `is_ultra_restricted` one in a single channel; `team_id` is that
        of another workspace, which they are from. They are of another organisation then, unless this workspace is among
        the `teams` of their `enterprise_user`.
        """
        person = Person(
            workspace=self,
            id=id or self.sandbox.ids.new("U"),
            name=name,
            display_name=display_name or "",
            tz=tz,
            is_admin=is_admin,
            is_owner=is_owner,
            is_bot=is_bot,
            is_restricted=is_restricted or is_ultra_restricted,
            is_ultra_restricted=is_ultra_restricted,
            deleted=deleted,
            team_id=team_id or self.id,
            enterprise_user=enterprise_user,
        )
        self.people[person.id] = person
        if not is_bot and not person.is_external:
            self.announce({"type": "team_join", "user": person.profile()})
        return person

    def add_channel(
        self,
        name: str,
        *,
        members: Iterable[Account | App | Installation] = (),
        is_private: bool = False,
        id: str | None = None,  # noqa: A002 - the name that Slack gives it
    ) -> Channel:
        """A new channel whose first member created it."""
        channel = self.open_channel(id or self.sandbox.ids.new("C"), name, "private" if is_private else "public")
        channel.add_members(self.people_of(members))
        channel.creator = next(iter(channel.members.values()), None)
        return channel

    def add_usergroup(self, handle: str, name: str, people: Iterable[Account]) -> Usergroup:
        group = Usergroup(
            id=self.sandbox.ids.new("S"), handle=handle, name=name, people=list(people), created=self.sandbox.now()
        )
        self.usergroups[group.id] = group
        return group

    def set_usergroup(self, group: Usergroup, people: Iterable[Account]) -> None:
        """Replace who is in a user group; apps hear `subteam_members_changed`."""
        before = {person.id for person in group.people}
        group.people = list(people)
        after = {person.id for person in group.people}
        self.announce(
            {
                "type": "subteam_members_changed",
                "subteam_id": group.id,
                "team_id": self.id,
                "added_users": sorted(after - before),
                "added_users_count": len(after - before),
                "removed_users": sorted(before - after),
                "removed_users_count": len(before - after),
            }
        )
        self.sandbox.changes.notify()
