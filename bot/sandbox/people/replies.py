"""The results of what a person does, and a message as they see it."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.sandbox.people.message_text import lines_of
from bot.sandbox.state.content import JSON, Content
from bot.sandbox.state.records import Account, Channel, Message
from bot.sandbox.wire import posting


@dataclass(frozen=True, kw_only=True)
class SeenMessage:
    """A message as one person's client shows it. `metadata` is None for every person: only apps read it."""

    text: str
    blocks: list[JSON]
    ts: str
    author: str
    channel: Channel
    ephemeral: bool
    edited: bool
    thread: str | None
    metadata: None = None
    reader: Account = field(repr=False, compare=False)
    original: Message = field(repr=False, compare=False)

    @property
    def shown(self) -> str:
        """All of it as plain lines, with what this person has chosen."""
        content = Content(text=self.text, blocks=self.blocks)
        return "\n".join(lines_of(content, self.channel.workspace, state=self.reader.client.state(self.original)))

    @property
    def files(self) -> dict[str, bytes]:
        """By their names, the files that the message shares."""
        return {file.name: file.data or b"" for file in self.original.files}

    @property
    def pictures(self) -> list[bytes | None]:
        """For each file and each `slack_file` image its bytes, or None where this person cannot see it."""
        files = list(self.original.files)
        if self.original.installation is not None:
            named = (posting.find_file(self.original.installation, one) for one in posting.pictures_in(self.blocks))
            files += [file for file in named if file is not None]
        return [file.data if file.visible_to(self.reader) else None for file in files]


def seen(reader: Account, message: Message) -> SeenMessage:
    """The message as this person's client shows it now."""
    return SeenMessage(
        text=message.content.text,
        blocks=message.content.blocks,
        ts=message.ts,
        author=message.author.name,
        channel=message.channel,
        ephemeral=message.only_for is not None,
        edited=message.edited_ts is not None,
        thread=message.thread_ts,
        reader=reader,
        original=message,
    )


@dataclass(frozen=True, kw_only=True)
class CommandReply:
    """The answer to a command, as the person reads it. `status` is the app's HTTP status, 0 when none came.

    `error` is Slack's word for what went wrong: `operation_timeout`, `dispatch_failed`, or why Slack refuses the
    answer. `text` then is Slack's own message about it.
    """

    status: int
    text: str = ""
    blocks: list[JSON] = field(default_factory=list)
    response_type: str | None = None
    elapsed: float = 0.0
    error: str | None = None


@dataclass(frozen=True, kw_only=True)
class ActionReply:
    """The app's answer to a tap: `status` 200, or 0 and the `problem` when none came."""

    status: int
    elapsed: float
    problem: str | None = None


@dataclass(frozen=True, kw_only=True)
class SubmitReply:
    """The outcome of a form. `errors` are shown at its fields, by block_id; `trouble` above it.

    `response_action` is the app's: None closed the form, unless there are errors or trouble. `status` is 0 when nothing
    was sent because required fields were empty, or when no answer came.
    """

    status: int
    errors: dict[str, str] = field(default_factory=dict)
    response_action: str | None = None
    trouble: str | None = None
    elapsed: float = 0.0
