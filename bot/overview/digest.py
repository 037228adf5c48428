"""A digest after each round for those who manage several teams: drawn when it is sent, from what may be printed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.message import Context, Draft, Sending
from bot.delivery.round_message import MemberMessage, link_to
from bot.kit.rubrics import Rubrics
from bot.overview import digest_views, standings
from bot.overview.digest_views import DigestCard, Other
from bot.slack.blocks import Message
from bot.summary import result
from storage import deliveries, people
from storage.kinds import DeliveryKind, RoundState
from storage.models import Round, Team
from storage.overview import SEVERAL, Scope, managers_of_several

AFTER_THE_SUMMARY = timedelta(seconds=5)
"""How much later than the summary a digest is due, which links to it."""


async def _digest(
    session: AsyncSession, closed: Round, team: Team, *, user_id: str, link: str | None, rubrics: Rubrics
) -> Message | None:
    """The digest of this round for this person; None where they no longer manage the team and another."""
    found = await standings.of(session, Scope(team.workspace_id, user_id), reader=user_id, rubrics=rubrics)
    if len(found.teams) < SEVERAL or team.id not in {each.id for each in found.teams}:
        return None
    shown = await result.of(session, closed, reader=user_id, rubrics=rubrics)
    others = [
        Other(standing, each.next_round_at, each.time_zone)
        for each, standing in zip(found.teams, found.standings, strict=True)
        if each.id != team.id
    ]
    closed_on = result.closed_on(closed, team)
    card = DigestCard(team.name, closed.number, closed_on, shown.rubric, shown.summary, link, others)
    return digest_views.digest(card)


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest(MemberMessage):
    """What a manager of several teams hears of one of them."""

    kind = DeliveryKind.DIGEST
    sending = Sending.DIRECT_MESSAGE
    is_to_be_known = True

    async def draw(self, context: Context) -> Draft | None:
        session = context.session
        found = await self.round_and_team(session)
        if found is None or found[0].state is not RoundState.CLOSED:
            return None
        closed, team = found
        reader = await people.get(session, workspace_id=self.workspace_id, user_id=self.user_id)
        if reader is None or not reader.is_full_member:
            return None
        await self.wait_for_summary(context, closed)
        link = await link_to(session, self.workspace_id, closed.channel_id, closed.summary_ts)
        message = await _digest(session, closed, team, user_id=self.user_id, link=link, rubrics=context.rubrics)
        return Draft(message) if message else None


async def owe_digests(session: AsyncSession, closed: Round, *, now: datetime) -> None:
    """Owe a digest to each active manager of the round's team who manages another team as well."""
    await deliveries.owe(
        session,
        workspace_id=closed.workspace_id,
        messages=[
            Digest.of(closed, user_id).row(due=now + AFTER_THE_SUMMARY)
            for user_id in await managers_of_several(session, closed.team_id)
        ],
    )
