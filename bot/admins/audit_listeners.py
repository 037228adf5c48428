"""`/maturity audit`: what managers and admins did, for admins."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot.access import roles
from bot.access.resolve_team import HASHES, Asked, NoSuchTeamError, named_or_here
from bot.access.roles import NotAllowedError
from bot.admins import audit_views
from bot.admins.audit_views import Line
from bot.inputs import typed
from bot.kit.errors import UserError
from bot.slack.blocks import Message
from bot.slack.services import Services
from storage import audit, people
from storage.models import AuditEntry, Team

SHOWN = 30
"""Entries in one answer."""


async def show_audit(asked: Asked, services: Services) -> Message:
    """The newest entries of the workspace; or of the team that is named, also one that was deleted."""
    async with services.database.reading() as session:
        await roles.require_admin(session, workspace_id=asked.workspace_id, user_id=asked.user_id)
        team, name = await _meant(session, asked)
        team_id = None if team is None else team.id
        names: list[str] = []
        if name is not None:
            names = typed.called(name, await audit.team_names(session, workspace_id=asked.workspace_id), by=str)
        about = None if name is None else audit.About(team_id, names)
        found = await audit.latest(session, workspace_id=asked.workspace_id, limit=SHOWN, about=about)
        reader = await people.get(session, workspace_id=asked.workspace_id, user_id=asked.user_id)
        total = await audit.count(session, workspace_id=asked.workspace_id, about=about)
    if name is not None and team is None and not found:
        raise UserError(audit_views.nothing_about(name))
    return audit_views.audit(
        [_line(entry) for entry in found], total=total, time_zone=people.zone_of(reader), about=name
    )


async def _meant(session: AsyncSession, asked: Asked) -> tuple[Team | None, str | None]:
    """The team that was named and its name; a name alone where no team bears it, nothing where none was named.

    Found as for every command; where none is, the name or the channel may be that of a team that is gone.
    """
    if not asked.rest:
        return None, None
    channel = typed.CHANNEL.search(asked.rest)
    try:
        team = await named_or_here(session, asked)
    except NoSuchTeamError as error:
        if error.may_be_channel and asked.channel_names is None:
            raise  # Slack is asked first what the channels are called
        return None, asked.rest.lstrip(HASHES)
    except NotAllowedError:
        if channel is None:
            raise
        return None, channel["name"] or f"#{channel['id']}"
    return team, None if team is None else team.name


def _line(entry: AuditEntry) -> Line:
    details = audit.Details.of(entry)
    return Line(at=entry.at, user_id=entry.user_id, what=entry.what, team=entry.team_name, details=details)
