"""App Home: what each kind of person finds there, what they do there, and what it shows then."""

import asyncio
import re

import pytest
from sqlalchemy import select

from bot.sandbox import Person, View
from bot.slack.ids import Do
from storage import people
from storage.kinds import ActionState
from storage.models import ActionItem
from tests.journeys.city import PATIENCE, City
from tests.journeys.records import befalls, calls, rename, rows
from tests.storage.builders import on_both


async def do_at_home(town: City, person: Person, do: Do, *, value: str | None = None) -> View:
    """Tap something in Home; Home once all that follows has come."""
    reply = await person.taps(await town.home(person), action_id=do, value=value)
    assert reply.status == 200, reply
    return await town.home(person)


def modal_of(person: Person) -> str:
    assert person.modal is not None, "no modal is open"
    return person.modal.shown


async def test_a_stranger_reads_what_this_is_and_how_to_begin(town_on_any_transport: City) -> None:
    town = town_on_any_transport
    found = await town.opens_home(town.bystander)
    assert "This app asks a team a few questions" in found.shown
    assert "`/maturity setup`" in found.shown
    assert "[" not in found.shown


async def test_a_guest_is_told_that_guests_are_not_asked(town: City) -> None:
    guest = town.workspace.add_person(name="Gus", is_restricted=True)
    town.channel.invite(guest)
    await town.set_up()
    found = await town.opens_home(guest)
    assert "Guests and people of other organisations are not asked here." in found.shown
    assert "[" not in found.shown


async def test_a_member_answers_from_home_and_home_follows(town: City) -> None:
    await town.set_up()
    ben = town.people[1]
    before = (await town.opens_home(ben)).shown
    assert "You have no open check-in." in before
    assert "*permits* #permits: next round Tuesday 6 October 2026" in before
    assert "Teams you manage" not in before
    await town.opened()
    await town.settled()
    found = await town.opens_home(ben)
    assert "*permits*: 0 of 5 questions answered." in found.shown
    prompt = await town.sees(ben, "Choose the level where you stop")
    button = found.blocks[1]["accessory"]
    assert button["url"] == f"https://city.slack.com/archives/{prompt.channel.id}/p{prompt.ts.replace('.', '')}"
    await town.tap(ben, prompt, "A", 2)
    ben.reloads()  # the client forgets what was chosen; the button brings it back
    await do_at_home(town, ben, Do.OPEN_CHECK_IN)
    await town.settled()
    assert "1 of 5 questions answered." in (await town.home(ben)).shown
    again = await town.sees(ben, "Choose the level where you stop")
    assert again.ts == prompt.ts
    assert "(•) 2" in again.shown
    await town.answer(ben, (2, 2, 2, 2, 2), prompt=again)
    assert "you have answered" in (await town.opens_home(ben)).shown
    await town.close_early()
    await town.summary()
    assert "You have no open check-in." in (await town.opens_home(ben)).shown


async def test_a_tap_on_an_answer_publishes_no_home(town: City) -> None:
    await town.set_up()
    ben = town.people[1]
    await town.opens_home(ben)
    await town.opened()
    await town.answer(ben, (2, 2, 2, 2, 2))
    await town.settled()
    assert calls(town).count("views.publish") == 1


async def test_someone_is_away_and_back_and_asked_no_more_and_again(town: City) -> None:
    await town.set_up()
    ben = town.people[1]
    await town.opens_home(ben)
    await do_at_home(town, ben, Do.BE_AWAY)
    assert "Away until" in modal_of(ben)
    await ben.fills(Do.AWAY_UNTIL, "2026-10-04")
    refused = await ben.submits()
    assert refused.errors == {Do.AWAY_UNTIL: "Sunday 4 October 2026 is over. Write a date from today on."}
    await ben.fills(Do.AWAY_UNTIL, "2026-10-30")
    await ben.submits()
    assert ben.modal is None
    assert "You are away through Friday 30 October 2026" in (await town.home(ben)).shown
    found = await do_at_home(town, ben, Do.BE_BACK)
    assert "away through" not in found.shown
    found = await do_at_home(town, ben, Do.STOP_ASKING)
    assert "You chose not to be asked any more" in found.shown
    async with town.bot.database.reading() as session:
        person = await people.get(session, workspace_id=town.workspace.id, user_id=ben.id)
    assert person is not None
    assert (person.opted_out, person.away_until) == (True, None)
    found = await do_at_home(town, ben, Do.ASK_AGAIN)
    assert "You are asked in each round of your teams" in found.shown


async def test_a_manager_runs_a_whole_round_from_home(town_on_any_transport: City) -> None:
    town = town_on_any_transport
    ana = town.manager
    await town.set_up()
    assert "No round has closed yet." in (await town.opens_home(ana)).shown
    await do_at_home(town, ana, Do.HOME_START)
    assert "Ask *permits* now?" in modal_of(ana)
    assert ana.modal is not None
    await ana.taps(ana.modal, action_id=Do.START_NOW)
    await town.bot.in_flight.landed()
    assert "Opening a round for *permits*" in modal_of(ana)
    for person in town.people:
        await town.sees(person, "Choose the level where you stop")
    await ana.closes()
    assert "0 of 5 answered." in (await town.opens_home(ana)).shown
    await town.answer_all(
        {"A": (1, 2, 2, 2), "B": (3, 3, 2, 4), "C": (1, 1, 1, 1), "D": (2, 2, 2, 2), "E": (1, 4, 1, 4)}
    )
    assert "4 of 5 answered." in (await town.opens_home(ana)).shown
    await do_at_home(town, ana, Do.HOME_REMIND)
    assert "*permits*: whoever hasn't finished is reminded" in modal_of(ana)
    await ana.closes()
    await do_at_home(town, ana, Do.HOME_CLOSE)
    assert "4 of 5 people have answered. The round closes" in modal_of(ana)
    await ana.taps(ana.modal, action_id=Do.CLOSE_NOW)
    await town.bot.in_flight.landed()
    assert "Closed. The summary of *permits* is on its way to #permits." in modal_of(ana)
    assert ana.modal.body["title"]["text"] == "Close early"
    # Home behind the modal has followed already.
    closed = await town.home(ana)
    assert "4 of 5 answered. A 2, B 3, C 1, D 2, E split." in closed.shown
    await ana.closes()
    await town.summary()
    await do_at_home(town, ana, Do.HOME_SUMMARY)
    assert "# permits: round 1, October 2026" in modal_of(ana)
    await ana.taps(ana.modal, action_id=Do.SHARE)
    await town.bot.in_flight.landed()
    assert "Shared the summary of *permits*." in modal_of(ana)
    shared = await town.sees(ana, f"Shared by @{ana.username}", where=town.channel)
    assert not shared.ephemeral


async def test_what_is_done_instead_of_a_close_is_titled_for_what_it_is(town: City) -> None:
    ana = town.manager
    await town.set_up()
    await town.opened()
    await town.answer(town.people[1], (2,) * 5)
    for do, title, said in (
        (Do.REMIND_NOW, "Remind", "whoever hasn't finished is reminded"),
        (Do.KEEP_OPEN, "Keep open", "The round of *permits* is open until"),
    ):
        await town.opens_home(ana)
        await do_at_home(town, ana, Do.HOME_CLOSE)
        assert "A summary needs 4 answers." in modal_of(ana)
        assert ana.modal is not None
        await ana.taps(ana.modal, action_id=do)
        await town.bot.in_flight.landed()
        assert said in modal_of(ana)
        assert ana.modal.body["title"]["text"] == title
        await ana.closes()


async def test_a_manager_pauses_by_command_and_resumes_from_home(town: City) -> None:
    await town.set_up()
    await town.manages("pause")
    assert "Paused: no round is planned." in (await town.opens_home(town.manager)).shown
    found = await do_at_home(town, town.manager, Do.HOME_RESUME)
    assert "Next rounds of *permits*" in modal_of(town.manager)
    assert "Next round Tuesday 6 October 2026" in found.shown


async def test_settings_changed_from_home_show_in_home(town: City) -> None:
    await town.set_up()
    ana = town.manager
    await town.opens_home(ana)
    await do_at_home(town, ana, Do.HOME_SETTINGS)
    assert "Team settings" in str(ana.modal and ana.modal.body["title"])
    await ana.fills("name", "Permits online")
    await ana.submits()
    await town.until(lambda: any("are saved" in modal.shown for modal in ana.modals) or None)
    assert "*Permits online* #permits" in (await town.home(ana)).shown


async def test_a_manager_of_many_teams_uses_their_menus(town: City) -> None:
    ana = town.manager
    for number in range(10):
        channel = town.workspace.add_channel(f"team-{number}", members=[ana, town.installation])
        await town.set_up(where=channel)
    found = await town.opens_home(ana)
    menus = [block for block in found.blocks if block.get("accessory", {}).get("type") == "overflow"]
    assert len(menus) == 10
    fourth = menus[3]
    assert "*team-3*" in fourth["text"]["text"]
    value = fourth["accessory"]["options"][0]["value"]
    await ana.taps(found, action_id=Do.HOME_MORE, block_id=fourth["block_id"], value=value)
    await town.bot.in_flight.landed()
    assert "Ask *team-3* now? Its members are asked by direct message, starting within a minute." in modal_of(ana)
    assert ana.modal is not None
    assert ana.modal.body["title"]["text"] == "Start now", "the modal is called what was chosen"


async def test_who_manages_no_more_is_refused_in_a_modal(town: City) -> None:
    await town.set_up()
    ana, ben = town.people[:2]
    stale = await town.opens_home(ana)
    await town.manages(f"managers add @{ben.username}")
    await ben.types(f"/maturity managers remove @{ana.username}", town.channel)
    await town.settled()
    await ana.taps(stale, action_id=Do.HOME_START)
    await town.bot.in_flight.landed()
    assert "Only its managers and workspace admins may do that for *permits*." in modal_of(ana)
    assert "Teams you manage" not in (await town.opens_home(ana)).shown
    assert "Teams you manage" in (await town.opens_home(ben)).shown


async def test_a_check_in_that_closed_meanwhile_is_refused_in_a_modal(town: City) -> None:
    await town.set_up()
    await town.opened()
    await town.settled()
    ben = town.people[1]
    stale = await town.opens_home(ben)
    await town.close_early()
    await town.settled()
    await ben.taps(stale, action_id=Do.OPEN_CHECK_IN)
    await town.bot.in_flight.landed()
    assert "This round has closed, so nothing in this check-in can be changed any more." in modal_of(ben)


@on_both
async def test_an_admin_whom_we_did_not_know_reads_about_the_workspace(town: City) -> None:
    await town.set_up()
    mayor = town.workspace.add_person(name="Mayor", is_admin=True)
    found = await town.opens_home(mayor)
    assert "1 team is set up in this workspace. `/maturity overview`" in found.shown
    assert "Results are shown where at least 4 answered." in found.shown
    assert f"Admins here: @{mayor.username}." in found.shown
    assert f"permits: managed by @{town.manager.username}" in found.shown.replace("*", "")
    town.manager.change(deleted=True)
    await town.settled()
    found = await town.opens_home(mayor)
    assert "permits has no manager. To become one: `/maturity managers add @me`" in found.shown.replace("*", "")


@on_both
async def test_an_owner_reads_their_action_items_and_is_done_with_one(town: City) -> None:
    await town.set_up()
    ben = town.people[1]
    [team] = await rows(town, "teams")
    async with town.bot.database.begin() as session:
        session.add(
            ActionItem(
                workspace_id=town.workspace.id,
                team_id=team["id"],
                dimension="A",
                text="Post the minutes <!channel>",
                owner_id=ben.id,
                created_by=town.manager.id,
                created_at=town.clock(),
            )
        )
    found = await town.opens_home(ben)
    assert "# Your action items\n*permits*: Post the minutes <!channel>" in found.shown
    assert "<!channel>" not in str(found.blocks)
    assert "action items" not in (await town.opens_home(town.manager)).shown
    done = await do_at_home(town, ben, Do.ACTION_DONE)
    assert "action items" not in done.shown
    async with town.bot.database.reading() as session:
        item = (await session.execute(select(ActionItem))).scalar_one_or_none()
    assert item is not None
    assert item.state is ActionState.DONE


async def test_two_taps_at_once_on_one_home_both_show(town: City) -> None:
    await town.set_up()
    ben = town.people[1]
    await ben.types("/maturity away until 2026-10-30", town.channel)
    found = await town.opens_home(ben)
    assert "[I'm back] [Stop asking me]" in found.shown
    # Both tell of the same view: the one that is published second has a hash that is over.
    await asyncio.gather(ben.taps(found, action_id=Do.STOP_ASKING), ben.taps(found, action_id=Do.BE_BACK))
    assert "[I'm away] [Ask me again]" in (await town.home(ben)).shown


async def test_of_views_that_slack_takes_in_another_order_the_one_that_is_true_stays(town: City) -> None:
    await town.set_up()
    ben = town.people[1]
    await ben.taps(await town.opens_home(ben), action_id=Do.BE_AWAY)
    slow = town.sandbox.faults.add(method="views.publish", kind="slow", delay=None)
    await ben.submits()
    await befalls(town, slow)  # drawn, and on its way
    found = ben.home(town.app)
    assert found is not None
    await ben.taps(found, action_id=Do.STOP_ASKING)
    await town.sandbox.until(lambda: "[Ask me again]" in getattr(ben.home(town.app), "shown", ""), timeout=PATIENCE)
    slow.release()
    assert "[I'm back] [Ask me again]" in (await town.home(ben)).shown
    assert calls(town).count("views.publish") == 4, "opened, two things done, and the older view mended"


async def test_what_was_done_while_home_cannot_be_drawn_leaves_one_reference(
    town: City, log: pytest.LogCaptureFixture
) -> None:
    await town.set_up()
    ben = town.people[1]
    found = await town.opens_home(ben)
    await rename(town, "action_items", to="elsewhere")
    await ben.taps(found, action_id=Do.STOP_ASKING)
    await town.bot.in_flight.landed()
    page = ben.home(town.app)
    assert page is not None
    assert "That did not work, through an error on our side." in page.shown
    assert log.text.count("fault ") == 1


async def test_a_home_that_is_older_than_what_is_there_is_left(town: City) -> None:
    await town.set_up()
    ben = town.people[1]
    found = await town.opens_home(ben)
    newer = found.hash
    await town.sandbox.courier.deliver_event(
        town.installation,
        {
            "type": "app_home_opened", "user": ben.id, "channel": ben.dm(town.app).id, "tab": "home",
            "view": {"hash": "1.old"},
        },
    )  # fmt: skip
    assert (await town.home(ben)).hash == newer


async def test_the_messages_tab_publishes_nothing(town: City) -> None:
    await town.bystander.opens_home(town.app, tab="messages")
    await town.settled()
    assert town.bystander.home(town.app) is None


async def test_an_app_whose_home_is_still_off_only_says_so_in_the_log(
    town: City, log: pytest.LogCaptureFixture
) -> None:
    await town.set_up()
    await town.opens_home(town.manager)
    town.app.home_tab_enabled = False
    await town.set_up(name="Permits online")
    await town.bot.in_flight.landed()
    assert "the Home tab is off in workspace" in log.text
    assert "work after an answer failed" not in log.text


@on_both
async def test_a_fault_of_ours_leaves_a_reference_in_home(town: City, log: pytest.LogCaptureFixture) -> None:
    await town.set_up()
    await rename(town, "action_items", to="elsewhere")
    found = await town.opens_home(town.manager)
    assert "That did not work, through an error on our side." in found.shown
    reference = re.search(r"`(\w{8})`", found.shown)
    assert reference is not None
    assert f"fault {reference[1]}" in log.text
    await rename(town, "elsewhere", to="action_items")
    assert "Teams you manage" in (await town.opens_home(town.manager)).shown
