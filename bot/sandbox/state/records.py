"""What a workspace stores: messages, files, user groups, and what happened in which order."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from bot.sandbox.people.person import Person
    from bot.sandbox.state.apps import App, Installation
    from bot.sandbox.state.channel import Channel
    from bot.sandbox.state.workspace import Workspace

JSON = dict[str, Any]


class Refused(Exception):  # noqa: N818 - a refusal is an answer here, not an error
    """Slack says no: `error` is its code, `messages` the detail it gives in response_metadata."""

    def __init__(self, error: str, *messages: str, **extra: Any) -> None:
        super().__init__(error, *messages)
        self.error = error
        self.messages = messages
        self.extra = extra


@dataclass(frozen=True, kw_only=True)
class Content:
    """What a message says, as it was sent."""

    text: str = ""
    blocks: list[JSON] = field(default_factory=list)
    attachments: list[JSON] = field(default_factory=list)
    metadata: JSON | None = None


@dataclass(kw_only=True, eq=False)
class Message:
    """A message in a conversation; with `only_for`, an ephemeral one that lives in that person's client."""

    channel: Channel
    ts: str
    author: Person
    content: Content
    installation: Installation | None = None
    thread_ts: str | None = None
    files: tuple[File, ...] = ()
    edited_ts: str | None = None
    only_for: Person | None = None
    deleted: bool = False


@dataclass(kw_only=True, eq=False)
class File:
    """An uploaded file: of use once it is completed and processed, seen where it was shared."""

    id: str
    workspace: Workspace
    owner: Installation
    name: str
    length: int
    alt_text: str
    ticket: str
    created: datetime
    title: str = ""
    data: bytes | None = None
    completed: bool = False
    processed_at: float = 0.0
    shared_in: dict[str, str] = field(default_factory=dict)

    @property
    def processed(self) -> bool:
        return self.completed and time.monotonic() >= self.processed_at

    @property
    def is_picture(self) -> bool:
        """Whether an image block can show it, as its name says."""
        return self.name.lower().endswith((".png", ".jpg", ".jpeg", ".gif"))

    def visible_to(self, person: Person) -> bool:
        """Whether it was shared into a conversation that this person is in."""
        return any(person.id in self.workspace.channels[channel].members for channel in self.shared_in)


@dataclass(kw_only=True, eq=False)
class Usergroup:
    id: str
    handle: str
    name: str
    people: list[Person]
    created: datetime
    disabled: bool = False


@dataclass(kw_only=True, eq=False)
class View:
    """A modal that is open at a person's client, or their Home tab: the app's view and what they put into it."""

    id: str
    installation: Installation
    person: Person
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
        from bot.sandbox.people.rendering import blocks_lines

        return "\n".join(blocks_lines(self.blocks, self.installation.workspace, state=self.state))


@dataclass(frozen=True, kw_only=True)
class Happening:
    """One line of the record that a transcript is drawn from.

    For what someone does (`did`), `text` says it. For a message, `content` is what it said at that time; for a view,
    `body` is what it showed.
    """

    at: datetime
    kind: Literal["posted", "edited", "deleted", "did", "modal", "home"]
    workspace: Workspace
    person: Person
    channel: Channel | None = None
    text: str = ""
    content: Content | None = None
    message: Message | None = None
    view: View | None = None
    body: JSON | None = None
