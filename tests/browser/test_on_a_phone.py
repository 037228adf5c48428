"""Narrow screens: the guide's next step is beneath the conversation, and fingers find everything."""

from collections.abc import AsyncIterator
from typing import Any

import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, expect

from tests.browser.visitor import Demo, Visitor

PHONE: Any = {"viewport": {"width": 375, "height": 812}, "has_touch": True, "is_mobile": True}
TABLET: Any = {"viewport": {"width": 820, "height": 1180}}
LOW = """() => {
    const shown = [...document.querySelectorAll('button, summary, select, label.choice, [role=option], [role=tab]')]
    const low = one => one.checkVisibility() && one.getBoundingClientRect().height < 44
    // A mention stands in a sentence: its room to tap is wider than what is drawn.
    return shown.filter(one => !one.matches('.mention') && low(one)).map(one => one.outerHTML.slice(0, 120))
}"""


@pytest_asyncio.fixture(loop_scope="session")
async def phone(browser: Browser, demo: Demo) -> AsyncIterator[Visitor]:
    context = await browser.new_context(**PHONE, reduced_motion="reduce")
    yield Visitor(await context.new_page(), demo)
    await context.close()


def step(visitor: Visitor, words: str) -> Locator:
    """The next step as it stands beneath the conversation."""
    return visitor.page.get_by_role("region", name="The guide's next step").filter(has_text=words)


async def tap_step(visitor: Visitor, words: str) -> None:
    await step(visitor, words).get_by_role("button").click()


async def nothing_is_low_or_wide(page: Page) -> None:
    assert await page.evaluate(LOW) == []
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def test_the_steps_beneath_the_conversation_lead_to_a_summary(phone: Visitor) -> None:
    await phone.demo.begin("empty")
    await phone.page.goto(phone.demo.url)
    await tap_step(phone, "Send /maturity setup")
    await phone.tap("Send")
    await expect(phone.dialog).to_contain_text("Set up check-ins")
    await nothing_is_low_or_wide(phone.page)
    await phone.tap("Save", phone.dialog)
    await phone.tap("Start now", phone.dialog)
    await phone.tap("Start now", phone.dialog)
    await expect(step(phone, "Answer as Ana")).to_have_count(1)
    await phone.tap("Done", phone.dialog)
    await tap_step(phone, "Answer as Ana")
    await phone.answers(2, 3)
    await expect(step(phone, "Answer as Ana").get_by_role("button")).to_have_count(0)  # it would lead to here
    await nothing_is_low_or_wide(phone.page)
    await phone.answers(2, 3, 1, 2, 1)
    await tap_step(phone, "Let the others answer")
    await tap_step(phone, "Let three working days pass")
    summary = phone.messages.filter(has_text="round 1, November 2026").last
    await expect(summary).to_contain_text("7 of 7 answered")
    await nothing_is_low_or_wide(phone.page)


async def test_a_tablet_shows_channels_beside_the_conversation(browser: Browser, demo: Demo) -> None:
    context = await browser.new_context(**TABLET, reduced_motion="reduce")
    visitor = Visitor(await context.new_page(), demo)
    await demo.begin("six")
    await visitor.page.goto(demo.url)
    await visitor.go("Home")
    await expect(visitor.page.get_by_role("region", name="Home of maturity")).to_be_visible()
    await visitor.tap("Guide")
    await expect(visitor.page.locator(".places")).to_be_visible()
    await visitor.tap("Conversation")
    await expect(step(visitor, "Let time pass")).to_be_visible()
    assert await visitor.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await context.close()
