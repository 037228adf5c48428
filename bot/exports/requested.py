"""An export that somebody asked for in Slack, drawn when it is sent, for as long as its reader may have it."""

import asyncio
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.access import roles
from bot.access.roles import Power
from bot.delivery import files
from bot.delivery.files import FileDraft
from bot.exports.formats import SUFFIX, Format, written
from bot.exports.gathering import gather
from bot.kit.i18n import _, ngettext
from bot.kit.rubrics import Rubrics
from bot.slack.blocks import escape
from storage import teams, workspaces
from storage.models import Delivery, Team

EXPORT = "export"
"""What it is called in a delivery's details."""


async def teams_to_export(session: AsyncSession, *, workspace_id: str, user_id: str) -> Sequence[Team]:
    """All teams that this person may export: an admin every one, a manager their own."""
    if await workspaces.is_admin(session, workspace_id=workspace_id, user_id=user_id):
        return await teams.all_of(session, workspace_id=workspace_id)
    return await teams.managed_by(session, workspace_id=workspace_id, user_id=user_id)


async def draw(session: AsyncSession, delivery: Delivery, rubrics: Rubrics, now: datetime) -> FileDraft | None:
    """The export that the delivery's details name."""
    chosen = await _chosen(session, delivery)
    if not chosen:
        return None
    form = Format(delivery.details["format"])
    reader = delivery.user_id or ""
    found = await gather(session, chosen, reader=reader, workspace_id=delivery.workspace_id, rubrics=rubrics)
    today = await files.today_of(session, delivery, now)
    whose = chosen[0].name if len(chosen) == 1 else f"{len(chosen)}-teams"
    filename = files.file_name(whose, "rounds", on=today, suffix=SUFFIX[form])
    return FileDraft(
        filename=filename,
        title=filename,
        comment=_comment(chosen, form),
        content=await asyncio.to_thread(written, found, form),
    )


async def _chosen(session: AsyncSession, delivery: Delivery) -> Sequence[Team]:
    """Asked again when it is sent: somebody may be a manager no longer."""
    user_id = delivery.user_id or ""
    if delivery.team_id is None:
        return await teams_to_export(session, workspace_id=delivery.workspace_id, user_id=user_id)
    team = await teams.get(session, delivery.team_id, workspace_id=delivery.workspace_id)
    if team is None:
        return []
    standing = await roles.standing(session, team, user_id=user_id)
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
