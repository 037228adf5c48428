"""Teams' names, unique in a workspace as people read them; stored doubles stay until somebody renames one."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from bot.access import roles
from bot.inputs import typed
from bot.kit.i18n import _
from storage import teams
from storage.models import Team
from storage.teams import LONGEST_NAME


@dataclass(frozen=True, slots=True)
class Taken:
    """A name that another team has."""

    name: str
    by: Team
    names: tuple[str, ...]
    """All names of the workspace."""

    def free(self, *, beside: str = "") -> str:
        """One like it that no team has."""
        return typed.free_name(self.name, self.names, longest=LONGEST_NAME, beside=beside)

    async def seen_in(self, session: AsyncSession, *, user_id: str) -> str | None:
        """The channel of the team that has it, where this person may know of that team."""
        standing = await roles.standing(session, self.by, user_id=user_id)
        return self.by.channel_id if standing.roles else None

    def sentence(self, *, seen_in: str | None, beside: str = "") -> str:
        """What is said of it; `seen_in` is what the channel of that team is called, or its mention."""
        free = self.free(beside=beside)
        if seen_in is not None:
            return _("The team of {channel} has this name. Try “{name}”.").format(channel=seen_in, name=free)
        return _("This name is taken. Try “{name}”.").format(name=free)


async def taken(session: AsyncSession, name: str, *, workspace_id: str, team_id: int | None) -> Taken | None:
    """The other team that has this name; None for one that is free, and for the name that a team has had so far.

    It stays free only for who holds the workspace's channels.
    """
    known = await teams.all_of(session, workspace_id=workspace_id)
    own = next((team for team in known if team.id == team_id), None)
    if own is not None and typed.key(own.name) == typed.key(name):
        return None
    others = [team for team in typed.called(name, known, by=lambda team: team.name) if team.id != team_id]
    return Taken(name, others[0], tuple(team.name for team in known)) if others else None


async def free(session: AsyncSession, name: str, *, workspace_id: str) -> str:
    """The name, or one like it that no team has."""
    known = await teams.all_of(session, workspace_id=workspace_id)
    return typed.free_name(name, [team.name for team in known], longest=LONGEST_NAME)
