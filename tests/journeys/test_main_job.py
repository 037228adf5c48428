"""A team is set up, asked, answers, and gets its summary with next-level actions; a manager asks for it again."""

import pytest

from bot.slack.blocks import escape
from bot.slack.ids import Do
from tests.journeys.city import EXAMPLE, City
from tests.journeys.records import before_eyes, calls, every_row, files, rows
from tests.storage.builders import on_both

PNG = b"\x89PNG\r\n\x1a\n"


@on_both
async def test_five_answers_become_levels_a_split_and_the_next_steps(town_on_any_transport: City) -> None:
    town = town_on_any_transport
    await town.set_up()
    summary = await town.round()
    shown = summary.shown

    assert "5 of 5 answered." in shown
    for dimension, level in {"A": 2, "B": 3, "C": 1, "D": 2}.items():
        stands = f"{dimension} {town.rubric[dimension].name}: Level {level}, "
        assert f"{stands}“{town.rubric[dimension].levels[level - 1]}”; at least 3 of 5 at level {level}." in shown
    opening = "*Capability is split. Two of five dimensions are at level 2, one at level 1 and one at level 3.*"
    assert shown.index(opening) < shown.index("[image")
    assert f"*Talk about E. {town.rubric['E'].name}*: {town.rubric['E'].discussions[1, 4]}" in shown

    assert shown.index("*To reach level 2 in C.") < shown.index("*To reach level 3 in A.")
    assert shown.count("*To reach ") == 2
    for dimension, level in (("C", 1), ("A", 2)):
        assert f"{town.rubric[dimension].actions[level][0].text}\n[Adopt]" in shown
    assert len(summary.blocks) <= 12
    await town.manager.taps(summary, action_id=Do.MORE_IDEAS)
    assert town.manager.modal is not None
    ideas = str(town.manager.modal.blocks)
    for dimension, level in {"A": 2, "B": 3, "C": 1, "D": 2}.items():
        for action in town.rubric[dimension].actions[level]:
            assert f"Source: {escape(action.source)}" in ideas
    await town.manager.closes()
    assert "average" not in shown

    for person in town.people:
        received = next(each for each in person.sees(town.channel) if each.ts == summary.ts)
        assert [picture[: len(PNG)] for picture in received.pictures if picture] == [PNG] * len(received.pictures)
        assert received.pictures
    image = next(block for block in summary.blocks if block["type"] == "image")
    for words in ("permits", "Engage society: Level 2", "at least 3 of 5", "Split, 1 to 4"):
        assert words in image["alt_text"]


@on_both
async def test_a_manager_sees_the_summary_alone_and_shares_it(town_on_any_transport: City) -> None:
    town = town_on_any_transport
    await town.set_up()
    posted = await town.round()

    reply = await town.manages("summary")
    assert reply.response_type == "ephemeral"
    own = await town.sees(town.manager, "Share with the channel", where=town.channel)
    assert own.ephemeral
    assert own.pictures == posted.pictures
    assert not town.seen(town.people[1], "Share with the channel", where=town.channel)

    await town.manager.taps(own, action_id=Do.SHARE)
    shared = await town.sees(town.people[1], "Shared by @ana", where=town.channel)
    assert not shared.ephemeral
    assert "A Engage society: Level 2" in shared.shown
    assert shared.pictures == posted.pictures
    await town.sees(town.manager, "Shared the summary of *permits*", where=town.channel)

    reply = await town.people[1].types("/maturity summary", town.channel)
    assert "A Engage society: Level 2" in str(reply.blocks)
    assert "Share with the channel" not in str(reply.blocks), "a member sees the summary, a manager shares it"


def _marks(town: City, round_id: int) -> dict[str, bytes]:
    """What an answer leaves in a SQLite file, by what it would tell: whose it is, and when it was tapped.

    Of the round's number the last bytes, for one of them alone may be a dimension's letter, before a member elsewhere.
    """
    number = round_id.to_bytes(8, "big")[-4:]
    found = {
        f"{person.name}, {dimension}": number + f"{dimension}{person.id}".encode()
        for person in town.people
        for dimension in "ABCDE"
    }
    for record in town.sandbox.traffic.of("block_actions"):
        for action in record["body"]["actions"]:
            if action["action_id"] == Do.ANSWER:
                whole, _dot, fraction = action["action_ts"].partition(".")
                found[f"tapped at {action['action_ts']}"] = int(whole + fraction).to_bytes(8)
    return found


def _found(town: City, round_id: int) -> list[str]:
    return [
        f"{what} in {name}"
        for name, content in files(town).items()
        for what, mark in _marks(town, round_id).items()
        if mark in content
    ]


@on_both
async def test_after_the_close_no_member_stands_beside_a_level_anywhere(
    town: City, log: pytest.LogCaptureFixture
) -> None:
    await town.set_up()
    await town.opened()
    await town.answer_example()
    for person in town.people:
        asked = await town.sees(person, "Thank you")
        await person.taps(asked, action_id=Do.ADD_NOTES)
        await person.fills("note:A", f"A private thought of {person.name}")
        await person.submits()
        await town.sees(person, "A private thought")
    answered = await rows(town, "answers")
    assert len(answered) == 25
    [opened] = await rows(town, "rounds")
    assert bool(_found(town, opened["id"])) == bool(files(town)), "the search finds answers while they are there"

    await town.close_early()
    await town.summary()

    database = await every_row(town)
    assert database["answers"] == []
    assert {(row["completed_at"], row["render"]) for row in database["round_members"]} == {(None, 0)}
    assert {row["took_part"] for row in database["round_members"]} == {True}
    beside = [(name, row) for name in ("round_counts", "round_notes") for row in database[name]]
    assert beside
    assert not [row for _name, row in beside if any(person.id in str(row) for person in town.people)]
    assert not [row for row in database["deliveries"] if "thought" in str(row) or "level" in str(row["details"])]
    assert _found(town, opened["id"]) == []

    told = log.text
    for words in ("thought", *(text for dimension in town.rubric.dimensions for text in dimension.levels)):
        assert words not in told
    assert not [person.name for person in town.people if person.name in told]

    for person in (*town.people, town.bystander):
        for text in before_eyes(town, person):
            if "Level " in text or ": level " in text or "initial_option" in text:
                names = [other.name for other in town.people if other.name in text or f"<@{other.id}>" in text]
                assert [name for name in names if f"A private thought of {name}" not in text] == []
                assert "# permits: round 1" in text, "the summary alone tells levels"
        if person is not town.bystander:
            assert town.seen(person, "Your answers have been deleted")


@pytest.mark.parametrize("restarted", [False, True], ids=["warm", "cold"])
@on_both
async def test_twenty_taps_cost_no_call_to_slack(town_on_any_transport: City, *, restarted: bool) -> None:
    town = town_on_any_transport
    await town.set_up()
    await town.opened()
    await town.settled()
    if restarted:
        await town.stop_bot()
        await town.start_bot()
    before = len(town.sandbox.traffic)
    for number, person in enumerate(town.people[:4]):
        await town.answer(person, [EXAMPLE[dimension][number] for dimension in "ABCDE"])
        await town.sees(person, "Thank you")
    assert calls(town, since=before) == []
    assert len(await rows(town, "answers")) == 20
