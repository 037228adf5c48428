"""Owners are asked what became of an action item when it is due, and managers where there is no owner to ask."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from bot.actions.items import ask
from bot.slack.ids import Do
from storage import action_items, people
from tests.journeys.city import EXAMPLE, City
from tests.journeys.records import rows, suggestion_of
from tests.journeys.taking_on import adopt, listed, submit, takes_on
from tests.storage.builders import on_both

CHICAGO = ZoneInfo("America/Chicago")


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=CHICAGO).astimezone(UTC)


async def test_what_is_adopted_is_asked_about_when_due_and_opens_the_next_summary(town: City) -> None:
    await town.set_up()
    summary = await town.round()
    ben, cho = town.people[1:3]
    await ben.taps(summary, action_id=Do.ADOPT, value=await suggestion_of(town, "C1.1"))
    assert ben.modal is not None
    assert "Invite one person from another discipline" in str(ben.modal.blocks)
    fields = {block["block_id"]: block["element"] for block in ben.modal.blocks if block["type"] == "input"}
    assert fields["action_owner"]["initial_user"] == ben.id
    assert fields["action_due"]["initial_date"] == "2026-10-19", "two weeks, for a small effort"
    said = await submit(ben, text="Invite Legal to our Monday meeting", owner=cho)
    assert said == f"<@{cho.id}> owns this, due 19 October 2026: Invite Legal to our Monday meeting."
    marked = await town.sees(ben, "*Adopted*: “Invite Legal to our Monday meeting” · @cho, due 19", where=town.channel)
    assert (marked.ts, marked.pictures) == (summary.ts, summary.pictures), "the summary itself says whose it is"
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
    await town.sees(cho, "Now due 2 November 2026: Invite Legal to our Monday meeting.")

    town.clock.move_to(at(date(2026, 11, 2), 10))
    await town.settled()
    again = await town.sees(cho, "is due today. What became of it?")
    assert again.ts != question.ts
    reply = await cho.taps(again, action_id=Do.ACTION_DONE)
    assert reply.status == 200
    await town.sees(cho, "Done: Invite Legal to our Monday meeting.")

    second = await town.round(EXAMPLE | {"C": (2, 2, 2, 1, 2)})
    assert "Invite Legal" not in second.shown, "it is done"
    await cho.taps(second, action_id=Do.FOLLOW_UPS)
    assert cho.modal is not None
    shown = [block["text"]["text"] for block in cho.modal.blocks]
    assert shown == ["*Done since the last summary*\n• Invite Legal to our Monday meeting"], (
        "one answer is no credit to it"
    )
    await cho.closes()
    suggested = [block["accessory"]["value"] for block in second.blocks if "accessory" in block]
    assert "2:C1.1" not in suggested


async def test_two_taps_on_done_and_two_on_still_on_it_do_it_once(town: City) -> None:
    ben = town.people[1]
    await takes_on(town, ben)
    town.clock.move_to(at(date(2026, 10, 7), 10))
    await town.settled()
    question = await town.sees(ben, "What became of it?")
    for _tap in range(2):
        await ben.taps(question, action_id=Do.ACTION_STILL_ON)
    [item] = await rows(town, "action_items")
    assert (item["due_on"], item["state"]) == (date(2026, 10, 21), "open")


@on_both
async def test_of_an_owner_who_is_gone_the_managers_are_asked(town: City) -> None:
    ben, cho = town.people[1:3]
    await takes_on(town, ben)
    ben.change(deleted=True)
    await town.settled()
    town.clock.move_to(at(date(2026, 10, 7), 10))
    await town.settled()
    question = await town.sees(town.manager, "its owner @ben can't be asked any more")
    await town.manager.taps(question, action_id=Do.ACTION_EDIT)
    await submit(town.manager, owner=cho, due="2026-10-08")
    await town.sees(town.manager, "@cho owns this, due 8 October 2026")
    town.clock.move_to(at(date(2026, 10, 8), 10))
    await town.settled()
    await town.sees(cho, "is due today. What became of it?")


@on_both
async def test_a_question_that_is_held_up_is_not_asked_once_it_is_answered(town: City) -> None:
    ben = town.people[1]
    summary = await takes_on(town, ben)
    await adopt(ben, summary, number=1, due="2026-10-07")
    taken = await rows(town, "action_items")
    first, second = (row["id"] for row in taken)
    async with town.bot.database.begin() as session:
        for row in taken:
            item = await action_items.hold(session, row["id"])
            assert item is not None
            await ask(session, item, now=at(date(2026, 10, 7), 10))
        assert item is not None
        item.due_on = date(2026, 11, 4)
    found = await listed(town, ben)
    await ben.taps(found, action_id=Do.ACTION_MENU, block_id=f"action:{first}", value=f"done:{first}")
    town.clock.move_to(at(date(2026, 10, 7), 10, 5))
    await town.settled()
    assert not town.seen(ben, "What became of it?")
    asked = {row["key"]: row["state"] for row in await rows(town, "deliveries") if row["kind"] == "action due"}
    assert asked == {
        f"action:{first}:due:2026-10-07:{ben.id}": "skipped",
        f"action:{second}:due:2026-10-07:{ben.id}": "skipped",
    }


async def test_an_owner_who_wants_to_be_asked_no_more_is_left_alone(town: City) -> None:
    ben = town.people[1]
    await takes_on(town, ben)
    async with town.bot.database.begin() as session:
        await people.opt_out(session, workspace_id=town.workspace.id, user_id=ben.id, opted_out=True)
    town.clock.move_to(at(date(2026, 10, 7), 10))
    await town.settled()
    await town.sees(town.manager, "its owner @ben can't be asked any more")
    assert not town.seen(ben, "What became of it?")


async def test_a_question_that_is_late_waits_for_office_hours(town: City) -> None:
    ben = town.people[1]
    await takes_on(town, ben)
    town.clock.move_to(at(date(2026, 10, 7), 22))
    await town.settled()
    assert not town.seen(ben, "What became of it?")
    town.clock.move_to(at(date(2026, 10, 8), 9, 1))
    await town.settled()
    await town.sees(ben, "Your action for *permits* was due 1 day ago. What became of it?")


@on_both
async def test_an_owner_who_moved_is_asked_on_their_new_clock(town: City) -> None:
    ben = town.people[1]
    await takes_on(town, ben)
    ben.change(tz="America/Los_Angeles")
    await town.settled()
    town.clock.move_to(at(date(2026, 10, 7), 10))
    await town.settled()
    assert not town.seen(ben, "What became of it?")
    town.clock.move_to(at(date(2026, 10, 7), 12))
    await town.settled()
    await town.sees(ben, "is due today. What became of it?")
