"""At the end of a round each member reads what is so: held against what the database keeps and the channel shows."""

from collections import Counter
from dataclasses import dataclass

import pytest
from sqlalchemy import update

from bot.sandbox import Channel, Person
from bot.slack.ids import Do
from storage.kinds import Privacy
from storage.models import Workspace
from tests.journeys.city import City, Levels
from tests.journeys.records import Row, rows
from tests.journeys.test_nearly_the_same_people import group, starts, taps_all
from tests.journeys.test_notes import write

ALL: Levels = (2, 2, 3, 2, 1)
ASKED = "Choose the level where you stop"


@dataclass(frozen=True)
class Story:
    """What five people do in a round: a level a question, None for "can't say", fewer levels for who stops half-way."""

    answers: tuple[Levels, Levels, Levels, Levels, Levels]
    skips: bool = False
    """Eli, the last of them, skips the round."""
    notes: bool = False
    """Ben, the second, writes one about A."""
    ends: str = "close"
    minimum: int = 4
    """Answers that a question needs to be shown, as an admin has set it."""


LEFT_OUT = 0
"""A question that somebody doesn't answer, though they answer a later one."""
STORIES = {
    "everybody answers": Story((ALL, ALL, ALL, ALL, ALL)),
    "everybody answers, with a note": Story((ALL, ALL, ALL, ALL, ALL), notes=True),
    "one stops half-way and one skips": Story((ALL, ALL, ALL, (1, 2), ()), skips=True, notes=True),
    "one doesn't answer": Story((ALL, ALL, ALL, ALL, ()), notes=True),
    "too few answer": Story((ALL, ALL, (2,), (), ()), skips=True, notes=True),
    "three answer each question": Story((ALL, ALL, ALL, (None,), (None, None)), notes=True),
    "each answers other questions": Story(
        ((2, 2), (2, 2, 3), (LEFT_OUT, LEFT_OUT, 3, 2), (LEFT_OUT, LEFT_OUT, LEFT_OUT, 2, 1), (2,))
    ),
    "four answer where five are needed": Story((ALL, ALL, ALL, ALL, ()), minimum=5, notes=True),
    "five answer where five are needed": Story((ALL, ALL, ALL, ALL, ALL), minimum=5, notes=True),
    "all can't say": Story((((None,) * 5),) * 5, notes=True),
    "nobody answers": Story(((), (), (), (), ()), skips=True),
    "the round is cancelled": Story((ALL, ALL, ALL, ALL, (1,)), notes=True, ends="cancel"),
}


@pytest.mark.parametrize("privacy", Privacy)
@pytest.mark.parametrize("name", STORIES)
async def test_what_each_member_is_told_is_so(town: City, name: str, privacy: Privacy) -> None:
    story = STORIES[name]
    await town.set_up(privacy=privacy.value)
    async with town.bot.database.begin() as session:
        await session.execute(update(Workspace).values(minimum=story.minimum))
    await town.opened()
    for person, levels in zip(town.people, story.answers, strict=True):
        prompt = await town.sees(person, ASKED)
        promised(prompt.shown, privacy)
        for dimension, level in zip("ABCDE", levels, strict=False):
            if level != LEFT_OUT:
                await town.tap(person, prompt, dimension, level)
    if story.notes:
        await write(town, town.people[1], A="The library answers every letter")
    if story.skips:
        await town.people[4].taps(await town.sees(town.people[4], ASKED), action_id=Do.SKIP_ROUND)
    if story.ends == "cancel":
        await cancel(town)
        await town.settled()
        [ended] = await rows(town, "rounds")
    else:
        await town.close_early()
        await town.settled()
        [ended] = await rows(town, "rounds")
        told = await town.sees(town.manager, "Closed", where=town.channel)
        await holds_for_the_manager(town, ended, told.shown)
    await holds(town, ended, town.people, town.channel)


@pytest.mark.parametrize("privacy", Privacy)
async def test_what_each_member_of_a_round_that_shows_nothing_is_told_is_so(town: City, privacy: Privacy) -> None:
    """Most who answered had answered elsewhere that week."""
    await town.set_up()
    more = [town.workspace.add_person(name=f"P{number}", tz="America/Chicago") for number in range(6)]
    people = [*town.people, *more]
    department = await group(town, "department", people, privacy=privacy.value)
    await town.round()
    assert "Opening a round" in await starts(town, department)
    await town.settled()
    for person in people[:8]:
        await taps_all(town, person, "department", level=3)
    town.clock.move(days=4)
    await town.sees(town.manager, "Not shown", where=department)
    await town.settled()
    [withheld] = [each for each in await rows(town, "rounds") if each["withheld"]]
    await holds(town, withheld, people, department, team="department")


async def test_who_answered_by_name_in_a_round_of_few_that_shows_nothing_reads_that_nothing_is_kept(town: City) -> None:
    """Two answered, one of whom had answered elsewhere that week: fewer than a summary for everyone needs."""
    await town.set_up()
    more = [town.workspace.add_person(name=f"P{number}", tz="America/Chicago") for number in range(6)]
    people = [*town.people, *more]
    department = await group(town, "department", people, privacy="named")
    await town.round()
    assert "Opening a round" in await starts(town, department)
    await town.settled()
    for person in (people[0], people[-1]):
        await taps_all(town, person, "department", level=3)
    town.clock.move(days=4)
    await town.settled()
    [ended] = [each for each in await rows(town, "rounds") if each["privacy"] == "named"]
    assert await rows(town, "answers") == []
    told = await town.sees(people[-1], "*Check-in: department*")
    assert "Your answers and any notes you wrote have been deleted." in told.shown
    await holds(town, ended, people, department, team="department")


async def cancel(town: City) -> None:
    await town.manages("cancel")
    offer = await town.sees(town.manager, "there will be no summary", where=town.channel)
    await town.manager.taps(offer, action_id=Do.CANCEL_NOW)
    await town.sees(town.people[0], "This round was cancelled.")


async def holds_for_the_manager(town: City, ended: Row, said: str) -> None:
    """What whoever closed it early reads of what came of it."""
    counts, answers = await rows(town, "round_counts"), await rows(town, "answers")
    took_part = sum(row["took_part"] for row in await rows(town, "round_members"))
    chose = Counter[str]()
    for row in counts:
        chose[row["dimension"]] += row["answers"] if row["level"] else 0
    shows = max(chose.values(), default=0) >= ended["minimum"]
    assert ("The summary of *permits* is on its way" in said) is shows
    assert ("Nobody in *permits* had answered" in said) is (took_part == 0)
    assert ("oo few in *permits* had answered" in said) is (0 < took_part < ended["minimum"])
    nothing = not shows and took_part >= ended["minimum"]
    assert (f"question in *permits* got the {ended['minimum']} answers it needs" in said) is nothing
    assert ("find the answers in" in said) is (bool(answers) and not shows)
    assert ("answers are deleted" in said) is (not answers and not shows and took_part > 0)


def promised(asked: str, privacy: Privacy) -> None:
    """Before anybody answers they read who will see it: in a named round in bold, and nothing of secrecy."""
    assert ("Nobody in Slack sees your answers." in asked) is (privacy is Privacy.CONFIDENTIAL)
    assert ("*Named: when the round closes, everyone asked in it" in asked) is (privacy is Privacy.NAMED)


async def holds(town: City, ended: Row, people: list[Person], channel: Channel, *, team: str = "permits") -> None:
    """Each sentence that these people read of the ended round is held against the database and the channel."""
    answers, notes, members, counts = [
        [row for row in await rows(town, table) if row["round_id"] == ended["id"]]
        for table in ("answers", "round_notes", "round_members", "round_counts")
    ]
    by_id = {member["user_id"]: member for member in members}
    took_part = sum(member["took_part"] for member in members)
    post = town.newest(town.manager, ": round ", where=channel)
    for person in people:
        told = await town.sees(person, f"*Check-in: {team}*")
        said, member = told.shown, by_id[person.id]
        kept = [row for row in answers if row["user_id"] == person.id]
        if "was cancelled" in said:
            assert ended["state"] == "cancelled"
            assert "All answers and notes have been deleted, and there will be no summary." in said
            assert (answers, notes, counts, post) == ([], [], [], None)
            continue
        # One of three things is said of what they did, and it is what the round remembers.
        assert ("Thanks for taking part." in said) is member["took_part"]
        assert ("You skipped it." in said) is (member["skipped"] and not member["took_part"])
        assert ("You didn't answer." in said) is not (member["skipped"] or member["took_part"])
        # Answers are told to be deleted or kept, and are.
        deleted, stays = "deleted" in said, "are kept with your name" in said
        assert [deleted, stays].count(True) == (1 if member["took_part"] else 0)
        assert bool(kept) is stays
        if "Notes stay, without names" in said:
            assert notes
        elif "any notes you wrote have been deleted" in said:
            assert not notes
        # The summary is there where it is promised, with something in it.
        assert post is not None
        shows_nothing = "nothing to show" in post.shown or "Not shown" in post.shown
        assert ("Read the summary" in said) is not shows_nothing
        assert ("there is no summary" in said or "for a summary that everyone" in said) is (
            "nothing to show" in post.shown
        )
        assert ("Not shown: most who answered also answered elsewhere" in said) is ("Not shown" in post.shown)
        # Why there is none, in both places: nobody, too few people, or no question with enough answers.
        for of_members, of_all, is_so in (
            ("Nobody answered", "Nobody answered", took_part == 0),
            ("Too few people answered", "Too few answered, so", 0 < took_part < ended["minimum"]),
            ("No question got the ", "No question got the ", took_part >= ended["minimum"]),
        ):
            assert (of_members in said) is (is_so and "nothing to show" in post.shown)
            assert (of_all in post.shown) is (is_so and "nothing to show" in post.shown)
        assert ("answers are deleted" in post.shown) is (shows_nothing and took_part > 0 and not answers)
        assert ("find them under Details" in post.shown) is bool(answers)
        if "archives/" in str(told.blocks):
            assert post.ts.replace(".", "") in str(told.blocks)
        if "under Details" in said:
            assert ended["privacy"] == "named"
            assert town.people[0].name in await town.details(post, person)
