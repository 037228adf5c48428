"""Two people at the same team or channel at once: one is first, the other reads so, and neither sees a fault."""

import asyncio

from sqlalchemy import text

from bot.ids import Do
from storage import teams
from tests.journeys.city import PATIENCE, City
from tests.journeys.records import rows
from tests.journeys.test_action_items import listed, submit
from tests.journeys.test_settings import settings

WAITING = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()")


def said(town: City) -> list[str]:
    """What the first two people read."""
    return [str(person.modal.blocks) if person.modal else "" for person in town.people[:2]]


async def wait_for_locks(town: City, *, number: int) -> None:
    """Return once so many statements wait for others' locks; on SQLite, which has one writer, at once."""
    if town.bot.database.is_sqlite:
        return
    async with asyncio.timeout(PATIENCE), town.bot.database.reading() as onlooker:
        while (await onlooker.execute(WAITING)).scalar_one() < number:
            await onlooker.execute(text("SELECT pg_stat_clear_snapshot()"))


async def save_at_once(town: City) -> None:
    """The first two people save their forms, of which neither is done before the other has begun."""
    saving = (person.submits() for person in town.people[:2])
    if town.bot.database.is_sqlite:
        await asyncio.gather(*saving)
    else:
        async with town.bot.database.begin() as session:
            await session.execute(text("LOCK TABLE audit_entries IN SHARE MODE"))  # the last that a save writes
            await asyncio.gather(*saving)
            await wait_for_locks(town, number=2)
    await town.bot.in_flight.landed()


async def test_of_two_who_set_a_channel_up_at_once_the_second_reads_whose_team_it_is(town: City) -> None:
    for person in town.people[:2]:
        await town.open_setup(person)
    await save_at_once(town)
    done, refused = sorted(said(town), key=lambda each: "are set up" not in each)
    assert "are set up" in done
    assert "Only its managers and workspace admins" in refused
    assert len(await rows(town, "teams")) == 1


async def test_of_two_teams_that_move_into_one_channel_at_once_the_second_stays(town: City) -> None:
    ana, ben = town.people[:2]
    await town.set_up()
    parks = town.workspace.add_channel("parks", members=[ben, town.installation])
    await town.set_up(ben, where=parks, name="parks")
    hall = town.workspace.add_channel("hall", members=[*town.people, town.installation])
    for person, channel in ((ana, town.channel), (ben, parks)):
        await settings(town, person, where=channel)
        await person.fills("channel", hall.id)
    await save_at_once(town)
    assert sum("has a team already" in each for each in said(town)) == 1, said(town)
    assert len([row for row in await rows(town, "teams") if row["channel_id"] == hall.id]) == 1


async def test_who_saves_an_action_while_its_team_goes_reads_that_it_is_gone_and_holds_nothing_up(town: City) -> None:
    ana = town.manager
    await town.set_up()
    await ana.taps(await listed(town, ana), action_id=Do.ADD_ACTION)
    await submit(ana, dimension="C", text="Lunch")
    await ana.taps(await listed(town, ana), action_id=Do.ACTION_MENU, value="edit:1")
    async with town.bot.database.begin() as session:
        team = await teams.hold(session, 1, workspace_id=town.workspace.id)
        assert team is not None
        saving = asyncio.create_task(ana.submits())
        await wait_for_locks(town, number=1)
        await teams.remove(session, team)
    assert list((await saving).errors.values()) == ["This action is gone."]
    assert await rows(town, "action_items") == []
