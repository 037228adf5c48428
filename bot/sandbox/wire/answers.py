"""The answer of an app to a delivery."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from bot.sandbox.state.content import JSON

Kind = Literal["slash_commands", "interactive", "events_api"]
OK = range(200, 300)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The answer of an app. `status` 0 means none, and `problem` says why in Slack's words for retries."""

    status: int
    body: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    elapsed: float = 0.0
    problem: str | None = None

    @property
    def ok(self) -> bool:
        return self.status in OK

    def json(self) -> JSON | None:
        """The body as a JSON object, if it is one."""
        try:
            parsed = json.loads(self.body) if self.body else None
        except ValueError:
            return None
        return parsed if isinstance(parsed, dict) else None
