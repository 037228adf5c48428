"""A summary is read at a glance: all of it on one screen of a desk, also where there is much to say."""

import pytest
from playwright.async_api import expect

from tests.browser.visitor import Visitor

HIGHEST = 900
"""Pixels."""


@pytest.mark.parametrize("width", [1280, 1440])
async def test_a_summary_with_two_splits_and_something_overdue_is_one_screen_high(visitor: Visitor, width: int) -> None:
    await visitor.page.set_viewport_size({"width": width, "height": 900})
    await visitor.begins("trouble")
    await visitor.tap("Write it for me")
    await visitor.tap("Send")
    await visitor.tap("Let it pass")
    await expect(visitor.guide("Answer as Ana")).to_be_visible()
    await visitor.go("Messages")
    await visitor.answers(1, 1, 1, 2, 1)
    await expect(visitor.messages.filter(has_text="Thank you")).to_be_visible()
    await visitor.tap("Let the others answer")
    await expect(visitor.guide("Let three working days pass")).to_be_visible()
    await visitor.tap("Until the round closes")
    summary = visitor.messages.filter(has_text="Permits: round 7, November 2026").last
    picture = summary.get_by_role("img", name="Maturity profile of Permits")
    await expect(picture).to_be_visible()
    await picture.evaluate("picture => picture.decode()")
    for words in ("are split", "overdue by 37 days", "Talk about B.", "Talk about E.", "To reach level 2"):
        await expect(summary).to_contain_text(words)
    await visitor.page.evaluate("document.fonts.ready")
    box = await summary.bounding_box()
    assert box is not None
    assert box["height"] <= HIGHEST
