"""Teams: their settings, their managers, and when each has something to do next."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import ColumnElement, and_, delete, exists, func, not_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.kinds import DeliveryKind, DeliveryState, RoundState, TeamStep
from storage.models import ChosenPerson, Delivery, Manager, Person, RosterMember, Round, Team
from storage.overdue import DueRows
from storage.people import FULL_MEMBER, NO_MEMBER

LONGEST_NAME = 80
"""Characters of a team's name that is new."""
STAYS: ColumnElement[bool] = or_(Team.next_step.is_(None), Team.next_step != TeamStep.DELETE)
"""Teams that nobody has deleted; one that somebody has goes once its closing messages are out."""


async def get(session: AsyncSession, team_id: int, *, workspace_id: str) -> Team | None:
    return (
        await session.execute(select(Team).where(Team.id == team_id, Team.workspace_id == workspace_id))
    ).scalar_one_or_none()


async def hold(
    session: AsyncSession,
    team_id: int,
    *,
    workspace_id: str | None = None,
    skip_locked: bool = False,
    alone: bool = False,
) -> Team | None:
    """The team, locked until this transaction ends; None where it isn't, or another worker holds it.

    Who owes a message about it, or adds another row that belongs to it, waits for nobody who holds it; but for one who
    holds it `alone`, to delete it, and who waits for them.
    """
    query = (
        select(Team)
        .where(Team.id == team_id)
        .with_for_update(key_share=not alone, skip_locked=skip_locked)
        .execution_options(populate_existing=True)
    )
    if workspace_id is not None:
        query = query.where(Team.workspace_id == workspace_id)
    return (await session.execute(query)).scalar_one_or_none()


async def of_channel(session: AsyncSession, *, workspace_id: str, channel_id: str) -> Team | None:
    """The team whose results go to this channel."""
    return (
        await session.execute(select(Team).where(Team.workspace_id == workspace_id, Team.channel_id == channel_id))
    ).scalar_one_or_none()


async def all_of(session: AsyncSession, *, workspace_id: str) -> Sequence[Team]:
    """Every team of a workspace that isn't about to be deleted, by name."""
    rows = await session.execute(
        select(Team)
        .where(Team.workspace_id == workspace_id, STAYS)
        .order_by(func.lower(Team.name), Team.created_at, Team.id)
    )
    return list(rows.scalars())


async def of_person(session: AsyncSession, *, workspace_id: str, user_id: str) -> Sequence[Team]:
    """The teams that this person manages or is a member of, by name; none that is about to be deleted."""
    managed = select(Manager.team_id).where(Manager.user_id == user_id)
    joined = select(RosterMember.team_id).where(RosterMember.user_id == user_id)
    mine: ColumnElement[bool] = or_(Team.id.in_(managed), Team.id.in_(joined))
    rows = await session.execute(
        select(Team)
        .where(Team.workspace_id == workspace_id, mine, STAYS)
        .order_by(func.lower(Team.name), Team.created_at, Team.id)
    )
    return list(rows.scalars())


def due(step: TeamStep, *, without: Collection[str] = ()) -> DueRows[Team]:
    """The teams that are due for a step; none of the workspaces in `without`.

    Of several that are due at one instant the one with the lower id goes first, so that what becomes of them is no
    chance.
    """
    query = select(Team).where(Team.next_step == step)
    if without:
        query = query.where(Team.workspace_id.not_in(without))
    return DueRows(query, row_id=Team.id, at=Team.next_step_at, in_order=True)


async def managers(session: AsyncSession, team_id: int) -> Sequence[str]:
    """User ids of a team's managers."""
    rows = await session.execute(select(Manager.user_id).where(Manager.team_id == team_id).order_by(Manager.user_id))
    return list(rows.scalars())


async def active_managers(session: AsyncSession, team_id: int) -> Sequence[str]:
    """User ids of a team's managers without those who are known to be no full members by now."""
    rows = await session.execute(
        select(Manager.user_id)
        .join(Team, Team.id == Manager.team_id)
        .outerjoin(Person, and_(Person.workspace_id == Team.workspace_id, Person.user_id == Manager.user_id))
        .where(Manager.team_id == team_id, or_(Person.user_id.is_(None), not_(NO_MEMBER)))
        .order_by(Manager.user_id)
    )
    return list(rows.scalars())


async def with_managers(session: AsyncSession, *, workspace_id: str, limit: int) -> list[tuple[Team, list[str]]]:
    """Teams with their active managers' user ids: those that have none first, then by name."""
    active = (
        select(Manager.team_id, Manager.user_id)
        .outerjoin(Person, and_(Person.workspace_id == workspace_id, Person.user_id == Manager.user_id))
        .where(or_(Person.user_id.is_(None), not_(NO_MEMBER)))
    )
    is_managed = active.where(Manager.team_id == Team.id).correlate(Team).exists()
    rows = await session.execute(
        select(Team)
        .where(Team.workspace_id == workspace_id, STAYS)
        .order_by(is_managed, func.lower(Team.name), Team.created_at, Team.id)
        .limit(limit)
    )
    found = {team.id: (team, list[str]()) for team in rows.scalars()}
    named = active.where(Manager.team_id.in_(found)).order_by(Manager.user_id)
    for team_id, user_id in await session.execute(named):
        found[team_id][1].append(user_id)
    return list(found.values())


def has_power(*, workspace_id: str, user_id: str) -> ColumnElement[bool]:
    """False for who isn't known to be a full member: they manage nothing, whatever was written down before."""
    return exists().where(Person.workspace_id == workspace_id, Person.user_id == user_id, FULL_MEMBER)


async def managed_by(session: AsyncSession, *, workspace_id: str, user_id: str, still: bool = True) -> Sequence[Team]:
    """The teams that this person manages; with `still` none for who is no full member by now."""
    query = (
        select(Team)
        .join(Manager, Manager.team_id == Team.id)
        .where(Team.workspace_id == workspace_id, Manager.user_id == user_id, STAYS)
        .order_by(func.lower(Team.name), Team.created_at, Team.id)
    )
    if still:
        query = query.where(has_power(workspace_id=workspace_id, user_id=user_id))
    return list((await session.execute(query)).scalars())


async def joined_by(session: AsyncSession, *, workspace_id: str, user_id: str) -> Sequence[Team]:
    """The teams on whose roster this person is, by name."""
    # One step into the roster's primary key for each team of the workspace: by person there is no index.
    joined = exists().where(RosterMember.team_id == Team.id, RosterMember.user_id == user_id)
    rows = await session.execute(
        select(Team)
        .where(Team.workspace_id == workspace_id, joined)
        .order_by(func.lower(Team.name), Team.created_at, Team.id)
    )
    return list(rows.scalars())


async def among(session: AsyncSession, *, workspace_id: str, team_ids: Collection[int]) -> dict[int, Team]:
    """Those of these teams that the workspace has, by id."""
    rows = await session.execute(select(Team).where(Team.workspace_id == workspace_id, Team.id.in_(team_ids)))
    return {team.id: team for team in rows.scalars()}


async def sharing_people(
    session: AsyncSession, team: Team, *, user_ids: Collection[str], until: datetime, limit: int
) -> Sequence[Team]:
    """Other teams of the workspace that are to be asked by then and have somebody of these people on their roster.

    Those that are asked first lead; none that is about to be deleted.
    """
    shares = exists().where(RosterMember.team_id == Team.id, RosterMember.user_id.in_(user_ids))
    rows = await session.execute(
        select(Team)
        .where(Team.workspace_id == team.workspace_id, Team.id != team.id, Team.next_round_at <= until, STAYS, shares)
        .order_by(Team.next_round_at, Team.id)
        .limit(limit)
    )
    return list(rows.scalars())


async def asked_often_with(
    session: AsyncSession, team: Team, *, user_ids: Collection[str], weeks: int, limit: int
) -> Sequence[Team]:
    """Other teams of the workspace that share people with one, as above, and are asked at least every so many weeks."""
    shares = exists().where(RosterMember.team_id == Team.id, RosterMember.user_id.in_(user_ids))
    rows = await session.execute(
        select(Team)
        .where(Team.workspace_id == team.workspace_id, Team.id != team.id, STAYS, shares)
        .where(Team.every_weeks <= weeks, Team.next_round_at.is_not(None))
        .order_by(Team.next_round_at, Team.id)
        .limit(limit)
    )
    return list(rows.scalars())


async def number_of(session: AsyncSession, *, workspace_id: str) -> int:
    """How many teams a workspace has."""
    query = select(func.count()).select_from(Team).where(Team.workspace_id == workspace_id)
    return int((await session.execute(query)).scalar_one())


async def is_manager(session: AsyncSession, *, team_id: int, user_id: str) -> bool:
    return await session.get(Manager, (team_id, user_id)) is not None


async def add_manager(session: AsyncSession, *, team_id: int, user_id: str) -> bool:
    """Make someone a manager; False where they are one."""
    if await is_manager(session, team_id=team_id, user_id=user_id):
        return False
    session.add(Manager(team_id=team_id, user_id=user_id))
    await session.flush()
    return True


async def remove_manager(session: AsyncSession, *, team_id: int, user_id: str) -> bool:
    """Make someone a manager no longer; False where they weren't one."""
    done = await session.execute(
        delete(Manager).where(Manager.team_id == team_id, Manager.user_id == user_id).returning(Manager.user_id)
    )
    return done.first() is not None


async def follow_channel(session: AsyncSession, *, workspace_id: str, old_id: str, new_id: str) -> bool:
    """Slack gave a channel another id: the team's, its rounds' and what is still owed there follow.

    False where no team has the old id, or another team has the new one.
    """
    found = await of_channel(session, workspace_id=workspace_id, channel_id=old_id)
    team = await hold(session, found.id, workspace_id=workspace_id) if found is not None else None
    if team is None or team.channel_id != old_id:
        return False
    if await of_channel(session, workspace_id=workspace_id, channel_id=new_id) is not None:
        return False
    await _hold_open_round(session, team)
    await session.execute(
        update(Delivery)
        .where(
            Delivery.workspace_id == workspace_id,
            Delivery.channel_id == old_id,
            Delivery.state.in_([DeliveryState.PENDING, DeliveryState.SENDING]),
        )
        .values(channel_id=new_id)
    )
    await session.execute(
        update(Round).where(Round.team_id == team.id, Round.channel_id == old_id).values(channel_id=new_id)
    )
    await _enter(session, team, channel_id=new_id)
    return True


async def move(session: AsyncSession, team: Team, *, channel_id: str) -> None:
    """Give a team, held by the caller, another channel: what is not posted yet goes there, and what is stays.

    Not posted are the summary of the open round, and one that is still owed. Should that one just be in the air, then
    `bot.summary.messages` keeps where it landed.
    """
    await _hold_open_round(session, team)
    waiting = (
        Delivery.round_id.in_(select(Round.id).where(Round.team_id == team.id)),
        Delivery.kind == DeliveryKind.SUMMARY,
        Delivery.state.in_([DeliveryState.PENDING, DeliveryState.SENDING]),
    )
    moved = await session.execute(
        update(Delivery).where(*waiting).values(channel_id=channel_id).returning(Delivery.round_id)
    )
    unposted = or_(Round.state == RoundState.OPEN, Round.id.in_(list(moved.scalars())))
    await session.execute(update(Round).where(Round.team_id == team.id, unposted).values(channel_id=channel_id))
    team.channel_lost = None
    await _enter(session, team, channel_id=channel_id)


async def _hold_open_round(session: AsyncSession, team: Team) -> None:
    """Have the step of a round that is under way end first: what a close owes is seen then, and follows, too.

    So a team's channel is written in the order of everybody else: the open round, then deliveries, then the rounds
    that they are about, as whoever settles one does, then the team.
    """
    is_open = (Round.team_id == team.id, Round.state == RoundState.OPEN)
    await session.execute(select(Round.id).where(*is_open).with_for_update(key_share=True))


async def _enter(session: AsyncSession, team: Team, *, channel_id: str) -> None:
    """Write a team's channel, last of all.

    It is in a unique index, so PostgreSQL takes a changed one for another key: all wait for it who add rows that
    belong to the team, like a close, which holds a round and owes its summary.
    """
    team.channel_id = channel_id
    await session.flush()


async def remove(session: AsyncSession, team: Team) -> None:
    """Delete a team with all that hangs on it: its people, rounds, results, action items, and what it still owes."""
    await session.execute(delete(Team).where(Team.id == team.id, Team.workspace_id == team.workspace_id))
    session.expunge(team)


@dataclass(frozen=True, slots=True)
class PlannedSlot:
    """When a team's round is planned for, and what that was computed from."""

    team_id: int
    slot_date: date
    local_time: time
    time_zone: str
    next_round_at: datetime
    country: str | None
    subdivision: str | None
    weekday: str


async def planned_slots(session: AsyncSession, *, after: int, limit: int) -> Sequence[PlannedSlot]:
    """The slots that teams wait for, in order of the teams' ids from the one after `after`; for going through all."""
    rows = await session.execute(
        select(
            Team.id,
            Team.next_slot_date,
            Team.local_time,
            Team.time_zone,
            Team.next_round_at,
            Team.country,
            Team.subdivision,
            Team.weekday,
        )
        .where(
            Team.id > after,
            Team.next_slot_date.is_not(None),
            Team.next_round_at.is_not(None),
            Team.planned_at.is_(None),
        )
        .order_by(Team.id)
        .limit(limit)
    )
    return [
        PlannedSlot(team_id, slot_date, local_time, time_zone, next_round_at, country, subdivision, weekday)
        for team_id, slot_date, local_time, time_zone, next_round_at, country, subdivision, weekday in rows
        if slot_date is not None and next_round_at is not None
    ]


async def choose_people(session: AsyncSession, *, team_id: int, user_ids: Iterable[str]) -> None:
    """Replace the people picked by hand."""
    await session.execute(delete(ChosenPerson).where(ChosenPerson.team_id == team_id))
    session.add_all(ChosenPerson(team_id=team_id, user_id=user_id) for user_id in sorted(set(user_ids)))
    await session.flush()


async def chosen_people(session: AsyncSession, team_id: int) -> Sequence[str]:
    rows = await session.execute(
        select(ChosenPerson.user_id).where(ChosenPerson.team_id == team_id).order_by(ChosenPerson.user_id)
    )
    return list(rows.scalars())
