"""The app made anew at Slack: what the old bot had written is forgotten, in that workspace alone."""

from sqlalchemy import select

from bot.check_ins.messages import Prompt
from storage import deliveries, people, rounds, workspaces
from storage.engine import Database
from storage.kinds import DeliveryState
from storage.models import Delivery, Person, RoundMember, Workspace
from tests.storage.builders import ELSEWHERE, HOME, MEMBERS, NOW, a_team, a_workspace, an_open_round, people_of


async def test_another_bot_user_forgets_where_everything_was_and_asks_anew_whoever_has_not_left_out(
    database: Database,
) -> None:
    opened: dict[str, int] = {}
    async with database.begin() as session:
        for workspace_id in (HOME, ELSEWHERE):
            await a_workspace(session, workspace_id)
            team = await a_team(session, workspace_id=workspace_id)
            await people_of(session, team, MEMBERS)
            found = await an_open_round(session, team)
            opened[workspace_id] = found.id
            for user_id in MEMBERS:
                await people.remember_dm(session, workspace_id=workspace_id, user_id=user_id, channel_id="D1")
                member = await rounds.member(session, found.id, user_id)
                assert member is not None
                member.channel_id, member.message_ts, member.skipped = "D1", "1.5", user_id == MEMBERS[-1]
            prompts = [Prompt.of(found, user_id).row(due=NOW) for user_id in MEMBERS]
            await deliveries.owe(session, workspace_id=workspace_id, messages=prompts)
            for prompt in (await session.execute(select(Delivery))).scalars():
                prompt.state, prompt.channel_id, prompt.next_attempt_at = DeliveryState.SENT, "D1", None

    async def brought_up(bot_user_id: str) -> None:
        async with database.begin() as session:
            known = await session.get_one(Workspace, HOME)
            await workspaces.keep(
                session, workspace_id=HOME, name="City", url="https://city.slack.com/",
                bot_user_id=bot_user_id or known.bot_user_id, bot_id="B9", now=NOW,
            )  # fmt: skip

    async def what_is_known(workspace_id: str) -> tuple[set[str | None], set[str | None], list[str | None]]:
        async with database.reading() as session:
            conversations = await session.execute(select(Person.dm_channel).where(Person.workspace_id == workspace_id))
            messages = await session.execute(
                select(RoundMember.message_ts).where(RoundMember.round_id == opened[workspace_id])
            )
            owed = await session.execute(
                select(Delivery.user_id)
                .where(Delivery.workspace_id == workspace_id, Delivery.state == DeliveryState.PENDING)
                .order_by(Delivery.user_id)
            )
            return set(conversations.scalars()), set(messages.scalars()), list(owed.scalars())

    await brought_up("")
    assert await what_is_known(HOME) == ({"D1"}, {"1.5"}, []), "the same bot is nothing new"
    await brought_up("U0ANOTHERBOT")
    assert await what_is_known(HOME) == ({None}, {None}, sorted(MEMBERS[:-1]))
    assert await what_is_known(ELSEWHERE) == ({"D1"}, {"1.5"}, [])
