"""The state of one person's Slack client: ephemeral messages, open modals, Home tabs, and the fields they filled in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic, Protocol, TypeVar

from bot.sandbox.block_kit import carried
from bot.sandbox.state.content import JSON, Content

Field = tuple[str, str, str]
"""The id of a view or the ts of a message, a block_id, and an action_id."""


class Place(Protocol):
    @property
    def id(self) -> str: ...


class Shown(Protocol):
    """The part of a message that a client needs."""

    ts: str
    content: Content

    @property
    def channel(self) -> Place: ...


M = TypeVar("M", bound=Shown)
V = TypeVar("V")


class Client(Generic[M, V]):
    """It only stores: the floors above open and close modals, and show and hide messages."""

    def __init__(self) -> None:
        self.modals: list[V] = []
        self.homes: dict[str, V] = {}
        self.suggestions: dict[Field, list[JSON]] = {}
        self._ephemeral: dict[str, dict[str, M]] = {}
        self._states: dict[tuple[str, str], tuple[Content, JSON]] = {}

    def show(self, message: M) -> None:
        """Keep an ephemeral message."""
        self._ephemeral.setdefault(message.channel.id, {})[message.ts] = message

    def hide(self, message: M) -> None:
        self._ephemeral.get(message.channel.id, {}).pop(message.ts, None)

    def holds(self, message: M) -> bool:
        """Whether an ephemeral message is still there."""
        return message.ts in self.ephemeral(message.channel)

    def ephemeral(self, channel: Place) -> Mapping[str, M]:
        """The ephemeral messages of a conversation, by ts."""
        return self._ephemeral.get(channel.id, {})

    def state(self, message: M) -> JSON:
        """`state.values` of a message as this client has it now; changes to it stay."""
        key = (message.channel.id, message.ts)
        content, state = self._states.get(key, (None, {}))
        if content is not message.content:
            state = carried(message.content.blocks, state)
            self._states[key] = (message.content, state)
        return state

    def forget(self) -> None:
        """Lose the ephemeral messages and what was chosen in messages, as a client that is reloaded does."""
        self._ephemeral.clear()
        self._states.clear()
