"""Problems found in a payload, with their places, and the refusal that Slack makes of them."""

import json
from dataclasses import dataclass
from typing import Any, NamedTuple


class Problem(NamedTuple):
    """One thing wrong, and the JSON pointer (RFC 6901) of the place: printed as Slack prints it."""

    at: str
    says: str

    def __str__(self) -> str:
        return f"[ERROR] {self.says} [json-pointer:{self.at}]"


@dataclass(frozen=True)
class Refusal:
    """Slack's `error`, and everything found wrong, for `response_metadata.messages`."""

    error: str
    messages: tuple[str, ...]


def refusal(found: list[tuple[str, Problem]]) -> Refusal | None:
    """The refusal for (error code, problem) pairs: the first one's code, every problem once. None when nothing is."""
    if not found:
        return None
    return Refusal(found[0][0], tuple(dict.fromkeys(str(problem) for _, problem in found)))


def under(at: str, *steps: str | int) -> str:
    """The pointer that many steps below `at`."""
    escaped = (str(step).replace("~", "~0").replace("/", "~1") for step in steps)
    return "/".join((at, *escaped))


def json_text(value: Any) -> str:
    """The value as JSON the way JavaScript writes it: no spaces, nothing escaped that need not be."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def json_bytes(value: Any) -> int:
    """The number of bytes that the value takes as JSON in UTF-8."""
    return len(json_text(value).encode("utf-8", "surrogatepass"))
