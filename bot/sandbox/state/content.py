"""The content of a message, and Slack's refusal to take it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

JSON = dict[str, Any]


class Refused(Exception):  # noqa: N818 - a refusal is an answer here, not an error
    """Slack says no: `error` is its code, `messages` the detail it gives in response_metadata."""

    def __init__(self, error: str, *messages: str, **extra: Any) -> None:
        super().__init__(error, *messages)
        self.error = error
        self.messages = messages
        self.extra = extra


@dataclass(frozen=True, kw_only=True)
class Content:
    """The text and blocks of a message, as they were sent."""

    text: str = ""
    blocks: list[JSON] = field(default_factory=list)
    attachments: list[JSON] = field(default_factory=list)
    metadata: JSON | None = None
