"""Rosters between two readings, managers, admins, and a channel that gets another id."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from storage import deliveries, people, rosters, rounds, teams, workspaces
from storage.deliveries import Owed
from storage.engine import Database
from storage.kinds import DeliveryKind, DeliveryState, MemberSource
from storage.models import RosterMember, Team
from storage.teams import PlannedSlot
from tests.storage.builders import ELSEWHERE, HOME, NOW, a_team, a_workspace, an_open_round, people_of

TODAY = date(2026, 9, 15)


async def _members(database: Database, *team_ids: int) -> list[list[str]]:
    async with database.reading() as session:
        return [sorted(await rosters.listed(session, team_id)) for team_id in team_ids]


async def test_people_join_and_leave_as_often_as_slack_says_so(database: Database) -> None:
    async with database.begin() as session:
        first, second = await a_team(session, channel_id="C1"), await a_team(session, channel_id="C2")
        session.add(RosterMember(team_id=first.id, user_id="U1"))
    both = [first.id, second.id]
    for _again in range(2):
        async with database.begin() as session:
            await rosters.join(session, team_ids=both, user_ids=["U1", "U2", "U2"])
    assert await _members(database, *both) == [["U1", "U2"], ["U1", "U2"]]
    async with database.begin() as session:
        assert await rosters.leave(session, team_ids=[first.id], user_ids=["U1", "U3"])
        assert not await rosters.leave(session, team_ids=[first.id], user_ids=["U1"])
        assert not await rosters.leave(session, team_ids=[], user_ids=["U2"])
        assert not await rosters.leave(session, team_ids=both, user_ids=[])
    assert await _members(database, *both) == [["U2"], ["U1", "U2"]]


async def test_the_teams_of_a_channel_or_a_group_are_those_whose_members_come_from_there(database: Database) -> None:
    async with database.begin() as session:
        channel = await a_team(session, channel_id="C1")
        group = await a_team(session, channel_id="C2", source=MemberSource.USERGROUP, usergroup_id="S1")
        await a_team(session, channel_id="C3", source=MemberSource.PEOPLE, usergroup_id="S1")
        await a_team(session, ELSEWHERE, channel_id="C1")

    async def made_of(source: MemberSource, source_id: str) -> list[int]:
        async with database.begin() as session:
            return list(await rosters.made_of(session, workspace_id=HOME, source=source, source_id=source_id))

    assert await made_of(MemberSource.CHANNEL, "C1") == [channel.id]
    assert await made_of(MemberSource.USERGROUP, "S1") == [group.id]
    assert await made_of(MemberSource.CHANNEL, "C2") == []


async def test_one_person_is_asked_if_the_roster_of_that_day_has_them(database: Database) -> None:
    async with database.begin() as session:
        team = await a_team(session)
        await people_of(session, team, ["U1", "U2", "U3"])
        await people.opt_out(session, workspace_id=HOME, user_id="U2", opted_out=True)
        await people.be_away(session, workspace_id=HOME, user_id="U3", until=TODAY)

    async def asked(on: date) -> list[str]:
        at = datetime.combine(on, time(12), UTC)
        async with database.reading() as session:
            found = await session.get_one(Team, team.id)
            listed = [person.user_id for person in await rosters.to_ask(session, found, at=lambda _person: at)]
            assert listed == [
                user_id
                for user_id in ("U0NOBODY", "U1", "U2", "U3")
                if await rosters.is_asked(session, found, user_id=user_id, at=at)
            ]
            return listed

    assert await asked(TODAY) == ["U1"]
    assert await asked(TODAY + timedelta(days=1)) == ["U1", "U3"]
    async with database.begin() as session:
        await people.opt_out(session, workspace_id=HOME, user_id="U2", opted_out=False)
        await people.be_away(session, workspace_id=HOME, user_id="U3", until=None)
    assert await asked(TODAY) == ["U1", "U2", "U3"]


@pytest.mark.parametrize("said", ["is_deactivated", "is_guest"])
async def test_a_manager_who_is_gone_is_no_active_one(database: Database, said: str) -> None:
    async with database.begin() as session:
        team, other = await a_team(session), await a_team(session, channel_id="C2")
        await people_of(session, team, ["U1"], **{said: True})
        await people_of(session, team, ["U2"])
        for user_id in ("U1", "U2", "U0UNKNOWN"):
            await teams.add_manager(session, team_id=team.id, user_id=user_id)
        await teams.add_manager(session, team_id=other.id, user_id="U1")
    async with database.reading() as session:
        assert await teams.active_managers(session, team.id) == ["U0UNKNOWN", "U2"]
        assert await teams.active_managers(session, other.id) == []
        assert await teams.managed_by(session, workspace_id=HOME, user_id="U1") == []
        written_down = await teams.managed_by(session, workspace_id=HOME, user_id="U1", still=False)
        assert {found.id for found in written_down} == {team.id, other.id}


async def test_a_manager_is_removed_once(database: Database) -> None:
    async with database.begin() as session:
        team = await a_team(session)
        await teams.add_manager(session, team_id=team.id, user_id="U1")
        assert await teams.remove_manager(session, team_id=team.id, user_id="U1")
        assert not await teams.remove_manager(session, team_id=team.id, user_id="U1")
        assert await teams.managers(session, team.id) == []


async def test_admins_are_those_of_slack_and_those_named_as_far_as_they_are_active(database: Database) -> None:
    async with database.begin() as session:
        team = await a_team(session)
        await people_of(session, team, ["U0SLACKS"], is_admin=True)
        await people_of(session, team, ["U0GONE"], is_admin=True, is_deactivated=True)
        await people_of(session, team, ["U0NAMED", "U0MEMBER"])
        assert await workspaces.add_admin(session, workspace_id=HOME, user_id="U0NAMED")
        assert not await workspaces.add_admin(session, workspace_id=HOME, user_id="U0NAMED")
        assert await workspaces.admins(session, workspace_id=HOME) == ["U0NAMED", "U0SLACKS"]
        assert await workspaces.named_admins(session, workspace_id=HOME) == ["U0NAMED"]
        await a_workspace(session, ELSEWHERE)
        assert not await workspaces.remove_admin(session, workspace_id=ELSEWHERE, user_id="U0NAMED")
        assert await workspaces.remove_admin(session, workspace_id=HOME, user_id="U0NAMED")
        assert not await workspaces.remove_admin(session, workspace_id=HOME, user_id="U0NAMED")
        assert await workspaces.admins(session, workspace_id=HOME) == ["U0SLACKS"]


async def test_everything_follows_a_channel_to_its_new_id_once(database: Database) -> None:
    async with database.begin() as session:
        team = await a_team(session, channel_id="C1")
        await a_team(session, channel_id="C9", name="Taken")
        theirs = await a_team(session, ELSEWHERE, channel_id="C1")
        asked = await an_open_round(session, team)
        owed = [Owed(key=key, kind=DeliveryKind.SUMMARY, due=NOW, channel_id="C1") for key in ("owed", "sent")]
        await deliveries.owe(session, workspace_id=HOME, messages=owed)
        sent = await deliveries.get(session, workspace_id=HOME, key="sent")
        assert sent is not None
        sent.state, sent.next_attempt_at = DeliveryState.SENT, None

    async def follow(old_id: str, new_id: str) -> bool:
        async with database.begin() as session:
            return await teams.follow_channel(session, workspace_id=HOME, old_id=old_id, new_id=new_id)

    assert await follow("C1", "C2")
    assert not await follow("C1", "C2")
    assert not await follow("C2", "C9")
    async with database.reading() as session:
        found = await teams.get(session, team.id, workspace_id=HOME)
        opened = await rounds.get(session, asked.id, workspace_id=HOME)
        waiting = await deliveries.get(session, workspace_id=HOME, key="owed")
        done = await deliveries.get(session, workspace_id=HOME, key="sent")
        assert found is not None
        assert opened is not None
        assert waiting is not None
        assert done is not None
        assert (found.channel_id, opened.channel_id, waiting.channel_id, done.channel_id) == ("C2", "C2", "C2", "C1")
        assert (await session.get_one(Team, theirs.id)).channel_id == "C1"


async def test_planned_slots_are_gone_through_in_batches_without_paused_teams(database: Database) -> None:
    async with database.begin() as session:
        planned = [
            await a_team(session, channel_id=f"C{number}", next_slot_date=TODAY, next_round_at=NOW)
            for number in range(3)
        ]
        await a_team(session, channel_id="C9")
    async with database.reading() as session:
        first = await teams.planned_slots(session, after=0, limit=2)
        second = await teams.planned_slots(session, after=first[-1].team_id, limit=2)
        assert await teams.planned_slots(session, after=second[-1].team_id, limit=2) == []
    by_id = sorted(team.id for team in planned)
    assert [slot.team_id for slot in (*first, *second)] == by_id
    assert first[0] == PlannedSlot(by_id[0], TODAY, time(10), "America/Chicago", NOW, None, None, "tuesday")


async def test_what_is_on_its_way_to_somebody_who_wants_peace_is_dropped_and_nothing_else(database: Database) -> None:
    kinds = (DeliveryKind.PROMPT, DeliveryKind.REMINDER, DeliveryKind.CLOSING)
    async with database.begin() as session:
        for workspace_id in (HOME, ELSEWHERE):
            await a_workspace(session, workspace_id)
            owed = [
                Owed(key=f"{kind}:{user_id}", kind=kind, due=NOW, user_id=user_id)
                for kind in kinds
                for user_id in ("U1", "U2")
            ]
            await deliveries.owe(session, workspace_id=workspace_id, messages=owed)
        maybe = await deliveries.get(session, workspace_id=HOME, key="reminder:U1")
        assert maybe is not None
        maybe.maybe_sent = True
    async with database.begin() as session:
        await deliveries.leave_alone(session, workspace_id=HOME, user_id="U1", now=NOW)

    async def state(workspace_id: str, key: str) -> DeliveryState:
        async with database.reading() as session:
            found = await deliveries.get(session, workspace_id=workspace_id, key=key)
            assert found is not None
            return found.state

    dropped = [
        (workspace_id, f"{kind}:{user_id}")
        for workspace_id in (HOME, ELSEWHERE)
        for kind in kinds
        for user_id in ("U1", "U2")
        if await state(workspace_id, f"{kind}:{user_id}") is DeliveryState.SKIPPED
    ]
    assert dropped == [(HOME, "prompt:U1")]


async def test_what_a_round_owes_until_its_close_is_owed_until_the_new_one(database: Database) -> None:
    async with database.begin() as session:
        asked = await an_open_round(session, await a_team(session))
        until_then = [
            Owed(key=key, kind=kind, due=NOW, round_id=asked.id, expires_at=expires_at)
            for key, kind, expires_at in [
                ("prompt", DeliveryKind.PROMPT, asked.closes_at),
                ("summary", DeliveryKind.SUMMARY, None),
            ]
        ]
        await deliveries.owe(session, workspace_id=HOME, messages=until_then)
    later = NOW + timedelta(days=9)
    async with database.begin() as session:
        await deliveries.extend(session, round_id=asked.id, expires_at=later, now=NOW)
    async with database.reading() as session:
        found = [await deliveries.get(session, workspace_id=HOME, key=key) for key in ("prompt", "summary")]
    assert [each.expires_at if each else NOW for each in found] == [later, None]
