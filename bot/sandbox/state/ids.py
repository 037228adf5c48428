"""Make ids, secrets and timestamps of Slack's kinds; the same seed gives the same ones."""

from __future__ import annotations

import string
from datetime import UTC, datetime, timedelta
from random import Random

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_MICROSECONDS = 1_000_000
_ID_LETTERS = string.ascii_uppercase + string.digits
_SECRET_LETTERS = string.ascii_letters + string.digits


class Ids:
    """Makes ids and secrets that look like Slack's."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)  # noqa: S311 - a sandbox's ids shall be the same in each run, its secrets guard nothing

    def new(self, prefix: str) -> str:
        """An id such as `U0K4Q9Z7M2A`: the prefix says of what."""
        return f"{prefix}0{''.join(self._random.choices(_ID_LETTERS, k=9))}"

    def secret(self, prefix: str = "", *, length: int = 24) -> str:
        return prefix + "".join(self._random.choices(_SECRET_LETTERS, k=length))

    def number(self, *, digits: int = 12) -> str:
        return str(self._random.randrange(10 ** (digits - 1), 10**digits))


class Stamps:
    """Timestamps that only ever grow, even while the clock stands still."""

    def __init__(self) -> None:
        self._last = 0

    def next(self, now: datetime) -> str:
        """A timestamp for `now`, such as `1503435956.000247`: seconds since 1970, and what makes it unique."""
        self._last = max((now - _EPOCH) // _MICROSECOND, self._last + 1)
        return f"{self._last // _MICROSECONDS}.{self._last % _MICROSECONDS:06d}"
