"""Answer a tap where it was made: in the message, in the modal, or in App Home, which is published anew."""

from typing import Any

from slack_bolt.async_app import AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.kit.i18n import _
from bot.slack import ids, modals, response_urls
from bot.slack.blocks import Block, Message, modal
from bot.slack.ids import OPENED_IN_HOME, View
from bot.slack.services import Services


def publish_home_later(services: Services, body: dict[str, Any]) -> None:
    """Publish somebody's Home anew beside the answer to what they did, in it or in a modal over it."""
    view = body.get("view") or {}
    seen = view.get("hash") if view.get("type") == "home" else None
    services.in_flight.start(
        services.publish_home(services, workspace_id=ids.workspace_of(body), user_id=body["user"]["id"], seen=seen)
    )


def is_over_home(body: dict[str, Any]) -> bool:
    """Whether something was done in Home, or in a modal that was opened there."""
    view = body.get("view") or {}
    return view.get("type") == "home" or view.get("private_metadata") == OPENED_IN_HOME


def answer_tap(
    message: Message,
    body: dict[str, Any],
    *,
    title: str | None = None,
    respond: AsyncRespond,
    client: AsyncWebClient,
    services: Services,
) -> None:
    """Show the message in place of what was tapped: a message or a modal; Home itself is published anew.

    A modal takes the `title`, and without one keeps its own.
    """
    view = body.get("view") or {}
    if not view:
        services.in_flight.start(
            response_urls.reply(message, respond=respond, client=client, user_id=body["user"]["id"], replace=True)
        )
        return
    if view.get("type") == "modal":
        answer = answer_modal(message, title=title or (view.get("title") or {}).get("text") or _("Check-ins"))
        services.in_flight.start(modals.change(client, answer, reader=body["user"]["id"], view_id=view["id"]))
    if is_over_home(body):
        publish_home_later(services, body)


def answer_beside(
    message: Message,
    body: dict[str, Any],
    *,
    title: str | None = None,
    respond: AsyncRespond,
    client: AsyncWebClient,
    services: Services,
) -> None:
    """Show the message beside the one that was tapped, which stays; in place of a modal."""
    if body.get("view"):
        answer_tap(message, body, title=title, respond=respond, client=client, services=services)
        return
    services.in_flight.start(response_urls.reply(message, respond=respond, client=client, user_id=body["user"]["id"]))


def answer_modal(message: Message, *, title: str) -> Block:
    """What a command would answer, as a modal over Home."""
    return modal(
        title=title,
        blocks=message.blocks,
        callback_id=View.MESSAGE,
        close=_("Close"),
        metadata=OPENED_IN_HOME,
    )
