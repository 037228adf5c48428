"""The audit: what managers and admins did, a line for each, written in the transaction that does it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Self

from sqlalchemy import BigInteger, ColumnElement, cast, delete, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.kinds import Deed
from storage.models import AuditEntry, Team

KEPT = timedelta(days=731)
"""Two years. Older entries are deleted by a worker, once a day."""

OPERATOR = "operator"
"""In place of a user id: whoever runs the program, by its command line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What is kept with a line: ids, dates and settings, never an answer or a note. Each deed has a few of these."""

    team: int | None = None
    """The id of the team that it was done to."""
    user: str | None = None
    """Who became a manager or an admin, or is none any more."""
    old: str | None = None
    new: str | None = None
    """The channels that a team moved from and to."""
    channel: str | None = None
    """Where a summary was shared."""
    format: str | None = None
    """Of an export."""
    closes: datetime | None = None
    """Until when a round was extended."""
    skipped: datetime | None = None
    """When the round was planned that was skipped."""
    minimum: int | None = None
    """The smallest group."""
    rounds: int | None = None
    """How many open rounds were cancelled with a team; version 0.1.0 kept nothing of that."""
    changed: Sequence[str] | None = None
    """Fields of a team's settings."""

    def payload(self) -> dict[str, Any]:
        """The details as a line keeps them."""
        found = {each.name: getattr(self, each.name) for each in fields(self)}
        return {
            name: int(value.timestamp()) if isinstance(value, datetime) else value
            for name, value in found.items()
            if value is not None
        }

    @classmethod
    def of(cls, entry: AuditEntry) -> Self:
        """The details of a line, whichever version wrote it."""
        kept = {name: value for name, value in entry.details.items() if value is not None}

        def text(name: str) -> str | None:
            return str(kept[name]) if name in kept else None

        def number(name: str) -> int | None:
            return int(kept[name]) if name in kept else None

        def instant(name: str) -> datetime | None:
            return datetime.fromtimestamp(int(kept[name]), UTC) if name in kept else None

        return cls(
            team=number("team"),
            user=text("user"),
            old=text("old"),
            new=text("new"),
            channel=text("channel"),
            format=text("format"),
            closes=instant("closes"),
            skipped=instant("skipped"),
            minimum=number("minimum"),
            rounds=number("rounds"),
            changed=[str(name) for name in kept["changed"]] if "changed" in kept else None,
        )


NO_DETAILS = Details()


@dataclass(frozen=True, slots=True)
class About:
    """The lines about one team: one that was deleted is known by its name alone, however that was written."""

    team_id: int | None
    names: Collection[str] = ()


async def of_team(
    session: AsyncSession, deed: Deed, team: Team, *, by: str, now: datetime, details: Details = NO_DETAILS
) -> None:
    """Add a line about a team, under the name that it has now."""
    await _add(
        session,
        team.workspace_id,
        deed,
        by=by,
        now=now,
        team_name=team.name,
        details=replace(details, team=team.id),
    )


async def of_workspace(
    session: AsyncSession, deed: Deed, workspace_id: str, *, by: str, now: datetime, details: Details = NO_DETAILS
) -> None:
    """Add a line about the workspace as a whole."""
    await _add(session, workspace_id, deed, by=by, now=now, team_name=None, details=details)


async def _add(
    session: AsyncSession,
    workspace: str,
    deed: Deed,
    *,
    by: str,
    now: datetime,
    team_name: str | None,
    details: Details,
) -> None:
    session.add(
        AuditEntry(
            workspace_id=workspace,
            at=now,
            user_id=by,
            what=deed.value,
            team_name=team_name,
            details=details.payload(),
        )
    )
    await session.flush()


async def latest(
    session: AsyncSession, *, workspace_id: str, limit: int, about: About | None = None
) -> Sequence[AuditEntry]:
    """The newest lines of a workspace, newest first: all of them, or those about one team."""
    query = select(AuditEntry).where(*_about(workspace_id, about))
    return list((await session.execute(query.order_by(AuditEntry.id.desc()).limit(limit))).scalars())


async def last_of_team(session: AsyncSession, deed: Deed, team: Team, *, since: datetime) -> datetime | None:
    """When this was done to a team for the last time, at that instant or after it; None: not since then."""
    query = select(AuditEntry.at).where(
        *_about(team.workspace_id, About(team.id)), AuditEntry.what == deed.value, AuditEntry.at >= since
    )
    return (await session.execute(query.order_by(AuditEntry.id.desc()).limit(1))).scalar_one_or_none()


async def since(
    session: AsyncSession, deeds: Collection[Deed], *, workspace_id: str, since: datetime
) -> Sequence[AuditEntry]:
    """The lines about such deeds, of that instant or after it."""
    query = select(AuditEntry).where(
        *_about(workspace_id, None), AuditEntry.what.in_([deed.value for deed in deeds]), AuditEntry.at >= since
    )
    return list((await session.execute(query)).scalars())


async def count(session: AsyncSession, *, workspace_id: str, about: About | None = None) -> int:
    """How many lines there are in all."""
    query = select(func.count()).select_from(AuditEntry).where(*_about(workspace_id, about))
    return (await session.execute(query)).scalar_one()


async def team_names(session: AsyncSession, *, workspace_id: str) -> Sequence[str]:
    """Every name under which something is written down about a team, of those that are gone, too."""
    rows = await session.execute(
        select(AuditEntry.team_name)
        .where(AuditEntry.workspace_id == workspace_id, AuditEntry.team_name.is_not(None))
        .distinct()
    )
    return [name for name in rows.scalars() if name is not None]


async def forget(session: AsyncSession, *, before: datetime) -> int:
    """Delete the lines of every workspace that are older than that; how many."""
    done = await session.execute(delete(AuditEntry).where(AuditEntry.at < before).returning(AuditEntry.id))
    return len(done.all())


def _about(workspace_id: str, about: About | None) -> list[ColumnElement[bool]]:
    within: list[ColumnElement[bool]] = [AuditEntry.workspace_id == workspace_id]
    if about is None:
        return within
    meant: list[ColumnElement[bool]] = [AuditEntry.team_name.in_(about.names)]
    if about.team_id is not None:
        # A team that is there also by what it was called before.
        meant.append(cast(AuditEntry.details["team"].as_string(), BigInteger) == about.team_id)
    return [*within, or_(*meant)]
