"""Action items: which are open, which are due, what a summary tells of, and what isn't suggested again."""

from datetime import date, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from storage import action_items
from storage.engine import Database
from storage.kinds import ActionState
from tests.storage.builders import HOME, MEMBERS, NOW, a_team, an_action_item

DAY = timedelta(days=1)


async def test_a_team_has_each_action_of_the_library_open_once(database: Database) -> None:
    async with database.begin() as session:
        team = await a_team(session)
        first = await an_action_item(session, team, action_key="A1.1")
        await an_action_item(session, team, action_key=None)
        await an_action_item(session, team, action_key=None)
        first.state = ActionState.DONE
        await session.flush()
        again = await an_action_item(session, team, action_key="A1.1")
        found = await action_items.adopted(session, workspace_id=HOME, team_id=team.id, action_key="A1.1")
        assert found is not None
        assert found.id == again.id
    with pytest.raises(IntegrityError):
        async with database.begin() as session:
            await an_action_item(session, team, action_key="A1.1")


async def test_open_items_come_in_order_of_their_due_dates_those_without_last(database: Database) -> None:
    async with database.begin() as session:
        team = await a_team(session)
        other = await a_team(session, channel_id="C0OTHER", name="Other")
        never = await an_action_item(session, team, action_key=None, due_on=None)
        later = await an_action_item(session, team, action_key=None, due_on=date(2026, 11, 1))
        soon = await an_action_item(session, other, action_key=None, due_on=date(2026, 10, 1))
        await an_action_item(session, team, action_key=None, state=ActionState.DROPPED)
        mine = await action_items.of_person(session, workspace_id=HOME, user_id=MEMBERS[0])
        assert [item.id for item in mine] == [soon.id, later.id, never.id]
        assert not await action_items.of_person(session, workspace_id=HOME, user_id=MEMBERS[1])
        of_team = await action_items.open_of(session, workspace_id=HOME, team_ids=[team.id])
        assert [item.id for item in of_team] == [later.id, never.id]


async def test_what_is_due_is_found_once_its_moment_has_come(database: Database) -> None:
    async with database.begin() as session:
        team = await a_team(session)
        late = await an_action_item(session, team, action_key=None, remind_at=NOW - DAY)
        now = await an_action_item(session, team, action_key=None, remind_at=NOW)
        await an_action_item(session, team, action_key=None, remind_at=NOW + DAY)
        await an_action_item(session, team, action_key=None, remind_at=None)
        assert await action_items.DUE.any(session, now=NOW - DAY)
        assert not await action_items.DUE.any(session, now=NOW - DAY - timedelta(seconds=1))
        held = [await action_items.DUE.hold(session, now=NOW, passed=ids) for ids in ([], [late.id], [late.id, now.id])]
        assert held == [late, now, None]


async def test_a_summary_tells_of_what_was_there_at_its_close_and_had_not_ended_by_the_last(database: Database) -> None:
    async with database.begin() as session:
        team = await a_team(session)
        ended = {"action_key": None, "state": ActionState.DONE}
        still_open = await an_action_item(session, team, created_at=NOW - DAY)
        await an_action_item(session, team, **ended, created_at=NOW - 9 * DAY, ended_at=NOW - 8 * DAY)
        since = await an_action_item(session, team, **ended, created_at=NOW - 9 * DAY, ended_at=NOW - DAY)
        await an_action_item(session, team, action_key="B1.1", created_at=NOW)
        found = await action_items.taken_on(
            session, workspace_id=HOME, team_id=team.id, before=NOW, since=NOW - 7 * DAY
        )
        assert [item.id for item in found] == [since.id, still_open.id]
        all_of_them = await action_items.taken_on(session, workspace_id=HOME, team_id=team.id, before=NOW, since=None)
        assert len(all_of_them) == 3


@pytest.mark.parametrize("state", ActionState)
async def test_what_a_team_had_adopted_by_then_is_known_whatever_became_of_it(
    database: Database, state: ActionState
) -> None:
    async with database.begin() as session:
        team = await a_team(session)
        await an_action_item(session, team, action_key="A1.1", state=state, created_at=NOW - DAY)
        await an_action_item(session, team, action_key="A1.2", state=state, created_at=NOW)
        await an_action_item(session, team, action_key=None, created_at=NOW - DAY)
        known = await action_items.known_keys(session, workspace_id=HOME, team_id=team.id, before=NOW)
        assert known == {"A1.1"}
