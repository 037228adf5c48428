"""Notes: kept beside the answers, shown without names, never lost while they are being written."""

from bot.sandbox import Person
from bot.slack.ids import Do
from tests.journeys.city import EXAMPLE, City
from tests.journeys.records import rows


async def write(town: City, person: Person, **notes: str) -> None:
    """Add notes to a check-in that is answered, by dimension."""
    receipt = await town.sees(person, "Thank you")
    await person.taps(receipt, action_id=Do.ADD_NOTES)
    for dimension, note in notes.items():
        await person.fills(f"note:{dimension}", note)
    submitted = await person.submits()
    assert (submitted.status, submitted.errors, submitted.trouble) == (200, {}, None), submitted


async def test_notes_stand_in_the_receipt_and_can_be_changed_and_taken_back(town: City) -> None:
    await town.set_up()
    await town.opened()
    ana = town.people[0]
    await town.answer(ana, (1, 2, 3, 4, None))
    await write(town, ana, A="We met in the library.", E="Nobody measures it")
    assert "Your note: We met in the library." in (await town.sees(ana, "Change notes")).shown
    await write(town, ana, A="", E="Nobody measures it, yet")
    receipt = await town.sees(ana, "Nobody measures it, yet")
    assert "library" not in receipt.shown


async def test_notes_are_shown_from_five_answers_on_in_random_order_without_names(town: City) -> None:
    await town.set_up()
    await town.opened()
    await town.answer_all(EXAMPLE | {"E": (1, 4, 1, 4, None)})
    for number, person in enumerate(town.people):
        await write(town, person, **{dimension: f"{dimension} said {number}" for dimension in "ABCDE"})
    await town.close_early()
    shown = await town.details(await town.summary())

    orders = []
    for dimension in "ABCD":
        lines = [line for line in shown.splitlines() if line.startswith(f"• {dimension} said ")]
        orders.append([int(line[-1]) for line in lines])
        assert sorted(orders[-1]) == [0, 1, 2, 3, 4]
    assert orders != [[0, 1, 2, 3, 4]] * 4, "the order of writing, four times, is no random order"
    assert "Notes are shown without names, in random order." in shown
    assert "E said" not in shown, "four answers are too few for notes"
    assert not [row for row in await rows(town, "round_notes") if row["dimension"] == "E"]
    assert not [person for person in town.people if person.name in shown or person.id in str(shown)]


async def test_a_note_written_while_the_round_closes_stays_before_its_writer(town: City) -> None:
    await town.set_up()
    await town.opened()
    await town.answer_example()
    ben = town.people[1]
    await ben.taps(await town.sees(ben, "Thank you"), action_id=Do.ADD_NOTES)
    await ben.fills("note:A", "A long thought, nearly finished")
    await town.close_early()
    await town.summary()

    submitted = await ben.submits()
    [sentence] = submitted.errors.values()
    assert "has closed" in sentence
    assert "Copy them from here" in sentence
    assert ben.modal is not None
    assert ben.modal.state["note:A"]["note"]["value"] == "A long thought, nearly finished"
    assert await rows(town, "round_notes") == []
