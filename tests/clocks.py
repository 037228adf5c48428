"""Clocks that tests move: one that stands still, and one that goes on with the machine's."""

import time
from datetime import UTC, datetime, timedelta

BEGINNING = datetime(2026, 10, 5, 15, 0, tzinfo=UTC)
"""A Monday, 10:00 in Chicago: a day before the first round that the set-up form offers."""


class StandingClock:
    """A clock that stands still until it is moved: how long the machine takes for anything is all the same to it."""

    def __init__(self, begins: datetime = BEGINNING) -> None:
        self._at = begins

    def __call__(self) -> datetime:
        return self._at

    def move(self, **by: float) -> None:
        """Move ahead by so many days, hours, ..."""
        self.move_to(self() + timedelta(**by))

    def move_to(self, instant: datetime) -> None:
        """Move ahead to an instant, which must not have passed: a clock that goes back isn't what we test."""
        if instant < self():
            raise ValueError(f"{instant} has passed")
        self._at = instant


class RunningClock(StandingClock):
    """A clock that goes on by itself, as that of a program in a process of its own does."""

    def __init__(self, begins: datetime = BEGINNING) -> None:
        super().__init__(begins)
        self._since = time.monotonic()

    def __call__(self) -> datetime:
        return self._at + timedelta(seconds=time.monotonic() - self._since)

    def move_to(self, instant: datetime) -> None:
        super().move_to(instant)
        self._since = time.monotonic()
