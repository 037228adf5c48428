"""Whatever somebody makes up in a button or a form, it tells and changes nothing about a team that isn't theirs."""

import json
import re
from collections.abc import Iterator
from typing import Any

from bot.sandbox import Person, SeenMessage
from bot.sandbox.people import interactions
from bot.slack.ids import CHOICE, SUGGESTION, Do, View
from tests.journeys.city import City
from tests.journeys.raw import send
from tests.journeys.records import Row, before_eyes, rows
from tests.storage.builders import on_both

OWN = {Do.STOP_ASKING, Do.ASK_AGAIN, Do.BE_AWAY, Do.BE_BACK, Do.LINK, Do.EXPORT_MY_DATA, Do.ERASE_MY_DATA}
"""What is about nobody but who taps."""
NUMBER, HOME = re.compile(r"\d+"), re.compile(r"home_.*")
TABLES = ("teams", "managers", "rosters", "rounds", "round_members", "answers", "action_items", "audit_entries")


async def a_hidden_team(town: City) -> list[str]:
    """A named team in a private channel with a closed round, an open one and an action item; every value of it."""
    ana, ben = town.people[:2]
    hidden = town.workspace.add_channel("merger", members=[*town.people, town.installation], is_private=True)
    await town.set_up(where=hidden, name="Merger", privacy="named")
    town.channel = hidden
    await town.opened()
    await town.answer_example()
    await ben.taps(await town.sees(ben, "Thank you"), action_id=Do.ADD_NOTES)
    await ben.fills("note:A", "The lawyers know")
    await ben.submits()
    await town.close_early()
    adopt = next(block["accessory"]["value"] for block in (await town.summary()).blocks if "accessory" in block)
    await ana.taps(await town.sees(ana, ": round ", where=hidden), action_id=Do.ADOPT, value=adopt)
    await ana.submits()
    town.clock.move(days=8)
    await town.opened()
    await town.answer(ana, (1, 2, 3, 4, 1))
    [team], [closed, opened], [item] = [await rows(town, table) for table in ("teams", "rounds", "action_items")]
    homes = [f"{do}:{team['id']}" for do in Do if do.name.startswith("HOME_")]
    items = [f"{what}:{item['id']}" for what in ("done", "drop", "edit")]
    return [*(str(row["id"]) for row in (team, closed, opened, item)), adopt, *homes, *items]


async def a_team_of_ones_own(town: City, zoe: Person, *guests: Person) -> SeenMessage:
    """A team that tells its channel, whose message any button may be made up in."""
    lobby = town.workspace.add_channel("lobby", members=[zoe, *guests, town.installation])
    await town.set_up(zoe, where=lobby, name="Lobby")
    await town.settled()
    return await town.sees(zoe, "Check-ins for", where=lobby)


def taps(on: SeenMessage, person: Person, values: list[str]) -> Iterator[dict[str, Any]]:
    """Each button and menu of ours that isn't one's own with each of these values that it can read."""
    sandbox = person.workspace.sandbox
    for do in [each for each in Do if each not in OWN and not each.name.startswith("SET_")]:
        reads = (
            HOME if do is Do.HOME_MORE else CHOICE if do is Do.ACTION_MENU else SUGGESTION if do is Do.ADOPT else NUMBER
        )
        for value in filter(reads.fullmatch, values):
            action = {"type": "button", "action_id": do, "block_id": "b", "value": value,
                      "selected_option": {"value": value}, "action_ts": sandbox.stamps.next(sandbox.now())}  # fmt: skip
            yield interactions.block_actions(on.original, person, action=action, state={})


async def shut(town: City, person: Person) -> str:
    """What stands in somebody's modals, which they close."""
    await town.bot.in_flight.landed()
    said = ""
    while person.modals:
        said += json.dumps(person.modals[-1].body, ensure_ascii=False)
        await person.closes()
    return said


async def told(town: City, person: Person) -> str:
    await town.bot.in_flight.landed()
    return "\n".join(before_eyes(town, person))


async def hidden_rows(town: City) -> dict[str, list[Row]]:
    return {table: await rows(town, table) for table in TABLES}


def given_away(town: City, said: str) -> list[str]:
    names = ["erger", "lawyers", *(person.id for person in town.people), *(f" {each.name}" for each in town.people)]
    return [name for name in names if name in said]


async def test_no_made_up_button_tells_or_changes_anything_of_a_team_that_is_hidden(town: City) -> None:
    zoe = town.bystander
    gus = town.workspace.add_person(name="Gus", is_restricted=True)
    uma = town.workspace.add_person(name="Uma", is_restricted=True, is_ultra_restricted=True)
    xan = town.workspace.add_person(name="Xan", team_id="T0THEIRS", is_admin=True)
    values = await a_hidden_team(town)
    message = await a_team_of_ones_own(town, zoe, gus, uma, xan)
    kept = await hidden_rows(town)
    for person in (zoe, gus, uma, xan):
        said = ""
        # Guests and others come to one gate: a value of each kind tells whether it is shut.
        for payload in taps(message, person, values if person is zoe else values[1:2] + values[4:6] + values[-1:]):
            assert (await send(town, payload)).status == 200, payload["actions"]
            said += await shut(town, person)
        assert given_away(town, said + await told(town, person)) == [], person.name
        assert await hidden_rows(town) == kept, person.name


@on_both
async def test_no_made_up_form_tells_or_changes_anything_of_a_team_that_is_hidden(town: City) -> None:
    zoe = town.bystander
    team, closed, opened, item, adopt, *_others = await a_hidden_team(town)
    message = await a_team_of_ones_own(town, zoe)
    [mine] = [row for row in await rows(town, "teams") if row["name"] == "Lobby"]
    action = {
        "type": "button",
        "action_id": Do.ADD_ACTION,
        "block_id": "b",
        "value": str(mine["id"]),
        "action_ts": "1.1",
    }
    await send(town, interactions.block_actions(message.original, zoe, action=action, state={}))
    await town.bot.in_flight.landed()
    assert zoe.modal is not None
    for field, value in ((Do.ACTION_DIMENSION, "A"), (Do.ACTION_TEXT, "Mine")):
        await zoe.fills(field, value)
    form, kept, said = interactions.view_submission(zoe.modal), await hidden_rows(town), ""
    for about in (
        {"team": int(team)},
        {"item": int(item)},
        {"item": int(item), "list": True},
        *({"round": int(each), "key": adopt.partition(":")[2]} for each in (closed, opened)),
    ):
        for view in (View.ACTION, View.DROP_ACTION):
            form["view"] |= {"private_metadata": json.dumps(about), "callback_id": view}
            form["view"]["state"]["values"] |= {Do.ACTION_WHY: {Do.ACTION_WHY: {"value": "because"}}}
            answer = await send(town, form)
            said += answer.body
            assert answer.status == 200, (about, view)
    for round_id in (closed, opened):
        form["view"] |= {"private_metadata": round_id, "callback_id": View.NOTES}
        form["view"]["state"]["values"] = {f"{Do.NOTE}:A": {Do.NOTE: {"value": "Mine"}}}
        said += (await send(town, form)).body
    assert given_away(town, said + await told(town, zoe)) == []
    assert await hidden_rows(town) == kept
