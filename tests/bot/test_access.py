"""The table of who may do what, and the sentence for everyone else."""

import pytest

from bot.access.roles import (
    MAY,
    NoFullMemberError,
    NotAllowedError,
    NotKnownError,
    Power,
    Role,
    Standing,
    is_known,
    require,
    require_admin,
    standing,
)
from storage import overview, teams, workspaces
from storage.engine import Database
from storage.models import Admin, Team
from storage.overview import Scope
from tests.storage.builders import ELSEWHERE, HOME, NOW, a_team, a_workspace, on_sqlite, people_of
from tests.storage.statements import counted

MEMBER, MANAGER, ADMIN, OTHER_ADMIN, STRANGER = "U0MEMBER", "U0MANAGER", "U0ADMIN", "U0NAMED", "U0STRANGER"
ROLES = {
    MEMBER: {Role.MEMBER},
    MANAGER: {Role.MANAGER},
    ADMIN: {Role.ADMIN},
    OTHER_ADMIN: {Role.ADMIN},
    STRANGER: set(),
}
LOOKED_AT = {Power.ACTIONS, Power.SUMMARY, Power.TREND}
"""What members may as well; everything else is for managers and admins."""


@pytest.fixture
async def team(database: Database) -> Team:
    """A team with one of each, and a name to escape."""
    async with database.begin() as session:
        made = await a_team(session, name="Roads & <Bridges>")
        other = await a_team(session, channel_id="C0OTHER")
        await people_of(session, other, [ADMIN], is_admin=True)
        await people_of(session, other, [MANAGER, OTHER_ADMIN, STRANGER])
        await people_of(session, made, [MEMBER])
        await teams.add_manager(session, team_id=made.id, user_id=MANAGER)
        session.add(Admin(workspace_id=HOME, user_id=OTHER_ADMIN))
    return made


@pytest.mark.parametrize("user_id", ROLES)
async def test_a_person_is_what_roster_managers_and_slack_say(database: Database, team: Team, user_id: str) -> None:
    async with database.reading() as session:
        with counted(database) as asked:
            found = await standing(session, team, user_id=user_id)
    assert len(asked.statements) == 1
    assert found == Standing(frozenset(ROLES[user_id]))


async def test_a_person_can_be_several(database: Database, team: Team) -> None:
    async with database.begin() as session:
        await teams.add_manager(session, team_id=team.id, user_id=MEMBER)
    async with database.reading() as session:
        assert (await standing(session, team, user_id=MEMBER)).roles == {Role.MEMBER, Role.MANAGER}


def test_every_power_is_in_the_table() -> None:
    assert MAY.keys() == set(Power)


@on_sqlite  # who is what, above, is asked on both
@pytest.mark.parametrize("to", Power)
@pytest.mark.parametrize("user_id", ROLES)
async def test_each_thing_is_for_those_who_may(database: Database, team: Team, user_id: str, to: Power) -> None:
    may = user_id in {MANAGER, ADMIN, OTHER_ADMIN} or (user_id == MEMBER and to in LOOKED_AT)
    async with database.reading() as session:
        if may:
            assert (await require(session, team, user_id=user_id, to=to)).roles == ROLES[user_id]
        else:
            with pytest.raises(NotAllowedError):
                await require(session, team, user_id=user_id, to=to)


@on_sqlite  # words are the same beside any database
@pytest.mark.parametrize(
    ("to", "who"),
    [
        (Power.SUMMARY, "its members, its managers and workspace admins"),
        (Power.CLOSE, "its managers and workspace admins"),
    ],
)
async def test_everyone_else_is_told_who_may_and_who_they_are(
    database: Database, team: Team, to: Power, who: str
) -> None:
    async with database.reading() as session:
        with pytest.raises(NotAllowedError) as refused:
            await require(session, team, user_id=STRANGER, to=to, seen=team.channel_id)
    assert refused.value.sentence == (
        f"Only {who} may do that for *Roads &amp; &lt;Bridges&gt;*. Its managers: <@{MANAGER}>."
    )


async def test_who_may_be_anywhere_reads_nothing_about_a_team(database: Database, team: Team) -> None:
    async with database.reading() as session:
        for seen in (None, "C0ELSEWHERE"):
            with pytest.raises(NotAllowedError) as refused:
                await require(session, team, user_id=STRANGER, to=Power.CLOSE, seen=seen)
            assert refused.value.sentence == (
                "Only a team's own people may do that: its managers and workspace admins."
            )


async def test_a_team_without_managers_names_none(database: Database) -> None:
    async with database.begin() as session:
        alone = await a_team(session, name="Alone")
        await people_of(session, await a_team(session, channel_id="C0OTHER"), [STRANGER])
        with pytest.raises(NotAllowedError) as refused:
            await require(session, alone, user_id=STRANGER, to=Power.CLOSE, seen=alone.channel_id)
    assert refused.value.sentence == "Only its managers and workspace admins may do that for *Alone*."


@pytest.mark.parametrize("became", ["is_guest", "is_bot", "is_deactivated", "is_external"])
async def test_whoever_is_no_full_member_any_more_has_no_power(database: Database, team: Team, became: str) -> None:
    async with database.begin() as session:
        elsewhere = await a_team(session, channel_id="C0ELSEWHERE")
        await people_of(session, elsewhere, [MANAGER, OTHER_ADMIN], **{became: True})
        await people_of(session, elsewhere, [ADMIN], is_admin=True, **{became: True})
    async with database.reading() as session:
        for user_id in (MANAGER, ADMIN, OTHER_ADMIN):
            assert await standing(session, team, user_id=user_id) == Standing(frozenset(), is_full_member=False)
            with pytest.raises(NoFullMemberError, match="not for guests or people of other organisations"):
                await require_admin(session, workspace_id=HOME, user_id=user_id)
            with pytest.raises(NoFullMemberError):
                await require(session, team, user_id=user_id, to=Power.SUMMARY, seen=team.channel_id)
        assert not await workspaces.admins(session, workspace_id=HOME)
        assert not await teams.managed_by(session, workspace_id=HOME, user_id=MANAGER)
        assert not await overview.teams_of(session, Scope(HOME, MANAGER))


async def test_whom_slack_has_not_told_of_has_no_power_yet_and_reads_nothing(database: Database, team: Team) -> None:
    async with database.begin() as session:
        other = await a_team(session, channel_id="C0ELSEWHERE")
        await people_of(session, other, [MANAGER, ADMIN], is_admin=True, is_external=None)
    async with database.reading() as session:
        for user_id in (MANAGER, ADMIN, "U0NEVER"):
            found = await standing(session, team, user_id=user_id)
            assert (found.roles, found.is_full_member) == (frozenset(), None)
            with pytest.raises(NoFullMemberError) as refused:
                await require(session, team, user_id=user_id, to=Power.SUMMARY, seen=team.channel_id)
            assert refused.value.sentence == "Slack hasn't said yet who you are. Try again in a minute."
            assert not await is_known(session, workspace_id=HOME, user_id=user_id, now=NOW)
            assert await teams.active_managers(session, team.id) == [MANAGER], (
                "nobody is taken off for what isn't known"
            )
        assert await workspaces.admins(session, workspace_id=HOME) == [ADMIN, MANAGER, OTHER_ADMIN]
        assert not await teams.managed_by(session, workspace_id=HOME, user_id=MANAGER)


async def test_an_admin_of_another_workspace_is_nobody_here(database: Database, team: Team) -> None:
    async with database.begin() as session:
        await a_workspace(session, ELSEWHERE)
        session.add(Admin(workspace_id=ELSEWHERE, user_id=STRANGER))
    async with database.reading() as session:
        assert (await standing(session, team, user_id=STRANGER)).roles == frozenset()


async def test_what_is_for_admins_is_for_those_of_slack_and_those_named(database: Database, team: Team) -> None:
    async with database.reading() as session:
        for user_id in (ADMIN, OTHER_ADMIN):
            await require_admin(session, workspace_id=team.workspace_id, user_id=user_id)
        for user_id in (MEMBER, MANAGER, STRANGER):
            with pytest.raises(NotAllowedError, match="Only admins may do that"):
                await require_admin(session, workspace_id=team.workspace_id, user_id=user_id)


def test_somebody_whom_slack_does_not_know_is_named() -> None:
    assert NotKnownError("U0GHOST").sentence == "Slack doesn't know <@U0GHOST>."
