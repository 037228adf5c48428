"""What one person's Slack client holds: ephemeral messages, open modals, Home tabs, what they put into fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.people.elements import carried
from bot.sandbox.state.records import JSON, Content, Message, View
from bot.sandbox.wire import open_views as views

if TYPE_CHECKING:
    from bot.sandbox.people.person import Person
    from bot.sandbox.state.channel import Channel

Field = tuple[str, str, str]


class Client:
    def __init__(self, person: Person) -> None:
        self._person = person
        self.modals: list[View] = []
        self.homes: dict[str, View] = {}
        self.suggestions: dict[Field, list[JSON]] = {}
        self._ephemeral: dict[str, dict[str, Message]] = {}
        self._states: dict[tuple[str, str], tuple[Content, JSON]] = {}

    def show(self, message: Message) -> None:
        self._ephemeral.setdefault(message.channel.id, {})[message.ts] = message

    def hide(self, message: Message) -> None:
        self._ephemeral.get(message.channel.id, {}).pop(message.ts, None)

    def holds(self, message: Message) -> bool:
        """Whether an ephemeral message is still there."""
        return message.ts in self._ephemeral.get(message.channel.id, {})

    def reload(self) -> None:
        """What only the client knew is gone."""
        self._ephemeral.clear()
        self._states.clear()
        self.close_all()

    def visible(self, channel: Channel) -> list[Message]:
        """All messages of a conversation that this person can read, oldest first."""
        person = self._person
        guest = person.is_restricted
        if person.id not in channel.members and (channel.is_private or guest):
            return []
        ephemeral = self._ephemeral.get(channel.id, {})
        return sorted([*channel.messages.values(), *ephemeral.values()], key=lambda message: message.ts)

    def state(self, surface: Message | View) -> JSON:
        """`state.values` of a message or view as this client has it now; changes to it stay."""
        if isinstance(surface, View):
            return surface.state
        key = (surface.channel.id, surface.ts)
        content, state = self._states.get(key, (None, {}))
        if content is not surface.content:
            state = carried(surface.content.blocks, state)
            self._states[key] = (surface.content, state)
        return state

    def open_modal(self, view: View) -> None:
        """Show a modal in place of any that is open."""
        self.close_all()
        self.push_modal(view)

    def push_modal(self, view: View) -> None:
        self.modals.append(view)
        views.record(view, "modal")

    def close_modal(self, view: View) -> None:
        """Close a modal and those on top of it."""
        if view in self.modals:
            position = self.modals.index(view)
            for closed in self.modals[position:]:
                closed.app.sandbox.views.pop(closed.id, None)
            del self.modals[position:]
            self._person.workspace.sandbox.changes.notify()

    def close_all(self) -> None:
        if self.modals:
            self.close_modal(self.modals[0])
