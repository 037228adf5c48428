"""What people read about being asked or not, and managers about what Slack changed under their team."""

import re
from datetime import date

import pytest

from bot.check_ins import availability_views
from bot.notices import views as notice_views
from bot.notices.facts import NoticeFacts
from bot.notices.news_views import REASONS
from bot.rounds import views as running
from bot.slack.ids import Do
from tests.bot.views.reading import buttons, page
from tests.bot.views.values import CLOSES, TEAM, ZONE


def test_an_end_to_being_asked_has_a_way_back() -> None:
    for drawn in (availability_views.stopped(), availability_views.check_ins(["One is open."], opted_out=True)):
        assert buttons(drawn)["Ask me again"]["action_id"] == Do.ASK_AGAIN
    assert page(availability_views.check_ins(["One is open."], opted_out=False)) == "One is open."


def test_away_says_the_last_day_the_first_after_it_and_how_to_end_it() -> None:
    said = page(availability_views.away(date(2026, 12, 31), waiting=0))
    assert said.startswith("You are away through Thursday 31 December 2026: you won't be asked")
    assert "From Friday 1 January 2027 on you will be again." in said
    assert "`/maturity away off`" in said
    assert "open now" not in said


def test_away_says_what_becomes_of_open_check_ins() -> None:
    assert "Your check-in that is open now stays open" in page(availability_views.away(date(2026, 12, 31), waiting=1))
    assert "Your 2 check-ins that are open now stay open" in page(
        availability_views.away(date(2026, 12, 31), waiting=2)
    )


def test_who_is_asked_no_more_is_not_told_that_rounds_ask_them() -> None:
    for drawn in (
        availability_views.not_away(example=date(2026, 10, 12), opted_out=True),
        availability_views.back(opted_out=True),
    ):
        assert "asks you" not in page(drawn)
        assert "Ask me again" in buttons(drawn)


def test_a_manager_reads_who_is_reminded_in_general_and_no_number() -> None:
    said = page(running.reminded(TEAM))
    assert said.startswith("*Permits online*: whoever hasn't finished is reminded")
    assert not re.search(r"\d", said)


def test_a_manager_who_reminds_twice_reads_from_when_on_it_is_possible_again_and_no_number() -> None:
    said = page(running.reminded_already(TEAM, again_at=CLOSES, time_zone=ZONE))
    before, _from, when = said.partition(" From ")
    assert not re.search(r"\d", before)
    assert when.startswith("<!date^")
    assert "once more" not in page(running.reminded_already(TEAM, again_at=None, time_zone=ZONE))


@pytest.mark.parametrize("reason", sorted(REASONS))
def test_every_news_names_the_team_or_its_channel_and_what_to_type(reason: str) -> None:
    details = {
        "reason": reason,
        "user": "U1",
        "was": "2026-12-11",
        "at": 1797152400,
        "zone": "Asia/Riyadh",
        "country": "SA",
    }
    said = page(notice_views.notice(TEAM, channel_id="C1", bot="U0", facts=NoticeFacts.read(details)))
    assert TEAM in said
    assert "`/" in said
    assert ("<@U1>" in said) is (reason in {"no manager", "manager left", "made manager"})
