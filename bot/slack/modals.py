"""Modals, opened in time for Slack and changed for certain, so that whoever looks at one reads what became of it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.kit.errors import UserError
from bot.kit.i18n import _
from bot.kit.logs import where
from bot.slack import response_urls, sentences
from bot.slack.blocks import Block, Message
from bot.slack.calls import CALL_FAILED, Patience, may_pass, patient, refusal_of
from bot.slack.error_sentences import sentence_of
from bot.slack.in_flight import InFlight

log = logging.getLogger(__name__)

MODAL_RETRY_SECONDS = (0.2, 0.4, 0.8, 1.6, 3.2, 5.0)
"""Seconds between tries to change a modal, which Slack may still be opening."""
LONGEST_PAUSE = 5.0
"""Seconds that Slack may ask us to wait before the next try, while somebody looks at the modal."""
GONE = "not_found"
"""The modal isn't open yet, or any more."""
EXPIRED = "expired_trigger_id"
"""More than three seconds have passed since the tap."""
OPENED_ALREADY = "exchanged_trigger_id"
"""A request that came twice: the person looks at what the first one opened."""
WHILE_OPENING = Patience(1.0)
"""How long a modal is opened again where Slack is in trouble: its trigger lives for three seconds."""

Then = Callable[[str], Coroutine[Any, Any, None]]


async def open_modal(
    client: AsyncWebClient,
    view: Block,
    body: dict[str, Any],
    *,
    in_flight: InFlight,
    then: Then | None = None,
) -> None:
    """Open a modal for whoever tapped, before they are answered; where Slack is slow, the answer doesn't wait for it.

    `body` is their request: of one from a modal, the new one comes on top of it. `then` goes on with the id of the
    open view, beside the answer. Raises what Slack answers in time; what it refuses later is told where the person can
    read it.
    """
    opening = asyncio.ensure_future(_opens(client, body)(trigger_id=body["trigger_id"], view=view))
    await asyncio.wait({opening}, timeout=in_flight.patience)

    async def opened_late() -> None:
        try:
            opened = await opening
        except CALL_FAILED as error:
            log.warning("a modal was opened too late: %s", where(error))
            await write(sentences.plain_message(_too_slow()), body, client=client)
        else:
            if then is not None:
                await then(str(opened["view"]["id"]))

    if not opening.done():
        in_flight.start(opened_late())
        return
    try:
        opened = opening.result()
    except SlackApiError as error:
        code = refusal_of(error).code
        if code == OPENED_ALREADY:
            return
        if code != EXPIRED:
            raise
        raise UserError(_too_slow()) from error
    if then is not None:
        in_flight.start(then(str(opened["view"]["id"])))


def _opens(client: AsyncWebClient, body: dict[str, Any]) -> Callable[..., Awaitable[AsyncSlackResponse]]:
    """The call that opens a modal over what it was asked for from."""
    is_over_another = (body.get("view") or {}).get("type") == "modal"
    client = patient(client, WHILE_OPENING)
    return client.views_push if is_over_another else client.views_open


def _too_slow() -> str:
    return _("Slack was too slow to open that. Try again.")


async def show(view: Block, message: Message, body: dict[str, Any], *, client: AsyncWebClient) -> None:
    """Open a view over what is open, beside the answer; where Slack opens nothing any more, `message` is written."""
    try:
        await _opens(client, body)(trigger_id=body["trigger_id"], view=view)
    except CALL_FAILED as error:
        # Mostly the trigger is older than its three seconds: a refusal because of that can't be opened with it either.
        log.warning("a modal was not opened: %s", where(error))
        await write(message, body, client=client)


async def write(message: Message, body: dict[str, Any], *, client: AsyncWebClient) -> None:
    """Write to whoever asked: where they tapped, else as a direct message, since Home has no channel."""
    user_id = body.get("user_id") or body["user"]["id"]
    if body.get("response_url"):
        respond = response_urls.at(body["response_url"], client=client)
        await response_urls.reply(message, respond=respond, client=client, user_id=user_id)
    else:
        await response_urls.write_to(user_id, message, client=client)


async def change(
    client: AsyncWebClient, view: Block, *, otherwise: str | None = None, reader: str | None = None, **which: str
) -> None:
    """Change an open modal; one that was closed meanwhile stays closed.

    What passes is tried again: Slack may still be opening the modal, or be in trouble. A view that Slack refuses for
    what it is makes way for a sentence, `otherwise` or that of a fault, so that nobody looks at "One moment." for ever.
    Where Slack takes nothing for too long, that sentence is written to the `reader`.
    """
    for seconds in (*MODAL_RETRY_SECONDS, None):
        try:
            await client.views_update(view=view, **which)
        except CALL_FAILED as error:
            refusal = refusal_of(error) if isinstance(error, SlackApiError) else None
            is_gone = refusal is not None and refusal.code == GONE
            if not (is_gone or may_pass(error)):
                said = otherwise or sentence_of(error)  # which is logged, whatever is said
                await _say_instead(client, said, reader=reader, which=which)
                return
            if seconds is None:
                if is_gone:
                    return
                if reader is None:
                    raise
                log.warning("a modal could not be changed: %s", where(error))
                said = otherwise or _("Slack could not show you what became of that. Look at it again in a minute.")
                await response_urls.write_to(reader, sentences.plain_message(said), client=client)
                return
            if refusal is not None and refusal.is_rate_limit:
                seconds = min(refusal.retry_after, LONGEST_PAUSE)  # noqa: PLW2901 - Slack knows better
            await asyncio.sleep(seconds)
        else:
            return


async def _say_instead(client: AsyncWebClient, said: str, *, reader: str | None, which: dict[str, str]) -> None:
    """Put a sentence into a modal whose view was refused; where that is refused, too, write it to the reader."""
    try:
        await client.views_update(view=sentences.message_modal(said), **which)
    except CALL_FAILED as error:
        if reader is None:
            raise
        log.warning("a modal could not be changed: %s", where(error))
        await response_urls.write_to(reader, sentences.plain_message(said), client=client)
