"""What is sent of a round beside other rounds and other teams: trend, overview, digest, earlier summaries."""

from datetime import date
from typing import Any

from bot.charts.overview import overview_svg, pages
from bot.charts.overview_words import overview_alt_text
from bot.charts.team_standing import Group, TeamStanding
from bot.charts.trend import trend_svg
from bot.charts.trend_words import TrendCard, trend_alt_text
from bot.overview import digest_views, trend_views
from bot.overview import views as overview
from bot.overview.digest_views import DigestCard, Other
from bot.overview.views import OverviewCard
from bot.summary import earlier_views
from bot.summary.views import SummaryCard
from rubric import Rubric, Summary, Tally, summarise
from rubric import trend as side_by_side

DAY = date(2026, 6, 9)
IN_FULL = {3: (2, 2, 2), 4: (1, 2, 2, 1), 5: (1, 2, 2, 1, 0)}
"""By the number of levels, answers that are told in full."""


def another(rubric: Rubric) -> Summary:
    """A round that is told in full: the team's own before this one, and another team's."""
    tallies = {dimension.key: Tally(IN_FULL[rubric.highest]) for dimension in rubric.dimensions}
    return summarise(rubric, tallies=tallies, asked=6, took_part=6, minimum=4, confidential=True)


def beside_others(card: SummaryCard) -> dict[str, Any]:
    """Messages, pictures by their SVG and alt texts, for a round as its card has it."""
    model, found = card.rubric, card.summary
    before = another(model)
    course = TrendCard(
        card.team, model, [(1, DAY), (2, card.closed_on)], side_by_side([model, model], [before, found]), False
    )
    standing = TeamStanding(card.team, number=card.number, closed_on=card.closed_on, summary=found)
    other = TeamStanding("Roads", number=1, closed_on=DAY, summary=before)
    group = Group(model, [standing, other])
    [page] = pages(group)
    last = DigestCard(card.team, card.number, card.closed_on, model, found, None, [Other(other, None, "UTC")])
    seen_there = DigestCard("Roads", 1, DAY, model, before, None, [Other(standing, None, "UTC")])
    return {
        "trend": [trend_views.trend(course).payload(), trend_svg(course), trend_alt_text(course)],
        "overview": [
            overview.overview(OverviewCard([group], [], all_teams=True), pictures=1, pictured=2).payload(),
            overview_svg(page),
            overview_alt_text(page),
        ],
        "digests": [digest_views.digest(each).payload() for each in (last, seen_there)],
        "earlier": earlier_views.earlier(model, found, number=card.number, closed_on=card.closed_on),
    }
