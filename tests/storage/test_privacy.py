"""What is stored about one person, and its erasure: all of it, nobody else's, and nothing that was printed."""

import pytest
from sqlalchemy import select

from storage import deliveries, people, privacy, rounds, teams, workspaces
from storage.deliveries import Owed
from storage.engine import Database
from storage.kinds import DeliveryKind, DeliveryState, RoundState
from storage.models import ActionItem, Answer, AuditEntry, Delivery, RosterMember, RoundMember
from tests.storage.builders import (
    ELSEWHERE,
    HOME,
    MEMBERS,
    NOW,
    a_closed_round,
    a_team,
    a_workspace,
    an_open_round,
    close,
    people_of,
    tap,
)

ME, OTHER = MEMBERS[:2]


@pytest.fixture
async def lived(database: Database) -> Database:
    """A database in which I was asked in two closed rounds, a cancelled one and an open one, and did a bit of all."""
    async with database.begin() as session:
        team = await a_team(session)
        await people_of(session, team, MEMBERS)
        for user_id in (ME, OTHER):
            await teams.add_manager(session, team_id=team.id, user_id=user_id)
            session.add(
                ActionItem(
                    workspace_id=HOME, team_id=team.id, dimension="A", text="Ask", owner_id=user_id,
                    created_by=user_id, created_at=NOW, remind_at=NOW,
                )
            )  # fmt: skip
            session.add(AuditEntry(workspace_id=HOME, at=NOW, user_id=user_id, what="close", details={}))
        for erases in (True, False):
            asked = await an_open_round(session, team, number_as_id=True)
            for user_id in MEMBERS:
                await tap(session, asked.id, user_id)
            await close(session, asked.id, erase=erases)
        cancelled = await a_closed_round(session, team, number_as_id=True)
        cancelled.state = RoundState.CANCELLED
        asked = await an_open_round(session, team, number_as_id=True)
        await tap(session, asked.id, ME)
        owed = [
            Owed(key=f"{kind}:{user_id}", kind=kind, due=NOW, user_id=user_id, round_id=round_id)
            for user_id in (ME, OTHER)
            for kind, round_id in (
                (DeliveryKind.PROMPT, 1), (DeliveryKind.NOTICE, None), (DeliveryKind.REFRESH, asked.id),
            )
        ]  # fmt: skip
        await deliveries.owe(session, workspace_id=HOME, messages=owed)
        for delivery in (await session.execute(select(Delivery))).scalars():
            delivery.state, delivery.next_attempt_at = DeliveryState.SENT, None
        await a_workspace(session, ELSEWHERE)
    return database


async def _erase(database: Database, *, workspace_id: str = HOME) -> None:
    async with database.begin() as session:
        stored = await privacy.about(session, workspace_id=HOME, user_id=ME)
        ended = [each.round.id for each in stored.check_ins if each.round.state is not RoundState.OPEN]
        await privacy.erase(session, workspace_id=workspace_id, user_id=ME, round_ids=ended)


async def test_everything_is_found(lived: Database) -> None:
    async with lived.reading() as session:
        found = await privacy.about(session, workspace_id=HOME, user_id=ME)
    assert found.person is not None
    assert [(tie.team, tie.member, tie.manager, tie.chosen) for tie in found.ties] == [("Mobility", True, True, False)]
    assert [(each.round.number, each.round.state.value, sorted(each.answers)) for each in found.check_ins] == [
        (1, "closed", []), (2, "closed", ["A"]), (3, "cancelled", []), (4, "open", ["A"]),
    ]  # fmt: skip
    assert (len(found.action_items), found.written, len(found.audit), len(found.messages)) == (1, 1, 1, 3)


async def test_another_workspace_knows_nothing_and_erases_nothing(lived: Database) -> None:
    async with lived.begin() as session:
        found = await privacy.about(session, workspace_id=ELSEWHERE, user_id=ME)
        assert (found.person, found.ties, found.check_ins, found.action_items) == (None, [], [], [])
        assert (found.written, found.audit, found.messages) == (0, [], [])
        owed = Owed(key="new", kind=DeliveryKind.CLOSING, due=NOW, user_id=ME, round_id=1)
        await deliveries.owe(session, workspace_id=HOME, messages=[owed])
        assert await privacy.on_their_way(session, workspace_id=HOME, user_id=ME, round_ids=[1])
        assert not await privacy.on_their_way(session, workspace_id=HOME, user_id=ME, round_ids=[2])
        assert not await privacy.on_their_way(session, workspace_id=ELSEWHERE, user_id=ME, round_ids=[1])
    await _erase(lived, workspace_id=ELSEWHERE)
    async with lived.reading() as session:
        found = await privacy.about(session, workspace_id=HOME, user_id=ME)
    assert found.person is not None
    assert (len(found.ties), len(found.check_ins), found.written, len(found.messages)) == (1, 4, 1, 4)


async def test_an_erasure_leaves_what_others_rely_on_and_counts_as_they_were(lived: Database) -> None:
    async with lived.reading() as session:
        before = [await rounds.attendance(session, number) for number in (1, 2)]
        both = await rounds.in_either(session, round_id=2, before=1)
    await _erase(lived)
    async with lived.reading() as session:
        found = await privacy.about(session, workspace_id=HOME, user_id=ME)
        assert [await rounds.attendance(session, number) for number in (1, 2)] == before == [(5, 5), (5, 5)]
        assert await rounds.in_either(session, round_id=2, before=1) == both == 5
    assert found.person is None
    assert [(tie.member, tie.manager) for tie in found.ties] == [(False, True)]
    assert [each.round.number for each in found.check_ins] == [4], "the open round is its own step"
    assert (found.action_items, found.written, len(found.audit)) == ([], 0, 1)
    assert [message.kind for message in found.messages] == [DeliveryKind.REFRESH]


async def test_an_erasure_touches_nobody_else(lived: Database) -> None:
    async with lived.reading() as session:
        before = await privacy.about(session, workspace_id=HOME, user_id=OTHER)
    await _erase(lived)
    async with lived.reading() as session:
        after = await privacy.about(session, workspace_id=HOME, user_id=OTHER)
        assert len((await session.execute(select(RosterMember))).all()) == len(MEMBERS) - 1
        assert len((await session.execute(select(Answer).where(Answer.round_id == 2))).all()) == len(MEMBERS) - 1
    assert [sorted(each.answers) for each in after.check_ins] == [sorted(each.answers) for each in before.check_ins]
    assert (len(after.action_items), after.written, len(after.messages)) == (1, 1, 3)


async def test_who_takes_the_place_has_no_time_and_no_message(lived: Database) -> None:
    async with lived.begin() as session:
        mine = await rounds.member(session, 1, ME)
        assert mine is not None
        mine.channel_id, mine.message_ts, mine.nudges, mine.skipped = "D0ME", "1.000001", 2, True
        mine.opens_at = NOW
    await _erase(lived)
    async with lived.reading() as session:
        (stand_in,) = (
            await session.execute(
                select(RoundMember).where(RoundMember.round_id == 1, RoundMember.user_id.not_in(MEMBERS))
            )
        ).scalars()
        asked = await rounds.get(session, 1, workspace_id=HOME)
    assert asked is not None
    assert stand_in.took_part is True
    assert (stand_in.channel_id, stand_in.message_ts, stand_in.nudges, stand_in.skipped) == (None, None, 0, False)
    assert stand_in.opens_at == asked.opened_at


@pytest.mark.parametrize("wish", ["away", "opted out"])
async def test_a_wish_stays_without_a_name(lived: Database, wish: str) -> None:
    async with lived.begin() as session:
        if wish == "away":
            await people.be_away(session, workspace_id=HOME, user_id=ME, until=NOW.date())
        else:
            await people.opt_out(session, workspace_id=HOME, user_id=ME, opted_out=True)
    await _erase(lived)
    async with lived.reading() as session:
        person = await people.get(session, workspace_id=HOME, user_id=ME)
        admin = await workspaces.is_admin(session, workspace_id=HOME, user_id=ME)
    assert person is not None
    assert (person.name, person.time_zone, person.read_at) == ("", None, people.NEVER)
    assert (person.away_until == NOW.date(), person.opted_out) == (wish == "away", wish == "opted out")
    assert not admin
