"""People, rosters, admins, workspaces and rubric versions: what Slack says, and what stays ours."""

import asyncio
import itertools
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import NoResultFound

from storage import people, rosters, rubrics, team_roles, workspaces
from storage.engine import Database
from storage.models import Admin, Person, Team
from storage.models.workspaces import SLACKBOT
from tests.storage.builders import ELSEWHERE, HOME, NOW, a_team, a_workspace, on_postgresql, people_of

TODAY = date(2026, 9, 15)


async def _asked(database: Database, team_id: int, on: date = TODAY) -> list[str]:
    at = datetime.combine(on, time(12), UTC)
    async with database.reading() as session:
        team = await session.get_one(Team, team_id)
        return [person.user_id for person in await rosters.to_ask(session, team, at=lambda _person: at)]


async def test_what_slack_says_of_people_is_brought_up_to_date_and_what_they_asked_of_us_stays(
    database: Database,
) -> None:
    async with database.begin() as session:
        await people_of(session, await a_team(session), ["U1"])
        person = await people.get(session, workspace_id=HOME, user_id="U1")
        assert person is not None
        person.away_until, person.opted_out, person.dm_channel = TODAY, True, "D1"
    later = NOW + timedelta(days=1)
    moved = people.Profile("U1", "New Name", "Europe/Berlin", False, True, False, True)
    async with database.begin() as session:
        await people.keep(session, workspace_id=HOME, profiles=[moved], now=later)
    async with database.reading() as session:
        person = await people.get(session, workspace_id=HOME, user_id="U1")
    assert person is not None
    assert (person.name, person.time_zone, person.read_at) == ("New Name", "Europe/Berlin", later)
    assert (person.is_guest, person.is_admin) == (True, True)
    assert (person.away_until, person.opted_out, person.dm_channel) == (TODAY, True, "D1")


@pytest.mark.waits
@on_postgresql  # SQLite has one writer
async def test_someone_new_may_be_met_by_several_at_once(database: Database) -> None:
    """As where the rosters of teams are read that have somebody in common: none of the readings fails."""
    async with database.begin() as session:
        await a_workspace(session)
    said = [people.Profile(f"U{number}", "Newcomer", "UTC", False, False, False, False) for number in range(3)]
    all_there = asyncio.Barrier(4)

    async def meet(number: int) -> None:
        async with database.begin() as session:
            await people.get(session, workspace_id=HOME, user_id="U0")
            await all_there.wait()
            await people.keep(session, workspace_id=HOME, profiles=said[:: (-1) ** number], now=NOW)

    await asyncio.gather(*(meet(number) for number in range(4)))
    async with database.reading() as session:
        assert len(await people.among(session, workspace_id=HOME, user_ids=["U0", "U1", "U2"])) == 3


async def test_of_many_people_those_we_know_are_found(database: Database) -> None:
    async with database.begin() as session:
        await people_of(session, await a_team(session), ["U1", "U2"])
    async with database.reading() as session:
        known = await people.among(session, workspace_id=HOME, user_ids=["U2", "U9"])
        assert await people.among(session, workspace_id=HOME, user_ids=[]) == {}
    assert {user_id: person.name for user_id, person in known.items()} == {"U2": "Person U2"}


async def test_what_people_ask_of_us_is_kept_for_them_in_their_own_workspace_alone(database: Database) -> None:
    async with database.begin() as session:
        for workspace_id in (HOME, ELSEWHERE):
            await people_of(session, await a_team(session, workspace_id), ["U1", "U2"])
        await people.opt_out(session, workspace_id=HOME, user_id="U1", opted_out=True)
        await people.be_away(session, workspace_id=HOME, user_id="U1", until=TODAY)
        await people.remember_dm(session, workspace_id=HOME, user_id="U1", channel_id="D1")
    async with database.reading() as session:
        known = [
            (workspace_id, person.user_id, person.opted_out, person.away_until, person.dm_channel)
            for workspace_id in (HOME, ELSEWHERE)
            for person in (await people.among(session, workspace_id=workspace_id, user_ids=["U1", "U2"])).values()
        ]
    assert sorted(known) == [
        (ELSEWHERE, "U1", False, None, None),
        (ELSEWHERE, "U2", False, None, None),
        (HOME, "U1", True, TODAY, "D1"),
        (HOME, "U2", False, None, None),
    ]


async def test_a_roster_is_replaced_by_what_slack_reported_last(database: Database) -> None:
    async with database.begin() as session:
        team = await a_team(session)
        await rosters.replace(session, team, user_ids=["U1", "U2", "U2"], now=NOW - timedelta(days=1))
    async with database.begin() as session:
        await rosters.replace(session, await session.get_one(Team, team.id), user_ids=["U2", "U3"], now=NOW)
    async with database.reading() as session:
        assert sorted(await rosters.listed(session, team.id)) == ["U2", "U3"]
        assert (await session.get_one(Team, team.id)).roster_read_at == NOW


@pytest.mark.parametrize(
    "said",
    [{"is_bot": True}, {"is_guest": True}, {"is_deactivated": True}, {"is_external": True}, {"is_external": None}],
)
async def test_whoever_is_no_full_member_for_certain_is_neither_asked_nor_a_member(
    database: Database, said: dict[str, bool | None]
) -> None:
    async with database.begin() as session:
        team = await a_team(session)
        await people_of(session, team, ["U1"], **said)
        await people_of(session, team, ["U2", SLACKBOT])
        await rosters.replace(session, team, user_ids=["U1", "U2", SLACKBOT, "U0UNKNOWN"], now=NOW)
    assert await _asked(database, team.id) == ["U2"]
    async with database.reading() as session:
        listed = ["U1", "U2", SLACKBOT, "U0UNKNOWN"]
        found = {user_id: await team_roles.of(session, team, user_id=user_id) for user_id in listed}
        assert [user_id for user_id, theirs in found.items() if theirs.is_member] == ["U2"]
        # Whom a round asked before is reminded, until Slack says that they are none.
        person = await session.get_one(Person, (HOME, "U1"))
        assert await rosters.is_asked(session, team, user_id="U1", at=NOW) is (person.is_full_member is None)


@pytest.mark.parametrize("is_external", [True, False, None])
async def test_the_database_calls_a_full_member_whom_the_rule_calls_one(
    database: Database, *, is_external: bool | None
) -> None:
    async with database.begin() as session:
        await a_workspace(session)
        profiles = [
            people.Profile(f"U{number}", "", None, is_bot, is_guest, is_gone, True, is_external)
            for number, (is_bot, is_guest, is_gone) in enumerate(itertools.product([True, False], repeat=3))
        ]
        profiles.append(people.Profile(SLACKBOT, "", None, False, False, False, False, is_external))
        await people.keep(session, workspace_id=HOME, profiles=profiles, now=NOW)
    async with database.reading() as session:
        full = set((await session.execute(select(Person.user_id).where(people.FULL_MEMBER))).scalars())
        none = set((await session.execute(select(Person.user_id).where(people.NO_MEMBER))).scalars())
        everyone = list((await session.execute(select(Person))).scalars())
    assert len(everyone) == 9
    assert full == {person.user_id for person in everyone if person.is_full_member}
    assert none == {person.user_id for person in everyone if person.is_full_member is False}
    assert len(full) == (is_external is False)


@pytest.mark.parametrize(("until", "asked"), [(14, True), (15, False), (16, False), (None, True)])
async def test_somebody_away_is_asked_again_on_the_day_after(
    database: Database, until: int | None, *, asked: bool
) -> None:
    async with database.begin() as session:
        team = await a_team(session)
        await people_of(session, team, ["U1"])
        person = await people.get(session, workspace_id=HOME, user_id="U1")
        assert person is not None
        person.away_until = None if until is None else TODAY.replace(day=until)
    assert (await _asked(database, team.id) == ["U1"]) is asked


async def test_a_person_known_in_two_workspaces_is_asked_as_their_own_workspace_knows_them(database: Database) -> None:
    async with database.begin() as session:
        home, elsewhere = await a_team(session, HOME), await a_team(session, ELSEWHERE)
        await people_of(session, home, ["U1"])
        await people_of(session, elsewhere, ["U1"], is_guest=True)
    assert await _asked(database, home.id) == ["U1"]
    assert await _asked(database, elsewhere.id) == []


async def test_a_workspace_is_kept_as_slack_describes_it_now_and_keeps_what_is_ours(database: Database) -> None:
    async with database.begin() as session:
        (await a_workspace(session)).minimum = 6
    async with database.begin() as session:
        await workspaces.keep(
            session,
            workspace_id=HOME,
            name="Renamed",
            url="https://renamed.slack.com/",
            bot_user_id="U2",
            bot_id="B2",
            now=NOW + timedelta(days=1),
        )
    async with database.reading() as session:
        kept = await workspaces.get(session, HOME)
        assert await workspaces.get(session, ELSEWHERE) is None
    assert kept is not None
    assert (kept.name, kept.url, kept.bot_user_id, kept.bot_id) == (
        "Renamed",
        "https://renamed.slack.com/",
        "U2",
        "B2",
    )
    assert (kept.minimum, kept.installed_at) == (6, NOW)


async def test_a_workspace_whose_token_is_refused_is_passed_over_until_it_is_installed_again(
    database: Database,
) -> None:
    async def active() -> list[str]:
        async with database.reading() as session:
            return sorted(workspace.id for workspace in await workspaces.active(session))

    async with database.begin() as session:
        await a_workspace(session, HOME)
        await a_workspace(session, ELSEWHERE)
        await workspaces.revoke(session, HOME, now=NOW)
        await workspaces.revoke(session, HOME, now=NOW + timedelta(days=1))
    assert await active() == [ELSEWHERE]
    async with database.reading() as session:
        refused = await workspaces.get(session, HOME)
        assert refused is not None
        assert refused.revoked_at == NOW  # since when, not when it was last noticed
    async with database.begin() as session:
        await a_workspace(session, HOME)
    assert await active() == [ELSEWHERE, HOME]


async def test_slacks_admins_and_those_named_here_are_admins_of_their_own_workspace_alone(database: Database) -> None:
    async with database.begin() as session:
        await people_of(session, await a_team(session, HOME), ["U0SLACKS"], is_admin=True)
        await people_of(session, await a_team(session, HOME, channel_id="C2"), ["U0NAMED"])
        await people_of(session, await a_team(session, ELSEWHERE), ["U0SLACKS", "U0NAMED"])
        session.add(Admin(workspace_id=HOME, user_id="U0NAMED"))
    async with database.reading() as session:
        admins = {
            (workspace_id, user_id)
            for workspace_id in (HOME, ELSEWHERE)
            for user_id in ("U0SLACKS", "U0NAMED", "U0OTHER")
            if await workspaces.is_admin(session, workspace_id=workspace_id, user_id=user_id)
        }
    assert admins == {(HOME, "U0SLACKS"), (HOME, "U0NAMED")}


async def test_a_rubric_version_is_kept_whole_and_never_changed(database: Database) -> None:
    async with database.begin() as session:
        await a_workspace(session)
        await rubrics.keep(session, workspace_id=HOME, version="v2", document='{"questions": "ä"}')
        await rubrics.keep(session, workspace_id=HOME, version="v2", document="{}")
    async with database.reading() as session:
        assert await rubrics.document(session, workspace_id=HOME, version="v2") == '{"questions": "ä"}'
        with pytest.raises(NoResultFound):
            await rubrics.document(session, workspace_id=HOME, version="v3")
