"""What can't be seen is not told: refusals on made-up values, and menus while Slack refuses."""

import json
import re
from typing import Any

import pytest

from bot.sandbox import Person, SeenMessage
from bot.sandbox.people import interactions
from bot.sandbox.wire.faults import Fault
from bot.slack.ids import Do
from tests.journeys.city import City
from tests.journeys.raw import one_sentence, send
from tests.journeys.records import rows
from tests.journeys.test_settings import saved, settings
from tests.journeys.test_typed import answered
from tests.storage.builders import on_both


def forged(on: SeenMessage, person: Person, *, action_id: str, value: str) -> dict[str, Any]:
    """A button of ours in somebody's own conversation, whose value they made up."""
    sandbox = person.workspace.sandbox
    action = {"type": "button", "action_id": action_id, "block_id": "b", "value": value,
              "action_ts": sandbox.stamps.next(sandbox.now())}  # fmt: skip
    return interactions.block_actions(on.original, person, action=action, state={})


@on_both
async def test_a_made_up_value_or_channel_tells_nothing_about_a_team_that_one_cannot_see(town: City) -> None:
    ana, zoe = town.manager, town.bystander
    hidden = town.workspace.add_channel("merger", members=[*town.people, town.installation], is_private=True)
    await town.set_up(where=hidden, name="Merger")
    town.channel = hidden
    adopt = next(block["accessory"]["value"] for block in (await town.round()).blocks if "accessory" in block)
    await ana.taps(await town.sees(ana, ": round ", where=hidden), action_id=Do.ADOPT, value=adopt)
    await ana.submits()
    town.clock.move(days=8)
    await town.opened()
    [team], [closed, opened], [item] = [await rows(town, table) for table in ("teams", "rounds", "action_items")]
    lobby = town.workspace.add_channel("lobby", members=[zoe])
    await town.opens_home(zoe)
    # Everybody is known by now, so that nothing is put off until Slack was asked.
    empty = town.workspace.add_channel("empty", members=[ana], is_private=True)

    said = []
    for word in ("summary", "start", "settings", "managers", "export", "remind", "trend", "managers add me"):
        asked = [
            (await answered(town, f"{word} <#{channel.id}|x>", where=lobby, user_id=zoe.id)).replace(channel.id, "")
            for channel in (hidden, empty)
        ]
        assert asked[0] == asked[1], word
        said += asked
    for typed in ("summary Merge", "pause merger", "trend #merger", "settings Merger"):
        await zoe.types(f"/maturity {typed}", lobby)
        await town.bot.in_flight.landed()
        refusal = zoe.sees(lobby)[-1].shown.splitlines()[-1]
        said.append(refusal.replace(typed.partition(" ")[2], ""))
    await zoe.types("/maturity checkin", zoe.dm(town.app))
    note = await town.sees(zoe, "You have no open check-in")
    for action_id, value in (
        (Do.CLOSE_NOW, opened["id"]),
        (Do.CANCEL_NOW, opened["id"]),
        (Do.DETAILS, opened["id"]),
        (Do.DETAILS, closed["id"]),
        (Do.SHARE, closed["id"]),
        (Do.POST_AGAIN, closed["id"]),
        (Do.CHANGE_ANSWERS, opened["id"]),
        (Do.ADD_NOTES, opened["id"]),
        (Do.ADOPT, adopt),
        (Do.ACTION_DONE, item["id"]),
        (Do.ACTION_STILL_ON, item["id"]),
        (Do.ACTION_DROP, item["id"]),
        (Do.ACTION_EDIT, item["id"]),
        (Do.START_NOW, team["id"]),
        (Do.ADD_ACTION, team["id"]),
        (Do.DELETE_TEAM, team["id"]),
        (Do.PREVIEW, team["id"]),
        (Do.HOME_START, team["id"]),
        (Do.HOME_SUMMARY, team["id"]),
        (Do.HOME_SETTINGS, team["id"]),
        (Do.HOME_CLOSE, team["id"]),
        (Do.HOME_REMIND, team["id"]),
        (Do.HOME_RESUME, team["id"]),
    ):
        said.append(await one_sentence(town, zoe, forged(note, zoe, action_id=action_id, value=str(value))))
    told = json.dumps(said)
    assert "erger" not in told
    assert "permits" not in told
    assert not any(person.id in told for person in town.people)
    # Nor does a form that moves another team there.
    await town.set_up(zoe, where=lobby, name="Lobby")
    moved = []
    other = town.workspace.add_channel("other", members=[ana, town.installation], is_private=True)
    strange = town.workspace.add_channel("strange", members=[ana], is_private=True)
    for channel in (hidden, other, strange):
        await settings(town, zoe, where=lobby)
        await zoe.fills("channel", channel.id)
        moved.append((await saved(town, zoe)).replace(channel.id, ""))
        while zoe.modals:
            await zoe.closes()
    assert "once both you and this app are in it" in moved[0]
    assert len({re.sub("'block_id': '[^']*'", "", each) for each in moved}) == 1


@on_both
async def test_a_form_with_a_made_up_channel_or_team_does_not_tell_which_team_has_a_name(town: City) -> None:
    zoe = town.bystander
    hidden = town.workspace.add_channel("merger", members=[*town.people, town.installation], is_private=True)
    await town.set_up(where=hidden, name="Merger")
    [team] = await rows(town, "teams")
    lobby = town.workspace.add_channel("lobby", members=[zoe, town.installation])
    await town.open_setup(zoe, where=lobby)
    assert zoe.modal is not None
    await zoe.fills("name", "Merger")
    said = []
    for kept in (
        {"channel": lobby.id},
        {"channel": hidden.id},
        {"channel": lobby.id, "team": team["id"]},
        {"channel": lobby.id, "team": team["id"] + 1},
    ):
        payload = interactions.view_submission(zoe.modal)
        payload["view"]["private_metadata"] = json.dumps(kept)
        said.append(json.loads((await send(town, payload)).body)["errors"]["name"])
    assert said[0] == said[2] == said[3] == "This name is taken. Try “Merger lobby”."
    assert said[1] == "This name is taken. Try “Merger 2”."


async def test_the_menu_of_groups_is_remembered_and_shows_what_it_knew_while_slack_refuses(
    town: City, log: pytest.LogCaptureFixture
) -> None:
    town.workspace.add_usergroup("parks", "Parks crew", [town.manager])
    person = await town.open_setup()
    await person.fills("source", "usergroup")
    await town.bot.in_flight.landed()

    async def offered(typed: str) -> list[str]:
        return [option["text"]["text"] for option in await person.suggests("usergroup", "usergroup", typed)]

    def refuses() -> Fault:
        return town.sandbox.faults.add(method="usergroups.list", kind="ratelimited", times=100, retry_after=5)

    fault = refuses()
    assert [await offered(typed) for typed in ("p", "pa", "par")] == [[], [], []]
    assert fault.times == 99
    town.sandbox.faults.clear()
    town.clock.move(seconds=11)
    assert [await offered(typed) for typed in ("p", "pa", "par")] == [["Parks crew"]] * 3
    fault = refuses()
    town.clock.move(seconds=30)
    assert await offered("park") == ["Parks crew"]
    assert fault.times == 100
    town.clock.move(seconds=60)
    assert await offered("parks") == ["Parks crew"]
    assert fault.times == 99
    assert "ERROR" not in log.text
