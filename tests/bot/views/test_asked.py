"""What people read about being asked or not, and managers about what Slack changed under their team."""

import re
from datetime import date

import pytest

from bot.ids import Do
from bot.views import asked, notices
from bot.views.team_news import REASONS
from tests.bot.views.reading import buttons, page
from tests.bot.views.samples import CLOSES, TEAM, ZONE


def test_an_end_to_being_asked_has_a_way_back() -> None:
    for drawn in (asked.stopped(), asked.check_ins(["One is open."], opted_out=True)):
        assert buttons(drawn)["Ask me again"]["action_id"] == Do.ASK_AGAIN
    assert page(asked.check_ins(["One is open."], opted_out=False)) == "One is open."


def test_away_says_until_when_and_how_to_end_it() -> None:
    said = page(asked.away(date(2026, 10, 12)))
    assert said.startswith("You are away until Monday 12 October 2026: rounds that open by then don't ask you")
    assert "`/maturity away off`" in said


def test_a_manager_reads_who_is_reminded_in_general_and_no_number() -> None:
    said = page(asked.reminded(TEAM))
    assert said.startswith("*Permits online*: whoever hasn't finished is reminded")
    assert not re.search(r"\d", said)


def test_a_manager_who_reminds_twice_reads_from_when_on_it_is_possible_again_and_no_number() -> None:
    said = page(asked.reminded_already(TEAM, again_at=CLOSES, time_zone=ZONE))
    before, _from, when = said.partition(" from ")
    assert not re.search(r"\d", before)
    assert when.startswith("<!date^")
    assert "once more" not in page(asked.reminded_already(TEAM, again_at=None, time_zone=ZONE))


@pytest.mark.parametrize("reason", sorted(REASONS))
def test_every_news_names_the_team_or_its_channel_and_what_to_type(reason: str) -> None:
    said = page(notices.notice(TEAM, channel_id="C1", details={"reason": reason, "user": "U1"}))
    assert TEAM in said
    assert "`/" in said
    assert ("<@U1>" in said) is (reason in {"no manager", "manager left", "made manager"})
