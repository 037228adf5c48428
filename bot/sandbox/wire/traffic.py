"""Everything that goes over the wire, in order, without tokens and secrets."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Literal

from bot.sandbox.state.content import JSON

Direction = Literal["api", "http", "socket", "response_url", "upload", "oauth"]
REDACTED = "[redacted]"
_SECRET_KEYS = frozenset({"token", "access_token", "refresh_token", "client_secret", "code", "code_verifier"})
_SECRET = re.compile(r"\bxox[a-z]-[\w-]+|\bxapp-[\w-]+|(?<=ticket=)\w+")
_SUSPICIOUS = re.compile(rf"xox|xapp-|ticket=|\"(?:{'|'.join(sorted(_SECRET_KEYS))})\"")


class Traffic:
    """A list of records `{at, direction, method, body, status, response}`; with a path, also a line of JSON each."""

    def __init__(self, path: Path | None, *, now: Callable[[], datetime], changed: Callable[[], None]) -> None:
        self.records: list[JSON] = []
        self._now = now
        self._changed = changed
        self._path = path
        self._lines: IO[str] | None = None

    def __iter__(self) -> Iterator[JSON]:
        return iter(self.records)

    def __len__(self) -> int:
        return len(self.records)

    def __getitem__(self, index: int) -> JSON:
        return self.records[index]

    def of(self, method: str) -> list[JSON]:
        """The records of one method, such as `chat.postMessage`, `block_actions` or `/maturity`."""
        return [record for record in self.records if record["method"] == method]

    def add(self, direction: Direction, method: str, *, body: Any, status: int, response: Any, **more: Any) -> None:
        """Record one exchange. `status` 0: there was no answer."""
        record = {
            "at": self._now().isoformat(),
            "direction": direction,
            "method": method,
            "body": _safe(body),
            "status": status,
            "response": _safe(response),
            **more,
        }
        self.records.append(record)
        if self._path is not None:
            if self._lines is None:
                # Half a character, which a request may hold, is written as JSON escapes it.
                self._lines = self._path.open("a", encoding="utf-8", errors="backslashreplace")
            self._lines.write(json.dumps(record, ensure_ascii=False) + "\n")
            self._lines.flush()
        self._changed()

    def close(self) -> None:
        if self._lines is not None:
            self._lines.close()
            self._lines = None


def _safe(value: Any) -> Any:
    # Looking through the text costs a tenth of walking through the object, and most objects hold no secret.
    return redacted(value) if _SUSPICIOUS.search(json.dumps(value)) else value


def redacted(value: Any) -> Any:
    """A copy of parsed JSON in which nothing can be used to act as anybody."""
    if isinstance(value, dict):
        return {key: REDACTED if key in _SECRET_KEYS else redacted(item) for key, item in value.items()}
    if isinstance(value, list):
        return [redacted(item) for item in value]
    return _SECRET.sub(REDACTED, value) if isinstance(value, str) else value
