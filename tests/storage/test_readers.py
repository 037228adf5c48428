"""Who may read all of a named round."""

from storage import rosters, teams
from storage.engine import Database
from storage.kinds import Privacy
from storage.readers import whole_to
from tests.storage.builders import ELSEWHERE, HOME, MEMBERS, NOW, a_closed_round, a_team, a_workspace, people_of

MANAGER, LATER, ADMIN = "U0MANAGER", "U0LATER", "U0ADMIN"


async def test_those_who_were_asked_and_managers_now_read_all_of_a_named_round_and_nobody_else(
    database: Database,
) -> None:
    first, *_others, last = MEMBERS
    async with database.begin() as session:
        team = await a_team(session, privacy=Privacy.NAMED)
        named = await a_closed_round(session, team, members=MEMBERS)
        second = await a_closed_round(session, team, members=[*MEMBERS[1:], LATER])
        other = await a_team(session, channel_id="C0OTHER")
        confidential = await a_closed_round(session, other, members=MEMBERS)
        await people_of(session, other, [*MEMBERS, MANAGER, LATER])
        await people_of(session, other, [ADMIN], is_admin=True)
        await people_of(session, other, [last], is_external=True)
        await rosters.replace(session, team, user_ids=[*MEMBERS, LATER], now=NOW)
        for user_id in (MANAGER, "U0UNKNOWN"):
            await teams.add_manager(session, team_id=team.id, user_id=user_id)
        await a_workspace(session, ELSEWHERE)
    every = [named.id, second.id, confidential.id]
    async with database.reading() as session:

        async def whole(user_id: str, workspace_id: str = HOME) -> frozenset[int]:
            return await whole_to(session, workspace_id=workspace_id, user_id=user_id, round_ids=every)

        assert await whole(first) == {named.id}
        assert await whole(LATER) == {second.id}
        assert await whole(MANAGER) == {named.id, second.id}
        for user_id in (ADMIN, last, "U0UNKNOWN", "U0NOBODY"):
            assert await whole(user_id) == frozenset(), user_id
        assert await whole(MANAGER, ELSEWHERE) == frozenset()
        alone = await whole_to(session, workspace_id=HOME, user_id=MANAGER, round_ids=[second.id])
        assert alone == {second.id}
        assert await whole_to(session, workspace_id=HOME, user_id=MANAGER, round_ids=[]) == frozenset()
