"""What a test needs to be there before it begins: a workspace, a team, an open round with its members."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, LiteralString

import psycopg
import pytest
from psycopg import sql
from sqlalchemy.ext.asyncio import AsyncSession

from storage import answers, people, rosters, rounds, rubrics, workspaces
from storage.engine import Database
from storage.kinds import RoundState, RoundStep
from storage.models import ActionItem, Round, RoundMember, Team, Workspace

NOW = datetime(2026, 9, 15, 15, 0, tzinfo=UTC)
"""A Tuesday. No test reads the clock."""

HOME = "T0HOME"
ELSEWHERE = "T0ELSEWHERE"
RUBRIC = "rubric-1"
DIMENSIONS = ("A", "B", "C", "D", "E")
MEMBERS = ("U0MEMBER1", "U0MEMBER2", "U0MEMBER3", "U0MEMBER4", "U0MEMBER5")

on_both = pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)
"""For journeys, which are on SQLite alone otherwise."""
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For what only SQLite has, and where no database matters; every other test that asks for `database` runs on both."""
on_postgresql = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


@contextmanager
def a_role(owner: "psycopg.Connection[Any]", name: str, how: LiteralString) -> Iterator[str]:
    """A role of the server, which many runs may share: its name is this process's own, and it goes with the block."""
    role = f"{name}_{os.getpid()}"
    owner.execute(sql.SQL("CREATE ROLE {} ").format(sql.Identifier(role)) + sql.SQL(how))
    try:
        yield role
    finally:
        owner.execute(sql.SQL("DROP OWNED BY {}").format(sql.Identifier(role)))
        owner.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(role)))


async def a_workspace(session: AsyncSession, workspace_id: str = HOME) -> Workspace:
    """A workspace with the app installed and one rubric version."""
    workspace = await workspaces.keep(
        session,
        workspace_id=workspace_id,
        name=f"Workspace {workspace_id}",
        url=f"https://{workspace_id.lower()}.slack.com/",
        bot_user_id="U0BOT",
        bot_id="B0BOT",
        now=NOW,
    )
    await rubrics.keep(session, workspace_id=workspace_id, version=RUBRIC, document="{}")
    return workspace


async def a_team(
    session: AsyncSession,
    workspace_id: str = HOME,
    *,
    channel_id: str = "C0TEAM",
    name: str = "Mobility",
    **columns: Any,
) -> Team:
    """A team of a workspace that is added where it isn't there; `columns` are set as they are given."""
    if await workspaces.get(session, workspace_id) is None:
        await a_workspace(session, workspace_id)
    settings: dict[str, Any] = {
        "every_weeks": 13,
        "weekday": "tuesday",
        "local_time": time(10),
        "time_zone": "America/Chicago",
        "anchor": date(2026, 9, 15),
        "created_at": NOW,
    }
    team = Team(workspace_id=workspace_id, channel_id=channel_id, name=name, **{**settings, **columns})
    session.add(team)
    await session.flush()
    return team


async def an_open_round(
    session: AsyncSession,
    team: Team,
    *,
    members: Sequence[str] = MEMBERS,
    slot_date: date | None = None,
    opened_at: datetime = NOW - timedelta(hours=1),
    closes_at: datetime = NOW + timedelta(days=3),
    number_as_id: bool = False,
) -> Round:
    """A round that opened an hour before NOW and asks these members; `number_as_id` as released versions counted."""
    opened = await rounds.add(
        session,
        team,
        slot_date=slot_date,
        minimum=4,
        rubric_version=RUBRIC,
        opened_at=opened_at,
        closes_at=closes_at,
        next_step=RoundStep.CLOSE,
        next_step_at=closes_at,
        members=[] if number_as_id else [(user_id, opened_at) for user_id in members],
    )
    if number_as_id:
        opened.id = opened.number
        await session.flush()
        session.add_all(RoundMember(round_id=opened.id, user_id=user_id, opens_at=opened_at) for user_id in members)
        await session.flush()
    return opened


async def an_action_item(session: AsyncSession, team: Team, **columns: Any) -> ActionItem:
    """An open item of the library, taken on at NOW and due in two weeks, at which its owner is asked."""
    settings: dict[str, Any] = {
        "dimension": "A",
        "action_key": "A1.1",
        "text": "Invite residents",
        "owner_id": MEMBERS[0],
        "due_on": NOW.date() + timedelta(weeks=2),
        "created_by": MEMBERS[0],
        "created_at": NOW,
        "remind_at": NOW + timedelta(weeks=2),
    }
    item = ActionItem(workspace_id=team.workspace_id, team_id=team.id, **{**settings, **columns})
    session.add(item)
    await session.flush()
    return item


async def a_round_with(database: Database, *, members: Sequence[str] = MEMBERS) -> int:
    """The id of an open round of a new team in HOME."""
    async with database.begin() as session:
        return (await an_open_round(session, await a_team(session), members=members)).id


async def a_closed_round(
    session: AsyncSession, team: Team, *, members: Sequence[str] = MEMBERS, number_as_id: bool = False
) -> Round:
    """A round that was opened and closed, with no answers."""
    closed = await an_open_round(session, team, members=members, number_as_id=number_as_id)
    closed.state, closed.closed_at = RoundState.CLOSED, NOW
    closed.next_step = closed.next_step_at = None
    await session.flush()
    return closed


async def people_of(session: AsyncSession, team: Team, user_ids: Sequence[str], **said: Any) -> None:
    """People whom Slack described, added to the team's roster; `said` is what Slack says of all of them."""
    of_whom = {
        "is_bot": False,
        "is_guest": False,
        "is_deactivated": False,
        "is_admin": False,
        "is_external": False,
        **said,
    }
    profiles = [people.Profile(user_id, f"Person {user_id}", "America/Chicago", **of_whom) for user_id in user_ids]
    await people.keep(session, workspace_id=team.workspace_id, profiles=profiles, now=NOW)
    await rosters.replace(session, team, user_ids=user_ids, now=NOW)


async def tap(
    session: AsyncSession,
    round_id: int,
    user_id: str = MEMBERS[0],
    *,
    dimension: str = "A",
    level: int | None = 2,
    tapped_us: int = 1_000,
    workspace_id: str = HOME,
    now: datetime = NOW,
) -> answers.Saved:
    """One tap, kept or not."""
    return await answers.save(
        session,
        workspace_id=workspace_id,
        round_id=round_id,
        user_id=user_id,
        dimension=dimension,
        level=level,
        tapped_us=tapped_us,
        now=now,
    )


async def level_of(database: Database, round_id: int, user_id: str = MEMBERS[0], *, dimension: str = "A") -> int | None:
    """The level that a member's answer stands at; KeyError where there is no answer."""
    async with database.reading() as session:
        found = await answers.own(session, round_id=round_id, user_id=user_id, dimensions=[dimension])
    return found[dimension].level


async def member_of(database: Database, round_id: int, user_id: str = MEMBERS[0]) -> RoundMember:
    """A member's check-in, which must be there."""
    async with database.reading() as session:
        member = await rounds.member(session, round_id, user_id)
    assert member is not None
    return member


async def close(
    session: AsyncSession, round_id: int, *, minimum: int = 4, notes_from: int = 5, erase: bool = True
) -> None:
    """Close a round as the product does: hold it, count and erase, and mark it closed, in one transaction."""
    held = await rounds.hold(session, round_id)
    assert held is not None
    await answers.count_and_erase(session, round_id=round_id, minimum=minimum, notes_from=notes_from, erase=erase)
    held.state, held.closed_at = RoundState.CLOSED, NOW
    held.next_step = held.next_step_at = None
    await session.flush()
