"""Short-lived rights that Slack hands to an app: trigger ids and response URLs."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.sandbox.state.content import Refused
from bot.sandbox.state.records import Account, Channel, Installation, Message, View, World

RESPONSE_USES = 5
RESPONSE_LIFETIME = timedelta(minutes=30)


@dataclass(kw_only=True, eq=False)
class Trigger:
    """The right to open one modal for the person who just did something; `view` is where they did it."""

    installation: Installation
    person: Account
    issued: float
    view: View | None
    used: bool = False


class Triggers:
    def __init__(self, sandbox: World) -> None:
        self._sandbox = sandbox
        self._triggers: dict[str, Trigger] = {}

    def issue(self, installation: Installation, person: Account, *, view: View | None = None) -> str:
        ids = self._sandbox.ids
        trigger_id = f"{ids.number(digits=13)}.{ids.number()}.{ids.secret(length=32).lower()}"
        self._triggers[trigger_id] = Trigger(
            installation=installation, person=person, issued=time.monotonic(), view=view
        )
        return trigger_id

    def exchange(self, trigger_id: str, installation: Installation) -> Trigger:
        """Use a trigger. Raises Refused when it is somebody else's, used or older than the sandbox allows."""
        trigger = self._triggers.get(trigger_id)
        if trigger is None or trigger.installation is not installation:
            raise Refused("invalid_trigger_id")
        if trigger.used:
            raise Refused("exchanged_trigger_id")
        if time.monotonic() - trigger.issued > self._sandbox.trigger_lifetime:
            raise Refused("expired_trigger_id")
        trigger.used = True
        return trigger


@dataclass(kw_only=True, eq=False)
class ResponseUrl:
    """The right to answer one interaction a few times. `message` is what the person acted on, if anything."""

    installation: Installation
    person: Account
    channel: Channel
    message: Message | None
    issued: datetime
    uses: int = 0

    def use(self, now: datetime) -> None:
        """Count one use. Raises Refused after the fifth, and half an hour after it was issued."""
        if now - self.issued > RESPONSE_LIFETIME:
            raise Refused("expired_url")
        if self.uses >= RESPONSE_USES:
            raise Refused("used_url")
        self.uses += 1


class ResponseUrls:
    def __init__(self, sandbox: World) -> None:
        self._sandbox = sandbox
        self._urls: dict[str, ResponseUrl] = {}

    def issue(
        self, installation: Installation, person: Account, channel: Channel, *, message: Message | None = None
    ) -> str:
        """The URL for one interaction of a person in a channel."""
        ids = self._sandbox.ids
        path = f"{installation.workspace.id}/{ids.number()}/{ids.secret()}"
        self._urls[path] = ResponseUrl(
            installation=installation, person=person, channel=channel, message=message, issued=self._sandbox.now()
        )
        return f"{self._sandbox.url}/actions/{path}"

    def find(self, path: str) -> ResponseUrl | None:
        return self._urls.get(path)
