"""Which workspace a request is about: the one that installed the app, also where who acts is of another.

A colleague of the same Enterprise Grid is a member; their own workspace is another one, and a form that they send names
that. A channel may be shared with another organisation, whose events name theirs.
"""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.charts.render import Renderer
from bot.sandbox import Person
from tests.journeys.city import City, city
from tests.journeys.records import rows
from tests.journeys.test_notes import write

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
SISTER, THEIRS = "T0SISTER", "T0THEIRS"


@pytest.fixture
async def town(database_url: str, transport: str, traffic: Path, renderer: Renderer) -> AsyncIterator[City]:
    async with city(database_url, transport=transport, traffic=traffic, renderer=renderer) as found:
        yield found


def colleague(town: City) -> Person:
    """Somebody of the same organisation's other workspace, in the team's channel."""
    of_grid = {"id": "U0GRID", "enterprise_id": "E0CITY", "enterprise_name": "City", "is_admin": False,
               "is_owner": False, "teams": [SISTER, town.workspace.id]}  # fmt: skip
    found = town.workspace.add_person(
        name="Gil", tz="America/Chicago", id="U0GRID", team_id=SISTER, enterprise_user=of_grid
    )
    town.channel.add_members([found])
    return found


def sent(town: City, kind: str) -> dict[str, object]:
    """The last payload of a kind."""
    *_before, last = town.sandbox.traffic.of(kind)
    body: dict[str, object] = last["body"]
    return body


async def test_a_colleague_of_another_workspace_answers_and_sends_forms(town: City) -> None:
    gil = colleague(town)
    await town.set_up()
    await town.opened()
    await town.answer(gil, (1, 2, 3, 4, 1))
    await town.sees(gil, "Thank you")
    assert sent(town, "block_actions")["team"] == {"id": town.workspace.id, "domain": "city"}
    await write(town, gil, A="How we do it in the sister city")
    assert sent(town, "view_submission")["team"] == {"id": SISTER, "domain": "t0sister"}
    await town.sees(gil, "How we do it in the sister city")
    kept = [row for row in await rows(town, "answers") if row["user_id"] == gil.id]
    assert [row["level"] for row in kept] == [1, 2, 3, 4, 1]


async def test_an_event_of_a_shared_channel_is_for_our_workspace(town: City) -> None:
    await town.set_up()
    xan = town.workspace.add_person(name="Xan", team_id=THEIRS)

    async def is_on_the_roster(*, there: bool) -> None:
        await town.sandbox.quiet()
        await town.settled()
        found = {row["user_id"] for row in await rows(town, "rosters")}
        assert (xan.id in found) is there

    town.channel.invite(xan)
    await is_on_the_roster(there=True)
    assert sent(town, "member_joined_channel")["team_id"] == THEIRS
    town.channel.remove(xan)
    await is_on_the_roster(there=False)
