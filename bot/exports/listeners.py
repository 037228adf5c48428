"""`/maturity export`: which teams, in which format; the file follows as a direct message."""

import re
from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from bot.access import resolve_team, roles
from bot.access.resolve_team import Asked
from bot.access.roles import Power
from bot.exports.formats import Format
from bot.exports.messages import Export, teams_to_export
from bot.kit.errors import UserError
from bot.kit.i18n import _, ngettext
from bot.notices import file_message
from bot.slack import sentences
from bot.slack.blocks import Message, escape
from bot.slack.services import Services
from storage import audit, exports, teams
from storage.kinds import Deed
from storage.models import Team

FORMATS = re.compile("|".join(form.value for form in Format))


async def export(asked: Asked, services: Services) -> Message:
    """Owe an export of the team that is meant, or of all that one manages."""
    async with services.database.begin() as session:
        typed_format, asked = await resolve_team.apart(session, asked, FORMATS)
        form = Format.CSV if typed_format is None else Format(typed_format[0])
        team, chosen = await _meant(session, asked)
        if not await exports.anything(session, workspace_id=asked.workspace_id, team_ids=[each.id for each in chosen]):
            raise UserError(_("There is nothing to export yet: no round has been closed."))
        now = services.clock()
        wanted = Export(
            workspace_id=asked.workspace_id,
            key=Export.key_of(asked.user_id, request=asked.trigger_id),
            user_id=asked.user_id,
            team_id=team.id if team else None,
            form=form,
        )
        new = await file_message.owe(session, wanted, now=now)
        details = audit.Details(format=form.value)
        if new and team is not None:
            await audit.of_team(session, Deed.EXPORT, team, by=asked.user_id, now=now, details=details)
        elif new:
            await audit.of_workspace(
                session, Deed.EXPORT, asked.workspace_id, by=asked.user_id, now=now, details=details
            )
    if team is not None:
        said = _("The export of *{team}* is on its way to you as a direct message.").format(team=escape(team.name))
    else:
        said = ngettext(
            "The export of {n} team is on its way to you as a direct message.",
            "The export of {n} teams is on its way to you as a direct message.",
            len(chosen),
        ).format(n=len(chosen))
    return sentences.plain_message(said)


async def _meant(session: AsyncSession, asked: Asked) -> tuple[Team | None, Sequence[Team]]:
    """The team that was named, or the channel's; else (None) all that this person may export."""
    here = await teams.of_channel(session, workspace_id=asked.workspace_id, channel_id=asked.channel_id)
    if asked.rest or here is not None:
        formats = _("The formats are `csv`, `json` and `xlsx`: `/maturity export xlsx`.")
        team = await resolve_team.team_asked(session, asked, to=Power.EXPORT, otherwise=formats)
        return team, [team]
    chosen = await teams_to_export(session, workspace_id=asked.workspace_id, user_id=asked.user_id)
    if not chosen:
        raise roles.NotAllowedError(_("Only a team's managers and workspace admins may export, and you manage none."))
    return (chosen[0], chosen) if len(chosen) == 1 else (None, chosen)
