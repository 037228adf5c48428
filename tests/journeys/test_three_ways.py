"""What the three ways through the program ask of the database: ARCHITECTURE.md says it, and this counts it.

The team of five is in its second round: everyone's direct message is known, and there is a round to compare with.
"""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.charts.render import Renderer
from tests.journeys.city import City, city
from tests.journeys.records import rows
from tests.journeys.statements import Heard, Listening

ARCHITECTURE = Path(__file__).parents[2] / "ARCHITECTURE.md"
HEADING = "| step | reads | writes | statements |"
NOT_SAID = "-"
"""In the document: how a tap is written is the driver's business, and only its transactions are promised."""
Figures = dict[str, tuple[str, str, str]]


def written_down() -> Figures:
    """The table's rows by their step."""
    table = ARCHITECTURE.read_text().split(f"{HEADING}\n", maxsplit=1)[1].split("\n\n", maxsplit=1)[0]
    cells = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in table.splitlines()[1:]]
    return {step: (reads, writes, statements) for step, reads, writes, statements in cells}


def figures(heard: Heard, *, is_tap: bool = False) -> tuple[str, str, str]:
    return str(heard.reads), str(heard.writes), NOT_SAID if is_tap else str(heard.inside)


@pytest.fixture
def listening(monkeypatch: pytest.MonkeyPatch) -> Listening:
    return Listening(monkeypatch)


@pytest.fixture
async def town(
    listening: Listening,  # noqa: ARG001 - it must listen before the bot connects
    database_url: str,
    traffic: Path,
    renderer: Renderer,
) -> AsyncIterator[City]:
    async with city(database_url, traffic=traffic, renderer=renderer) as found:
        yield found


async def tick(town: City, *names: str) -> int:
    """One tick of these jobs of the worker's, to the end of what it began; how much there was to do."""
    worker, done = town.bot.worker, 0
    assert worker is not None
    for name in names or worker._due_jobs:
        done += await worker._guarded(name, worker._due_jobs[name])
        await town.turns.arrived()
    return done


async def planned(town: City) -> None:
    """Time goes on to the team's next step."""
    [team] = await rows(town, "teams")
    town.clock.move_to(max(town.clock(), team["next_step_at"]))


async def test_the_three_ways_ask_the_database_what_the_document_says(town: City, listening: Listening) -> None:
    counted: Figures = {}
    await town.set_up()
    await town.sees(town.manager, "Check-ins for", where=town.channel)  # which the channel reads a moment later
    await town.round()
    town.clock.move(seconds=10)  # what the channel is told of the team waits behind the summary
    await town.sees(town.manager, "has set up check-ins", where=town.channel)
    await town.settled()

    with listening.noting() as heard:
        assert await tick(town) == 0
    counted["A tick that finds nothing due"] = figures(heard)

    for step, job, done in (
        ("The team's roster is read", "rosters", 1),
        ("Its round opens", "open", 1),
        ("Its five check-ins are sent", "deliver", 5),
    ):
        if job != "deliver":
            await planned(town)
        with listening.noting() as heard:
            assert await tick(town, job) == done
        counted[step] = figures(heard)

    ana = town.manager
    prompt = town.newest(ana, "Choose the level where you stop")
    assert prompt is not None
    for dimension, step in {
        "A": "The first tap on this round",
        "B": "The next tap",
        "C": "The next tap",
        "D": "The next tap",
        "E": "The tap on the last question, with its receipt",
    }.items():
        with listening.noting() as heard:
            await town.tap(ana, prompt, dimension, 2)
            await town.turns.landed()
        taken = figures(heard, is_tap=True)
        assert counted.setdefault(step, taken) == taken, dimension
    for person in town.people[1:]:
        await town.answer(person, (2, 2, 2, 2, 2), prompt=town.newest(person, "Choose the level where you stop"))
    await town.close_early()
    await town.summary()

    for words in ("summary", "summary last 3"):
        with listening.noting() as heard:
            reply = await town.manages(words)
            await town.turns.landed()
        assert reply.blocks
        counted[f"`/maturity {words}`"] = figures(heard)

    assert written_down() == counted, "\n".join(f"| {step} | {' | '.join(each)} |" for step, each in counted.items())
