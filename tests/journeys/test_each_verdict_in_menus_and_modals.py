"""One word of each verdict while somebody looks at a form, chooses from a menu, or names a team by its channel."""

import pytest

from bot.slack.verdicts import Verdict
from tests.journeys.city import City
from tests.journeys.test_each_verdict_through_each_call import (
    COME_AGAIN,
    WORDS,
    each_word,
    meets,
    only_bugs_are_errors,
    small_town,
    town,
)

__all__ = ["small_town", "town"]
pytestmark = pytest.mark.slow
WAITING = "One moment."


async def test_nobody_looks_at_a_modal_that_waits_for_ever(town: City, caplog: pytest.LogCaptureFixture) -> None:
    """The form comes where Slack takes it when it is asked again, else a sentence; the next try brings the form."""
    for person in town.people[1:]:
        meets(town, person.name, "views.update", few=1)
        written = len(person.sees(person.dm(town.app)))
        await person.types("/maturity setup", town.channel)
        await town.bot.in_flight.landed()
        assert person.modal is not None
        town.sandbox.faults.clear()
        if WAITING in person.modal.shown:  # also the sentence was refused: it is written instead
            assert len(person.sees(person.dm(town.app))) == written + 1, person.name
        elif WORDS[person.name][1] is Verdict.PASSING:
            assert person.modal.body["callback_id"] == "setup", person.name
        await person.closes()
        await town.open_setup(person)
        await person.closes()
    assert "work after an answer failed" not in caplog.text


@each_word
async def test_a_menu_of_user_groups_that_slack_does_not_tell_is_empty_and_full_the_next_minute(
    small_town: City, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    town, person = small_town, small_town.manager
    town.workspace.add_usergroup("parks", "Parks crew", town.people)
    await town.open_setup()
    await person.fills("source", "usergroup")
    await town.bot.in_flight.landed()
    meets(town, name, "usergroups.list")
    for typed in ("p", "pa", "par"):
        assert await person.suggests("usergroup", "usergroup", typed) in ([], None) or name in COME_AGAIN
    assert len(town.sandbox.traffic.of("usergroups.list")) <= 4, "each letter asks anew"
    town.sandbox.faults.clear()
    town.clock.move(minutes=2)
    offered = await person.suggests("usergroup", "usergroup", "parks")
    assert [option["text"]["text"] for option in offered] == ["Parks crew"]
    only_bugs_are_errors(caplog)


@each_word
async def test_who_names_a_team_by_a_channel_that_slack_does_not_tell_of_reads_that_there_is_none(
    small_town: City, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    town, person = small_town, small_town.manager
    for number in range(9):  # more than are asked about one by one
        channel = town.workspace.add_channel(f"crew-{number}", members=[person, town.installation])
        await town.set_up(where=channel, name=f"Northern {number}", source="people", people=[town.people[number % 5]])
    meets(town, name, "conversations.list")
    there = len(person.sees(town.channel))
    reply = await town.manages("pause crew-3")
    await town.bot.in_flight.landed()
    said = reply.text or person.sees(town.channel)[there].shown
    assert "paused" in said or "There is no team called" in said or "Slack" in said, said
    town.sandbox.faults.clear()
    town.clock.move(minutes=2)
    await town.manages("pause crew-3")
    await town.sees(person, "paused", where=town.channel)
    only_bugs_are_errors(caplog)
