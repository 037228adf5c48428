"""One message of each class, as it is kept in its row and as it is drawn: in one small city, always the same."""

import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from bot.actions.messages import ActionDue
from bot.check_ins.messages import Closing, Prompt, Refresh
from bot.check_ins.reminders import Reminder
from bot.delivery.message import Context, Draft, OwedMessage
from bot.exports.formats import Format
from bot.exports.messages import Export
from bot.kit.rubrics import Rubrics
from bot.notices.facts import NoticeFacts
from bot.notices.messages import Notice
from bot.overview.digest import Digest
from bot.overview.picture_files import OverviewPicture, TrendPicture
from bot.privacy.my_data import MyData
from bot.summary.messages import Picture, Share, Summary
from bot.summary.requested_picture import SummaryPicture
from bot.teams.channel_news import About, ChannelNews
from rubric import load
from storage import migrate, rounds, teams
from storage.deliveries import Owed
from storage.engine import Database, read_url
from storage.kinds import NoticeReason, Privacy
from storage.models import ActionItem, Delivery, Person, Round, RoundMember, Team
from tests.storage.builders import (
    HOME,
    MEMBERS,
    NOW,
    a_team,
    an_action_item,
    an_open_round,
    close,
    people_of,
    tap,
)

ANA, BEN, CLEO, *_OTHERS = MEMBERS
ASKED = "1444"
"""Slack's id of a request."""


@dataclass(frozen=True, slots=True)
class Asking:
    """A team, and its open round."""

    team: Team
    round: Round


@dataclass(frozen=True, slots=True)
class Small:
    """A team with a closed round, an open one and an action item, its manager's other team, and four of Ben's."""

    team: Team
    closed: Round
    opened: Round
    item: ActionItem
    named: Asking
    """A named one."""
    complete: Asking
    """One that everybody has answered."""
    lacking: Asking
    """One that lacks an answer."""
    tiny: Asking
    """One of so few that it will show nothing."""


@asynccontextmanager
async def furnished() -> AsyncIterator[tuple[Database, Rubrics, Small]]:
    """The city in a database of its own."""
    with TemporaryDirectory() as folder:
        url = read_url(f"sqlite:///{Path(folder) / 'city.db'}")
        migrate.upgrade(url)
        database, rubrics = Database(url), Rubrics(load())
        try:
            yield database, rubrics, await _small(database, rubrics)
        finally:
            await database.close()


async def _small(database: Database, rubrics: Rubrics) -> Small:
    async with database.begin() as session:
        team, other = await a_team(session, id=7), await a_team(session, id=8, channel_id="C0OTHER", name="Parks")
        await people_of(session, team, MEMBERS)
        for each in (team, other):
            await teams.add_manager(session, team_id=each.id, user_id=ANA)
        rubric = await rubrics.keep_current(session, HOME)
        week = timedelta(weeks=1)
        closed = await an_open_round(session, team, number_as_id=True, opened_at=NOW - week, closes_at=NOW + week)
        closed.rubric_version = rubric.version
        for number, user_id in enumerate(MEMBERS):
            for place, dimension in enumerate("ABCDE"):
                await tap(session, closed.id, user_id, dimension=dimension, level=1 + (number * place) % 3)
        await close(session, closed.id)
        closed.summary_ts = "1789480000.000100"
        opened = await an_open_round(session, team, number_as_id=True)
        opened.rubric_version = rubric.version
        for found in (closed, opened):
            for user_id in (ANA, BEN):
                member = await rounds.member(session, found.id, user_id)
                assert member is not None
                member.channel_id, member.message_ts = f"D0{user_id}", f"17894800{found.id}0.000200"
        cleo = await session.get_one(Person, (HOME, CLEO))
        cleo.first_asked_in = opened.id
        item = await an_action_item(session, team, id=5, due_on=NOW.date(), owner_id=ANA, created_by=BEN)
        more = [
            await _asking(session, number=9, name="Libraries", privacy=Privacy.NAMED, answering=0),
            await _asking(session, number=10, name="Trees", answering=5),
            await _asking(session, number=11, name="Harbour", answering=3),
            await _asking(session, number=12, name="Grants", members=MEMBERS[:3], answering=0),
        ]
        for asking in more:
            asking.round.rubric_version = rubric.version
    return Small(team, closed, opened, item, *more)


async def _asking(
    session: AsyncSession, *, number: int, answering: int, members: Sequence[str] = MEMBERS, **columns: Any
) -> Asking:
    """A team of Ben's with an open round, which has the team's id as its own."""
    team = await a_team(session, id=number, channel_id=f"C0{number}", **columns)
    await teams.add_manager(session, team_id=number, user_id=BEN)
    opened = await an_open_round(session, team, members=())
    opened.id = number
    await session.flush()
    session.add_all(RoundMember(round_id=opened.id, user_id=user_id, opens_at=NOW) for user_id in members)
    await session.flush()
    for user_id in members[:answering]:
        for dimension in "ABCDE":
            await tap(session, opened.id, user_id, dimension=dimension)
        member = await rounds.member(session, opened.id, user_id)
        assert member is not None
        member.completed_at = NOW
    return Asking(team, opened)


def messages(there: Small) -> Sequence[OwedMessage]:
    """At least one of each class."""
    team, closed, opened, item = there.team, there.closed, there.opened, there.item
    to_ana: dict[str, Any] = {"workspace_id": HOME, "user_id": ANA}
    all_answered = NoticeFacts(reason=NoticeReason.ALL_ANSWERED, round_id=there.complete.round.id)
    few_missing = NoticeFacts(reason=NoticeReason.FEW_MISSING, round_id=there.lacking.round.id)
    return [
        Prompt.of(opened, ANA),
        Prompt.of(opened, CLEO),  # the first of her life: it introduces itself
        Prompt.of(there.named.round, CLEO),
        Prompt.of(there.tiny.round, CLEO),
        Refresh.to_member(HOME, opened.id, BEN, changing=True),
        replace(Reminder.of(opened, BEN), key=f"round:{opened.id}:reminder:1:{BEN}", planned=True),
        Closing.of(closed, ANA),
        Summary.of(closed),
        Picture.of(closed),
        Share.into(closed, "C0ELSEWHERE", by=ANA, look="1.1"),
        Digest.of(closed, ANA),
        ActionDue.question(item, ANA, due_on=NOW.date()),
        ActionDue.given(item, ANA, by=BEN),
        Notice.of(team, ANA, NoticeFacts(reason=NoticeReason.STARTED, asked=5), about=f"round:{opened.id}"),
        Notice.of(team, ANA, NoticeFacts(reason=NoticeReason.PUT_OFF, at=NOW, zone=team.time_zone), about="1"),
        Notice.of(there.complete.team, BEN, all_answered, about=f"round:{all_answered.round_id}"),
        Notice.of(there.lacking.team, BEN, few_missing, about=f"round:{few_missing.round_id}"),
        ChannelNews.of(team, About.SET_UP, once="set up", by=ANA),
        ChannelNews.of(team, About.CONFIDENTIAL, once="confidential"),
        Export(key=Export.key_of(ANA, request=ASKED), team_id=team.id, form=Format.JSON, **to_ana),
        MyData(key=MyData.key_of(ANA, request=ASKED), **to_ana),
        SummaryPicture(key=SummaryPicture.key_of(ANA, request=ASKED), team_id=team.id, round=closed.id, **to_ana),
        TrendPicture(key=TrendPicture.key_of(ANA, request=ASKED), team_id=team.id, **to_ana),
        OverviewPicture(key=OverviewPicture.key_of(ANA, request=f"0:{ASKED}"), page=0, **to_ana),
    ]


def as_row(owed: Owed) -> Delivery:
    """The row that a message is kept as, read from a database."""
    values = {**asdict(owed), "details": json.loads(json.dumps(owed.details))}
    del values["due"]
    return Delivery(id=UUID(int=1), workspace_id=HOME, **values)


async def drawn() -> dict[str, str]:
    """What is kept of each message, by its file's name."""
    found: dict[str, str] = {}
    async with furnished() as (database, rubrics, there):
        for message in messages(there):
            async with database.begin() as session:
                draft = await message.draw(Context(session, rubrics, NOW))
            assert draft is not None, message
            name = f"{type(message).__name__}.{sum(each.startswith(type(message).__name__) for each in found) + 1}.json"
            kept = {"row": _plain(message.row(due=NOW)), "drawn": _looks(draft)}
            found[name] = json.dumps(kept, indent=1, ensure_ascii=False) + "\n"
    return found


def _plain(owed: Owed) -> dict[str, Any]:
    return {
        name: value.isoformat() if hasattr(value, "isoformat") else value
        for name, value in asdict(owed).items()
        if value is not None
    }


def _looks(draft: Draft) -> dict[str, Any]:
    """Where it goes and what it says; pictures and files count by their words."""
    looks: dict[str, Any] = {"message": draft.message.payload(), "channel": draft.channel_id, "ts": draft.update_ts}
    if draft.picture is not None:
        looks["picture"] = [draft.picture.filename, draft.picture.title, draft.picture.alt_text]
        looks["message"] = draft.picture.showing("F0PICTURE").payload()
    if draft.file is not None:
        looks["file"] = [draft.file.filename, draft.file.title, draft.file.alt_text]
    return looks
