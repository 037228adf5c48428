"""A town with a round that was opened a moment ago: every member is owed a check-in, and no worker runs yet."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import update

from bot.sandbox import Person
from rubric import load, to_json
from storage import deliveries, people, rounds, rubrics, teams, workspaces
from storage.deliveries import Owed
from storage.engine import Database, patiently, read_url
from storage.kinds import DeliveryKind, RoundStep
from storage.models import Delivery
from tests.journeys.city import PATIENCE, City
from tests.processes.town import rows
from tests.storage.builders import a_team

ASKED = "Choose the level where you stop"


async def owe_check_ins(here: City, database_url: str, members: Sequence[Person], *, late_by: timedelta) -> int:
    """Open a round that asks these people, due so much after now; its id."""
    model, now = load(), here.clock()
    due, closes_at = now + late_by, now + timedelta(days=3)
    database = Database(read_url(database_url))
    try:
        async with database.begin() as session:
            await workspaces.keep(
                session, workspace_id=here.workspace.id, name="City", url="https://city.slack.com/",
                bot_user_id=here.installation.bot_user_id, bot_id=here.installation.bot_id, now=now,
            )  # fmt: skip
            await people.keep(
                session,
                workspace_id=here.workspace.id,
                profiles=[
                    people.Profile(
                        person.id, person.name, "America/Chicago",
                        is_bot=False, is_guest=False, is_deactivated=False, is_admin=False,
                    )
                    for person in members
                ],
                now=now,
            )  # fmt: skip
            await rubrics.keep(session, workspace_id=here.workspace.id, version=model.version, document=to_json(model))
            team = await a_team(session, here.workspace.id, channel_id=here.channel.id)
            await teams.add_manager(session, team_id=team.id, user_id=here.manager.id)
            opened = await rounds.add(
                session, team, slot_date=None, minimum=4, rubric_version=model.version, opened_at=now,
                closes_at=closes_at, next_step=RoundStep.CLOSE, next_step_at=closes_at,
                members=[(person.id, due) for person in members],
            )  # fmt: skip
            await deliveries.owe(
                session,
                workspace_id=here.workspace.id,
                messages=[
                    Owed(
                        key=f"round:{opened.id}:prompt:{person.id}", kind=DeliveryKind.PROMPT, due=due,
                        user_id=person.id, team_id=team.id, round_id=opened.id, expires_at=closes_at,
                    )
                    for person in members
                ],
            )  # fmt: skip
            return opened.id
    finally:
        await database.close()


async def make_due(database_url: str, members: Sequence[Person], *, at: datetime) -> None:
    """Have check-ins be due then that no worker has begun with."""
    database = Database(read_url(database_url))
    theirs = Delivery.user_id.in_([person.id for person in members])

    async def write() -> None:
        async with database.begin() as session:
            await session.execute(update(Delivery).where(theirs).values(next_attempt_at=at))

    try:
        await patiently(write, seconds=PATIENCE)
    finally:
        await database.close()


async def prompts_that_are(state: str, database_url: str) -> int:
    """How many check-ins are in that state, as the database has it."""
    found = await rows(
        database_url, f"SELECT count(*) FROM deliveries WHERE kind = 'prompt' AND state = '{state}'"  # noqa: S608 - ours
    )  # fmt: skip
    return int(found[0][0])


def received(here: City, person: Person) -> int:
    """How many check-ins a person sees."""
    return len(here.seen(person, ASKED))
