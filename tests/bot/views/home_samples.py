"""Home tabs of everyone who has one, from values of a test's choosing."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from bot.home.admin_views import MOST_LISTED, AdminPart, LookedAfter
from bot.home.manager_views import LastRound, ManagedTeam, OpenRound
from bot.home.views import HomePage, MyItem, MyTeam, OpenCheckIn, fault_page, home
from bot.slack import sentences
from bot.slack.blocks import Block
from rubric import Rubric, Tally, load
from tests.bot.views.values import CLOSES, LINK, NEXT, TEAM, ZONE, a_card

TODAY = date(2026, 10, 6)


def a_check_in_at_home(**changes: Any) -> OpenCheckIn:
    """Three of five questions answered, unless told otherwise."""
    usual = OpenCheckIn(
        team=TEAM, round_id=12, answered=3, questions=5, skipped=False, closes_at=CLOSES, time_zone=ZONE, link=LINK
    )
    return replace(usual, **changes)


def a_team_of_mine(**changes: Any) -> MyTeam:
    return replace(MyTeam(name=TEAM, channel_id="C1", time_zone=ZONE, dates=NEXT), **changes)


def an_item_of_mine(**changes: Any) -> MyItem:
    return replace(MyItem(item_id=3, team=TEAM, text="Post the minutes", due_on=date(2026, 10, 12)), **changes)


def a_managed_team(**changes: Any) -> ManagedTeam:
    """Waiting for its next round, never asked yet, unless told otherwise."""
    usual = ManagedTeam(
        team_id=7,
        name=TEAM,
        channel_id="C1",
        time_zone=ZONE,
        next_round_at=datetime(2027, 1, 4, 15, tzinfo=UTC),
        starting=False,
        asked_lately=False,
        open=None,
        last=None,
    )
    return replace(usual, **changes)


def a_last_round(*, model: Rubric | None = None) -> LastRound:
    """A 2, B 2, C 1, D too few, E split: 9 were asked and took part."""
    model = model or load()
    tallies = (Tally((1, 5, 3, 0)), Tally((0, 9, 0, 0)), Tally((4, 2, 0, 0)), Tally((1, 2, 0, 0)), Tally((4, 0, 0, 4)))
    by_key = {dimension.key: tally for dimension, tally in zip(model.dimensions, tallies, strict=False)}
    return LastRound(date(2026, 10, 9), a_card(by_key, model=model).summary)


def a_page(**changes: Any) -> HomePage:
    return replace(HomePage(today=TODAY), **changes)


def everything(typed: str, *, model: Rubric | None = None) -> HomePage:
    """All that may stand in one Home."""
    last = a_last_round(model=model)
    check_ins = [
        a_check_in_at_home(team=typed),
        a_check_in_at_home(team=typed, answered=5),
        a_check_in_at_home(team=typed, skipped=True),
        a_check_in_at_home(team=typed, link=None),
    ]
    managed = [
        a_managed_team(name=typed),
        a_managed_team(name=typed, open=OpenRound(CLOSES, answered=3, asked=9), last=last),
        a_managed_team(name=typed, next_round_at=None, last=last),
        a_managed_team(name=typed, next_round_at=None, open=OpenRound(CLOSES, answered=0, asked=1)),
        a_managed_team(name=typed, starting=True),
    ]
    return a_page(
        check_ins=check_ins,
        teams=[
            a_team_of_mine(name=typed),
            a_team_of_mine(name=typed, dates=[]),
            a_team_of_mine(name=typed, dates=NEXT[:1]),
        ],
        items=[
            an_item_of_mine(team=typed, text=typed),
            an_item_of_mine(team=typed, text=typed, due_on=None),
            an_item_of_mine(team=typed, text=typed, due_on=date(2026, 10, 5)),
        ],
        managed=[replace(team, team_id=number) for number, team in enumerate(managed)],
        admin=AdminPart(
            admins=["U1"] * 30,
            minimum=4,
            teams=4,
            looked_after=[LookedAfter(typed, ()), LookedAfter(typed, ["U1"]), LookedAfter(typed, ["U1"] * 30)],
        ),
    )


def most(typed: str, *, model: Rubric | None = None) -> HomePage:
    """More of everything than Home can show: 300 teams, 30 check-ins, 100 action items."""
    last = a_last_round(model=model)
    team = a_managed_team(name=typed, next_round_at=None, open=OpenRound(CLOSES, answered=3, asked=9), last=last)
    return a_page(
        away_until=date(2026, 10, 12),
        opted_out=True,
        check_ins=[a_check_in_at_home(team=typed)] * 30,
        teams=[a_team_of_mine(name=typed)] * 300,
        items=[an_item_of_mine(team=typed, text=typed * 40)] * 100,
        managed=[replace(team, team_id=10**17 + number) for number in range(300)],
        admin=AdminPart(
            admins=["U1"] * 300,
            minimum=12,
            teams=300,
            looked_after=[LookedAfter(typed, ["U1"] * 300)] * MOST_LISTED,
        ),
    )


def homes(typed: str, *, model: Rubric | None = None) -> dict[str, Block]:
    """Every kind of Home, with `typed` wherever people may have typed something."""
    full = everything(typed, model=model)
    return {
        "stranger": home(a_page()),
        "guest": home(a_page(is_outsider=True)),
        "member": home(replace(full, managed=(), admin=None)),
        "member, away": home(replace(full, managed=(), admin=None, away_until=date(2026, 10, 12))),
        "member, not asked": home(replace(full, managed=(), admin=None, opted_out=True)),
        "nothing open": home(a_page(teams=[a_team_of_mine(name=typed)])),
        "everything": home(full),
        "admin": home(a_page(admin=AdminPart(admins=["U1"], minimum=4, teams=1))),
        "admin, the first": home(a_page(admin=AdminPart(admins=["U1"], minimum=4, teams=0))),
        "most": home(most(typed, model=model)),
        "fault": fault_page(sentences.fault("7").text),
    }
