"""What people do with action items, for the tests that need some."""

from bot.sandbox import Person, SeenMessage
from bot.slack.ids import Do
from tests.journeys.city import City


async def adopt(person: Person, summary: SeenMessage, *, number: int = 0, **fields: object) -> str:
    """Adopt the summary's first (or another) suggestion, with these fields changed; what is said then."""
    button = [block["accessory"] for block in summary.blocks if "accessory" in block][number]
    await person.taps(summary, action_id=Do.ADOPT, value=button["value"])
    return await submit(person, **fields)


async def takes_on(town: City, person: Person) -> SeenMessage:
    """Set the team up and play its first round; the person adopts an action due on 7 October. The summary."""
    await town.set_up()
    summary = await town.round()
    await adopt(person, summary, due="2026-10-07")
    return summary


def suggested(summary: SeenMessage) -> list[str]:
    """The suggestions of a summary by their effort and source, adopted or not."""
    return [line for line in summary.shown.splitlines() if " effort · Source: " in line]


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
