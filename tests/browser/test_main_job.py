"""The main job by clicks alone: as manager, as member, as somebody who is neither."""

import re

from playwright.async_api import expect

from tests.browser.visitor import Visitor


async def test_a_manager_gets_from_an_empty_city_to_a_summary(visitor: Visitor) -> None:
    await visitor.begins("empty")
    await visitor.chooses_command("setup")
    await expect(visitor.dialog).to_contain_text("Set up check-ins")
    await visitor.tap("Save", visitor.dialog)
    await expect(visitor.dialog).to_contain_text("you manage them")
    await visitor.tap("Start now", visitor.dialog)
    await visitor.tap("Start now", visitor.dialog)  # is asked once more
    await expect(visitor.guide("Answer as Ana")).to_be_visible()
    await visitor.tap("Done", visitor.dialog)
    await visitor.tap("Take me there")
    await visitor.answers(2, 3, 1, 2, 1)
    # Who started the round is told so, before their own check-in or after it.
    await expect(visitor.messages.filter(has_text="Thank you")).to_be_visible()
    await visitor.tap("Let the others answer")
    await expect(visitor.guide("Let three working days pass")).to_be_visible()
    await visitor.tap("Until the round closes")
    summary = visitor.messages.filter(has_text="round 1, November 2026").last
    await expect(summary.get_by_role("img", name="Maturity profile of permits")).to_be_visible()
    await expect(summary).to_contain_text("7 of 7 answered")
    await expect(visitor.guide("Read the summary")).to_be_visible()
    await visitor.chooses_command("summary")
    await expect(visitor.last).to_contain_text("Only you can see this")
    await expect(visitor.guide("What next")).to_be_visible()
    await visitor.tap("Share with the channel")
    await expect(visitor.last).not_to_contain_text("Only you can see this")
    await expect(visitor.page.locator(".steps li.done")).to_have_count(6)
    await visitor.tap("See the teams")
    await visitor.tap("Send")
    # Where there is one team, its summary says where the teams stand.
    await expect(visitor.page.locator(".me")).to_contain_text("Vera")
    await expect(visitor.last).to_contain_text("permits: round 1, November 2026")
    await expect(visitor.last).to_contain_text("This is the only team here.")
    await expect(visitor.last).to_contain_text("7 of 7 answered")


async def test_the_guide_ticks_only_what_was_done(visitor: Visitor) -> None:
    await visitor.begins("six")
    await visitor.tap("Let it pass")
    await expect(visitor.guide("Answer as Ana")).to_be_visible()
    await visitor.tap_time("Until the round closes")
    await expect(visitor.guide("Read the summary")).to_be_visible()
    missed = visitor.page.locator(".steps li.missed")
    await expect(missed).to_have_count(2)
    await expect(missed.first).to_contain_text("(the round closed before)")


async def test_a_member_answers_changes_an_answer_and_adds_a_note(visitor: Visitor) -> None:
    await visitor.begins("six")
    await visitor.tap("Let it pass")
    await expect(visitor.guide("Answer as Ana")).to_be_visible()
    await visitor.be("Ben")
    await visitor.go("Messages")
    await visitor.answers(2, 3, 2, 3, 4)
    await expect(visitor.last).to_contain_text("Level 4: Real-time data")
    await visitor.tap("Change answers")
    await visitor.last.locator("fieldset").nth(4).get_by_role("radio").nth(0).check()
    await visitor.tap("Done")
    await expect(visitor.last).to_contain_text("Level 1: In-person")
    await visitor.tap("Add notes")
    await visitor.dialog.get_by_role("textbox").nth(2).fill("Legal sits in our meeting <b>")
    await visitor.tap("Save", visitor.dialog)
    await expect(visitor.last).to_contain_text("Legal sits in our meeting <b>")


async def test_a_form_filled_in_wrongly_says_so_at_the_field(visitor: Visitor) -> None:
    await visitor.begins("empty")
    await visitor.chooses_command("setup")
    name = visitor.dialog.get_by_label("Team name")
    await name.fill("")
    await visitor.tap("Save", visitor.dialog)
    await expect(visitor.dialog.get_by_role("alert")).to_have_text("Please complete this required field.")
    await expect(name).to_be_focused()
    await expect(visitor.dialog.get_by_role("alert")).to_be_in_viewport(ratio=1)
    # The same again, from the form's other end.
    await visitor.dialog.locator(".modal-body").evaluate("body => body.scrollTop = body.scrollHeight")
    await visitor.tap("Save", visitor.dialog)
    await expect(name).to_be_focused()
    await expect(visitor.dialog.get_by_role("alert")).to_be_in_viewport(ratio=1)
    await name.fill("Permits & more")
    zone = visitor.dialog.get_by_role("combobox", name="Time zone")
    await zone.fill("Lisb")
    await visitor.page.get_by_role("option", name=re.compile("Lisbon")).click()
    await visitor.tap("Save", visitor.dialog)
    await expect(visitor.dialog).to_contain_text("Check-ins for Permits & more are set up")
    await expect(visitor.dialog).to_contain_text("(Europe/Lisbon)")


async def test_whoever_is_in_no_team_reads_the_channel_and_learns_who_may_do_more(visitor: Visitor) -> None:
    await visitor.begins("six")
    await visitor.be("Wim")
    await visitor.go("Messages")
    await visitor.writes("/maturity summary Permits")
    await expect(visitor.last).to_contain_text("Only you can see this")
    await expect(visitor.last).to_contain_text("There is no team called “Permits”")
    await visitor.go("permits")
    await expect(visitor.page.get_by_text("You are not in this channel.")).to_be_visible()
    await visitor.tap("Join")
    await visitor.writes("Hello, I am new here")
    await visitor.be("Vera")
    await visitor.go("permits")
    await expect(visitor.last).to_contain_text("Hello, I am new here")
    await expect(visitor.page.get_by_text("Only you can see this")).to_have_count(0)


async def test_home_shows_the_open_check_in_and_leads_to_it(visitor: Visitor) -> None:
    await visitor.begins("six")
    await visitor.tap("Let it pass")
    await expect(visitor.guide("Answer as Ana")).to_be_visible()
    await visitor.go("Home")
    home = visitor.page.get_by_role("region", name="Home of maturity")
    await expect(home).to_contain_text("Permits")
    await expect(home.get_by_role("button").first).to_be_visible()
