"""Rosters: who belongs to a team, as last read from Slack, and who of them is asked."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import delete, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

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


async def to_ask(session: AsyncSession, team: Team, *, on: date) -> Sequence[Person]:
    """The members whom a round that opens on this date asks: full, active people who aren't away."""
    rows = await session.execute(
        select(Person)
        .join(RosterMember, RosterMember.user_id == Person.user_id)
        .where(
            RosterMember.team_id == team.id,
            Person.workspace_id == team.workspace_id,
            Person.user_id != SLACKBOT,
            Person.is_bot.is_(False),
            Person.is_guest.is_(False),
            Person.is_deactivated.is_(False),
            or_(Person.away_until.is_(None), Person.away_until < on),
        )
        .order_by(Person.user_id)
    )
    return list(rows.scalars())
