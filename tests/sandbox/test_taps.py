"""Taps in messages, and what an app does through the response URL that comes with them."""

from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient
from starlette.responses import Response

from bot.sandbox import App, Channel, Person, Sandbox
from tests.sandbox.receiver import Clock, Receiver, buttons, option, radio, refused, section


async def ask(client: AsyncWebClient, person: Person) -> str:
    posted = await client.chat_postMessage(
        channel=person.id,
        text="Questions",
        blocks=[radio("a", "1", "2", "3"), radio("b", "1", "2"), buttons("done", done="Done", skip="Skip")],
    )
    ts: str = posted["ts"]
    return ts


async def test_a_tap_carries_the_whole_state_of_the_message(
    client: AsyncWebClient, app: App, ana: Person, receiver: Receiver
) -> None:
    ts = await ask(client, ana)
    (message,) = ana.sees(app)
    assert (await ana.taps(message, action_id="level", block_id="a", value="2")).status == 200
    await ana.taps(message, action_id="level", block_id="b", value="1")
    await ana.taps(message, action_id="done")
    first, second, third = receiver.taps
    assert first["actions"][0]["selected_option"] == option("2")
    assert first["state"]["values"]["b"]["level"]["selected_option"] is None
    assert second["state"]["values"]["a"]["level"]["selected_option"] == option("2")
    (done,) = third["actions"]
    assert (done["type"], done["block_id"], done["value"]) == ("button", "done", "Done")
    stamps = [float(body["actions"][0]["action_ts"]) for body in receiver.taps]
    assert stamps == sorted(set(stamps))
    assert third["container"] == {
        "type": "message",
        "message_ts": ts,
        "channel_id": ana.dm(app).id,
        "is_ephemeral": False,
    }
    assert third["message"]["ts"] == ts
    assert third["user"]["id"] == ana.id
    assert len({body["trigger_id"] for body in receiver.taps}) == 3


async def test_each_viewer_has_choices_of_their_own(
    client: AsyncWebClient, channel: Channel, ana: Person, ben: Person, receiver: Receiver
) -> None:
    await client.chat_postMessage(channel=channel.id, text="Vote", blocks=[radio("a", "1", "2"), buttons("b", go="Go")])
    await ana.taps(ana.sees(channel)[0], action_id="level", value="2")
    await ben.taps(ben.sees(channel)[0], action_id="go")
    assert receiver.bodies[-1]["state"]["values"]["a"]["level"]["selected_option"] is None
    assert "(•) Level 2" in ana.sees(channel)[0].shown
    assert "(•)" not in ben.sees(channel)[0].shown


async def test_a_choice_stays_in_an_unchanged_block_and_starts_anew_in_a_new_one(
    client: AsyncWebClient, app: App, ana: Person
) -> None:
    ts = await ask(client, ana)
    await ana.taps(ana.sees(app)[0], action_id="level", block_id="a", value="2")
    redrawn = [radio("a", "1", "2", "3", initial_option=option("3")), radio("b2", "1", "2", initial_option=option("1"))]
    await client.chat_update(channel=ana.dm(app).id, ts=ts, text="Again", blocks=redrawn)
    assert ana.sees(app)[0].shown.splitlines() == [
        "( ) Level 1",
        "(•) Level 2",
        "( ) Level 3",
        "(•) Level 1",
        "( ) Level 2",
    ]


async def test_nobody_can_tap_what_is_not_there(client: AsyncWebClient, app: App, ana: Person) -> None:
    ts = await ask(client, ana)
    (message,) = ana.sees(app)
    with pytest.raises(LookupError, match="2 elements with action_id='level'"):
        await ana.taps(message, action_id="level", value="1")
    with pytest.raises(LookupError, match="button action_id='done'"):
        await ana.taps(message, action_id="cancel")
    with pytest.raises(ValueError, match="no option '4'; there are: '1', '2', '3'"):
        await ana.taps(message, action_id="level", block_id="a", value="4")
    await client.chat_delete(channel=ana.dm(app).id, ts=ts)
    with pytest.raises(LookupError, match="doesn't see this message any more"):
        await ana.taps(message, action_id="done")


async def test_a_tap_that_the_app_fails_shows_its_status(
    client: AsyncWebClient, app: App, ana: Person, receiver: Receiver
) -> None:
    await ask(client, ana)
    receiver.answers = lambda _: Response(status_code=500)
    reply = await ana.taps(ana.sees(app)[0], action_id="done")
    assert (reply.status, reply.problem) == (500, "http_error")


async def tapped_url(client: AsyncWebClient, channel: Channel, person: Person, receiver: Receiver) -> str:
    await client.chat_postMessage(channel=channel.id, text="Tap", blocks=[buttons("b", go="Go")])
    await person.taps(person.sees(channel)[-1], action_id="go")
    url: str = receiver.bodies[-1]["response_url"]
    return url


async def test_a_response_url_answers_privately_or_for_all(
    client: AsyncWebClient, channel: Channel, ana: Person, ben: Person, receiver: Receiver
) -> None:
    webhook = AsyncWebhookClient(await tapped_url(client, channel, ana, receiver))
    assert (await webhook.send(text="Psst")).status_code == 200
    assert (await webhook.send(text="All", response_type="in_channel")).status_code == 200
    assert [(message.text, message.ephemeral) for message in ana.sees(channel)[1:]] == [("Psst", True), ("All", False)]
    assert [message.text for message in ben.sees(channel)] == ["Tap", "All"]


async def test_a_response_url_replaces_and_deletes_what_was_tapped(
    client: AsyncWebClient, channel: Channel, ana: Person, ben: Person, receiver: Receiver
) -> None:
    webhook = AsyncWebhookClient(await tapped_url(client, channel, ana, receiver))
    await webhook.send(text="Thanks", blocks=[section("Thanks")], replace_original=True)
    (message,) = ben.sees(channel)
    assert (message.shown, message.edited) == ("Thanks", True)
    await webhook.send(delete_original=True)
    assert ben.sees(channel) == []
    gone = await webhook.send(text="Again", replace_original=True)
    assert (gone.status_code, "message_not_found" in gone.body) == (400, True)


async def test_an_ephemeral_message_changes_only_through_its_response_url(
    client: AsyncWebClient, channel: Channel, ana: Person, receiver: Receiver
) -> None:
    await client.chat_postEphemeral(channel=channel.id, user=ana.id, text="Tap", blocks=[buttons("b", go="Go")])
    await ana.taps(ana.sees(channel)[0], action_id="go")
    body = receiver.bodies[-1]
    assert body["container"]["is_ephemeral"] is True
    assert "message" not in body
    webhook = AsyncWebhookClient(body["response_url"])
    await webhook.send(text="Replaced", replace_original=True)
    assert [(message.text, message.ephemeral) for message in ana.sees(channel)] == [("Replaced", True)]
    await webhook.send(delete_original=True)
    assert ana.sees(channel) == []


async def test_a_response_url_works_five_times(
    client: AsyncWebClient, channel: Channel, ana: Person, receiver: Receiver
) -> None:
    webhook = AsyncWebhookClient(await tapped_url(client, channel, ana, receiver))
    answers = [await webhook.send(text=str(number)) for number in range(6)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 200, 404]
    assert "used_url" in answers[-1].body
    assert len(ana.sees(channel)) == 6


async def test_a_response_url_works_for_half_an_hour(
    client: AsyncWebClient, channel: Channel, ana: Person, receiver: Receiver, clock: Clock
) -> None:
    webhook = AsyncWebhookClient(await tapped_url(client, channel, ana, receiver))
    clock.forward(minutes=30)
    assert (await webhook.send(text="Just in time")).status_code == 200
    clock.forward(seconds=1)
    late = await webhook.send(text="Too late")
    assert (late.status_code, "expired_url" in late.body) == (404, True)


async def test_a_response_url_refuses_what_slack_refuses(
    sandbox: Sandbox, client: AsyncWebClient, channel: Channel, ana: Person, receiver: Receiver
) -> None:
    url = await tapped_url(client, channel, ana, receiver)
    wrong = await AsyncWebhookClient(url).send(text="Hi", blocks=[section("x" * 3001)])
    assert (wrong.status_code, "invalid_blocks" in wrong.body) == (400, True)
    assert (await AsyncWebhookClient(f"{sandbox.url}/actions/T0/1/x").send(text="Hi")).status_code == 404
    async with aiohttp.ClientSession() as session, session.post(url, data=b"no json") as response:
        assert response.status == 400


async def test_selects_of_all_kinds_carry_what_was_chosen(
    client: AsyncWebClient, channel: Channel, ana: Person, ben: Person, receiver: Receiver
) -> None:
    placeholder = {"type": "plain_text", "text": "Choose"}
    elements: list[dict[str, Any]] = [
        {"type": "users_select", "action_id": "who", "placeholder": placeholder},
        {"type": "channels_select", "action_id": "where", "placeholder": placeholder},
        {"type": "datepicker", "action_id": "when"},
        {"type": "checkboxes", "action_id": "several", "options": [option("1"), option("2")]},
        {"type": "overflow", "action_id": "more", "options": [option("x"), option("y")]},
    ]
    await client.chat_postMessage(
        channel=channel.id, text="Form", blocks=[{"type": "actions", "block_id": "f", "elements": elements}]
    )
    (message,) = ana.sees(channel)
    await ana.taps(message, action_id="who", value=ben)
    await ana.taps(message, action_id="where", value=channel)
    await ana.taps(message, action_id="when", value="2026-11-03")
    await ana.taps(message, action_id="several", value=["2"])
    await ana.taps(message, action_id="more", value="y")
    last = receiver.bodies[-1]
    assert last["actions"][0]["selected_option"] == option("y")
    assert last["state"]["values"]["f"] == {
        "who": {"type": "users_select", "selected_user": ben.id},
        "where": {"type": "channels_select", "selected_channel": channel.id},
        "when": {"type": "datepicker", "selected_date": "2026-11-03"},
        "several": {"type": "checkboxes", "selected_options": [option("2")]},
    }


async def test_what_a_person_wrote_has_nothing_to_tap(channel: Channel, ana: Person, ben: Person) -> None:
    ana.says("Hello", channel)
    with pytest.raises(ValueError, match="a person wrote this message"):
        await ben.taps(ben.sees(channel)[0], action_id="go")


async def test_a_replaced_message_keeps_its_metadata(
    client: AsyncWebClient, channel: Channel, ana: Person, receiver: Receiver
) -> None:
    metadata = {"event_type": "maturity_delivery", "event_payload": {"delivery_id": "7"}}
    await client.chat_postMessage(channel=channel.id, text="Tap", blocks=[buttons("b", go="Go")], metadata=metadata)
    await ana.taps(ana.sees(channel)[0], action_id="go")
    await AsyncWebhookClient(receiver.bodies[-1]["response_url"]).send(text="Done", replace_original=True)
    history = await client.conversations_history(channel=channel.id, include_all_metadata=True)
    assert [(message["text"], message["metadata"]) for message in history["messages"]] == [("Done", metadata)]
    assert (await refused(client.chat_update(channel=channel.id, ts="1.1", text="x")))["error"] == "message_not_found"
