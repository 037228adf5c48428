"""A share for each person: what one asks for, however often, keeps nobody else waiting."""

import asyncio
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.notices.file_message import MOST_UNDER_WAY
from bot.slack.ids import Do
from tests.journeys.city import PATIENCE, City
from tests.journeys.records import calls, rows
from tests.journeys.test_settings import delete, settings
from tests.journeys.test_what_a_summary_says import promised
from tests.storage.builders import on_both

TIMES = 120


async def cancelled(town: City) -> None:
    """The manager starts a round and cancels it."""
    await town.opened()
    await cancelled_now(town)


async def cancelled_now(town: City) -> None:
    """The manager cancels the round that is open, or opens now."""
    for person in town.people:
        await town.sees(person, "Choose the level where you stop")
    await town.manages("cancel")
    offer = await town.sees(town.manager, "there will be no summary", where=town.channel)
    await town.manager.taps(offer, action_id=Do.CANCEL_NOW)
    await town.until(
        lambda: not any(town.seen(person, "Choose the level where you stop") for person in town.people) or None
    )
    await town.settled()


@on_both
@pytest.mark.slow
async def test_pictures_that_one_person_asks_for_keep_no_check_in_waiting(town: City) -> None:
    await town.set_up()
    await town.round()
    zoe = town.bystander
    parks = town.workspace.add_channel("parks", members=[zoe, town.installation])
    await town.set_up(zoe, where=parks, name="parks")
    stuck = town.sandbox.faults.add(method="files.getUploadURLExternal", kind="slow", delay=None, times=TIMES)

    told = await asyncio.gather(*(town.manages("trend") for _time in range(TIMES)))
    refused = [each for each in told if "still on their way" in each.text or "still being answered" in each.text]
    owed = [row for row in await rows(town, "deliveries") if row["kind"] == "file"]
    assert len(owed) == TIMES - len(refused) <= MOST_UNDER_WAY
    for _time in range(MOST_UNDER_WAY - len(owed)):
        assert "on their way" not in (await town.manages("trend")).text
    assert "still on their way" in (await town.manages("trend")).text
    await town.ticks()
    await town.sandbox.until(lambda: stuck.times < TIMES or None, timeout=PATIENCE)

    assert "Opening a round" in (await zoe.types("/maturity start", parks)).text
    async with asyncio.timeout(PATIENCE):
        while not town.seen(zoe, "Choose the level where you stop"):
            changed = town.sandbox.changes.upcoming()
            await town.ticks()
            await asyncio.wait({changed}, timeout=0.05)  # a tick whose work shows nothing in Slack
    assert [row["state"] for row in await rows(town, "deliveries") if row["kind"] == "file"].count("sent") == 0
    stuck.release()
    await town.settled()
    sent = [row["state"] for row in await rows(town, "deliveries") if row["kind"] == "file"]
    assert sent == ["sent"] * MOST_UNDER_WAY


@on_both
async def test_too_many_files_are_not_too_many_messages(town: City) -> None:
    await town.set_up()
    await town.round()
    zoe = town.bystander
    parks = town.workspace.add_channel("parks", members=[zoe, town.installation])
    await town.set_up(zoe, where=parks, name="parks")
    town.sandbox.faults.add(method="files.getUploadURLExternal", kind="ratelimited", retry_after=3000)
    await town.manages("trend")
    await town.settled()
    before = town.clock()
    await zoe.types("/maturity start", parks)
    await town.sees(zoe, "Choose the level where you stop")
    assert (town.clock() - before).total_seconds() < 60


@on_both
async def test_a_team_is_started_and_cancelled_twice_a_day(town: City) -> None:
    await town.set_up()
    for _time in range(2):
        await cancelled(town)
    said = (await town.manages("start")).text
    assert said.startswith("Two rounds were cancelled today, or deleted with their team. *permits* can be started from")
    assert "Tuesday 6 October 2026, 00:00 (America/Chicago)" in said
    await promised(town, said)


@on_both
async def test_another_time_of_day_is_no_way_round_that(town: City) -> None:
    await town.set_up(cadence="1", local_time="10:30")
    town.clock.move(days=1, minutes=31)
    await cancelled_now(town)
    at = town.clock().astimezone(ZoneInfo("America/Chicago")) + timedelta(minutes=30)
    await town.set_up(local_time=f"{at:%H:%M}")
    [team] = await rows(town, "teams")
    assert team["next_slot_date"] == date(2026, 10, 13), "a week later"
    town.clock.move(minutes=31)
    await town.settled()
    assert [row["state"] for row in await rows(town, "rounds")] == ["cancelled"]


async def deleted(town: City) -> None:
    """The manager deletes the team, and it is gone."""
    await delete(town, town.manager, await settings(town, town.manager))
    while await rows(town, "teams"):
        town.clock.move(seconds=2)
        await town.settled()


@on_both
async def test_a_team_that_is_deleted_and_set_up_anew_is_no_way_round_that(town: City) -> None:
    for _time in range(2):
        await town.set_up()
        await town.opened()
        await deleted(town)
    await town.set_up()
    said = (await town.manages("start")).text
    assert said.startswith("Two rounds were cancelled today, or deleted with their team.")
    assert "*permits* can be started from" in said
    town.clock.move(days=1)
    await town.opened()


@on_both
async def test_nor_is_another_team_of_the_same_people(town: City) -> None:
    await town.set_up()
    for _time in range(2):
        await cancelled(town)
    await town.manages("pause")
    ana, zoe = town.manager, town.bystander
    twin = town.workspace.add_channel("twin", members=[*town.people, town.installation])
    await town.set_up(where=twin, name="twin")
    said = (await ana.types("/maturity start", twin)).text
    assert said.startswith("Two rounds were cancelled today")
    assert "permits" not in said
    parks = town.workspace.add_channel("parks", members=[ana, zoe, town.installation])
    parks.add_members([town.workspace.add_person(name="Yan")])
    await town.set_up(zoe, where=parks, name="parks")
    assert "Opening a round" in (await zoe.types("/maturity start", parks)).text, "one of three"


async def test_rounds_that_closed_with_their_result_are_none_that_ended_for_nothing(town: City) -> None:
    zoe = town.bystander
    for name in ("first", "second"):
        members = [town.manager, *(town.workspace.add_person(name=f"{name}{number}") for number in range(4))]
        channel = town.workspace.add_channel(name, members=[*members, town.installation])
        await town.set_up(where=channel, name=name)
        assert "Opening a round" in (await town.manager.types("/maturity start", channel)).text
        for person in members:
            await town.answer(person, (2,) * 5)
        await town.manager.types("/maturity close", channel)
        offer = await town.sees(town.manager, "Close now", where=channel)
        await town.manager.taps(offer, action_id=Do.CLOSE_NOW)
        await town.sees(town.manager, ": round 1", where=channel)
        await delete(town, town.manager, await settings(town, town.manager, where=channel))
        while await rows(town, "teams"):
            town.clock.move(seconds=2)
            await town.settled()
    third = town.workspace.add_channel("third", members=[town.manager, zoe, *town.people[1:], town.installation])
    await town.set_up(where=third, name="third")
    assert "Opening a round" in (await town.manager.types("/maturity start", third)).text


async def test_choices_in_a_form_are_counted_as_commands_are(town: City) -> None:
    zoe = town.bystander
    await town.open_setup()
    parks = town.workspace.add_channel("parks", members=[zoe, town.installation])
    stuck = town.sandbox.faults.add(method="views.update", kind="slow", delay=None, times=100)
    for cadence in ("1", "2", "4", "13"):
        await town.manager.fills("cadence", cadence)
    await town.manager.fills("cadence", "1")
    assert "still being answered" in (await town.manager.types("/maturity overview", town.channel)).text
    assert "still being answered" not in (await zoe.types("/maturity overview", parks)).text
    stuck.release()
    town.sandbox.faults.clear()
    await town.bot.in_flight.landed()
    assert "still being answered" in str([each.blocks for each in town.manager.modals])
    assert "still being answered" not in (await town.manager.types("/maturity overview", town.channel)).text


async def test_what_is_pressed_in_home_is_counted_as_its_command_is(town: City) -> None:
    ana, zoe = town.manager, town.bystander
    await town.set_up()
    parks = town.workspace.add_channel("parks", members=[zoe, town.installation])
    [team] = await rows(town, "teams")
    home = await town.opens_home(ana)
    stuck = town.sandbox.faults.add(method="views.open", kind="slow", delay=None, times=TIMES)
    town.bot.in_flight.patience = PATIENCE
    pressed = [
        asyncio.ensure_future(ana.taps(home, action_id=Do.HOME_SETTINGS, value=str(team["id"]))) for _time in range(4)
    ]
    await town.sandbox.until(lambda: stuck.times <= TIMES - 4 or None, timeout=PATIENCE)
    await ana.taps(home, action_id=Do.HOME_START, value=str(team["id"]))
    assert "still being answered" in (await town.manager.types("/maturity overview", town.channel)).text
    assert "still being answered" not in (await zoe.types("/maturity overview", parks)).text
    stuck.release()
    assert {reply.status for reply in await asyncio.gather(*pressed)} == {200}
    await town.bot.in_flight.landed()
    assert "still being answered" in str([each.blocks for each in ana.modals]), "what was pressed as the fifth"
    assert "still being answered" not in (await town.manager.types("/maturity overview", town.channel)).text


@on_both
async def test_a_round_that_is_extended_again_and_again_owes_each_member_one_message(town: City) -> None:
    await town.set_up()
    await town.opened()
    await town.settled()
    before = len(town.sandbox.traffic.records)
    for _time in range(6):
        assert "is open until" in (await town.manages("extend")).text
    await town.settled()
    assert calls(town, since=before).count("chat.update") == len(town.people)
    [opened] = await rows(town, "rounds")
    assert opened["closes_at"].date() == date(2026, 10, 19)
    for person in town.people:
        await town.sees(person, "Monday 19 October 2026")


async def test_who_is_made_a_manager_again_and_again_reads_it_once_a_day(town: City) -> None:
    await town.set_up()
    ben, cho = town.people[1:3]
    for _time in range(5):
        for word in ("add", "remove"):
            town.clock.move(seconds=1)
            assert "manager of" in (await town.manages(f"managers {word} <@{ben.id}>, <@{cho.id}>")).text
    await town.settled()
    for person in (ben, cho):
        assert len(town.seen(person, "made you a manager")) == 1
    town.clock.move(days=1)
    await town.manages(f"managers add <@{ben.id}>")
    await town.settled()
    assert len(town.seen(ben, "made you a manager")) == 2
