"""Pictures of trends and overviews that somebody asked for, drawn when they are sent."""

import asyncio
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.access import roles
from bot.access.roles import Power
from bot.charts.overview import overview_svg, pages
from bot.charts.overview_words import Page, extent, overview_alt_text
from bot.charts.trend import MOST_ROUNDS, trend_svg
from bot.charts.trend_words import TrendCard, round_names, trend_alt_text
from bot.delivery.files import FileDraft, file_name, today_of
from bot.kit.i18n import _
from bot.kit.rubrics import Rubrics
from bot.overview import standings
from bot.slack.blocks import escape, one_line
from bot.summary import histories
from rubric import trend
from storage import teams
from storage.models import Delivery, Team

TREND, OVERVIEW = "trend", "overview"
"""What these files are called in a delivery's details."""
MOST_PICTURES = 6
"""Of one overview: more would bury a direct message."""


async def trend_card(
    session: AsyncSession, team: Team, *, reader: str, rubrics: Rubrics, number: int = MOST_ROUNDS
) -> TrendCard | None:
    """A team's last rounds side by side, as this person may read them; None before its first close."""
    past = await histories.of(session, team, reader=reader, rubrics=rubrics, limit=number + 1)
    shown = past[-number:]
    if not shown:
        return None
    return TrendCard(
        team=team.name,
        rubric=shown[-1].rubric,
        rounds=[(each.number, each.closed_on) for each in shown],
        trend=trend([each.rubric for each in shown], [each.summary for each in shown]),
        older_left_out=len(past) > len(shown),
    )


def overview_pages(overview: standings.Overview) -> list[Page]:
    """All pictures that it takes to show these teams; of them the first `MOST_PICTURES` are sent."""
    return [page for group in overview.card.groups if group.summaries for page in pages(group)]


async def draw_trend(session: AsyncSession, delivery: Delivery, rubrics: Rubrics, now: datetime) -> FileDraft | None:
    """The trend of the delivery's team."""
    team = await teams.get(session, delivery.team_id or 0, workspace_id=delivery.workspace_id)
    if team is None:
        return None
    standing = await roles.standing(session, team, user_id=delivery.user_id or "")
    if not standing.may(Power.TREND):
        return None
    number = int(delivery.details.get("rounds") or MOST_ROUNDS)
    card = await trend_card(session, team, reader=delivery.user_id or "", rubrics=rubrics, number=number)
    if card is None:
        return None
    return FileDraft(
        filename=file_name(team.name, "trend", on=await today_of(session, delivery, now), suffix="png"),
        title=_("{team}: {rounds}").format(team=one_line(team.name), rounds=round_names(card)),
        comment=_("*{team}* over its rounds, as you asked.").format(team=escape(team.name)),
        svg=await asyncio.to_thread(trend_svg, card),
        alt_text=trend_alt_text(card),
    )


async def draw_overview(session: AsyncSession, delivery: Delivery, rubrics: Rubrics, now: datetime) -> FileDraft | None:
    """One picture of the overview of the delivery's reader: the one whose place, from 0, its details name."""
    scope = await standings.scope_of(session, workspace_id=delivery.workspace_id, user_id=delivery.user_id or "")
    overview = await standings.of(session, scope, reader=delivery.user_id or "", rubrics=rubrics)
    found = await asyncio.to_thread(overview_pages, overview)
    place = int(delivery.details.get("page", 0))
    if place >= len(found):
        return None
    what = "overview" if len(found) == 1 else f"overview-{place + 1}"
    return FileDraft(
        filename=file_name("teams", what, on=await today_of(session, delivery, now), suffix="png"),
        title=extent(found[place]),
        comment=_("Where your teams stand, as you asked. {extent}").format(extent=extent(found[place])),
        svg=await asyncio.to_thread(overview_svg, found[place]),
        alt_text=overview_alt_text(found[place]),
    )
