"""One of every message about more than one round or team, as samples.py has the others."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from bot.charts.team_standing import Group, TeamStanding
from bot.charts.trend_words import TrendCard
from bot.overview import digest_views, trend_views
from bot.overview import views as overview
from bot.overview.digest_views import DigestCard, Other
from bot.overview.views import OverviewCard, Wish
from bot.slack.blocks import Message
from bot.summary import earlier_views
from bot.summary.views import SummaryCard, summary
from rubric import Rubric
from rubric import trend as side_by_side

NEXT = datetime.fromisoformat("2027-01-04T15:00:00+00:00")


def many(model: Rubric, typed: str, cards: Mapping[str, SummaryCard]) -> dict[str, Message]:
    """Messages about several rounds and teams; `cards` are summaries of all kinds."""
    found = [card.summary for card in cards.values()]
    rounds = [(number, date(2026, 1 + number % 12, 9)) for number in range(1, 1 + len(found))]
    course = TrendCard(typed, model, rounds, side_by_side([model] * len(found), found), older_left_out=True)
    begun = replace(course, rounds=rounds[:1], trend=side_by_side([model], found[:1]))
    standings = [TeamStanding(typed, number=6, closed_on=date(2026, 10, 9), summary=each) for each in found]
    standings.append(TeamStanding(typed))
    group = Group(model, standings)
    wishes = [
        Wish(team=typed, dimension=model.dimensions[0].key, text=typed, owner_id=None, due_on=date(2026, 11, 2)),
        Wish(team=typed, dimension=model.dimensions[1].key, text=typed, owner_id=None, due_on=None),
    ]
    card = OverviewCard([group, Group(model, standings[:2])], wishes, all_teams=True)
    much = OverviewCard([Group(model, standings * 250)], wishes * 300, all_teams=False)
    others = [Other(standings[0], NEXT, "America/Chicago"), Other(standings[-1], None, "America/Chicago")]
    last = DigestCard(typed, 6, date(2026, 10, 9), model, found[0], "https://example.slack.com/archives/C1/p1", others)
    blocks = [earlier_views.earlier(model, each, number=3, closed_on=date(2026, 1, 9)) for each in found]
    newest = summary(next(iter(cards.values())), share_value="12")
    return {
        "trend": trend_views.trend(course),
        "trend, one round": trend_views.trend(begun),
        "overview": overview.overview(card, pictures=1, pictured=len(standings) + 2),
        "overview of a thousand": overview.overview(much, pictures=4, pictured=160),
        "overview of one": overview.only_team(newest, all_teams=False),
        "digest": digest_views.digest(last),
        "digest of a thousand, not posted": digest_views.digest(replace(last, link=None, others=others * 500)),
        "summaries": earlier_views.beneath(newest, [*blocks[:2], earlier_views.fewer(3)], whole=blocks[0]),
        "summaries, many": earlier_views.beneath(newest, blocks * 3, whole=blocks[0]),
    }
