"""Rosters, managers and channels kept right by what Slack tells of them."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.slack.ids import Do
from tests.journeys.city import City
from tests.journeys.records import rows
from tests.storage.builders import on_both

ONLY_ADMINS = "Only admins may do that: those of the workspace, and those named with `/maturity admins add`."
TUESDAY = datetime(2026, 10, 6, 15, 0, tzinfo=UTC)
FIRST = datetime(2026, 10, 8, 14, 0, tzinfo=UTC)
ASKED = "Choose the level where you stop"
REMINDED = "Your check-in for *permits* isn't finished."


async def opened(town: City, **fields: Any) -> None:
    await town.set_up(**fields)
    town.clock.move_to(TUESDAY)
    for person in town.people:
        await town.sees(person, ASKED)
    await town.settled()


async def roster(town: City) -> set[str]:
    return {row["user_id"] for row in await rows(town, "rosters")}


async def test_who_joins_is_a_member_at_once_and_asked_from_the_next_round_on(town_on_any_transport: City) -> None:
    town = town_on_any_transport
    await opened(town, cadence="1")
    town.channel.invite(town.bystander)
    town.channel.invite(town.bystander)
    await town.settled()
    assert town.bystander.id in await roster(town)
    await town.bystander.types("/maturity summary", town.channel)
    await town.sees(town.bystander, "no summary yet", where=town.channel)
    assert not town.seen(town.bystander, ASKED)
    assert "0 of 5 people have answered" in (await town.manages("close")).text
    await town.close_early()
    town.clock.move_to(TUESDAY.replace(day=13))
    await town.sees(town.bystander, ASKED)


@on_both
async def test_who_leaves_during_a_round_keeps_their_answers_and_gets_no_reminder(town: City) -> None:
    _ana, ben, cho, dev, eli = town.people
    await opened(town)
    for person in (ben, cho, dev, eli):
        await town.tap(person, await town.sees(person, ASKED), "A", 2)
    town.channel.remove(eli)
    dev.change(deleted=True)
    cho.change(is_restricted=True)
    await town.settled()
    town.clock.move_to(FIRST)
    await town.settled()
    assert town.seen(ben, REMINDED)
    assert not [person for person in (cho, dev, eli) if town.seen(person, REMINDED)]
    assert "4 of 5 people have answered" in (await town.manages("close")).text
    assert eli.id not in await roster(town)
    prompt = await town.sees(eli, ASKED)
    await town.tap(eli, prompt, "B", 3)
    assert len([row for row in await rows(town, "answers") if row["user_id"] == eli.id]) == 2


@on_both
async def test_a_user_group_that_changes_changes_its_team(town: City) -> None:
    _ana, ben, cho, _dev, _eli = town.people
    group = town.workspace.add_usergroup("inspectors", "Inspectors", [ben])
    ana = await town.open_setup()
    await ana.fills("source", "usergroup")
    await town.bot.in_flight.landed()
    await ana.suggests("usergroup", "usergroup", "insp")
    await ana.fills("usergroup", group.id)
    await ana.submits()
    await town.until(lambda: any("are set up" in str(each.blocks) for each in ana.modals) or None)
    assert await roster(town) == {ben.id}
    town.workspace.set_usergroup(group, [cho, town.bystander])
    await town.settled()
    assert await roster(town) == {cho.id, town.bystander.id}
    town.channel.invite(town.workspace.add_person(name="Newcomer"))
    await town.settled()
    assert await roster(town) == {cho.id, town.bystander.id}, "the channel isn't where its members come from"


@pytest.mark.parametrize("is_private", [False, True])
async def test_a_channel_that_the_app_was_taken_out_of_is_told_once_with_the_mend(
    town: City, *, is_private: bool
) -> None:
    room = town.workspace.add_channel("room", members=[*town.people, town.installation], is_private=is_private)
    await town.set_up(where=room, name="room")
    for time in (1, 2):
        room.remove(town.installation)
        await town.settled()
        told = town.seen(town.manager, "The app was taken out of")
        assert len(told) == time
        assert f"#{room.name}" in told[-1].shown
        assert "Invite it again: type `/invite` @maturity there." in told[-1].shown
        room.invite(town.installation)
        await town.settled()
        town.clock.move(minutes=1)
    assert [row["channel_lost"] for row in await rows(town, "teams")] == [None]


@on_both
async def test_an_archived_channel_is_told_once_and_its_summary_goes_out_once_it_is_back(town: City) -> None:
    await opened(town)
    await town.answer_example()
    town.channel.archive()
    await town.settled()
    await town.sees(town.manager, "is archived, so the next summary of *permits* can't be posted.")
    await town.manager.types("/maturity close permits", town.manager.dm(town.app))
    offer = await town.sees(town.manager, "Close now")
    await town.manager.taps(offer, action_id=Do.CLOSE_NOW)
    failed = await town.sees(town.manager, "could not be posted")
    town.channel.unarchive()
    await town.settled()
    await town.manager.taps(failed, action_id=Do.POST_AGAIN)
    assert "5 of 5 answered." in (await town.summary()).shown
    assert len(town.seen(town.manager, "is archived, so the next summary")) == 1


async def test_a_team_whose_channel_is_deleted_is_paused(town: City) -> None:
    await town.set_up()
    town.channel.delete()
    await town.settled()
    assert "`/maturity settings`" in (await town.sees(town.manager, "The channel of *permits* is deleted")).shown
    assert [row["next_step_at"] for row in await rows(town, "teams")] == [None]
    town.clock.move_to(TUESDAY)
    await town.settled()
    assert not town.seen(town.manager, ASKED)


async def test_a_channel_with_a_new_name_goes_on_as_before(town: City) -> None:
    await town.set_up()
    town.channel.rename("licences")
    await town.settled()
    assert "5 of 5 answered." in (await town.round()).shown
    assert "5 of 5 answered." in str((await town.manager.types("/maturity summary #licences", town.channel)).blocks)


@on_both
async def test_a_channel_with_a_new_id_goes_on_as_before(town: City) -> None:
    await opened(town)
    old = town.channel.id
    del town.workspace.channels[old]
    town.channel.id = "C0CONVERTED"
    town.workspace.channels[town.channel.id] = town.channel
    event = {"type": "channel_id_changed", "old_channel_id": old, "new_channel_id": town.channel.id}
    for _again in range(2):
        town.workspace.announce(event)
        await town.settled()
    await town.answer_example()
    assert "5 of 5 people have answered" in (await town.manages("close")).text
    await town.close_early()
    assert "5 of 5 answered." in (await town.summary()).shown


async def test_managers_add_and_remove_each_other_and_one_is_left(town: City) -> None:
    ana, ben, cho = town.people[:3]
    await town.set_up()
    assert (await town.manages("managers")).text.startswith(f"Managers of *permits*: <@{ana.id}>.")
    assert "needs a manager" in (await town.manages("managers remove @ana")).text
    assert "is a manager of *permits* now" in (await town.manages("managers add @ben")).text
    await town.sees(ben, "made you a manager of *permits*")
    assert "already" in (await town.manages("managers add @ben")).text
    said = (await ben.types("/maturity managers remove @ana permits", ben.dm(town.app))).text
    assert said == f"<@{ana.id}> is no longer a manager of *permits*. Its managers: <@{ben.id}>."
    assert (await ana.types("/maturity pause", town.channel)).text.startswith("Only its managers")
    assert "needs a manager" in (await ben.types("/maturity managers remove me", town.channel)).text
    assert (await cho.types("/maturity managers add me", town.channel)).text.startswith("Only its managers")
    assert "isn't a manager of *permits*." in (await ben.types("/maturity managers remove @cho", town.channel)).text
    assert "Say who" in (await ben.types("/maturity managers add", town.channel)).text
    assert "I don't know who “nobody” is" in (await ben.types("/maturity managers add nobody", town.channel)).text


async def test_only_full_members_of_the_workspace_manage(town: City) -> None:
    await town.set_up()
    town.workspace.add_person(name="Guest", is_restricted=True)
    await town.manages("managers add @guest")
    await town.sees(town.manager, "isn't a full member of this workspace", where=town.channel)
    ghost = town.workspace.add_person(name="Ghost")
    slow = town.sandbox.faults.add(method="users.info", kind="slow", delay=None)
    assert (await town.manages("managers add @ghost")).text == ""
    del town.workspace.people[ghost.id]
    slow.release()
    await town.sees(town.manager, "Slack doesn't know", where=town.channel)
    assert (await town.manages("managers add @zoe")).text == "", "somebody unknown is looked up first"
    await town.sees(town.manager, f"@{town.bystander.username} is a manager of *permits* now", where=town.channel)
    assert len(await rows(town, "managers")) == 2


async def test_when_the_last_manager_is_deactivated_admins_are_told_and_take_over(town: City) -> None:
    await town.set_up()
    mayor = town.workspace.add_person(name="Mayor", is_admin=True)
    own = mayor.dm(town.app)
    await mayor.types("/maturity admins", own)
    await town.sees(mayor, "are admins here", where=own)
    for _again in range(2):
        town.manager.change(deleted=True)
    await town.settled()
    assert len(town.seen(mayor, "*permits* has no manager any more: @ana can't manage it now.")) == 1
    reply = await mayor.types("/maturity managers add @me permits", own)
    assert reply.text == f"<@{mayor.id}> is a manager of *permits* now."
    assert "is skipped" in (await mayor.types("/maturity skip permits", own)).text


async def test_when_the_only_manager_leaves_the_channel_admins_are_told(town: City) -> None:
    await town.set_up()
    mayor = town.workspace.add_person(name="Mayor", is_owner=True)
    await mayor.types("/maturity admins", mayor.dm(town.app))
    await town.sees(mayor, "are admins here")
    town.channel.remove(town.people[1])
    town.channel.remove(town.manager)
    await town.settled()
    told = town.seen(mayor, "has left")
    assert len(told) == 1
    assert "The only manager of *permits*, @ana, has left #permits." in told[0].shown


@pytest.mark.parametrize("source", ["usergroup", "people"])
@on_both
async def test_an_only_manager_who_leaves_the_channel_is_told_of_once_whoever_the_members_are(
    town: City, source: str
) -> None:
    ana, ben, cho = town.people[:3]
    if source == "usergroup":
        group = town.workspace.add_usergroup("permits", "Permit people", [ben, cho])
        await town.open_setup()
        await ana.fills("source", "usergroup")
        await town.bot.in_flight.landed()
        await ana.suggests("usergroup", "usergroup", "permit")
        await ana.fills("usergroup", group.id)
        await ana.submits()
        await town.until(lambda: any("are set up" in str(each.blocks) for each in ana.modals) or None)
    else:
        await town.set_up(source="people", people=[ben, cho])
    mayor = town.workspace.add_person(name="Mayor", is_owner=True)
    await mayor.types("/maturity admins", mayor.dm(town.app))
    await town.sees(mayor, "are admins here")
    town.channel.remove(ben)
    left = {"type": "member_left_channel", "user": ana.id, "channel": town.channel.id, "event_ts": "1791300000.000100"}
    for _again in range(2):
        town.workspace.announce(left)
    await town.settled()
    assert len(town.seen(mayor, "The only manager of *permits*, @ana, has left #permits.")) == 1
    town.workspace.announce({**left, "event_ts": "1791400000.000100"})
    await town.settled()
    assert len(town.seen(mayor, "The only manager of *permits*, @ana, has left #permits.")) == 2


async def test_an_admin_who_never_used_the_app_is_told_of_a_team_without_manager(town: City) -> None:
    await town.set_up()
    mayor = town.workspace.add_person(name="Mayor")
    town.bystander.change(tz="Asia/Tokyo")
    mayor.change(is_admin=True)
    await town.settled()
    known = {row["user_id"] for row in await rows(town, "people")}
    assert mayor.id in known
    assert town.bystander.id not in known, "of others nothing is kept before they are asked or ask"
    town.manager.change(deleted=True)
    await town.sees(mayor, "*permits* has no manager any more")


@on_both
async def test_admins_are_named_by_admins(town: City) -> None:
    await town.set_up()
    mayor = town.workspace.add_person(name="Mayor", is_admin=True)
    own, zoe = mayor.dm(town.app), town.bystander
    assert (await town.manages("admins add @ben")).text == ONLY_ADMINS
    await mayor.types("/maturity admins add @zoe", own)
    await town.sees(mayor, "@zoe is an admin here now", where=own)
    assert "is an admin here now" in (await mayor.types("/maturity admins add @zoe", own)).text
    assert "is skipped" in (await zoe.types("/maturity skip permits", zoe.dm(town.app))).text
    assert f"<@{zoe.id}>" in (await mayor.types("/maturity admins", own)).text
    assert "is changed in Slack" in (await mayor.types("/maturity admins remove me", own)).text
    assert "is no longer an admin here" in (await mayor.types("/maturity admins remove @zoe", own)).text
    assert "isn't an admin here." in (await mayor.types("/maturity admins remove @zoe", own)).text
    assert (await zoe.types("/maturity skip permits", zoe.dm(town.app))).text.startswith("There is no team called")
    assert (await zoe.types("/maturity admins", zoe.dm(town.app))).text == ONLY_ADMINS
