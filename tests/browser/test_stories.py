"""Where one can begin, and how time passes."""

from playwright.async_api import expect

from tests.browser.visitor import Visitor


async def test_a_team_in_trouble_shows_what_is_wrong_and_what_was_promised(visitor: Visitor) -> None:
    await visitor.begins("trouble")
    await visitor.tap("Write it for me")
    await visitor.tap("Send")
    await expect(visitor.last).to_contain_text("split, 1 to 4")
    await visitor.chooses_command("actions")
    await expect(visitor.last).to_contain_text("Log each case with its date")


async def test_days_pass_event_by_event(visitor: Visitor) -> None:
    await visitor.begins("six")
    now = visitor.page.get_by_role("timer")
    await expect(now).to_contain_text("Tue, 3 Nov 2026")
    for day in ("Wed, 4", "Thu, 5", "Fri, 6"):
        await visitor.tap_time("One day")
        await expect(now).to_contain_text(f"{day} Nov 2026")
    await visitor.tap_time("Until the round closes")
    # Nobody answered: reminded on Thursday, and after Friday's close told how it ended.
    await visitor.be("Ben")
    await visitor.go("Messages")
    reminder = visitor.messages.filter(has_text="isn't finished")
    await expect(reminder.or_(visitor.messages.filter(has_text="This round has closed.")).first).to_be_visible()
    await visitor.go("permits")
    await expect(visitor.last).to_contain_text("round 7, November 2026")


async def test_the_story_told_in_the_terminal_can_be_begun_anew_by_a_click(visitor: Visitor) -> None:
    await visitor.begins("trouble")
    await visitor.writes("I stay for now")
    await visitor.page.get_by_role("button", name="An empty city").click()
    await visitor.tap("Stay here", visitor.dialog)
    await expect(visitor.last).to_contain_text("I stay for now")
    await visitor.begins_anew("An empty city")
    await expect(visitor.guide("Be Ana, who looks after Permits")).to_be_visible()
    await expect(visitor.page.get_by_role("button", name="An empty city")).to_be_enabled()
    await expect(visitor.page.get_by_text("No messages yet.")).to_be_visible()
