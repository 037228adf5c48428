"""Taps that arrive together are kept together, and each is told what became of it."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import OperationalError

from bot.check_ins.answer_writer import AnswerWriter, Redraw
from bot.kit.rubrics import Rubrics
from bot.slack.ids import Tap, UnreadableError
from rubric import load, to_json
from storage import rounds, rubrics
from storage.engine import TRY_SECONDS, Database
from storage.kinds import RoundStep
from storage.taps import Saved
from tests.storage.builders import HOME, NOW, a_team, close, level_of, on_postgresql

MODEL = load()
MEMBERS = [f"U0MEMBER{number}" for number in range(100)]
KEYS = [dimension.key for dimension in MODEL.dimensions]


async def a_round(database: Database, *, channel_id: str = "C0TEAM") -> int:
    """An open round of the packaged model that asks a hundred people."""
    async with database.begin() as session:
        team = await a_team(session, channel_id=channel_id)
        await rubrics.keep(session, workspace_id=HOME, version=MODEL.version, document=to_json(MODEL))
        closes_at = NOW + timedelta(days=3)
        opened = await rounds.add(
            session, team, slot_date=None, minimum=4, rubric_version=MODEL.version, opened_at=NOW,
            closes_at=closes_at, next_step=RoundStep.CLOSE, next_step_at=closes_at,
            members=[(user_id, NOW) for user_id in MEMBERS],
        )  # fmt: skip
        return opened.id


def writer(database: Database, *, try_seconds: float = TRY_SECONDS) -> AnswerWriter:
    return AnswerWriter(database, Rubrics(MODEL), lambda: NOW, try_seconds=try_seconds)


def tap(round_id: int, user_id: str = MEMBERS[0], *, dimension: str = "A", level: int = 2, at: int = 1) -> Tap:
    return Tap(HOME, user_id, round_id, dimension, level, at, frozenset(KEYS), changing=False)


@pytest.mark.waits
async def test_a_hundred_people_who_tap_at_once_are_all_kept(database: Database) -> None:
    answers, round_id = writer(database), await a_round(database)
    taps = [tap(round_id, user_id, level=1 + number % 4) for number, user_id in enumerate(MEMBERS)]
    outcomes = await asyncio.gather(*(answers.save(each) for each in taps))
    assert [outcome.saved for outcome in outcomes] == [Saved.KEPT] * len(MEMBERS)
    for each in taps:
        assert await level_of(database, round_id, each.user_id) == each.level


@pytest.mark.waits
async def test_each_of_those_who_tap_at_once_is_told_of_their_own(database: Database) -> None:
    answers, round_id = writer(database), await a_round(database)
    other = await a_round(database, channel_id="C0OTHER")
    async with database.begin() as session:
        await close(session, other)
    await answers.save(tap(round_id, MEMBERS[1], at=9))
    outcomes = await asyncio.gather(
        answers.save(tap(round_id, MEMBERS[0])),
        answers.save(tap(round_id, MEMBERS[1], at=8)),
        answers.save(tap(round_id, "U0STRANGER")),
        answers.save(tap(other, MEMBERS[2])),
        answers.save(tap(10_000, MEMBERS[3])),
        answers.save(tap(round_id, MEMBERS[4], dimension="Z")),
        return_exceptions=True,
    )
    told = [each if isinstance(each, BaseException) else each.saved for each in outcomes]
    assert told[:5] == [Saved.KEPT, Saved.OLDER, Saved.NOT_ASKED, Saved.CLOSED, Saved.FORGOTTEN]
    assert isinstance(told[5], UnreadableError)


@pytest.mark.waits
async def test_one_person_s_taps_follow_each_other_and_the_fifth_brings_the_receipt(database: Database) -> None:
    answers, round_id = writer(database), await a_round(database)
    await answers.save(tap(round_id, MEMBERS[1]))
    taps = [tap(round_id, dimension=key, at=number) for number, key in enumerate(KEYS, start=1)]
    outcomes = await asyncio.gather(*(answers.save(each) for each in taps))
    assert [outcome.redraw for outcome in outcomes] == [Redraw.NOTHING] * 4 + [Redraw.RECEIPT]
    async with database.reading() as session:
        member = await rounds.member(session, round_id, MEMBERS[0])
    assert member is not None
    assert member.completed_at == NOW


@pytest.mark.waits
async def test_a_second_thought_that_arrives_at_once_is_kept_after_the_first(database: Database) -> None:
    answers, round_id = writer(database), await a_round(database)
    await answers.save(tap(round_id, MEMBERS[1]))
    outcomes = await asyncio.gather(
        answers.save(tap(round_id, level=1, at=1)), answers.save(tap(round_id, level=4, at=2))
    )
    assert [outcome.saved for outcome in outcomes] == [Saved.KEPT, Saved.KEPT]
    assert await level_of(database, round_id, MEMBERS[0]) == 4


@pytest.mark.waits
@on_postgresql
async def test_what_the_database_refuses_fails_alone(database: Database) -> None:
    answers, round_id = writer(database), await a_round(database)
    outcomes = await asyncio.gather(
        *(answers.save(tap(round_id, user_id)) for user_id in (MEMBERS[0], "U0\0", MEMBERS[2])),
        return_exceptions=True,
    )
    assert [isinstance(outcome, Exception) for outcome in outcomes] == [False, True, False]
    assert await level_of(database, round_id, MEMBERS[2]) == 2


@pytest.mark.waits
@on_postgresql
async def test_taps_that_somebody_holds_up_for_too_long_are_given_up_together(database: Database) -> None:
    answers, round_id = writer(database, try_seconds=0), await a_round(database)
    elsewhere = Database(database.url)
    async with elsewhere.begin() as session:
        await session.execute(text("SELECT id FROM rounds FOR UPDATE"))
        async with asyncio.timeout(60):  # each on its own would take its second in the queue
            outcomes = await asyncio.gather(
                *(answers.save(tap(round_id, user_id)) for user_id in MEMBERS), return_exceptions=True
            )
    await elsewhere.close()
    assert [type(outcome) for outcome in outcomes] == [OperationalError] * len(MEMBERS)


@on_postgresql
async def test_a_lone_tap_asks_postgresql_four_times(database: Database, tmp_path: Path) -> None:
    """To begin, to keep it, for what is there now, and to commit: no ping, no session's questions, no second look."""
    answers, round_id = writer(database), await a_round(database)
    await answers.save(tap(round_id))  # connects, and reads once what the round asks
    with (tmp_path / "trace").open("w+") as said:

        def listen(connection: Any, *_more: object) -> None:
            connection.driver_connection.pgconn.trace(said.fileno())

        def end(connection: Any, *_more: object) -> None:
            connection.driver_connection.pgconn.untrace()

        event.listen(database.engine.sync_engine, "checkout", listen)
        event.listen(database.engine.sync_engine, "checkin", end)
        assert (await answers.save(tap(round_id, MEMBERS[1]))).saved is Saved.KEPT
        said.seek(0)
        lines = said.read().splitlines()
    assert sum("ReadyForQuery" in line for line in lines) == 4


@pytest.mark.parametrize("at", [-1, 2**63])
async def test_a_time_that_no_database_holds_is_not_read(database: Database, at: int) -> None:
    answers, round_id = writer(database), await a_round(database)
    with pytest.raises(UnreadableError):
        await answers.save(tap(round_id, at=at))


@pytest.mark.waits
async def test_someone_who_no_longer_waits_holds_nobody_up(database: Database) -> None:
    answers, round_id = writer(database), await a_round(database)
    gone = asyncio.create_task(answers.save(tap(round_id, MEMBERS[0])))
    stays = asyncio.create_task(answers.save(tap(round_id, MEMBERS[1])))
    await asyncio.sleep(0)
    gone.cancel()
    assert (await stays).saved is Saved.KEPT
    with pytest.raises(asyncio.CancelledError):
        await gone
