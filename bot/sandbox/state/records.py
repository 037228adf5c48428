"""The records of a workspace: accounts, apps, conversations, messages, files, views.

They are in one module because they refer to one another: a message knows its channel, a channel its messages.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol

from bot.sandbox.block_kit.rendering import blocks_lines
from bot.sandbox.state.app_settings import AppSettings
from bot.sandbox.state.client import Client
from bot.sandbox.state.content import JSON, Content
from bot.sandbox.state.conversation import Conversation, Kind
from bot.sandbox.state.environment import Environment
from bot.sandbox.state.profile import Profile
from bot.sandbox.state.upload import Upload

Ended = Literal["account_inactive", "token_revoked"]


@dataclass(kw_only=True, eq=False, repr=False)
class Account(Profile):
    """An account of a workspace, of a person or a bot, with the client that it is signed in at."""

    workspace: Tenant
    client: Client[Message, View] = field(default_factory=Client)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.username} {self.id}>"

    @property
    def is_external(self) -> bool:
        """Whether they are of another organisation: here only through the channels that are shared with it."""
        of_ours = (self.enterprise_user or {}).get("teams", ())
        return self.team_id != self.workspace.id and self.workspace.id not in of_ours


@dataclass(kw_only=True, eq=False)
class Installation:
    """An app in one workspace: its bot user and its token. `ended` is Slack's error for calls with a dead token."""

    app: App
    workspace: Tenant
    bot: Account
    bot_id: str
    bot_token: str
    scopes: tuple[str, ...]
    installer: Account | None
    ended: Ended | None = None
    for_organisation: bool = False
    """Whether it was consented to for a whole organisation, so for no workspace."""

    @property
    def bot_user_id(self) -> str:
        return self.bot.id

    def may(self, scope: str) -> bool:
        return scope in self.scopes


@dataclass(kw_only=True, eq=False)
class App(AppSettings):
    """An app's settings, and its life in workspaces."""

    sandbox: World

    def install(
        self, workspace: Tenant, *, scopes: tuple[str, ...] | None = None, by: Account | None = None
    ) -> Installation:
        """The app in that workspace. A second time it keeps its bot user, and its token while that is alive."""
        ids = self.sandbox.ids
        existing = workspace.installations.get(self.id)
        if existing is None:
            bot = workspace.add_person(name=self.name, is_bot=True)
            existing = Installation(
                app=self, workspace=workspace, bot=bot, bot_id=ids.new("B"), bot_token="", scopes=(), installer=by
            )
            workspace.installations[self.id] = existing
        if existing.ended or not existing.bot_token:
            kind = "xoxe.xoxb" if self.rotates_tokens else "xoxb"
            existing.bot_token = ids.secret(f"{kind}-{ids.number()}-{ids.number()}-")
            self.sandbox.tokens[existing.bot_token] = existing
        existing.scopes = self.scopes if scopes is None else scopes
        existing.installer = by or existing.installer
        existing.ended = None
        existing.bot.deleted = False
        self.sandbox.changes.notify()
        return existing

    def recreate(self, workspace: Tenant) -> Installation:
        """The app deleted at Slack and made anew there, in no channel yet: with another bot user and another token.

        What the old bot wrote stays, and can't be changed any more; its direct messages are out of the new one's reach.
        """
        self.end(workspace.installations.pop(self.id), "account_inactive")
        return self.install(workspace)

    def uninstall(self, workspace: Tenant) -> None:
        """Take this app out of a workspace: it is told by `app_uninstalled` and `tokens_revoked`."""
        self.end(workspace.installations[self.id], "account_inactive")

    def end(self, installation: Installation, error: Ended) -> None:
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


@dataclass(kw_only=True, eq=False)
class Message:
    """A message in a conversation; with `only_for`, an ephemeral one that lives in that person's client."""

    channel: Channel
    ts: str
    author: Account
    content: Content
    installation: Installation | None = None
    thread_ts: str | None = None
    files: tuple[File, ...] = ()
    edited_ts: str | None = None
    only_for: Account | None = None
    deleted: bool = False


@dataclass(kw_only=True, eq=False)
class File(Upload):
    """An upload of an app, seen where it was shared."""

    workspace: Tenant
    owner: Installation

    def visible_to(self, person: Account) -> bool:
        """Whether it was shared into a conversation that this person is in."""
        return any(person.id in self.workspace.channels[channel].members for channel in self.shared_in)


class Channel(Conversation[Message]):
    """A channel, a private channel, a direct message (`im`) or a group message (`mpim`).

    What people do to it sends the events that installed apps are subscribed to.
    """

    def __init__(self, workspace: Tenant, *, channel_id: str, name: str, kind: Kind, created: datetime) -> None:
        super().__init__(channel_id=channel_id, name=name, kind=kind, created=created)
        self.workspace = workspace
        self.creator: Account | None = None
        self.members: dict[str, Account] = {}

    def __repr__(self) -> str:
        return f"<Channel {self.title} {self.id}>"

    @property
    def is_ext_shared(self) -> bool:
        """Whether people of another organisation are in it."""
        return any(person.is_external for person in self.members.values())

    @property
    def title(self) -> str:
        """The heading in a client: `#permits-online`, or the names of those in a direct message."""
        if self.is_direct:
            return ", ".join(f"@{person.username}" for person in self.members.values())
        return f"#{self.name}"

    def visible_to(self, person: Account) -> list[Message]:
        """All messages that this person can read, oldest first, ephemeral ones and replies included."""
        if person.id not in self.members and (self.is_private or person.is_restricted):
            return []
        ephemeral = person.client.ephemeral(self)
        return sorted([*self.messages.values(), *ephemeral.values()], key=lambda message: message.ts)

    def invite(self, *who: Account | App | Installation, by: Account | None = None) -> None:
        """Add people or apps; who is there already stays."""
        for person in self.workspace.people_of(who):
            if person.id in self.members:
                continue
            self.members[person.id] = person
            event = self.membership_event("member_joined_channel", user=person.id, team=person.team_id)
            if by is not None:
                event["inviter"] = by.id
            self.workspace.announce(event, channel=self)
        self._changed()

    def remove(self, *who: Account | App | Installation, by: Account | None = None) -> None:
        """Take people or apps out. A removed app learns it by `channel_left` or `group_left`."""
        for person in self.workspace.people_of(who):
            if self.members.pop(person.id, None) is None:
                continue
            event = self.membership_event("member_left_channel", user=person.id, team=person.team_id)
            self.workspace.announce(event, channel=self)
            removed = self.workspace.installation_of(person)
            if removed is not None:
                actor = {"actor_id": by.id} if by is not None else {}
                self.workspace.announce(self.event("left", **actor), only=removed)
        self._changed()

    def archive(self, *, by: Account | None = None) -> None:
        self.archived = True
        self._tell("archive", by)

    def unarchive(self, *, by: Account | None = None) -> None:
        self.archived = False
        self._tell("unarchive", by)

    def delete(self, *, by: Account | None = None) -> None:
        """Remove the channel with all its messages."""
        self._tell("deleted", by)
        del self.workspace.channels[self.id]
        self._changed()

    def rename(self, name: str) -> None:
        self.previous_names.insert(0, self.name)
        self.name = name
        channel = {"id": self.id, "name": name, "name_normalized": name, "created": int(self.created.timestamp())}
        self.workspace.announce(self.event("rename") | {"channel": channel}, channel=self)
        self._changed()

    def add_members(self, people: Iterable[Account]) -> None:
        """Members from the beginning, without events."""
        self.members.update((person.id, person) for person in people)

    def _tell(self, what: str, by: Account | None) -> None:
        actor = {"user": by.id} if by is not None else {}
        self.workspace.announce(self.event(what, **actor), channel=self)
        self._changed()

    def _changed(self) -> None:
        self.workspace.sandbox.changes.notify()


@dataclass(kw_only=True, eq=False)
class Usergroup:
    id: str
    handle: str
    name: str
    people: list[Account]
    created: datetime
    disabled: bool = False


@dataclass(kw_only=True, eq=False)
class View:
    """A modal that is open at a person's client, or their Home tab: the app's view and what they put into it."""

    id: str
    installation: Installation
    person: Account
    body: JSON
    hash: str
    state: JSON
    root_id: str
    previous_id: str | None = None
    errors: dict[str, str] = field(default_factory=dict)
    trouble: str | None = None

    @property
    def app(self) -> App:
        return self.installation.app

    @property
    def blocks(self) -> list[JSON]:
        blocks: list[JSON] = self.body["blocks"]
        return blocks

    @property
    def shown(self) -> str:
        """Its blocks as plain lines, with what the person has put in."""
        return "\n".join(blocks_lines(self.blocks, self.installation.workspace, state=self.state))


class Tenant(ABC):
    """A workspace's channels, files, user groups and apps. The ids of one workspace mean nothing in another.

    `people/` extends it to a Workspace, whose accounts are people who can act.
    """

    people: Mapping[str, Account]

    def __init__(self, sandbox: World, *, workspace_id: str, name: str, domain: str) -> None:
        self.sandbox = sandbox
        self.id = workspace_id
        self.name = name
        self.domain = domain
        self.enterprise_id: str | None = None
        """The organisation that it is of, with other workspaces."""
        self.channels: dict[str, Channel] = {}
        self.usergroups: dict[str, Usergroup] = {}
        self.files: dict[str, File] = {}
        self.refuses_files: str | None = None
        """Slack's error for every upload, where the workspace's owners allow none: `file_uploads_disabled`."""
        self.installations: dict[str, Installation] = {}
        self._direct: dict[frozenset[str], Channel] = {}

    def __repr__(self) -> str:
        return f"<Workspace {self.name} {self.id}>"

    @property
    @abstractmethod
    def slackbot(self) -> Account: ...

    @abstractmethod
    def add_person(self, *, name: str, is_bot: bool = False) -> Account: ...

    def direct(
        self,
        *people: Account,
        id: str | None = None,  # noqa: A002 - the name that Slack gives it
    ) -> Channel:
        """The direct message of two people (a bot is one, too), or the group message of more."""
        key = frozenset(person.id for person in people)
        if key not in self._direct:
            pair = len(key) <= 2  # noqa: PLR2004 - a direct message has two sides
            names = "--".join(person.username for person in people)
            channel = self.open_channel(
                id or self.sandbox.ids.new("D" if pair else "C"),
                "directmessage" if pair else f"mpdm-{names}-1",
                "im" if pair else "mpim",
            )
            channel.add_members(people)
            self._direct[key] = channel
        return self._direct[key]

    def open_channel(self, channel_id: str, name: str, kind: Kind) -> Channel:
        """A new conversation, with nobody in it."""
        channel = Channel(self, channel_id=channel_id, name=name, kind=kind, created=self.sandbox.now())
        self.channels[channel.id] = channel
        self.sandbox.changes.notify()
        return channel

    def installation_for(self, app: App) -> Installation:
        """The app's living installation here; LookupError when there is none."""
        installation = self.installations.get(app.id)
        if installation is None or installation.ended:
            raise LookupError(f"{app.name} is not installed in {self.name}")
        return installation

    def installation_of(self, bot: Account) -> Installation | None:
        return next((found for found in self.installations.values() if found.bot is bot), None)

    def people_of(self, who: Iterable[Account | App | Installation]) -> list[Account]:
        """People as they are, apps as their bot users."""
        people = []
        for one in who:
            if isinstance(one, App):
                people.append(self.installation_for(one).bot)
            else:
                people.append(one.bot if isinstance(one, Installation) else one)
        return people

    def announce(
        self,
        event: JSON,
        *,
        channel: Channel | None = None,
        only: Installation | None = None,
        subscription: str | None = None,
    ) -> None:
        """Send an event to the apps that are subscribed to it; one about a channel only to those in it."""
        for installation in self.installations.values():
            if installation.ended or (only is not None and only is not installation):
                continue
            if channel is not None and installation.bot_user_id not in channel.members:
                continue
            if (subscription or event["type"]) in installation.app.events:
                self.sandbox.courier.send_event(installation, event)


@dataclass(frozen=True, kw_only=True)
class Happening:
    """One line of the record that a transcript is drawn from.

    For what someone does (`did`), `text` says it. For a message, `content` is what it said at that time; for a view,
    `body` is what it showed.
    """

    at: datetime
    kind: Literal["posted", "edited", "deleted", "did", "modal", "home"]
    workspace: Tenant
    person: Account
    channel: Channel | None = None
    text: str = ""
    content: Content | None = None
    message: Message | None = None
    view: View | None = None
    body: JSON | None = None


class EventSender(Protocol):
    """The floor above delivers events: `wire/delivery.py`."""

    def send_event(self, installation: Installation, event: JSON) -> None: ...

    async def quiet(self) -> None: ...


class TriggerIssuer(Protocol):
    """The floor above remembers which triggers it handed out: `wire/triggers.py`."""

    def issue(self, installation: Installation, person: Account, *, view: View | None = None) -> str: ...


class ResponseUrlIssuer(Protocol):
    """The floor above remembers these, too: `wire/triggers.py`."""

    def issue(
        self, installation: Installation, person: Account, channel: Channel, *, message: Message | None = None
    ) -> str: ...


class World(Environment):
    """All that one sandbox holds, and the three things that its records ask of the floor above."""

    workspaces: Mapping[str, Tenant]
    courier: EventSender
    triggers: TriggerIssuer
    response_urls: ResponseUrlIssuer

    def __init__(self, *, clock: Callable[[], datetime], seed: int) -> None:
        super().__init__(clock=clock, seed=seed)
        self.apps: dict[str, App] = {}
        self.tokens: dict[str, Installation | App] = {}
        self.tickets: dict[str, File] = {}
        self.views: dict[str, View] = {}
        self.history: list[Happening] = []

    async def quiet(self) -> None:
        """Return when nothing is on its way to an app."""
        await self.courier.quiet()
