"""Rounds over time: they open, close, are left out, cancelled and refused, each at its moment."""

from datetime import UTC, datetime

from bot.slack.ids import Do
from tests.journeys.city import EXAMPLE, City
from tests.journeys.records import rows
from tests.storage.builders import on_both

TUESDAY = datetime(2026, 10, 6, 15, 0, tzinfo=UTC)
"""10:00 in Chicago: what the set-up form offers first."""
FRIDAY = datetime(2026, 10, 9, 15, 0, tzinfo=UTC)
"""Three working days later."""
ASKED = "Choose the level where you stop"


async def test_a_scheduled_round_opens_at_its_time_and_closes_at_its_deadline(town_on_any_transport: City) -> None:
    town = town_on_any_transport
    await town.set_up()
    town.clock.move_to(TUESDAY.replace(hour=14, minute=58))
    await town.settled()
    assert not [person for person in town.people if town.seen(person, ASKED)]

    town.clock.move_to(TUESDAY)
    await town.answer_example()
    town.clock.move_to(FRIDAY.replace(hour=14, minute=58))
    await town.settled()
    assert not town.seen(town.manager, "round 1", where=town.channel)

    town.clock.move_to(FRIDAY)
    assert "5 of 5 answered." in (await town.summary()).shown
    for person in town.people:
        assert "Read the summary" in (await town.sees(person, "This round has closed. Thanks for taking part.")).shown


async def test_on_their_own_clocks_people_are_asked_one_after_another_and_all_close_at_once(town: City) -> None:
    zones = {
        "America/Chicago": 15,
        "Europe/Berlin": 8,
        "America/New_York": 14,
        "America/Los_Angeles": 17,
        "America/Denver": 16,
    }
    for person, zone in zip(town.people, zones, strict=True):
        person.change(tz=zone)
    await town.set_up(clock="member")
    asked = set()
    for hour, person in sorted(zip(zones.values(), town.people, strict=True), key=lambda each: each[0]):
        town.clock.move_to(TUESDAY.replace(hour=hour))
        await town.sees(person, ASKED)
        await town.settled()
        asked.add(person)
        assert {each for each in town.people if town.seen(each, ASKED)} == asked, f"{hour}:00 UTC is 10:00 for one"
    [opened] = await rows(town, "rounds")
    assert opened["closes_at"] == FRIDAY.replace(hour=17), "the window is counted from whom was asked last"


async def test_the_second_summary_says_what_changed_since_the_first(town: City) -> None:
    await town.set_up()
    first = await town.round()
    assert "up from" not in first.shown
    town.clock.move(days=8)
    second = await town.round(EXAMPLE | {"C": (2, 2, 2, 2, 3)})
    assert "round 2, October 2026" in second.shown
    name = town.rubric["C"].name
    assert f"*Capability is split. {name[0]}" not in second.shown.partition("[image")[0], "one answer is no change"
    assert (
        f"C {name}: Level 2, “{town.rubric['C'].levels[1]}”; at least 3 of 5 at level 2; was 1 last round"
        in second.shown
    )
    assert "1 answer can make that difference" in second.shown
    assert "same level as last round" in second.shown


async def test_a_cancelled_round_leaves_no_answer_and_no_summary(town: City) -> None:
    await town.set_up()
    await town.opened()
    await town.answer(town.people[1], (1, 2, 3, 4, 1))
    assert "Cancelling deletes these answers" in (await town.manages("cancel")).text
    assert len(await rows(town, "answers")) == 5, "it asks first"
    offer = await town.sees(town.manager, "there will be no summary", where=town.channel)
    await town.manager.taps(offer, action_id=Do.CANCEL_NOW)
    assert await rows(town, "answers") == []
    for person in town.people:
        await town.sees(person, "This round was cancelled. All answers and notes have been deleted")
    await town.settled()
    assert not town.seen(town.manager, "# permits: round", where=town.channel)
    assert "no open round" in (await town.manages("close")).text
    await town.opened()


async def test_a_round_that_is_over_but_not_closed_yet_is_offered_for_nothing(town: City) -> None:
    await town.set_up()
    town.clock.move_to(TUESDAY)
    await town.answer_example()
    assert town.bot.worker is not None
    await town.bot.worker.stop()
    town.clock.move_to(FRIDAY)
    for typed in ("close", "cancel", "extend", "remind", "summary", "trend"):
        said = (await town.manages(typed)).text
        assert said == "The round of *permits* is over. It is being closed now."
    town.bot.worker.start()


@on_both
async def test_what_was_offered_while_a_round_was_open_is_done_until_it_is_closed(town: City) -> None:
    await town.set_up()
    town.clock.move_to(TUESDAY)
    await town.answer_example()
    await town.manages("cancel")
    offer = await town.sees(town.manager, "there will be no summary", where=town.channel)
    assert town.bot.worker is not None
    await town.bot.worker.stop()
    town.clock.move_to(FRIDAY)
    await town.manager.taps(offer, action_id=Do.CANCEL_NOW)
    assert await rows(town, "answers") == []
    town.bot.worker.start()


async def test_a_paused_team_is_asked_again_only_once_it_is_resumed(town: City) -> None:
    await town.set_up(cadence="1")
    assert "until someone types `/maturity resume`" in (await town.manages("pause")).text
    town.clock.move(days=9)
    await town.settled()
    assert await rows(town, "rounds") == []
    assert "Next rounds of *permits*" in (await town.manages("resume")).text
    town.clock.move(days=7)
    await town.sees(town.manager, ASKED)


async def test_a_skipped_round_is_left_out_and_the_one_after_it_comes(town: City) -> None:
    await town.set_up(cadence="1")
    assert "is skipped" in (await town.manages("skip")).text
    town.clock.move_to(TUESDAY)
    await town.settled()
    assert await rows(town, "rounds") == []
    town.clock.move_to(TUESDAY.replace(day=13))
    await town.sees(town.manager, ASKED)


async def test_a_team_is_asked_once_at_a_time_and_once_a_week(town: City) -> None:
    await town.set_up(cadence="1")
    await town.opened()
    assert "already has an open round" in (await town.manages("start")).text
    await town.close_early()
    await town.summary()
    assert "was asked less than a week ago" in (await town.manages("start")).text
    town.clock.move_to(TUESDAY)
    await town.settled()
    assert len(await rows(town, "rounds")) == 1, "the scheduled round of the next day would be within a week"
    town.clock.move_to(TUESDAY.replace(day=13))
    await town.sees(town.manager, ASKED)


async def test_a_round_that_was_due_while_the_app_was_down_opens_once_it_is_back(town: City) -> None:
    await town.set_up(cadence="1")
    await town.stop_bot()
    town.clock.move_to(TUESDAY.replace(day=7))
    await town.start_bot()
    for person in town.people:
        await town.sees(person, ASKED)
    await town.settled()
    assert [len(town.seen(person, ASKED)) for person in town.people] == [1] * 5
    [opened] = await rows(town, "rounds")
    assert opened["closes_at"] == FRIDAY, "the deadline stays: it is the schedule's"


async def test_rounds_missed_altogether_are_told_and_the_next_one_is_asked_once(town: City) -> None:
    await town.set_up(cadence="1")
    await town.stop_bot()
    town.clock.move_to(TUESDAY.replace(day=12))
    await town.start_bot()
    await town.sees(town.manager, "wasn't running when *permits* (#permits) was due")
    assert await rows(town, "rounds") == []
    town.clock.move_to(TUESDAY.replace(day=13))
    await town.sees(town.manager, ASKED)
    await town.settled()
    assert len(await rows(town, "rounds")) == 1


@on_both
async def test_bots_guests_and_deactivated_people_are_not_asked(town: City) -> None:
    town.channel.invite(
        town.workspace.add_person(name="A bot", is_bot=True),
        town.workspace.add_person(name="A guest", is_restricted=True),
        town.workspace.add_person(name="Long gone", deleted=True),
    )
    await town.set_up()
    await town.opened()
    assert {row["user_id"] for row in await rows(town, "round_members")} == {person.id for person in town.people}
    assert "5 people are being asked" in (await town.sees(town.manager, "is open")).shown
