"""Which workspace a request is about: the one that installed the app, also where who acts is of another.

A colleague of the same Enterprise Grid is a member; their own workspace is another one, and a form that they send names
that. A channel may be shared with another organisation, whose events name theirs.
"""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.charts.render import Renderer
from bot.sandbox import Person
from bot.sandbox.people.interactions import view_submission
from bot.slack.ids import Do
from storage.models import ActionItem
from tests.journeys.city import City, city
from tests.journeys.raw import send
from tests.journeys.records import rows
from tests.journeys.taking_on import listed, takes_on
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


async def test_a_form_whose_view_names_their_workspace_too_is_for_the_one_that_installed_us(town: City) -> None:
    """Row 7: of all that it names, `app_installed_team_id` alone is ours."""
    gil = colleague(town)
    await town.set_up()
    await town.opened()
    await town.answer(gil, (1, 2, 3, 4, 1))
    await gil.taps(await town.sees(gil, "Thank you"), action_id=Do.ADD_NOTES)
    await gil.fills("note:A", "How we do it in the sister city")
    assert gil.modal is not None
    payload = view_submission(gil.modal)
    payload["view"]["team_id"] = SISTER
    assert (payload["team"]["id"], payload["user"]["team_id"]) == (SISTER, SISTER)
    answer = await send(town, payload)
    assert (answer.status, answer.body) == (200, "")
    await town.sees(gil, "Your note: How we do it in the sister city")


async def test_an_owner_who_is_of_another_organisation_by_now_sends_a_form_and_reads_why_it_is_not_taken(
    town: City,
) -> None:
    """Row 7, the other file: somebody of another workspace edits an action, and it is no `This action is gone`."""
    await takes_on(town, town.manager)
    xan = town.workspace.add_person(name="Xan", team_id=THEIRS)
    town.channel.add_members([xan])
    async with town.bot.database.begin() as session:
        await session.execute(update(ActionItem).values(owner_id=xan.id))
    [item] = await rows(town, "action_items")
    shown = await listed(town, town.manager)
    await town.manager.taps(shown, action_id=Do.ACTION_MENU, value=f"edit:{item['id']}")
    await town.manager.fills("action_text", "Something else")
    assert town.manager.modal is not None
    theirs = {"id": xan.id, "username": xan.username, "name": xan.username, "team_id": THEIRS}
    payload = view_submission(town.manager.modal) | {"team": {"id": THEIRS, "domain": "theirs"}, "user": theirs}
    answer = await send(town, payload)
    assert answer.status == 200
    assert "not for guests or people of other organisations" in answer.body
    assert [row["text"] for row in await rows(town, "action_items")] == [item["text"]]
