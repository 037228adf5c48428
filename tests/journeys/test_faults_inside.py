"""When something breaks inside, whoever waits is told so, with a reference that the log has, and loses nothing."""

import re

import pytest
from sqlalchemy import select

from bot.commands import listeners as commands
from bot.slack.calls import Patience
from bot.slack.ids import Do
from bot.teams import setup_loading
from storage.models import Team
from tests.journeys.city import City
from tests.journeys.raw import one_sentence, tapped
from tests.journeys.records import rename, rows
from tests.storage.builders import on_both

REFERENCE = re.compile(r"give this reference to whoever runs this app: `([0-9a-f]{8})`")
NOT_NOW = "Slack could not do that just now. Try again in a minute."
SECRET = "What only Ben knows"


def reference(said: str, log: pytest.LogCaptureFixture) -> str:
    """The reference that a person was given, once the log is seen to have it and nothing that a person wrote."""
    found = REFERENCE.search(said)
    assert found is not None, said
    assert f"fault {found[1]}: " in log.text
    assert not [word for word in (SECRET, "Ana", "Ben", "permits", "Silos") if word in log.text]
    return found[1]


@on_both
async def test_a_tap_that_could_not_be_saved_says_so_and_can_be_repeated(
    town_on_any_transport: City, log: pytest.LogCaptureFixture
) -> None:
    town = town_on_any_transport
    await town.set_up()
    await town.opened()
    ben = town.people[1]
    prompt = await town.sees(ben, "Choose the level where you stop")
    payload = tapped(prompt, ben, value="1")
    await rename(town, "answers", to="taken_away")
    reference(await one_sentence(town, ben, payload), log)
    await rename(town, "taken_away", to="answers")
    await town.answer(ben, (1, 2, 3, 4, 1), prompt=prompt)
    await town.sees(ben, "Thank you")


@on_both
async def test_a_command_that_failed_says_so(town_on_any_transport: City, log: pytest.LogCaptureFixture) -> None:
    town = town_on_any_transport
    await town.set_up()
    await rename(town, "teams", to="taken_away")
    references = set()
    for word in ("summary", "start", "setup", "checkin", "pause"):
        reply = await town.manages(word)
        if word != "checkin":  # which asks for rounds, of which there are none
            references.add(reference(reply.text, log))
        assert (reply.status, reply.error) == (200, None)
    assert len(references) == 4
    await rename(town, "taken_away", to="teams")
    assert "has no summary yet" in (await town.manages("summary")).text


@on_both
async def test_notes_that_could_not_be_saved_stay_in_their_form(town: City, log: pytest.LogCaptureFixture) -> None:
    await town.set_up()
    await town.opened()
    ben = town.people[1]
    await town.answer(ben, (1, 2, 3, 4, 1))
    await ben.taps(await town.sees(ben, "Thank you"), action_id=Do.ADD_NOTES)
    await ben.fills("note:A", SECRET)
    await rename(town, "answers", to="taken_away")
    submitted = await ben.submits()
    [sentence] = submitted.errors.values()
    reference(sentence, log)
    assert ben.modal is not None
    assert ben.modal.state["note:A"]["note"]["value"] == SECRET

    await rename(town, "taken_away", to="answers")
    assert (await ben.submits()).errors == {}
    await town.sees(ben, f"Your note: {SECRET}")


@on_both
async def test_a_team_that_could_not_be_saved_leaves_its_form_as_it_was(
    town: City, log: pytest.LogCaptureFixture
) -> None:
    ana = await town.open_setup()
    form = ana.modal
    assert form is not None
    await ana.fills("name", SECRET)
    await rename(town, "managers", to="taken_away")
    assert (await ana.submits()).response_action == "push"
    message = await town.until(
        lambda: ana.modal if ana.modal is not form and "reference" in str(ana.modal and ana.modal.blocks) else None
    )
    reference(str(message.blocks), log)
    await ana.closes()
    assert ana.modal is form
    assert form.state["name"]["name"]["value"] == SECRET
    await rename(town, "taken_away", to="managers")
    assert await rows(town, "teams") == [], "all of it or nothing"
    await ana.submits()
    await town.until(lambda: any("are set up" in str(each.blocks) for each in ana.modals) or None)


@on_both
async def test_a_form_that_could_not_be_drawn_says_so(town: City, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup_loading, "MEMBERS_RETRY", Patience())
    town.sandbox.faults.add(method="users.info", kind="internal_error")
    await town.manager.types("/maturity setup", town.channel)
    await town.until(lambda: (town.manager.modal and NOT_NOW in town.manager.modal.shown) or None)
    await town.set_up()


@on_both
async def test_an_admin_who_could_not_be_looked_up_is_told(town: City, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "PROFILE_RETRY", Patience())
    await town.set_up()
    admin = town.workspace.add_person(name="Mayor", is_admin=True)
    town.sandbox.faults.add(method="users.info", kind="server_error")
    await admin.types("/maturity summary permits", admin.dm(town.app))
    await town.sees(admin, NOT_NOW)


@on_both
async def test_an_event_that_could_not_be_taken_is_not_sent_forever(town: City) -> None:
    await town.set_up()
    await rename(town, "people", to="taken_away")
    before = len(town.sandbox.traffic)
    town.people[1].change(tz="Europe/Berlin")
    await town.sandbox.quiet()
    events = [record["status"] for record in town.sandbox.traffic.records[before:] if record["method"] == "user_change"]
    assert events == [200]
    await rename(town, "taken_away", to="people")


@on_both
async def test_one_poisoned_team_does_not_stop_the_others(town: City, log: pytest.LogCaptureFixture) -> None:
    await town.set_up(cadence="1")
    parks = town.workspace.add_channel("parks", members=[*town.people, town.installation])
    await town.set_up(where=parks, name="parks", cadence="1")
    async with town.bot.database.begin() as session:
        poisoned = (await session.execute(select(Team).where(Team.name == "permits"))).scalar_one()
        poisoned.time_zone = "Nowhere/Atall"
    town.clock.move(days=1)
    await town.sees(town.manager, "Check-in: parks")
    await town.settled()
    assert f"team {poisoned.id}: step failed, retrying in 5 minutes" in log.text
    assert len(await rows(town, "rounds")) == 1
