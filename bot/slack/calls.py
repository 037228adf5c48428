"""Calls of Slack's Web API: what their refusals mean, heard in one place, and waiting for what passes."""

import asyncio
import logging
import math
import random
import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from itertools import count
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.slack.verdicts import Again, Judgement, Verdict, judge

Sleep = Callable[[float], Awaitable[object]]
"""Lets seconds pass."""
Watch = Callable[[str, str, float], None]
"""Is told of each call: its method, what became of it, and the seconds that it took."""
CALL_FAILED = (SlackApiError, aiohttp.ClientError, TimeoutError)
"""What a failed call raises."""
UNTOLD = 30.0
"""Seconds to wait where Slack has had too many calls and doesn't say for how long."""
LONGEST = 7 * 86_400.0
"""Seconds: Slack asks for seconds or minutes, and whatever says more than a week isn't Slack."""
TWICE_IS_SEEN = frozenset(
    {"chat.postMessage", "chat.postEphemeral", "files.completeUploadExternal", "views.open", "views.push"}
)
"""Methods that people notice when they are called twice: never again where the work may have been done."""
UPLOAD, RESPONSE_URL = "upload", "response_url"
"""How calls that are none of the Web API's are counted: a file's bytes, and an answer where a tap was made."""
A_PAGE = 200
"""Items that are asked for at a time: as many as Slack recommends."""
_A_WORD = re.compile("[a-z0-9_.]{1,60}")
_SCOPES = re.compile("[a-z0-9_.:]{1,60}(, ?[a-z0-9_.:]{1,60}){0,9}")
# Where its client's logger has no level of its own, slack_sdk writes out each payload for a line of level DEBUG that
# nobody hears (`async_internal_utils._request_with_session`): a fifth of what a send costs the processor.
_QUIET = logging.getLogger("slack_sdk.calls")
_QUIET.setLevel(logging.INFO)


@dataclass(frozen=True, slots=True)
class Refusal:
    """What Slack answered in place of what was asked for."""

    method: str
    status: int
    code: str | None
    """Slack's word for it; None where the answer wasn't Slack's own: a proxy's page, a body cut short."""
    retry_after: float
    """Seconds that Slack asks us to wait; 0 where it says nothing of it."""
    judgement: Judgement
    needed: str = ""
    """The scope that we lack, of `missing_scope`."""

    def __str__(self) -> str:
        return self.code or f"HTTP {self.status}"

    @property
    def verdict(self) -> Verdict:
        return self.judgement.verdict

    @property
    def is_rate_limit(self) -> bool:
        """Slack has had too many calls: nothing was done, and nothing will be before `retry_after`."""
        return self.judgement.again is Again.AS_TOLD


def refusal_of(error: SlackApiError) -> Refusal:
    """What Slack answered, whatever form the client has kept it in.

    That is a response with parsed or unparsed data, or for a broken body aiohttp's own response
    (slack_sdk/web/async_internal_utils.py).
    """
    response: Any = error.response
    data = getattr(response, "data", None)
    told: dict[str, Any] = data if isinstance(data, dict) else {}
    code = _word(told.get("error"))
    status = int(getattr(response, "status_code", 0) or getattr(response, "status", 0) or 0)
    url = getattr(response, "api_url", None) or getattr(response, "url", "")
    method = str(url).partition("?")[0].rpartition("/")[2]
    messages = (told.get("response_metadata") or {}).get("messages") or ()
    judgement = judge(code, method=method, status=status, messages=[str(each) for each in messages])
    wait = _seconds(response.headers.get("Retry-After")) or _seconds(told.get("retry_after"))
    if not wait and judgement.again is Again.AS_TOLD:
        wait = UNTOLD
    return Refusal(method, status, code, wait, judgement, needed=_word(told.get("needed"), _SCOPES) or "")


def _word(said: Any, looks: re.Pattern[str] = _A_WORD) -> str | None:
    """A word of Slack's, fit for a log, a label and a sentence; whatever else stands there isn't one."""
    if not said:
        return None
    return str(said) if looks.fullmatch(str(said)) else "unreadable"


def _seconds(said: Any) -> float:
    try:
        seconds = float(said or 0)
    except (TypeError, ValueError):
        return 0.0
    return min(max(seconds, 0.0), LONGEST) if math.isfinite(seconds) else 0.0


def verdict_on(error: BaseException) -> Verdict:
    """What a failed call is about; one that Slack never answered passes."""
    return refusal_of(error).verdict if isinstance(error, SlackApiError) else Verdict.PASSING


def may_pass(error: BaseException) -> bool:
    """True where the same call may well be answered a little later."""
    return isinstance(error, CALL_FAILED) and verdict_on(error) is Verdict.PASSING


def comes_again(error: BaseException) -> bool:
    """True where the same call is worth making again: what refuses it passes, or may be mended meanwhile."""
    if isinstance(error, SlackApiError):
        return refusal_of(error).judgement.comes_again
    return isinstance(error, CALL_FAILED)


def word_of(error: BaseException) -> str:
    """Slack's word for a failed call; where it never answered, the kind of error."""
    return str(refusal_of(error)) if isinstance(error, SlackApiError) else type(error).__name__


def _unheard(_refusal: Refusal) -> None:
    """Nobody listens."""


def unwatched(_method: str, _outcome: str, _seconds: float) -> None:
    """Nobody counts."""


def _unsaid(_method: str, _seconds: float) -> None:
    """Nobody watches."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long one call waits for what passes, in all, and who is told of each wait."""

    seconds: float = 0.0
    said: Callable[[str, float], None] = field(default=_unsaid)
    sleep: Sleep = field(default=asyncio.sleep)


NONE = Patience()


class Client(AsyncWebClient):
    """Slack's Web API: each refusal is heard, and what passes is waited for as long as `patience` goes.

    It never repeats what people would see twice: a lost reply is the outbox's business.
    """

    def __init__(
        self,
        *,
        hear: Callable[[Refusal], None] = _unheard,
        watch: Watch = unwatched,
        patience: Patience = NONE,
        proxy: str | None = None,
        **settings: Any,
    ) -> None:
        super().__init__(**settings, retry_handlers=[], logger=_QUIET)
        self.proxy = proxy  # given None, the constructor above would look for one itself
        self._settings = settings
        self._hear = hear
        self.watch = watch
        self._patience = patience

    def with_patience(self, patience: Patience) -> "Client":
        """The same client, but that it waits so long for what passes."""
        return Client(
            hear=self._hear,
            watch=self.watch,
            proxy=self.proxy,
            patience=patience,
            **{**self._settings, "token": self.token},
        )

    async def api_call(self, api_method: str, **arguments: Any) -> AsyncSlackResponse:
        left = self._patience.seconds
        for tried in count():
            began = time.perf_counter()
            try:
                answer = await super().api_call(api_method, **arguments)
            except CALL_FAILED as error:
                refusal = refusal_of(error) if isinstance(error, SlackApiError) else None
                self.watch(api_method, _outcome(refusal), time.perf_counter() - began)
                if refusal is not None:
                    self._hear(refusal)
                wait = pause(refusal, tried)
                if wait is None or wait > left:
                    raise
                if api_method in TWICE_IS_SEEN and (refusal is None or refusal.judgement.maybe_done):
                    raise
            else:
                self.watch(api_method, "ok", time.perf_counter() - began)
                return answer
            left -= wait
            self._patience.said(api_method, wait)
            await self._patience.sleep(wait)
        raise AssertionError


def _outcome(refusal: Refusal | None) -> str:
    """A failed call's, for who counts."""
    if refusal is None:
        return "unanswered"
    return "rate_limited" if refusal.is_rate_limit else "refused"


def outcome_of(status: int) -> str:
    """What became of a call that has nothing but a status, for who counts."""
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return "rate_limited"
    return "ok" if status < HTTPStatus.BAD_REQUEST else "refused"


def pause(refusal: Refusal | None, tried: int) -> float | None:
    """Seconds until a call is repeated that Slack refused, or (None) never answered; None: it isn't repeated.

    So many failed before this one. No two calls that failed together come back together.
    """
    if refusal is not None and refusal.verdict is not Verdict.PASSING:
        return None
    if refusal is not None and refusal.is_rate_limit:
        return refusal.retry_after + random.uniform(0, 0.5)  # noqa: S311 - so that not all come at once
    first, most = (15.0, 900.0) if refusal is not None and refusal.judgement.again is Again.SLOWLY else (0.5, 30.0)
    wait = float(min(first * 2 ** min(tried, 10), most))
    return max(wait * random.uniform(1, 2), refusal.retry_after if refusal is not None else 0.0)  # noqa: S311


def patient(client: AsyncWebClient, patience: Patience) -> AsyncWebClient:
    """The client, waiting so long for what passes; one that isn't ours is as it is."""
    return client.with_patience(patience) if isinstance(client, Client) else client


async def post(client: AsyncWebClient, **arguments: Any) -> str:
    """Post a message with the arguments of chat.postMessage; its `ts`.

    The client's own method looks through all blocks for models of slack_sdk, which ours never are, twice: that is a
    tenth of what a send costs the processor.
    """
    return str((await client.api_call("chat.postMessage", json=arguments))["ts"])


async def pages(method: Any, key: str, *, size: int = A_PAGE, **arguments: Any) -> AsyncIterator[Any]:
    """Every item of a paged method; a page may be short, or empty, before the last."""
    cursor: str | None = None
    while True:
        page = await method(**arguments, limit=size, **({"cursor": cursor} if cursor else {}))
        for item in page[key]:
            yield item
        cursor = (page.get("response_metadata") or {}).get("next_cursor")
        if not cursor:
            return
