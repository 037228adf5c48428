"""A Slack that apps can reach: its state, and everything that goes over the wire."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from bot.sandbox.state.records import World
from bot.sandbox.wire.delivery import Courier
from bot.sandbox.wire.fault_toggle import FaultToggle
from bot.sandbox.wire.faults import Faults, RateLimits
from bot.sandbox.wire.grants import Grants
from bot.sandbox.wire.socket_mode import SocketMode
from bot.sandbox.wire.traffic import Traffic
from bot.sandbox.wire.triggers import ResponseUrls, Triggers


class Service(World):
    """Its endpoints find it as `request.app.state.sandbox`."""

    courier: Courier
    triggers: Triggers
    response_urls: ResponseUrls

    def __init__(self, *, clock: Callable[[], datetime], traffic: Path | None, seed: int) -> None:
        super().__init__(clock=clock, seed=seed)
        self.traffic = Traffic(traffic, now=clock, changed=self.changes.notify)
        self.faults = Faults(changed=self.changes.notify)
        self.fault_toggle = FaultToggle(self.faults)
        self.limits = RateLimits()
        self.triggers = Triggers(self)
        self.response_urls = ResponseUrls(self)
        self.grants = Grants(self)
        self.socket_mode = SocketMode(self)
        self.courier = Courier(self, socket_mode=self.socket_mode, traffic=self.traffic)

    @property
    def rate_limits(self) -> dict[str, tuple[float, int]]:
        """Method to (calls a second, burst), for each workspace; what isn't named is unlimited."""
        return self.limits.allowed

    @rate_limits.setter
    def rate_limits(self, allowed: dict[str, tuple[float, int]]) -> None:
        self.limits.allowed = allowed
