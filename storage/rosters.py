"""Rosters: who belongs to a team, as last read from Slack, and who of them is asked."""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, delete, not_, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.kinds import MemberSource
from storage.models import Person, RosterMember, Team
from storage.people import FULL_MEMBER, NO_MEMBER, among


async def replace(session: AsyncSession, team: Team, *, user_ids: Iterable[str], now: datetime) -> None:
    """Keep the roster that Slack reported now."""
    await session.execute(delete(RosterMember).where(RosterMember.team_id == team.id))
    session.add_all(RosterMember(team_id=team.id, user_id=user_id) for user_id in sorted(set(user_ids)))
    team.roster_read_at = now
    await session.flush()


async def listed(session: AsyncSession, team_id: int) -> Sequence[str]:
    """Everybody on a team's roster, whoever they are."""
    rows = await session.execute(select(RosterMember.user_id).where(RosterMember.team_id == team_id))
    return list(rows.scalars())


def is_member(team: Team, *, user_id: str) -> ColumnElement[bool]:
    """Whether somebody is a member of the team: on its roster, and a full member of the workspace."""
    return _members(team).where(Person.user_id == user_id).correlate(None).exists()


def _members(team: Team, *, known: ColumnElement[bool] = FULL_MEMBER) -> Select[Person]:
    """A team's members: who is asked and who gets at it, the same for both."""
    return (
        select(Person)
        .join(RosterMember, RosterMember.user_id == Person.user_id)
        .where(RosterMember.team_id == team.id, Person.workspace_id == team.workspace_id, known)
    )


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
        .with_for_update(key_share=True)
    )
    return list(rows.scalars())


def _is_away(person: Person, team: Team, *, at: datetime) -> bool:
    """Whether the date is one that they are away, where they are: it was told them so, and may not be the team's."""
    if person.away_until is None:
        return False
    return at.astimezone(ZoneInfo(person.time_zone or team.time_zone)).date() <= person.away_until


async def is_asked(session: AsyncSession, team: Team, *, user_id: str, at: datetime) -> bool:
    """Whether somebody who was asked still would be at this instant.

    As `to_ask` has it; but whom a round asked before it was known of anybody of which organisation they are stays so.
    """
    member = _members(team, known=not_(NO_MEMBER))
    rows = await session.execute(member.where(Person.user_id == user_id, Person.opted_out.is_(False)))
    person = rows.scalar_one_or_none()
    return person is not None and not _is_away(person, team, at=at)


async def to_ask(session: AsyncSession, team: Team, *, at: Callable[[Person], datetime]) -> Sequence[Person]:
    """The members whom a round asks, each `at` an instant of their own.

    Those who aren't away then and haven't chosen not to be asked.
    """
    rows = await session.execute(_members(team).where(Person.opted_out.is_(False)).order_by(Person.user_id))
    return [person for person in rows.scalars() if not _is_away(person, team, at=at(person))]


async def would_ask(
    session: AsyncSession, team: Team, user_ids: Collection[str], *, at: Callable[[Person], datetime]
) -> list[str]:
    """Of these people those whom a round would ask if they were the team's members; whom we haven't met is asked."""
    known = await among(session, workspace_id=team.workspace_id, user_ids=sorted(set(user_ids)))
    left_out = {
        user_id
        for user_id, person in known.items()
        if person.is_full_member is False or person.opted_out or _is_away(person, team, at=at(person))
    }
    return sorted(set(user_ids) - left_out)
