"""Who is a member, for asking and for access alike; and for whom the names and notes of a named round are."""

import json
from functools import partial
from typing import Any

import pytest

from bot.sandbox import Person, SeenMessage
from bot.sandbox.wire.faults import FaultKind
from bot.slack.ids import Do
from storage.models import Person as Row
from tests.bot.test_exports import unzipped
from tests.journeys.city import EXAMPLE, PATIENCE, City
from tests.journeys.raw import send
from tests.journeys.records import rows
from tests.journeys.test_export import content
from tests.journeys.test_hidden_teams import forged
from tests.journeys.test_slow_database import hasty
from tests.storage.builders import on_both

REFUSED = (
    "Check-ins and their results are for full members of this workspace, "
    "not for guests or people of other organisations."
)
NOTE = "Ask me about the survey"
WHOLE = "1 person at level 1"
"""What only the whole print of the example says."""


def others(town: City) -> list[Person]:
    """A guest and an admin of another organisation, in the team's channel."""
    found = [
        town.workspace.add_person(name="Gus", is_restricted=True),
        town.workspace.add_person(name="Xan", team_id="T0THEIRS", is_admin=True),
    ]
    town.channel.invite(*found)
    return found


async def a_named_round(town: City) -> SeenMessage:
    """A named round of the example, with one note; its summary in the channel."""
    await town.set_up(privacy="named")
    await town.opened()
    await town.answer_example()
    ben = town.people[1]
    await ben.taps(await town.sees(ben, "Thank you"), action_id=Do.ADD_NOTES)
    await ben.fills("note:A", NOTE)
    await ben.submits()
    await town.close_early()
    return await town.summary()


def tells_names_or_notes(town: City, shown: str) -> list[str]:
    return [words for words in (WHOLE, NOTE, *(f": {person.name}" for person in town.people)) if words in shown]


@on_both
async def test_guests_and_people_of_other_organisations_are_neither_asked_nor_counted(town: City) -> None:
    outsiders = others(town)
    await town.set_up()
    await town.opened()
    asked = {row["user_id"] for row in await rows(town, "round_members")}
    assert asked == {person.id for person in town.people}
    assert "5 people are being asked" in (await town.sees(town.manager, "is open")).shown
    await town.settled()
    for person in outsiders:
        assert town.newest(person, "Choose the level where you stop") is None


@on_both
async def test_whatever_they_tap_gets_one_sentence_and_home_shows_nothing(town: City) -> None:
    outsiders = others(town)
    outsiders.append(town.workspace.add_person(name="Uma", is_restricted=True, is_ultra_restricted=True))
    town.channel.invite(outsiders[-1])
    summary = await a_named_round(town)
    adopt = next(block["accessory"] for block in summary.blocks if "accessory" in block)
    for person in outsiders:
        for action_id, value in ((Do.DETAILS, None), (Do.ADOPT, adopt["value"])):
            await person.taps(summary, action_id=action_id, value=value)
            await town.bot.in_flight.landed()
            assert person.modal is None
            said = [each.shown for each in town.seen(person, "Check-ins and their", where=town.channel)]
            assert said[-1].strip().endswith(REFUSED), said
        home = (await town.opens_home(person)).shown
        assert "Guests and people of other organisations are not asked here." in home
        assert "[" not in home
        assert town.channel.name not in home
        reply = await town.manages(f"managers add <@{person.id}>")
        assert "isn't a full member of this workspace." in reply.text
    assert [row["user_id"] for row in await rows(town, "managers")] == [town.manager.id]
    assert await rows(town, "action_items") == []
    gus = outsiders[0]  # who alone of the two has commands
    for words in ("summary", "trend", "actions", "summary perm", "start", "setup"):
        assert (await gus.types(f"/maturity {words}", town.channel)).text == REFUSED, words


async def test_who_became_a_guest_with_a_form_open_is_refused_and_owns_nothing_new(town: City) -> None:
    await town.set_up()
    summary = await town.round()
    ben, (_gus, xan) = town.people[1], others(town)
    value = next(block["accessory"]["value"] for block in summary.blocks if "accessory" in block)
    await town.manager.taps(summary, action_id=Do.ADOPT, value=value)
    await town.manager.fills("action_owner", xan.id)
    assert "Choose someone who is a full member of this workspace." in str((await town.manager.submits()).errors)
    await ben.taps(summary, action_id=Do.ADOPT, value=value)
    ben.change(is_restricted=True)
    await town.settled()
    assert REFUSED in str((await ben.submits()).errors)
    assert await rows(town, "action_items") == []


@on_both
@pytest.mark.parametrize("becomes", [{"is_restricted": True}, {"team_id": "T0THEIRS"}], ids=["guest", "external"])
async def test_who_is_no_member_any_more_answers_nothing_more_and_what_they_answered_stays(
    town: City, becomes: dict[str, Any]
) -> None:
    await town.set_up()
    await town.opened()
    ben, cho = town.people[1:3]
    prompt = await town.sees(ben, "Choose the level where you stop")
    await town.tap(ben, prompt, "A", 4)
    for person in (town.manager, *town.people[2:]):
        await town.answer(person, (2,) * 5)
    receipt = await town.sees(cho, "Thank you")
    await cho.taps(receipt, action_id=Do.ADD_NOTES)
    for person in (ben, cho):
        person.change(**becomes)
    await town.settled()

    for dimension in "AB":
        before = len(town.seen(ben, "not for guests"))
        await town.tap(ben, prompt, dimension, 1)
        await town.until(lambda before=before: len(town.seen(ben, "not for guests")) > before or None)  # type: ignore[misc]
    assert "that tap was not saved. What you answered as a full member stays." in town.seen(ben, "guests")[-1].shown
    await cho.fills("note:A", NOTE)
    assert "so your notes were not saved" in str((await cho.submits()).errors)
    await cho.closes()
    [opened] = await rows(town, "rounds")
    for number, do in enumerate((Do.SKIP_ROUND, Do.SNOOZE), start=1):
        await send(town, forged(prompt, ben, action_id=do, value=str(opened["id"])))
        await town.until(lambda number=number: len(town.seen(ben, "Check-ins and their results")) == number or None)  # type: ignore[misc]
    assert not town.seen(ben, "You skipped this round"), "there would be no way back"
    for do in (Do.ADD_NOTES, Do.CHANGE_ANSWERS):
        await cho.taps(receipt, action_id=do)
        await town.bot.in_flight.landed()
        assert cho.modal is None
        assert REFUSED in town.seen(cho, "Check-ins and their")[-1].shown
    theirs = [row for row in await rows(town, "answers") if row["user_id"] == ben.id]
    assert [(row["dimension"], row["level"]) for row in theirs] == [("A", 4)]

    await town.close_early()
    await town.summary()
    counted = {(row["dimension"], row["level"]): row["answers"] for row in await rows(town, "round_counts")}
    assert counted == {("A", 4): 1, **{(dimension, 2): 4 for dimension in "ABCDE"}}
    assert await rows(town, "round_notes") == []


async def test_a_manager_and_named_admin_who_becomes_a_guest_is_neither_any_more(town: City) -> None:
    summary = await a_named_round(town)
    town.manager.change(is_admin=True)
    await town.settled()
    cho = town.people[2]
    for words in ("managers", "admins"):
        assert "now" in (await town.manages(f"{words} add <@{cho.id}>")).text
    assert "level 2: Ben, Cho and Dev" in await town.details(summary, cho)
    cho.change(is_restricted=True)
    await town.settled()
    await cho.taps(summary, action_id=Do.DETAILS)
    await town.bot.in_flight.landed()
    assert cho.modal is None
    for words in ("summary", "export", "audit", "admins", "managers", "start"):
        assert (await cho.types(f"/maturity {words}", town.channel)).text == REFUSED, words
    home = (await town.opens_home(cho)).shown
    assert town.channel.name not in home
    assert "[" not in home


@on_both
async def test_names_and_notes_are_for_those_who_were_asked_and_the_managers(town: City) -> None:
    summary = await a_named_round(town)
    assert tells_names_or_notes(town, summary.shown) == []
    eli = town.people[4]
    for person in (town.manager, eli):
        shown = await town.details(summary, person)
        assert "Level 1: Ana; level 2: Ben, Cho and Dev; level 3: Eli." in shown
        assert f"• Ben: {NOTE}" in shown
        await person.types("/maturity summary", town.channel)
        assert WHOLE in (await town.sees(person, "1 person at level 1", where=town.channel)).shown

    zoe = town.bystander
    mayor = town.workspace.add_person(name="Mayor", is_admin=True)
    town.channel.invite(zoe, mayor)
    await town.settled()
    for person in (zoe, mayor):
        shown = await town.details(summary, person)
        assert "At least 3 of 5 at level 2." in shown
        assert "are for those who were asked in it and the team's managers." in shown
        replies = [await person.types(f"/maturity {words}", town.channel) for words in ("summary", "trend", "overview")]
        told = shown + json.dumps([[reply.text, reply.blocks] for reply in replies])
        await town.settled()
        assert tells_names_or_notes(town, told) == [], person.name
        alt_texts = [file.alt_text for file in town.workspace.files.values()]
        assert any("at least 3 of 5" in each for each in alt_texts)

    await mayor.types("/maturity export", town.channel)
    await town.settled()
    file = next(each for each in mayor.sees(mayor.dm(town.app)) if any(name.endswith(".zip") for name in each.files))
    theirs = unzipped(content(file))
    assert theirs["notes.csv"] == []
    assert {row["at_least"] for row in theirs["rounds.csv"]} == {"3", ""}
    mine = await _export(town)
    assert [row["note"] for row in mine["notes.csv"]] == [NOTE]
    assert {row["at_least"] for row in mine["rounds.csv"]} == {""}


async def _export(town: City) -> dict[str, list[dict[str, str]]]:
    await town.manages("export")
    await town.settled()
    seen = town.manager.sees(town.manager.dm(town.app))
    file = next(each for each in seen if any(name.endswith(".zip") for name in each.files))
    return unzipped(content(file))


@on_both
async def test_who_joins_later_reads_the_round_they_are_asked_in_and_no_earlier_one_whole(town: City) -> None:
    first = await a_named_round(town)
    town.clock.move(days=8)
    zoe = town.bystander
    town.channel.invite(zoe)
    await town.settled()
    await town.opened()
    await town.sees(zoe, "everyone asked in it and the team's managers see your name beside your")
    await town.answer_all(EXAMPLE | {"C": (4, 4, 4, 4, 3)})
    await town.close_early()
    second = await town.summary()
    shown = await town.details(second, zoe)
    assert "level 4: Ben, Cho, Ana and Dev" in shown
    assert tells_names_or_notes(town, await town.details(first, zoe)) == []
    assert "level 2: Ben, Cho and Dev" in await town.details(first)


async def test_a_named_round_of_three_tells_the_channel_nothing_and_those_asked_all(town: City) -> None:
    await town.set_up(privacy="named")
    summary = await town.round({dimension: levels[:3] for dimension, levels in EXAMPLE.items()})
    assert "Too few answered, so there is nothing to show everyone: a question needs 4 answers." in summary.shown
    assert "erased" not in summary.shown
    assert "Level 1: Ana; level 2: Ben and Cho." in await town.details(summary)
    town.channel.invite(town.bystander)
    await town.settled()
    shown = await town.details(summary, town.bystander)
    assert "Too few answered" in shown
    assert "are for those who were asked in it" in shown
    assert tells_names_or_notes(town, shown) == []


@pytest.mark.parametrize("slack", ["answers", "is slow", "refuses"])
@on_both
async def test_of_whom_slack_was_not_asked_it_is_before_they_are_let_in(town: City, slack: str) -> None:
    outsider = others(town)[1]
    summary = await a_named_round(town)
    ana = town.manager
    if slack == "is slow":
        await hasty(town)
    async with town.bot.database.begin() as session:
        for person in (ana, outsider):  # as an earlier version left them
            await session.merge(Row(workspace_id=town.workspace.id, user_id=person.id, name=person.name, is_admin=True,
                                    is_external=None, read_at=town.clock()))  # fmt: skip
    if slack != "answers":
        kind: FaultKind = "slow" if slack == "is slow" else "internal_error"
        silent = town.sandbox.faults.add(method="users.info", kind=kind, times=99, delay=None)
    await outsider.taps(summary, action_id=Do.DETAILS)
    await ana.taps(summary, action_id=Do.DETAILS)
    if slack == "answers":
        await town.bot.in_flight.landed()
        await town.sees(outsider, REFUSED, where=town.channel)
        assert outsider.modal is None
    else:
        for person in (outsider, ana):
            said = partial(town.newest, person, "Slack hasn't said yet who you are.", where=town.channel)
            await town.sandbox.until(said, timeout=PATIENCE)
        assert (outsider.modal, ana.modal) == (None, None)
        town.sandbox.faults.clear()
        silent.release()
        await town.stop_bot()
        await town.start_bot()
        await ana.taps(summary, action_id=Do.DETAILS)
        await town.bot.in_flight.landed()
    assert ana.modal is not None
    assert "level 2: Ben, Cho and Dev" in ana.modal.shown


async def test_a_guest_reads_the_same_whatever_they_type_or_send(town: City) -> None:
    await town.set_up(name="Ops")
    gus, zoe = others(town)[0], town.bystander
    lobby = town.workspace.add_channel("lobby", members=[gus, zoe, town.installation])
    await gus.types("/maturity overview", lobby)
    await town.bot.in_flight.landed()
    for words in (
        "managers add Ben", "managers add Nobody", "managers Ops", "managers Ops add Ben", "managers add Ben Ops",
        "admins add Ben", "admins add Nobody", "skip off Ops", "extend 99", "extend 99 Ops", "summary last 99 Ops",
        "trend last x", "export xml", "export csv Ops", "audit Ops", "overview", "actions Ops", "pause Ops", "setup",
    ):  # fmt: skip
        assert (await gus.types(f"/maturity {words}", lobby)).text == REFUSED, words
    await town.open_setup(zoe, where=lobby)
    zoe.change(is_restricted=True)
    await town.settled()
    for name in ("Ops", "Free"):
        await zoe.fills("name", name)
        assert REFUSED in str((await zoe.submits()).errors), name


@on_both
async def test_an_admin_of_another_workspace_of_the_organisation_is_a_member_here_and_no_admin(town: City) -> None:
    await town.stop_bot()
    town.workspace.enterprise_id = "E0CITY"
    await town.start_bot()
    await town.set_up()
    of_grid = {"id": "W0GRID", "enterprise_id": "E0CITY", "enterprise_name": "City", "is_admin": True, "is_owner": True}
    gil, ida = (
        town.workspace.add_person(
            name=name, team_id="T0SISTER", is_admin=True, enterprise_user=of_grid | {"teams": teams}
        )
        for name, teams in (("Gil", ["T0SISTER"]), ("Ida", ["T0SISTER", town.workspace.id]))
    )
    await town.round()
    parks = town.workspace.add_channel("parks", members=[gil, ida, town.installation])
    await town.set_up(ida, where=parks)
    about_parks = await town.sees(gil, "Check-ins for", where=parks)
    [closed] = await rows(town, "rounds")
    await send(town, forged(about_parks, gil, action_id=Do.DETAILS, value=str(closed["id"])))
    await town.sees(gil, "Only a team's own people may do that", where=parks)
    assert "For admins" in (await town.opens_home(ida)).shown
    town.manager.change(deleted=True)
    await town.sees(ida, "has no manager any more")
    assert town.newest(gil, "has no manager any more") is None
    # A member they are all the same.
    await ida.types("/maturity start", parks)
    await town.sees(gil, "Choose the level where you stop")
