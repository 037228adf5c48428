from datetime import date, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from storage import exports, rounds, rubrics, taps
from storage.engine import Database
from storage.kinds import Privacy, RoundState, RoundStep
from storage.models import Round, Team
from tests.storage.builders import (
    HOME,
    MEMBERS,
    NOW,
    RUBRIC,
    a_closed_round,
    a_round_with,
    a_team,
    an_open_round,
    member_of,
    on_postgresql,
)

DAY = timedelta(days=1)


async def test_a_round_takes_its_settings_from_the_team_and_keeps_them(database: Database) -> None:
    async with database.begin() as session:
        team = await a_team(session, privacy=Privacy.NAMED, channel_id="C1")
        round_id = (await an_open_round(session, team, slot_date=date(2026, 9, 15))).id
        team.privacy, team.channel_id = Privacy.CONFIDENTIAL, "C2"
    async with database.reading() as session:
        found = await rounds.get(session, round_id, workspace_id=HOME)
    assert found is not None
    assert (found.privacy, found.channel_id) == (Privacy.NAMED, "C1")
    assert (found.number, found.slot_date, found.minimum, found.rubric_version) == (1, date(2026, 9, 15), 4, RUBRIC)
    assert (found.state, found.next_step, found.next_step_at) == (RoundState.OPEN, RoundStep.CLOSE, NOW + 3 * DAY)


async def test_a_round_asks_each_member_at_an_instant_of_their_own(database: Database) -> None:
    async with database.begin() as session:
        opened = await rounds.add(
            session,
            await a_team(session),
            slot_date=None,
            minimum=4,
            rubric_version=RUBRIC,
            opened_at=NOW,
            closes_at=NOW + DAY,
            next_step=RoundStep.REMIND,
            next_step_at=NOW,
            members=[("U2", NOW), ("U1", NOW + timedelta(hours=6))],
        )
    async with database.reading() as session:
        members = await rounds.members(session, opened.id)
        assert await rounds.member(session, opened.id, "U3") is None
    assert [(member.user_id, member.opens_at) for member in members] == [
        ("U1", NOW + timedelta(hours=6)),
        ("U2", NOW),
    ]
    assert {(member.render, member.nudges, member.took_part, member.completed_at) for member in members} == {
        (0, 0, False, None)
    }


async def test_a_team_has_one_open_round(database: Database) -> None:
    async with database.begin() as session:
        team = await a_team(session)
        await an_open_round(session, team)
    with pytest.raises(IntegrityError):
        async with database.begin() as session:
            await an_open_round(session, await session.get_one(Team, team.id))


async def test_a_slot_is_opened_once_even_after_it_was_cancelled(database: Database) -> None:
    async with database.begin() as session:
        team = await a_team(session)
        opened = await an_open_round(session, team, slot_date=date(2026, 9, 15))
        opened.state = RoundState.CANCELLED
    with pytest.raises(IntegrityError):
        async with database.begin() as session:
            await an_open_round(session, await session.get_one(Team, team.id), slot_date=date(2026, 9, 15))


async def test_rounds_that_a_manager_starts_have_no_slot_and_never_collide(database: Database) -> None:
    async with database.begin() as session:
        team = await a_team(session)
        numbers = [(await a_closed_round(session, team)).number for _ in range(3)]
    assert numbers == [1, 2, 3]


async def test_a_rubric_that_was_not_kept_cannot_be_asked(database: Database) -> None:
    with pytest.raises(IntegrityError):
        async with database.begin() as session:
            await rounds.add(
                session,
                await a_team(session),
                slot_date=None,
                minimum=4,
                rubric_version="unknown",
                opened_at=NOW,
                closes_at=NOW + DAY,
                next_step=RoundStep.CLOSE,
                next_step_at=NOW + DAY,
                members=[],
            )


async def test_rounds_with_a_step_to_take_are_found_the_longest_overdue_first(database: Database) -> None:
    async with database.begin() as session:
        ids = {}
        for name, closes_at in {"later": NOW + DAY, "just now": NOW, "long ago": NOW - DAY, "done": NOW - DAY}.items():
            team = await a_team(session, channel_id=name)
            opened = await an_open_round(session, team, closes_at=closes_at)
            ids[name] = opened.id
            if name == "done":
                opened.next_step_at = None
    async with database.reading() as session:
        assert await rounds.DUE.any(session, now=NOW - DAY)
        assert not await rounds.DUE.any(session, now=NOW - DAY - timedelta(seconds=1))

    async with database.begin() as session:
        first = await rounds.DUE.hold(session, now=NOW)
        second = await rounds.DUE.hold(session, now=NOW, passed=[ids["long ago"]])
        third = await rounds.DUE.hold(session, now=NOW, passed=[ids["long ago"], ids["just now"]])
    assert first is not None
    assert second is not None
    assert (first.id, second.id, third) == (ids["long ago"], ids["just now"], None)


@on_postgresql  # SQLite has one writer: the second waits for the first
async def test_a_round_that_one_worker_holds_is_passed_over_by_another(database: Database) -> None:
    round_id = await a_round_with(database)
    async with database.begin() as first, database.begin() as second:
        assert await rounds.hold(first, round_id) is not None
        assert await rounds.hold(second, round_id, skip_locked=True) is None
    async with database.begin() as second:
        assert await rounds.hold(second, round_id, skip_locked=True) is not None


async def test_the_open_round_of_a_team_is_the_one_that_is_open(database: Database) -> None:
    async with database.begin() as session:
        team = await a_team(session)
        await a_closed_round(session, team)
        assert await rounds.open_of(session, team.id) is None
        opened = await an_open_round(session, team)
    async with database.reading() as session:
        found = await rounds.open_of(session, team.id)
        assert found is not None
        assert found.id == opened.id


async def test_closed_rounds_come_newest_first_and_leave_out_the_open_and_the_cancelled(database: Database) -> None:
    async with database.begin() as session:
        team = await a_team(session)
        await a_closed_round(session, team)
        await a_closed_round(session, team)
        cancelled = await a_closed_round(session, team)
        cancelled.state = RoundState.CANCELLED
        await a_closed_round(session, team)
        await an_open_round(session, team)
    async with database.reading() as session:

        async def numbers(limit: int, before: int | None = None) -> list[int]:
            found = await rounds.closed_of(session, team.id, before=before, limit=limit)
            return [each.number for each in found]

        assert await numbers(1) == [4]
        assert await numbers(9) == [4, 2, 1]
        assert await numbers(9, before=4) == [2, 1]


async def test_when_a_team_was_last_asked_forgets_rounds_that_were_cancelled(database: Database) -> None:
    async with database.begin() as session:
        team = await a_team(session)
        assert await rounds.last_opened(session, team.id) is None
        first = await a_closed_round(session, team)
        first.opened_at = NOW - 7 * DAY
        second = await an_open_round(session, team, opened_at=NOW)
        assert await rounds.last_opened(session, team.id) == NOW
        second.state = RoundState.CANCELLED
    async with database.reading() as session:
        assert await rounds.last_opened(session, team.id) == NOW - 7 * DAY


async def test_each_drawing_of_a_check_in_has_a_number_of_its_own(database: Database) -> None:
    round_id = await a_round_with(database)
    async with database.begin() as session:
        drawn = [await rounds.draw_anew(session, round_id=round_id, user_id=MEMBERS[0]) for _ in range(3)]
    assert drawn == [1, 2, 3]
    assert (await member_of(database, round_id)).render == 3
    assert (await member_of(database, round_id, MEMBERS[1])).render == 0


async def test_the_complete_check_ins_of_a_round_are_counted_among_all_of_them(database: Database) -> None:
    round_id = await a_round_with(database)
    async with database.begin() as session:
        assert await rounds.finished(session, round_id=round_id) == (0, 5)
        await session.run_sync(taps.complete, round_id=round_id, user_id=MEMBERS[0], now=NOW)
        assert await rounds.finished(session, round_id=round_id) == (1, 5)


async def test_a_round_that_asks_fewer_than_enough_is_told_from_others(database: Database) -> None:
    async with database.begin() as session:
        round_id = (await an_open_round(session, await a_team(session), members=["U0A", "U0B", "U0C"])).id
        assert await rounds.fewer_than(session, 4, round_id=round_id) == 3
        assert await rounds.fewer_than(session, 3, round_id=round_id) is None


async def test_a_rounds_picture_is_remembered_and_can_be_forgotten(database: Database) -> None:
    round_id = await a_round_with(database)
    for file_id in ("F1", None):
        async with database.begin() as session:
            await rounds.remember_picture(session, round_id, file_id=file_id)
        async with database.reading() as session:
            assert (await session.get_one(Round, round_id)).picture_file_id == file_id


async def test_newcomers_are_those_whom_the_round_before_did_not_ask(database: Database) -> None:
    async with database.begin() as session:
        team = await a_team(session)
        before = await a_closed_round(session, team, members=["U1", "U2", "U3"])
        after = await a_closed_round(session, team, members=["U2", "U3", "U4", "U5"])
    async with database.reading() as session:
        assert await rounds.newcomers(session, round_id=after.id, before=before.id) == 2
        assert await rounds.newcomers(session, round_id=before.id, before=before.id) == 0


async def test_who_took_part_in_either_of_two_rounds_is_counted_once(database: Database) -> None:
    async with database.begin() as session:
        team = await a_team(session)
        before = await a_closed_round(session, team, members=["U1", "U2", "U3"])
        after = await a_closed_round(session, team, members=["U2", "U3", "U4", "U5"])
        for each, there in ((before, {"U1", "U2"}), (after, {"U2", "U4"})):
            for member in await rounds.members(session, each.id):
                member.took_part = member.user_id in there
    async with database.reading() as session:
        assert await rounds.in_either(session, round_id=after.id, before=before.id) == 3
        assert await exports.in_either(session, workspace_id=team.workspace_id, team_ids=[team.id]) == {after.id: 3}


async def test_deleting_a_team_deletes_its_rounds_and_all_that_hangs_on_them(database: Database) -> None:
    round_id = await a_round_with(database)
    async with database.begin() as session:
        await session.delete(await session.get_one(Team, (await session.get_one(Round, round_id)).team_id))
    async with database.reading() as session:
        assert await rounds.get(session, round_id, workspace_id=HOME) is None
        assert await rounds.members(session, round_id) == []
        assert await rubrics.document(session, workspace_id=HOME, version=RUBRIC) == "{}"
