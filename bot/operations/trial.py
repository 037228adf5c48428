"""`maturity doctor --post CHANNEL`: a message with a picture, proved step by step on the way that a summary's goes."""

import asyncio
import re
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlsplit

import aiohttp

from bot.charts.render import Renderer
from bot.kit.proxies import Proxies, without_password
from bot.operations import trial_views
from bot.operations.asking import Progress, look_for, patience
from bot.operations.findings import AGAIN, Finding, meaning
from bot.slack.calls import CALL_FAILED, Client, post
from bot.slack.client import Slack

LONGEST_WAIT = 60.0
"""Seconds that one call may wait for Slack in all."""
AN_ID = re.compile(r"[CG][A-Z0-9]+")
"""Names of channels have no capitals."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What `--post` asks for."""

    channel: str
    """`#name`, `name` or an id."""
    workspace_id: str | None
    progress: Progress


class Trial:
    """One trial in one workspace. Its first step that fails is its last."""

    def __init__(self, wanted: Wanted, *, slack: Slack, client: Client, proxies: Proxies, invite: str) -> None:
        self._wanted = wanted
        self._slack = slack
        self._client = client.with_patience(patience(LONGEST_WAIT, wanted.progress))
        self._proxies = proxies
        self._invite = invite
        self._step = ""
        self._found: list[Finding] = []

    async def run(self) -> list[Finding]:
        """What worked, in its order, and what then didn't."""
        try:
            await self._steps()
        except CALL_FAILED as error:
            self._wrong(*meaning(error, invite=self._invite))
        return self._found

    async def _steps(self) -> None:
        self._step = "channel"
        channel = await self._channel()
        if channel is None:
            return
        self._well(f"{self._wanted.channel} is {channel}")
        png = await self._drawn()
        if png is None:
            return
        self._step = "message"
        ts = await post(self._client, channel=channel, **trial_views.message().payload())
        self._well("posted")
        self._step = "upload"
        file_id = await self._uploaded(png)
        if file_id is None:
            return
        await self._client.files_completeUploadExternal(
            files=[{"id": file_id, "title": trial_views.title()}],
            initial_comment=trial_views.comment(),
            channel_id=channel,
            thread_ts=ts,
        )
        self._well("uploaded into the message's thread")
        self._step = "shown"
        await self._client.chat_update(channel=channel, ts=ts, **trial_views.message(file_id).payload())
        self._well(f"the message has its picture. {await self._link(channel, ts)}Delete it if you like")

    async def _channel(self) -> str | None:
        named = self._wanted.channel.removeprefix("#")
        if AN_ID.fullmatch(named):
            return named
        found: dict[str, str] = {}
        await look_for(self._client, {named.lower()}, found=found, progress=self._wanted.progress)
        if not found:
            self._wrong(
                f"there is no public channel #{named}, and the app is in no private one of that name",
                f"Check the name. Into a private channel invite the app: type {self._invite} there.",
            )
        return found.get(named.lower())

    async def _drawn(self) -> bytes | None:
        self._step = "drawing"
        renderer = Renderer()
        try:
            png = await renderer.png(trial_views.svg())
        except Exception as error:  # noqa: BLE001 - whatever keeps a process from drawing keeps summaries from their pictures
            self._wrong(
                f"can't be drawn here ({type(error).__name__})",
                "Pictures are drawn by a process of their own: let the program start one, and give it more memory.",
            )
            return None
        finally:
            await asyncio.to_thread(renderer.close)
        self._well(f"{len(png)} bytes of PNG")
        return png

    async def _uploaded(self, png: bytes) -> str | None:
        """The id of the file; None where its bytes don't reach the host that Slack names for them."""
        file_id, url = await self._slack.place_for(
            self._client, filename="trial.png", length=len(png), alt_text=trial_views.alt_text()
        )
        try:
            await self._slack.put(url, png)
        except (aiohttp.ClientError, TimeoutError) as error:
            self._not_taken(url, error)
            return None
        return file_id

    def _not_taken(self, url: str, error: Exception) -> None:
        proxy, host = self._proxies.to(url), urlsplit(url).netloc
        way = "directly" if proxy is None else f"through the proxy {without_password(proxy)}"
        status = error.status if isinstance(error, aiohttp.ClientResponseError) else 0
        said = f"HTTP {status}" if status else type(error).__name__
        passes = status == HTTPStatus.TOO_MANY_REQUESTS or status >= HTTPStatus.INTERNAL_SERVER_ERROR
        self._wrong(
            f"{host} doesn't take the file ({said}); it is called {way}",
            AGAIN if passes else f"Let this machine reach {host}, where Slack wants files to go, as it reaches Slack.",
        )

    async def _link(self, channel: str, ts: str) -> str:
        """Where to look; nothing where Slack doesn't say, which proves nothing of pictures."""
        try:
            return f"Look at {(await self._client.chat_getPermalink(channel=channel, message_ts=ts))['permalink']} . "
        except CALL_FAILED:
            return ""

    def _well(self, says: str) -> None:
        self._found.append(Finding(f"picture, {self._step}", says))

    def _wrong(self, says: str, mend: str) -> None:
        self._found.append(Finding(f"picture, {self._step}", says, mend))
