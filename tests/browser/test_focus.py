"""Whoever uses keys or a screen reader stays where they were, and is told what the page can't do."""

from playwright.async_api import Page, expect

from tests.browser.visitor import Visitor

IN_FORM = "document.activeElement.closest('dialog') !== null"


async def press(visitor: Visitor, name: str) -> None:
    """Press a button by key, once it can be pressed: while the stage is busy, its buttons are held."""
    button = visitor.page.get_by_role("button", name=name, exact=True).last
    await expect(button).to_be_enabled()
    await button.focus()
    await visitor.page.keyboard.press("Enter")


async def focus_is_somewhere(page: Page) -> None:
    """Within a moment, on something in view; as long as it is nowhere, keys do nothing."""
    await page.wait_for_function("document.activeElement !== document.body && document.activeElement.checkVisibility()")


async def test_what_one_pressed_may_go_but_the_focus_stays(visitor: Visitor) -> None:
    page = visitor.page
    await visitor.begins("six")
    await press(visitor, "Let it pass")
    await expect(visitor.guide("Answer as Ana")).to_be_visible()
    await focus_is_somewhere(page)
    await press(visitor, "Take me there")
    await expect(page.locator("#talk")).to_be_focused()
    asked = visitor.messages.filter(has_text="Choose the level where you stop")
    for number in range(5):
        await asked.locator("fieldset").nth(number).get_by_role("radio").first.focus()
        await page.keyboard.press("Space")
    thanked = visitor.messages.filter(has_text="Thank you")
    await expect(thanked).to_be_visible()
    await expect(thanked).to_be_focused()  # the answers' place, the questions are gone
    await press(visitor, "Let the others answer")
    await expect(visitor.guide("Let three working days pass")).to_be_visible()
    await expect(page.get_by_role("tabpanel")).to_be_focused()


async def test_a_form_keeps_the_focus_and_gives_it_back(visitor: Visitor) -> None:
    page, keys = visitor.page, visitor.page.keyboard
    await visitor.begins("six")
    await press(visitor, "Let it pass")
    await visitor.go("Messages")
    await visitor.answers(2, 3, 1, 2, 1)
    await expect(visitor.messages.filter(has_text="Thank you")).to_be_visible()
    await press(visitor, "Add notes")
    await expect(visitor.dialog).to_contain_text("An example or a link")
    for _ in range(12):
        await keys.press("Tab")
        # After the last field comes the browser's own frame, which a page sees as its body, then the form again.
        assert await page.evaluate(f"document.activeElement === document.body || {IN_FORM}")
    await keys.press("Escape")
    await expect(visitor.page.get_by_role("dialog")).to_have_count(0)
    await expect(page.get_by_role("button", name="Add notes")).to_be_focused()


async def test_a_question_before_the_deed_gives_the_focus_back(visitor: Visitor) -> None:
    await visitor.begins("trouble")
    story = visitor.page.locator(".stories").get_by_role("button", name="An empty city")
    await story.focus()
    await visitor.page.keyboard.press("Enter")
    await visitor.page.keyboard.press("Escape")
    await expect(visitor.page.get_by_role("dialog")).to_have_count(0)
    await expect(story).to_be_focused()


async def test_a_menu_of_more_is_walked_by_arrows(visitor: Visitor) -> None:
    await visitor.begins("trouble")
    await visitor.chooses_command("actions")
    more = visitor.last.get_by_role("button", name="More: B.").first
    await more.focus()
    await visitor.page.keyboard.press("Enter")
    entries = visitor.last.locator(".popover button")
    await expect(entries.first).to_be_focused()
    await visitor.page.keyboard.press("ArrowUp")
    await expect(entries.last).to_be_focused()
    await visitor.page.keyboard.press("Escape")
    await expect(entries).to_have_count(0)
    await expect(more).to_be_focused()


async def test_the_page_says_when_the_demo_is_gone_and_goes_on_when_it_is_back(visitor: Visitor) -> None:
    await visitor.begins("six")
    await visitor.page.route("**/page/updates*", lambda route: route.abort())
    await visitor.page.locator(".places").get_by_role("button", name="open-data").click()
    gone = visitor.page.get_by_role("alert").filter(has_text="make demo")
    await expect(gone).to_be_visible()
    await visitor.page.unroute("**/page/updates*")
    await expect(gone).to_have_count(0)
    await expect(visitor.page.get_by_role("heading", name="open-data")).to_be_visible()
