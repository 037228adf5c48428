"""A team takes something on, changes it and ends it, and reads in its next summary what became of it."""

import asyncio
import json
from datetime import date

from sqlalchemy import delete

from bot.sandbox import Person, SeenMessage
from bot.sandbox.people.interactions import block_actions, view_submission
from bot.slack.ids import Do
from storage import people, rosters
from storage.models import ActionItem
from tests.journeys.city import City
from tests.journeys.raw import send
from tests.journeys.records import rows, suggestion_of
from tests.journeys.taking_on import adopt, listed, submit, suggested, takes_on
from tests.journeys.test_action_questions import at
from tests.storage.builders import on_both


async def test_an_open_action_opens_the_summary_and_one_that_was_adopted_is_not_suggested_again(town: City) -> None:
    await town.set_up()
    first = await town.round()
    await adopt(town.manager, first, due="2026-10-12", leadership=["needs"])
    before = suggested(first)
    await town.manages("summary")
    own = await town.sees(town.manager, "Share with the channel", where=town.channel)
    assert suggested(own) == before, "what a closed round suggests stays as it was"
    town.clock.move_to(at(date(2026, 10, 14), 12))
    await town.settled()
    second = await town.round()
    opening = second.shown.partition("[image")[0]
    due = "*@ana, overdue by 2 days, needs leadership*: Invite one person from another discipline"
    assert due in opening
    assert ":C1.1" not in str(second.blocks)
    assert ":C1.2" in str(second.blocks)
    for do, there in ((Do.FOLLOW_UPS, "*Open action items*\\n• Invite one person"), (Do.MORE_IDEAS, ":E")):
        await town.manager.taps(second, action_id=do)
        assert town.manager.modal is not None
        assert (there in json.dumps(town.manager.modal.blocks, ensure_ascii=False)) is (do is Do.FOLLOW_UPS)
        await town.manager.closes()


async def test_an_action_of_ones_own_is_added_edited_and_dropped_in_the_list(town: City) -> None:
    await town.set_up()
    await town.round()
    cho = town.people[2]
    await cho.types("/maturity actions", town.channel)
    empty = await town.sees(cho, "has no open action items", where=town.channel)
    await cho.taps(empty, action_id=Do.ADD_ACTION)
    said = await submit(cho, dimension="B", text="Ask the council for a data steward", due="2027-01-11")
    assert "owns this, due 11 January 2027" in said
    [item] = await rows(town, "action_items")
    assert (item["dimension"], item["action_key"], item["round_id"]) == (
        "B",
        None,
        (await rows(town, "rounds"))[0]["id"],
    )

    redrawn = await town.sees(cho, "*B.* Ask the council for a data steward", where=town.channel)
    await cho.taps(redrawn, action_id=Do.ACTION_MENU, value=f"edit:{item['id']}")
    await submit(cho, leadership=["needs"])
    redrawn = await town.sees(cho, "@cho, due 11 January 2027, needs leadership", where=town.channel)
    await cho.taps(redrawn, action_id=Do.ACTION_MENU, value=f"drop:{item['id']}")
    assert "Dropped: " in await submit(cho, why="The council said no")
    await town.sees(cho, "has no open action items", where=town.channel)

    town.clock.move(days=8)
    second = await town.round()
    assert "Ask the council" not in second.shown
    await cho.taps(second, action_id=Do.FOLLOW_UPS)
    assert cho.modal is not None
    said = cho.modal.blocks[0]["text"]["text"]
    assert said == (
        "*Dropped since the last summary*\n• Ask the council for a data steward\n    because: The council said no"
    )
    await cho.closes()
    assert not town.seen(cho, "What became of it?")


async def refused(person: Person, on: SeenMessage, action_id: str, value: object = None) -> str:
    """Tap what this person may not, or what can't be done any more; the one sentence that they are told."""
    channel = on.original.channel
    before = len([each for each in person.sees(channel) if each.ephemeral])
    reply = await person.taps(on, action_id=action_id, value=value)
    assert reply.status == 200
    await person.workspace.sandbox.quiet()
    found = await person.workspace.sandbox.until(
        lambda: [each for each in person.sees(channel) if each.ephemeral][before:] or None
    )
    assert person.modal is None
    return found[-1].shown


async def test_who_may_not_is_told_in_a_sentence_who_may(town: City) -> None:
    await town.set_up()
    summary = await town.round()
    town.channel.invite(town.bystander)
    await town.settled()
    [team] = await rows(town, "teams")
    async with town.bot.database.begin() as session:
        await rosters.leave(session, team_ids=[team["id"]], user_ids=[town.bystander.id])
    seen = next(each for each in town.bystander.sees(town.channel) if each.ts == summary.ts)
    for do, value in ((Do.ADOPT, await suggestion_of(town, "C1.1")), (Do.DETAILS, None)):
        said = await refused(town.bystander, seen, do, value)
        assert "Only its members, its managers and workspace admins may do that for permits" in said.replace("*", "")
    before = len(town.seen(town.bystander, "Only its members", where=town.channel))
    await town.bystander.types("/maturity actions", town.channel)
    await town.until(lambda: len(town.seen(town.bystander, "Only its members", where=town.channel)) > before or None)

    await adopt(town.people[1], summary)
    await town.people[1].types("/maturity actions", town.channel)
    mine = await town.sees(town.people[1], "1 open action item", where=town.channel)
    [item] = await rows(town, "action_items")
    forged = block_actions(
        mine.original,
        town.people[2],
        action={
            "type": "overflow",
            "action_id": Do.ACTION_MENU,
            "block_id": "action:1",
            "selected_option": {"text": {"type": "plain_text", "text": "Done"}, "value": f"done:{item['id']}"},
            "action_ts": "1.1",
        },
        state={},
    )
    assert (await send(town, forged)).status == 200
    await town.sees(town.people[2], "Only its owner, and the managers of *permits*", where=town.channel)
    assert [row["state"] for row in await rows(town, "action_items")] == ["open"]


async def test_what_is_adopted_twice_is_one_item_and_the_second_hears_whose_it_is(town: City) -> None:
    await town.set_up()
    summary = await town.round()
    ben, cho = town.people[1:3]
    for person in (ben, cho):
        await person.taps(summary, action_id=Do.ADOPT, value=await suggestion_of(town, "C1.1"))
    assert "owns this, due" in await submit(ben)
    form = cho.modal
    assert (await cho.submits()).response_action == "push"
    # Beneath a field Slack would show their id, not their name.
    above = str(cho.modal.blocks if cho.modal else "")
    assert "The team has this action already: <@" in above
    assert "owns it, due 19 October 2026" in above
    await cho.closes()
    assert cho.modal is form, "nothing typed is lost"
    await cho.closes()
    assert "@ben owns it, due 19 October 2026" in await refused(
        cho, summary, Do.ADOPT, await suggestion_of(town, "C1.1")
    )
    assert len(await rows(town, "action_items")) == 1


async def test_a_date_that_is_over_and_an_empty_or_overlong_text_are_said_at_their_fields(town: City) -> None:
    await town.set_up()
    summary = await town.round()
    ben = town.people[1]
    await ben.taps(summary, action_id=Do.ADOPT, value=await suggestion_of(town, "C1.1"))
    await ben.fills("action_due", "2026-10-04")
    await ben.fills("action_text", "   ")
    errors = (await ben.submits()).errors
    assert errors == {
        "action_due": "4 October 2026 has passed. Choose a date from today on.",
        "action_text": "Write what is to be done.",
    }
    assert ben.modal is not None
    ben.modal.state["action_text"]["action_text"]["value"] = "x" * 301
    await ben.fills("action_due", "2026-10-06")
    errors = (await ben.submits()).errors
    assert errors == {"action_text": "Write at most 300 characters: these are 301."}
    assert await rows(town, "action_items") == []


async def test_a_bot_owns_nothing(town: City) -> None:
    await town.set_up()
    summary = await town.round()
    async with town.bot.database.begin() as session:
        profile = people.Profile("U0ROBOT", "Robot", None, True, False, False, False)
        await people.keep(session, workspace_id=town.workspace.id, profiles=[profile], now=town.clock())
    await town.manager.taps(summary, action_id=Do.ADOPT, value=await suggestion_of(town, "C1.1"))
    await town.manager.fills("action_owner", "U0ROBOT")
    assert "Choose someone who is a full member" in str((await town.manager.submits()).errors)


@on_both
async def test_what_was_ended_meanwhile_is_said_to_be_and_stays(town: City) -> None:
    ben = town.people[1]
    await takes_on(town, ben)
    town.clock.move_to(at(date(2026, 10, 7), 10))
    await town.settled()
    question = await town.sees(ben, "What became of it?")
    found = await listed(town, town.manager)
    item = (await rows(town, "action_items"))[0]["id"]
    await ben.taps(question, action_id=Do.ACTION_DONE)
    await town.sees(ben, "Done: ")
    assert "This action is done already." in await refused(town.manager, found, Do.ACTION_MENU, f"done:{item}")
    assert "This action is done already." in await refused(town.manager, found, Do.ACTION_MENU, f"drop:{item}")
    async with town.bot.database.begin() as session:
        await session.execute(delete(ActionItem))
    assert "This action is gone." in await refused(town.manager, found, Do.ACTION_MENU, f"edit:{item}")


async def test_an_address_that_somebody_wrote_into_a_form_is_never_called(town: City) -> None:
    await town.set_up()
    await town.round()
    await town.manages("actions")
    shown = await town.sees(town.manager, "open action items", where=town.channel)
    await town.manager.taps(shown, action_id=Do.ADD_ACTION)
    called = []

    async def listen(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        called.append(writer.get_extra_info("peername"))
        writer.close()

    elsewhere = await asyncio.start_server(listen, "127.0.0.1", 0)
    async with elsewhere:
        assert town.manager.modal is not None
        form = town.manager.modal.body
        ours, port = json.loads(form["private_metadata"]), elsewhere.sockets[0].getsockname()[1]
        assert ours["url"].startswith(town.sandbox.url)
        form["private_metadata"] = json.dumps(ours | {"url": f"http://127.0.0.1:{port}/inside"})
        await submit(town.manager, dimension="C", text="Have lunch with Legal")
        await town.bot.in_flight.landed()
    assert "Have lunch with Legal" in str(await rows(town, "action_items"))
    assert called == []


@on_both
async def test_an_owner_outside_the_team_ends_their_items_and_reads_no_list_of_the_teams(town: City) -> None:
    await town.set_up()
    summary = await town.round()
    ben = town.people[1]
    lists = []
    for number in range(3):
        await adopt(town.manager, summary, number=number, owner=ben, text=f"For Ben {number + 1}")
        await ben.types("/maturity actions", town.channel)
        lists.append(await town.sees(ben, f"*permits* has {number + 1} open action item", where=town.channel))
    taken = await rows(town, "action_items")
    first, second = (next(row["id"] for row in taken if row["text"] == f"For Ben {n}") for n in (1, 2))
    async with town.bot.database.begin() as session:
        await rosters.leave(session, team_ids=[taken[0]["team_id"]], user_ids=[ben.id])
    await ben.taps(lists[0], action_id=Do.ACTION_MENU, block_id=f"action:{first}", value=f"done:{first}")
    await town.sees(ben, "Done: For Ben 1.", where=town.channel)
    await ben.taps(lists[1], action_id=Do.ACTION_MENU, block_id=f"action:{second}", value=f"edit:{second}")
    assert "For Ben 2" in await submit(ben, leadership=["needs"])
    await ben.taps(lists[2], action_id=Do.ACTION_MENU, block_id=f"action:{second}", value=f"drop:{second}")
    assert "Dropped: " in await submit(ben, why="No time")
    await town.bot.in_flight.landed()
    private = [each.shown for each in ben.sees(town.channel) if each.ephemeral]
    assert len(private) == 3
    assert not [each for each in private if "open action item" in each or "For Ben 3" in each]


async def test_a_form_that_slack_brings_twice_makes_one_item_and_is_answered_alike(town: City) -> None:
    await town.set_up()
    summary = await town.round()
    ben = town.people[1]
    await town.manages("actions")
    shown = await town.sees(town.manager, "open action items", where=town.channel)
    await town.manager.taps(shown, action_id=Do.ADD_ACTION)
    await town.manager.fills("action_dimension", "C")
    await town.manager.fills("action_text", "Lunch")
    await ben.taps(summary, action_id=Do.ADOPT, value=await suggestion_of(town, "C1.1"))
    for person in (town.manager, ben):
        assert person.modal is not None
        payload = view_submission(person.modal)
        first, second = await asyncio.gather(send(town, payload), send(town, payload))
        assert (first.status, first.body) == (second.status, second.body)
        assert "owns this, due" in first.body
    assert sorted(row["text"] == "Lunch" for row in await rows(town, "action_items")) == [False, True]


async def test_nothing_is_adopted_from_a_round_that_has_no_summary(town: City) -> None:
    await town.set_up()
    await town.opened()
    ben = town.people[1]
    prompt = await town.sees(ben, "Choose the level where you stop")
    forged = {
        "type": "button",
        "action_id": Do.ADOPT,
        "block_id": "x",
        "value": await suggestion_of(town, "C1.1"),
        "action_ts": "1.1",
    }
    assert (await send(town, block_actions(prompt.original, ben, action=forged, state={}))).status == 200
    await town.sees(ben, "This round has no summary, so nothing is suggested.")
    assert ben.modal is None
    assert await rows(town, "action_items") == []


async def test_what_no_database_takes_is_left_out_of_an_action(town: City) -> None:
    await town.set_up()
    await town.manages("actions")
    shown = await town.sees(town.manager, "open action items", where=town.channel)
    await town.manager.taps(shown, action_id=Do.ADD_ACTION)
    await town.manager.fills("action_dimension", "C")
    await town.manager.fills("action_text", "Lunch")
    assert town.manager.modal is not None
    payload = view_submission(town.manager.modal)
    payload["view"]["state"]["values"]["action_text"]["action_text"]["value"] = "Lunch\x00 with\ud800\nLegal\x1b"
    answer = await send(town, payload)
    assert (answer.status, "owns this, due" in answer.body) == (200, True)
    assert [row["text"] for row in await rows(town, "action_items")] == ["Lunch with\nLegal"]
