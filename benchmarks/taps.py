"""What the load generator is told. It imports nothing of ours: starting it takes an eighth of the time."""

from dataclasses import asdict, dataclass
from typing import Any

USER = "U0TAPPER00"
"""Stands in a template where a member's id belongs; ids are of its length."""
TIME = "1111111111.111111"
SINK = "http://response.url/"
ROUND = 4444444444444444
"""Stands in a template where the round's id belongs."""
SIGNING_SECRET = "benchmark"  # noqa: S105 - both ends of it are here


@dataclass(frozen=True)
class Load:
    """What the load generator is told, as JSON on its standard input."""

    url: str
    templates: dict[str, str]
    """Signed over by the generator once user, time and response URL are filled in; by dimension."""
    members: int
    round_id: int
    connections: int
    seconds: float
    rate: float = 0
    """Taps a second, whole check-ins member by member; 0: as fast as answers come, never finishing a check-in."""

    def document(self) -> dict[str, Any]:
        return asdict(self)


def member(number: int) -> str:
    return f"U0T{number:07}"
