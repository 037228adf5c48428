"""When teams of nearly the same people are asked: what the form shows, what a refusal says, what a pause leaves."""

import json
from collections.abc import Sequence
from datetime import timedelta

from bot.sandbox import Channel, Person
from tests.journeys.city import City
from tests.journeys.records import rows
from tests.journeys.test_nearly_the_same_people import TUESDAY, WAITS, again, group, put_off, starts


async def test_a_refusal_says_why_a_day_is_later_than_six_days_from_then(town: City) -> None:
    says = "It can't be sooner, since another one is planned before then."
    await town.set_up()
    twin = await group(town, "twin", town.people)
    third = town.workspace.add_channel("third", members=[*town.people, town.installation])
    await town.set_up(where=third, name="third")
    await town.opened()
    refused = await starts(town, twin)
    assert WAITS in refused
    assert "Monday 19 October 2026" in refused or "Tuesday 20 October 2026" in refused, "after that of the 13th"
    assert says in refused
    await town.manager.types("/maturity pause", third)
    refused = await starts(town, twin)
    assert "11 October 2026" in refused
    assert says not in refused


async def test_the_form_shows_the_first_date_as_it_is_chosen(town: City) -> None:
    twin = town.workspace.add_channel("twin", members=[*town.people, town.installation])
    strangers = town.workspace.add_channel("strangers", members=[town.manager, town.installation])
    await town.set_up()
    await town.open_setup(where=strangers)
    assert "Next: Tuesday 6 October 2026" in form_of(town)
    await town.manager.closes()
    await town.open_setup(where=twin)
    said = form_of(town)
    assert "Next: Tuesday 13 October 2026" in said
    assert "but nearly the same people have another check-in around then" in said
    assert "Another team" not in said, "which is said where a team is asked every week or two"
    await town.manager.closes()
    town.sandbox.faults.add(method="conversations.members", kind="internal_error", times=9)
    third = town.workspace.add_channel("third", members=[*town.people, town.installation])
    await town.open_setup(where=third)
    assert "The first may be some weeks later, where nearly the same people have another check-in" in form_of(town)


async def test_the_form_says_that_a_team_shares_half_of_its_people_with_another_that_is_asked_as_often(
    town: City,
) -> None:
    ana, *others = town.people
    await town.set_up(cadence="2", weekday="monday")
    twin = town.workspace.add_channel("twin", members=[*town.people, town.installation])
    strangers = town.workspace.add_channel("strangers", members=[ana, town.bystander, town.installation])
    for channel, cadence, is_said in (
        (twin, "13", False),
        (twin, "1", True),
        (twin, "2", True),
        (strangers, "1", False),
    ):
        await town.open_setup(where=channel)
        await ana.fills("cadence", cadence)
        await town.bot.in_flight.landed()
        said = form_of(town)
        assert (SHARES in said) is is_said, (channel.name, cadence)
        assert "permits" not in said
        assert not any(person.name in said for person in others)
        await ana.closes()
    await town.manages("pause")
    await town.open_setup(where=twin)
    await ana.fills("cadence", "1")
    await town.bot.in_flight.landed()
    assert SHARES not in form_of(town), "which is asked no more"


def form_of(town: City, person: Person | None = None) -> str:
    """What the form says that somebody has before them, the manager unless told otherwise."""
    modal = (person or town.manager).modal
    assert modal is not None
    return str(modal.blocks)


MAY_MOVE = "The first may be some weeks later, where nearly the same people have another check-in"
ANOTHER = "another check-in around then"
SHARES = "Another team that is asked every week or two has half of these people"


async def chooses(town: City, person: Person, people: Sequence[Person], *, cadence: str) -> str:
    """The form after somebody chose whom it asks by hand, and then how often."""
    for field, value in (("source", "people"), ("people", [each.id for each in people]), ("cadence", cadence)):
        await person.fills(field, value)
        await town.bot.in_flight.landed()
    return form_of(town, person)


async def test_whoever_chooses_people_by_hand_reads_nothing_of_when_they_are_asked_elsewhere(town: City) -> None:
    zoe = town.bystander
    strangers = [town.workspace.add_person(name=f"Stranger {number}") for number in range(4)]
    await town.set_up(cadence="2")
    elsewhere = town.workspace.add_channel("elsewhere", members=[*strangers, zoe, town.installation])
    await town.set_up(zoe, where=elsewhere, name="elsewhere", cadence="monthly:1")  # so that everybody is known
    lobby = town.workspace.add_channel("lobby", members=[zoe, town.installation])
    await town.open_setup(zoe, where=lobby)
    for asked in (town.people[:1], town.people[:2], town.people, strangers[:1], strangers):
        for cadence in ("13", "2"):
            said = await chooses(town, zoe, asked, cadence=cadence)
            assert MAY_MOVE in said, [each.name for each in asked]
            assert "Next: Tuesday 6 October 2026" in said
            assert "but nearly the same people" not in said
            assert SHARES not in said


async def test_a_form_tells_nothing_of_fewer_people_than_a_result_is_shown_for(town: City) -> None:
    zoe = town.bystander
    await town.set_up()
    few = town.workspace.add_channel("few", members=[zoe, *town.people[:2], town.installation])
    with_guests = town.workspace.add_channel("with-guests", members=[zoe, town.people[1], town.installation])
    with_guests.add_members([town.workspace.add_person(name=f"Guest {n}", is_restricted=True) for n in range(3)])
    for channel in (few, with_guests):
        for privacy in ("named", "confidential"):
            await town.open_setup(zoe, where=channel)
            for field, value in (("privacy", privacy), ("cadence", "2")):
                await zoe.fills(field, value)
                await town.bot.in_flight.landed()
            said = form_of(town, zoe)
            assert "Next: Tuesday 6 October 2026" in said, (channel.name, privacy)
            assert "but nearly the same people" not in said, (channel.name, privacy)
            await zoe.closes()


async def forged(town: City, person: Person, where: Channel, **kept: object) -> str:
    """What a form says whose sender made up what it keeps, after another choice."""
    await town.open_setup(person, where=where)
    assert person.modal is not None
    person.modal.body["private_metadata"] = json.dumps({"channel": where.id, **kept})
    await person.fills("cadence", "13")
    await town.bot.in_flight.landed()
    said = form_of(town, person)
    await person.closes()
    return said


async def test_a_form_with_a_made_up_team_says_what_one_without_a_team_says(town: City) -> None:
    zoe = town.bystander
    hidden = town.workspace.add_channel("hidden", members=[*town.people, town.installation], is_private=True)
    await town.set_up(where=hidden, name="hidden")
    await town.manager.types("/maturity skip", hidden)
    [team] = await rows(town, "teams")
    lobby = town.workspace.add_channel("lobby", members=[zoe, town.installation])
    without = await forged(town, zoe, lobby)
    assert "Next: Tuesday 6 October 2026" in without
    said = await forged(town, zoe, lobby, team=team["id"])
    assert "Next: Tuesday 6 October 2026" in said, "the team's own would be a quarter later"
    assert "Next: Tuesday 6 October 2026" in await forged(town, zoe, lobby, team=team["id"] + 1)


async def test_a_guest_with_a_form_reads_nothing_of_anybody(town: City) -> None:
    zoe = town.bystander
    await town.set_up()
    twin = town.workspace.add_channel("twin", members=[*town.people, zoe, town.installation])
    await town.open_setup(zoe, where=twin)
    assert ANOTHER in form_of(town, zoe)
    zoe.change(is_restricted=True)
    await town.settled()
    await zoe.fills("cadence", "4")
    await town.bot.in_flight.landed()
    assert "but nearly the same people" not in form_of(town, zoe)


async def test_a_round_that_waits_is_lost_neither_by_a_pause_nor_by_leaving_it_out_for_a_moment(town: City) -> None:
    waiting = await put_off(town)
    channel = next(each for each in town.workspace.channels.values() if each.id == waiting["channel_id"])
    for there, back in (("pause", "resume"), ("skip", "skip off")):
        await town.manager.types(f"/maturity {there}", channel)
        assert (await again(town, waiting))["next_round_at"] != waiting["next_round_at"]
        said = (await town.manager.types(f"/maturity {back}", channel)).text
        assert "Monday 12 October 2026" in said, back
        kept = await again(town, waiting)
        assert [kept[name] for name in ("next_round_at", "planned_at")] == [
            waiting[name] for name in ("next_round_at", "planned_at")
        ]
    town.clock.move_to(TUESDAY + timedelta(days=6))
    await town.settled()
    town.clock.move(seconds=10)  # the other round closed at that moment
    await town.settled()
    assert len([each for each in await rows(town, "rounds") if each["team_id"] == waiting["id"]]) == 1
