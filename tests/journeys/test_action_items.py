"""A team takes something on, is asked about it when it is due, and reads in its next summary what became of it."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from bot.ids import Do
from bot.sandbox import Person, SeenMessage
from tests.journeys.city import EXAMPLE, City
from tests.journeys.records import rows

CHICAGO = ZoneInfo("America/Chicago")


async def adopt(person: Person, summary: SeenMessage, *, number: int = 0, **fields: object) -> str:
    """Adopt the summary's first (or another) suggestion, with these fields changed; what is said then."""
    button = [block["accessory"] for block in summary.blocks if "accessory" in block][number]
    await person.taps(summary, action_id=Do.ADOPT, value=button["value"])
    return await submit(person, **fields)


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


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=CHICAGO).astimezone(UTC)


async def test_what_is_adopted_is_asked_about_when_due_and_opens_the_next_summary(town: City) -> None:
    await town.set_up()
    summary = await town.round()
    ben, cho = town.people[1:3]
    await ben.taps(summary, action_id=Do.ADOPT, value="1:C1.1")
    assert ben.modal is not None
    assert "Invite one person from another discipline" in str(ben.modal.blocks)
    fields = {block["block_id"]: block["element"] for block in ben.modal.blocks if block["type"] == "input"}
    assert fields["action_owner"]["initial_user"] == ben.id
    assert fields["action_due"]["initial_date"] == "2026-10-19", "two weeks, for a small effort"
    said = await submit(ben, text="Invite Legal to our Monday meeting", owner=cho)
    assert said == f"<@{cho.id}> owns this until 19 October 2026: Invite Legal to our Monday meeting."
    given = await town.sees(cho, "gave you an action of *permits*")
    assert "@ben gave you an action of *permits*, due 19 October 2026." in given.shown

    found = await listed(town, town.people[3])
    assert "*permits* has 1 open action item." in found.shown
    assert "*C.* Invite Legal to our Monday meeting\n@cho, due 19 October 2026" in found.shown
    assert Do.ACTION_MENU not in str(found.blocks), "Dev neither owns it nor manages the team"

    town.clock.move_to(at(date(2026, 10, 19), 9, 59))
    await town.settled()
    assert not town.seen(cho, "What became of it?")
    town.clock.move_to(at(date(2026, 10, 19), 10))
    await town.settled()
    question = await town.sees(cho, "Your action for *permits* is due today. What became of it?")
    await cho.taps(question, action_id=Do.ACTION_STILL_ON)
    await town.sees(cho, "Due 2 November 2026 now: Invite Legal to our Monday meeting.")

    town.clock.move_to(at(date(2026, 11, 2), 10))
    await town.settled()
    again = await town.sees(cho, "is due today. What became of it?")
    assert again.ts != question.ts
    reply = await cho.taps(again, action_id=Do.ACTION_DONE)
    assert reply.status == 200
    await town.sees(cho, "Done: Invite Legal to our Monday meeting.")

    second = await town.round(EXAMPLE | {"C": (2, 2, 2, 1, 2)})
    opening = second.shown.partition("[image")[0]
    assert (
        "*Done since the last summary*\n• Invite Legal to our Monday meeting\n    C since then: level 1 → 2" in opening
    )
    suggested = [block["accessory"]["value"] for block in second.blocks if "accessory" in block]
    assert "2:C1.1" not in suggested


async def test_an_open_action_opens_the_summary_and_one_that_was_adopted_is_not_suggested_again(town: City) -> None:
    await town.set_up()
    first = await town.round()
    await adopt(town.manager, first, due="2026-10-12", leadership=["needs"])
    before = [block["accessory"]["value"] for block in first.blocks if "accessory" in block]
    await town.manages("summary")
    own = await town.sees(town.manager, "Share with the channel", where=town.channel)
    assert [block["accessory"]["value"] for block in own.blocks if "accessory" in block] == before, (
        "what a closed round suggests stays as it was"
    )
    town.clock.move_to(at(date(2026, 10, 14), 12))
    await town.settled()
    second = await town.round()
    opening = second.shown.partition("[image")[0]
    assert "*Open action items*\n• Invite one person from another discipline" in opening
    assert "@ana, due 12 October 2026, overdue by 2 days, needs leadership · C since then: still level 1" in opening
    assert "2:C1.1" not in str(second.blocks)
    assert "2:C1.2" in str(second.blocks)


async def test_an_action_of_ones_own_is_added_edited_and_dropped_in_the_list(town: City) -> None:
    await town.set_up()
    await town.round()
    cho = town.people[2]
    await cho.types("/maturity actions", town.channel)
    empty = await town.sees(cho, "has no open action items", where=town.channel)
    await cho.taps(empty, action_id=Do.ADD_ACTION)
    said = await submit(cho, dimension="B", text="Ask the council for a data steward", due="2027-01-11")
    assert "owns this until 11 January 2027" in said
    [item] = await rows(town, "action_items")
    assert (item["dimension"], item["action_key"], item["round_id"]) == ("B", None, 1)

    redrawn = await town.sees(cho, "*B.* Ask the council for a data steward", where=town.channel)
    await cho.taps(redrawn, action_id=Do.ACTION_MENU, value=f"edit:{item['id']}")
    await submit(cho, leadership=["needs"])
    redrawn = await town.sees(cho, "@cho, due 11 January 2027, needs leadership", where=town.channel)
    await cho.taps(redrawn, action_id=Do.ACTION_MENU, value=f"drop:{item['id']}")
    assert "Dropped: " in await submit(cho, why="The council said no")
    await town.sees(cho, "has no open action items", where=town.channel)

    town.clock.move(days=8)
    second = (await town.round()).shown.partition("[image")[0]
    assert "*Dropped since the last summary*\n• Ask the council for a data steward\n" in second
    assert "because: The council said no · B since then: still level 3" in second
    assert not town.seen(cho, "What became of it?")
