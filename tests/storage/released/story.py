"""What a city has lived through by the time a version's database is kept: every kind of row, in every state.

Played over the wire, by the bot of the checkout that this lies in. `resting` adds what a stopped bot leaves undone.
"""

from collections.abc import Sequence

from sqlalchemy import select

from bot.actions import items
from bot.sandbox import Channel, Person, SeenMessage
from bot.slack.ids import Do
from storage.kinds import ActionState
from storage.models import ActionItem
from tests.journeys.city import City
from tests.journeys.taking_on import adopt, submit
from tests.journeys.test_notes import write
from tests.journeys.test_settings import delete, settings
from tests.storage.released import resting

NAMES = ("Ana", "Ben", "Cho", "Dev", "Eli", "Fay", "Gus", "Hal")
"""Seven are asked in most teams; Hal joins the last rounds."""
LEVELS = {
    "A": (1, 2, 2, 2, 3, 2, 2),
    "B": (3, 3, 3, 4, 3, 3, 4),
    "C": (1, 1, 1, 1, 2, 1, None),
    "D": (2, 2, 2, 2, 2, 2, 2),
    "E": (1, 4, 1, 4, 4, 1, 4),
}
"""What members answer, in their order: agreed, nearly agreed, one who can't say, all alike, and split."""


async def live(town: City) -> None:
    """From an empty database to what is kept: the bot has stopped at the end."""
    hal = town.people[7]
    mayor = town.workspace.add_person(name="Mia", tz="America/Chicago", is_admin=True)
    for _first_slack_is_asked_who_she_is in range(2):
        await mayor.types("/maturity admins add @zoe", mayor.dm(town.app))
        await town.settled()
    parks = channel(town, "parks", town.people[:7])
    await town.set_up(cadence="13")
    await town.set_up(where=parks, privacy="named", cadence="13")
    await town.manager.types("/maturity managers add @ben", parks)
    for number, answering in enumerate((3, 4, 5, 7)):
        for where in (town.channel, parks):
            await past_round(town, where, answering=answering, later=number)
        if number == 1:
            await take_on(town)
        town.clock.move(days=8)
    town.clock.move(days=3, hours=3)  # a Monday at noon
    await shared_and_exported(town)
    await deleted_team(town)
    await two_of_one_name(town)
    for name, people in (("lights", town.people[:5]), ("gone", town.people[:4])):
        await begun(town, channel(town, name, people), answering=len(people) - 1)
    await open_round(town)
    trees = channel(town, "trees", [town.people[0], hal])
    await town.set_up(where=trees, cadence="13", source="people", people=[town.people[0], hal])
    await town.settled()
    await town.stop_bot()
    await resting.leave(town)


def channel(town: City, name: str, people: Sequence[Person]) -> Channel:
    return town.workspace.add_channel(name, members=[*people, town.installation])


async def past_round(town: City, where: Channel, *, answering: int, later: int) -> None:
    """A round with so many answers; each is a little further on than the one before. Five and more write notes."""
    town.channel, home = where, town.channel
    people, town.people = town.people, town.people[:7]
    try:
        await town.opened()
        for number, person in enumerate(town.people[:answering]):
            levels = [LEVELS[dimension][number] for dimension in "ABCDE"]
            if later >= 2:
                levels[2] = 2
            await town.answer(person, levels)
            await town.sees(person, "Thank you")
            if answering >= 5 and number < 2:
                await write(town, person, A=f"Note {number + 1} of {where.name}, see <https://example.org>")
        await town.close_early()
        await town.summary()
    finally:
        town.channel, town.people = home, people


async def take_on(town: City) -> None:
    """One action item of each state: open and overdue, open without an owner, done, dropped, and a team's own."""
    summary = town.seen(town.manager, ": round 2", where=town.channel)[-1]
    ana, ben = town.people[:2]
    await adopt(ana, summary, number=0, due="2026-10-20", owner=ben.id)
    await adopt(ana, summary, number=1, due="2026-12-01")
    await adopt(ana, summary, number=2, due="2026-11-30")
    await ana.types("/maturity actions", town.channel)
    shown = await town.sees(ana, "open action item", where=town.channel)
    await ana.taps(shown, action_id=Do.ADD_ACTION)
    await ana.fills("action_text", "Ask the library how they do it")
    await submit(ana, dimension="B", due="2026-11-20")
    async with town.bot.database.begin() as session:
        _first, second, third, _own = (
            await session.execute(select(ActionItem).order_by(ActionItem.created_at))
        ).scalars()
        await items.end(session, second, state=ActionState.DONE, now=town.clock())
        await items.end(session, third, state=ActionState.DROPPED, why="No money this year", now=town.clock())


async def shared_and_exported(town: City) -> None:
    """A summary shared by hand, an export sent as a file, and one who wants to be asked no more and is back."""
    await town.manages("summary")
    own = await town.sees(town.manager, "Share with the channel", where=town.channel)
    await town.manager.taps(own, action_id=Do.SHARE)
    await town.sees(town.people[1], "Shared by @ana", where=town.channel)
    await town.manages("export json")
    await town.settled()


async def deleted_team(town: City) -> None:
    """A team that was set up, asked, and deleted: the audit alone remembers it."""
    where = channel(town, "old-desk", town.people[:4])
    await begun(town, where, answering=2)
    await delete(town, town.manager, await settings(town, town.manager, where=where))
    while town.manager.modal is not None:
        await town.manager.closes()
    for _look in range(3):
        await town.settled()
        town.clock.move(seconds=2)


async def two_of_one_name(town: City) -> None:
    """Two teams called Ops, one on its members' clocks and by a user group, paused."""
    group = town.workspace.add_usergroup("ops", "Operations", town.people[2:6])
    south = channel(town, "ops-south", town.people[2:6])
    ned = town.workspace.add_person(name="Ned", tz="America/Chicago")
    await town.set_up(where=channel(town, "ops-north", [*town.people, ned]), name="Ops", cadence="1")
    await town.open_setup(town.people[2], where=south)
    person = town.people[2]
    for field, value in {
        "name": "Ops",
        "source": "usergroup",
        "clock": "member",
        "days_off": "2026-12-24\n2027-01-04",
        "cadence": "monthly:2",
    }.items():
        await person.fills(field, value)
        await town.bot.in_flight.landed()
    await person.suggests("usergroup", "usergroup", "op")
    await person.fills("usergroup", group.id)
    submitted = await person.submits()
    assert submitted.response_action == "push", submitted
    await town.until(lambda: any("are set up" in str(each.blocks) for each in person.modals) or None)
    await person.closes()


async def begun(town: City, where: Channel, *, answering: int) -> None:
    """A team that is set up, asked, and answers as far as that."""
    await town.set_up(where=where, cadence="13")
    await town.manager.types("/maturity start", where)
    members = [person for person in town.people if person.id in where.members]
    for number, person in enumerate(members):
        asked = await the_prompt(town, person, where.name)
        if number < answering:
            await town.answer(person, [LEVELS[dimension][number] for dimension in "ABCDE"], prompt=asked)
            await town.settled()


async def the_prompt(town: City, person: Person, team: str) -> SeenMessage:
    def asked() -> SeenMessage | None:
        found = town.seen(person, "Choose the level where you stop")
        return next((each for each in reversed(found) if team in each.shown), None)

    return await town.until(asked)


async def open_round(town: City) -> None:
    """The round that goes on after the upgrade: complete, begun, changed, skipped, reminded, and not asked at all."""
    north = next(each for each in town.workspace.channels.values() if each.name == "ops-north")
    ana, ben, cho, dev, eli, fay, _gus, hal = town.people
    ned = next(each for each in north.members.values() if each.name == "Ned")
    ned.deleted = True  # without an event, since the roster was read: he can't be asked
    await ana.types("/maturity start", north)
    prompts = {person.id: await the_prompt(town, person, "Ops") for person in (ana, ben, cho, dev, eli, fay, hal)}
    for number, person in enumerate((ana, ben, cho)):
        await town.answer(person, [LEVELS[dimension][number] for dimension in "ABCDE"], prompt=prompts[person.id])
        await town.settled()
    await town.tap(dev, prompts[dev.id], "A", 2)
    await town.tap(dev, prompts[dev.id], "B", None)
    receipt = next(each for each in reversed(town.seen(ana, "Thank you")) if "Ops" in each.shown)
    await ana.taps(receipt, action_id=Do.ADD_NOTES)
    await ana.fills("note:A", "A note that waits for the close")
    await ana.submits()
    await town.settled()
    await hal.taps(prompts[hal.id], action_id=Do.SKIP_ROUND)
    await town.settled()
    await eli.types("/maturity away until 2026-12-24", north)
    await ana.types("/maturity remind", north)
    await town.settled()
    town.clock.move(days=1)
    await town.settled()
    await fay.taps(await town.sees(fay, "Your check-in for *Ops* isn't finished."), action_id=Do.SNOOZE)
    await town.settled()
