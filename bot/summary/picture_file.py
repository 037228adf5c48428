"""The picture of a summary that somebody asked for, drawn when it is sent, for as long as they may have it."""

import asyncio
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.access import roles
from bot.access.roles import Power
from bot.charts.profile import profile_svg
from bot.delivery.files import FileDraft, file_name, today_of
from bot.kit.i18n import _
from bot.kit.rubrics import Rubrics
from bot.slack.blocks import escape, one_line
from bot.summary import result
from bot.summary.cards import caption_of, card_of
from storage import rounds, teams
from storage.kinds import RoundState
from storage.models import Delivery

SUMMARY = "summary"
"""What this file is called in a delivery's details."""


async def draw(session: AsyncSession, delivery: Delivery, rubrics: Rubrics, now: datetime) -> FileDraft | None:
    """The profile of the delivery's team in the round that its details name."""
    team = await teams.get(session, delivery.team_id or 0, workspace_id=delivery.workspace_id)
    closed = await rounds.get(session, int(delivery.details.get("round", 0)), workspace_id=delivery.workspace_id)
    if team is None or closed is None or closed.team_id != team.id or closed.state is not RoundState.CLOSED:
        return None
    standing = await roles.standing(session, team, user_id=delivery.user_id or "")
    if not standing.may(Power.SUMMARY):
        return None
    card = card_of(await result.of(session, closed, reader=delivery.user_id or "", rubrics=rubrics), team)
    if card.summary.shows_nothing:
        return None
    caption = caption_of(card)
    return FileDraft(
        filename=file_name(
            team.name, f"round-{closed.number}", on=await today_of(session, delivery, now), suffix="png"
        ),
        title=_("{team}: {round}").format(team=one_line(team.name), round=caption.round_name),
        comment=_("The picture of *{team}*, round {number}, as you asked.").format(
            team=escape(one_line(team.name)), number=closed.number
        ),
        svg=await asyncio.to_thread(profile_svg, card.rubric, card.summary, caption),
        alt_text=card.alt_text,
    )
