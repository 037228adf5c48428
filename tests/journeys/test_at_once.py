"""Two people at the same team or channel at once: one is first, the other reads so, and neither sees a fault."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

import pytest
from sqlalchemy import text

from bot.operations import teams_apply
from bot.operations.teams_file import WantedTeam
from bot.operations.teams_run import Applying
from bot.slack.ids import Do
from storage import teams
from tests.journeys.city import PATIENCE, City
from tests.journeys.raw import send, tapped
from tests.journeys.records import rows
from tests.journeys.taking_on import listed, submit
from tests.journeys.test_settings import looked_again, settings
from tests.storage.builders import on_both
from tests.storage.locks import be_patient, wait_for_locks

A = TypeVar("A")
B = TypeVar("B")


def said(town: City) -> list[str]:
    """What the first two people read."""
    return [str(person.modal.blocks) if person.modal else "" for person in town.people[:2]]


async def save_at_once(town: City) -> None:
    """The first two people save their forms, of which neither is done before the other has begun."""
    saving = (person.submits() for person in town.people[:2])
    if town.bot.database.is_sqlite:
        await asyncio.gather(*saving)
    else:
        be_patient(town.bot.database)
        async with town.bot.database.begin() as session:
            await session.execute(text("LOCK TABLE audit_entries IN SHARE MODE"))  # the last that a save writes
            await asyncio.gather(*saving)
            await wait_for_locks(town.bot.database, number=2)
    await town.bot.in_flight.landed()


async def both_held(town: City, first: Coroutine[Any, Any, A], second: Coroutine[Any, Any, B]) -> tuple[A, B]:
    """What comes of two that write, of which the first is not done before the second waits for it."""
    if town.bot.database.is_sqlite:
        beginning, following = asyncio.create_task(first), asyncio.create_task(second)
    else:
        be_patient(town.bot.database)
        async with town.bot.database.begin() as session:
            await session.execute(text("LOCK TABLE audit_entries IN SHARE MODE"))
            beginning = asyncio.create_task(first)
            await wait_for_locks(town.bot.database, number=1)
            following = asyncio.create_task(second)
            await wait_for_locks(town.bot.database, number=2)
    both = await beginning, await following
    await town.bot.in_flight.landed()
    return both


@on_both
async def test_of_two_who_set_a_channel_up_at_once_the_second_reads_whose_team_it_is(town: City) -> None:
    for person in town.people[:2]:
        await town.open_setup(person)
    await save_at_once(town)
    done, refused = sorted(said(town), key=lambda each: "are set up" not in each)
    assert "are set up" in done
    assert "Only its managers and workspace admins" in refused
    assert len(await rows(town, "teams")) == 1


@on_both
async def test_of_two_teams_that_move_into_one_channel_at_once_the_second_stays(town: City) -> None:
    ana, ben = town.people[:2]
    await town.set_up()
    parks = town.workspace.add_channel("parks", members=[ben, town.installation])
    await town.set_up(ben, where=parks, name="parks")
    hall = town.workspace.add_channel("hall", members=[*town.people, town.installation])
    for person, channel in ((ana, town.channel), (ben, parks)):
        await settings(town, person, where=channel)
        await person.fills("channel", hall.id)
    await save_at_once(town)
    assert sum("has a team already" in each for each in said(town)) == 1, said(town)
    assert len([row for row in await rows(town, "teams") if row["channel_id"] == hall.id]) == 1


@on_both
async def test_a_channel_that_is_set_up_while_a_file_is_applied_to_it_gets_one_team(town: City) -> None:
    ana = town.manager
    await town.open_setup()
    wanted = WantedTeam(channel=town.channel.id, fields={"weekday": "friday"}, managers=(ana.id,))
    async with teams_apply._opened(town.settings({})) as (database, slack):
        be_patient(database)
        client = await slack.client(town.workspace.id)
        applying = Applying(database, slack, client, workspace_id=town.workspace.id, dry_run=False)
        _saved, (lines, complete) = await both_held(town, ana.submits(), applying.all([wanted], now=town.clock()))
    assert complete, lines
    assert ana.modal is not None
    assert "are set up" in str(ana.modal.blocks) or "are saved" in str(ana.modal.blocks)
    assert len(await rows(town, "teams")) == 1
    assert len(await rows(town, "audit_entries")) == 2


@on_both
async def test_a_channel_that_is_set_up_by_its_new_id_while_slack_tells_of_it_keeps_that_team(
    town: City, caplog: pytest.LogCaptureFixture
) -> None:
    ana, ben = town.people[:2]
    await town.set_up(ana)
    converted = town.workspace.add_channel("converted", members=[*town.people, town.installation])
    await town.open_setup(ben, where=converted)
    event = {"type": "channel_id_changed", "old_channel_id": town.channel.id, "new_channel_id": converted.id}

    async def tell() -> None:
        town.workspace.announce(event)
        await town.settled()

    await both_held(town, ben.submits(), tell())
    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == []
    channels = [row["channel_id"] for row in await rows(town, "teams")]
    assert converted.id in channels
    assert len(channels) == len(set(channels))


@pytest.mark.parametrize("command", ["pause", "resume", "skip", "start"])
@on_both
async def test_a_team_that_is_deleted_while_somebody_changes_it_goes_all_the_same(town: City, command: str) -> None:
    await town.set_up()
    if command == "resume":
        await town.manages("pause")
    form = await settings(town, town.manager)
    deleting = town.manager.taps(form, action_id=Do.DELETE_TEAM)
    _deleted, answer = await both_held(town, deleting, town.manager.types(f"/maturity {command}", town.channel))
    if not town.bot.database.is_sqlite:  # where either may be the first
        assert answer.text == "*permits* is being deleted. Its channel is free again in a minute."
    await looked_again(town)
    assert await rows(town, "teams") == []


@on_both
async def test_a_team_that_is_deleted_while_it_is_started_from_its_confirmation_goes_all_the_same(town: City) -> None:
    ana, ben = town.people[:2]
    await town.open_setup(ana)
    await ana.submits()
    confirmation = await town.until(lambda: ana.modal if ana.modal and "are set up" in str(ana.modal.blocks) else None)
    await town.manages("managers add @ben")
    await town.manages("pause")
    form = await settings(town, ben)
    await both_held(town, ben.taps(form, action_id=Do.DELETE_TEAM), ana.taps(confirmation, action_id=Do.START_NOW))
    await looked_again(town)
    assert await rows(town, "teams") == []


@on_both
async def test_a_team_that_is_deleted_while_an_older_form_for_its_channel_is_saved_goes_all_the_same(
    town: City,
) -> None:
    ana, ben = town.people[:2]
    await town.open_setup(ben)
    await town.set_up(ana)
    await town.manages("managers add @ben")
    form = await settings(town, ana)
    await both_held(town, ana.taps(form, action_id=Do.DELETE_TEAM), ben.submits())
    if not town.bot.database.is_sqlite:
        assert "is being deleted" in str(ben.modal.blocks if ben.modal else "")
        await looked_again(town)
        assert await rows(town, "teams") == []


@on_both
async def test_who_saves_an_action_while_its_team_goes_reads_that_it_is_gone_and_holds_nothing_up(town: City) -> None:
    ana = town.manager
    await town.set_up()
    await ana.taps(await listed(town, ana), action_id=Do.ADD_ACTION)
    await submit(ana, dimension="C", text="Lunch")
    item = (await rows(town, "action_items"))[0]
    await ana.taps(await listed(town, ana), action_id=Do.ACTION_MENU, value=f"edit:{item['id']}")
    be_patient(town.bot.database)
    async with town.bot.database.begin() as session:
        team = await teams.hold(session, item["team_id"], workspace_id=town.workspace.id)
        assert team is not None
        saving = asyncio.create_task(ana.submits())
        await wait_for_locks(town.bot.database, number=1)
        await teams.remove(session, team)
    assert list((await saving).errors.values()) == ["This action is gone."]
    assert await rows(town, "action_items") == []


async def test_five_taps_from_a_client_that_lags_end_in_the_receipt(town: City) -> None:
    await town.set_up()
    await town.opened()
    ben = town.people[1]
    prompt = await town.sees(ben, "Choose the level where you stop")
    slow = town.sandbox.faults.add(
        method="response_url", kind="slow", times=10, delay=None, when=lambda said: "Thank you" not in str(said)
    )
    for dimension in "ABCDE":  # the client shows with each what it had before the first
        await send(town, tapped(prompt, ben, dimension=dimension))
    await town.sandbox.until(lambda: town.newest(ben, "Thank you"), timeout=PATIENCE)
    slow.release()
    await town.bot.in_flight.landed()
    assert town.newest(ben, "Thank you")


@on_both
async def test_taps_that_arrive_in_another_order_than_they_were_tapped_in_change_nothing_on_the_screen(
    town: City,
) -> None:
    await town.set_up()
    await town.opened()
    ben = town.people[1]
    prompt = await town.sees(ben, "Choose the level where you stop")
    first, second = tapped(prompt, ben, dimension="A"), tapped(prompt, ben, dimension="B")
    for payload in (second, first):
        await send(town, payload)
    await town.bot.in_flight.landed()
    now_there = await town.sees(ben, "Choose the level where you stop")
    assert (now_there.blocks, now_there.edited) == (prompt.blocks, False)
    assert {row["dimension"] for row in await rows(town, "answers")} == {"A", "B"}
