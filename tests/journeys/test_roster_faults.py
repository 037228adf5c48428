"""Rosters that Slack doesn't tell at once: read on while there is time, and complete when the round opens."""

from collections import Counter
from datetime import UTC, datetime
from typing import Any

from tests.journeys.city import City
from tests.storage.builders import on_both

TUESDAY = datetime(2026, 10, 6, 15, 0, tzinfo=UTC)
NEXT_ROUND = TUESDAY.replace(day=13)
ASKED = "Choose the level where you stop"
UNREAD = "could not be read from Slack, so those of last time are asked"


async def a_week_later(town: City) -> None:
    """Fifty minutes before the second round: its roster is due, and what is known of its members is old."""
    await town.set_up(cadence="1")
    town.clock.move_to(TUESDAY)
    for person in town.people:
        await town.sees(person, ASKED)
    await town.close_early()
    await town.settled()
    await town.stop_bot()
    town.clock.move_to(NEXT_ROUND.replace(hour=14, minute=10))


def looked_up(town: City) -> Counter[str]:
    """How often Slack was asked about each person."""
    return Counter(each["body"]["user"] for each in town.sandbox.traffic.of("users.info"))


async def test_a_roster_that_slack_tells_a_part_at_a_time_is_complete_when_its_round_opens(town: City) -> None:
    await a_week_later(town)
    before, eli = looked_up(town), town.people[4]

    def is_eli(said: dict[str, Any]) -> bool:
        return bool(said["user"] == eli.id)

    town.sandbox.faults.add(method="users.info", kind="ratelimited", retry_after=120, when=is_eli)
    await town.start_bot()
    await town.settled()
    town.clock.move(minutes=3)
    await town.settled()
    since = looked_up(town) - before
    assert [since[person.id] for person in town.people] == [1, 1, 1, 1, 2], "whom Slack told of is asked about again"
    town.clock.move_to(NEXT_ROUND)
    for person in town.people:
        await town.sees(person, ASKED)
    await town.settled()
    assert [len(town.seen(person, ASKED)) for person in town.people] == [1] * 5
    assert not town.seen(town.manager, UNREAD)


async def test_a_roster_that_slack_in_trouble_did_not_give_is_read_a_minute_later(town: City) -> None:
    await a_week_later(town)
    town.sandbox.faults.add(method="conversations.members", kind="internal_error")
    town.channel.invite(town.bystander)  # while the bot is down: only a roster that is read tells of it
    await town.start_bot()
    await town.settled()
    town.clock.move(minutes=1)
    await town.settled()
    town.clock.move_to(NEXT_ROUND)
    await town.sees(town.bystander, ASKED)
    assert not town.seen(town.manager, UNREAD)


async def test_who_joined_unheard_is_asked_where_the_roster_is_told_only_at_the_second_reading(town: City) -> None:
    await town.set_up()
    town.app.events = ()  # the one of their joining gets lost
    town.channel.invite(town.bystander)
    town.sandbox.faults.add(method="conversations.members", kind="internal_error")
    await town.manages("start")
    await town.sees(town.bystander, ASKED)
    await town.settled()
    assert [len(town.seen(person, ASKED)) for person in (*town.people, town.bystander)] == [1] * 6
    assert not town.seen(town.manager, UNREAD)


async def test_a_round_waits_five_minutes_for_a_roster_that_slack_puts_off_and_no_longer(town: City) -> None:
    await a_week_later(town)
    town.sandbox.faults.add(method="users.info", kind="ratelimited", retry_after=60, times=1000)
    await town.start_bot()
    town.clock.move_to(NEXT_ROUND)
    await town.settled()
    assert not town.seen(town.manager, ASKED)
    town.clock.move(minutes=5)
    for person in town.people:
        await town.sees(person, ASKED)
    await town.sees(town.manager, UNREAD)


@on_both
async def test_a_team_of_more_people_than_slack_tells_of_at_once_is_set_up_and_asked(town: City) -> None:

    def is_no_manager(said: dict[str, Any]) -> bool:
        return bool(said["user"] != town.manager.id)

    fault = town.sandbox.faults.add(
        method="users.info", kind="ratelimited", retry_after=30, times=8, when=is_no_manager
    )
    await town.set_up()
    await town.manages("start")
    await town.settled()
    while fault.times:
        town.clock.move(seconds=31)
        await town.settled()
    town.clock.move(seconds=31)
    for person in town.people:
        await town.sees(person, ASKED)
    assert not town.seen(town.manager, UNREAD)
