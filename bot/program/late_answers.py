"""Answers that the database keeps waiting: Slack is told something in time, and the person the rest when it is known.

Slack waits three seconds and then tells people that the app is broken, although it may well have done what they asked.
"""

import asyncio
import json
import uuid
from typing import Any

from slack_bolt import BoltResponse

from bot.kit.i18n import _
from bot.slack import ids, modals, response_urls, sentences
from bot.slack.blocks import Message, without_markup
from bot.slack.error_sentences import sentence_of
from bot.slack.services import Services

Answering = asyncio.Future[BoltResponse]


def promise(body: dict[str, Any], answering: Answering, *, services: Services) -> BoltResponse:
    """What Slack is answered for now; what `answering` comes to is told where the person can read it.

    A form stays as it is beneath a modal that says what becomes of it, so that an error loses nothing that was typed.
    """
    kind = body.get("type")
    if "command" in body:
        services.in_flight.start(_write(body, answering, services=services))
        return _json(sentences.plain_message(_still_working()).payload() | {"response_type": "ephemeral"})
    if kind == "view_submission":
        external_id = uuid.uuid4().hex
        services.in_flight.start(_show(external_id, body, answering, services=services))
        waiting = sentences.message_modal(_still_working()) | {"external_id": external_id}
        return _json({"response_action": "push", "view": waiting})
    if kind == "block_suggestion":
        services.in_flight.start(_let_end(answering))
        return _json({"options": []})
    if kind == "block_actions" and body.get("response_url"):
        respond = services.slack.respond(body["response_url"])
        said = sentences.plain_message(_still_working())
        services.in_flight.start(response_urls.taken(said, respond=respond, replace=False))
    services.in_flight.start(_let_end(answering))
    return BoltResponse(status=200, body="")


def _still_working() -> str:
    return _("This is taking longer than usual. The result will follow here.")


def _json(body: dict[str, Any]) -> BoltResponse:
    return BoltResponse(status=200, headers={"Content-Type": "application/json"}, body=json.dumps(body))


async def _let_end(answering: Answering) -> None:
    """Buttons, menus and events tell what came of them by themselves."""
    await answering


async def _write(body: dict[str, Any], answering: Answering, *, services: Services) -> None:
    """A command's answer, where it would have stood."""
    said = _answer_of(await answering)
    if said:
        client = await services.slack.client(ids.workspace_of(body))
        await modals.write(Message(said.get("text", ""), said.get("blocks", [])), body, client=client)


async def _show(external_id: str, body: dict[str, Any], answering: Answering, *, services: Services) -> None:
    """What came of a form, in the modal that waits on top of it."""
    try:
        said = _answer_of(await answering)
        if said.get("response_action") in {"push", "update"}:
            view = said["view"]
        elif said.get("response_action") == "errors":
            reasons = " ".join(dict.fromkeys(said["errors"].values()))
            view = sentences.message_modal(_("Not saved: {reason}").format(reason=reasons))
        elif "text" in said:
            view = sentences.message_modal(said["text"])
        else:
            view = sentences.message_modal(_("Saved.")) | {"clear_on_close": True}
    except Exception as error:  # noqa: BLE001 - whoever waits is told, whatever it is
        view = sentences.message_modal(sentence_of(error))
    client = await services.slack.client(ids.workspace_of(body))
    await modals.change(client, view, reader=body["user"]["id"], external_id=external_id)


def _answer_of(response: BoltResponse) -> dict[str, Any]:
    """What Bolt would have answered, as JSON; text is a message."""
    if not response.body:
        return {}
    try:
        found = json.loads(response.body)
    except ValueError:
        return {"text": without_markup(response.body)}
    return found if isinstance(found, dict) else {}
