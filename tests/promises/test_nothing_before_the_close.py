"""While a round is open nobody can find out how anybody answers: every command and Home say the same."""

import re
from typing import Any

from bot.commands.listeners import HANDLERS
from bot.sandbox import Person
from tests.journeys.city import City, city
from tests.storage.builders import on_sqlite

CHANGING = {"start", "pause", "resume", "skip", "extend", "remind"}
"""Commands that do something; everything else that can be typed only looks."""
MODALS = {"setup", "settings"}
LOOKING = sorted(HANDLERS.keys() - CHANGING - MODALS)
FIRST = (1, 1, 1, 1, 1)
THEN = (4, 2, 3, None, 2)


async def heard(town: City, person: Person) -> dict[str, Any]:
    """Everything that each looking command answers this person, and what Home shows them."""
    replies = {word: await person.types(f"/maturity {word}", town.channel) for word in LOOKING}
    assert {reply.status for reply in replies.values()} == {200}
    heard = {word: (reply.text, [without_id(block) for block in reply.blocks]) for word, reply in replies.items()}
    return heard | {"Home": [without_id(block) for block in (await town.opens_home(person)).blocks]}


def without_id(block: dict[str, Any]) -> dict[str, Any]:
    """Slack names blocks that have no name, each time anew."""
    return {name: part for name, part in block.items() if name != "block_id"}


def seen_by_others(town: City, tapping: list[Person]) -> dict[str, list[str]]:
    """All messages that people who tap nothing can read, and the channel's to everyone."""
    others = [person for person in town.people if person not in tapping]
    return {
        person.name: [
            re.sub(r"\s+", " ", message.shown)
            for where in (town.channel, person.dm(town.app))
            for message in person.sees(where)
            if not message.ephemeral
        ]
        for person in others
    }


@on_sqlite
async def test_no_command_and_no_message_tells_anything_of_the_answers_while_a_round_is_open(
    database_url: str,
) -> None:
    async with city(database_url) as town:
        await town.set_up()
        await town.opened()
        tapping, watching = town.people[1:4], [town.manager, town.people[4]]
        for person in tapping:
            await town.answer(person, FIRST)
            await town.sees(person, "Thank you")
        before = {person.name: await heard(town, person) for person in watching}
        shown = seen_by_others(town, tapping)

        for person, levels in zip(tapping, [THEN, THEN[::-1], FIRST], strict=True):
            prompt = await town.sees(person, "Thank you")
            await person.taps(prompt, action_id="change_answers")
            await town.answer(person, levels, prompt=await town.sees(person, "Done"))
        after = {person.name: await heard(town, person) for person in watching}

        assert after == before
        assert seen_by_others(town, tapping) == shown
        assert "3 of 5 people have answered" in str(after[town.manager.name]["close"])
        assert "3 of 5 answered" in str(after[town.manager.name]["Home"])
        assert "3 of 5" not in str(after[town.people[4].name]["Home"])
        assert "no summary yet" in str(after[town.manager.name]["summary"])
        assert "Only " in str(after[town.people[4].name]["close"])
