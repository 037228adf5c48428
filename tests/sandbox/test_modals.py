"""Modals and the Home tab: opening, filling, sending, closing."""

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient
from starlette.responses import JSONResponse, Response

from bot.sandbox import App, Channel, Person, Sandbox, View
from tests.sandbox.receiver import Receiver, buttons, option, radio, refused, section, text_input


def modal(*blocks: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "type": "modal",
        "title": {"type": "plain_text", "text": "Set up"},
        "submit": {"type": "plain_text", "text": "Save"},
        "blocks": list(blocks),
        **more,
    }


NAME = text_input("name")
FORM = modal(NAME, text_input("why", block={"optional": True}), callback_id="setup", private_metadata="C1")


async def trigger(channel: Channel, person: Person, receiver: Receiver) -> str:
    await person.types("/maturity setup", channel)
    trigger_id: str = receiver.bodies[-1]["trigger_id"]
    return trigger_id


async def opened(
    client: AsyncWebClient, channel: Channel, person: Person, receiver: Receiver, view: dict[str, Any] = FORM
) -> View:
    await client.views_open(trigger_id=await trigger(channel, person, receiver), view=view)
    assert person.modal is not None
    return person.modal


async def test_a_trigger_opens_one_modal_for_the_person_who_caused_it(
    client: AsyncWebClient, channel: Channel, ana: Person, ben: Person, receiver: Receiver
) -> None:
    trigger_id = await trigger(channel, ana, receiver)
    answer = await client.views_open(trigger_id=trigger_id, view=FORM)
    assert (answer["view"]["callback_id"], answer["view"]["private_metadata"]) == ("setup", "C1")
    assert ana.modal is not None
    assert ana.modal.id == answer["view"]["id"]
    assert ben.modal is None
    again = client.views_open(trigger_id=trigger_id, view=FORM)
    assert (await refused(again))["error"] == "exchanged_trigger_id"
    unknown = client.views_open(trigger_id="1.2.abc", view=FORM)
    assert (await refused(unknown))["error"] == "invalid_trigger_id"


async def test_a_trigger_that_is_too_old_opens_nothing(
    sandbox: Sandbox, client: AsyncWebClient, channel: Channel, ana: Person, receiver: Receiver
) -> None:
    sandbox.trigger_lifetime = 0.0
    late = client.views_open(trigger_id=await trigger(channel, ana, receiver), view=FORM)
    assert (await refused(late))["error"] == "expired_trigger_id"


async def test_a_view_that_slack_refuses_does_not_use_up_the_trigger(
    client: AsyncWebClient, channel: Channel, ana: Person, receiver: Receiver
) -> None:
    trigger_id = await trigger(channel, ana, receiver)
    wrong = await refused(client.views_open(trigger_id=trigger_id, view=modal(NAME, title={"type": "plain_text"})))
    assert wrong["error"] == "invalid_arguments"
    assert wrong["response_metadata"]["messages"]
    await client.views_open(trigger_id=trigger_id, view=FORM)


async def test_a_form_is_sent_with_everything_in_it(
    client: AsyncWebClient, channel: Channel, ana: Person, receiver: Receiver
) -> None:
    view = await opened(client, channel, ana, receiver)
    assert await ana.fills("name", "Permits") is None
    reply = await ana.submits()
    assert (reply.status, reply.errors, reply.trouble) == (200, {}, None)
    sent = receiver.bodies[-1]
    assert (sent["type"], sent["view"]["id"]) == ("view_submission", view.id)
    assert sent["view"]["state"]["values"] == {
        "name": {"typed": {"type": "plain_text_input", "value": "Permits"}},
        "why": {"typed": {"type": "plain_text_input", "value": None}},
    }
    assert ana.modal is None


async def test_an_empty_required_field_keeps_the_form_from_being_sent(
    client: AsyncWebClient, channel: Channel, ana: Person, receiver: Receiver
) -> None:
    await opened(client, channel, ana, receiver)
    before = len(receiver.requests)
    reply = await ana.submits()
    assert (reply.status, list(reply.errors)) == (0, ["name"])
    assert len(receiver.requests) == before


async def test_the_app_s_errors_stand_at_their_fields_and_lose_nothing(
    client: AsyncWebClient, channel: Channel, ana: Person, receiver: Receiver
) -> None:
    view = await opened(client, channel, ana, receiver)
    await ana.fills("name", "Permits")
    receiver.says(response_action="errors", errors={"name": "That name is taken."})
    assert (await ana.submits()).errors == {"name": "That name is taken."}
    assert ana.modal is view
    receiver.answers = None
    assert (await ana.submits()).errors == {}
    assert receiver.bodies[-1]["view"]["state"]["values"]["name"]["typed"]["value"] == "Permits"


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "errors", "errors": {"nowhere": "Wrong"}},
        {"response_action": "errors", "errors": {}},
        {"response_action": "update", "view": {"type": "modal", "blocks": []}},
        {"response_action": "dance"},
    ],
    ids=["errors at no input", "errors without any", "a view that is refused", "an unknown action"],
)
async def test_an_answer_that_slack_cannot_follow_is_trouble_and_keeps_the_form(
    client: AsyncWebClient, channel: Channel, ana: Person, receiver: Receiver, answer: dict[str, Any]
) -> None:
    view = await opened(client, channel, ana, receiver)
    await ana.fills("name", "Permits")
    receiver.says(**answer)
    reply = await ana.submits()
    assert reply.trouble is not None
    assert reply.trouble.startswith("We had some trouble connecting. Try again?")
    assert ana.modal is view


async def test_an_app_that_fails_is_trouble(
    client: AsyncWebClient, channel: Channel, ana: Person, receiver: Receiver
) -> None:
    await opened(client, channel, ana, receiver)
    await ana.fills("name", "Permits")
    receiver.answers = lambda _: Response(status_code=500)
    reply = await ana.submits()
    assert (reply.status, reply.trouble) == (500, "We had some trouble connecting. Try again?")
    assert ana.modal is not None


async def test_a_form_s_answer_can_update_push_and_clear(
    client: AsyncWebClient, channel: Channel, ana: Person, receiver: Receiver
) -> None:
    first = await opened(client, channel, ana, receiver)
    await ana.fills("name", "Permits")
    receiver.says(response_action="update", view=modal(section("Saving")))
    assert (await ana.submits()).response_action == "update"
    assert ana.modals == [first]
    assert first.blocks[0]["text"]["text"] == "Saving"
    receiver.says(response_action="push", view=modal(section("On top")))
    await ana.submits()
    assert [view.previous_id for view in ana.modals] == [None, first.id]
    assert ana.modals[1].root_id == first.id
    receiver.says(response_action="clear")
    await ana.submits()
    assert ana.modals == []


async def test_three_views_are_the_most(
    client: AsyncWebClient, channel: Channel, ana: Person, receiver: Receiver
) -> None:
    form = modal(buttons("b", more="More"))
    await opened(client, channel, ana, receiver, form)
    for _ in range(2):
        assert ana.modal is not None
        await ana.taps(ana.modal, action_id="more")
        await client.views_push(trigger_id=receiver.bodies[-1]["trigger_id"], view=form)
    await ana.taps(ana.modals[-1], action_id="more")
    full = client.views_push(trigger_id=receiver.bodies[-1]["trigger_id"], view=form)
    assert (await refused(full))["error"] == "push_limit_reached"
    assert len(ana.modals) == 3


async def test_a_modal_without_a_submit_button_cannot_be_submitted(
    client: AsyncWebClient, channel: Channel, ana: Person, receiver: Receiver
) -> None:
    view = {name: value for name, value in modal(section("Just to read")).items() if name != "submit"}
    await opened(client, channel, ana, receiver, view)
    with pytest.raises(LookupError, match="no button that submits it"):
        await ana.submits()


async def test_an_update_keeps_what_was_typed_in_fields_that_stay(
    client: AsyncWebClient, channel: Channel, ana: Person, receiver: Receiver
) -> None:
    view = await opened(client, channel, ana, receiver)
    await ana.fills("name", "Permits")
    updated = await client.views_update(view_id=view.id, hash=view.hash, view=modal(section("Dates"), NAME))
    assert updated["view"]["state"]["values"]["name"]["typed"]["value"] == "Permits"
    stale = client.views_update(view_id=view.id, hash="1.old", view=FORM)
    assert (await refused(stale))["error"] == "hash_conflict"
    await ana.closes()
    closed = client.views_update(view_id=view.id, view=FORM)
    assert (await refused(closed))["error"] == "not_found"


async def test_a_field_that_dispatches_tells_the_app_at_once(
    client: AsyncWebClient, channel: Channel, ana: Person, receiver: Receiver
) -> None:
    form = modal(text_input("name", block={"dispatch_action": True}), radio("often", "1", "2"))
    view = await opened(client, channel, ana, receiver, form)
    reply = await ana.fills("name", "Permits")
    assert reply is not None
    assert reply.status == 200
    await ana.fills("level", "2")
    typed, picked = receiver.bodies[-2:]
    assert typed["actions"][0]["value"] == "Permits"
    assert typed["container"] == {"type": "view", "view_id": view.id}
    assert picked["view"]["state"]["values"]["often"]["level"]["selected_option"] == option("2")
    assert "response_url" not in picked


async def test_a_closed_modal_is_told_of_only_where_the_app_asked(
    client: AsyncWebClient, channel: Channel, ana: Person, receiver: Receiver
) -> None:
    await opened(client, channel, ana, receiver)
    assert await ana.closes() is None
    await opened(client, channel, ana, receiver, FORM | {"notify_on_close": True})
    reply = await ana.closes()
    assert reply is not None
    assert (receiver.bodies[-1]["type"], receiver.bodies[-1]["is_cleared"]) == ("view_closed", False)
    with pytest.raises(LookupError, match="ana has no modal open"):
        await ana.closes()


async def test_an_external_select_offers_what_the_app_suggests(
    client: AsyncWebClient, channel: Channel, ana: Person, receiver: Receiver
) -> None:
    select = {"type": "external_select", "action_id": "zone", "min_query_length": 2}
    form = modal(
        {"type": "input", "block_id": "tz", "label": {"type": "plain_text", "text": "Zone"}, "element": select}
    )
    await opened(client, channel, ana, receiver, form)
    receiver.answers = lambda body: JSONResponse({"options": [option(body["value"])]})
    assert await ana.suggests("tz", "zone", "Chic") == [option("Chic")]
    assert receiver.bodies[-1]["type"] == "block_suggestion"
    with pytest.raises(ValueError, match="no option 'Lisbon'"):
        await ana.fills("tz", "Lisbon")
    await ana.fills("tz", "Chic")
    receiver.answers = None
    await ana.submits()
    chosen = receiver.bodies[-1]["view"]["state"]["values"]["tz"]["zone"]
    assert chosen == {"type": "external_select", "selected_option": option("Chic")}


async def test_opening_home_tells_the_app_which_publishes_for_that_person(
    client: AsyncWebClient, app: App, ana: Person, ben: Person, receiver: Receiver, channel: Channel
) -> None:
    home = {"type": "home", "blocks": [buttons("b", go="Go")]}
    assert await ana.opens_home(app) is None
    (event,) = receiver.events
    assert (event["type"], event["tab"], event["user"], "view" in event) == ("app_home_opened", "home", ana.id, False)
    published = await client.views_publish(user_id=ana.id, view=home)
    view = await ana.opens_home(app)
    assert view is not None
    assert receiver.events[-1]["view"]["hash"] == published["view"]["hash"]
    assert ben.home(app) is None
    await ana.taps(view, action_id="go")
    assert receiver.bodies[-1]["view"]["type"] == "home"
    stale = client.views_publish(user_id=ana.id, view=home, hash="1.old")
    assert (await refused(stale))["error"] == "hash_conflict"
    app.home_tab_enabled = False
    assert (await refused(client.views_publish(user_id=ana.id, view=home)))["error"] == "not_enabled"
    with pytest.raises(LookupError, match="has no Home tab"):
        await ana.opens_home(app)
    assert view.shown == "[Go]"
    assert channel.messages == {}


async def test_what_has_no_place_on_a_home_tab_is_refused(client: AsyncWebClient, ana: Person) -> None:
    for block in ({"type": "markdown", "text": "Hi"}, {"type": "table", "rows": [[{"type": "raw_text", "text": "1"}]]}):
        publishing = client.views_publish(user_id=ana.id, view={"type": "home", "blocks": [block]})
        assert (await refused(publishing))["error"] == "invalid_arguments"
    many = {"type": "home", "blocks": [section("Hi")] * 101}
    assert (await refused(client.views_publish(user_id=ana.id, view=many)))["error"] == "invalid_arguments"


async def test_a_modal_cannot_be_published_nor_a_home_opened(
    client: AsyncWebClient, channel: Channel, ana: Person, receiver: Receiver
) -> None:
    assert (await refused(client.views_publish(user_id=ana.id, view=FORM)))["error"] == "invalid_arguments"
    home = {"type": "home", "blocks": [section("Hi")]}
    opening = client.views_open(trigger_id=await trigger(channel, ana, receiver), view=home)
    assert (await refused(opening))["error"] == "invalid_arguments"


async def test_an_external_id_is_used_once_at_a_time(
    client: AsyncWebClient, channel: Channel, ana: Person, ben: Person, receiver: Receiver
) -> None:
    form = FORM | {"external_id": "setup-1"}
    await opened(client, channel, ana, receiver, form)
    second = client.views_open(trigger_id=await trigger(channel, ben, receiver), view=form)
    assert (await refused(second))["error"] == "duplicate_external_id"
    updated = await client.views_update(external_id="setup-1", view=form)
    assert ana.modal is not None
    assert updated["view"]["id"] == ana.modal.id
