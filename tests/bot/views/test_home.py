"""What stands in App Home, and that it fits however much there is."""

import json
from datetime import date

import pytest

from bot.home.admin_views import AdminPart
from bot.home.manager_views import MOST_MANAGED, MOST_WITH_BUTTONS, OpenRound
from bot.home.views import MOST_CHECK_INS, MOST_ITEMS, MOST_TEAMS, home
from bot.sandbox.block_kit.views import MOST_VIEW_BYTES
from bot.slack.blocks import Block
from bot.slack.ids import Do
from tests.bot.views.home_samples import (
    a_check_in_at_home,
    a_last_round,
    a_managed_team,
    a_page,
    a_team_of_mine,
    an_item_of_mine,
    most,
)
from tests.bot.views.reading import page
from tests.bot.views.values import CLOSES, LINK, NEXT


def tappable(view: Block) -> list[dict[str, object]]:
    """Every button and menu, in reading order."""
    found = []
    for block in view["blocks"]:
        found += [block["accessory"]] if "accessory" in block else []
        found += block["elements"] if block["type"] == "actions" else []
    return found


def labels(view: Block) -> list[str]:
    """What stands on them."""
    return [str(each["text"]["text"]) for each in tappable(view) if each["type"] == "button"]  # type: ignore[index]


def headings(view: Block) -> list[str]:
    return [block["text"]["text"] for block in view["blocks"] if block["type"] == "header"]


def test_a_stranger_reads_what_this_is_and_how_to_begin() -> None:
    found = home(a_page())
    assert "`/maturity setup`" in page(found)
    assert tappable(found) == []
    guest = page(home(a_page(is_outsider=True)))
    assert "Guests and people of other organisations are not asked here." in guest
    assert "setup" not in guest


@pytest.mark.parametrize(
    ("changes", "words", "label"),
    [
        ({}, "3 of 5 questions answered", "Answer"),
        ({"answered": 5}, "you have answered", "Open"),
        ({"answered": 5, "questions": 8}, "5 of 8 questions answered", "Answer"),
        ({"skipped": True}, "you skipped this round", "Open"),
    ],
)
def test_a_check_in_leads_to_its_message(changes: dict[str, object], words: str, label: str) -> None:
    found = home(a_page(check_ins=[a_check_in_at_home(**changes)]))
    assert words in page(found)
    leading = tappable(found)[0]
    assert (leading["action_id"], leading["value"], leading["url"]) == (Do.OPEN_CHECK_IN, "12", LINK)
    assert labels(found)[0] == label


def test_a_check_in_that_has_not_arrived_can_be_asked_for() -> None:
    found = home(a_page(check_ins=[a_check_in_at_home(link=None)]))
    assert "on its way" in page(found)
    assert labels(found)[0] == "Send it to me"
    assert "url" not in tappable(found)[0]


def test_teams_are_listed_with_their_next_dates() -> None:
    found = page(home(a_page(teams=[a_team_of_mine(), a_team_of_mine(name="Parks", dates=[])])))
    for instant in NEXT:
        assert f"<!date^{int(instant.timestamp())}^" in found
    assert "*Parks* <#C1>: paused" in found


def test_the_buttons_say_the_opposite_of_what_is() -> None:
    teams = [a_team_of_mine()]
    assert labels(home(a_page(teams=teams))) == ["I'm away", "Stop asking me"]
    away = home(a_page(teams=teams, away_until=date(2026, 10, 12)))
    assert "away through Monday 12 October 2026" in page(away)
    assert labels(away) == ["I'm back", "Stop asking me"]
    silent = home(a_page(teams=teams, opted_out=True))
    assert "You chose not to be asked any more" in page(silent)
    assert labels(silent) == ["I'm away", "Ask me again"]


def test_who_is_asked_no_more_finds_the_way_back_without_a_team() -> None:
    assert "Ask me again" in labels(home(a_page(opted_out=True)))
    assert "I'm back" in labels(home(a_page(away_until=date(2026, 10, 12))))


def test_action_items_say_when_they_are_due() -> None:
    items = [an_item_of_mine(due_on=date(2026, 10, 5)), an_item_of_mine(due_on=None), an_item_of_mine()]
    view = home(a_page(teams=[a_team_of_mine()], items=items))
    found = page(view)
    assert [each["action_id"] for each in tappable(view)[2:]] == [Do.ACTION_DONE] * 3
    assert "Was due 5 October 2026." in found
    assert "Due 12 October 2026." in found
    assert found.count("Post the minutes") == 3


def test_a_manager_reads_how_each_team_stands() -> None:
    last = a_last_round()
    teams = [
        a_managed_team(last=last),
        a_managed_team(open=OpenRound(CLOSES, answered=3, asked=9)),
        a_managed_team(next_round_at=None, last=last),
        a_managed_team(starting=True),
    ]
    found = home(a_page(managed=teams))
    text = page(found)
    assert "Last round, closed Friday 9 October 2026: 9 of 9 answered. A 2, B 2, C 1, D too few, E split." in text
    assert "3 of 9 answered." in text
    assert "Paused: no round is planned." in text
    assert "A round opens within a minute." in text
    rows = [[element["text"]["text"] for element in block["elements"]] for block in found["blocks"]
            if block["type"] == "actions"]  # fmt: skip
    assert rows == [
        ["Summary", "Start now", "Settings"],
        ["Remind", "Close early", "Settings"],
        ["Summary", "Start now", "Resume", "Settings"],
        ["Settings"],
    ]


def test_a_manager_of_many_teams_gets_a_menu_for_each() -> None:
    teams = [a_managed_team(team_id=number) for number in range(MOST_WITH_BUTTONS + 1)]
    menus = tappable(home(a_page(managed=teams)))
    assert {menu["type"] for menu in menus} == {"overflow"}
    assert [option["value"] for option in menus[3]["options"]] == ["home_start:3", "home_settings:3"]  # type: ignore[attr-defined]


def test_an_admin_in_no_team_reads_what_to_do_for_all_of_them() -> None:
    said = page(home(a_page(admin=AdminPart(admins=["U1"], minimum=4, teams=3))))
    for command in ("overview`", "summary`", "settings`", "managers add @me`", "setup`"):
        assert f"`/maturity {command}" in said
    assert "To begin" not in said


def test_the_first_admin_reads_how_to_begin() -> None:
    said = page(home(a_page(admin=AdminPart(admins=["U1"], minimum=4, teams=0))))
    assert "To begin, type `/maturity setup` in the channel of your team." in said
    assert "No team is set up in this workspace yet." in said
    assert "overview" not in said


def test_an_admin_reads_who_the_admins_are() -> None:
    found = home(a_page(admin=AdminPart(admins=["U1", "U2"], minimum=6, teams=3)))
    assert headings(found)[-1] == "For admins"
    text = page(found)
    assert "3 teams are set up" in text
    assert "at least 6 answered" in text
    assert "<@U1> and <@U2>" in text


@pytest.mark.parametrize(
    "typed", ["Permits", "x" * 80, "<&>" * 27, "⚙️" * 40], ids=["short", "long", "escaped", "emoji"]
)
def test_whatever_there_is_it_fits_and_what_is_left_out_is_said(typed: str) -> None:
    found = home(most(typed))
    assert len(found["blocks"]) <= 100
    assert len(json.dumps(found, ensure_ascii=True)) < MOST_VIEW_BYTES
    assert max(len(block["text"]["text"]) for block in found["blocks"] if block["type"] == "section") <= 3000
    text = page(found)
    assert f"and {30 - MOST_CHECK_INS} more: `/maturity checkin`" in text
    assert f"and {300 - MOST_TEAMS} more teams: `/maturity summary`" in text
    assert f"and {100 - MOST_ITEMS} more action items: `/maturity actions`" in text
    assert f"and {300 - MOST_MANAGED} more teams: `/maturity overview`" in text
    assert "280 more" in text
    assert headings(found) == [
        "Your check-ins", "Your teams", "Asking you", "Your action items", "Teams you manage", "For admins",
    ]  # fmt: skip


def test_twenty_teams_and_forty_managed_are_all_there() -> None:
    teams = [a_team_of_mine(name=f"Team {number:02}") for number in range(20)]
    managed = [a_managed_team(name=f"Run {number:02}") for number in range(40)]
    text = page(home(a_page(teams=teams, managed=managed)))
    assert all(f"*Team {number:02}*" in text for number in range(20))
    assert all(f"*Run {number:02}*" in text for number in range(40))
    assert "more" not in text
