"""The demonstration in a real browser: Debian's Chromium, driven by Playwright, on `maturity demo` as people run it."""

import os
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright

from bot.sandbox.page_api import BUILT
from tests import parts
from tests.browser.visitor import CHROMIUM, FLAGS, PATIENCE, Demo, Visitor
from tests.conftest import TRACED


def lacks() -> str | None:
    """What is not there, with the command that brings it."""
    if CHROMIUM is None:
        return "Chromium is missing: apt-get install chromium"
    return None if (BUILT / "index.html").exists() else "The page isn't built: make page"


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """The demonstration after its story, for all tests of this process."""
    lacking = lacks()
    if lacking is not None:
        parts.missing(lacking)
    directory = tmp_path_factory.mktemp("demo")
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "demo", "--directory", str(directory), "--port", "0"],
        # Measured, its two processes would take a third of the machine for as long as the tests last.
        env={name: value for name, value in os.environ.items() if name not in TRACED},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    try:
        said = []
        for line in process.stdout:
            said.append(line)
            if line.startswith("Ctrl-C"):
                break
        url = next((line.split()[1] for line in said if line.startswith("Ready:")), None)
        assert url is not None, "".join(said)
        yield Demo(url)
    finally:
        process.terminate()
        process.communicate(timeout=PATIENCE)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Browser]:
    """One Chromium for all tests of this process; each has a context of its own in it, which shares nothing."""
    assert demo.url
    async with async_playwright() as playwright:
        # Playwright makes a new, empty profile for each launch.
        browser = await playwright.chromium.launch(
            executable_path=CHROMIUM, args=FLAGS, downloads_path=tmp_path_factory.mktemp("downloads")
        )
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: Browser) -> AsyncIterator[Page]:
    """A window of a desktop; whatever the page complains about in the console fails the test."""
    context = await browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    page = await context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    # Chromium itself says when an answer is 4xx or a connection ends: the page copes with both.
    page.on("console", lambda said: complaints.append(said.text) if is_complaint(said.type, said.text) else None)
    yield page
    await context.close()
    assert complaints == []


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All of these run in the loop that the browser was started in."""
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest.fixture
def visitor(page: Page, demo: Demo) -> Visitor:
    return Visitor(page, demo)


def is_complaint(kind: str, text: str) -> bool:
    return kind == "error" and not text.startswith("Failed to load resource")
