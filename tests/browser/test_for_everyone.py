"""For everyone: by keys alone, by screen reader as far as axe can tell, on a phone, in the dark."""

import json
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from bot.sandbox.page_api import BUILT
from tests.browser.visitor import Demo, Visitor

AXE = BUILT.parent / "page" / "node_modules" / "axe-core" / "axe.min.js"
PHONE = {"width": 390, "height": 844}


def axe() -> str:
    """Its program, as npm installed it."""
    return AXE.read_text()


async def violations(page: Page) -> list[str]:
    """What axe finds wrong, each with the places."""
    await page.evaluate(axe())
    found: dict[str, Any] = await page.evaluate("axe.run({resultTypes: ['violations']})")
    return [
        f"{one['id']}: {node['html'][:150]} {json.dumps(node['any'][:1])[:200]}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


async def test_by_keys_alone(visitor: Visitor) -> None:
    await visitor.begins("empty")
    keys = visitor.page.keyboard
    await visitor.page.locator(".composer input").focus()
    await keys.type("/mat")
    await keys.press("ArrowDown")
    await keys.press("Enter")
    await keys.type("set")
    await keys.press("ArrowDown")
    await keys.press("Enter")
    await keys.press("Enter")
    form = visitor.page.get_by_role("dialog", name="Set up check-ins")
    await expect(form).to_be_visible()
    await keys.press("Escape")
    await expect(form).to_have_count(0)
    await visitor.page.locator(".composer input").focus()
    await keys.type("/maturity setup")
    await keys.press("Enter")
    await form.get_by_label("Team name").focus()
    await keys.press("Enter")
    confirmed = visitor.page.get_by_role("dialog", name="Check-ins are set up")
    await confirmed.get_by_role("button", name="Start now").focus()
    await keys.press("Enter")
    await visitor.page.get_by_role("dialog", name="Ask everyone now?").get_by_role("button", name="Start now").focus()
    await keys.press("Enter")
    await expect(visitor.guide("Answer as Ana")).to_be_visible()
    await keys.press("Escape")
    await expect(visitor.page.get_by_role("dialog")).to_have_count(0)
    await visitor.page.locator(".places").get_by_role("button", name="Messages").focus()
    await keys.press("Enter")
    asked = visitor.messages.filter(has_text="Choose the level where you stop")
    for number in range(5):
        await asked.locator("fieldset").nth(number).get_by_role("radio").first.focus()
        await keys.press("Space")
    await expect(visitor.messages.filter(has_text="Thank you")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_nothing_at_a_desk(visitor: Visitor, page: Page, scheme: Any) -> None:
    await page.emulate_media(color_scheme=scheme)
    await visitor.begins("six")
    assert await violations(page) == []
    await visitor.tap("Let it pass")
    await visitor.go("Messages")
    await visitor.answers(2)
    assert await violations(page) == []
    await visitor.answers(2, 3, 1, 2, 1)
    await visitor.tap("Let the others answer")
    await visitor.tap_time("Until the round closes")
    await visitor.go("permits")
    await expect(visitor.last.get_by_role("img").first).to_be_visible()
    await visitor.tap("/maturity")
    assert await violations(page) == []
    for tab in ("Faults", "Wire"):
        await page.get_by_role("tab", name=tab).click()
        assert await violations(page) == []
    await page.get_by_role("button", name="Switch").click()
    assert await violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_nothing_in_a_form(visitor: Visitor, page: Page, scheme: Any) -> None:
    await page.emulate_media(color_scheme=scheme)
    await visitor.begins("empty")
    await visitor.chooses_command("setup")
    await visitor.dialog.get_by_label("Team name").fill("")
    await visitor.tap("Save", visitor.dialog)
    await expect(visitor.dialog.get_by_role("alert")).to_be_visible()
    assert await violations(page) == []


async def test_on_a_phone_nothing_is_cut_off_and_axe_finds_nothing(browser: Browser, demo: Demo) -> None:
    context = await browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True, reduced_motion="reduce")  # type: ignore[arg-type]
    page = await context.new_page()
    visitor = Visitor(page, demo)
    await demo.begin("six")
    await page.goto(demo.url)
    await visitor.tap("Guide")
    await visitor.tap("Let it pass")
    await expect(visitor.messages).to_have_count(0)
    for part in ("Channels", "Guide", "Conversation"):
        await visitor.tap(part)
        assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        assert await violations(page) == []
    await visitor.tap("Channels")
    await page.locator(".places").get_by_role("button", name="Messages").click()
    await visitor.answers(2, 3, 1, 2, 1)
    await expect(visitor.messages.filter(has_text="Thank you")).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert await violations(page) == []
    await context.close()
