"""A city whose database a released version left: after the upgrade it goes on where it was, for everyone in it."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import select

from bot.charts.render import Renderer
from bot.delivery.message import Kinds
from bot.program.messages import MESSAGES
from bot.sandbox import Person, SeenMessage
from storage import migrate
from storage.engine import Database, read_url
from storage.kinds import ENDED, DeliveryKind, DeliveryState
from storage.models import Delivery
from tests.journeys.city import City
from tests.journeys.raw import send, tapped
from tests.journeys.records import rows
from tests.storage.released import dumps, printing
from tests.storage.released.slack import at_rest, slack_of


@pytest.fixture(params=dumps.VERSIONS)
def version(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
async def upgraded(bare_database_url: str, version: str, renderer: Renderer) -> AsyncIterator[City]:
    """The Slack of that time, and its database brought up to date; the bot has not been started."""
    url = read_url(bare_database_url)
    await asyncio.to_thread(dumps.restore, version, url)
    await asyncio.to_thread(migrate.upgrade, url)
    async with slack_of(dumps.HERE / f"{version}.slack.json", bare_database_url) as town:
        town.renderer = renderer
        yield town


async def owed(town: City) -> dict[str, Delivery]:
    """What a worker would look at within a few seconds, by its key."""
    database = Database(read_url(town.database_url))
    async with database.reading() as session:
        found = (await session.execute(select(Delivery).where(Delivery.next_attempt_at.is_not(None)))).scalars().all()
    await database.close()
    return {each.key: each for each in found}


def prompt(person: Person, team: str, town: City) -> SeenMessage:
    """The questions of a team that a person has before them."""
    return next(each for each in town.seen(person, "Choose the level where you stop") if team in each.shown)


@dataclass(frozen=True)
class Meant:
    """What is exported otherwise today than that version printed it, each with its reason. All else stays as it was."""

    words: Mapping[tuple[str, object], object] = field(default_factory=dict)
    """What a column's value is called now."""
    values: Mapping[tuple[str, int, str, str], tuple[object, object]] = field(default_factory=dict)
    """By team, round, dimension and column: what it printed, and what is said since."""
    gone: frozenset[str] = frozenset()
    new: frozenset[str] = frozenset()


MEANT = {
    "v0.1.0": Meant(
        # Agreement has the words of the summary.
        words={("agreement", "aligned"): "mostly agree"},
        values={
            # Level 1 of four answers, then level 2 of five, at least three of them on it: nobody need have chosen
            # another level for that. A change is told only where two people, and a third of them, must have.
            ("permits", 3, "C", "change"): ("moved", "uncertain"),
        },
        # They counted answers, whoever had given them; `changed_at_least` counts people.
        gone=frozenset({"moved", "moved_of"}),
        # `changed_from` alone said level 3 where 3 and 4 had been shown as one.
        new=frozenset({"changed_from_or_above", "changed_at_least"}),
    )
}


async def test_what_its_rounds_printed_is_what_is_printed(upgraded: City, version: str) -> None:
    await at_rest(upgraded)
    kept = {path: (dumps.HERE / f"{version}.{path}").read_text(encoding="utf-8") for path in printing.FILES}
    now = await printing.printed(upgraded)
    _compare(json.loads(kept["facts.json"]), json.loads(now["facts.json"]), meant=MEANT.get(version, Meant()))
    assert now["printed.json"] == kept["printed.json"], "words may change: look at it, then `make golden`"


def _compare(kept: dict[str, Any], now: dict[str, Any], *, meant: Meant) -> None:
    """Levels, ranges, counts, notes and actions are those that the version itself exported, but for what is `meant`.

    What the columns mean is words, which the other file has.
    """
    assert (now["notes"], now["actions"]) == (kept["notes"], kept["actions"])
    differing: dict[tuple[str, int, str, str], tuple[object, object]] = {}
    for was, is_now in zip(kept["rounds"], now["rounds"], strict=True):
        assert (was.keys() - is_now.keys(), is_now.keys() - was.keys()) == (meant.gone, meant.new)
        for column in was.keys() & is_now.keys():
            said = meant.words.get((column, was[column]), was[column])
            if is_now[column] != said:
                differing[was["team"], was["round"], was["dimension"], column] = (said, is_now[column])
    assert differing == meant.values


SINCE = {DeliveryKind.CHANNEL_NEWS}
"""Kinds of message that 0.1.0 didn't have."""


async def test_each_message_of_that_version_is_read_whatever_became_of_it(upgraded: City) -> None:
    database = Database(read_url(upgraded.database_url))
    async with database.reading() as session:
        found = (await session.execute(select(Delivery))).scalars().all()
    await database.close()
    read = [Kinds(MESSAGES).read(each) for each in found]
    assert {each.kind for each in read} == set(DeliveryKind) - SINCE
    for row, message in zip(found, read, strict=True):
        owed = message.row(due=upgraded.clock())
        assert (owed.key, owed.kind, owed.user_id, owed.round_id) == (row.key, row.kind, row.user_id, row.round_id)


async def test_what_was_owed_is_sent_and_the_open_round_goes_on(upgraded: City) -> None:
    town = upgraded
    ana, ben, _cho, dev, eli, fay, *_others, hal = town.people
    before = await owed(town)
    assert len({each.kind for each in before.values()}) == 11, "one of each kind was owed"
    asked = prompt(dev, "Ops", town)

    await at_rest(town)
    after = {row["key"]: row for row in await rows(town, "deliveries")}
    late = town.clock()
    for key, each in before.items():
        row = after.get(key)
        if row is not None and (each.next_attempt_at is None or each.next_attempt_at <= late):
            assert row["state"] in ENDED - {DeliveryState.FAILED}, (key, row["state"], row["last_error"])
    assert "gone" not in [row["name"] for row in await rows(town, "teams")], "a deletion that had begun was ended"
    prompt(hal, "trees", town)
    assert town.seen(eli, "This round has closed. Thanks for taking part.") or town.seen(
        ben, "This round has closed. Thanks for taking part."
    )
    assert len(town.seen(ana, "You are a manager of *permits* now")) == 1, "its fate was unknown: looked for, and sent"

    answer = await send(town, tapped(asked, dev, dimension="C", value="3"))
    assert (answer.status, answer.body) == (200, "")
    opened = next(row for row in await rows(town, "rounds") if row["state"] == "open" and row["number"] == 1)
    kept = {(row["user_id"], row["dimension"]): row["level"] for row in await rows(town, "answers")}
    assert (kept[dev.id, "A"], kept[dev.id, "B"], kept[dev.id, "C"]) == (2, None, 3), opened

    for number, level in enumerate((1, 2, 3)):
        await town.tap(dev, prompt(dev, "Ops", town), "CDE"[number], level)
    await town.answer(fay, (2, 2, 2, 2, 2), prompt=prompt(fay, "Ops", town))
    town.channel = next(each for each in town.workspace.channels.values() if each.name == "ops-north")
    await town.close_early()
    summary = await town.sees(ana, "Ops: round 1", where=town.channel)
    assert "5 of 9 answered" in summary.shown
    printed_by = {
        row["number"]: row["printing_rules"] for row in await rows(town, "rounds") if row["id"] == opened["id"]
    }
    assert printed_by == {1: 1}, "it keeps the rules that it opened with"
