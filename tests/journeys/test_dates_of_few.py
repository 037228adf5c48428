"""Of fewer people than a result is shown for nothing tells to the minute when they are asked elsewhere, nor where."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from tests.journeys.city import City
from tests.journeys.records import rows
from tests.journeys.test_nearly_the_same_people import (
    WAITS,
    group,
    starts,
    summary_of,
    taps_all,
)


def promised(refused: str) -> datetime:
    """The instant that a refusal tells, where its reader is."""
    found = re.search(r"<!date\^(\d+)\^", refused)
    assert found is not None, refused
    return datetime.fromtimestamp(int(found[1]), tz=UTC).astimezone(ZoneInfo("America/Chicago"))


async def test_a_named_team_of_few_reads_the_day_on_which_it_can_be_started_and_no_minute(town: City) -> None:
    await town.set_up()
    town.clock.move(minutes=17)
    await town.round()
    told = set()
    for few in (1, 2, 3):
        where = await group(town, f"few{few}", town.people[:few], privacy="named")
        refused = await starts(town, where)
        assert WAITS in refused
        told.add(promised(refused))
    [at] = told
    assert (at.hour, at.minute) == (0, 0)
    town.clock.move_to(at)
    await town.settled()
    assert "Opening a round" in await starts(town, where)


async def test_saving_a_named_team_of_few_moves_no_date(town: City) -> None:
    await town.set_up()
    for few in (1, 3, 4):
        channel = town.workspace.add_channel(f"few{few}", members=[*town.people[:few], town.installation])
        await town.set_up(where=channel, name=f"few{few}", privacy="named")
    days = {str(each["name"]): each["next_round_at"].day for each in await rows(town, "teams")}
    assert days == {"permits": 6, "few1": 6, "few3": 6, "few4": 13}


async def test_a_named_round_of_few_answers_does_not_say_where_they_answered(town: City) -> None:
    await town.set_up()
    zoe = town.bystander
    more = [town.workspace.add_person(name=f"More {number}", tz="America/Chicago") for number in range(7)]
    named = await group(town, "named", [town.manager, *town.people[1:3], zoe, *more], privacy="named")
    await town.opened()
    assert "Opening a round" in await starts(town, named)
    await town.answer_all(dict.fromkeys("ABCDE", (2,) * 5))
    await town.close_early()
    await town.summary()
    ben = town.people[1]
    await taps_all(town, ben, "named")
    town.clock.move(days=4)
    summary = await summary_of(town, named)
    assert "Too few answered" in summary.shown
    assert "elsewhere" not in summary.shown
    said = (await ben.types("/maturity summary", named)).blocks
    assert "Too few answered" in str(said)
    assert "elsewhere" not in str(said)
    assert await rows(town, "answers") == [], "and it can't be taken from the other either"
