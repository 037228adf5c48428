"""A refusal or a fault as the answer to a request, wherever that kind of request lets a person read a sentence."""

from collections.abc import Sequence
from typing import Any

from slack_bolt import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack import modals, response_urls, sentences
from bot.slack.blocks import mentions_somebody, without_markup
from bot.slack.services import Services


def tell(sentence: str, *, body: dict[str, Any], client: AsyncWebClient | None, services: Services) -> BoltResponse:
    """The answer that shows the sentence; Slack gets a 200, and repeats nothing.

    `body` was verified: its `response_url` and `trigger_id` are used.
    """
    message = sentences.refusal(sentence)
    headers: dict[str, str | Sequence[str]] = {"Content-Type": "application/json"}
    if "command" in body:
        return BoltResponse(status=200, headers=headers, body={"response_type": "ephemeral", **message.payload()})
    if body.get("type") == "view_submission":
        view = body.get("view") or {}
        fields = [block for block in view.get("blocks") or [] if block.get("type") == "input"]
        inputs = [block["block_id"] for block in fields if block.get("block_id")]
        if inputs and not mentions_somebody(sentence):
            # At the last field, near the button that was pressed; everything typed stays.
            errors = {inputs[-1]: without_markup(sentence)}
            return BoltResponse(status=200, headers=headers, body={"response_action": "errors", "errors": errors})
        # Beneath a field Slack shows no names of people and channels: those stand on top of the form, which stays.
        above = "push" if inputs else "update"
        shown = {"response_action": above, "view": sentences.message_modal(sentence)}
        return BoltResponse(status=200, headers=headers, body=shown)
    if client is not None and body.get("response_url"):
        services.in_flight.start(modals.write(message, body, client=client))
    elif client is not None and body.get("trigger_id"):
        services.in_flight.start(modals.show(sentences.message_modal(sentence), message, body, client=client))
    elif body.get("response_url"):  # of a workspace that we have no token for
        respond = services.slack.respond(body["response_url"])
        services.in_flight.start(response_urls.taken(message, respond=respond, replace=False))
    return BoltResponse(status=200, body="")
