"""People of whom Slack's word of a change was lost: while the app was down, or restored from an earlier copy."""

from bot.sandbox import Person
from bot.slack.ids import Do
from tests.journeys.city import City
from tests.journeys.test_members import REFUSED, a_named_round
from tests.storage.builders import on_both


def becomes_unheard(person: Person, **fields: object) -> None:
    """Slack's word of a change of theirs is lost, as while the app is down, or restored from an earlier copy."""
    for name, value in fields.items():
        setattr(person, name, value)


@on_both
async def test_of_whom_slack_changed_its_mind_unheard_it_is_asked_again_the_next_day(town: City) -> None:
    summary = await a_named_round(town)
    ana, ben, cho, dev, _eli = town.people
    for words in (f"managers add <@{ben.id}>", f"managers add <@{cho.id}>"):
        await town.manages(words)
    mayor = town.workspace.add_person(name="Mayor", is_admin=True)
    town.channel.invite(mayor)
    await town.settled()
    assert "For admins" in (await town.opens_home(mayor)).shown
    assert "level 2: Ben, Cho and Dev" in await town.details(summary, dev)
    becomes_unheard(ben, is_restricted=True)
    becomes_unheard(cho, is_restricted=True, is_ultra_restricted=True)
    becomes_unheard(dev, team_id="T0THEIRS")
    becomes_unheard(mayor, is_admin=False)
    town.clock.move(days=1, minutes=1)

    for words in ("summary", "export", "trend", "managers"):
        assert (await ben.types(f"/maturity {words}", town.channel)).text == REFUSED, words
    assert town.channel.name not in (await town.opens_home(cho)).shown
    await dev.taps(summary, action_id=Do.DETAILS)
    await town.bot.in_flight.landed()
    assert dev.modal is None
    await town.sees(dev, REFUSED, where=town.channel)
    assert "Only admins may do that" in (await mayor.types("/maturity audit", town.channel)).text
    assert "For admins" not in (await town.opens_home(mayor)).shown
    # Whom nothing has changed of is answered as before, also while Slack says nothing of them.
    town.sandbox.faults.add(method="users.info", kind="internal_error", times=99)
    assert "Managers of" in (await town.manages("managers")).text
    assert "level 2: Ben, Cho and Dev" in await town.details(summary, ana)


async def test_news_and_results_go_to_no_manager_who_became_a_guest_unheard(town: City) -> None:
    await town.set_up()
    ben = town.people[1]
    await town.manages(f"managers add <@{ben.id}>")
    town.channel.remove(ben)
    await town.settled()
    becomes_unheard(ben, is_restricted=True)
    town.clock.move(days=2)
    town.channel.archive()
    await town.settled()
    await town.sees(town.manager, "is archived, so the next summary")
    assert town.newest(ben, "is archived") is None
