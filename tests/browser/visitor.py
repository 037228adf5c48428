"""Somebody who tries the demonstration out, by clicks and keys."""

import asyncio
import json
import shutil
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from playwright.async_api import Locator, Page, expect

CHROMIUM = shutil.which("chromium") or ("/usr/bin/chromium" if Path("/usr/bin/chromium").exists() else None)
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
PATIENCE = 300
"""Seconds that anything may take, on however busy a machine: what is waited for comes, or the test fails."""


@dataclass(frozen=True)
class Demo:
    """The running demonstration, asked over its own API."""

    url: str

    async def worlds(self) -> AsyncGenerator[dict[str, Any], None]:
        """What the page is told, now and after each change, as the first person sees it, until the world ends."""
        async with self._client() as client, client.stream("GET", f"{self.url}page/updates") as lines:
            async for line in lines.aiter_lines():
                if line.startswith("data: "):
                    yield json.loads(line.removeprefix("data: "))

    async def world(self) -> dict[str, Any]:
        """What the page is told now."""
        async with aclosing(self.worlds()) as worlds:
            async for world in worlds:
                return world
        raise AssertionError("the page is told nothing")

    async def post(self, path: str, given: dict[str, Any]) -> httpx.Response:
        async with self._client() as client:
            return await client.post(self.url + path, json=given, headers={"Origin": self.url.rstrip("/")})

    async def begin(self, story: str) -> None:
        """Begin anew with this story, and return when the bot is there."""
        before = (await self.world())["world"]
        assert (await self.post("page/stage", {"do": "story", "story": story})).is_success
        async with asyncio.timeout(PATIENCE):
            while not await self._has_begun(since=before):  # noqa: ASYNC110 - another process can set no event here
                await asyncio.sleep(0.05)

    async def _has_begun(self, *, since: object) -> bool:
        """Whether another world than this is there, with its bot; False where nobody answers, between two worlds."""
        with suppress(httpx.HTTPError):
            async with aclosing(self.worlds()) as worlds:
                async for world in worlds:
                    if world["world"] != since and world["stage"] and not world["stage"]["busy"]:
                        return True
        return False

    def _client(self) -> httpx.AsyncClient:
        """Without certificates, which take longer to read than an answer takes to come."""
        return httpx.AsyncClient(timeout=PATIENCE, verify=False)  # noqa: S501 - it is no TLS


class Visitor:
    """What somebody does on the page, named as they would name it."""

    def __init__(self, page: Page, demo: Demo) -> None:
        page.set_default_timeout(PATIENCE * 1000)
        expect.set_options(timeout=PATIENCE * 1000)
        self.page = page
        self.demo = demo

    async def begins(self, story: str) -> None:
        """Open the page at the beginning of a story."""
        await self.demo.begin(story)
        await self.page.goto(self.demo.url)
        await expect(self.page.locator(".page")).to_be_visible()
        first = "Let time pass" if story == "six" else "Be Ana"
        await expect(self.guide(first)).to_be_visible()

    def guide(self, words: str) -> Locator:
        return self.page.locator(".steps li.next").filter(has_text=words)

    @property
    def dialog(self) -> Locator:
        return self.page.get_by_role("dialog").last

    @property
    def messages(self) -> Locator:
        return self.page.locator(".messages > .scroll > div > article")

    @property
    def last(self) -> Locator:
        """The newest message."""
        return self.messages.last

    async def tap(self, label: str, within: Locator | None = None) -> None:
        await (within or self.page).get_by_role("button", name=label, exact=True).last.click()

    async def tap_time(self, label: str) -> None:
        """Let time pass, and wait until it has."""
        button = self.page.locator(".passing").get_by_role("button", name=label)
        await button.click()
        await expect(self.page.locator(".passing [aria-busy=true]")).to_have_count(0)

    async def be(self, name: str) -> None:
        """Switch to another person."""
        await self.page.get_by_role("button", name="Switch").click()
        await self.page.locator("#people").get_by_role("button", name=name).first.click()
        await expect(self.page.locator(".me")).to_contain_text(name)

    async def go(self, place: str) -> None:
        await self.page.locator(".places").get_by_role("button", name=place).first.click()
        await expect(self.page.locator("[aria-current=page]")).to_contain_text(place)

    async def chooses_command(self, word: str) -> None:
        """Send a command without typing: from the list of what there is."""
        await self.tap("/maturity")
        await self.page.get_by_role("option", name=f"/maturity {word}").first.click()
        await self.tap("Send")

    async def writes(self, text: str) -> None:
        await self.page.locator(".composer input").fill(text)
        await self.tap("Send")

    async def answers(self, *levels: int) -> None:
        """Choose these levels in the newest check-in, one tap each."""
        asked = self.messages.filter(has_text="Choose the level where you stop").last
        await asked.wait_for()
        for number, level in enumerate(levels):
            question = asked.locator("fieldset").nth(number)
            # Not `check`, which waits to see it checked: the receipt may have taken its place by then.
            await question.get_by_role("radio").nth(level - 1).click()

    async def begins_anew(self, story: str) -> None:
        """Choose another story on the page, and say yes."""
        await self.page.locator(".stories").get_by_role("button", name=story).click()
        await expect(self.dialog).to_contain_text("What you did here goes.")
        await self.tap("Begin anew", self.dialog)
