"""Several teams and rounds read at once say what each of them says by itself."""

from datetime import timedelta

from storage import answers, rounds, teams
from storage.engine import Database
from storage.kinds import RoundState
from tests.storage.builders import (
    DIMENSIONS,
    ELSEWHERE,
    HOME,
    MEMBERS,
    NOW,
    a_closed_round,
    a_team,
    a_workspace,
    an_open_round,
    close,
    people_of,
    tap,
)

ME, OTHER = MEMBERS[0], MEMBERS[1]


async def test_the_open_and_the_last_closed_round_of_each_team(database: Database) -> None:
    async with database.begin() as session:
        first = await a_team(session)
        second = await a_team(session, channel_id="C0SECOND", name="Second")
        never = await a_team(session, channel_id="C0THIRD", name="Third")
        await a_closed_round(session, first)
        newest = await a_closed_round(session, first)
        cancelled = await an_open_round(session, first)
        cancelled.state = RoundState.CANCELLED
        await session.flush()
        still_open = await an_open_round(session, first)
        other = await a_closed_round(session, second)
    async with database.reading() as session:
        both = [first.id, second.id, never.id]
        found = await rounds.last_closed_among(session, team_ids=both)
        assert {team_id: each.id for team_id, each in found.items()} == {first.id: newest.id, second.id: other.id}
        found = await rounds.open_among(session, team_ids=both)
        assert {team_id: each.id for team_id, each in found.items()} == {first.id: still_open.id}
        assert await rounds.open_among(session, team_ids=[second.id]) == {}
        assert await rounds.last_closed_among(session, team_ids=[]) == {}


async def test_how_many_have_answered_and_how_many_answers_are_ones_own(database: Database) -> None:
    async with database.begin() as session:
        first = await an_open_round(session, await a_team(session))
        second = await an_open_round(session, await a_team(session, channel_id="C0SECOND"), members=MEMBERS[:3])
        for user_id, dimensions in ((ME, "ABC"), (OTHER, "A")):
            for dimension in dimensions:
                await tap(session, first.id, user_id, dimension=dimension)
    async with database.reading() as session:
        both = [first.id, second.id]
        answered, asked = (
            await answers.progress_among(session, round_ids=both),
            await rounds.attendances(session, round_ids=both),
        )
        assert answered == {first.id: 2}
        for each in both:
            assert await answers.progress(session, round_id=each) == (answered.get(each, 0), asked[each][1])
        mine = await answers.own_numbers(session, round_ids=both, user_id=ME, dimensions=DIMENSIONS)
        assert mine == {first.id: 3}
        assert await answers.own_numbers(session, round_ids=both, user_id=OTHER, dimensions=["B", "C"]) == {}


async def test_who_took_part_in_each_closed_round(database: Database) -> None:
    async with database.begin() as session:
        first = await an_open_round(session, await a_team(session))
        second = await an_open_round(session, await a_team(session, channel_id="C0SECOND"))
        for user_id in MEMBERS[:4]:
            await tap(session, first.id, user_id)
    async with database.begin() as session:
        await close(session, first.id)
        await close(session, second.id)
    async with database.reading() as session:
        found = await rounds.attendances(session, round_ids=[first.id, second.id])
        assert found == {first.id: (4, 5), second.id: (0, 5)}
        assert found[first.id] == await rounds.attendance(session, first.id)


async def test_ones_own_check_ins_come_with_their_team_and_message(database: Database) -> None:
    async with database.begin() as session:
        later = await an_open_round(session, await a_team(session), closes_at=NOW + timedelta(days=2))
        sooner = await an_open_round(
            session, await a_team(session, channel_id="C0SECOND", name="Second"), closes_at=NOW + timedelta(days=1)
        )
        await an_open_round(session, await a_team(session, channel_id="C0THIRD"), members=MEMBERS[1:])
        over = await a_team(session, channel_id="C0FOURTH")
        await an_open_round(session, over, closes_at=NOW)
        to_come = await a_team(session, channel_id="C0FIFTH")
        await an_open_round(session, to_come, opened_at=NOW + timedelta(hours=1))
        await a_closed_round(session, await a_team(session, channel_id="C0SIXTH"))
        await a_workspace(session, ELSEWHERE)
    async with database.reading() as session:
        found = await rounds.check_ins_of(session, workspace_id=HOME, user_id=ME, now=NOW)
        assert [(each.id, member.user_id, team.name) for each, member, team in found] == [
            (sooner.id, ME, "Second"),
            (later.id, ME, "Mobility"),
        ]


async def test_teams_are_those_of_the_roster_by_name(database: Database) -> None:
    async with database.begin() as session:
        for name in ("zoning", "Bridges", "parks"):
            await people_of(session, await a_team(session, channel_id=f"C0{name.upper()}", name=name), [ME, OTHER])
        apart = await a_team(session, channel_id="C0APART", name="Apart")
        await people_of(session, apart, [OTHER])
        await teams.add_manager(session, team_id=apart.id, user_id=ME)
    async with database.reading() as session:
        found = await teams.joined_by(session, workspace_id=HOME, user_id=ME)
        assert [team.name for team in found] == ["Bridges", "parks", "zoning"]
        assert await teams.number_of(session, workspace_id=HOME) == 4
