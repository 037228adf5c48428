"""A member and their own check-in: answered, changed, answered in two places, left out and taken up again."""

from bot.slack.ids import Do
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
    assert len(town.seen(ana, "check-in of")) == 1, "it is one message all along"


async def test_answers_given_in_two_places_are_one_check_in(town: City) -> None:
    await town.set_up()
    await town.opened()
    ana = town.people[0]
    prompt = await town.sees(ana, "Choose the highest level")
    await town.tap(ana, prompt, "A", 3)
    await town.tap(ana, prompt, "B", 2)
    ana.reloads()  # another device: it shows what the message holds, not what was chosen elsewhere
    prompt = await town.sees(ana, "Choose the highest level")
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
    prompt = await town.sees(ben, "Choose the highest level")
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
    assert "*A. Engage society*: level 2" in summary
    assert "at least" not in summary.partition("*A. Engage society*")[2].partition("*B.")[0]


async def test_a_skipped_check_in_is_erased_and_can_be_taken_up_again(town: City) -> None:
    await town.set_up()
    await town.opened()
    cho = town.people[2]
    prompt = await town.sees(cho, "Choose the highest level")
    await town.tap(cho, prompt, "A", 3)
    await cho.taps(prompt, action_id=Do.SKIP_ROUND)
    skipped = await town.sees(cho, "Skipped. If you change your mind")
    assert await rows(town, "answers") == []

    await cho.taps(skipped, action_id=Do.SHOW_CHECK_IN)
    prompt = await town.sees(cho, "Choose the highest level")
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
    prompt = await town.sees(eli, "Choose the highest level")
    await town.tap(eli, prompt, "A", 1)
    assert "5 of 5 answered" in (await town.manages("close")).text
    await eli.taps(prompt, action_id=Do.SKIP_ROUND)
    await town.sees(eli, "Skipped.")
    assert "4 of 5 answered" in (await town.manages("close")).text
    await town.close_early()
    assert "4 of 5 answered." in (await town.summary()).shown
    await town.sees(eli, "Closed. You skipped this round.")
