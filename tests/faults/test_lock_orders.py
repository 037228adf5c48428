"""Two that change the same team at the same instant wait in turn, and never each for the other."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.check_ins import reminders
from bot.delivery.message import Context, Kinds, Receipt
from bot.kit.rubrics import Rubrics
from bot.program.messages import MESSAGES
from bot.rounds import lifecycle
from bot.teams import deleting, setup
from rubric import load
from storage import claims, deliveries, people, teams
from storage import rounds as stored_rounds
from storage.deliveries import Owed
from storage.engine import Database
from storage.kinds import DeliveryKind, DeliveryState, TeamStep
from storage.models import Round, Team
from storage.people import Profile
from tests.faults.ticking import PLENTY
from tests.storage.builders import HOME, MEMBERS, NOW, a_closed_round, a_team, an_open_round, on_postgresql, people_of
from tests.storage.locks import be_patient, wait_for_locks

pytestmark = on_postgresql  # SQLite has one writer

WORKER = UUID(int=1)
NEW = "C0NEW"

Change = Callable[[AsyncSession, Team], Awaitable[object]]
Step = Callable[[AsyncSession, Round, Team], Awaitable[object]]


async def _moves(session: AsyncSession, team: Team) -> None:
    held = await teams.hold(session, team.id)
    assert held is not None
    await teams.move(session, held, channel_id=NEW)


async def _gets_another_id(session: AsyncSession, team: Team) -> None:
    assert await teams.follow_channel(session, workspace_id=HOME, old_id=team.channel_id, new_id=NEW)


CHANGES = pytest.mark.parametrize("change", [_moves, _gets_another_id])


async def _closes(session: AsyncSession, held: Round, _team: Team) -> None:
    await lifecycle.close_round(session, held, now=NOW)


async def _reminds(session: AsyncSession, held: Round, team: Team) -> None:
    await reminders.remind_now(session, held, team, now=NOW)


async def _beside(database: Database, change: Change, team: Team) -> None:
    async with database.begin() as session:
        await change(session, team)


@CHANGES
@pytest.mark.parametrize("step", [_closes, _reminds])
async def test_a_round_takes_its_step_while_its_teams_channel_changes(
    database: Database, change: Change, step: Step
) -> None:
    be_patient(database)
    async with database.begin() as session:
        team = await a_team(session)
        await people_of(session, team, MEMBERS)
        asked = await an_open_round(session, team)
    async with database.begin() as session:
        held = await stored_rounds.hold(session, asked.id)
        assert held is not None
        changing = asyncio.create_task(_beside(database, change, team))
        await wait_for_locks(database)
        await step(session, held, team)
    await changing
    async with database.reading() as session:
        kept, now = await stored_rounds.get(session, asked.id, workspace_id=HOME), await session.get_one(Team, team.id)
        summary = await deliveries.get(session, workspace_id=HOME, key=f"round:{asked.id}:summary")
    assert kept is not None
    assert now.channel_id == kept.channel_id == NEW
    assert summary is None or summary.channel_id == NEW


@CHANGES
async def test_a_summary_lands_while_its_teams_channel_changes(database: Database, change: Change) -> None:
    be_patient(database)
    async with database.begin() as session:
        team = await a_team(session)
        closed = await a_closed_round(session, team)
        summary = Owed(key="summary", kind=DeliveryKind.SUMMARY, due=NOW, channel_id=team.channel_id, team_id=team.id,
                       round_id=closed.id)  # fmt: skip
        await deliveries.owe(session, workspace_id=HOME, messages=[summary])
    async with database.begin() as session:
        [(delivery, _unknown)] = await claims.claim(
            session, worker=WORKER, now=NOW, lease=timedelta(minutes=1), allowance=PLENTY
        )
    async with database.begin() as session:
        await deliveries.settle(
            session,
            delivery.id,
            worker=WORKER,
            now=NOW,
            state=DeliveryState.SENT,
            maybe_sent=False,
            next_attempt_at=None,
        )
        changing = asyncio.create_task(_beside(database, change, team))
        await wait_for_locks(database)
        message = Kinds(MESSAGES).read(delivery)
        await message.sent(Context(session, Rubrics(load()), NOW), Receipt(team.channel_id, "1.1"))
    await changing
    async with database.reading() as session:
        kept = await session.get_one(Round, closed.id)
    assert kept.summary_ts == "1.1"


async def test_settings_are_saved_while_the_teams_roster_is_kept(database: Database) -> None:
    be_patient(database)
    founder = MEMBERS[0]
    said = Profile(
        founder, "Ana", "America/Chicago", is_bot=False, is_guest=False, is_deactivated=False, is_admin=False
    )
    async with database.begin() as session:
        team = await a_team(session)
        await people_of(session, team, MEMBERS)
        await teams.add_manager(session, team_id=team.id, user_id=founder)
    form = setup.form_of(team, chosen=(), now=NOW)

    async def save(session: AsyncSession, _team: Team) -> None:
        await setup.save(session, form, setup.FormSender(HOME, said), now=NOW)

    async with database.begin() as session:
        assert await teams.hold(session, team.id) is not None
        saving = asyncio.create_task(_beside(database, save, team))
        await wait_for_locks(database)
        await people.keep(session, workspace_id=HOME, profiles=[said], now=NOW)
    await saving


async def test_a_team_that_is_deleted_waits_for_what_is_being_owed_at_that_moment(database: Database) -> None:
    be_patient(database)
    async with database.begin() as session:
        team = await a_team(session, next_step=TeamStep.DELETE, next_step_at=NOW)
        closed = await a_closed_round(session, team)
    shared = Owed(key="share", kind=DeliveryKind.SHARE, due=NOW, channel_id="C1", team_id=team.id, round_id=closed.id)

    async def delete() -> bool:
        async with database.begin() as session:
            held = await teams.due(TeamStep.DELETE).hold(session, now=NOW)
            assert held is not None
            return await deleting.step(session, held, now=NOW)

    async with database.begin() as session:
        await deliveries.owe(session, workspace_id=HOME, messages=[shared])
        deletion = asyncio.create_task(delete())
        await wait_for_locks(database)
    assert not await deletion
    async with database.reading() as session:
        assert await deliveries.get(session, workspace_id=HOME, key="share") is not None
        await session.get_one(Team, team.id)
