"""Deleting a team, in steps that survive a restart: nobody is left with a check-in that looks alive.

A team's rows hold what its closing messages are drawn from, and those messages go with it. So it is marked at once,
which ends its schedule and all that managers may do; a worker cancels its open round, waits until each check-in is
replaced, and only then lets it go.
"""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from bot.rounds import lifecycle
from bot.schedule import schedules
from storage import audit, deliveries, rounds, teams
from storage.kinds import Deed, DeliveryKind, TeamStep
from storage.models import Team

AGAIN = timedelta(seconds=1)
"""How soon a worker looks again whether the last message is out."""
WAITED_FOR = (
    DeliveryKind.PROMPT,
    DeliveryKind.REFRESH,
    DeliveryKind.CLOSING,
    DeliveryKind.SUMMARY,
    DeliveryKind.PICTURE,
    DeliveryKind.SHARE,
)
"""What people would miss, or be left with. Each of them ends, if only by being given up after a day."""


async def begin(session: AsyncSession, team: Team, *, by: str, now: datetime) -> None:
    """Mark a team, held by the caller, as one to delete; whoever may has been asked."""
    today = now.astimezone(ZoneInfo(team.time_zone)).replace(hour=0, minute=0, second=0, microsecond=0)
    ended = await rounds.for_nothing(session, team.id, since=today.astimezone(UTC))
    await audit.of_team(session, Deed.DELETE, team, by=by, now=now, details=audit.Details(rounds=ended))
    schedules.pause(team)
    team.next_step, team.next_step_at = TeamStep.DELETE, now


async def step(session: AsyncSession, team: Team, *, now: datetime) -> bool:
    """Bring the deletion of a team, held by the caller, as far as it goes now; whether that was any further."""
    found = await rounds.open_of(session, team.id)
    if found is not None:
        # Another worker may hold it and wait for this team: nobody waits for it.
        held = await rounds.hold(session, found.id, skip_locked=True)
        if held is not None:
            await lifecycle.cancel_round(session, held, now=now)
        team.next_step_at = now + AGAIN
        return held is not None
    # What is being owed at this moment is seen then, and nothing is owed any more that the team would take with it.
    await teams.hold(session, team.id, alone=True)
    if await deliveries.under_way(session, team_id=team.id, kinds=WAITED_FOR):
        team.next_step_at = now + AGAIN
        return False
    await teams.remove(session, team)
    return True
