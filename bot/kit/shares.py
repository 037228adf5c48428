"""A share for each person: what one asks for at once never keeps others waiting."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from bot.kit.errors import UserError
from bot.kit.i18n import _

MOST_AT_ONCE = 4
"""Commands of one person, their buttons in Home, and choices in a form, that are being answered. Nobody is as fast."""


class Shares:
    """Counts what each person has under way in this process."""

    def __init__(self) -> None:
        self._under_way: Counter[tuple[str, str]] = Counter()

    @contextmanager
    def of(self, workspace_id: str, user_id: str) -> Iterator[None]:
        """One more thing under way while the block runs; UserError where a person has as many as one may."""
        person = (workspace_id, user_id)
        if self._under_way[person] >= MOST_AT_ONCE:
            raise UserError(_("Your last commands or choices are still being answered. Try again in a moment."))
        self._under_way[person] += 1
        try:
            yield
        finally:
            self._under_way[person] -= 1
            if not self._under_way[person]:
                del self._under_way[person]
