"""Answers at the address that came with a tap or a command, which may fail; and the other way that they come then."""

import asyncio
import json
import logging
import time
from http import HTTPStatus
from itertools import count
from typing import Any

import aiohttp
from slack_bolt.async_app import AsyncRespond
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook import WebhookResponse

from bot.slack.blocks import Message
from bot.slack.calls import CALL_FAILED, RESPONSE_URL, Client, Watch, pause, post, refusal_of, unwatched, word_of

log = logging.getLogger(__name__)

WITHIN = 5.0
"""Seconds that Slack may take to answer at such an address, before the answer comes another way."""
FOR = 300.0
"""Seconds that a direct message is tried for in its place: nothing of it is kept, so it is tried from memory alone."""


class Respond(AsyncRespond):
    """Bolt's `respond`, whose calls are counted; all that answers at such an address is made here."""

    def __init__(self, url: str | None, *, proxy: str | None = None, watch: Watch = unwatched) -> None:
        super().__init__(response_url=url, proxy=proxy)
        self._watch = watch

    async def __call__(self, *given: Any, **named: Any) -> WebhookResponse:
        began, outcome = time.perf_counter(), "unanswered"
        try:
            answer = await super().__call__(*given, **named)
            outcome = "refused" if _refusal(answer) is not None else "ok"
            if answer.status_code == HTTPStatus.TOO_MANY_REQUESTS:
                outcome = "rate_limited"
            return answer
        finally:
            self._watch(RESPONSE_URL, outcome, time.perf_counter() - began)


def at(url: str, *, client: AsyncWebClient) -> Respond:
    """What answers at this address, on the way that the client's calls go."""
    return Respond(url, proxy=client.proxy, watch=client.watch if isinstance(client, Client) else unwatched)


async def reply(
    message: Message, *, respond: AsyncRespond, client: AsyncWebClient, user_id: str, replace: bool = False
) -> None:
    """Answer a tap or a command, in place of what was tapped or for its reader alone; failing that, by direct message.

    A check-in is redrawn instead: it is one message, wherever its answer got lost (`bot.check_ins.redraw`).
    """
    if not await taken(message, respond=respond, replace=replace):
        await write_to(user_id, message, client=client)


async def write_to(user_id: str, message: Message, *, client: AsyncWebClient) -> None:
    """Write somebody a direct message that they wait for: now, and again for minutes where Slack is in trouble.

    Where nobody knows whether Slack took it, it is written again: it may be there twice, but isn't missing.
    """
    left = FOR
    for tried in count():
        try:
            await post(client, channel=user_id, **message.payload())
        except CALL_FAILED as error:
            wait = pause(refusal_of(error) if isinstance(error, SlackApiError) else None, tried)
            if wait is None or wait > left:
                why = word_of(error)
                log.error("an answer that somebody waits for reached them by no way: %s", why)
                return
        else:
            return
        left -= wait
        await asyncio.sleep(wait)


async def taken(message: Message, *, respond: AsyncRespond, replace: bool, within: float = WITHIN) -> bool:
    """Post the message at the address of a tap or a command; whether Slack says that it took it."""
    how = {"replace_original": True} if replace else {"response_type": "ephemeral", "replace_original": False}
    try:
        async with asyncio.timeout(within):
            refused = _refusal(await respond(**how, **message.payload()))
    except (aiohttp.ClientError, TimeoutError) as error:
        refused = type(error).__name__
    if refused is not None:
        log.warning("an answer was not taken at its address, and comes another way where there is one: %s", refused)
    return refused is None


def _refusal(answer: WebhookResponse) -> str | None:
    """Why it wasn't taken; the body counts as well as the status."""
    try:
        said = json.loads(answer.body)
    except ValueError:
        said = None
    is_refused = isinstance(said, dict) and said.get("ok") is False
    if answer.status_code == HTTPStatus.OK and not is_refused:
        return None
    word = said.get("error") if isinstance(said, dict) else None
    return f"HTTP {answer.status_code}" if word is None else f"{word} ({answer.status_code})"
