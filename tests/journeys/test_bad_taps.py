"""Taps that can't be taken: one sentence for the person, nothing stored, nothing overwritten."""

from dataclasses import replace
from typing import Any

from bot.access import roles
from bot.check_ins import taps
from bot.check_ins.answer_writer import AnswerWriter
from bot.home import publishing
from bot.kit.metrics import Metrics
from bot.kit.rubrics import Rubrics
from bot.sandbox import SeenMessage
from bot.sandbox.people.interactions import block_actions
from bot.slack.client import Slack
from bot.slack.ids import Do
from bot.slack.services import Services
from storage.installations import SealedInstallationStore, new_key
from tests.journeys.city import City
from tests.journeys.raw import copied, one_sentence, send, tapped
from tests.journeys.records import rows
from tests.journeys.test_my_data import erase
from tests.storage.builders import on_both
from tests.storage.grants import grant

LONG_AGO = "1500000000.000100"


async def asked(town: City) -> SeenMessage:
    """A team with an open round; the second member's prompt."""
    await town.set_up()
    await town.opened()
    return await town.sees(town.people[1], "Choose the level where you stop")


async def levels(town: City) -> list[tuple[str, int | None]]:
    return sorted((row["dimension"], row["level"]) for row in await rows(town, "answers"))


async def test_a_tap_after_the_close_is_told_that_it_came_too_late(town_on_any_transport: City) -> None:
    town = town_on_any_transport
    prompt = await asked(town)
    late = tapped(prompt, town.people[1], value="4")
    await town.close_early()
    await town.summary()
    assert await one_sentence(town, town.people[1], late) == ("This round has closed, so that tap was not saved.")
    assert await rows(town, "answers") == []


async def test_a_tap_at_the_deadline_is_refused_before_the_round_is_closed(town: City) -> None:
    prompt = await asked(town)
    assert town.bot.worker is not None
    await town.bot.worker.stop()
    town.clock.move(days=5)
    assert "has closed" in await one_sentence(town, town.people[1], tapped(prompt, town.people[1]))
    assert await rows(town, "answers") == []
    town.bot.worker.start()


async def test_a_stranger_is_told_that_they_are_not_asked(town: City) -> None:
    prompt = copied(town, await asked(town), to=town.bystander)
    assert await one_sentence(town, town.bystander, tapped(prompt, town.bystander)) == (
        "You aren't asked in this check-in, so that tap was not saved."
    )
    assert await rows(town, "answers") == []


async def test_another_workspace_cannot_answer_here(town: City) -> None:
    prompt = await asked(town)
    payload = tapped(prompt, town.people[1])
    payload["team"] = {"id": "T0000000XX", "domain": "elsewhere"}
    payload["user"]["team_id"] = "T0000000XX"
    answer = await send(town, payload)
    assert answer.status == 200
    assert await rows(town, "answers") == []


async def test_a_repeated_tap_changes_nothing(town: City) -> None:
    prompt = await asked(town)
    payload = tapped(prompt, town.people[1], value="3")
    assert (await send(town, payload)).status == 200
    before = await rows(town, "answers")
    assert "already saved" in await one_sentence(town, town.people[1], payload)
    assert await rows(town, "answers") == before


async def test_taps_that_overtake_each_other_end_as_they_were_tapped(town_on_any_transport: City) -> None:
    town = town_on_any_transport
    prompt = await asked(town)
    ben = town.people[1]
    stamps = [town.sandbox.stamps.next(town.clock()) for _tap in range(4)]
    taken = [tapped(prompt, ben, value=str(level), action_ts=stamps[level - 1]) for level in (2, 4)]
    assert [(await send(town, payload)).status for payload in taken] == [200, 200]
    for level in (1, 3):
        late = tapped(prompt, ben, value=str(level), action_ts=stamps[level - 1])
        assert "A newer answer of yours" in await one_sentence(town, ben, late)
    assert "A newer answer of yours" in await one_sentence(town, ben, tapped(prompt, ben, action_ts=LONG_AGO))
    assert await levels(town) == [("A", 4)]


WRONG: list[dict[str, Any]] = [
    {"action_id": "a_button_of_a_version_long_gone"},
    {"action_id": "answer:7"},
    {"block_id": "answer:1:A"},
    {"block_id": "answer:99999999999999999999999:A:0:a"},
    {"block_id": "answer:1:Z:0:a"},
    {"block_id": "answer:1:a:0:a"},
    {"block_id": "answer:-1:A:0:a"},
    {"block_id": "x" * 255},
    {"value": "5"},
    {"value": "0"},
    {"value": "-1"},
    {"value": "two"},
    {"value": ""},
    {"value": "1" * 5000},
    {"value": None},
    {"value": ["2"]},
    {"action_ts": "soon"},
    {"action_ts": "99999999999999999999999999.0"},
    {"action_ts": "-5.5"},
]


async def test_what_nobody_could_have_tapped_gets_one_sentence(town: City) -> None:
    prompt = await asked(town)
    opened = (await rows(town, "rounds"))[0]["id"]
    for given in WRONG:
        wrong = {
            name: str(value).replace(":1:", f":{opened}:") if name == "block_id" else value
            for name, value in given.items()
        }
        sentence = await one_sentence(town, town.people[1], tapped(prompt, town.people[1], **wrong))
        assert "older version" in sentence, wrong
    assert await rows(town, "answers") == []


async def test_details_of_a_round_without_a_summary_are_refused_for_what_is_true(town: City) -> None:
    prompt, ben = await asked(town), town.people[1]
    opened = (await rows(town, "rounds"))[0]["id"]
    for value, said in ((str(opened), "That round of *permits* has no summary."), ("99", roles.forgotten_round())):
        forged = {"type": "button", "action_id": Do.DETAILS, "block_id": "x", "value": value, "action_ts": "1.1"}
        assert await one_sentence(town, ben, block_actions(prompt.original, ben, action=forged, state={})) == said
    assert ben.modal is None


async def test_of_somebody_we_never_heard_of_slack_is_asked_before_anything_is_said(
    town_on_any_transport: City,
) -> None:
    town = town_on_any_transport
    mayor = town.workspace.add_person(name="Mayor", is_admin=True)
    await town.set_up()
    summary = await town.round()
    await mayor.taps(summary, action_id=Do.DETAILS)
    await town.bot.in_flight.landed()
    assert mayor.modal is not None
    assert "Only its" not in mayor.modal.shown
    zoe = town.bystander
    await zoe.taps(summary, action_id=Do.DETAILS)
    refused = await town.sees(zoe, "Only its members", where=town.channel)
    assert "I have just asked" not in refused.shown, "Slack has said who she is"
    town.clock.move(hours=2)  # long enough for somebody to be made an admin, and the event to get lost
    for said in ("I have just asked Slack", "Only its members"):
        await zoe.taps(summary, action_id=Do.DETAILS)
        await town.bot.in_flight.landed()
        assert said in (await town.sees(zoe, "Only its members", where=town.channel)).shown
        await town.bot.in_flight.landed()
    refused = await town.sees(zoe, "Only its members", where=town.channel)
    assert "I have just asked" not in refused.shown, "Slack has said who she is"


async def test_an_admin_who_was_erased_is_one_again_at_the_next_tap(town: City) -> None:
    mayor = town.workspace.add_person(name="Mayor", is_admin=True)
    town.channel.invite(mayor)
    await town.set_up()
    home = await town.opens_home(mayor)
    await erase(town, mayor)
    await mayor.taps(home, action_id=Do.ADMIN_SETTINGS)
    await town.bot.in_flight.landed()
    assert mayor.modal is not None
    assert "Smallest group that a result is shown for" in mayor.modal.shown


@on_both
async def test_a_refused_tap_gets_its_sentence_where_the_token_can_not_be_read(town: City) -> None:
    """It was sealed with a key that is gone; the address that the tap came with needs no token."""
    prompt, ben = await asked(town), town.people[1]
    sealed = SealedInstallationStore(town.bot.database, keys=[new_key()], now=town.clock)
    await sealed.async_save(grant(town.workspace.id))
    store = SealedInstallationStore(town.bot.database, keys=[new_key()], now=town.clock)
    settings, rubrics = replace(town.settings({}), bot_token=None), Rubrics(town.rubric)
    slack = Slack(settings, database=town.bot.database, clock=town.clock, store=store)
    writer = AnswerWriter(town.bot.database, rubrics, town.clock)
    services = Services(
        town.bot.database, slack, rubrics, town.bot.in_flight, Metrics(), town.clock, publishing.publish_after
    )
    response = await taps.answer(tapped(prompt, ben, value="7"), writer=writer, services=services)
    assert response.status == 200
    await town.sees(ben, "older version")
