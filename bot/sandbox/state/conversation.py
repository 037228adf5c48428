"""A conversation: its kind, its name, and its messages in order."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import datetime
from typing import Generic, Literal, Protocol, TypeVar

from bot.sandbox.state.content import JSON
from bot.sandbox.state.ids import Stamps

Kind = Literal["public", "private", "im", "mpim"]
_SCOPES = {"public": "channels", "private": "groups", "im": "im", "mpim": "mpim"}


class Stamped(Protocol):
    ts: str
    thread_ts: str | None


M = TypeVar("M", bound=Stamped)


class Conversation(Generic[M]):
    """Its messages are kept by their ts; those in threads stand under their parent's."""

    def __init__(self, *, channel_id: str, name: str, kind: Kind, created: datetime) -> None:
        self.id = channel_id
        self.name = name
        self.kind: Kind = kind
        self.created = created
        self.archived = False
        self.previous_names: list[str] = []
        self.messages: dict[str, M] = {}
        self.threads: dict[str, list[str]] = {}
        self.stamps = Stamps()
        self._timeline: list[str] = []

    @property
    def is_private(self) -> bool:
        return self.kind != "public"

    @property
    def is_direct(self) -> bool:
        return self.kind in {"im", "mpim"}

    @property
    def scope(self) -> str:
        """The word in the scopes that this kind of conversation needs: `channels` of `channels:read`."""
        return _SCOPES[self.kind]

    def store(self, message: M) -> None:
        """Add a new message; its ts is the newest here."""
        self.messages[message.ts] = message
        if message.thread_ts is not None:
            self.threads.setdefault(message.thread_ts, []).append(message.ts)
        else:
            self._timeline.append(message.ts)

    def forget(self, message: M) -> None:
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

    def event(self, what: str, **more: str) -> JSON:
        """An event about the conversation itself, whose name begins with `channel_` or `group_`."""
        return {"type": f"{'channel' if self.kind == 'public' else 'group'}_{what}", "channel": self.id, **more}

    def membership_event(self, kind: str, *, user: str, team: str) -> JSON:
        """An event about somebody who came or went."""
        channel_type = "C" if self.kind == "public" else "G"
        return {"type": kind, "user": user, "channel": self.id, "channel_type": channel_type, "team": team}
