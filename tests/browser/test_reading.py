"""What is in view, and that what people wrote stays as they wrote it."""

from playwright.async_api import expect

from tests.browser.visitor import Visitor

SMALL_SCREEN = {"width": 1280, "height": 620}


async def test_the_answer_to_what_one_typed_is_in_view_also_after_a_tall_one(visitor: Visitor) -> None:
    await visitor.page.set_viewport_size(SMALL_SCREEN)  # type: ignore[arg-type]
    await visitor.begins("six")
    await visitor.writes("/maturity summary")
    await expect(visitor.last).to_contain_text("Only you can see this")
    await expect(visitor.last.locator(".byline")).to_be_in_viewport()
    box = visitor.page.locator(".messages")
    heights = await box.evaluate(
        "box => [box.clientHeight, box.querySelector('.scroll > div:last-child').offsetHeight]"
    )
    assert heights[1] > heights[0], "the answer is taller than the view"
    await visitor.writes("/maturity summary Nowhere")
    await expect(visitor.last).to_contain_text("There is no team called")
    await expect(visitor.last).to_be_in_viewport(ratio=1)
    # Also where one had gone elsewhere.
    await box.evaluate("box => box.scrollTop = 0")
    await visitor.writes("/maturity summary Elsewhere")
    await expect(visitor.last).to_contain_text("Elsewhere")
    await expect(visitor.last).to_be_in_viewport(ratio=1)


async def test_whoever_reads_above_is_told_of_new_messages_and_left_there(visitor: Visitor) -> None:
    await visitor.page.set_viewport_size(SMALL_SCREEN)  # type: ignore[arg-type]
    await visitor.begins("six")
    await visitor.writes("Beginning")
    await visitor.writes("/maturity summary")
    await expect(visitor.last).to_contain_text("Only you can see this")
    box = visitor.page.locator(".messages")
    await box.hover()
    await visitor.page.mouse.wheel(0, -5000)
    await expect(visitor.messages.first).to_be_in_viewport()
    world = await visitor.demo.world()
    ben = next(one["id"] for one in world["people"] if one["name"] == "Ben")
    permits = next(one["id"] for one in world["channels"] if one["name"] == "permits")
    said = {"do": "writes", "person": ben, "channel": permits, "text": "Look at this"}
    assert (await visitor.demo.post("page/do", said)).is_success
    more = visitor.page.get_by_role("button", name="New messages below")
    await expect(more).to_be_visible()
    await expect(visitor.last).not_to_be_in_viewport()
    await more.click()
    await expect(visitor.last).to_contain_text("Look at this")
    await expect(visitor.last).to_be_in_viewport(ratio=1)
    await expect(more).to_have_count(0)


async def test_what_looks_like_a_mention_or_a_tag_and_was_escaped_stays_text(visitor: Visitor) -> None:
    await visitor.begins("six")
    await visitor.writes("/maturity summary <!channel> <b> @here &")
    await expect(visitor.last).to_contain_text("“<!channel> <b> @here &”")
    await expect(visitor.last.locator(".mention, .slack_broadcast, [class*=broadcast]")).to_have_count(0)
    await visitor.writes("/maturity summary " + "W" * 300)
    await expect(visitor.last).to_contain_text("WWW")
    wide = "box => box.scrollWidth - box.clientWidth"
    assert await visitor.page.locator(".messages").evaluate(wide) == 0, "a long word is broken"
