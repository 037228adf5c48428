"""What somebody is to a team, found in one query."""

from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage import rosters
from storage.models import Admin, Manager, Person, Team


@dataclass(frozen=True, slots=True)
class TeamRoles:
    """What somebody is to a team. Whoever isn't known to be a full member is nothing else."""

    is_full_member: bool | None = None
    """None: Slack hasn't said."""
    is_member: bool = False
    """On the team's roster."""
    is_manager: bool = False
    is_admin: bool = False
    """As `workspaces.is_admin`."""


async def of(session: AsyncSession, team: Team, *, user_id: str) -> TeamRoles:
    """What this person is to this team now."""
    found = await session.execute(
        select(
            Person,
            rosters.is_member(team, user_id=user_id),
            exists().where(Manager.team_id == team.id, Manager.user_id == user_id),
            exists().where(Admin.workspace_id == team.workspace_id, Admin.user_id == user_id),
        ).where(Person.workspace_id == team.workspace_id, Person.user_id == user_id)
    )
    row = found.one_or_none()
    if row is None:
        return TeamRoles()
    person, is_member, is_manager, is_named_admin = row
    if not person.is_full_member:
        return TeamRoles(person.is_full_member)
    return TeamRoles(
        is_full_member=True, is_member=is_member, is_manager=is_manager, is_admin=person.is_admin or is_named_admin
    )
