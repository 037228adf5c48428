"""Two rounds of nearly the same people: the second waits, is refused or shows nothing, and says so without a name."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from bot.sandbox import Channel, Person, SeenMessage
from bot.slack.ids import Do
from tests.journeys.city import City
from tests.journeys.records import rows
from tests.journeys.test_my_data import erase
from tests.journeys.test_settings import delete, looked_again, saved, settings
from tests.storage.builders import on_both

TUESDAY = datetime(2026, 10, 6, 15, 0, tzinfo=UTC)
"""10:00 in Chicago, the first date that a form offers."""
ASKED = "Choose the level where you stop"
NOT_SHOWN = "Not shown: most who answered also answered elsewhere this week."
WAITS = "asked in another check-in that is still open or opened less than six days ago"


async def group(town: City, name: str, members: Sequence[Person], **fields: object) -> Channel:
    """Another channel with a team of its own, which is asked when its manager says so: the first of these people."""
    channel = town.workspace.add_channel(name, members=[*members, town.installation])
    await town.set_up(members[0], where=channel, name=name, **fields)
    await members[0].types("/maturity pause", channel)
    return channel


async def starts(town: City, channel: Channel) -> str:
    """What the manager of the team of that channel reads at `/maturity start`."""
    return (await town.manager.types("/maturity start", channel)).text


async def taps_all(town: City, person: Person, team: str, *, level: int = 2) -> None:
    """Answer the check-in of that team, of which a person may have several."""
    found = [each for each in town.seen(person, ASKED) if team in each.shown]
    await town.answer(person, [level] * 5, prompt=found[-1])


async def summary_of(town: City, channel: Channel) -> SeenMessage:
    return await town.sees(town.manager, ": round ", where=channel)


@on_both
async def test_a_team_that_is_deleted_and_set_up_anew_without_one_member_is_not_asked_for_six_days(town: City) -> None:
    await town.set_up()
    await town.round()
    asked_at = town.clock()
    await delete(town, town.manager, await settings(town, town.manager))
    await looked_again(town)
    assert await rows(town, "rounds") == []
    again = await group(town, "again", town.people[:4])
    refused = await starts(town, again)
    assert WAITS in refused
    assert "permits" not in refused
    assert not any(person.name in refused for person in town.people)
    town.clock.move_to(asked_at + timedelta(days=6, minutes=5))
    assert "Opening a round" in await starts(town, again)


@on_both
async def test_however_one_of_seven_is_left_out_nobody_is_asked_for_six_days(town: City) -> None:
    town.people += [town.workspace.add_person(name=name, tz="America/Chicago") for name in ("Fay", "Gil")]
    town.channel.add_members(town.people[5:])
    await town.set_up()
    await town.round(dict.fromkeys("ABCDE", (1, 1, 1, 2, 2, 2, 2)))  # "3, 4, 0, 0"
    await delete(town, town.manager, await settings(town, town.manager))
    await looked_again(town)
    six = town.people[:6]
    group_of_six = town.workspace.add_usergroup("six", "The six", six)
    await town.set_up(source="people", people=six)
    assert WAITS in await starts(town, town.channel), "chosen people"
    await town.set_up(privacy="named")
    assert WAITS in await starts(town, town.channel), "named"
    await town.open_setup()
    await town.manager.fills("source", "usergroup")
    await town.bot.in_flight.landed()
    await town.manager.suggests("usergroup", "usergroup", "six")
    await town.manager.fills("usergroup", group_of_six.id)
    assert "are saved" in await saved(town, town.manager)
    await town.manager.closes()
    assert WAITS in await starts(town, town.channel), "a user group"
    town.channel.remove(town.people[6])
    await town.settled()
    await town.set_up(source="channel", privacy="confidential")
    assert WAITS in await starts(town, town.channel), "the channel, which one has left"
    assert len(town.seen(six[1], ASKED)) == 0


async def test_a_start_that_must_be_refused_is_refused_at_once_and_not_offered_first(town: City) -> None:
    await town.set_up()
    await town.round()
    await group(town, "twin", town.people)
    twin = next(team for team in await rows(town, "teams") if team["name"] == "twin")
    home = await town.opens_home(town.manager)
    await town.manager.taps(home, action_id=Do.HOME_START, value=str(twin["id"]))
    await town.bot.in_flight.landed()
    assert town.manager.modal is not None
    assert WAITS in town.manager.modal.shown
    assert "*twin* can be started from" in town.manager.modal.shown
    assert "[Start now]" not in town.manager.modal.shown


@on_both
async def test_a_planned_round_waits_for_six_days_and_its_managers_are_told_once(town: City) -> None:
    await town.set_up()
    twin = await group(town, "twin", town.people, cadence="1")  # every week there is no other to begin in
    await town.without_holidays()
    await town.manager.types("/maturity resume", twin)
    town.clock.move_to(TUESDAY)
    await town.settled()
    opened = await rows(town, "rounds")
    assert len(opened) == 1, "of two that are due at once one opens"
    told = await town.sees(town.manager, WAITS)
    assert "waits and opens" in told.shown
    assert len(town.seen(town.manager, WAITS)) == 1
    town.clock.move_to(TUESDAY + timedelta(days=6) - timedelta(minutes=2))
    await town.settled()
    assert len(await rows(town, "rounds")) == 1
    town.clock.move_to(TUESDAY + timedelta(days=6))
    await town.settled()
    assert len(await rows(town, "rounds")) == 2
    assert len(town.seen(town.manager, WAITS)) == 1


async def test_it_waits_for_an_open_round_until_that_closes(town: City) -> None:
    await town.set_up()
    await town.opened()
    assert "Its check-ins and reminders follow" in (await town.manages("extend 5")).text
    squad = await group(town, "squad", town.people[:4])
    town.clock.move(days=7)
    refused = await starts(town, squad)
    assert WAITS in refused
    await town.close_early()
    await town.settled()
    assert "Opening a round" in await starts(town, squad)


async def test_a_department_is_asked_although_one_of_its_squads_was(town: City) -> None:
    await town.set_up()
    await town.opened()
    more = [town.workspace.add_person(name=f"P{number}", tz="America/Chicago") for number in range(6)]
    department = await group(town, "department", [*town.people, *more])
    assert "Opening a round" in await starts(town, department)


async def test_a_cancelled_round_hinders_nobody(town: City) -> None:
    await town.set_up()
    twin = await group(town, "twin", town.people)
    await town.opened()
    await town.manages("cancel")
    await town.manager.taps(
        await town.sees(town.manager, "there will be no summary", where=town.channel), action_id=Do.CANCEL_NOW
    )
    await town.settled()
    assert "Opening a round" in await starts(town, twin)


async def test_two_named_rounds_do_not_hinder_each_other_and_a_confidential_one_waits_for_one(town: City) -> None:
    await town.set_up(privacy="named")
    await town.round()
    twin = await group(town, "twin", town.people)
    assert WAITS in await starts(town, twin)
    await town.set_up(where=twin, privacy="named")
    assert "Opening a round" in await starts(town, twin)


@on_both
async def test_nothing_is_shown_where_most_who_answered_also_answered_elsewhere(town: City) -> None:
    await town.set_up()
    more = [town.workspace.add_person(name=f"P{number}", tz="America/Chicago") for number in range(6)]
    everybody = [*town.people, *more]
    department = await group(town, "department", everybody)
    await town.round()
    assert "Opening a round" in await starts(town, department)
    await town.settled()
    for person in [*town.people, *more[:3]]:  # three who hadn't answered elsewhere
        await taps_all(town, person, "department", level=3)
    town.clock.move(days=4)
    shown = await summary_of(town, department)
    assert "8 of 11 answered." in shown.shown
    assert "Not shown: most who answered also answered elsewhere this week." in shown.shown
    await town.settled()
    [closed] = [each for each in await rows(town, "rounds") if each["withheld"]]
    assert not [each for each in await rows(town, "round_counts") if each["round_id"] == closed["id"]]
    assert await rows(town, "answers") == []
    assert (
        "Not shown: most who answered also answered elsewhere this week."
        in (await town.sees(town.people[1], "*Check-in: department*")).shown
    )
    said = await town.manager.types("/maturity summary", department)
    assert "Not shown" in said.text
    assert closed["id"] not in {each["round_id"] for each in await rows(town, "recently_asked")}
    for command in ("trend", "summary last 2"):
        words = str((await town.manager.types(f"/maturity {command}", department)).blocks)
        assert NOT_SHOWN in words, command
        assert "oo few" not in words, command
    words = str((await town.manages("overview")).blocks)
    assert f"*department*. {NOT_SHOWN}" in words or f"department. {NOT_SHOWN}" in words, words
    assert "1 team not shown" in words
    assert "oo few" not in words
    await town.manager.types("/maturity export csv", department)
    sent = await town.sees(town.manager, "The export of *department* that you asked for.")
    [data] = sent.files.values()
    with ZipFile(BytesIO(data)) as files:
        told = "".join(files.read(name).decode() for name in files.namelist() if name.endswith(".csv"))
    assert NOT_SHOWN in told
    assert "too few answers," not in told


async def test_where_too_few_answered_it_says_no_more_than_that(town: City) -> None:
    await town.set_up()
    more = [town.workspace.add_person(name=f"P{number}", tz="America/Chicago") for number in range(6)]
    department = await group(town, "department", [*town.people, *more])
    await town.round()
    await starts(town, department)
    await town.settled()
    await taps_all(town, town.people[1], "department")
    town.clock.move(days=4)
    shown = (await summary_of(town, department)).shown
    assert "Too few answered" in shown
    assert "elsewhere" not in shown, "it would say where that one person answered"


async def test_a_team_too_small_to_show_anything_learns_nothing_of_when_others_were_asked(town: City) -> None:
    await town.set_up()
    await town.round()
    alone = await group(town, "alone", town.people[:1])
    assert "Opening a round" in await starts(town, alone)


async def put_off(town: City) -> dict[str, Any]:
    """Two teams of the same people that were due at once, and the one that waits until Monday."""
    await town.set_up()
    twin = await group(town, "twin", town.people, cadence="1")
    await town.without_holidays()
    await town.manager.types("/maturity resume", twin)
    town.clock.move_to(TUESDAY)
    await town.settled()
    [waiting] = [each for each in await rows(town, "teams") if each["planned_at"] is not None]
    assert waiting["next_slot_date"] == TUESDAY.date() + timedelta(days=6)
    return waiting


async def test_a_round_that_would_wait_into_its_next_one_is_left_out_and_its_managers_are_told_once(town: City) -> None:
    await town.set_up(window="10")
    twin = await group(town, "twin", town.people, cadence="1", local_time="11:00")
    await town.without_holidays()
    await town.manager.types("/maturity resume", twin)
    for days in (0, 1, 7):
        town.clock.move_to(TUESDAY + timedelta(days=days, hours=2))
        await town.settled()
    assert len(await rows(town, "rounds")) == 1
    told = town.seen(town.manager, WAITS)
    assert ["this round is skipped" in each.shown for each in told] == [True]
    assert "permits" not in told[0].shown
    town.clock.move_to(TUESDAY + timedelta(days=14, hours=2))
    await town.settled()
    town.clock.move(seconds=6)  # it may have been looked at before the other was closed
    await town.settled()
    assert len(await rows(town, "rounds")) == 2
    assert len(town.seen(town.manager, WAITS)) == 1


async def again(town: City, team: dict[str, Any]) -> dict[str, Any]:
    return next(each for each in await rows(town, "teams") if each["id"] == team["id"])


async def test_a_round_that_waits_is_not_lost_by_taking_back_what_was_not_left_out(town: City) -> None:
    waiting = await put_off(town)
    channel = next(each for each in town.workspace.channels.values() if each.id == waiting["channel_id"])
    await town.manager.types("/maturity skip off", channel)
    assert (await again(town, waiting))["next_round_at"] == waiting["next_round_at"]


async def test_a_round_that_waits_follows_its_settings(town: City) -> None:
    waiting = await put_off(town)
    channel = next(each for each in town.workspace.channels.values() if each.id == waiting["channel_id"])
    await town.set_up(where=channel, local_time="14:00")
    changed = await again(town, waiting)
    assert changed["next_slot_date"] == waiting["next_slot_date"]
    assert changed["next_round_at"] == waiting["next_round_at"] + timedelta(hours=4)


async def test_a_round_on_everyones_own_clock_waits_for_six_days_and_is_shown(town: City) -> None:
    """It could open up to a day before its instant, at its date's beginning in the first time zone."""
    await town.set_up()
    await town.manages("pause")
    twin = await group(town, "twin", town.people, cadence="monthly:2", clock="member")
    await town.manager.types("/maturity resume", twin)  # asked on 13 October
    town.clock.move_to(TUESDAY + timedelta(days=1))
    await town.round()
    town.clock.move_to(TUESDAY + timedelta(days=6, hours=20))
    await town.settled()
    assert len(await rows(town, "rounds")) == 1
    town.clock.move_to(TUESDAY + timedelta(days=7, hours=1))
    await town.settled()
    for person in town.people:
        await taps_all(town, person, "twin", level=3)
    town.clock.move(days=4)
    assert "level 3" in (await summary_of(town, twin)).shown


async def test_four_who_answered_nowhere_else_are_enough(town: City) -> None:
    await town.set_up()
    more = [town.workspace.add_person(name=f"P{number}", tz="America/Chicago") for number in range(6)]
    department = await group(town, "department", [*town.people, *more])
    await town.round()
    await starts(town, department)
    await town.settled()
    for person in [*town.people, *more[:4]]:
        await taps_all(town, person, "department", level=3)
    town.clock.move(days=4)
    assert "level 3" in (await summary_of(town, department)).shown


async def test_starting_now_is_refused_where_a_planned_round_would_have_to_wait(town: City) -> None:
    await town.set_up()
    twin = await group(town, "twin", town.people)
    refused = await starts(town, twin)
    assert "would have to wait for this one" in refused
    assert "permits" not in refused


async def test_one_is_started_although_another_of_the_same_people_is_planned_for_the_week_after(town: City) -> None:
    await town.set_up()
    twin = town.workspace.add_channel("twin", members=[*town.people, town.installation])
    await town.set_up(where=twin, name="twin")
    assert {each["next_round_at"].day for each in await rows(town, "teams")} == {6, 13}
    await town.opened()


@on_both
async def test_a_second_team_of_the_same_people_begins_a_week_later_and_its_founder_reads_why(town: City) -> None:
    await town.set_up()
    twin = town.workspace.add_channel("twin", members=[*town.people, town.installation])
    await town.open_setup(where=twin)
    await town.manager.fills("name", "twin")
    said = await saved(town, town.manager)
    assert "but nearly the same people have another check-in around then" in said
    dates = sorted(each["next_round_at"].date().isoformat() for each in await rows(town, "teams"))
    assert dates == ["2026-10-06", "2026-10-13"]
    town.clock.move_to(TUESDAY + timedelta(days=91, hours=2))
    await town.settled()
    assert not town.seen(town.manager, WAITS), "a quarter later neither has to wait"


async def test_the_check_in_says_when_few_people_differ_from_the_last_round(town: City) -> None:
    await town.set_up()
    await town.round()
    town.clock.move(days=8)
    newcomer = town.workspace.add_person(name="Fay", tz="America/Chicago")
    town.channel.invite(newcomer, by=town.manager)
    town.channel.remove(town.people[4], by=town.manager)
    await town.settled()
    await town.manages("start")
    shown = await town.sees(newcomer, ASKED)
    assert "1 person joined and 1 left since the last round." in shown.shown


async def test_what_is_kept_for_this_is_told_exported_and_gone_after_six_days(town: City) -> None:
    await town.set_up()
    await town.round()
    said = await town.people[1].types("/maturity privacy", town.channel)
    assert "asked in 1 check-in within the last six days" in str(said.blocks)
    assert len(await rows(town, "recently_asked")) == 5
    town.clock.move(days=7)
    await town.settled()
    assert await rows(town, "recently_asked") == []


async def test_a_round_is_open_for_twenty_working_days_at_most(town: City) -> None:
    await town.set_up()
    await town.opened()
    assert "Its check-ins and reminders follow" in (await town.manages("extend 17")).text
    assert "at most" in (await town.manages("extend 1")).text


async def test_what_starting_now_promises_comes_true(town: City) -> None:
    await town.set_up()
    twin = await group(town, "twin", town.people)
    refused = await starts(town, twin)
    promised = re.search(r"<!date\^(\d+)\^", refused)
    assert promised is not None, refused
    town.clock.move_to(datetime.fromtimestamp(int(promised[1]), tz=UTC) + timedelta(minutes=1))
    await town.settled()
    assert "Opening a round" in await starts(town, twin)


async def test_where_nearly_the_same_people_are_asked_every_week_it_says_that_there_is_no_such_time(
    town: City,
) -> None:
    await town.set_up(cadence="1")
    twin = await group(town, "twin", town.people)
    refused = await starts(town, twin)
    assert "planned so often" in refused
    assert "permits" not in refused


async def test_a_round_is_not_kept_open_into_a_planned_one_of_nearly_the_same_people(town: City) -> None:
    await town.set_up()
    twin = town.workspace.add_channel("twin", members=[*town.people, town.installation])
    await town.set_up(where=twin, name="twin")
    await town.opened()
    refused = (await town.manages("extend 10")).text
    assert "planned before then" in refused
    assert "twin" not in refused
    assert "Its check-ins and reminders follow" in (await town.manages("extend 1")).text


async def test_a_change_of_who_is_asked_chooses_the_first_date_anew(town: City) -> None:
    few, others = town.people[:1], [town.workspace.add_person(name=f"Other {number}") for number in range(4)]
    await town.set_up()
    apart = town.workspace.add_channel("apart", members=[*few, *others, town.installation])
    await town.set_up(where=apart, name="apart")
    assert {each["next_round_at"].day for each in await rows(town, "teams")} == {6}
    await town.open_setup(where=apart)
    await town.manager.fills("source", "people")
    await town.bot.in_flight.landed()
    await town.manager.fills("people", [each.id for each in town.people])
    assert "but nearly the same people have another check-in around then" in await saved(town, town.manager)
    assert {each["next_round_at"].day for each in await rows(town, "teams")} == {6, 13}


async def test_who_was_erased_and_is_asked_again_counts_as_nobody_who_joined_or_left(town: City) -> None:
    await town.set_up()
    await town.round()
    await erase(town, town.people[1])
    town.clock.move(days=8)
    await town.settled()
    await town.manages("start")
    shown = await town.sees(town.people[2], ASKED)
    assert "since the last round" not in shown.shown
