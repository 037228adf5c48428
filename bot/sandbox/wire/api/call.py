"""One call of a Web API method: the caller, the arguments, and the caller's rights."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from bot.sandbox.state.content import JSON, Refused
from bot.sandbox.state.records import Account, App, Channel, Installation, Tenant
from bot.sandbox.wire.service import Service

Item = TypeVar("Item")
_TRUE = frozenset({True, "1", "true", "True"})


@dataclass(frozen=True, kw_only=True)
class Method:
    """A method of the Web API: what answers it, and what a call must have.

    `bearer` says whose token it takes; `scopes` are those of which the caller needs one.
    """

    answer: Callable[[Call], JSON]
    scopes: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    bearer: Literal["bot", "app", "nobody"] = "bot"


@dataclass(kw_only=True, eq=False)
class Call:
    """Arguments came as JSON, a form or a query; the readers below take any of these."""

    sandbox: Service
    method: str
    arguments: JSON
    caller: Installation | App | None

    @property
    def installation(self) -> Installation:
        if not isinstance(self.caller, Installation):
            raise Refused("not_allowed_token_type")
        return self.caller

    @property
    def app(self) -> App:
        if self.caller is None:
            raise Refused("not_authed")
        return self.caller.app if isinstance(self.caller, Installation) else self.caller

    @property
    def workspace(self) -> Tenant:
        return self.installation.workspace

    def has(self, name: str) -> bool:
        return self.arguments.get(name) is not None

    def text(self, name: str) -> str:
        value = self.arguments.get(name)
        return "" if value is None else str(value)

    def flag(self, name: str, *, default: bool = False) -> bool:
        value = self.arguments.get(name)
        return default if value is None else value in _TRUE

    def number(self, name: str, *, default: int, most: int, error: str = "invalid_limit") -> int:
        """The argument; `default` where it is missing or 0. Raises Refused for what is no number up to `most`."""
        value = self.arguments.get(name)
        if value is None or value == "":
            return default
        try:
            number = int(value)
        except (TypeError, ValueError):
            raise Refused(error) from None
        if not 0 <= number <= most:
            raise Refused(error)
        return number or default

    def data(self, name: str) -> Any:
        """An argument that is JSON, parsed; one that can't be parsed stays the string that came."""
        value = self.arguments.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError:
            return value

    def need(self, *scopes: str) -> None:
        """Raises Refused unless the caller has one of the scopes."""
        installation = self.installation
        if scopes and not any(installation.may(scope) for scope in scopes):
            raise Refused("missing_scope", needed=",".join(scopes), provided=",".join(installation.scopes))

    def channel(self, name: str = "channel", *, purpose: str | None = None) -> Channel:
        """The conversation that the app can see under that id or name.

        With a `purpose` such as `read` or `history` it also needs that scope for that kind of conversation.
        """
        wanted = self.text(name)
        channel = self.workspace.channels.get(wanted)
        if channel is None and wanted:
            plain = wanted.removeprefix("#")
            channel = next((one for one in self.workspace.channels.values() if one.name == plain), None)
        if channel is None or (channel.is_private and not self.is_member(channel)):
            raise Refused("channel_not_found")
        if purpose is not None:
            self.need(f"{channel.scope}:{purpose}")
        return channel

    def is_member(self, channel: Channel) -> bool:
        return self.installation.bot_user_id in channel.members

    def person(self, name: str, *, error: str = "user_not_found") -> Account:
        person = self.workspace.people.get(self.text(name))
        if person is None:
            raise Refused(error)
        return person

    def page(
        self, items: Sequence[Item], *, key: Callable[[Item], str], default: int, most: int
    ) -> tuple[list[Item], JSON]:
        """The items of this page, and the `response_metadata` that leads to the next one."""
        limit = self.number("limit", default=default, most=most)
        start = 0
        if cursor := self.text("cursor"):
            wanted = opened(cursor)
            start = next((index for index, item in enumerate(items) if key(item) == wanted), -1)
            if start < 0:
                raise Refused("invalid_cursor")
        end = start + limit
        following = sealed(key(items[end])) if end < len(items) else ""
        return list(items[start:end]), {"response_metadata": {"next_cursor": following}}


def sealed(key: str) -> str:
    """A cursor for the item with that key."""
    return base64.b64encode(f"next:{key}".encode()).decode()


def opened(cursor: str) -> str:
    """The key within a cursor. Raises Refused for what isn't one."""
    try:
        prefix, _, key = base64.b64decode(cursor, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        raise Refused("invalid_cursor") from None
    if prefix != "next" or not key:
        raise Refused("invalid_cursor")
    return key
