"""What a bot that was stopped in the midst of everything leaves behind: each kind of message, owed or in the air."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.actions import items
from bot.kit.rubrics import Rubrics
from bot.notices import notify
from bot.notices.facts import NoticeFacts
from bot.rounds import lifecycle
from bot.schedule import schedules
from bot.teams import deleting
from rubric import load
from storage import action_items, claims, deliveries, teams, workspaces
from storage import rounds as kept_rounds
from storage.deliveries import Owed
from storage.engine import Database, read_url
from storage.installations import SealedInstallationStore
from storage.kinds import DeliveryKind, DeliveryState, NoticeReason
from storage.models import ActionItem, Delivery, OAuthState, Round, Team
from tests.journeys.city import City
from tests.storage.grants import grant

KEY = "cmVsZWFzZWQtZGF0YWJhc2VzLWFyZS1ub3Qtc2VjcmU="
"""What the second workspace's grant is sealed with: 32 bytes that guard nothing."""
SECOND = "T0SECOND"
WORKER = UUID(int=7)


async def leave(town: City) -> None:
    """Owe what the bot of this city, which has stopped, would have been about to send."""
    database = Database(read_url(town.database_url))
    now = town.clock()
    try:
        async with database.begin() as session:
            await _in_the_air(session, town)
        async with database.begin() as session:
            await _close_and_mark(session, town, rubrics=Rubrics(load(None)))
        async with database.begin() as session:
            await _owe_the_rest(session, town)
        async with database.begin() as session:
            await workspaces.keep(
                session, workspace_id=SECOND, name="Second city", url="https://second.slack.com/",
                bot_user_id="U0SECOND", bot_id="B0SECOND", now=now,
            )  # fmt: skip
            session.add(OAuthState(state="a-way-in", expires_at=now + timedelta(minutes=10)))
        store = SealedInstallationStore(database, keys=(KEY,), now=town.clock)
        await store.async_save(grant(SECOND))
        async with database.begin() as session:
            await workspaces.revoke(session, SECOND, now=now)
    finally:
        await database.close()


async def _in_the_air(session: AsyncSession, town: City) -> None:
    """A worker was killed after it had claimed a message, and before it learnt what became of it."""
    now = town.clock()
    permits = await _team(session, town, "permits")
    await notify.tell(
        session,
        permits,
        NoticeFacts(reason=NoticeReason.MADE_MANAGER),
        user_ids=[town.manager.id],
        about="killed",
        now=now,
    )
    taken = await claims.claim(
        session, worker=WORKER, now=now, lease=timedelta(seconds=1), allowance=claims.Allowance(rate=1000, burst=1000)
    )
    assert [(each.kind, each.state) for each, _unknown in taken] == [(DeliveryKind.NOTICE, DeliveryState.SENDING)]


async def _close_and_mark(session: AsyncSession, town: City, *, rubrics: Rubrics) -> None:
    """A round closes, one opens, and a team is marked as one to delete: all that follows is owed."""
    now = town.clock()
    await lifecycle.close_round(session, await _open_round(session, await _team(session, town, "lights")), now=now)
    trees = await _team(session, town, "trees")
    schedules.start_now(trees, by=town.manager.id, now=now)
    assert await lifecycle.open_round(session, trees, rubrics=rubrics, now=now) is not None
    await deleting.begin(session, await _team(session, town, "gone"), by=town.manager.id, now=now)


async def _owe_the_rest(session: AsyncSession, town: City) -> None:
    """The kinds that nothing else has left owed: redrawings, a picture, a share, a file, a question."""
    now, ana = town.clock(), town.manager.id
    permits, north = await _team(session, town, "permits"), await _team(session, town, "ops-north")
    opened = await _open_round(session, north)
    await lifecycle.extend_round(session, opened, north, days=1, now=now)
    (last, *_earlier) = await kept_rounds.closed_of(session, permits.id)
    kinds = {"picture again": DeliveryKind.PICTURE, "share again": DeliveryKind.SHARE}
    owed = [
        Owed(key=key, kind=kind, due=now, team_id=permits.id, round_id=last.id, channel_id=last.channel_id,
             details={"by": ana})
        for key, kind in kinds.items()
    ]  # fmt: skip
    export = {"what": "export", "format": "json"}
    owed.append(
        Owed(key="file again", kind=DeliveryKind.FILE, due=now, team_id=permits.id, user_id=ana, details=export)
    )
    await deliveries.owe(session, workspace_id=town.workspace.id, messages=owed)
    item = (await session.execute(select(ActionItem).where(ActionItem.action_key.is_(None)))).scalar_one()
    held = await action_items.hold(session, item.id)
    assert held is not None
    held.due_on = now.date()
    await items.ask(session, held, now=now)
    waiting = (await session.execute(select(Delivery.kind).where(Delivery.state == DeliveryState.PENDING))).scalars()
    missing = set(DeliveryKind) - set(waiting)
    assert not missing, f"nothing of these kinds is owed: {missing}"


async def _team(session: AsyncSession, town: City, channel_name: str) -> Team:
    where = next(each for each in town.workspace.channels.values() if each.name == channel_name)
    team = await teams.of_channel(session, workspace_id=town.workspace.id, channel_id=where.id)
    assert team is not None
    return team


async def _open_round(session: AsyncSession, team: Team) -> Round:
    found = await kept_rounds.open_of(session, team.id)
    held = await kept_rounds.hold(session, found.id) if found is not None else None
    assert held is not None, team.name
    return held
