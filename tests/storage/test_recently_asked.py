"""Who was asked a few days ago: kept as long as a round could be subtracted from another, in its workspace alone."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select

from bot.rounds import lifecycle as running
from rubric.subtraction import RECENT
from storage import answers, recently_asked, rounds, teams
from storage.engine import Database
from storage.kinds import Privacy
from storage.models import RecentlyAsked, Round, RoundCount, Team
from tests.storage.builders import (
    ELSEWHERE,
    HOME,
    MEMBERS,
    NOW,
    a_team,
    a_workspace,
    an_open_round,
    on_postgresql,
    people_of,
    tap,
)
from tests.storage.locks import be_patient


async def a_printed_round(
    database: Database,
    *,
    members: Sequence[str] = MEMBERS,
    channel_id: str = "C1",
    privacy: Privacy = Privacy.CONFIDENTIAL,
) -> int:
    """The id of a round that opened at NOW, in which all answered, and that was closed."""
    async with database.begin() as session:
        await a_workspace(session)
        team = await a_team(session, channel_id=channel_id, privacy=privacy)
        opened = await an_open_round(session, team, members=members, opened_at=NOW)
        await recently_asked.keep(session, opened, members)
        for user_id in members:
            await tap(session, opened.id, user_id, now=NOW)
        await running.close_round(session, opened, now=NOW + timedelta(days=1))
        return opened.id


async def asked(database: Database) -> list[RecentlyAsked]:
    async with database.reading() as session:
        return list((await session.execute(select(RecentlyAsked))).scalars())


async def hindering(database: Database, *, days: float, channel_id: str = "C2", workspace_id: str = HOME) -> set[str]:
    """Whom of its roster, the MEMBERS, another team wouldn't find unasked so many days after NOW."""
    async with database.begin() as session:
        await a_workspace(session, workspace_id)
        team = await a_team(session, channel_id=channel_id, workspace_id=workspace_id)
        await people_of(session, team, MEMBERS)
        return set(await recently_asked.hindering(session, team, at=NOW + timedelta(days=days)))


async def test_whoever_was_asked_counts_for_six_days_and_no_longer(database: Database) -> None:
    await a_printed_round(database)
    assert await hindering(database, days=5.9) == set(MEMBERS)
    assert await hindering(database, days=6, channel_id="C3") == set()


async def test_another_workspace_is_hindered_by_nothing_here(database: Database) -> None:
    await a_printed_round(database)
    assert await hindering(database, days=1, workspace_id=ELSEWHERE) == set()


async def test_it_outlives_the_team_and_is_forgotten_once_it_is_old(database: Database) -> None:
    round_id = await a_printed_round(database)
    async with database.begin() as session:
        closed = await session.get_one(Round, round_id)
        team = await session.get_one(Team, closed.team_id)
        await teams.remove(session, team)
    assert {each.took_part for each in await asked(database)} == {True}
    async with database.begin() as session:
        assert await recently_asked.forget(session, now=NOW + RECENT - timedelta(minutes=1)) == 0
        assert await recently_asked.forget(session, now=NOW + RECENT) == len(MEMBERS)
    assert await asked(database) == []


async def test_it_is_kept_for_whom_an_open_round_asks_until_that_closes(database: Database) -> None:
    await a_printed_round(database)
    async with database.begin() as session:
        team = await a_team(session, channel_id="C2")
        opened = await an_open_round(session, team, members=MEMBERS[:2], opened_at=NOW + timedelta(days=2))
        opened.minimum = 2
        await recently_asked.keep(session, opened, MEMBERS[:2])
        await recently_asked.forget(session, now=NOW + timedelta(days=9))
    assert {each.user_id for each in await asked(database)} == set(MEMBERS[:2])


async def test_a_round_that_printed_nothing_leaves_nothing(database: Database) -> None:
    async with database.begin() as session:
        await a_workspace(session)
        opened = await an_open_round(session, await a_team(session))
        await recently_asked.keep(session, opened, MEMBERS)
        for user_id in MEMBERS[:3]:
            await tap(session, opened.id, user_id)
        await running.close_round(session, opened, now=NOW)
    assert await asked(database) == []


async def test_a_round_too_small_to_print_anything_is_not_written_down(database: Database) -> None:
    async with database.begin() as session:
        await a_workspace(session)
        opened = await an_open_round(session, await a_team(session), members=MEMBERS[:3])
        await recently_asked.keep(session, opened, MEMBERS[:3])
    assert await asked(database) == []


@on_postgresql  # SQLite has one writer
async def test_of_two_rounds_that_close_at_once_the_second_sees_the_first(database: Database) -> None:
    be_patient(database)
    ids = []
    for channel_id in ("C1", "C2"):
        async with database.begin() as session:
            await a_workspace(session)
            opened = await an_open_round(session, await a_team(session, channel_id=channel_id), opened_at=NOW)
            await recently_asked.keep(session, opened, MEMBERS)
            for user_id in MEMBERS:
                await tap(session, opened.id, user_id)
            ids.append(opened.id)

    async def close(round_id: int) -> bool:
        async with database.begin() as session:
            held = await rounds.hold(session, round_id)
            assert held is not None
            await running.close_round(session, held, now=NOW)
            return held.withheld

    assert sorted(await asyncio.gather(*map(close, ids))) == [False, True]
    async with database.reading() as session:
        printed = set((await session.execute(select(RoundCount.round_id))).scalars())
        assert len(printed) == 1
        assert await answers.named(session, round_id=ids[0]) == {}
