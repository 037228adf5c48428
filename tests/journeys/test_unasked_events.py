"""What Slack sends without being asked to: taken, since it stops sending to an app that fails too often."""

import json

import pytest

from bot.sandbox.state.content import JSON
from tests.journeys.city import City
from tests.journeys.raw import post

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
JSON_TYPE = "application/json"


async def told(town: City, body: JSON) -> int:
    reply = await post(town, json.dumps({"team_id": town.workspace.id, **body}).encode(), content_type=JSON_TYPE)
    return reply.status


async def test_an_event_that_nobody_subscribed_to_is_taken_without_a_word(
    town: City, log: pytest.LogCaptureFixture
) -> None:
    assert await told(town, {"type": "event_callback", "event": {"type": "emoji_changed", "subtype": "add"}}) == 200
    assert "WARNING" not in log.text


async def test_being_rate_limited_by_slack_is_a_warning_that_says_what_it_means(
    town: City, log: pytest.LogCaptureFixture
) -> None:
    assert await told(town, {"type": "app_rate_limited", "minute_rate_limited": 1791554400}) == 200
    assert "WARNING Slack leaves out events to this app for a minute" in log.text
