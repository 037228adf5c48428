"""Deliver payloads to an app, as signed HTTP requests or over Socket Mode, and events again where that failed."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping

import aiohttp

from bot.sandbox.state.changes import Changes
from bot.sandbox.state.content import JSON
from bot.sandbox.state.records import App, Installation, World
from bot.sandbox.wire.answers import OK, Answer, Kind
from bot.sandbox.wire.signing import encode, sign
from bot.sandbox.wire.socket_mode import SocketMode
from bot.sandbox.wire.traffic import Traffic

NO_RETRY = "x-slack-no-retry"


class Courier:
    """Carries requests to apps and knows which are under way."""

    def __init__(self, sandbox: World, *, socket_mode: SocketMode, traffic: Traffic) -> None:
        self._sandbox = sandbox
        self._socket_mode = socket_mode
        self._traffic = traffic
        self._session: aiohttp.ClientSession | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._events: set[asyncio.Task[None]] = set()
        self._under_way = 0
        self._changes = Changes()

    async def open(self) -> None:
        # A connection of its own for each request: apps under test are stopped and started behind our back.
        self._loop = asyncio.get_running_loop()
        self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(force_close=True, limit=0))

    async def close(self) -> None:
        self._loop = None
        for task in self._events:
            task.cancel()
        await asyncio.gather(*self._events, return_exceptions=True)
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def quiet(self) -> None:
        """Return when no request to an app is under way, redeliveries included."""
        await self._changes.wait_until(lambda: not self._events and not self._under_way)

    async def deliver(
        self,
        app: App,
        kind: Kind,
        payload: JSON,
        *,
        retry: tuple[int, str] | None = None,
        headers: Mapping[str, str | None] | None = None,
    ) -> Answer:
        """Send one payload and wait for the answer, as long as Slack waits. `retry`: its number and the reason.

        `headers` take the place of Slack's own where it is HTTP, as its signature and timestamp; None leaves one out.
        """
        self._under_way += 1
        started = time.perf_counter()
        try:
            if app.request_url is None:
                answer = await self._socket_mode.deliver(app, kind, payload, retry=retry)
            else:
                answer = await self._post(app, app.request_url, kind, payload, retry=retry, instead=headers or {})
        finally:
            self._under_way -= 1
            self._changes.notify()
        elapsed = time.perf_counter() - started
        self._traffic.add(
            "socket" if app.request_url is None else "http",
            name_of(payload),
            body=payload,
            status=answer.status,
            response=answer.json() or answer.body,
            elapsed=elapsed,
            **({"retry": retry[0]} if retry else {}),
            **({"problem": answer.problem} if answer.problem else {}),
        )
        return Answer(
            status=answer.status,
            body=answer.body,
            headers=answer.headers,
            elapsed=elapsed,
            problem=answer.problem,
        )

    def send_event(self, installation: Installation, event: JSON) -> None:
        """Start to deliver an event; a sandbox that isn't served has nobody to tell."""
        if self._loop is None:
            return
        task = self._loop.create_task(self.deliver_event(installation, event), name=f"event {event['type']}")
        self._events.add(task)
        task.add_done_callback(self._event_done)

    async def deliver_event(self, installation: Installation, event: JSON) -> None:
        """Deliver an event until the app answers 2xx, says `X-Slack-No-Retry: 1`, or the retries are used up."""
        envelope = self._envelope(installation, event)
        retry: tuple[int, str] | None = None
        for number, delay in enumerate([*self._sandbox.retry_delays, None], start=1):
            answer = await self.deliver(installation.app, "events_api", envelope, retry=retry)
            if answer.ok or answer.headers.get(NO_RETRY) == "1" or delay is None:
                return
            await asyncio.sleep(delay)
            retry = (number, answer.problem or "http_error")

    async def verify_url(self, app: App) -> bool:
        """Whether the app's request URL returns Slack's challenge."""
        challenge = self._sandbox.ids.secret(length=40)
        payload = {"token": app.verification_token, "challenge": challenge, "type": "url_verification"}
        answer = await self.deliver(app, "events_api", payload)
        return answer.ok and challenge in answer.body

    async def _post(
        self,
        app: App,
        url: str,
        kind: Kind,
        payload: JSON,
        *,
        retry: tuple[int, str] | None,
        instead: Mapping[str, str | None],
    ) -> Answer:
        if self._session is None:
            raise RuntimeError("the sandbox delivers only while it is served: async with sandbox.serve()")
        body, content_type = encode(kind, payload)
        # The receiver compares it with the time of its machine, so the sandbox's own clock must stay out of it.
        timestamp = str(int(time.time()))
        headers: dict[str, str | None] = {
            "Content-Type": content_type,
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": sign(app.signing_secret, timestamp, body),
        }
        if retry is not None:
            headers |= {"X-Slack-Retry-Num": str(retry[0]), "X-Slack-Retry-Reason": retry[1]}
        headers |= instead
        try:
            async with self._session.post(
                url,
                data=body.encode(),
                headers={name: value for name, value in headers.items() if value is not None},
                allow_redirects=False,
                timeout=aiohttp.ClientTimeout(total=self._sandbox.answer_within),
            ) as response:
                text = await response.text()
                problem = None if response.status in OK else "http_error"
                lower = {name.lower(): value for name, value in response.headers.items()}
                return Answer(status=response.status, body=text, headers=lower, problem=problem)
        except TimeoutError:
            return Answer(status=0, problem="http_timeout")
        except aiohttp.ClientError:
            return Answer(status=0, problem="connection_failed")

    def _envelope(self, installation: Installation, event: JSON) -> JSON:
        sandbox, workspace, app = self._sandbox, installation.workspace, installation.app
        now = sandbox.now()
        about = event.get("channel")
        channel = workspace.channels.get(about) if isinstance(about, str) else None
        return {
            "token": app.verification_token,
            "team_id": _whose(event, installation),
            "context_team_id": workspace.id,
            "api_app_id": app.id,
            "event": {"event_ts": sandbox.stamps.next(now), **event},
            "type": "event_callback",
            "event_id": sandbox.ids.new("Ev"),
            "event_time": int(now.timestamp()),
            "authorizations": [
                {
                    "enterprise_id": None,
                    "team_id": workspace.id,
                    "user_id": installation.bot_user_id,
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
            "is_ext_shared_channel": channel is not None and channel.is_ext_shared,
            "event_context": f"4-{sandbox.ids.secret(length=32)}",
        }

    def _event_done(self, task: asyncio.Task[None]) -> None:
        self._events.discard(task)
        self._changes.notify()


def _whose(event: JSON, installation: Installation) -> str:
    """The workspace of who did it, which in a channel shared with another organisation isn't always the app's."""
    user = event.get("user")
    person = installation.workspace.people.get(user["id"] if isinstance(user, dict) else user or "")
    return person.team_id if person is not None and person.is_external else installation.workspace.id


def name_of(payload: JSON) -> str:
    """A payload's name in the traffic: the command, the event's type, or the interaction's."""
    event = payload.get("event")
    name: str = event["type"] if isinstance(event, dict) else payload.get("command") or payload["type"]
    return name
