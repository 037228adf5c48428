"""Rosters: who belongs to a team, as last read from Slack, and who of them is asked."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, delete, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.kinds import MemberSource
from storage.models import Person, RosterMember, Team

SLACKBOT = "USLACKBOT"
"""Slack's own helper, which says of itself that it is no bot."""


async def replace(session: AsyncSession, team: Team, *, user_ids: Iterable[str], now: datetime) -> None:
    """Keep the roster that Slack reported now."""
    await session.execute(delete(RosterMember).where(RosterMember.team_id == team.id))
    session.add_all(RosterMember(team_id=team.id, user_id=user_id) for user_id in sorted(set(user_ids)))
    team.roster_read_at = now
    await session.flush()


async def is_member(session: AsyncSession, *, team_id: int, user_id: str) -> bool:
    return await session.get(RosterMember, (team_id, user_id)) is not None


async def join(session: AsyncSession, *, team_ids: Sequence[int], user_ids: Iterable[str]) -> None:
    """Add people to the rosters of these teams; who is there stays."""
    joining = sorted(set(user_ids))
    for team_id in team_ids:
        there = set(
            (
                await session.execute(
                    select(RosterMember.user_id).where(
                        RosterMember.team_id == team_id, RosterMember.user_id.in_(joining)
                    )
                )
            ).scalars()
        )
        session.add_all(RosterMember(team_id=team_id, user_id=user_id) for user_id in joining if user_id not in there)
    await session.flush()


async def leave(session: AsyncSession, *, team_ids: Sequence[int], user_ids: Iterable[str]) -> bool:
    """Take people off the rosters of these teams; False where none of them was on one."""
    done = await session.execute(
        delete(RosterMember)
        .where(RosterMember.team_id.in_(team_ids), RosterMember.user_id.in_(list(user_ids)))
        .returning(RosterMember.user_id)
    )
    return bool(done.all())


async def made_of(session: AsyncSession, *, workspace_id: str, source: MemberSource, source_id: str) -> Sequence[int]:
    """Ids of the teams whose members are those of this channel or user group, each held until the transaction ends."""
    column = Team.channel_id if source is MemberSource.CHANNEL else Team.usergroup_id
    rows = await session.execute(
        select(Team.id)
        .where(Team.workspace_id == workspace_id, Team.source == source, column == source_id)
        .order_by(Team.id)
        .with_for_update()
    )
    return list(rows.scalars())


def _can_be_asked(on: date) -> ColumnElement[bool]:
    return and_(
        Person.user_id != SLACKBOT,
        Person.is_bot.is_(False),
        Person.is_guest.is_(False),
        Person.is_deactivated.is_(False),
        Person.opted_out.is_(False),
        or_(Person.away_until.is_(None), Person.away_until < on),
    )


async def is_asked(session: AsyncSession, team: Team, *, user_id: str, on: date) -> bool:
    """Whether `to_ask` of this date has that person."""
    rows = await session.execute(
        select(Person.user_id)
        .join(RosterMember, RosterMember.user_id == Person.user_id)
        .where(
            RosterMember.team_id == team.id,
            Person.workspace_id == team.workspace_id,
            Person.user_id == user_id,
            _can_be_asked(on),
        )
    )
    return rows.first() is not None


async def to_ask(session: AsyncSession, team: Team, *, on: date) -> Sequence[Person]:
    """The members whom a round that opens on this date asks.

    Full, active people who aren't away and haven't chosen not to be asked.
    """
    rows = await session.execute(
        select(Person)
        .join(RosterMember, RosterMember.user_id == Person.user_id)
        .where(
            RosterMember.team_id == team.id,
            Person.workspace_id == team.workspace_id,
            _can_be_asked(on),
        )
        .order_by(Person.user_id)
    )
    return list(rows.scalars())
