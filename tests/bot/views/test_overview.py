"""Where teams stand, in words: what isn't drawn or named is said, and where it is."""

from datetime import date

from bot.charts.team_standing import Group, TeamStanding
from bot.overview.views import OverviewCard, overview
from tests.bot.views.reading import page
from tests.bot.views.values import a_card


def a_thousand() -> OverviewCard:
    card = a_card()
    standings = [
        TeamStanding(f"Team {number:04}", number=6, closed_on=date(2026, 10, 9), summary=card.summary)
        for number in range(1000)
    ]
    return OverviewCard([Group(card.rubric, standings)], (), all_teams=True)


def test_of_a_thousand_teams_it_says_which_are_drawn_and_where_the_others_are() -> None:
    said = page(overview(a_thousand(), pictures=4, pictured=44))
    assert "All 1000 teams\n" in said
    assert "1000 teams at level 2" in said
    assert (
        "4 pictures are on their way to you as direct messages. They show the first 44 of 1000 teams by name; the "
        "counts are of all teams. For every team's levels type `/maturity export xlsx` outside a team's channel, "
        "for one team `/maturity summary` and its name."
    ) in said


def test_every_list_of_a_thousand_teams_says_how_many_it_leaves_out() -> None:
    lists = [line for line in page(overview(a_thousand(), pictures=4, pictured=44)).split("\n") if "Team 0000" in line]
    assert len(lists) == 2, "the split ones, and how many answered"
    for line in lists:
        assert line.count("Team ") + int(line.rsplit(" and ", 1)[1].removesuffix(" more")) == 1000


def test_where_all_are_drawn_nothing_is_said_of_an_export() -> None:
    assert "export" not in page(overview(a_thousand(), pictures=4, pictured=1000))
