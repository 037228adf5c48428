"""Slack is slow, in trouble, or refuses what is shown: whoever looks at a modal reads what became of it."""

import pytest
from sqlalchemy import update

from bot.sandbox import SeenMessage
from bot.sandbox.wire.faults import FaultKind
from bot.slack.ids import Do, View
from storage.models import Team
from tests.journeys.city import City
from tests.journeys.records import rows
from tests.journeys.test_settings import saved
from tests.storage.builders import on_both

WAITING = "One moment."
TOO_SLOW = "Slack was too slow to open that. Try again."


@pytest.mark.parametrize("kind", ["internal_error", "server_error", "ratelimited", "refuse_connection"])
async def test_a_form_that_slack_failed_to_show_is_shown_at_the_next_try(town: City, kind: FaultKind) -> None:
    town.sandbox.faults.add(method="views.update", kind=kind)
    await town.manager.types("/maturity setup", town.channel)
    await town.bot.in_flight.landed()
    assert town.manager.modal is not None
    assert town.manager.modal.body["callback_id"] == "setup"


async def test_what_became_of_a_saved_form_is_shown_at_the_next_try(town: City) -> None:
    ana = await town.open_setup()
    town.sandbox.faults.add(method="views.update", kind="internal_error")
    assert "are set up" in await saved(town, ana)
    assert len(await rows(town, "teams")) == 1


@on_both
async def test_in_place_of_a_form_that_slack_refuses_there_is_a_sentence(
    town: City, log: pytest.LogCaptureFixture
) -> None:
    await town.set_up()
    async with town.bot.database.begin() as session:
        await session.execute(update(Team).values(name="x" * 4000))  # more than its field holds
    await town.manager.types("/maturity settings", town.channel)
    await town.bot.in_flight.landed()
    assert town.manager.modal is not None
    assert "through an error on our side" in str(town.manager.modal.blocks)
    assert "fault " in log.text


async def test_a_tap_is_answered_although_the_modal_opens_late(town: City) -> None:
    town.bot.in_flight.patience = 0.05
    summary = await _summary(town)
    slow = town.sandbox.faults.add(method="views.open", kind="slow", delay=None)
    reply = await town.manager.taps(summary, action_id=Do.DETAILS)
    assert (reply.status, reply.problem, town.manager.modal) == (200, None, None)
    slow.release()
    await town.bot.in_flight.landed()
    assert town.manager.modal is not None


async def test_a_preview_is_answered_although_it_opens_late_and_opens_over_what_was_saved(town: City) -> None:
    town.bot.in_flight.patience = 0.05
    ana = await town.open_setup()
    assert "are set up" in await saved(town, ana)
    beneath = ana.modal
    assert beneath is not None
    slow = town.sandbox.faults.add(method="views.push", kind="slow", delay=None)
    reply = await ana.taps(beneath, action_id=Do.PREVIEW)
    assert (reply.status, reply.problem, ana.modal) == (200, None, beneath), "answered before Slack opened it"
    slow.release()
    await town.bot.in_flight.landed()
    assert ana.modal is not None
    assert ana.modal.body["callback_id"] == View.PREVIEW
    assert beneath in ana.modals


async def test_a_preview_that_slack_opens_no_more_is_said_to_be_missing(town: City) -> None:
    town.bot.in_flight.patience = 0.0
    ana = await town.open_setup()
    assert "are set up" in await saved(town, ana)
    assert ana.modal is not None
    town.sandbox.faults.add(method="views.push", kind="internal_error")
    assert (await ana.taps(ana.modal, action_id=Do.PREVIEW)).status == 200
    await town.bot.in_flight.landed()
    assert town.newest(ana, TOO_SLOW) is not None


async def test_a_form_that_opens_late_is_filled_in_all_the_same(town: City) -> None:
    town.bot.in_flight.patience = 0.0
    await town.set_up()
    assert len(await rows(town, "teams")) == 1


async def test_a_modal_that_slack_refused_too_late_is_said_to_be_missing_where_it_was_asked_for(town: City) -> None:
    town.bot.in_flight.patience = 0.0
    summary = await _summary(town)
    town.sandbox.faults.add(method="views.open", kind="internal_error", times=2)
    await town.manager.taps(summary, action_id=Do.DETAILS)
    await town.bot.in_flight.landed()
    assert town.newest(town.manager, TOO_SLOW, where=town.channel) is not None
    await town.manages("settings")
    await town.bot.in_flight.landed()
    assert town.newest(town.manager, TOO_SLOW) is not None


async def test_in_home_where_nothing_opens_any_more_it_is_said_in_a_direct_message(town: City) -> None:
    await town.set_up()
    home = await town.opens_home(town.people[1])
    town.sandbox.trigger_lifetime = -1
    reply = await town.people[1].taps(home, action_id=Do.BE_AWAY)
    assert reply.status == 200
    await town.bot.in_flight.landed()
    assert town.newest(town.people[1], TOO_SLOW) is not None


async def _summary(town: City) -> SeenMessage:
    await town.set_up()
    return await town.round()
