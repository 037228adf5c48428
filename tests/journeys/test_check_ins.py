"""A member and their own check-in: answered, changed, answered in two places, left out and taken up again."""

from dataclasses import replace

import pytest

from bot.sandbox.block_kit.rendering import blocks_lines
from bot.slack.ids import Do
from storage.kinds import Privacy
from tests.journeys.city import EXAMPLE, City
from tests.journeys.records import rows


async def test_answers_can_be_changed_until_the_close(town: City) -> None:
    await town.set_up()
    await town.opened()
    ana = town.people[0]
    await town.answer(ana, (1, 1, 1, 1, 1))
    receipt = await town.sees(ana, "Thank you")
    assert receipt.shown.count("Level 1:") == 5

    await ana.taps(receipt, action_id=Do.CHANGE_ANSWERS)
    changing = await town.sees(ana, "[Done]")
    assert changing.shown.count("(•) 1.") == 5, "what was chosen is chosen still"
    await town.tap(ana, changing, "B", 4)
    await town.tap(ana, changing, "D", None)
    await ana.taps(changing, action_id=Do.FINISH_CHANGING)
    receipt = await town.sees(ana, "Thank you")
    assert f"Level 4: {town.rubric['B'].levels[3]}" in receipt.shown
    assert receipt.shown.count("Level 1:") == 3
    assert receipt.shown.count("Can't say") == 1
    assert len(town.seen(ana, "check-in for")) == 1, "it is one message all along"


async def test_answers_given_in_two_places_are_one_check_in(town: City) -> None:
    await town.set_up()
    await town.opened()
    ana = town.people[0]
    prompt = await town.sees(ana, "Choose the level where you stop")
    await town.tap(ana, prompt, "A", 3)
    await town.tap(ana, prompt, "B", 2)
    ana.reloads()  # another device: it shows what the message holds, not what was chosen elsewhere
    prompt = await town.sees(ana, "Choose the level where you stop")
    assert "(•)" not in prompt.shown

    await town.tap(ana, prompt, "C", 1)
    level = town.rubric["A"].levels[2]
    prompt = await town.sees(ana, f"(•) 3. {level}")
    assert prompt.shown.count("(•)") == 3, "the tap brought the message up to date"
    await town.tap(ana, prompt, "D", 4)
    await town.tap(ana, prompt, "E", 4)
    receipt = await town.sees(ana, "Thank you")
    assert [line[:7] for line in receipt.shown.splitlines() if line.startswith("Level ")] == [
        "Level 3", "Level 2", "Level 1", "Level 4", "Level 4",
    ]  # fmt: skip


async def test_the_command_leads_to_the_open_check_in_and_brings_it_up_to_date(town: City) -> None:
    await town.set_up()
    ben = town.people[1]
    assert "You have no open check-in." in (await ben.types("/maturity checkin", town.channel)).text
    await town.opened()
    await town.settled()  # a member may see the message before the bot has heard from Slack where it is
    prompt = await town.sees(ben, "Choose the level where you stop")
    await town.tap(ben, prompt, "A", 2)
    ben.reloads()
    reply = await ben.types("/maturity checkin", town.channel)
    assert f"{prompt.channel.id}/p{prompt.ts.replace('.', '')}" in reply.text
    refreshed = await town.sees(ben, f"(•) 2. {town.rubric['A'].levels[1]}")
    assert refreshed.ts == prompt.ts


async def test_who_cannot_say_is_left_out_of_the_level_and_counted(town: City) -> None:
    await town.set_up()
    answers = EXAMPLE | {"A": (2, 2, 2, 2, None)}
    summary = (await town.round(answers)).shown
    assert "Can't say" not in summary, "of four answers the level is told and nothing else"
    said = summary.partition("A Engage society: ")[2].partition(" B Lead")[0]
    assert said == f"Level 2, “{town.rubric['A'].levels[1]}”; 4 answers: less is told."


async def test_a_skipped_check_in_is_erased_and_can_be_taken_up_again(town: City) -> None:
    await town.set_up()
    await town.opened()
    cho = town.people[2]
    prompt = await town.sees(cho, "Choose the level where you stop")
    await town.tap(cho, prompt, "A", 3)
    await cho.taps(prompt, action_id=Do.SKIP_ROUND)
    skipped = await town.sees(cho, "You skipped this round. If you change your mind")
    assert await rows(town, "answers") == []

    await cho.taps(skipped, action_id=Do.SHOW_CHECK_IN)
    prompt = await town.sees(cho, "Choose the level where you stop")
    assert "(•)" not in prompt.shown
    await town.answer(cho, (2, 2, 2, 2, 2), prompt=prompt)
    await town.sees(cho, "Thank you")
    assert len(await rows(town, "answers")) == 5


async def test_who_skips_is_not_counted_among_the_answers(town: City) -> None:
    await town.set_up()
    await town.opened()
    for person in town.people[:4]:
        await town.answer(person, (2, 2, 2, 2, 2))
    eli = town.people[4]
    prompt = await town.sees(eli, "Choose the level where you stop")
    await town.tap(eli, prompt, "A", 1)
    assert "5 of 5 people have answered" in (await town.manages("close")).text
    await eli.taps(prompt, action_id=Do.SKIP_ROUND)
    await town.sees(eli, "You skipped this round.")
    assert "4 of 5" in (await town.manages("close")).text
    await town.close_early()
    assert "4 of 5 answered." in (await town.summary()).shown
    await town.sees(eli, "This round has closed. You skipped it.")


async def test_the_first_check_in_of_all_introduces_itself_and_no_later_one_does(town: City) -> None:
    await town.set_up()
    await town.opened()
    ben = town.people[1]
    hello = f"This is your first check-in. @{town.manager.name.lower()} runs check-ins for *permits*, to find out where"
    asked = await town.sees(ben, "Choose the level where you stop")
    assert hello in asked.shown
    assert "You run check-ins for *permits*" in (await town.sees(town.manager, "Choose the level where you stop")).shown
    await ben.taps(asked, action_id=Do.SKIP_ROUND)
    await ben.taps(await town.sees(ben, "You skipped this round."), action_id=Do.SHOW_CHECK_IN)
    assert hello in (await town.sees(ben, "Choose the level where you stop")).shown, "it is the same check-in"
    await town.close_early()
    for person in town.people:
        await town.sees(person, "This round has closed.")
    town.clock.move(days=8)
    await town.opened()
    assert not any(town.seen(person, "This is your first check-in") for person in town.people)


@pytest.mark.parametrize("privacy", Privacy)
async def test_what_the_levels_mean_and_who_sees_what_is_a_tap_away(town: City, privacy: Privacy) -> None:
    await town.set_up(privacy=privacy.value)
    await town.opened()
    ben = town.people[1]
    asked = await town.sees(ben, "Choose the level where you stop")

    async def read(do: Do) -> str:
        await ben.taps(asked, action_id=do)
        await town.bot.in_flight.landed()
        assert ben.modal is not None
        shown = "\n".join(blocks_lines(ben.modal.blocks, town.workspace, state=ben.modal.state))
        await ben.closes()
        return shown

    levels, private = await read(Do.EXPLAIN_LEVELS), await read(Do.EXPLAIN_PRIVACY)
    assert "Words in quotation marks come from City of Austin" in levels
    assert "2. Encourage team problem-solving: “teams empowered to solicit input from others”" in levels
    assert ("Nobody in Slack sees your answers: not your team" in private) is (privacy is Privacy.CONFIDENTIAL)
    assert ("everyone asked in it and the team's managers see your name" in private) is (privacy is Privacy.NAMED)
    await town.close_early()
    await town.summary()
    assert "City of Austin" in await read(Do.EXPLAIN_LEVELS), "an old message's buttons go on working"


async def test_a_check_in_that_an_earlier_version_sent_goes_on_working(town: City) -> None:
    """Its words are older, its questions and buttons are named as ever; what takes its place is drawn as today."""
    await town.set_up()
    await town.opened()
    ben = town.people[1]
    asked = await town.sees(ben, "Choose the level where you stop")
    old = [block for block in asked.blocks if block["type"] in {"actions", "header"}]
    where = ben.dm(town.app).messages[asked.ts]
    where.content = replace(where.content, blocks=old)
    asked = await town.sees(ben, "[Skip this round]")
    assert "Choose the level" not in asked.shown
    await ben.taps(asked, action_id=Do.SKIP_ROUND)
    await ben.taps(await town.sees(ben, "You skipped this round."), action_id=Do.SHOW_CHECK_IN)
    await town.answer(ben, (1, 2, 3, 4, 1))
    assert "[How this stays private]" in (await town.sees(ben, "Thank you")).shown
