"""Taps, forms and pictures through the page's API."""

from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import App, Channel, Person, Sandbox
from tests.sandbox.receiver import Receiver
from tests.sandbox.test_page import Page

BUTTON = {
    "type": "actions",
    "block_id": "b",
    "elements": [{"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}}],
}
FIELD = {
    "type": "input",
    "block_id": "name",
    "label": {"type": "plain_text", "text": "Name"},
    "element": {"type": "plain_text_input", "action_id": "text"},
}
FORM = {
    "type": "modal",
    "title": {"type": "plain_text", "text": "Form"},
    "submit": {"type": "plain_text", "text": "Save"},
    "blocks": [FIELD],
}


async def test_a_tap_and_the_form_that_it_opens(
    sandbox: Sandbox, client: AsyncWebClient, channel: Channel, ana: Person, ben: Person, receiver: Receiver
) -> None:
    page = Page(sandbox)
    await client.chat_postMessage(channel=channel.id, text="Tap", blocks=[BUTTON])
    (message,) = (await page.sees(ana, channel.id))["place"]["messages"]
    where = {"channel": channel.id, "ts": message["ts"], "action_id": "go", "block_id": "b"}
    assert (await page.does(ana, "taps", **where)).json() == {"status": 200, "problem": None}
    await client.views_open(trigger_id=receiver.bodies[-1]["trigger_id"], view=FORM)
    (modal,) = (await page.sees(ana, channel.id))["modals"]
    assert (await page.sees(ben, channel.id))["modals"] == []
    empty = (await page.does(ana, "submits", view=modal["id"])).json()
    assert empty["errors"] == {"name": "Please complete this required field."}
    assert (await page.sees(ana))["modals"][0]["errors"] == empty["errors"]
    filled = {"view": modal["id"], "action_id": "text", "block_id": "name", "value": "Permits"}
    assert (await page.does(ana, "taps", **filled)).json() == {}
    assert (await page.does(ben, "taps", **filled)).status_code == 409
    assert (await page.does(ana, "submits", view="V0")).status_code == 409
    assert (await page.does(ana, "submits", view=modal["id"])).is_success
    assert (await page.sees(ana))["modals"] == []
    assert (await page.does(ana, "taps", **(where | {"ts": "1.0"}))).status_code == 409
    assert (await page.does(ana, "taps", **(where | {"action_id": "stay"}))).status_code == 409


async def test_a_form_is_closed_and_a_client_reloaded(
    sandbox: Sandbox, client: AsyncWebClient, channel: Channel, ana: Person, receiver: Receiver
) -> None:
    page = Page(sandbox)
    for deed in ("closes", "reloads"):
        await page.does(ana, "writes", channel=channel.id, text="/maturity setup")
        await client.views_open(trigger_id=receiver.bodies[-1]["trigger_id"], view=FORM)
        (modal,) = (await page.sees(ana))["modals"]
        assert (await page.does(ana, deed, view=modal["id"])).is_success
        assert (await page.sees(ana))["modals"] == []


async def test_an_answer_that_slack_refuses_is_shown_with_its_error(
    sandbox: Sandbox, channel: Channel, ana: Person, receiver: Receiver
) -> None:
    page = Page(sandbox)
    receiver.says(text="x", blocks=[{"type": "section"}])
    done = await page.does(ana, "writes", channel=channel.id, text="/maturity help")
    assert done.json()["error"] == "invalid_blocks"
    (message,) = (await page.sees(ana, channel.id))["place"]["messages"]
    assert message["ephemeral"]
    assert message["text"] == '/maturity failed with the error "invalid_blocks"'


async def test_a_picture_is_seen_by_whoever_can_read_its_channel(
    sandbox: Sandbox, client: AsyncWebClient, channel: Channel, ana: Person, app: App
) -> None:
    page = Page(sandbox)
    assert app.name == "Check-in"
    uploaded = await client.files_upload_v2(content=b"x", filename="a.png", title="A", channel=channel.id)
    file_id = uploaded["file"]["id"]
    image = {"type": "image", "alt_text": "A", "slack_file": {"id": file_id}}
    await client.chat_postMessage(channel=channel.id, text="Look", blocks=[image])
    outsider = ana.workspace.add_person(name="Wim")
    for reader in (ana, outsider):
        shared, shown = (await page.sees(reader, channel.id))["place"]["messages"]
        assert [one["url"] for one in shared["files"]] == [f"/files/{file_id}"]
        assert shown["pictures"] == {file_id: f"/files/{file_id}"}
    private = ana.workspace.add_channel("private", members=[ana, app], is_private=True)
    hidden = await client.files_upload_v2(content=b"x", filename="b.png", channel=private.id)
    await client.chat_postMessage(
        channel=channel.id,
        text="Look",
        blocks=[image | {"slack_file": {"id": hidden["file"]["id"]}}],
    )
    assert list((await page.sees(outsider, channel.id))["place"]["messages"][-1]["pictures"].values()) == [None]
