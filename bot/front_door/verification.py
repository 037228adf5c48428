"""The front door: what happens to a request before anybody reads it.

Its size, then its signature over the bytes as they came, then its JSON; only what passes all three is handed on, as
trusted as a Socket Mode frame. What doesn't pass costs a counter and an answer: no call, no log line of its own, and
nobody looks into its body. The limits of the connection beneath are in connections.py.
"""

import hashlib
import hmac
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from enum import StrEnum
from typing import Any

from slack_bolt import BoltResponse
from starlette.types import Receive, Scope, Send

from bot.front_door.request_body import read_body
from bot.kit.metrics import Metrics

log = logging.getLogger(__name__)

LARGEST_BODY = 1_000_000
"""Bytes of a request; Slack's largest, a view submission, is a quarter of that."""
FRESH_SECONDS = 300
"""How far a request's own time may be off; Slack's number."""
WARN_EVERY_SECONDS = 60

Answer = Callable[[dict[str, Any], Mapping[str, str]], Awaitable[BoltResponse]]
"""What answers a verified request: its parsed body and those of its headers that are worth reading."""


class Refusal(StrEnum):
    """Why a request was turned away; the label of its counter."""

    TOO_LARGE = "too_large"
    CUT_SHORT = "cut_short"
    UNSIGNED = "unsigned"
    """It lacks a signature or a time, has two of them, or one that can't be read."""
    STALE = "stale"
    WRONG_SIGNATURE = "wrong_signature"
    NONSENSE = "nonsense"
    """Signed, and still not what Slack sends."""


STATUS = {Refusal.TOO_LARGE: 413, Refusal.CUT_SHORT: 400, Refusal.NONSENSE: 400}
"""401 for all others."""


class RefusedError(Exception):
    """A request that goes no further."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal)
        self.refusal = refusal


def verify(secret: str, body: bytes, *, timestamp: str | None, signature: str | None, now: float) -> Refusal | None:
    """None for a body that Slack signed with `secret` within the last five minutes; never raises.

    `timestamp` and `signature` are Slack's two headers, and `now` is in seconds since 1970. Agrees with slack_sdk's
    SignatureVerifier wherever that returns; where it raises (a time of "nan", a signature in other letters, bytes that
    aren't UTF-8) the request is refused or judged by its bytes alone.
    """
    if timestamp is None or signature is None:
        return Refusal.UNSIGNED
    try:
        if abs(now - int(timestamp)) > FRESH_SECONDS:
            return Refusal.STALE
        signed = b"v0:%b:%b" % (timestamp.encode(), body)
        expected = "v0=" + hmac.digest(secret.encode(), signed, hashlib.sha256).hex()
        genuine = hmac.compare_digest(expected.encode(), signature.encode())
    except Exception:  # noqa: BLE001 - whatever goes wrong while checking, the request isn't verified
        return Refusal.UNSIGNED
    return None if genuine else Refusal.WRONG_SIGNATURE


class FrontDoor:
    """`POST /slack/events` as an ASGI application; `answer` gets what is verified, and nothing else."""

    def __init__(
        self, answer: Answer, *, signing_secret: str, metrics: Metrics, now: Callable[[], float] = time.time
    ) -> None:
        if not signing_secret:
            raise ValueError("anybody could sign with an empty secret")
        self._answer = answer
        self._secret = signing_secret
        self._metrics = metrics
        metrics.expect(refusals=Refusal)
        self._now = now
        self._wrong = 0
        self._warned_at = float("-inf")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = time.perf_counter()
        try:
            headers = _headers(scope)
            body = await self._verified(headers, receive)
            # Handed on without a name: an answer that waits must not keep thousands of parsed objects alive.
            response = await self._answer(_parsed(body, headers.get("content-type")), headers)
        except RefusedError as error:
            await self._refuse(error.refusal, send)
            return
        await _send(send, response.status, response.body, response.headers.get("content-type", ["text/plain"])[0])
        self._metrics.answered("slack", time.perf_counter() - started)

    async def _verified(self, headers: Mapping[str, str], receive: Receive) -> bytes:
        """The body, once it is known to be Slack's; RefusedError otherwise."""
        body = await _read(receive, declared=headers.get("content-length"))
        refusal = verify(
            self._secret,
            body,
            timestamp=headers.get("x-slack-request-timestamp"),
            signature=headers.get("x-slack-signature"),
            now=self._now(),
        )
        if refusal is not None:
            raise RefusedError(refusal)
        return body

    async def _refuse(self, refusal: Refusal, send: Send) -> None:
        self._metrics.refused(refusal)
        if refusal is Refusal.WRONG_SIGNATURE:
            self._warn()
        # What was not read to its end would have to be read before the connection could serve another request.
        await _send(send, STATUS.get(refusal, 401), "", "text/plain", close=refusal is Refusal.TOO_LARGE)

    def _warn(self) -> None:
        """Tell the operator, at most once a minute: this is how a wrong signing secret looks."""
        self._wrong += 1
        if self._now() < self._warned_at + WARN_EVERY_SECONDS:
            return
        log.warning(
            "requests refused because their signature doesn't match: %d. If Slack's own are among them, "
            "SLACK_SIGNING_SECRET is wrong: copy it from the app's page (Basic Information, App Credentials).",
            self._wrong,
        )
        self._wrong, self._warned_at = 0, self._now()


def _headers(scope: Scope) -> dict[str, str]:
    """The request's headers by their lower-case names; RefusedError where Slack's own come twice."""
    found: dict[str, str] = {}
    for raw_name, value in scope["headers"]:
        name = raw_name.decode("latin-1")
        if name in found and name.startswith("x-slack-"):
            raise RefusedError(Refusal.UNSIGNED)
        found[name] = value.decode("latin-1")
    return found


async def _read(receive: Receive, *, declared: str | None) -> bytes:
    """The body; RefusedError for one that is too large, before it is read where it says so itself."""
    if declared is not None and (not declared.isdecimal() or len(declared) > 9 or int(declared) > LARGEST_BODY):  # noqa: PLR2004 - a gigabyte
        raise RefusedError(Refusal.TOO_LARGE)
    parts: list[bytes] = []
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] != "http.request":
            raise RefusedError(Refusal.CUT_SHORT)
        part: bytes = message.get("body", b"")
        size += len(part)
        if size > LARGEST_BODY:
            raise RefusedError(Refusal.TOO_LARGE)
        parts.append(part)
        more = message.get("more_body", False)
    return b"".join(parts)


def _parsed(body: bytes, content_type: str | None) -> dict[str, Any]:
    """What a verified body says; RefusedError for nonsense."""
    try:
        found = read_body(body, content_type=(content_type or "").partition(";")[0].strip() or None)
    except (ValueError, RecursionError):
        raise RefusedError(Refusal.NONSENSE) from None
    if not isinstance(found, dict):
        raise RefusedError(Refusal.NONSENSE)
    return found


async def _send(send: Send, status: int, text: str, content_type: str, *, close: bool = False) -> None:
    content = text.encode()
    headers = [(b"content-type", content_type.encode()), (b"content-length", b"%d" % len(content))]
    if close:
        headers.append((b"connection", b"close"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": content})
