"""What isn't verified goes no further, whatever it looks like; what Slack signed does."""

import hashlib
import hmac
import logging
import random
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as some
from slack_bolt import BoltResponse
from slack_sdk.signature import SignatureVerifier

from bot.front_door.verification import FRESH_SECONDS, LARGEST_BODY, WARN_EVERY_SECONDS, FrontDoor, Refusal, verify
from bot.kit.metrics import Metrics

SECRET = "a signing secret"
NOW = 1_790_000_000.5


def sign(body: bytes, timestamp: str, secret: str = SECRET) -> str:
    return "v0=" + hmac.new(secret.encode(), f"v0:{timestamp}:".encode() + body, hashlib.sha256).hexdigest()


class Stopped:
    """slack_sdk's clock, standing still."""

    def now(self) -> float:
        return NOW


TIMES = some.one_of(
    some.integers(int(NOW) - 2 * FRESH_SECONDS, int(NOW) + 2 * FRESH_SECONDS).map(str),
    some.sampled_from(["nan", "inf", "text", "", " ", "-0", "1_790_000_000", " 1790000000", "9" * 400, "9" * 5000]),
    some.text(alphabet=some.characters(max_codepoint=255)),
)
SIGNATURES = some.one_of(
    some.just("right"), some.sampled_from(["", "v0=", "v0=é", "v1=" + "0" * 64, "v0=" + "0" * 64]), some.text()
)


@given(some.binary(), TIMES, SIGNATURES)
@example(b"payload=%7B%7D", str(int(NOW)), "right")
@example(b"payload=%7B%7D", str(int(NOW) - FRESH_SECONDS), "right")
@example(b"payload=%7B%7D", str(int(NOW) - FRESH_SECONDS - 1), "right")
@example(b"\xff", str(int(NOW)), "right")
@example(b"", "nan", "v0=" + "0" * 64)
@example(b"", str(int(NOW)), "v0=é")
def test_it_agrees_with_slack_sdk_wherever_that_returns(body: bytes, timestamp: str, signature: str) -> None:
    signature = sign(body, timestamp) if signature == "right" else signature
    mine = verify(SECRET, body, timestamp=timestamp, signature=signature, now=NOW) is None
    try:
        theirs = SignatureVerifier(SECRET, Stopped()).is_valid(body, timestamp, signature)  # type: ignore[arg-type]
    except Exception:  # noqa: BLE001 - it raises ValueError, OverflowError, TypeError and UnicodeError
        assert not mine or not _is_utf8(body), "only signed bytes that slack_sdk can't decode may pass where it raises"
    else:
        assert mine == theirs


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True


@pytest.mark.parametrize(("timestamp", "signature"), [(None, "v0="), ("1", None), (None, None)])
def test_a_request_without_its_headers_is_unsigned(timestamp: str | None, signature: str | None) -> None:
    assert verify(SECRET, b"", timestamp=timestamp, signature=signature, now=NOW) is Refusal.UNSIGNED


def test_an_empty_secret_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="empty secret"):
        FrontDoor(_unreachable, signing_secret="", metrics=Metrics())


async def _unreachable(body: dict[str, Any], headers: Mapping[str, str]) -> BoltResponse:
    raise AssertionError(f"answered {body} {headers}")


class Visitor:
    """Somebody who speaks ASGI to a door, and counts what it reads of a body."""

    def __init__(self, door: FrontDoor) -> None:
        self._door = door
        self.read = 0

    async def post(self, headers: list[tuple[bytes, bytes]], parts: list[bytes]) -> tuple[int, dict[bytes, bytes]]:
        """The status and headers of the answer."""
        waiting, sent = list(parts), []

        async def receive() -> dict[str, Any]:
            self.read += 1
            return {"type": "http.request", "body": waiting.pop(0), "more_body": bool(waiting)}

        async def send(message: Any) -> None:
            sent.append(message)

        await self._door({"type": "http", "method": "POST", "headers": headers}, receive, send)
        return sent[0]["status"], dict(sent[0]["headers"])


@pytest.fixture
def told() -> list[dict[str, Any]]:
    """What the door handed on."""
    return []


@pytest.fixture
def visitor(told: list[dict[str, Any]]) -> Visitor:
    async def answer(body: dict[str, Any], headers: Mapping[str, str]) -> BoltResponse:
        assert "x-slack-signature" in headers
        told.append(body)
        return BoltResponse(status=200, body="")

    return Visitor(FrontDoor(answer, signing_secret=SECRET, metrics=Metrics(), now=lambda: NOW))


def signed(body: bytes, *, timestamp: str | None = None) -> list[tuple[bytes, bytes]]:
    timestamp = timestamp or str(int(NOW))
    return [
        (b"content-type", b"application/json; charset=utf-8"),
        (b"x-slack-request-timestamp", timestamp.encode()),
        (b"x-slack-signature", sign(body, timestamp).encode()),
    ]


async def test_what_slack_signed_is_handed_on_in_any_number_of_parts(
    visitor: Visitor, told: list[dict[str, Any]]
) -> None:
    status, _headers = await visitor.post(signed(b'{"type": "x"}'), [b'{"type"', b"", b': "x"}'])
    assert (status, told) == (200, [{"type": "x"}])


@pytest.mark.parametrize("body", [b"[]", b"7", b"null", b"{", b'"x"', b"\xff", b"[" * 50_000])
async def test_signed_nonsense_is_a_bad_request(visitor: Visitor, told: list[dict[str, Any]], body: bytes) -> None:
    status, _headers = await visitor.post(signed(body), [body])
    assert (status, told) == (400, [])


async def test_two_signatures_are_none(visitor: Visitor, told: list[dict[str, Any]]) -> None:
    twice = signed(b"{}")
    status, _headers = await visitor.post([*twice, (b"x-slack-signature", b"v0=0")], [b"{}"])
    assert (status, told) == (401, [])


@pytest.mark.parametrize("length", [b"1000001", b"300000000", b"9" * 30, b"-1", b"1e3", b"x"])
async def test_a_body_that_says_it_is_too_large_is_not_read(visitor: Visitor, length: bytes) -> None:
    status, headers = await visitor.post([(b"content-length", length)], [b"never read"])
    assert (status, headers[b"connection"], visitor.read) == (413, b"close", 0)


async def test_a_body_that_turns_out_too_large_is_read_no_further(visitor: Visitor) -> None:
    part = b"x" * 100_000
    status, headers = await visitor.post([], [part] * 1_000)
    assert (status, headers[b"connection"]) == (413, b"close")
    assert visitor.read == LARGEST_BODY // len(part) + 1


async def test_wrong_signatures_are_told_once_a_minute_and_counted(caplog: pytest.LogCaptureFixture) -> None:
    now, metrics = NOW, Metrics()
    door = FrontDoor(_unreachable, signing_secret="another secret", metrics=metrics, now=lambda: now)
    caplog.set_level(logging.INFO)
    for _ in range(50):
        await Visitor(door).post(signed(b"{}"), [b"{}"])
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "SLACK_SIGNING_SECRET" in caplog.text
    now += WARN_EVERY_SECONDS
    await Visitor(door).post(signed(b"{}"), [b"{}"])
    assert "doesn't match: 50." in caplog.messages[-1]
    assert b'maturity_requests_refused_total{reason="wrong_signature"} 51.0' in metrics.exposition()


class Forger:
    """Requests that nobody signed, each a little different from what Slack sends; the same ones for the same seed."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - the same ones for the same seed

    def next(self) -> tuple[list[tuple[bytes, bytes]], bytes]:
        """Headers and body."""
        pick = self._random.choice
        body = pick([self._json, self._form, self._noise])()
        timestamp = pick([str(int(NOW)), str(int(NOW) + self._random.randint(-400, 400)), "nan", "1e9", "", "é", "٣"])
        right = sign(body, timestamp)
        signature = pick(
            [
                "",
                "v0=",
                "v0=é",
                "v0=" + "0" * 64,
                sign(body, timestamp, "a signing secret "),
                sign(body + b" ", timestamp),
                right.upper(),
                right[:-1],
                right + "0",
                "v1" + right[2:],
                right.replace("v0=", ""),
            ]
        )
        headers = [
            (b"content-type", pick([b"application/json", b"application/x-www-form-urlencoded", b"", b"text/xml"])),
            (b"x-slack-request-timestamp", timestamp.encode()),
            (b"x-slack-signature", signature.encode()),
        ]
        return self._random.sample(headers, pick([0, 1, 2, 3, 3, 3, 3])), body

    def _json(self) -> bytes:
        kinds = ["event_callback", "url_verification", "app_rate_limited", "block_actions"]
        return (
            f'{{"type":"{self._random.choice(kinds)}","challenge":"x","event":{{"type":"app_uninstalled"}}}}'.encode()
        )

    def _form(self) -> bytes:
        kind = self._random.choice(["block_actions", "view_submission", "block_suggestion", "shortcut"])
        action = self._random.choice(["answer", "details", "close_now", "x"])
        return (
            f"payload=%7B%22type%22%3A%22{kind}%22%2C%22team%22%3A%7B%22id%22%3A%22T0001%22%7D%2C%22trigger_id%22%3A"
            f"%221.2%22%2C%22actions%22%3A%5B%7B%22action_id%22%3A%22{action}%22%7D%5D%2C%22response_url%22%3A"
            "%22http%3A%2F%2F127.0.0.1%3A9%2Fx%22%7D&ssl_check=1"
        ).encode()

    def _noise(self) -> bytes:
        return self._random.randbytes(self._random.randint(0, 200))


def forged(number: int, *, seed: int = 0) -> Iterator[tuple[list[tuple[bytes, bytes]], bytes]]:
    """So many requests that nobody signed."""
    forger = Forger(seed)
    return (forger.next() for _ in range(number))


async def test_nothing_unverified_gets_through(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    metrics = Metrics()
    visitor = Visitor(FrontDoor(_unreachable, signing_secret=SECRET, metrics=metrics, now=lambda: NOW))
    answered = {(await visitor.post(headers, [body]))[0] for headers, body in forged(5_000)}
    assert answered == {401}
    assert len(caplog.records) <= 1, "one warning a minute, and the clock stands still"
