"""Setting a team up: valid as it stands, and whatever is wrong is said where it is wrong, with nothing lost."""

import json

import pytest

from bot.sandbox import Channel, Person
from bot.sandbox.people.interactions import view_submission
from bot.slack.ids import Do
from tests.journeys.city import City
from tests.journeys.raw import send
from tests.journeys.records import rows


async def refused(town: City, person: Person, where: Channel) -> str:
    """Type `/maturity setup`; the sentence in the modal that opens instead of the form."""
    await person.types("/maturity setup", where)

    def sentence() -> str | None:
        texts = [str(block["text"]["text"]) for block in (person.modal.blocks if person.modal else ())]
        return texts[0] if texts and texts != ["One moment."] else None

    return await town.until(sentence)


async def test_the_form_is_valid_as_it_stands_and_its_author_becomes_the_manager(town_on_any_transport: City) -> None:
    town = town_on_any_transport
    await town.set_up()
    [team] = await rows(town, "teams")
    assert (team["name"], team["every_weeks"], team["weekday"]) == ("permits", 13, "tuesday")
    assert (team["time_zone"], team["window_days"], team["privacy"]) == ("America/Chicago", 3, "confidential")
    assert [row["user_id"] for row in await rows(town, "managers")] == [town.manager.id]


async def test_the_channel_is_told_unless_its_founder_says_no(town: City) -> None:
    await town.set_up()
    told = await town.sees(town.people[1], "Check-ins for *permits*", where=town.channel)
    assert f"<@{town.manager.id}> has set up check-ins" in str(told.blocks)
    assert "Every quarter (13 weeks), on a Tuesday. The first comes on Tuesday 6 October 2026 at 10:00" in told.shown
    assert "nobody in Slack sees who chose what" in told.shown
    parks = town.workspace.add_channel("parks", members=[town.manager, town.installation])
    await town.set_up(where=parks, tell_channel=[])
    town.clock.move(minutes=1)
    await town.settled()
    assert not town.seen(town.manager, "Check-ins for", where=parks)
    assert len(town.seen(town.people[1], "Check-ins for *permits*", where=town.channel)) == 1


async def test_the_channel_is_told_when_its_team_is_asked_in_another_way(town: City) -> None:
    await town.set_up()
    await town.set_up(privacy="named")
    told = await town.sees(town.people[1], "check-ins of permits are named", where=town.channel)
    assert "everyone who is asked and the team's managers see who chose what" in told.shown
    await town.set_up(privacy="confidential")
    await town.sees(town.people[1], "check-ins of *permits* are confidential", where=town.channel)


async def test_the_form_and_its_confirmation_say_how_many_are_asked_and_who_is_not(town: City) -> None:
    guest = town.workspace.add_person(name="Guest", is_restricted=True)
    town.channel.invite(guest)
    ana = await town.open_setup()
    form = ana.modal
    assert form is not None
    said = "5 people are asked. Not asked: 1 guest and this app."
    assert said in str(form.blocks)
    assert "Too few" not in str(form.blocks)
    await ana.fills("source", "people")
    await town.bot.in_flight.landed()
    await ana.fills("people", [*town.people[:2], guest])
    await town.bot.in_flight.landed()
    assert "2 people are asked. Not asked: 1 guest." in str(form.blocks)
    assert "it needs 4 answers, so it would never show anything" in str(form.blocks)
    await ana.fills("privacy", "named")
    await town.bot.in_flight.landed()
    assert "Too few" not in str(form.blocks)
    await ana.fills("privacy", "confidential")
    await town.bot.in_flight.landed()
    await ana.submits()
    done = await town.until(lambda: next((each for each in ana.modals if "are set up" in str(each.blocks)), None))
    assert "2 people are asked. Not asked: 1 guest." in str(done.blocks)
    assert "Too few for a confidential summary" in str(done.blocks)


async def test_nothing_is_counted_while_slack_does_not_say_who_all_of_them_are(town: City) -> None:
    last = town.people[4]
    town.sandbox.faults.add(
        method="users.info", kind="server_error", times=1000, when=lambda said: bool(said["user"] == last.id)
    )
    ana = await town.open_setup()
    await town.bot.in_flight.landed()
    assert ana.modal is not None
    assert "people are asked" not in str(ana.modal.blocks)
    assert "Too few" not in str(ana.modal.blocks)


async def test_who_is_away_or_asked_not_to_be_asked_counts_like_all_others(town: City) -> None:
    await town.people[1].types("/maturity away until 2026-12-24", town.channel)
    await town.set_up()
    ana = await town.open_setup()
    assert "5 people are asked. Not asked: this app." in str(ana.modal.blocks if ana.modal else "")


async def test_start_now_is_offered_only_where_it_can_be_done(town: City) -> None:
    await town.set_up()
    await town.opened()
    ana = await town.open_setup()
    await ana.submits()
    done = await town.until(lambda: next((each for each in ana.modals if "are saved" in str(each.blocks)), None))
    assert "Start now" not in str(done.blocks)
    assert "already has an open round" in str(done.blocks)


async def test_bad_fields_show_their_errors_and_keep_what_was_typed(town: City) -> None:
    ana = await town.open_setup()
    await ana.fills("name", "A" * 81)
    await ana.fills("days_off", "2027-12-24\nsome time in May")
    await town.bot.in_flight.landed()
    submitted = await ana.submits()
    assert submitted.response_action == "errors"
    assert submitted.errors["name"] == "Use at most 80 characters; these are 81."
    assert submitted.errors["days_off"].startswith("Line 2, “some time in May”, couldn't be read as a date")
    assert ana.modal is not None
    assert ana.modal.state["name"]["name"]["value"] == "A" * 81
    assert ana.modal.state["days_off"]["days_off"]["value"] == "2027-12-24\nsome time in May"
    assert await rows(town, "teams") == []

    await ana.fills("name", "Permits")
    await ana.fills("days_off", "2027-12-24")
    assert (await ana.submits()).response_action == "push"
    await town.until(lambda: any("are set up" in str(each.blocks) for each in ana.modals) or None)
    assert (await rows(town, "teams"))[0]["own_days_off"] == ["2027-12-24"]


async def test_the_next_dates_follow_what_is_chosen(town: City) -> None:
    ana = await town.open_setup()
    assert ana.modal is not None
    assert "Tuesday 6 October 2026, Tuesday 5 January 2027" in str(ana.modal.blocks)
    await ana.fills("weekday", "friday")
    await town.bot.in_flight.landed()
    await ana.fills("cadence", "2")
    await town.bot.in_flight.landed()
    assert "Friday 9 October 2026, Friday 23 October 2026 and Friday 6 November 2026" in str(ana.modal.blocks)
    offered = await ana.suggests("time_zone", "time_zone", "berl")
    assert [option["value"] for option in offered] == ["Europe/Berlin"]
    await ana.fills("time_zone", "Europe/Berlin")
    await town.bot.in_flight.landed()
    assert "(Europe/Berlin)" in str(ana.modal.blocks)


async def test_members_can_be_a_user_group_or_chosen_people(town: City) -> None:
    group = town.workspace.add_usergroup("pmo", "Permit office", town.people[:2])
    ana = await town.open_setup()
    await ana.fills("source", "usergroup")
    await town.bot.in_flight.landed()
    offered = await ana.suggests("usergroup", "usergroup", "permit")
    assert [option["text"]["text"] for option in offered] == ["Permit office"]
    await ana.fills("usergroup", group.id)
    await ana.submits()
    await town.until(lambda: any("are set up" in str(each.blocks) for each in ana.modals) or None)
    assert {row["user_id"] for row in await rows(town, "rosters")} == {person.id for person in town.people[:2]}

    await town.set_up(source="people", people=town.people[2:])
    await town.settled()
    assert {row["user_id"] for row in await rows(town, "rosters")} == {person.id for person in town.people[2:]}


async def test_a_private_channel_without_the_app_gets_the_exact_invitation(town: City) -> None:
    closed = town.workspace.add_channel("budget", members=[town.manager], is_private=True)
    said = await refused(town, town.manager, closed)
    assert said == "I am not in this channel yet. Type `/invite @maturity`, then `/maturity setup` again."
    ours = town.installation.bot_user_id
    town.sandbox.faults.add(
        method="users.info", kind="refused", word="user_not_found", times=99,
        when=lambda body: bool(body["user"] == ours),
    )  # fmt: skip
    assert await refused(town, town.manager, closed) == said, "also where Slack doesn't say what the app is called"
    closed.invite(town.installation)
    await town.set_up(where=closed)


async def test_a_public_channel_is_joined(town: City) -> None:
    parks = town.workspace.add_channel("parks", members=[town.manager])
    await town.set_up(where=parks)
    assert town.installation.bot_user_id in parks.members


async def test_a_guest_and_an_archived_channel_are_refused(town: City) -> None:
    guest = town.workspace.add_person(name="Guest", is_restricted=True)
    town.channel.invite(guest)
    assert (await refused(town, guest, town.channel)).startswith(
        "Guests and people of other organisations can't set up check-ins."
    )
    reply = await town.manager.types("/maturity setup", town.manager.dm(town.app))
    assert "in the channel of your team" in reply.text
    assert await rows(town, "teams") == []


async def test_an_admin_may_change_a_team_that_is_not_theirs(town: City) -> None:
    await town.set_up()
    admin = town.workspace.add_person(name="Mayor", is_admin=True)
    town.channel.invite(admin)
    await town.set_up(admin, name="Permits, again")
    assert (await rows(town, "teams"))[0]["name"] == "Permits, again"
    assert [row["user_id"] for row in await rows(town, "managers")] == [town.manager.id]


async def test_the_confirmation_previews_the_questions_and_starts_a_round(town: City) -> None:
    ana = await town.open_setup()
    await ana.submits()
    await town.until(lambda: any("are set up" in str(each.blocks) for each in ana.modals) or None)
    confirmation = ana.modal
    assert confirmation is not None
    await ana.taps(confirmation, action_id=Do.PREVIEW)
    preview = await town.until(lambda: ana.modal if ana.modal is not confirmation else None)
    assert "Nothing you choose here is kept" in str(preview.blocks)
    assert "Closes" in str(preview.blocks)
    assert "Friday 9 October 2026, 10:00" in str(preview.blocks), "three working days after it would open"
    question = next(str(block["block_id"]) for block in preview.blocks if block["type"] == "actions")
    assert (await ana.taps(preview, action_id=Do.ANSWER, block_id=question, value="3")).status == 200
    await ana.closes()
    assert await rows(town, "answers") == []

    await ana.taps(confirmation, action_id=Do.START_NOW)
    for person in town.people:
        await town.sees(person, "Choose the level where you stop")
    assert "Opening a round" in str(confirmation.blocks)


async def test_a_form_that_was_closed_by_its_author_changes_nothing(town: City) -> None:
    ana = await town.open_setup()
    await ana.fills("name", "Half a thought")
    await ana.closes()
    await town.settled()
    assert await rows(town, "teams") == []


@pytest.mark.slow
async def test_a_team_is_set_up_only_where_its_founder_is_whatever_a_forged_form_says(town: City) -> None:
    secret = town.workspace.add_channel("secret", members=[*town.people[1:3], town.installation], is_private=True)
    mine = town.workspace.add_channel("mine", members=[town.bystander, town.installation])
    zoe = await town.open_setup(town.bystander, where=mine)
    assert zoe.modal is not None
    payload = view_submission(zoe.modal)
    payload["view"]["private_metadata"] = json.dumps({"channel": secret.id})
    chosen = {"type": "conversations_select", "selected_conversation": mine.id}
    payload["view"]["state"]["values"]["channel"] = {"channel": chosen}
    assert (await send(town, payload)).status == 200
    await town.bot.in_flight.landed()
    assert await rows(town, "teams") == []
    assert await rows(town, "managers") == []


@pytest.mark.slow
async def test_who_may_not_change_a_team_has_the_app_enter_no_channel(town: City) -> None:
    await town.set_up()
    mine = town.workspace.add_channel("mine", members=[town.bystander, town.installation])
    parks = town.workspace.add_channel("parks", members=[town.manager])
    zoe = await town.open_setup(town.bystander, where=mine)
    assert zoe.modal is not None
    payload = view_submission(zoe.modal)
    payload["view"]["private_metadata"] = json.dumps({"channel": parks.id, "team": 1})
    assert (await send(town, payload)).status == 200
    await town.bot.in_flight.landed()
    assert town.installation.bot_user_id not in parks.members
    assert [team["channel_id"] for team in await rows(town, "teams")] == [town.channel.id]


@pytest.mark.parametrize("cadence", ["1", "13", "monthly:1"])
async def test_nobody_is_asked_on_the_day_on_which_a_team_is_set_up(town: City, cadence: str) -> None:
    await town.set_up(weekday="monday", local_time="10:30", cadence=cadence)
    [team] = await rows(town, "teams")
    assert team["next_slot_date"] > town.clock().date(), "also where the time of day is still to come"
    await town.set_up(local_time="15:00")
    [again] = await rows(town, "teams")
    assert again["next_slot_date"] == team["next_slot_date"]
