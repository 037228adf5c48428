"""Whoever erased themselves stands in no message to others, and gets no team's news unless they are a full member."""

from storage import people
from tests.journeys.city import City
from tests.journeys.records import rows
from tests.journeys.taking_on import adopt
from tests.journeys.test_my_data import erase
from tests.storage.builders import on_both


@on_both
async def test_a_manager_who_erased_themselves_and_is_a_guest_by_now_gets_no_news_of_the_team(town: City) -> None:
    await town.set_up()
    ana, ben, cho = town.people[:3]
    for person in (ben, cho):
        await town.manages(f"managers add <@{person.id}>")
    await town.settled()
    for person in (ben, cho):
        assert "Deleted." in await erase(town, person)
    ben.change(is_restricted=True)
    await town.settled()
    told = {person.id: len(person.sees(person.dm(town.app))) for person in (ana, ben, cho)}
    town.channel.archive()
    await town.settled()
    for person in (ana, cho):
        await town.sees(person, "is archived, so the next summary of *permits* can't be posted")
    await town.settled()
    assert len(ben.sees(ben.dm(town.app))) == told[ben.id]


@on_both
async def test_who_gave_an_action_or_owned_one_stands_in_no_message_to_others_once_erased(town: City) -> None:
    await town.set_up()
    summary = await town.round()
    ana, ben, cho = town.people[:3]
    await town.manages(f"managers add <@{cho.id}>")
    await adopt(ben, summary, number=1, due="2026-10-07")
    async with town.bot.database.begin() as session:
        await people.opt_out(session, workspace_id=town.workspace.id, user_id=ben.id, opted_out=True)
    town.clock.move(days=2)
    await town.sees(cho, "can't be asked any more")
    town.sandbox.faults.add(method="chat.postMessage", kind="ratelimited", retry_after=60, times=20)
    await adopt(ben, summary, owner=ana, due="2026-10-20")
    await town.settled()
    of_others = [row for row in await rows(town, "deliveries") if row["user_id"] != ben.id]
    assert sum(ben.id in str(row) for row in of_others) == 3, "two managers were asked, and Ana is told"
    assert "Deleted." in await erase(town, ben)
    of_others = [row for row in await rows(town, "deliveries") if row["user_id"] != ben.id]
    assert not [row for row in of_others if ben.id in str(row)]
    town.sandbox.faults.clear()
    town.clock.move(minutes=2)
    await town.sees(ana, "You were given an action of *permits*, due 20 October 2026.")
    assert not town.seen(ana, "gave you")
