"""One toggle that breaks Slack in a chosen way, for people who want to see how an app copes."""

from __future__ import annotations

import sys
from itertools import count
from typing import get_args

from bot.sandbox.state.content import JSON
from bot.sandbox.wire.faults import FaultKind, Faults

DELAY_SECONDS = 1.5
"""Seconds that everything takes while Slack is slow: less than the three in which it wants its own answers."""
CALLS_PER_SUCCESS = 2
"""While calls fail or their replies get lost, every second one goes well."""
EXEMPT_METHODS = frozenset({"auth.test", "apps.connections.open"})
"""An app needs these to stay connected at all."""


class FaultToggle:
    """Off (`kind` None), or the one fault that befalls the Web API and response URLs until it is turned off."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self.kind: FaultKind | None = None

    def turn(self, kind: str | None) -> None:
        """ValueError for a fault that there isn't."""
        known = next((one for one in get_args(FaultKind) if one == kind and one != "refused"), None)
        if kind is not None and known is None:
            raise ValueError(f"there is no fault {kind!r}")
        self._faults.clear()
        self.kind = known
        if known is None:
            return
        calls = count(1)

        def befalls(arguments: JSON) -> bool:
            del arguments
            return known == "slow" or next(calls) % CALLS_PER_SUCCESS != 0

        self._faults.add(
            method="*", kind=known, times=sys.maxsize, delay=DELAY_SECONDS, when=befalls, unless=EXEMPT_METHODS
        )
