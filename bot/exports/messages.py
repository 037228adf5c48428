"""An export that somebody asked for in Slack, drawn when it is sent, for as long as its reader may have it."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.access import roles
from bot.access.roles import Power
from bot.delivery.files import FileDraft, file_name
from bot.delivery.message import Context
from bot.exports.formats import SUFFIX, Format, written
from bot.exports.gathering import gather
from bot.kit.i18n import _, ngettext
from bot.notices.file_message import FileMessage
from bot.slack.blocks import escape
from storage import teams, workspaces
from storage.models import Team


async def teams_to_export(session: AsyncSession, *, workspace_id: str, user_id: str) -> Sequence[Team]:
    """All teams that this person may export: an admin every one, a manager their own."""
    if await workspaces.is_admin(session, workspace_id=workspace_id, user_id=user_id):
        return await teams.all_of(session, workspace_id=workspace_id)
    return await teams.managed_by(session, workspace_id=workspace_id, user_id=user_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Export(FileMessage):
    """Of one team, or of all that its reader may export."""

    what = "export"

    team_id: int | None = None
    form: Format

    def asked_for(self) -> Mapping[str, Any]:
        return {"format": self.form.value}

    @classmethod
    def parsed(cls, payload: Mapping[str, Any]) -> Mapping[str, Any]:
        return {"form": Format(payload["format"])}

    async def file(self, context: Context) -> FileDraft | None:
        session, reader = context.session, self.user_id
        chosen = await self._chosen(session)
        if not chosen:
            return None
        found = await gather(session, chosen, reader=reader, workspace_id=self.workspace_id, rubrics=context.rubrics)
        whose = chosen[0].name if len(chosen) == 1 else f"{len(chosen)}-teams"
        filename = file_name(whose, "rounds", on=await self.today(context), suffix=SUFFIX[self.form])
        return FileDraft(
            filename=filename,
            title=filename,
            comment=_comment(chosen, self.form),
            content=await asyncio.to_thread(written, found, self.form),
        )

    async def _chosen(self, session: AsyncSession) -> Sequence[Team]:
        """Asked again when it is sent: somebody may be a manager no longer."""
        if self.team_id is None:
            return await teams_to_export(session, workspace_id=self.workspace_id, user_id=self.user_id)
        team = await teams.get(session, self.team_id, workspace_id=self.workspace_id)
        if team is None:
            return []
        standing = await roles.standing(session, team, user_id=self.user_id)
        return [team] if standing.may(Power.EXPORT) else []


def _comment(chosen: Sequence[Team], form: Format) -> str:
    if len(chosen) == 1:
        what = _("The export of *{team}* that you asked for.").format(team=escape(chosen[0].name))
    else:
        what = ngettext(
            "The export of {n} team that you asked for.", "The export of {n} teams that you asked for.", len(chosen)
        ).format(n=len(chosen))
    where = {
        Format.CSV: _("`dictionary.csv` in it says what each column means."),
        Format.JSON: _("`dictionary` in it says what each field means."),
        Format.XLSX: _("Its last sheet says what each column means."),
    }
    whole = _("It tells what the summaries told and no more, without names; notes are in it as they were written.")
    return f"{what} {where[form]} {whole}"
