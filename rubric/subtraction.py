"""Two rounds of nearly the same people: one's print taken from the other's would leave a few people's answers.

A team that is set up anew without one member, or a twin of it, gives that member's answer by subtraction. So a round
waits while half or more of those whom it would ask were asked a few days ago, and prints nothing where too few of
those who answered hadn't answered elsewhere. What that leaves is enumerated in tests/rubric/test_subtraction.py.
"""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

RECENT = timedelta(days=6) - timedelta(hours=1)
"""How long somebody counts as asked a few days ago: six days, less what a clock change takes."""


def can_print(number: int, *, minimum: int, confidential: bool) -> bool:
    """Whether a round that asks so many people may print anything, so that something could be taken from it."""
    return number >= minimum or not confidential


def must_wait(would_ask: Collection[str], asked: Collection[str]) -> bool:
    """Whether half or more of those whom a round would ask are among those who were asked a few days ago."""
    people = set(would_ask)
    return bool(people) and 2 * len(people & set(asked)) >= len(people)


def waits_until(would_ask: Collection[str], hindered: Mapping[str, datetime]) -> datetime | None:
    """When fewer than half of these people will be hindered; None where it is so already.

    `hindered` says of each who was asked a few days ago until when that counts.
    """
    until = sorted(hindered[each] for each in set(would_ask) if each in hindered)
    may_remain = max(0, (len(set(would_ask)) - 1) // 2)
    return until[len(until) - may_remain - 1] if len(until) > may_remain else None


def may_print(took_part: Collection[str], elsewhere: Collection[str], *, minimum: int) -> bool:
    """Whether nobody who took part did so in another such round, or at least `minimum` of them did not."""
    people = set(took_part)
    others = people - set(elsewhere)
    return len(others) == len(people) or len(others) >= minimum
