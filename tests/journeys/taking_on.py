"""What people do with action items, for the tests that need some."""

from collections.abc import Sequence
from typing import Any

from bot.sandbox import Person, SeenMessage
from bot.slack.ids import Do
from tests.journeys.city import City


async def adopt(person: Person, summary: SeenMessage, *, number: int = 0, **fields: object) -> str:
    """Adopt the summary's first (or another) suggestion, with these fields changed; what is said then.

    Of others than the summary has itself, more ideas are asked for.
    """
    offered = _buttons(summary.blocks)
    if number < len(offered):
        await person.taps(summary, action_id=Do.ADOPT, value=offered[number]["value"])
        return await submit(person, **fields)
    await person.taps(summary, action_id=Do.MORE_IDEAS)
    assert person.modal is not None
    await person.taps(person.modal, action_id=Do.ADOPT, value=_buttons(person.modal.blocks)[number]["value"])
    said = await submit(person, **fields)
    await person.closes()
    return said


def _buttons(blocks: Sequence[Any]) -> list[Any]:
    return [block["accessory"] for block in blocks if "accessory" in block]


async def takes_on(town: City, person: Person) -> SeenMessage:
    """Set the team up and play its first round; the person adopts an action due on 7 October. The summary."""
    await town.set_up()
    summary = await town.round()
    await adopt(person, summary, due="2026-10-07")
    return summary


def suggested(summary: SeenMessage) -> list[str]:
    """The suggestions of a summary, adopted or not: what stands beneath each dimension to work on."""
    lines = summary.shown.splitlines()
    return [lines[place + 1] for place, line in enumerate(lines) if line.startswith("*To reach ")]


async def submit(person: Person, **fields: object) -> str:
    """Fill the form in that is open, send it, and close what is said then."""
    for name, value in fields.items():
        await person.fills(f"action_{name}", value)
    reply = await person.submits()
    assert reply.response_action == "update", reply
    assert person.modal is not None
    said = str(person.modal.blocks[0]["text"]["text"])
    await person.closes()
    return said


async def listed(town: City, person: Person) -> SeenMessage:
    await person.types("/maturity actions", town.channel)
    return await town.sees(person, "open action item", where=town.channel)
