"""When teams of nearly the same people are asked: what the form shows, what a refusal says, what a pause leaves."""

from datetime import timedelta

from tests.journeys.city import City
from tests.journeys.records import rows
from tests.journeys.test_nearly_the_same_people import TUESDAY, WAITS, again, group, put_off, starts


async def test_a_refusal_says_why_a_day_is_later_than_six_days_from_then(town: City) -> None:
    says = "It can't be sooner, since a check-in of nearly the same people is planned before then."
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
    says = "Another team that is asked every week or two has half of these people"
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
        assert (says in said) is is_said, (channel.name, cadence)
        assert "permits" not in said
        assert not any(person.name in said for person in others)
        await ana.closes()
    await town.manages("pause")
    await town.open_setup(where=twin)
    await ana.fills("cadence", "1")
    await town.bot.in_flight.landed()
    assert says not in form_of(town), "which is asked no more"


def form_of(town: City) -> str:
    """What the form says that the manager has before them."""
    assert town.manager.modal is not None
    return str(town.manager.modal.blocks)


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
