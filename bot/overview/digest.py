"""A digest after each round for those who manage several teams: drawn when it is sent, from what may be printed."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.drafts import Draft, Kind
from bot.kit.rubrics import Rubrics
from bot.overview import standings
from bot.overview.digest_views import DigestCard, Other
from bot.overview.digest_views import digest as view
from bot.rounds.loading import link_to, round_and_team, wait_for_summary
from bot.slack.blocks import Message
from bot.summary import result as summaries
from storage import people
from storage.kinds import RoundState
from storage.models import Delivery, Round, Team
from storage.overview import SEVERAL, Scope


async def _digest(
    session: AsyncSession, closed: Round, team: Team, *, user_id: str, link: str | None, rubrics: Rubrics
) -> Message | None:
    """The digest of this round for this person; None where they no longer manage the team and another."""
    found = await standings.of(session, Scope(team.workspace_id, user_id), reader=user_id, rubrics=rubrics)
    if len(found.teams) < SEVERAL or team.id not in {each.id for each in found.teams}:
        return None
    result = await summaries.of(session, closed, reader=user_id, rubrics=rubrics)
    others = [
        Other(standing, each.next_round_at, each.time_zone)
        for each, standing in zip(found.teams, found.standings, strict=True)
        if each.id != team.id
    ]
    closed_on = summaries.closed_on(closed, team)
    return view(DigestCard(team.name, closed.number, closed_on, result.rubric, result.summary, link, others))


async def _draw(session: AsyncSession, delivery: Delivery, rubrics: Rubrics, now: datetime) -> Draft | None:
    found = await round_and_team(session, delivery)
    if found is None or found[0].state is not RoundState.CLOSED:
        return None
    closed, team = found
    reader = await people.get(session, workspace_id=delivery.workspace_id, user_id=delivery.user_id or "")
    if reader is None or not reader.is_full_member:
        return None
    await wait_for_summary(session, delivery, closed, now=now)
    link = await link_to(session, delivery.workspace_id, closed.channel_id, closed.summary_ts)
    message = await _digest(session, closed, team, user_id=delivery.user_id or "", link=link, rubrics=rubrics)
    return Draft(message) if message else None


DIGEST = Kind(_draw)
