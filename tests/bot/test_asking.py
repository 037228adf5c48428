"""Which team a typed command is about."""

import re
from typing import Any

import pytest

from bot.access.resolve_team import Asked, apart, read, team_meant
from bot.commands.words import Command, parse
from bot.kit.errors import UserError
from bot.slack.blocks import LONGEST_SECTION
from storage import rosters, teams
from storage.engine import Database
from tests.storage.builders import ELSEWHERE, HOME, NOW, a_team, a_workspace, on_sqlite, people_of

ME = "U0MEMBER"


def asked(**changes: Any) -> Asked:
    usual = {"team_id": HOME, "user_id": ME, "channel_id": "C0ELSE", "channel_name": "else", "trigger_id": "1"}
    return read({**usual, **changes}, rest=changes.get("rest", ""))


async def meant(database: Database, **changes: Any) -> str:
    """The name of the team, or the sentence that says why there is none."""
    async with database.reading() as session:
        try:
            return (await team_meant(session, asked(**changes))).name
        except UserError as refused:
            return refused.sentence


@pytest.fixture
async def furnished(database: Database) -> Database:
    """Two teams in HOME, of which ME is in the first, and one of the same name elsewhere."""
    async with database.begin() as session:
        permits = await a_team(session, channel_id="C0PERMITS", name="Permits Online")
        await a_team(session, channel_id="C0ROADS", name="Roads & Bridges")
        await people_of(session, permits, [ME])
        await a_workspace(session, ELSEWHERE)
        await a_team(session, ELSEWHERE, channel_id="C0THEIRS", name="Parks")
    return database


def test_a_command_without_a_name_or_trigger_is_read_all_the_same() -> None:
    command = read({"team_id": "T1", "user_id": "U1", "channel_id": "C1", "channel_name": None}, rest="x")
    assert command == Asked("T1", "U1", "C1", "", "", "x")


async def test_in_a_teams_channel_it_is_that_team(furnished: Database) -> None:
    assert await meant(furnished, channel_id="C0ROADS") == "Roads & Bridges"


async def test_elsewhere_it_is_the_only_team_of_ones_own(furnished: Database) -> None:
    assert await meant(furnished) == "Permits Online"


async def manage_roads(furnished: Database) -> None:
    async with furnished.begin() as session:
        roads = await teams.of_channel(session, workspace_id=HOME, channel_id="C0ROADS")
        assert roads is not None
        await teams.add_manager(session, team_id=roads.id, user_id=ME)


async def test_a_team_that_is_none_of_ones_own_is_not_known_by_name(furnished: Database) -> None:
    assert await meant(furnished, rest="Roads & Bridges") == "There is no team called “Roads &amp; Bridges”."
    assert await meant(furnished, rest="Raods") == "There is no team called “Raods”."


async def test_with_several_of_ones_own_one_must_be_named(furnished: Database) -> None:
    await manage_roads(furnished)
    assert await meant(furnished) == (
        "This channel has no team. Name one of yours: *Permits Online*, *Roads &amp; Bridges*."
    )


async def test_of_very_many_teams_ten_are_named(furnished: Database) -> None:
    async with furnished.begin() as session:
        for number in range(11):
            more = await a_team(session, channel_id=f"C0MORE{number}", name=f"Team {number:02}")
            await teams.add_manager(session, team_id=more.id, user_id=ME)
    said = await meant(furnished)
    assert said.count("*") == 20
    assert said.endswith(" ….")


async def test_the_longest_names_there_are_fit_into_one_message(furnished: Database) -> None:
    async with furnished.begin() as session:
        for number in range(10):
            more = await a_team(session, channel_id=f"C0MORE{number}", name=f"{number}" + "&" * 79)
            await teams.add_manager(session, team_id=more.id, user_id=ME)
    assert len(await meant(furnished)) < LONGEST_SECTION


async def test_with_none_of_ones_own_setup_is_suggested(furnished: Database) -> None:
    async with furnished.begin() as session:
        alone = await a_team(session, channel_id="C0ALONE")
        await people_of(session, alone, ["U0NOBODY"])
        await rosters.replace(session, alone, user_ids=[], now=NOW)
    assert await meant(furnished, user_id="U0NOBODY") == ("This channel has no team yet. `/maturity setup` makes one.")


@pytest.mark.parametrize(
    "rest", ["Permits Online", "permits online", "#permits online", "<#C0PERMITS|permits>", "<#C0PERMITS>"]
)
async def test_a_team_is_named_by_its_name_or_its_channel(furnished: Database, rest: str) -> None:
    assert await meant(furnished, channel_id="C0ROADS", rest=rest) == "Permits Online"


async def test_a_name_is_found_as_slack_escapes_it(furnished: Database) -> None:
    await manage_roads(furnished)
    assert await meant(furnished, rest=parse("summary roads &amp; bridges").rest) == "Roads & Bridges"


async def test_a_channel_without_a_team_is_said_to_have_none(furnished: Database) -> None:
    rest = "Only a team's members, its managers and workspace admins can use it."
    # #roads has one, which is none of their business.
    for channel in ("C0NOWHERE", "C0THEIRS", "C0ROADS"):
        assert await meant(furnished, rest=f"<#{channel}|x>") == f"You have no team in <#{channel}>. {rest}"


async def test_a_misspelt_name_brings_the_nearest(furnished: Database) -> None:
    await manage_roads(furnished)
    assert await meant(furnished, rest="Raods & Bridges") == (
        "There is no team called “Raods &amp; Bridges”. Did you mean *Roads &amp; Bridges*?"
    )


async def test_a_name_like_no_other_is_repeated_short_and_inert(furnished: Database) -> None:
    said = await meant(furnished, rest="<!channel> " + "x" * 200)
    assert said.startswith("There is no team called “&lt;!channel&gt; xxx")
    assert "<" not in said
    assert len(said) < 130
    assert await meant(furnished, rest="Parks") == "There is no team called “Parks”."


async def test_of_several_with_one_name_the_channel_tells_which_is_meant(furnished: Database) -> None:
    async with furnished.begin() as session:
        for number, name in enumerate(("Ops", "ops.", "“OPS”")):
            more = await a_team(session, channel_id=f"C0OPS{number}", name=name)
            if number < 2:
                await teams.add_manager(session, team_id=more.id, user_id=ME)
    said = await meant(furnished, rest="OPS")
    assert said == (
        "Several teams are called *Ops*. Write the channel of the one you mean in place of the name: "
        "<#C0OPS0>, <#C0OPS1>."
    )
    assert await meant(furnished, rest="ops", channel_id="C0OPS1") == "ops."
    assert await meant(furnished, rest="<#C0OPS1|x>") == "ops."


OPTION = re.compile(r"last(?: \d+)?|\d+|off")


@on_sqlite
@pytest.mark.parametrize(
    ("text", "option", "name"),
    [
        ("", None, ""),
        ("Ops", None, "Ops"),
        ("last 2", "last 2", ""),
        ("last 2 Ops", "last 2", "Ops"),
        ("Ops last 2", "last 2", "Ops"),
        ("off Ops", "off", "Ops"),
        ("ops off", "off", "ops"),
        ("Ops 2", "2", "Ops"),
        ("2 Ops", "2", "Ops"),
        ("Last 3", "last 3", ""),
        ("“Last 3”", None, "Last 3"),
        ("last 2 Last 3", "last 2", "Last 3"),
        ("Last 3 last 2", "last 2", "Last 3"),
        ("“Last 3” last 2", "last 2", "Last 3"),
        ("last “3 Oaks”", "last", "3 Oaks"),
        ("last 3 Oaks", "last", "3 Oaks"),
        ("3 Oaks", None, "3 Oaks"),
        ("2 3 Oaks", "2", "3 Oaks"),
        ("3 oaks 2", "2", "3 oaks"),
        ("“off”", "off", ""),
        ("2 Nowhere", "2", "Nowhere"),
        ("Nowhere 2", "2", "Nowhere"),
        ("<#C0OPS|ops> off", "off", "<#C0OPS|ops>"),
    ],
)
async def test_an_option_is_told_from_a_teams_name_on_either_side(
    database: Database, text: str, option: str | None, name: str
) -> None:
    async with database.begin() as session:
        for number, called in enumerate(("Ops", "Last 3", "3 Oaks")):
            team = await a_team(session, channel_id=f"C{number}", name=called)
            await people_of(session, team, [ME])
        typed = parse(f"summary {text}")
        match, theirs = await apart(session, asked_of(typed), OPTION)
        assert (None if match is None else match[0], theirs.rest) == (option, name)


def asked_of(typed: Command) -> Asked:
    command = {"team_id": HOME, "user_id": ME, "channel_id": "C0ELSE", "channel_name": "else", "trigger_id": "1"}
    return read(command, rest=typed.rest, is_quoted=typed.is_quoted)
