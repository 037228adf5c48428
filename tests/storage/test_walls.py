"""Workspaces are walls: another workspace's id finds nothing, even with the right ids of what is behind it."""

import inspect
import pkgutil
from collections.abc import Awaitable, Callable
from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from sqlalchemy.exc import NoResultFound

import storage
from storage import action_items, audit, deliveries, people, rosters, rounds, rubrics, teams, workspaces
from storage.deliveries import Owed
from storage.engine import Database
from storage.kinds import Deed, DeliveryKind, DeliveryState, MemberSource
from storage.models import Admin
from tests.storage.builders import (
    ELSEWHERE,
    HOME,
    NOW,
    RUBRIC,
    a_team,
    a_workspace,
    an_action_item,
    an_open_round,
    people_of,
)

ME = "U0MEMBER1"

Question = Callable[..., Awaitable[Any]]

QUESTIONS: dict[str, Question] = {
    "audit.since": lambda session, workspace_id: audit.since(
        session, [Deed.START], workspace_id=workspace_id, since=NOW
    ),
    "action_items.get": lambda session, workspace_id: action_items.get(session, 1, workspace_id=workspace_id),
    "action_items.hold": lambda session, workspace_id: action_items.hold(session, 1, workspace_id=workspace_id),
    "action_items.of_person": lambda session, workspace_id: action_items.of_person(
        session, workspace_id=workspace_id, user_id=ME
    ),
    "action_items.open_of": lambda session, workspace_id: action_items.open_of(
        session, workspace_id=workspace_id, team_ids=[1]
    ),
    "action_items.adopted": lambda session, workspace_id: action_items.adopted(
        session, workspace_id=workspace_id, team_id=1, action_key="A1.1"
    ),
    "action_items.made_by": lambda session, workspace_id: action_items.made_by(
        session, workspace_id=workspace_id, team_id=1, request="V0MODAL"
    ),
    "action_items.of_library": lambda session, workspace_id: action_items.of_library(
        session, workspace_id=workspace_id, team_id=1, keys=["A1.1"]
    ),
    "action_items.taken_on": lambda session, workspace_id: action_items.taken_on(
        session, workspace_id=workspace_id, team_id=1, before=NOW + timedelta(days=1), since=None
    ),
    "action_items.known_keys": lambda session, workspace_id: action_items.known_keys(
        session, workspace_id=workspace_id, team_id=1, before=NOW + timedelta(days=1)
    ),
    "audit.latest": lambda session, workspace_id: audit.latest(session, workspace_id=workspace_id, limit=30),
    "audit.count": lambda session, workspace_id: audit.count(session, workspace_id=workspace_id),
    "audit.team_names": lambda session, workspace_id: audit.team_names(session, workspace_id=workspace_id),
    "deliveries.get": lambda session, workspace_id: deliveries.get(session, workspace_id=workspace_id, key="prompt"),
    "deliveries.in_trouble": lambda session, workspace_id: deliveries.in_trouble(session, workspace_id=workspace_id),
    "people.get": lambda session, workspace_id: people.get(session, workspace_id=workspace_id, user_id=ME),
    "people.names": lambda session, workspace_id: people.names(session, workspace_id=workspace_id),
    "people.among": lambda session, workspace_id: people.among(session, workspace_id=workspace_id, user_ids=[ME]),
    "rosters.made_of": lambda session, workspace_id: rosters.made_of(
        session, workspace_id=workspace_id, source=MemberSource.CHANNEL, source_id="C0TEAM"
    ),
    "rounds.left_open": lambda session, workspace_id: rounds.left_open(
        session, workspace_id=workspace_id, before=NOW + timedelta(days=365)
    ),
    "rounds.get": lambda session, workspace_id: rounds.get(session, 1, workspace_id=workspace_id),
    "rounds.hold": lambda session, workspace_id: rounds.hold(session, 1, workspace_id=workspace_id),
    "rounds.check_ins_of": lambda session, workspace_id: rounds.check_ins_of(
        session, workspace_id=workspace_id, user_id=ME, now=NOW
    ),
    "teams.among": lambda session, workspace_id: teams.among(session, workspace_id=workspace_id, team_ids=[1]),
    "teams.joined_by": lambda session, workspace_id: teams.joined_by(session, workspace_id=workspace_id, user_id=ME),
    "teams.number_of": lambda session, workspace_id: teams.number_of(session, workspace_id=workspace_id),
    "teams.get": lambda session, workspace_id: teams.get(session, 1, workspace_id=workspace_id),
    "teams.hold": lambda session, workspace_id: teams.hold(session, 1, workspace_id=workspace_id),
    "teams.of_channel": lambda session, workspace_id: teams.of_channel(
        session, workspace_id=workspace_id, channel_id="C0TEAM"
    ),
    "teams.all_of": lambda session, workspace_id: teams.all_of(session, workspace_id=workspace_id),
    "teams.of_person": lambda session, workspace_id: teams.of_person(session, workspace_id=workspace_id, user_id=ME),
    "teams.with_managers": lambda session, workspace_id: teams.with_managers(
        session, workspace_id=workspace_id, limit=20
    ),
    "teams.managed_by": lambda session, workspace_id: teams.managed_by(session, workspace_id=workspace_id, user_id=ME),
    "workspaces.admins": lambda session, workspace_id: workspaces.admins(session, workspace_id=workspace_id),
    "workspaces.named_admins": lambda session, workspace_id: workspaces.named_admins(
        session, workspace_id=workspace_id
    ),
    "workspaces.is_admin": lambda session, workspace_id: workspaces.is_admin(
        session, workspace_id=workspace_id, user_id=ME
    ),
}

ELSEWHERE_TESTED = {
    "answers.save": "test_answers",
    "answers.save_notes": "test_answers",
    "deliveries.files_under_way": "test_deliveries",
    "deliveries.again": "test_another_bot",
    "deliveries.owe": "test_deliveries",
    "deliveries.owe_again": "test_deliveries",
    "deliveries.owe_failed_again": "test_deliveries",
    "people.keep": "test_people",
    "readers.whole_to": "test_readers",
    "privacy.about": "test_privacy",
    "privacy.erase": "test_privacy",
    "privacy.erase_at_close": "test_my_data",
    "privacy.erase_ended": "test_my_data",
    "privacy.on_their_way": "test_privacy",
    "exports.anything": "test_exports",
    "exports.closed_rounds": "test_exports",
    "exports.counts": "test_exports",
    "exports.attendance": "test_exports",
    "exports.in_either": "test_exports",
    "exports.notes": "test_exports",
    "exports.action_items": "test_exports",
    "people.remember_dm": "test_people",
    "deliveries.leave_alone": "test_memberships",
    "people.be_away": "test_people",
    "people.opt_out": "test_people",
    "teams.follow_channel": "test_memberships",
    "workspaces.add_admin": "test_memberships",
    "workspaces.remove_admin": "test_memberships",
    "another_bot.forget_places": "test_another_bot",
    "rounds.skip": "test_skips",
    "rubrics.document": "below",
    "rubrics.keep": "below",
    "taps.why_not": "test_answers",
    "workspaces.keep": "it makes the wall",
}


def test_every_query_that_takes_a_workspace_is_asked_across_the_wall() -> None:
    asking = set()
    for module in pkgutil.iter_modules(storage.__path__):
        if module.ispkg or module.name == "installations":
            continue
        loaded = import_module(f"storage.{module.name}")
        for name, function in inspect.getmembers(loaded, inspect.isfunction):
            if (
                function.__module__ == loaded.__name__
                and not name.startswith("_")
                and {"session", "workspace_id"} <= inspect.signature(function).parameters.keys()
            ):
                asking.add(f"{module.name}.{name}")
    by_position = {  # of the workspace itself
        "audit.of_workspace",
        "claims.begin",
        "claims.push_back",
        "recently_asked.take_turn",
        "workspaces.change_minimum",
        "workspaces.get",
        "workspaces.hold_channels",
        "workspaces.known",
        "workspaces.minimum_of",
        "workspaces.revoke",
    }
    assert asking - by_position == QUESTIONS.keys() | ELSEWHERE_TESTED.keys()


@pytest.fixture
async def furnished(database: Database) -> Database:
    """A database in which HOME has one of everything, and ELSEWHERE nothing."""
    async with database.begin() as session:
        team = await a_team(session, id=1)
        await people_of(session, team, [ME])
        await teams.add_manager(session, team_id=team.id, user_id=ME)
        await an_open_round(session, team, number_as_id=True)
        await an_action_item(session, team, id=1, owner_id=ME, request="V0MODAL")
        await audit.of_team(session, Deed.START, team, by=ME, now=NOW)
        session.add(Admin(workspace_id=HOME, user_id=ME))
        await deliveries.owe(
            session, workspace_id=HOME, messages=[Owed(key="prompt", kind=DeliveryKind.PROMPT, due=NOW)]
        )
        owed = await deliveries.get(session, workspace_id=HOME, key="prompt")
        assert owed is not None
        owed.state, owed.last_error = DeliveryState.FAILED, "channel_not_found"
        await a_workspace(session, ELSEWHERE)
    return database


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS.keys())
async def test_another_workspace_finds_nothing(furnished: Database, question: Question) -> None:
    async with furnished.begin() as session:
        assert await question(session, HOME)
        assert not await question(session, ELSEWHERE)


async def test_another_workspace_reads_no_rubric_and_changes_none(furnished: Database) -> None:
    async with furnished.begin() as session:
        await rubrics.keep(session, workspace_id=HOME, version="own", document="ours")
        await rubrics.keep(session, workspace_id=ELSEWHERE, version=RUBRIC, document="theirs")
    async with furnished.reading() as session:
        assert await rubrics.document(session, workspace_id=HOME, version=RUBRIC) == "{}"
        with pytest.raises(NoResultFound):
            await rubrics.document(session, workspace_id=ELSEWHERE, version="own")


async def test_a_refusal_in_one_workspace_touches_no_message_of_another(furnished: Database) -> None:
    again = Owed(key="prompt", kind=DeliveryKind.PROMPT, due=NOW)
    async with furnished.begin() as session:
        await deliveries.owe_again(session, workspace_id=ELSEWHERE, message=again)
    async with furnished.reading() as session:
        ours = await deliveries.get(session, workspace_id=HOME, key="prompt")
        assert ours is not None
        assert ours.state is DeliveryState.FAILED
