"""What a summary and its picture say is held against what people chose, and what a refusal promises against what comes.

The members' side of the same is in test_what_members_are_told.py.
"""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from bot.charts.profile import Caption, profile_svg
from bot.kit.rubrics import Rubrics
from bot.sandbox import Person, SeenMessage
from bot.slack.ids import Do
from bot.summary import result
from bot.summary.readers import EVERYBODY
from storage import rounds
from storage.kinds import Privacy
from tests.bot.pictures import drawn_from, groups, is_hatched, kinds
from tests.journeys.city import City, Levels
from tests.journeys.records import rows
from tests.journeys.test_notes import write

ASKED = "Choose the level where you stop"
LEVELS = (1, 2, 3, 4)
NO = ()
"""Who doesn't answer."""

ROUNDS: dict[str, Sequence[Levels]] = {
    "all answer, each question otherwise": (
        (2, 2, 1, 3, 1),
        (2, 2, 1, 3, 1),
        (3, 2, 1, 4, 2),
        (2, 2, 4, 4, None),
        (1, 2, 4, None, None),
        (3, 1, 4, None, None),
        (2, 2, 4, None, None),
        (2, 2, 2, None, 4),
    ),
    "two don't answer, and their levels could matter": (
        (1, 2, 1, 2, 2),
        (2, 2, 1, 2, 2),
        (2, 3, 2, 3, 3),
        (1, 3, 2, 3, 3),
        (2, 3, 2, 2, 4),
        (1, 2, 1, 3, 1),
        NO,
        NO,
    ),
    "some stop half-way": ((2, 3, 1), (2, 3, 2, 2, 2), (3, 2, 1), (3, 2), (2, 3), (1,), (4,), NO),
    "nobody can say": ((None,) * 5,) * 8,
    "three answer": ((1, 2, 3, 4, 1),) * 3 + (NO,) * 5,
}


async def eight(town: City) -> list[Person]:
    """The five, and three more in their channel."""
    more = [town.workspace.add_person(name=name, tz="America/Chicago") for name in ("Fay", "Gus", "Hal")]
    for person in more:
        town.channel.invite(person, by=town.manager)
    return [*town.people, *more]


async def a_round(town: City, answers: Sequence[Levels], *, noting: bool = True) -> SeenMessage:
    """Eight are asked and answer so, the second writes a note about A, and the round is closed early."""
    people = await eight(town)
    await town.set_up()
    await town.opened()
    for person, levels in zip(people, answers, strict=True):
        prompt = await town.sees(person, ASKED)
        for dimension, level in zip("ABCDE", levels, strict=False):
            await town.tap(person, prompt, dimension, level)
    if noting:
        await write(town, people[1], A="The library answers every letter")
    await town.close_early()
    found = await town.summary()
    await town.settled()
    return found


def chosen(answers: Sequence[Levels], dimension: str) -> Counter[int | None]:
    """How many chose which level of a dimension."""
    place = "ABCDE".index(dimension)
    return Counter(levels[place] for levels in answers if len(levels) > place)


def lower_median(counted: Counter[int | None]) -> int:
    """The team's level, computed anew: of the n answers in order, the one at place ceil(n/2)."""
    found = sorted(level for level in counted.elements() if level is not None)
    return found[(len(found) + 1) // 2 - 1]


@pytest.mark.parametrize("name", ROUNDS)
async def test_each_number_and_each_cell_of_a_summary_is_so(town: City, name: str) -> None:
    answers = ROUNDS[name]
    post = await a_round(town, answers)
    took_part = sum(bool(levels) for levels in answers)
    assert f"{took_part} of 8 answered." in post.shown
    assert sum(row["took_part"] for row in await rows(town, "round_members")) == took_part
    assert await rows(town, "answers") == []
    notes = len(await rows(town, "round_notes"))
    assert (f"Details and notes ({notes})" in post.shown) is bool(notes)
    kept = {row["dimension"] for row in await rows(town, "round_counts")}
    for dimension in "ABCDE":
        counted = chosen(answers, dimension)
        n = sum(number for level, number in counted.items() if level is not None)
        assert (dimension in kept) is (n >= 4), "counts are kept of enough answers, and of no others"
        if kept:
            assert_row(post, town.rubric[dimension].name, counted, n=n, missing=8 - sum(counted.values()))
    assert ("nothing to show" in post.shown) is (not kept)
    if kept:
        await assert_picture(town, answers)


COUNTED = r"(?<!of )\b(\d+)(?: people| person)?"
"""As many people exactly, not "at least 5 of 8"."""


def assert_row(post: SeenMessage, name: str, counted: Counter[int | None], *, n: int, missing: int) -> None:
    """What the alt text says of a dimension."""
    [image] = [block for block in post.blocks if block["type"] == "image"]
    [said] = re.findall(rf" {re.escape(name)}: (.*?)(?=\. [A-E] |\.$)", image["alt_text"])
    told = {int(level): int(number) for number, level in re.findall(rf"{COUNTED} at level (\d)", said)}
    if told:
        assert told == {level: number for level, number in counted.items() if level is not None}
    for least, of, level in re.findall(r"at least (\d+) of (\d+) at level (\d)", said):
        assert (counted[lower_median(counted)] >= int(least), int(of), int(level)) == (True, n, lower_median(counted))
    assert ("Too few answers" in said) is (n < 4)
    if split := re.match(r"Split, (\d) to (\d)", said):
        given = [level for level in counted if level is not None]
        assert (int(split[1]), int(split[2])) == (min(given), max(given))
    elif level := re.match(r"Level (\d)( or above)?", said):
        team = lower_median(counted)
        assert int(level[1]) == team or (bool(level[2]) and team == int(level[1]) + 1)
    could = re.search(r"could be (\d) to (\d): (\d+)", said)
    if could or "firm" in said:
        bounds = [lower_median(counted + Counter({at: missing})) for at in (min(LEVELS), max(LEVELS))]
        assert bounds == ([int(could[1]), int(could[2])] if could else [lower_median(counted)] * 2)
        assert could is None or int(could[3]) == missing


async def assert_picture(town: City, answers: Sequence[Levels]) -> None:
    """An empty cell is nobody, as many dots are as many people, and of what isn't shown the picture says nothing."""
    async with town.bot.database.reading() as session:
        [closed] = await rounds.closed_of(session, (await rows(town, "teams"))[0]["id"])
        found = await result.of(session, closed, reader=EVERYBODY, rubrics=Rubrics(town.rubric))
    svg = profile_svg(found.rubric, found.summary, Caption("permits", "Round 1"))
    for dimension, row in zip("ABCDE", groups(drawn_from(svg), "dimension"), strict=True):
        counted, reading, level = chosen(answers, dimension), found.summary[dimension], 1
        for kind, cell in zip(kinds(row), groups(row, "mark"), strict=True):
            covers = range(level, level + spans(kind, reading.split, or_above=reading.or_above))
            level = covers.stop
            people = sum(counted[each] for each in covers)
            dots = len(list(cell.iter("{http://www.w3.org/2000/svg}circle")))
            assert dots == (0 if reading.counts is None else people), (dimension, kind, list(covers))
            if kind == "empty" and reading.counts is None:
                assert people == 0
            assert is_hatched(cell) is (reading.counts is None and kind in {"hidden", "split"})


def spans(kind: str, split: tuple[int, int] | None, *, or_above: bool) -> int:
    """How many levels a cell stands for."""
    if kind == "split" and split is not None:
        return split[1] - split[0] + 1
    return 1 + (kind == "level" and or_above)


@pytest.mark.parametrize("privacy", Privacy)
@pytest.mark.parametrize("answering", [0, 1, 4])
async def test_the_question_before_a_cancellation_says_what_is_then_erased(
    town: City, answering: int, privacy: Privacy
) -> None:
    await town.set_up(privacy=privacy.value)
    await town.opened()
    for person in town.people[:answering]:
        await town.answer(person, (2, 2, 3, 2, 1))
    offer = await town.manages("cancel")
    assert f"*permits*: {answering} of 5 people have answered." in offer.text
    assert ("Cancelling deletes these answers for good" in offer.text) is bool(answering)
    assert len(await rows(town, "answers")) == 5 * answering, "it asks first"
    seen = await town.sees(town.manager, "there will be no summary", where=town.channel)
    await town.manager.taps(seen, action_id=Do.CANCEL_NOW)
    await town.settled()
    assert await rows(town, "answers") == await rows(town, "round_counts") == []
    assert not town.seen(town.manager, ": round ", where=town.channel)


async def test_a_refused_start_says_from_when_on_and_then_it_can_be_given(town: City) -> None:
    await town.set_up()
    await town.round()
    said = (await town.manages("start")).text
    assert said.startswith("*permits* was asked less than a week ago. *permits* can be started from ")
    await promised(town, said)


async def test_while_a_team_cannot_be_started_home_does_not_offer_it(town: City) -> None:
    await town.set_up()
    assert "[Start now]" in (await town.opens_home(town.manager)).shown
    await town.round()
    assert "[Start now]" not in (await town.opens_home(town.manager)).shown
    town.clock.move(days=7)
    await town.settled()
    [team] = await rows(town, "teams")
    assert team["next_slot_date"].isoformat() == "2027-01-05", "the date of the day after the round is skipped"
    assert "[Start now]" in (await town.opens_home(town.manager)).shown


async def test_the_settings_show_the_dates_that_a_round_in_between_leaves(town: City) -> None:
    await town.set_up()
    await town.round()
    await town.manages("settings")
    await town.until(lambda: (town.manager.modal and "Next: " in str(town.manager.modal.blocks)) or None)
    assert town.manager.modal is not None
    assert "Next: Tuesday 5 January 2027, " in str(town.manager.modal.blocks)


async def promised(town: City, said: str) -> None:
    """A start is refused until the time that this refusal names, and given from then on."""
    found = re.findall(r"<!date\^(\d+)\^", said)
    at = datetime.fromtimestamp(int(found[-1]), tz=UTC)
    assert at > town.clock()
    town.clock.move_to(at - timedelta(minutes=2))
    await town.settled()
    assert "can be started from" in (await town.manages("start")).text
    town.clock.move_to(at + timedelta(minutes=1))
    await town.settled()
    assert "Opening a round" in (await town.manages("start")).text
