"""`maturity teams apply FILE`: the teams of a file laid on those in the database.

What the file says of a team holds; what it leaves out stays as it is, and is for a new team as the set-up form has it.
Runs beside the program: the same rows are held, the same functions plan the schedule.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from bot.kit.clock import clock_of
from bot.kit.errors import CommandError
from bot.kit.settings import Settings
from bot.operations.asking import Progress, patience
from bot.operations.teams_file import WantedTeam
from bot.operations.teams_run import Applying
from bot.program import schema
from bot.program.oauth import sealed_store
from bot.slack.blocks import one_line
from bot.slack.calls import Sleep
from bot.slack.client import Slack, WorkspaceUnknownError
from storage import workspaces
from storage.engine import Database

LONGEST_WAIT = 600.0
"""Seconds that one call may wait for Slack in all: an operator looks on, and may end it."""


async def apply(
    settings: Settings,
    wanted: Sequence[WantedTeam],
    *,
    dry_run: bool,
    workspace_id: str | None,
    progress: Progress,
    sleep: Sleep = asyncio.sleep,
) -> tuple[list[str], bool]:
    """Lines that say what became of each team (or would), and whether all of them could be applied.

    Where Slack asks us to wait, that is waited for; `progress` hears a line of it.
    """
    schema.bring_up_to_date(settings, "worker")
    async with _opened(settings) as (database, slack):
        clock = clock_of(settings.clock_file)
        chosen = await _workspace(database, workspace_id)
        try:
            client = (await slack.client(chosen)).with_patience(patience(LONGEST_WAIT, progress, sleep=sleep))
            applying = Applying(database, slack, client, workspace_id=chosen, dry_run=dry_run, progress=progress)
            return await applying.all(wanted, now=clock())
        except WorkspaceUnknownError as error:
            raise CommandError(
                f"No token is known for {chosen}. Install the app there: open /slack/install."
            ) from error


@asynccontextmanager
async def _opened(settings: Settings) -> AsyncIterator[tuple[Database, Slack]]:
    database = Database(settings.database_url, limits=settings.database_limits)
    clock = clock_of(settings.clock_file)
    slack = Slack(
        settings, database=database, clock=clock, store=sealed_store(settings, database=database, clock=clock)
    )
    try:
        await slack.open()
        yield database, slack
    finally:
        await slack.close()
        await database.close()


async def _workspace(database: Database, named: str | None) -> str:
    async with database.reading() as session:
        known = {workspace.id: workspace.name for workspace in await workspaces.active(session)}
    listed = ", ".join(f"{workspace_id} ({one_line(name)})" for workspace_id, name in sorted(known.items())) or "none"
    if named is not None and named not in known:
        raise CommandError(f"--workspace {named} isn't one that the app is installed in. Those are: {listed}.")
    if named is None and len(known) != 1:
        raise CommandError(f"Say which workspace these teams are in, with --workspace. There are: {listed}.")
    return named or next(iter(known))
