"""The documents' pictures of the demo's page, taken anew: `make screenshots`."""

import asyncio
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, async_playwright, expect

from tests.browser.visitor import CHROMIUM, FLAGS, Demo, Visitor

HERE = Path(__file__).parents[2] / "docs"
DESK: Any = {"viewport": {"width": 1280, "height": 800}, "reduced_motion": "reduce"}
PHONE: Any = {"viewport": {"width": 390, "height": 780}, "reduced_motion": "reduce", "device_scale_factor": 2}


async def main() -> int:
    """Play the first minutes on the page, and keep four pictures of them."""
    if CHROMIUM is None:
        print("Chromium is missing: apt-get install chromium", file=sys.stderr)  # noqa: T201 - a script
        return 2
    with tempfile.TemporaryDirectory() as directory:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "demo", "--directory", directory, "--port", "0", stdout=subprocess.PIPE
        )
        if process.stdout is None:
            raise AssertionError("its output is a pipe")
        url = ""
        async for line in process.stdout:
            words = line.decode().split()
            url = words[1] if words[:1] == ["Ready:"] else url
            if words[:1] == ["Ctrl-C"]:
                break
        try:
            async with async_playwright() as playwright:
                browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
                await _take(browser, Demo(url))
                await browser.close()
        finally:
            process.terminate()
            await process.communicate()
    return 0


async def _take(browser: Browser, demo: Demo) -> None:
    page = await (await browser.new_context(**DESK, color_scheme="light")).new_page()
    visitor = Visitor(page, demo)
    await visitor.begins("six")
    await visitor.tap("Let it pass")
    await expect(visitor.guide("Answer as Ana")).to_be_visible()
    await visitor.go("Messages")
    await visitor.answers(2, 3)
    await page.locator(".messages").evaluate("box => box.scrollTop = 0")
    await _keep(visitor, "page-question")
    await visitor.answers(2, 3, 1, 2, 1)
    await expect(visitor.messages.filter(has_text="Thank you")).to_be_visible()
    await visitor.tap("Let the others answer")
    await expect(visitor.guide("Let three working days pass")).to_be_visible()
    await visitor.tap("Until the round closes")
    await expect(visitor.last.get_by_role("img").first).to_be_visible()
    await _keep(visitor, "page-summary")
    dark = await (await browser.new_context(**DESK, color_scheme="dark")).new_page()
    await dark.goto(page.url)
    at_night = Visitor(dark, demo)
    await expect(at_night.last.get_by_role("img").first).to_be_visible()
    await dark.get_by_role("tab", name="Faults").click()
    await _keep(at_night, "page-faults-dark")
    small = await (await browser.new_context(**PHONE, color_scheme="light")).new_page()
    await small.goto(page.url)
    on_the_way = Visitor(small, demo)
    await expect(on_the_way.last.get_by_role("img").first).to_be_visible()
    await _keep(on_the_way, "page-phone")


async def _keep(visitor: Visitor, name: str) -> None:
    await visitor.page.wait_for_load_state("load")
    await visitor.page.evaluate("document.fonts.ready")
    await visitor.page.screenshot(path=HERE / f"{name}.png")


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
