"""What a team's channel is told about the team: that it was set up, and that it is asked in another way from now on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Self

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.message import Context, Draft, OwedMessage, Sending
from bot.schedule import schedules
from bot.teams import channel_news_views, head_counts
from storage import deliveries, rounds, teams, workspaces
from storage.kinds import DeliveryKind, Privacy
from storage.models import Team

SOON = timedelta(seconds=10)
"""By then a new team's first date is chosen, which the channel reads."""


class About(StrEnum):
    SET_UP = "set up"
    NAMED = "named"
    CONFIDENTIAL = "confidential"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelNews(OwedMessage):
    """A message in a team's channel about the team itself."""

    kind = DeliveryKind.CHANNEL_NEWS
    sending = Sending.CHANNEL_POST

    team_id: int
    channel_id: str
    about: About
    by: str | None = None
    """Who set the team up; None: an operator did."""

    @classmethod
    def of(cls, team: Team, about: About, *, once: str, by: str | None = None) -> Self:
        return cls(
            workspace_id=team.workspace_id,
            key=f"team:{team.id}:channel:{once}",
            team_id=team.id,
            channel_id=team.channel_id,
            about=about,
            by=by,
        )

    def payload(self) -> Mapping[str, Any]:
        return {"about": self.about} | ({"by": self.by} if self.by is not None else {})

    @classmethod
    def parsed(cls, payload: Mapping[str, Any]) -> Mapping[str, Any]:
        by = payload.get("by")
        return {"about": About(payload["about"]), "by": str(by) if by is not None else None}

    async def draw(self, context: Context) -> Draft | None:
        """None where it isn't so any more."""
        team = await teams.get(context.session, self.team_id, workspace_id=self.workspace_id)
        if team is None:
            return None
        minimum = await workspaces.minimum_of(context.session, self.workspace_id)
        if self.about is About.SET_UP:
            has_begun = team.started_by is not None or await rounds.last_opened(context.session, team.id) is not None
            coming = [] if has_begun or schedules.is_paused(team) else schedules.coming(team, now=context.now, count=1)
            first = coming[0].at if coming else None
            message = channel_news_views.introduction(
                team,
                by=self.by,
                first=first,
                questions=len(context.rubrics.current.dimensions),
                heads=await head_counts.of_roster(context.session, team),
                minimum=minimum,
            )
        elif str(team.privacy) != str(self.about):
            return None
        else:
            message = channel_news_views.asked_otherwise(team, minimum=minimum)
        return Draft(message, channel_id=team.channel_id)


async def introduce(session: AsyncSession, team: Team, *, by: str | None, now: datetime) -> None:
    """Owe a new team's channel the message that introduces its check-ins."""
    news = ChannelNews.of(team, About.SET_UP, once="set up", by=by)
    await deliveries.owe(session, workspace_id=team.workspace_id, messages=[news.row(due=now + SOON)])


async def tell_of_change(session: AsyncSession, team: Team, *, before: Privacy, now: datetime) -> None:
    """Owe the channel a word where the team's way of asking has changed."""
    if before is team.privacy:
        return
    news = ChannelNews.of(team, About(team.privacy), once=f"{team.privacy}:{now.timestamp()}")
    await deliveries.owe(session, workspace_id=team.workspace_id, messages=[news.row(due=now)])
