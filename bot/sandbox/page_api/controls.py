"""Controls that a demo adds to the page: a clock to move, stories to begin, an app to stop and start.

The sandbox knows only this much of it. Whoever serves the sandbox may hand a stage over; without one, the page shows
the workspace alone.
"""

from __future__ import annotations

from typing import Protocol

from bot.sandbox.state.content import JSON


class NotNow(Exception):  # noqa: N818 - a refusal is an answer here, not an error
    """The request can't be met, or not now; the sentence says why and what to do."""


class Stage(Protocol):
    """Everything the page can ask for that no Slack has."""

    @property
    def busy(self) -> str | None:
        """Why nobody can act at this moment, as a sentence; None when everybody can."""

    async def describe(self) -> JSON:
        """The state of the controls, which the page shows beside the workspace."""

    async def do(self, what: str, given: JSON) -> None:
        """Do what was asked for, and return when it is done. Raises NotNow."""
