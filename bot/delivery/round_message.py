"""Messages about one round: to one of its members or managers, or to its team's channel."""

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar, Self

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.message import Context, OwedMessage, wait_for
from bot.slack.ids import permalink
from storage import rounds, teams, workspaces
from storage.keys import round_key
from storage.kinds import DeliveryKind
from storage.models import Round, RoundMember, Team

SUMMARY_WITHIN = timedelta(seconds=60)
"""How long the closing messages wait for the summary that they link to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundMessage(OwedMessage):
    """About a round."""

    round_id: int
    team_id: int | None = None

    async def round_and_team(self, session: AsyncSession) -> tuple[Round, Team] | None:
        """The round and its team; None where either is gone."""
        found = await rounds.get(session, self.round_id, workspace_id=self.workspace_id)
        if found is None:
            return None
        team = await teams.get(session, found.team_id, workspace_id=self.workspace_id)
        return (found, team) if team is not None else None

    async def wait_for_summary(self, context: Context, closed: Round) -> None:
        """Raise NotYetError for a while, until the summary is there to be linked to."""
        latest = closed.closed_at + SUMMARY_WITHIN if closed.closed_at is not None else context.now
        if closed.summary_ts is None and context.now < latest:
            key = round_key(closed.id, DeliveryKind.SUMMARY)
            await wait_for(context, self.workspace_id, key, latest=latest)


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberMessage(RoundMessage):
    """About a round, to one person."""

    ends_with_its_round: ClassVar[bool] = False
    """Not sent after the close."""

    user_id: str

    @classmethod
    def of(cls, about: Round, user_id: str) -> Self:
        """The one that this person gets of a round."""
        return cls(
            workspace_id=about.workspace_id,
            key=round_key(about.id, cls.kind, user_id),
            team_id=about.team_id,
            round_id=about.id,
            user_id=user_id,
            expires_at=about.closes_at if cls.ends_with_its_round else None,
        )

    async def member(self, session: AsyncSession) -> RoundMember | None:
        """The round's member whom it is for."""
        return await rounds.member(session, self.round_id, self.user_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelMessage(RoundMessage):
    """About a round, to its team's channel."""

    channel_id: str

    @classmethod
    def of(cls, closed: Round) -> Self:
        """The one that its channel gets of a round."""
        return cls(
            workspace_id=closed.workspace_id,
            key=round_key(closed.id, cls.kind),
            team_id=closed.team_id,
            round_id=closed.id,
            channel_id=closed.channel_id,
        )


async def link_to(
    session: AsyncSession, workspace_id: str, channel_id: str | None, message_ts: str | None
) -> str | None:
    """The address of a message in Slack; None where it isn't known."""
    workspace = await workspaces.get(session, workspace_id)
    if workspace is None or channel_id is None or message_ts is None:
        return None
    return permalink(workspace.url, channel_id, message_ts)
