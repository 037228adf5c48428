"""A team is set up, asked, answers, and gets its summary with next-level actions; a manager asks for it again."""

import pytest

from tests.journeys.city import city


@pytest.fixture(params=["http", "socket"])
def transport(request: pytest.FixtureRequest) -> str:
    return str(request.param)


async def test_a_team_is_set_up_asked_and_told_where_it_stands(database_url: str, transport: str) -> None:
    async with city(database_url, transport=transport) as town:
        await town.set_up()
        await town.opened()
        await town.answer_example()
        await town.close_early()
        summary = await town.sees(town.people[1], "5 of 5 answered", where=town.channel)
        print(summary.shown)
        for person in town.people:
            await town.sees(person, "Closed. You took part.")
        reply = await town.manager.types("/maturity summary", town.channel)
        print(reply)
