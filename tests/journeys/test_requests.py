"""The address that Slack posts to: what isn't Slack's is turned away, and no nonsense breaks it."""

import json
import time
from urllib.parse import urlencode

import httpx
import pytest

from bot.kit.metrics import Metrics
from bot.program import web
from bot.sandbox.people.interactions import view_submission
from tests.journeys.city import City
from tests.journeys.raw import FORM, form, post, send, tapped
from tests.journeys.records import rename, rows
from tests.storage.builders import on_both

JSON_TYPE = "application/json"


async def test_only_what_slack_signed_just_now_is_heard(town: City) -> None:
    await town.set_up()
    await town.opened()
    prompt = await town.sees(town.people[1], "Choose the level where you stop")
    body = form(tapped(prompt, town.people[1]))
    forged = [
        await post(town, body, signature=""),
        await post(town, body, signature="v0=" + "0" * 64),
        await post(town, body, signature="v0="),
        await post(town, body, secret="somebody else's"),
        await post(town, body, at=time.time() - 600),
        await post(town, body, at=time.time() + 600),
    ]
    assert [reply.status for reply in forged] == [401] * len(forged)
    assert await rows(town, "answers") == []
    assert (await post(town, body)).status == 200
    assert len(await rows(town, "answers")) == 1


NONSENSE = {
    "nothing": (b"", FORM),
    "nothing as JSON": (b"", JSON_TYPE),
    "no JSON": (b"{", JSON_TYPE),
    "a list": (b"[]", JSON_TYPE),
    "a number": (b"7", JSON_TYPE),
    "null": (b"null", JSON_TYPE),
    "an empty object": (b"{}", JSON_TYPE),
    "an unknown type": (b'{"type": "cleaning_day"}', JSON_TYPE),
    "an event without an event": (b'{"type": "event_callback"}', JSON_TYPE),
    "an event that is none": (b'{"type": "event_callback", "event": []}', JSON_TYPE),
    "an event of nobody's": (b'{"type": "event_callback", "event": {"type": "user_change"}}', JSON_TYPE),
    "a payload of null": (b"payload=null", FORM),
    "a payload that is a list": (b"payload=%5B%5D", FORM),
    "a payload that is a word": (b"payload=%22hello%22", FORM),
    "a payload that is no JSON": (b"payload=%7B", FORM),
    "an empty payload": (b"payload=", FORM),
    "two payloads": (b"payload=%7B%7D&payload=%7B%7D", FORM),
    "not UTF-8": (b"payload=\xff\xfe", FORM),
    "not UTF-8 within": (b"payload=%FF%FE", FORM),
    "another content type": (b"<xml/>", "text/xml"),
    "no content type": (b"{}", ""),
    "two megabytes": (b"payload=" + b"x" * 2_000_000, FORM),
    "deep nesting": (b"payload=" + b"%5B" * 20_000, FORM),
}


@pytest.mark.parametrize("signed", [True, False], ids=["signed", "unsigned"])
async def test_nonsense_is_never_an_error_of_ours(town: City, *, signed: bool) -> None:
    for name, (body, content_type) in NONSENSE.items():
        reply = await post(town, body, content_type=content_type, signature=None if signed else "v0=" + "0" * 64)
        assert reply.status in {200, 400, 401, 404, 413}, f"{name}: {reply}"
        assert signed or reply.status != 200, name
    await town.set_up()


async def test_signed_payloads_of_the_right_type_and_no_sense_are_answered(town: City) -> None:
    workspace = {"id": town.workspace.id, "domain": "city"}
    person = {"id": town.manager.id, "team_id": town.workspace.id}
    known = {"team": workspace, "user": person}
    payloads = [
        {"type": "block_actions"},
        {"type": "block_actions", **known},
        {"type": "block_actions", **known, "actions": []},
        {"type": "block_actions", **known, "actions": [{}]},
        {"type": "block_actions", **known, "actions": "answer"},
        {"type": "block_actions", **known, "actions": [{"action_id": "answer", "block_id": None}]},
        {"type": "block_actions", **known, "actions": [{"action_id": "close_now", "value": "1e9"}]},
        {"type": "view_submission", **known},
        {"type": "view_submission", **known, "view": {"callback_id": "setup"}},
        {"type": "view_submission", **known, "view": {"callback_id": "notes", "private_metadata": "x", "state": {}}},
        {"type": "view_submission", **known, "view": {"callback_id": "setup", "private_metadata": "{}", "state": 5}},
        {"type": "view_closed", **known, "view": {}},
        {"type": "block_suggestion", **known, "action_id": "time_zone", "value": None},
        {"type": "block_suggestion", **known, "action_id": "unheard_of", "value": "x"},
        {"type": "message_action", **known, "callback_id": "x"},
        {"type": "shortcut", **known, "callback_id": "x"},
        {"type": "workflow_step_edit", **known, "callback_id": "x"},
        {"type": "interactive_message", **known, "actions": [{"name": "x"}], "callback_id": "x"},
        {"type": "dialog_submission", **known, "callback_id": "x"},
    ]
    for payload in payloads:
        reply = await post(town, form(payload))
        assert reply.status in {200, 400, 404}, f"{json.dumps(payload)[:120]}: {reply}"


async def test_a_form_whose_fields_have_no_names_is_answered_with_a_sentence(town: City) -> None:
    ana = await town.open_setup()
    assert ana.modal is not None
    payload = view_submission(ana.modal)
    payload["view"]["private_metadata"] = "nonsense"
    for block in payload["view"]["blocks"]:
        block.pop("block_id", None)
    answer = await send(town, payload)
    assert answer.status == 200
    assert "older version" in answer.body


async def test_commands_that_lack_half_of_their_fields_are_answered(town: City) -> None:
    whole = {
        "command": "/maturity",
        "text": "summary",
        "team_id": town.workspace.id,
        "user_id": town.manager.id,
        "channel_id": town.channel.id,
    }
    assert (await post(town, urlencode(whole).encode())).status == 200
    for name in whole:
        reply = await post(town, urlencode({key: value for key, value in whole.items() if key != name}).encode())
        assert reply.status in {200, 400, 404}, f"without {name}: {reply}"


async def test_jobs_that_stopped_ticking_are_told_to_operators_tools(town: City) -> None:
    await town.set_up()
    await town.opened()

    async def ready() -> httpx.Response:
        pages = web.create(
            door=None,
            oauth=None,
            database=town.bot.database,
            metrics=Metrics(),
            clock=town.clock,
            worker=town.bot.worker,
        )
        async with httpx.AsyncClient(transport=httpx.ASGITransport(pages), base_url="http://here") as tool:
            return await tool.get("/readyz")

    assert (await ready()).json() == {"ready": True}
    town.clock.move(seconds=web.STALLED.total_seconds() + 1)  # and no job takes its turn
    stalled = await ready()
    assert stalled.status_code == 503
    assert stalled.json()["reason"].startswith("the jobs don't tick (rosters, open, ")


@on_both
async def test_metrics_are_told_also_while_the_database_does_not_answer(
    town: City, log: pytest.LogCaptureFixture
) -> None:
    await rename(town, "deliveries", to="taken_away")
    async with httpx.AsyncClient(transport=httpx.ASGITransport(town.bot.pages), base_url="http://here") as tool:
        told = await tool.get("/metrics")
        assert told.status_code == 200
        assert "maturity_deliveries_waiting NaN" in told.text
        await rename(town, "taken_away", to="deliveries")
        assert "maturity_deliveries_waiting 0.0" in (await tool.get("/metrics")).text
    assert "Exception in ASGI" not in log.text
