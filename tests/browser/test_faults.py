"""Faults at a switch: nothing is lost, nothing is doubled, and the page shows it."""

from playwright.async_api import Locator, expect

from tests.browser.visitor import Visitor


def amount(visitor: Visitor, name: str) -> Locator:
    row = visitor.page.locator(".ledger div").filter(has=visitor.page.get_by_text(name, exact=True))
    return row.locator("dd")


async def taps_until_saved(visitor: Visitor, question: Locator, level: int) -> None:
    """Tap again what the page says was lost: a bot that just started may answer too late on a busy machine."""
    lost, thanks = question.get_by_text("Not saved."), visitor.messages.filter(has_text="Thank you")
    again = True
    while again:
        await question.get_by_role("radio").nth(level - 1).click()
        # With the last answer the questions are gone.
        await expect(thanks.or_(question.and_(visitor.page.locator("[aria-busy=false]"))).first).to_be_visible()
        again = await lost.count() > 0


async def test_with_lost_replies_every_message_arrives_once(visitor: Visitor) -> None:
    await visitor.begins("six")
    await visitor.page.get_by_role("tab", name="Faults").click()
    await visitor.page.get_by_label("Lost replies").check()
    await visitor.tap_time("Next event")
    await visitor.page.get_by_label("Slack works").check()
    # What was tried in vain several times is tried again later and later.
    await expect(amount(visitor, "Arrived")).to_have_text("7")
    await expect(amount(visitor, "Messages owed")).to_have_text("7")
    await expect(amount(visitor, "Arrived twice")).to_have_text("0")
    await visitor.go("Messages")
    await expect(visitor.messages).to_have_count(1)


async def test_a_tap_while_the_bot_is_down_is_told_and_done_again_when_it_is_back(visitor: Visitor) -> None:
    await visitor.begins("six")
    await visitor.tap_time("Next event")
    await visitor.go("Messages")
    await visitor.page.get_by_role("tab", name="Faults").click()
    await visitor.answers(2)
    # What is acknowledged is saved; a kill in the midst of it would lose this tap as well.
    await expect(visitor.last.locator("fieldset[aria-busy=true]")).to_have_count(0)
    await expect(visitor.last.get_by_text("Not saved.")).to_have_count(0)
    await visitor.tap("Kill the bot")
    await expect(visitor.page.get_by_text("Killed. Taps and commands reach nobody.")).to_be_visible()
    second = visitor.last.locator("fieldset").nth(1).get_by_role("radio")
    await second.nth(2).click()
    await expect(visitor.page.get_by_role("status").filter(has_text="didn't answer")).to_be_visible()
    await visitor.writes("/maturity checkin")
    await expect(visitor.last).to_contain_text('failed with the error "dispatch_failed"')
    await visitor.tap("Start it again")
    await expect(visitor.page.get_by_text("Running. Started 2 times.")).to_be_visible()
    # As in Slack, the client still shows what was tapped in vain; the next tap counts, be it on the same level.
    asked = visitor.messages.filter(has_text="Choose the level where you stop").last
    for number, level in ((1, 3), (2, 1), (3, 2), (4, 1)):
        await taps_until_saved(visitor, asked.locator("fieldset").nth(number), level)
    await expect(visitor.messages.filter(has_text="Thank you")).to_have_count(1)
    await expect(amount(visitor, "Arrived twice")).to_have_text("0")


async def test_what_the_bot_sent_is_shown_with_slacks_verdict(visitor: Visitor) -> None:
    await visitor.begins("six")
    await visitor.page.get_by_role("tab", name="Faults").click()
    await visitor.page.get_by_label("429, too many requests").check()
    await visitor.tap_time("Next event")
    await visitor.page.get_by_role("tab", name="Wire").click()
    sent = visitor.page.locator(".wire li").filter(has_text="chat.postMessage")
    await expect(sent.filter(has_text="ratelimited").first).to_be_visible()
    taken = sent.filter(has_text="valid").first
    await taken.locator("summary").click()
    await expect(taken.get_by_label("Request of chat.postMessage")).to_contain_text('"type": "radio_buttons"')
    await expect(taken.get_by_label("Response to chat.postMessage")).to_contain_text('"ok": true')
    await visitor.page.get_by_label("Show").select_option("wrong")
    await expect(sent.filter(has_text="valid")).to_have_count(0)
