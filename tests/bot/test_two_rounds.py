"""Rounds of nearly the same people, opened and closed as the product does: each vector of the rule."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.kit.rubrics import Rubrics
from bot.rounds import lifecycle
from bot.schedule import schedules
from rubric import load
from storage import recently_asked, teams
from storage.engine import Database
from storage.kinds import Privacy
from storage.models import Round, RoundCount, Team
from tests.storage.builders import NOW, a_team, a_workspace, an_open_round, people_of, tap

NAMED, CONFIDENTIAL = Privacy.NAMED, Privacy.CONFIDENTIAL
CLOSED, OPEN, CANCELLED, DELETED = "closed", "open", "cancelled", "team deleted"


@dataclass(frozen=True)
class Before:
    """A round that opened some days ago and asked these people, all of whom answered."""

    first: int
    last: int
    days: int
    became: str = CLOSED
    privacy: Privacy = CONFIDENTIAL


def people(first: int, last: int) -> list[str]:
    return [f"U{number}" for number in range(first, last + 1)]


async def started(
    session: AsyncSession, user_ids: Sequence[str], *, channel_id: str, privacy: Privacy, now: datetime
) -> tuple[Team, Round | None]:
    """A new team of these people that is started at once, and its round; None where that has to wait."""
    team = await a_team(session, channel_id=channel_id, name=channel_id, privacy=privacy, window_days=10)
    await people_of(session, team, user_ids)
    schedules.start_now(team, by=user_ids[0], now=now)
    return team, await lifecycle.open_round(session, team, rubrics=Rubrics(load(None)), now=now)


async def asked(session: AsyncSession, before: Before, *, channel_id: str) -> None:
    opened_at, user_ids = NOW - timedelta(days=before.days), people(before.first, before.last)
    team, opened = await started(session, user_ids, channel_id=channel_id, privacy=before.privacy, now=opened_at)
    assert opened is not None
    for user_id in user_ids:
        await tap(session, opened.id, user_id, now=opened_at)
    if before.became == OPEN:
        return
    end = lifecycle.cancel_round if before.became == CANCELLED else lifecycle.close_round
    await end(session, opened, now=opened_at + timedelta(hours=1))
    if before.became == DELETED:
        await session.flush()
        await teams.remove(session, team)


@pytest.mark.parametrize(
    ("before", "would_ask", "privacy", "opens"),
    [
        ([Before(1, 6, 3, DELETED)], (1, 5), CONFIDENTIAL, False),
        ([Before(1, 6, 3)], (1, 7), CONFIDENTIAL, False),
        ([Before(1, 6, 3)], (2, 7), CONFIDENTIAL, False),
        ([Before(1, 6, 3, DELETED)], (1, 6), CONFIDENTIAL, False),
        ([Before(1, 6, 6)], (1, 5), CONFIDENTIAL, True),
        ([Before(1, 6, 9, OPEN)], (1, 5), CONFIDENTIAL, False),
        ([Before(1, 12, 2)], (1, 5), CONFIDENTIAL, False),
        ([Before(1, 5, 2)], (1, 12), CONFIDENTIAL, True),
        ([Before(1, 5, 2), Before(6, 10, 1)], (1, 11), CONFIDENTIAL, False),
        ([Before(1, 8, 2)], (5, 12), CONFIDENTIAL, False),
        ([Before(1, 8, 2)], (7, 14), CONFIDENTIAL, True),
        ([Before(1, 6, 1, CANCELLED)], (1, 6), CONFIDENTIAL, True),
        ([Before(1, 6, 2, privacy=NAMED)], (1, 7), CONFIDENTIAL, False),
        ([Before(1, 6, 2, privacy=NAMED)], (1, 7), NAMED, True),
        # Of the same kind, beside those of the table:
        ([Before(1, 7, 0, DELETED)], (1, 6), CONFIDENTIAL, False),
        ([Before(1, 7, 5, DELETED)], (1, 6), NAMED, False),
        ([Before(1, 6, 9, OPEN, NAMED)], (1, 6), CONFIDENTIAL, False),
        ([Before(1, 6, 6, DELETED), Before(7, 9, 1)], (1, 9), CONFIDENTIAL, True),
        ([Before(1, 3, 2)], (1, 4), CONFIDENTIAL, True),  # three printed nothing
    ],
)  # fmt: skip
async def test_a_round_opens_unless_half_of_its_people_were_asked_a_few_days_ago(
    database: Database, before: list[Before], would_ask: tuple[int, int], privacy: Privacy, *, opens: bool
) -> None:
    async with database.begin() as session:
        await a_workspace(session)
        for number, each in enumerate(before):
            await asked(session, each, channel_id=f"C{number}")
    async with database.begin() as session:
        _team, opened = await started(session, people(*would_ask), channel_id="CNOW", privacy=privacy, now=NOW)
        assert (opened is not None) is opens


@pytest.mark.parametrize(
    ("before", "asked_now", "answer", "prints"),
    [
        ((1, 7), 13, (1, 6), False),
        ((1, 5), 12, (1, 9), True),
        ((1, 5), 12, (1, 8), False),
        (None, 5, (1, 5), True),
        # Of the same kind:
        ((1, 7), 13, (7, 10), False),  # one of four did
        ((1, 7), 13, (8, 12), True),  # nobody did
        ((1, 12), 12, (1, 12), False),
    ],
)
async def test_a_round_prints_where_nobody_or_four_who_took_part_did_so_nowhere_else(
    database: Database, before: tuple[int, int] | None, asked_now: int, answer: tuple[int, int], *, prints: bool
) -> None:
    async with database.begin() as session:
        await a_workspace(session)
        if before is not None:
            await asked(session, Before(*before, days=2), channel_id="C0")
        team = await a_team(session, channel_id="CNOW", name="now")
        opened = await an_open_round(session, team, members=people(1, asked_now), opened_at=NOW)
        await recently_asked.keep(session, opened, people(1, asked_now))
        for user_id in people(*answer):
            await tap(session, opened.id, user_id)
        await lifecycle.close_round(session, opened, now=NOW + timedelta(days=1))
        await session.flush()
        counted = (await session.execute(select(RoundCount).where(RoundCount.round_id == opened.id))).all()
        assert bool(counted) is prints
        assert opened.withheld is not prints
