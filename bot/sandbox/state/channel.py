"""A conversation: its members and its messages."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from bot.sandbox.state.ids import Stamps
from bot.sandbox.state.records import JSON, Message

if TYPE_CHECKING:
    from bot.sandbox.people.person import Person
    from bot.sandbox.state.apps import App, Installation
    from bot.sandbox.state.workspace import Workspace

Kind = Literal["public", "private", "im", "mpim"]
_SCOPES = {"public": "channels", "private": "groups", "im": "im", "mpim": "mpim"}


class Channel:
    """A channel, a private channel, a direct message (`im`) or a group message (`mpim`).

    What people do to it sends the events that installed apps are subscribed to.
    """

    def __init__(self, workspace: Workspace, *, channel_id: str, name: str, kind: Kind, created: datetime) -> None:
        self.workspace = workspace
        self.id = channel_id
        self.name = name
        self.kind: Kind = kind
        self.created = created
        self.creator: Person | None = None
        self.archived = False
        self.previous_names: list[str] = []
        self.members: dict[str, Person] = {}
        self.messages: dict[str, Message] = {}
        self.threads: dict[str, list[str]] = {}
        self._timeline: list[str] = []
        self.stamps = Stamps()

    def __repr__(self) -> str:
        return f"<Channel {self.title} {self.id}>"

    @property
    def is_private(self) -> bool:
        return self.kind != "public"

    @property
    def is_ext_shared(self) -> bool:
        """Whether people of another organisation are in it."""
        return any(person.is_external for person in self.members.values())

    @property
    def is_direct(self) -> bool:
        return self.kind in {"im", "mpim"}

    @property
    def title(self) -> str:
        """How a client heads it: `#permits-online`, or the names of who talks directly."""
        if self.is_direct:
            return ", ".join(f"@{person.username}" for person in self.members.values())
        return f"#{self.name}"

    @property
    def scope(self) -> str:
        """The word in the scopes that this kind of conversation needs: `channels` of `channels:read`."""
        return _SCOPES[self.kind]

    def store(self, message: Message) -> None:
        """Add a new message; its ts is the newest here."""
        self.messages[message.ts] = message
        if message.thread_ts is not None:
            self.threads.setdefault(message.thread_ts, []).append(message.ts)
        else:
            self._timeline.append(message.ts)

    def forget(self, message: Message) -> None:
        del self.messages[message.ts]
        replies = self.threads.get(message.thread_ts) if message.thread_ts else self._timeline
        if replies is not None:
            del replies[bisect_left(replies, message.ts)]

    def between(self, oldest: str, latest: str, *, inclusive: bool) -> Sequence[str]:
        """Timestamps of the messages outside threads from `oldest` to `latest`, oldest first; "" is open."""
        left, right = (bisect_left, bisect_right) if inclusive else (bisect_right, bisect_left)
        start = left(self._timeline, oldest) if oldest else 0
        end = right(self._timeline, latest) if latest else len(self._timeline)
        return self._timeline[start:end]

    def invite(self, *who: Person | App | Installation, by: Person | None = None) -> None:
        """Add people or apps; who is there already stays."""
        for person in self.workspace.people_of(who):
            if person.id in self.members:
                continue
            self.members[person.id] = person
            event: JSON = {
                "type": "member_joined_channel",
                "user": person.id,
                "channel": self.id,
                "channel_type": "C" if self.kind == "public" else "G",
                "team": person.team_id,
            }
            if by is not None:
                event["inviter"] = by.id
            self.workspace.announce(event, channel=self)
        self._changed()

    def remove(self, *who: Person | App | Installation, by: Person | None = None) -> None:
        """Take people or apps out. A removed app learns it by `channel_left` or `group_left`."""
        for person in self.workspace.people_of(who):
            if self.members.pop(person.id, None) is None:
                continue
            event = {
                "type": "member_left_channel",
                "user": person.id,
                "channel": self.id,
                "channel_type": "C" if self.kind == "public" else "G",
                "team": person.team_id,
            }
            self.workspace.announce(event, channel=self)
            removed = self.workspace.installation_of(person)
            if removed is not None:
                left: JSON = {"type": self._event("left"), "channel": self.id}
                if by is not None:
                    left["actor_id"] = by.id
                self.workspace.announce(left, only=removed)
        self._changed()

    def archive(self, *, by: Person | None = None) -> None:
        self.archived = True
        self._tell("archive", by)

    def unarchive(self, *, by: Person | None = None) -> None:
        self.archived = False
        self._tell("unarchive", by)

    def delete(self, *, by: Person | None = None) -> None:
        """Remove the channel with all its messages."""
        self._tell("deleted", by)
        del self.workspace.channels[self.id]
        self._changed()

    def rename(self, name: str) -> None:
        self.previous_names.insert(0, self.name)
        self.name = name
        channel = {"id": self.id, "name": name, "name_normalized": name, "created": int(self.created.timestamp())}
        self.workspace.announce({"type": self._event("rename"), "channel": channel}, channel=self)
        self._changed()

    def add_members(self, people: Iterable[Person]) -> None:
        """Members from the beginning, without events."""
        self.members.update((person.id, person) for person in people)

    def _event(self, what: str) -> str:
        return f"{'channel' if self.kind == 'public' else 'group'}_{what}"

    def _tell(self, what: str, by: Person | None) -> None:
        event: JSON = {"type": self._event(what), "channel": self.id}
        if by is not None:
            event["user"] = by.id
        self.workspace.announce(event, channel=self)
        self._changed()

    def _changed(self) -> None:
        self.workspace.sandbox.changes.notify()
