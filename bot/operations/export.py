"""`maturity export`: what operators take straight from the database."""

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncSession

from bot.exports.formats import Format, as_csv, written
from bot.exports.gathering import gather
from bot.inputs import typed
from bot.inputs.nearest import nearest
from bot.kit.errors import ArgumentError, CommandError
from bot.kit.rubrics import Rubrics
from bot.kit.settings import Settings
from bot.slack.blocks import one_line
from bot.summary.readers import EVERYBODY
from rubric import Rubric
from storage import teams, workspaces
from storage.engine import Database
from storage.models import Team, Workspace


async def export(
    settings: Settings, *, form: Format, to: Path | None, team: str | None, workspace: str | None, rubric: Rubric
) -> bytes:
    """The export of one workspace, or of one team of it. CommandError where it isn't clear which.

    For standard output (`to` is None) CSV is the rounds alone: one table, no archive.
    """
    if to is None and form is Format.XLSX:
        raise ArgumentError("A workbook is no text: say where it goes with --output FILE.xlsx.")
    database = Database(settings.database_url, limits=settings.database_limits)
    try:
        async with database.reading() as session:
            found = await _workspace(session, workspace)
            chosen = await _teams(session, found, team)
            tables = await gather(session, chosen, reader=EVERYBODY, workspace_id=found.id, rubrics=Rubrics(rubric))
    finally:
        await database.close()
    if to is None and form is Format.CSV:
        return as_csv(tables[0]).encode()
    return written(tables, form)


async def _workspace(session: AsyncSession, wanted: str | None) -> Workspace:
    known = await workspaces.every(session)
    if not known:
        raise CommandError("There is nothing to export: the app has not been installed in any workspace yet.")
    if wanted is None and len(known) == 1:
        return known[0]
    for each in known:
        if wanted == each.id:
            return each
    listed = ", ".join(f"{each.id} ({one_line(each.name)})" for each in known)
    if wanted is None:
        raise CommandError(f"There are several workspaces: name one with --workspace. They are {listed}.")
    raise CommandError(f"There is no workspace {wanted}. There are {listed}.")


async def _teams(session: AsyncSession, workspace: Workspace, wanted: str | None) -> Sequence[Team]:
    known = await teams.all_of(session, workspace_id=workspace.id)
    if wanted is None:
        return known
    chosen = [each for each in known if wanted.casefold() == each.channel_id.casefold()]
    chosen = chosen or typed.called(wanted, known, by=lambda team: team.name)
    if len(chosen) > 1:
        listed = ", ".join(each.channel_id for each in chosen)
        raise CommandError(f"Several teams are called “{wanted}”: name the one you mean by its channel ({listed}).")
    if chosen:
        return chosen
    meant = nearest(wanted, {each.name: [each.name] for each in known})
    hint = f" Did you mean “{meant}”?" if meant is not None else ""
    raise CommandError(f"{workspace.name} has no team called “{wanted}”.{hint}")
