"""What a summary tells of few answers, of named rounds, and of rounds whose settings or wording changed meanwhile."""

from pathlib import Path

import pytest

import rubric
from bot.slack.ids import Do
from tests.journeys.city import EXAMPLE, City
from tests.journeys.records import rows
from tests.storage.builders import on_both


def first(number: int) -> dict[str, tuple[int, ...]]:
    """The example answers of the first few members."""
    return {dimension: levels[:number] for dimension, levels in EXAMPLE.items()}


async def test_of_four_answers_the_level_is_told_and_nothing_more(town: City) -> None:
    await town.set_up()
    shown = (await town.round(first(4))).shown
    assert "4 of 5 answered." in shown
    assert "A Engage society: Level 2, " in shown
    assert "B Lead collaboratively: Level 3, " in shown
    assert shown.count("4 answers: less is told") == 5
    for words in ("at least", "agree", "differ", "people at", "irm"):
        assert words not in shown.partition("[image")[2].partition("]\n")[0], words


async def test_of_three_answers_nothing_is_told_nor_kept(town: City) -> None:
    await town.set_up()
    shown = (await town.round(first(3))).shown
    assert "3 of 5 answered." in shown
    assert "Too few answered, so there is nothing to show: a question needs 4 answers." in shown
    assert "The answers are deleted. The next round opens " in shown
    assert [word for word in ("too few answers", "To reach", "[image", "Details") if word in shown] == []
    assert town.workspace.files == {}, "a picture of nothing is not even uploaded"
    assert await rows(town, "round_counts") == []
    assert await rows(town, "answers") == []


async def test_a_round_that_nobody_answered_says_so(town: City) -> None:
    await town.set_up()
    await town.opened()
    await town.close_early()
    shown = (await town.summary()).shown
    assert "0 of 5 answered.\nNobody answered, so there is nothing to show. The next round opens " in shown
    for person in town.people:
        await town.sees(person, "This round has closed. You didn't answer.")


async def test_in_a_named_round_members_are_told_first_and_names_stand_beside_levels(town: City) -> None:
    await town.set_up(privacy="named")
    await town.opened()
    for person in town.people:
        told = (await town.sees(person, "Choose the")).shown
        assert "everyone asked in it and the team's managers see your name beside your " in told
    await town.answer_example()
    ben = town.people[1]
    await ben.taps(await town.sees(ben, "Thank you"), action_id=Do.ADD_NOTES)
    assert ben.modal is not None
    assert "the team's managers see your name beside your notes.* Nobody else sees them." in str(ben.modal.blocks)
    await ben.fills("note:A", "Ask me about the survey")
    await ben.submits()
    await town.close_early()
    summary = await town.summary()
    assert "Names, notes and all counts of this round are for those who were asked in it" in summary.shown
    assert "1 person at level 1" not in summary.shown, "the channel reads what a confidential round would show"
    shown = await town.details(summary, ben)
    assert "Level 1: Ana; level 2: Ben, Cho and Dev; level 3: Eli." in shown
    assert "1 person at level 1, 3 at level 2, 1 at level 3. Mostly agree." in shown
    assert "• Ben: Ask me about the survey" in shown


@on_both
async def test_new_settings_hold_from_the_next_round_on(town: City) -> None:
    await town.set_up()
    await town.opened()
    await town.answer_example()
    await town.set_up(privacy="named", window="10")
    [opened] = await rows(town, "rounds")
    await town.close_early()
    shown = (await town.summary()).shown
    assert (opened["privacy"], (opened["closes_at"] - opened["opened_at"]).days) == ("confidential", 3)
    assert "at least 3 of 5" in shown
    assert not [person for person in town.people if person.name in shown]
    assert await rows(town, "answers") == []

    town.clock.move(days=8)
    second = await town.details(await town.round())
    assert "level 2: Ben, Cho and Dev" in second


@pytest.fixture
def own_words(tmp_path: Path) -> Path:
    """The model with another word for the lowest level of one dimension."""
    packaged = Path(rubric.__file__).with_name("smart_city.toml").read_text(encoding="utf-8")
    assert '"Silos"' in packaged
    path = tmp_path / "own.toml"
    path.write_text(packaged.replace('"Silos"', '"Each unit on its own"'), encoding="utf-8")
    return path


async def test_a_round_keeps_the_wording_it_opened_with_and_the_next_one_is_not_compared(
    town: City, own_words: Path
) -> None:
    await town.set_up()
    await town.opened()
    await town.answer(town.people[0], (1, 3, 1, 2, 1))
    await town.stop_bot()
    await town.start_bot(MATURITY_RUBRIC=str(own_words))

    ben = town.people[1]
    await ben.types("/maturity checkin", town.channel)
    await town.settled()
    assert "1. Silos" in (await town.sees(ben, "Choose the level where you stop")).shown
    for number, person in enumerate(town.people[1:], start=1):
        await town.answer(person, [EXAMPLE[dimension][number] for dimension in "ABCDE"])
    await town.close_early()
    shown = (await town.summary()).shown
    assert "Level 1, “Silos”" in shown

    town.clock.move(days=8)
    shown = (await town.round()).shown
    assert "Level 1, “Each unit on its own”" in shown
    assert "5 of 5 answered. No comparison with the last round: the wording changed." in shown
    assert "Level 1, “Silos”" in (await town.sees(ben, "round 1", where=town.channel)).shown
