"""What Slack said of people, and what they asked of us."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Person
from storage.models.workspaces import SLACKBOT, is_full_member

BATCH = 500
"""People in one statement, whose values are limited in number."""

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""When a profile was read that is to be read anew."""

FULL_MEMBER: ColumnElement[bool] = and_(
    Person.user_id != SLACKBOT,
    Person.is_bot.is_(False),
    Person.is_guest.is_(False),
    Person.is_deactivated.is_(False),
    Person.is_external.is_(False),
)
"""Whose `Person.is_full_member` is True."""

NO_MEMBER: ColumnElement[bool] = or_(
    Person.user_id == SLACKBOT,
    Person.is_bot.is_(True),
    Person.is_guest.is_(True),
    Person.is_deactivated.is_(True),
    Person.is_external.is_(True),
)
"""Whose `Person.is_full_member` is False. Of whoever is neither, Slack has to be asked."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What Slack says of one person."""

    user_id: str
    name: str
    time_zone: str | None
    is_bot: bool
    is_guest: bool
    is_deactivated: bool
    is_admin: bool
    is_external: bool | None = False
    """None: not what Slack says."""

    @property
    def is_full_member(self) -> bool | None:
        """As `Person.is_full_member`."""
        return is_full_member(
            self.user_id,
            is_bot=self.is_bot,
            is_guest=self.is_guest,
            is_deactivated=self.is_deactivated,
            is_external=self.is_external,
        )


async def keep(session: AsyncSession, *, workspace_id: str, profiles: Iterable[Profile], now: datetime) -> None:
    """Store what Slack says of people; what they asked of us stays.

    Two transactions may meet someone new at the same time, as where two rosters are read that they are on: one waits
    for the other.
    """
    said = {profile.user_id: profile for profile in profiles}
    known = await among(session, workspace_id=workspace_id, user_ids=[*said])
    new = sorted(said.keys() - known.keys())
    if new:
        await _add(session, [said[user_id] for user_id in new], workspace_id=workspace_id, now=now)
        known |= await among(session, workspace_id=workspace_id, user_ids=new)
    for user_id, profile in said.items():
        person = known[user_id]
        person.name, person.time_zone = profile.name, profile.time_zone
        person.is_bot, person.is_guest = profile.is_bot, profile.is_guest
        person.is_deactivated, person.is_admin = profile.is_deactivated, profile.is_admin
        person.is_external, person.read_at = profile.is_external, now
    await session.flush()


async def _add(session: AsyncSession, profiles: Sequence[Profile], *, workspace_id: str, now: datetime) -> None:
    """Add people, in order of their ids so that nobody waits in a circle; who is there by now is left as they are."""
    insert: Any = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    rows = [
        {"workspace_id": workspace_id, "user_id": profile.user_id, "name": profile.name, "read_at": now,
         "opted_out": False, "is_bot": profile.is_bot, "is_guest": profile.is_guest,
         "is_deactivated": profile.is_deactivated, "is_admin": profile.is_admin,
         "is_external": profile.is_external}
        for profile in profiles
    ]  # fmt: skip
    for start in range(0, len(rows), BATCH):
        await session.execute(insert(Person).values(rows[start : start + BATCH]).on_conflict_do_nothing())


async def get(session: AsyncSession, *, workspace_id: str, user_id: str) -> Person | None:
    return await session.get(Person, (workspace_id, user_id))


def zone_of(person: Person | None, otherwise: str = "UTC") -> str:
    """The time zone that Slack told of somebody; `otherwise` where it didn't, or where we don't know them."""
    return (person.time_zone if person is not None else None) or otherwise


async def among(session: AsyncSession, *, workspace_id: str, user_ids: Sequence[str]) -> dict[str, Person]:
    """Those of these people that we know, by user id."""
    rows = await session.execute(
        select(Person).where(Person.workspace_id == workspace_id, Person.user_id.in_(user_ids))
    )
    return {person.user_id: person for person in rows.scalars()}


async def remember_dm(session: AsyncSession, *, workspace_id: str, user_id: str, channel_id: str) -> None:
    """Keep the direct message that we have with someone."""
    await session.execute(
        update(Person)
        .where(Person.workspace_id == workspace_id, Person.user_id == user_id)
        .values(dm_channel=channel_id)
    )


async def names(session: AsyncSession, *, workspace_id: str) -> list[tuple[str, str]]:
    """User ids and names of everyone we know in a workspace."""
    rows = await session.execute(
        select(Person.user_id, Person.name).where(Person.workspace_id == workspace_id).order_by(Person.user_id)
    )
    return [(user_id, name) for user_id, name in rows]


async def opt_out(session: AsyncSession, *, workspace_id: str, user_id: str, opted_out: bool) -> None:
    """Ask this person no more, in any team of the workspace; or again."""
    await _wish(session, workspace_id=workspace_id, user_id=user_id, opted_out=opted_out)


async def be_away(session: AsyncSession, *, workspace_id: str, user_id: str, until: date | None) -> None:
    """Ask this person again on the day after `until`; None: they are back."""
    await _wish(session, workspace_id=workspace_id, user_id=user_id, away_until=until)


async def _wish(session: AsyncSession, *, workspace_id: str, user_id: str, **wished: bool | date | None) -> None:
    """Keep what somebody asked of us, also of who was erased: with nothing of what Slack says of them."""
    if any(wished.values()):
        bare = Profile(
            user_id, name="", time_zone=None, is_bot=False, is_guest=False, is_deactivated=False, is_admin=False,
            is_external=None,
        )  # fmt: skip
        await _add(session, [bare], workspace_id=workspace_id, now=NEVER)
    await session.execute(
        update(Person).where(Person.workspace_id == workspace_id, Person.user_id == user_id).values(wished)
    )
