"""All that is stored about one person in one workspace, and its erasure."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Text, cast, delete, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.action_items import AS_WRITTEN
from storage.keys import round_key
from storage.kinds import ENDED, DeliveryKind, RoundState
from storage.models import (
    ActionItem,
    Admin,
    Answer,
    AuditEntry,
    ChosenPerson,
    Delivery,
    Manager,
    Person,
    RecentlyAsked,
    RosterMember,
    Round,
    RoundMember,
    Team,
)
from storage.models.rounds import NAMELESS
from storage.people import NEVER

ERASED = "erased"
"""In the details of a prompt: its member was erased while the round was open, and goes from it once it has ended."""


@dataclass(frozen=True, slots=True)
class Tie:
    """What somebody is to a team."""

    team: str
    member: bool
    chosen: bool
    """Picked by hand by a manager."""
    manager: bool


@dataclass(frozen=True, slots=True)
class CheckIn:
    """A round that asked somebody, with the answers of theirs that are still stored: by dimension."""

    team: str
    round: Round
    member: RoundMember
    answers: Mapping[str, Answer]


@dataclass(frozen=True, slots=True)
class Stored:
    """Everything about one person."""

    person: Person | None
    named_admin: bool
    ties: Sequence[Tie]
    check_ins: Sequence[CheckIn]
    action_items: Sequence[ActionItem] = field(default=())
    """Those they own."""
    written: int = 0
    """Action items that they wrote down, whoever owns them."""
    audit: Sequence[AuditEntry] = field(default=())
    recently_asked: Sequence[RecentlyAsked] = field(default=())
    """Kept for rounds of nearly the same people, also of teams and check-ins that are gone."""
    messages: Sequence[Delivery] = field(default=())
    """What the app sent them, or is about to: never what it said."""


async def about(session: AsyncSession, *, workspace_id: str, user_id: str) -> Stored:
    """Everything that is stored about this person here."""
    items = select(ActionItem).where(ActionItem.workspace_id == workspace_id, ActionItem.owner_id == user_id)
    wrote = select(func.count()).where(ActionItem.workspace_id == workspace_id, ActionItem.created_by == user_id)
    entries = select(AuditEntry).where(AuditEntry.workspace_id == workspace_id, AuditEntry.user_id == user_id)
    recent = select(RecentlyAsked).where(RecentlyAsked.workspace_id == workspace_id, RecentlyAsked.user_id == user_id)
    check_ins = await _check_ins(session, workspace_id=workspace_id, user_id=user_id)
    return Stored(
        person=await session.get(Person, (workspace_id, user_id)),
        named_admin=await session.get(Admin, (workspace_id, user_id)) is not None,
        ties=await _ties(session, workspace_id=workspace_id, user_id=user_id),
        check_ins=check_ins,
        action_items=list((await session.execute(items.order_by(*AS_WRITTEN))).scalars()),
        written=(await session.execute(wrote)).scalar_one(),
        audit=list((await session.execute(entries.order_by(AuditEntry.id))).scalars()),
        recently_asked=list((await session.execute(recent.order_by(RecentlyAsked.opened_at))).scalars()),
        messages=await _messages(
            session, workspace_id=workspace_id, user_id=user_id, round_ids=[each.round.id for each in check_ins]
        ),
    )


async def _ties(session: AsyncSession, *, workspace_id: str, user_id: str) -> Sequence[Tie]:
    member, chosen, manager = (
        exists().where(table.team_id == Team.id, table.user_id == user_id)
        for table in (RosterMember, ChosenPerson, Manager)
    )
    rows = await session.execute(
        select(Team.name, member, chosen, manager)
        .where(Team.workspace_id == workspace_id, or_(member, chosen, manager))
        .order_by(func.lower(Team.name), Team.created_at, Team.id)
    )
    return [Tie(name, bool(is_member), bool(is_chosen), bool(manages)) for name, is_member, is_chosen, manages in rows]


async def _check_ins(session: AsyncSession, *, workspace_id: str, user_id: str) -> Sequence[CheckIn]:
    rows = await session.execute(
        select(Team.name, Round, RoundMember)
        .join(Round, Round.team_id == Team.id)
        .join(RoundMember, RoundMember.round_id == Round.id)
        .where(Team.workspace_id == workspace_id, RoundMember.user_id == user_id)
        .order_by(Round.opened_at, func.lower(Team.name), Round.id)
    )
    found = [(str(name), opened, member) for name, opened, member in rows]
    given: dict[int, dict[str, Answer]] = {}
    answers = select(Answer).where(
        Answer.user_id == user_id, Answer.round_id.in_([opened.id for _name, opened, _member in found])
    )
    for answer in (await session.execute(answers.order_by(Answer.dimension))).scalars():
        given.setdefault(answer.round_id, {})[answer.dimension] = answer
    return [CheckIn(name, opened, member, given.get(opened.id, {})) for name, opened, member in found]


async def _messages(
    session: AsyncSession, *, workspace_id: str, user_id: str, round_ids: Sequence[int]
) -> Sequence[Delivery]:
    """By way of the rounds, whose deliveries have an index: a person's own have none."""
    query = select(Delivery).where(
        Delivery.workspace_id == workspace_id,
        Delivery.user_id == user_id,
        or_(Delivery.round_id.is_(None), Delivery.round_id.in_(round_ids)),
    )
    return list((await session.execute(query.order_by(Delivery.first_attempt_at, Delivery.key))).scalars())


async def erase(session: AsyncSession, *, workspace_id: str, user_id: str, round_ids: Sequence[int]) -> None:
    """Erase somebody, but for what must stay; `round_ids` are the ended rounds that asked them.

    In an ended round somebody without a name takes their place: how many were asked and took part was printed and
    stays so. It is the same one in all rounds of a team, so that "half the team is new" stays true as well.
    """
    asked = select(Round).where(
        Round.workspace_id == workspace_id, Round.id.in_(round_ids), Round.state != RoundState.OPEN
    )
    ended = list((await session.execute(asked)).scalars())
    ids = [each.id for each in ended]
    await _leave(session, ended, user_id=user_id)
    await session.execute(
        delete(Delivery).where(
            Delivery.workspace_id == workspace_id,
            Delivery.user_id == user_id,
            or_(Delivery.round_id.is_(None), Delivery.round_id.in_(ids)),
            Delivery.state.in_([*ENDED]),
        )
    )
    await _leave_messages_to_others(session, workspace_id=workspace_id, user_id=user_id)
    await session.execute(
        update(ActionItem)
        .where(ActionItem.workspace_id == workspace_id, ActionItem.owner_id == user_id)
        .values(owner_id=None)
    )
    await session.execute(
        update(ActionItem)
        .where(ActionItem.workspace_id == workspace_id, ActionItem.created_by == user_id)
        .values(created_by=_stand_in())
    )
    teams = select(Team.id).where(Team.workspace_id == workspace_id)
    await session.execute(delete(RosterMember).where(RosterMember.team_id.in_(teams), RosterMember.user_id == user_id))
    await _forget_profile(session, workspace_id=workspace_id, user_id=user_id)


async def _leave_messages_to_others(session: AsyncSession, *, workspace_id: str, user_id: str) -> None:
    """Blank somebody in what messages to others keep: who gave an action, who owned it, which manager has left."""
    of_others = or_(Delivery.user_id.is_(None), Delivery.user_id != user_id)
    names = or_(cast(Delivery.details, Text).contains(user_id, autoescape=True), Delivery.key.contains(f":{user_id}"))
    query = select(Delivery).where(Delivery.workspace_id == workspace_id, of_others, names)
    for delivery in (await session.execute(query)).scalars():
        delivery.details = _without(delivery.details, user_id)
        # Another key that is nobody else's: what was owed once is owed once still.
        delivery.key = ":".join(secrets.token_hex(4) if part == user_id else part for part in delivery.key.split(":"))


def _without(kept: Any, user_id: str) -> Any:
    """A delivery's details without this person: nothing in their place."""
    if isinstance(kept, dict):
        return {key: _without(value, user_id) for key, value in kept.items() if key != user_id}
    if isinstance(kept, list):
        return [_without(value, user_id) for value in kept if value != user_id]
    return None if kept == user_id else kept


async def _prompt(session: AsyncSession, *, workspace_id: str, user_id: str, round_id: int) -> Delivery | None:
    key = round_key(round_id, DeliveryKind.PROMPT, user_id)
    query = select(Delivery).where(Delivery.workspace_id == workspace_id, Delivery.key == key)
    return (await session.execute(query)).scalar_one_or_none()


async def erase_at_close(session: AsyncSession, *, workspace_id: str, user_id: str, round_id: int) -> None:
    """Have somebody who leaves an open round out erased from it by `erase_ended`, unless they take it up again."""
    prompt = await _prompt(session, workspace_id=workspace_id, user_id=user_id, round_id=round_id)
    if prompt is not None:
        prompt.details = {**prompt.details, ERASED: True}


async def erase_ended(session: AsyncSession, *, workspace_id: str, user_id: str, round_id: int) -> None:
    """Erase from an ended round who was erased while it was open; nothing while a message about it is on its way."""
    prompt = await _prompt(session, workspace_id=workspace_id, user_id=user_id, round_id=round_id)
    if prompt is None or not prompt.details.get(ERASED):
        return
    member = await session.get(RoundMember, (round_id, user_id))
    ended = await session.get(Round, round_id)
    if member is None or not member.skipped or ended is None or ended.state is RoundState.OPEN:
        return
    if await on_their_way(session, workspace_id=workspace_id, user_id=user_id, round_ids=[round_id]):
        return
    await _leave(session, [ended], user_id=user_id)
    await session.execute(
        delete(Delivery).where(
            Delivery.workspace_id == workspace_id, Delivery.user_id == user_id, Delivery.round_id == round_id
        )
    )


async def _leave(session: AsyncSession, ended: Sequence[Round], *, user_id: str) -> None:
    """Take somebody out of ended rounds; in closed ones somebody without a name takes their place."""
    ids = [each.id for each in ended]
    await session.execute(delete(Answer).where(Answer.round_id.in_(ids), Answer.user_id == user_id))
    for team_id in sorted({each.team_id for each in ended}):
        closed = [each.id for each in ended if each.team_id == team_id and each.state == RoundState.CLOSED]
        await _nameless(session, round_ids=closed, user_id=user_id)
    await session.execute(delete(RoundMember).where(RoundMember.round_id.in_(ids), RoundMember.user_id == user_id))


async def _nameless(session: AsyncSession, *, round_ids: Sequence[int], user_id: str) -> None:
    opened = select(Round.opened_at).where(Round.id == RoundMember.round_id).scalar_subquery()
    await session.execute(
        update(RoundMember)
        .where(RoundMember.round_id.in_(round_ids), RoundMember.user_id == user_id)
        .values(
            user_id=_stand_in(),
            opens_at=opened,
            channel_id=None,
            message_ts=None,
            completed_at=None,
            quiet_until=None,
            nudges=0,
            render=0,
            skipped=False,
        )
        .execution_options(synchronize_session=False)
    )


def _stand_in() -> str:
    return f"{NAMELESS}{secrets.token_hex(8)}"


async def _forget_profile(session: AsyncSession, *, workspace_id: str, user_id: str) -> None:
    """What Slack says of them goes; that they are away, or not to be asked, is a wish of theirs and stays."""
    # Held, and read anew: a wish that is saved meanwhile must not go with the rest.
    person = await session.get(Person, (workspace_id, user_id), with_for_update=True, populate_existing=True)
    if person is None:
        return
    if not person.opted_out and person.away_until is None:
        await session.delete(person)
        return
    person.name, person.time_zone, person.dm_channel, person.first_asked_in = "", None, None, None
    person.is_admin = person.is_guest = person.is_bot = person.is_deactivated = False
    person.is_external, person.read_at = None, NEVER


async def on_their_way(session: AsyncSession, *, workspace_id: str, user_id: str, round_ids: Sequence[int]) -> bool:
    """Whether a message about one of these rounds is still to reach this person, and needs them known until then."""
    query = select(Delivery.id).where(
        Delivery.workspace_id == workspace_id,
        Delivery.user_id == user_id,
        Delivery.round_id.in_(round_ids),
        Delivery.state.not_in([*ENDED]),
    )
    return (await session.execute(query.limit(1))).first() is not None
