"""An upload: the bytes of a file, and how far Slack has processed them."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(kw_only=True, eq=False)
class Upload:
    """Messages can use it once it is completed and processed. `shared_in` maps channel ids to messages' ts."""

    id: str
    name: str
    length: int
    alt_text: str
    ticket: str
    created: datetime
    title: str = ""
    data: bytes | None = None
    completed: bool = False
    processed_at: float = 0.0
    shared_in: dict[str, str] = field(default_factory=dict)

    @property
    def processed(self) -> bool:
        return self.completed and time.monotonic() >= self.processed_at

    @property
    def is_picture(self) -> bool:
        """Whether an image block can show it, as its name says."""
        return self.name.lower().endswith((".png", ".jpg", ".jpeg", ".gif"))
