"""Slack's verified requests, whichever way they came: taps to the answer writer, all else to Bolt, all within time."""

import asyncio
import logging
import time
from collections.abc import Mapping
from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.socket_mode.async_internals import send_async_response
from slack_bolt.adapter.socket_mode.internals import build_headers
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.check_ins import taps
from bot.check_ins.answer_writer import AnswerWriter
from bot.kit.logs import where
from bot.program import late_answers
from bot.slack import ids
from bot.slack.services import Services

log = logging.getLogger(__name__)

RETRIES = ("x-slack-retry-num", "x-slack-retry-reason")
"""What of a request's headers says more than its body does."""


class Dispatcher:
    """Answers requests that somebody vouches for: the front door by their signature, Socket Mode by its connection."""

    def __init__(self, app: AsyncApp, services: Services, writer: AnswerWriter) -> None:
        self._app = app
        self._writer = writer
        self._services = services

    @property
    def answer_within(self) -> float:
        """How long Slack waits for an answer of ours at most, in seconds."""
        return self._services.answer_within

    def count(self, way: str, seconds: float) -> None:
        """Count an answered request, which the front door does for its own."""
        self._services.metrics.answered(way, seconds)

    async def answer(self, body: dict[str, Any], headers: Mapping[str, Any], *, way: str = "http") -> BoltResponse:
        """Slack's answer, in time for it; what takes longer is told on its own when it is done.

        `way` is how it came: http or socket_mode. Never raises: slack_sdk's client would log the message of an error,
        which may quote what someone wrote.
        """
        began, is_tap = time.perf_counter(), ids.is_tap(body)
        try:
            answering = self._answer(body, headers)
            del body  # an answer that waits for its commit must not keep thousands of parsed objects alive
            return await answering
        except Exception as error:  # noqa: BLE001 - whatever it is, its place is logged, and Slack may try again
            log.error("a request of Slack's could not be answered: %s", where(error))
            return BoltResponse(status=500, body="")
        finally:
            if is_tap:
                self._services.metrics.tap_answered(way, time.perf_counter() - began)

    async def _answer(self, body: dict[str, Any], headers: Mapping[str, Any]) -> BoltResponse:
        if ids.is_tap(body):
            answering = taps.answer(body, writer=self._writer, services=self._services)
            del body  # an answer that waits for its commit must not keep thousands of parsed objects alive
            return await answering
        dispatching = asyncio.ensure_future(self._through_bolt(body, headers))
        await asyncio.wait({dispatching}, timeout=self._services.answer_within)
        if dispatching.done():
            return dispatching.result()
        return late_answers.promise(body, dispatching, services=self._services)

    async def _through_bolt(self, body: dict[str, Any], headers: Mapping[str, Any]) -> BoltResponse:
        """Bolt's answer; 400 for nonsense that stops it before any listener."""
        try:
            # "socket_mode" is Bolt's word for a request that needs no signature: this one's was checked.
            request = AsyncBoltRequest(
                mode="socket_mode", body=body, headers={name: headers[name] for name in RETRIES if name in headers}
            )
            return await self._app.async_dispatch(request)
        except (LookupError, AttributeError, TypeError, ValueError, RecursionError):
            return BoltResponse(status=400, body="not a request of Slack's")


class SocketModeHandler(AsyncSocketModeHandler):
    """Bolt's connection to Slack, whose requests go the way of all others."""

    def __init__(self, dispatcher: Dispatcher, *, app: AsyncApp, app_token: str, web_client: Any) -> None:
        super().__init__(app, app_token, web_client=web_client)
        self.client.proxy = web_client.proxy  # given None, the constructor would look for one itself
        self._dispatcher = dispatcher
        self._answering: set[asyncio.Task[Any]] = set()

    async def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]
        """Answer one frame; Bolt's own handler but for who answers (slack_bolt/adapter/socket_mode)."""
        answering = asyncio.ensure_future(self._answer(client, req))
        self._answering.add(answering)
        answering.add_done_callback(self._answering.discard)
        await answering

    async def _answer(self, client: SocketModeClient, req: SocketModeRequest) -> None:
        started = time.time()
        response = await self._dispatcher.answer(dict(req.payload), build_headers(req) or {}, way="socket_mode")
        self._dispatcher.count("socket_mode", time.time() - started)
        await send_async_response(client, req, response, started)

    async def connected(self) -> bool:
        """Whether Slack can reach us just now."""
        return bool(await self.client.is_connected())

    async def finish(self) -> None:
        """Read no more, answer what was read, and close: Slack sends elsewhere, or again, what it isn't answered."""
        client: SocketModeClient = self.client
        for reading in (client.current_session_monitor, client.message_receiver):
            if reading is not None:
                reading.cancel()
        for _turn in range(3):  # the reader of the queue wakes and takes them all; their tasks begin; so do ours
            await asyncio.sleep(0)
        if self._answering:
            await asyncio.wait(self._answering, timeout=self._dispatcher.answer_within)
        await self.close_async()  # type: ignore[no-untyped-call]
