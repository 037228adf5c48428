"""The whole program behind its front door: what nobody signed costs no call, no error, and no row."""

import logging
import os
import time
from collections.abc import MutableMapping, Sequence
from typing import Any

import pytest
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.home import publishing
from bot.kit.metrics import Metrics
from bot.kit.rubrics import Rubrics
from bot.program import bolt_app
from bot.sandbox.state.content import JSON
from bot.slack.client import Slack
from bot.slack.services import Services
from tests.bot.test_front_door import forged
from tests.journeys.city import City
from tests.journeys.raw import FORM, form
from tests.journeys.records import rows

FORGED = int(os.environ.get("MATURITY_FORGED_REQUESTS", "15000"))
"""How many; a million takes some minutes."""


TIMESTAMP, SIGNATURE = "X-Slack-Request-Timestamp", "X-Slack-Signature"


@pytest.fixture
def payload(town: City) -> JSON:
    """Row 1: a body that names where to answer, and a trigger."""
    return {
        "type": "block_actions",
        "user": {"id": town.manager.id},
        "team": {"id": town.workspace.id},
        "actions": [{"action_id": "details", "value": "1"}],
        "response_url": f"{town.sandbox.url}/anything",
        "trigger_id": "1.2",
    }


@pytest.mark.parametrize(
    "odd",
    [
        {TIMESTAMP: "nan", SIGNATURE: "v0=1"},
        {TIMESTAMP: "text", SIGNATURE: "v0=1"},
        {TIMESTAMP: "nan"},
        {TIMESTAMP: "nan", SIGNATURE: ""},
        {TIMESTAMP: "text", SIGNATURE: None},
        {TIMESTAMP: "", SIGNATURE: ""},
        {TIMESTAMP: None},
        {SIGNATURE: "v0=é"},
        {SIGNATURE: None},
    ],
    ids=str,
)
async def test_a_broken_signature_is_refused_and_nothing_comes_of_it(
    town: City, log: pytest.LogCaptureFixture, payload: JSON, odd: dict[str, str | None]
) -> None:
    before = len(town.sandbox.traffic)
    answer = await town.sandbox.courier.deliver(town.app, "interactive", payload, headers=odd)
    await town.bot.in_flight.landed()
    assert answer.status == 401
    assert len(town.sandbox.traffic) == before + 1, "this request; no call to Slack, nothing posted where the body says"
    assert "ERROR" not in log.text


async def test_no_forged_request_reaches_anything(town: City, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    before = len(town.sandbox.traffic)
    answered = set()
    for headers, body in forged(FORGED, seed=1):
        answered.add(await _post(town, headers, body))
    await town.bot.in_flight.landed()
    assert answered == {401}
    assert len(town.sandbox.traffic) == before
    assert not [record for record in caplog.records if record.levelno > logging.WARNING]
    assert await rows(town, "people") == []


async def _post(town: City, headers: list[tuple[bytes, bytes]], body: bytes) -> int:
    """The status of the program's answer; through its pages, but not through a socket each."""
    status = 0

    async def receive() -> MutableMapping[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: MutableMapping[str, Any]) -> None:
        nonlocal status
        status = message.get("status", status)

    scope: dict[str, Any] = {
        "type": "http",
        "method": "POST",
        "path": "/slack/events",
        "root_path": "",
        "headers": headers,
    }
    await town.bot.pages(scope, receive, send)
    return status


async def test_bolt_s_own_check_leads_to_no_answer_either(town: City, payload: JSON) -> None:
    """Should anything ever bring it a request that nobody verified."""
    settings, database = town.settings({}), town.bot.database
    slack, rubrics = Slack(settings, database=database, clock=town.clock, store=None), Rubrics(town.rubric)
    services = Services(database, slack, rubrics, town.bot.in_flight, Metrics(), town.clock, publishing.publish_after)
    await slack.open()
    app = bolt_app.create(settings, services)
    before = len(town.sandbox.traffic)  # after auth.test, by which it introduced itself
    for timestamp, signature in (("nan", "v0=1"), (str(int(time.time())), "v0=é"), ("1", "v0=1")):
        headers: dict[str, str | Sequence[str]] = {
            "content-type": FORM,
            "x-slack-request-timestamp": timestamp,
            "x-slack-signature": signature,
        }
        response = await app.async_dispatch(AsyncBoltRequest(body=form(payload).decode(), headers=headers))
        assert response.status == 401
    await town.bot.in_flight.landed()
    await slack.close()
    assert len(town.sandbox.traffic) == before
