"""A team changes: it moves to another channel, is paused and started, is handed over, is deleted."""

import asyncio

from bot.sandbox import Channel, Person
from bot.sandbox.state.records import View
from bot.slack.ids import Do
from tests.journeys.city import City
from tests.journeys.records import rows
from tests.storage.builders import on_both

ASKED = "Choose the level where you stop"


async def settings(town: City, person: Person, *, where: Channel | None = None, words: str = "") -> View:
    """Type `/maturity settings`, and wait for the form."""
    reply = await person.types(f"/maturity settings {words}", where or town.channel)
    assert (reply.status, reply.text) == (200, ""), reply
    return await town.until(
        lambda: person.modal if person.modal and person.modal.body.get("callback_id") == "setup" else None
    )


async def saved(town: City, person: Person) -> str:
    """Save the form; what is said on top of it."""
    submitted = await person.submits()
    assert submitted.response_action == "push", submitted

    def said() -> str | None:
        text = str(person.modal.blocks) if person.modal else ""
        return text if "One moment." not in text else None

    return await town.until(said)


async def delete(town: City, person: Person, form: View) -> None:
    reply = await person.taps(form, action_id=Do.DELETE_TEAM)
    assert reply.status == 200, reply
    await town.bot.in_flight.landed()


async def looked_again(town: City) -> None:
    """Whether the last message is out, a worker looks once a second."""
    await town.settled()
    town.clock.move(seconds=2)
    await town.settled()


async def test_a_team_moves_and_the_summary_of_its_open_round_follows(town_on_any_transport: City) -> None:
    town = town_on_any_transport
    await town.set_up()
    await town.opened()
    await town.answer_example()
    hall = town.workspace.add_channel("hall", members=[town.manager, town.people[1]])
    await settings(town, town.manager)
    await town.manager.fills("channel", hall.id)
    assert f"Its channel is now <#{hall.id}>." in await saved(town, town.manager)
    assert town.installation.bot_user_id in hall.members
    assert {row["user_id"] for row in await rows(town, "rosters")} == {
        town.manager.id,
        town.people[1].id,
        town.installation.bot_user_id,
    }
    await town.manager.closes()
    old, town.channel = town.channel, hall
    await town.close_early()
    assert "5 of 5 answered." in (await town.summary()).shown
    assert not town.seen(town.manager, "round 1", where=old)
    for person in town.people:
        assert f"archives/{hall.id}/" in str(
            (await town.sees(person, "This round has closed. Thanks for taking part.")).blocks
        )
    reply = await town.manager.types("/maturity pause", old)
    assert "*permits* is paused" in reply.text, "the old channel has no team, and Ana has one"


@on_both
async def test_a_summary_on_its_way_follows_the_team_and_is_not_posted_where_it_was(town: City) -> None:
    await town.set_up()
    await town.opened()
    await town.answer_example()
    town.sandbox.faults.add(method="chat.postMessage", kind="ratelimited", retry_after=60, times=20)
    await town.close_early()
    hall = town.workspace.add_channel("hall", members=[town.manager, town.people[1]])
    await settings(town, town.manager)
    await town.manager.fills("channel", hall.id)
    assert f"Its channel is now <#{hall.id}>." in await saved(town, town.manager)
    await town.settled()  # refused for a minute from now, not from after the move of the clock
    town.sandbox.faults.clear()
    town.clock.move(minutes=2)
    await town.sees(town.manager, ": round 1", where=hall)
    await town.settled()
    assert not town.seen(town.manager, ": round 1", where=town.channel)


async def test_a_summary_shared_from_home_goes_to_where_the_team_is_now(town: City) -> None:
    await town.set_up()
    await town.round()
    hall = town.workspace.add_channel("hall", members=[town.manager, town.people[1]])
    await settings(town, town.manager)
    await town.manager.fills("channel", hall.id)
    await saved(town, town.manager)
    await town.manager.closes()
    await town.manager.taps(await town.opens_home(town.manager), action_id=Do.HOME_SUMMARY)
    await town.bot.in_flight.landed()
    assert town.manager.modal is not None
    await town.manager.taps(town.manager.modal, action_id=Do.SHARE)
    await town.sees(town.manager, "Shared by", where=hall)
    await town.settled()
    assert not town.seen(town.manager, "Shared by", where=town.channel)


async def test_a_private_channel_without_the_app_gets_the_invitation_and_the_form_is_still_there(town: City) -> None:
    await town.set_up()
    budget = town.workspace.add_channel("budget", members=[town.manager], is_private=True)
    form = await settings(town, town.manager)
    await town.manager.fills("name", "Permits and budget")
    await town.manager.fills("channel", budget.id)
    said = await saved(town, town.manager)
    assert (
        f"Summaries can go to <#{budget.id}> once both you and this app are in it: type `/invite @maturity` there"
        in said
    )
    await town.manager.closes()
    assert town.manager.modal is form
    assert (await rows(town, "teams"))[0]["channel_id"] == town.channel.id
    budget.invite(town.installation)
    assert f"Its channel is now <#{budget.id}>." in await saved(town, town.manager)
    [team] = await rows(town, "teams")
    assert (team["channel_id"], team["name"]) == (budget.id, "Permits and budget")


async def test_a_channel_that_has_a_team_and_one_that_its_manager_is_not_in_are_refused(town: City) -> None:
    await town.set_up()
    parks = town.workspace.add_channel("parks", members=[town.people[1]])
    await town.set_up(town.people[1], where=parks)
    await settings(town, town.manager)
    await town.manager.fills("channel", parks.id)
    assert f"You are not in <#{parks.id}>. Join it first." in await saved(town, town.manager)
    await town.manager.closes()
    parks.invite(town.manager)
    assert f"<#{parks.id}> has a team already. Choose another channel." in await saved(town, town.manager)
    assert {team["channel_id"] for team in await rows(town, "teams")} == {town.channel.id, parks.id}


@on_both
async def test_a_team_whose_channel_was_deleted_is_moved_from_anywhere_and_resumed(town: City) -> None:
    await town.set_up()
    hall = town.workspace.add_channel("hall", members=[*town.people, town.installation])
    town.channel.delete()
    await town.sees(town.manager, "`/maturity settings` and its name")
    await settings(town, town.manager, where=hall, words="permits")
    await town.manager.fills("channel", hall.id)
    said = await saved(town, town.manager)
    assert "This team is paused. Restart it with `/maturity resume`." in said
    await town.manager.closes()
    assert "Next rounds of *permits*:" in (await town.manager.types("/maturity resume", hall)).text


async def test_a_deleted_team_leaves_nothing_and_nobody_with_an_open_check_in(town_on_any_transport: City) -> None:
    town = town_on_any_transport
    await town.set_up()
    await town.opened()
    await town.answer(town.people[1], [1, 2, 3, 4, 1])
    form = await settings(town, town.manager)
    await delete(town, town.manager, form)
    assert "*permits* is being deleted." in str(form.blocks)
    for person in town.people:
        await town.sees(person, "was cancelled")
        assert not town.seen(person, ASKED)
    await looked_again(town)
    for table in ("teams", "managers", "rosters", "rounds", "round_members", "answers", "deliveries", "action_items"):
        assert await rows(town, table) == [], table
    reply = await town.manages("summary")
    assert reply.text == "This channel has no team yet. `/maturity setup` makes one."
    await town.set_up()
    assert [team["name"] for team in await rows(town, "teams")] == ["permits"]


async def test_a_team_goes_only_after_its_closing_messages_and_a_restart_between(town: City) -> None:
    await town.set_up()
    await town.opened()
    form = await settings(town, town.manager)
    fault = town.sandbox.faults.add(method="chat.update", kind="internal_error", times=100)
    await delete(town, town.manager, form)
    await town.settled()
    town.clock.move(seconds=2)
    await town.settled()
    assert fault.times < 100
    assert town.seen(town.people[1], ASKED)
    refused = await town.manages("start")
    assert refused.text == "*permits* is being deleted. Its channel is free again in a minute."
    await town.stop_bot()
    town.sandbox.faults.clear()
    await town.start_bot()
    town.clock.move(minutes=10)
    for person in town.people:
        await town.sees(person, "was cancelled")
    await looked_again(town)
    assert await rows(town, "teams") == []


async def test_who_may_not_deletes_nothing(town: City) -> None:
    await town.set_up()
    form = await settings(town, town.manager)
    [team] = await rows(town, "teams")
    eli = town.people[4]
    await town.manages("managers add @eli")
    theirs = await settings(town, eli)
    await town.manages("managers remove @eli")
    await eli.taps(theirs, action_id=Do.DELETE_TEAM)
    await town.until(lambda: "Only its managers" in str(eli.modal.blocks if eli.modal else "") or None)
    await town.settled()
    assert [row["id"] for row in await rows(town, "teams")] == [team["id"]]
    assert form.blocks


async def test_a_paused_team_is_started_once_and_stays_paused(town: City) -> None:
    await town.set_up()
    await town.manages("pause")
    reply = await town.manages("start")
    assert reply.text.endswith("Its schedule stays paused.")
    for person in town.people:
        await town.sees(person, ASKED)
    await town.answer_example()
    await town.close_early()
    await town.summary()
    [team] = await rows(town, "teams")
    assert (team["next_step"], team["next_round_at"]) == (None, None)
    town.clock.move(days=200)
    await town.settled()
    assert len(await rows(town, "rounds")) == 1
    assert "Next rounds of *permits*:" in (await town.manages("resume")).text


@on_both
async def test_a_paused_team_that_is_resumed_before_its_round_opens_is_asked_and_goes_on(town: City) -> None:
    await town.set_up()
    await town.manages("pause")
    await town.manages("start")
    await town.manages("resume")
    for person in town.people:
        await town.sees(person, ASKED)
    [team] = await rows(town, "teams")
    assert team["next_round_at"] is not None


async def test_the_last_of_two_quick_choices_is_what_the_form_shows(town: City) -> None:
    ana = await town.open_setup()
    assert ana.modal is not None
    form = ana.modal
    for weekday, cadence, shown in (
        ("friday", "2", "Friday 9 October 2026, Friday 23 October 2026"),
        ("monday", "4", "Tuesday 13 October 2026, Monday 9 November 2026"),
        ("thursday", "1", "Thursday 8 October 2026, Thursday 15 October 2026"),
    ):
        await asyncio.gather(ana.fills("weekday", weekday), ana.fills("cadence", cadence))
        await town.bot.in_flight.landed()
        assert shown in str(form.blocks)


async def test_the_settings_show_a_user_group_by_its_name(town: City) -> None:
    group = town.workspace.add_usergroup("pmo", "Permit office", town.people[:2])
    ana = await town.open_setup()
    await ana.fills("source", "usergroup")
    await town.bot.in_flight.landed()
    await ana.suggests("usergroup", "usergroup", "permit")
    await ana.fills("usergroup", group.id)
    await saved(town, ana)
    await ana.closes()
    form = await settings(town, ana)
    assert form.state["usergroup"]["usergroup"]["selected_option"]["text"]["text"] == "Permit office"


async def test_a_channel_that_is_deleted_meanwhile_keeps_no_team_from_going(town: City) -> None:
    await town.set_up()
    await town.opened()
    form = await settings(town, town.manager)
    town.sandbox.faults.add(method="chat.update", kind="internal_error", times=1000)
    await delete(town, town.manager, form)
    await town.settled()
    town.channel.delete()
    await town.settled()
    town.sandbox.faults.clear()
    town.clock.move(minutes=10)
    for person in town.people:
        await town.sees(person, "was cancelled")
    await looked_again(town)
    assert await rows(town, "teams") == []


async def test_a_part_of_a_country_brings_its_own_holidays(town: City) -> None:
    ana = await town.open_setup()
    await ana.suggests("country:US", "country", "United States")
    await ana.fills("country:US", "US")
    await town.bot.in_flight.landed()
    await ana.fills("subdivision:US", "TX")
    await town.bot.in_flight.landed()
    assert (await ana.submits()).response_action == "push"
    await town.until(lambda: any("are set up" in str(each.blocks) for each in ana.modals) or None)
    [team] = await rows(town, "teams")
    assert (team["country"], team["subdivision"]) == ("US", "TX")
    await ana.closes()
    form = await settings(town, ana)
    assert "Texas" in str(form.state)


@on_both
async def test_a_team_is_handed_over_and_never_left_without_a_manager(town: City) -> None:
    await town.set_up()
    ana, ben = town.manager, town.people[1]
    refused = await town.manages("managers remove @me")
    assert refused.text == "*permits* needs a manager. Add another one first: `/maturity managers add @person`."
    await town.manages("managers add @ben")
    await town.sees(ben, "made you a manager")
    said = (await town.manages("managers remove @me")).text
    assert said == f"You are no longer a manager of *permits*: <@{ben.id}> can make you one again."
    assert "Only its managers" in (await ana.types("/maturity settings", town.channel)).text
    mayor = town.workspace.add_person(name="Mayor", is_admin=True)
    town.channel.invite(mayor)
    await mayor.types("/maturity managers add @me", town.channel)
    await town.until(lambda: town.newest(mayor, "is a manager of *permits* now", where=town.channel))
    assert {row["user_id"] for row in await rows(town, "managers")} == {ben.id, mayor.id}
