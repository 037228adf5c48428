"""Pictures of trends and overviews that somebody asked for, drawn when they are sent."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.access import roles
from bot.access.roles import Power
from bot.charts.overview import overview_svg, pages
from bot.charts.overview_words import Page, extent, overview_alt_text
from bot.charts.trend import MOST_ROUNDS, trend_svg
from bot.charts.trend_words import TrendCard, round_names, trend_alt_text
from bot.delivery.files import FileDraft, file_name
from bot.delivery.message import Context
from bot.kit.i18n import _
from bot.kit.rubrics import Rubrics
from bot.notices.file_message import FileMessage
from bot.overview import standings
from bot.slack.blocks import escape, one_line
from bot.summary import histories
from rubric import trend
from storage import teams
from storage.models import Team

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


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendPicture(FileMessage):
    """The trend of a team."""

    what = "trend"

    team_id: int
    rounds: int = MOST_ROUNDS

    def asked_for(self) -> Mapping[str, Any]:
        return {"rounds": self.rounds}

    @classmethod
    def parsed(cls, payload: Mapping[str, Any]) -> Mapping[str, Any]:
        rounds = payload.get("rounds")
        return {"rounds": int(rounds) if rounds is not None else MOST_ROUNDS}

    async def file(self, context: Context) -> FileDraft | None:
        session = context.session
        team = await teams.get(session, self.team_id, workspace_id=self.workspace_id)
        if team is None:
            return None
        standing = await roles.standing(session, team, user_id=self.user_id)
        if not standing.may(Power.TREND):
            return None
        card = await trend_card(session, team, reader=self.user_id, rubrics=context.rubrics, number=self.rounds)
        if card is None:
            return None
        return FileDraft(
            filename=file_name(team.name, "trend", on=await self.today(context), suffix="png"),
            title=_("{team}: {rounds}").format(team=one_line(team.name), rounds=round_names(card)),
            comment=_("Here is the picture of *{team}* over its rounds.").format(team=escape(team.name)),
            svg=await asyncio.to_thread(trend_svg, card),
            alt_text=trend_alt_text(card),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewPicture(FileMessage):
    """One picture of its reader's overview."""

    what = "overview"

    page: int
    """Its place, from 0."""

    def asked_for(self) -> Mapping[str, Any]:
        return {"page": self.page}

    @classmethod
    def parsed(cls, payload: Mapping[str, Any]) -> Mapping[str, Any]:
        return {"page": int(payload.get("page", 0))}

    async def file(self, context: Context) -> FileDraft | None:
        session = context.session
        scope = await standings.scope_of(session, workspace_id=self.workspace_id, user_id=self.user_id)
        overview = await standings.of(session, scope, reader=self.user_id, rubrics=context.rubrics)
        found = await asyncio.to_thread(overview_pages, overview)
        if self.page >= len(found):
            return None
        page = found[self.page]
        what = "overview" if len(found) == 1 else f"overview-{self.page + 1}"
        return FileDraft(
            filename=file_name("teams", what, on=await self.today(context), suffix="png"),
            title=extent(page),
            comment=_("Here is the picture of where your teams stand. {extent}").format(extent=extent(page)),
            svg=await asyncio.to_thread(overview_svg, page),
            alt_text=overview_alt_text(page),
        )
