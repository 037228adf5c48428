"""The queries that every tick asks walk their partial index, however many teams are asleep."""

import re
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import UniqueConstraint, delete, event
from sqlalchemy.ext.asyncio import AsyncSession

from storage import action_items, answers, audit, claims, deliveries, exports, overview, privacy, rounds, teams
from storage.deliveries import Owed
from storage.engine import Database
from storage.kinds import ActionState, Deed, DeliveryKind, TeamStep
from storage.models import ActionItem, Base, Delivery
from storage.overview import Scope
from tests.storage.builders import NOW, a_closed_round, a_team, a_workspace, an_action_item, an_open_round, people_of

Query = Callable[[AsyncSession], Awaitable[Any]]

TICKS: dict[str, tuple[Query, str]] = {
    "teams.any_due": (
        lambda session: teams.any_due(session, step=TeamStep.OPEN, now=NOW, without=["T9"]),
        "ix_teams_next_step_at",
    ),
    "teams.hold_due": (
        lambda session: teams.hold_due(session, step=TeamStep.OPEN, now=NOW, without=["T9"], passed=[9]),
        "ix_teams_next_step_at",
    ),
    "rounds.hold_due": (lambda session: rounds.hold_due(session, now=NOW, passed=[9]), "ix_rounds_next_step_at"),
    "rounds.any_due": (lambda session: rounds.any_due(session, now=NOW), "ix_rounds_next_step_at"),
    "action_items.any_due": (lambda session: action_items.any_due(session, now=NOW), "ix_action_items_remind_at"),
    "action_items.hold_due": (
        lambda session: action_items.hold_due(session, now=NOW, passed=[9]),
        "ix_action_items_remind_at",
    ),
    "claims.any_due": (lambda session: claims.any_due(session, now=NOW), "ix_deliveries_next_attempt_at"),
    "claims.claim": (
        lambda session: claims.claim(
            session,
            worker=UUID(int=1),
            now=NOW,
            lease=timedelta(minutes=1),
            allowance=claims.Allowance(rate=4, burst=20),
        ),
        "ix_deliveries_next_attempt_at",
    ),
}


HOME_TAB: dict[str, Query] = {
    "teams.joined_by": lambda session: teams.joined_by(session, workspace_id="T1", user_id="U1"),
    "teams.managed_by": lambda session: teams.managed_by(session, workspace_id="T1", user_id="U1"),
    "teams.among": lambda session: teams.among(session, workspace_id="T1", team_ids=[1, 2]),
    "teams.number_of": lambda session: teams.number_of(session, workspace_id="T1"),
    "action_items.of_person": lambda session: action_items.of_person(session, workspace_id="T1", user_id="U1"),
    "rounds.check_ins_of": lambda session: rounds.check_ins_of(session, workspace_id="T1", user_id="U1", now=NOW),
    "rounds.open_among": lambda session: rounds.open_among(session, team_ids=[1, 2]),
    "rounds.last_closed_among": lambda session: rounds.last_closed_among(session, team_ids=[1, 2]),
    "rounds.attendances": lambda session: rounds.attendances(session, round_ids=[1, 2]),
    "answers.progress_among": lambda session: answers.progress_among(session, round_ids=[1, 2]),
    "answers.own_numbers": lambda session: answers.own_numbers(
        session, round_ids=[1, 2], user_id="U1", dimensions=["A", "B"]
    ),
    "answers.counts": lambda session: answers.counts(session, round_ids=[1, 2]),
}
"""What App Home asks, each once, however many teams somebody has."""


@contextmanager
def _statements(database: Database) -> Iterator[list[tuple[str, Any]]]:
    """What is sent to the database meanwhile, with its parameters, as the driver gets them."""
    sent: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: Any) -> None:
        sent.append((statement, parameters))

    event.listen(database.engine.sync_engine, "before_cursor_execute", note)
    yield sent
    event.remove(database.engine.sync_engine, "before_cursor_execute", note)


async def _plans(database: Database, query: Query) -> str:
    """How the database would carry out the selects that `query` sends."""
    async with database.begin() as session:
        with _statements(database) as sent:
            await query(session)
        connection = await session.connection()
        if not database.is_sqlite:
            # The tables are small: without this, reading all of nothing is the cheapest.
            await connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
            await connection.exec_driver_sql("ANALYZE")
        explain = "EXPLAIN QUERY PLAN" if database.is_sqlite else "EXPLAIN"
        lines = []
        for statement, parameters in sent:
            if statement.startswith(("SELECT", "DELETE")):
                rows = await connection.exec_driver_sql(f"{explain} {statement}", parameters)
                lines += [str(row[-1]) for row in rows]
    return "\n".join(lines)


async def _owe_much(database: Database) -> None:
    """A thousand messages of ten workspaces, to come over a thousand minutes: two of them are due."""
    for number in range(10):
        messages = [
            Owed(key=str(each), kind=DeliveryKind.PROMPT, due=NOW + timedelta(minutes=10 * each + number - 10))
            for each in range(100)
        ]
        async with database.begin() as session:
            await a_workspace(session, f"T{number}")
            await deliveries.owe(session, workspace_id=f"T{number}", messages=messages)


@pytest.mark.parametrize("name", TICKS)
async def test_a_tick_finds_what_is_due_by_its_partial_index(database: Database, name: str) -> None:
    query, index = TICKS[name]
    await _owe_much(database)
    plans = await _plans(database, query)
    assert index in plans
    assert "SCAN" not in plans  # SQLite's word for reading a whole table; PostgreSQL writes "Seq Scan"
    assert "Seq Scan" not in plans
    assert "TEMP B-TREE" not in plans  # the index gives the order as well


@pytest.mark.parametrize("query", HOME_TAB.values(), ids=HOME_TAB.keys())
async def test_opening_home_reads_no_table_from_end_to_end(database: Database, query: Query) -> None:
    async with database.begin() as session:
        for number in range(20):
            team = await a_team(session, f"T{number}", next_step_at=None)
            await people_of(session, team, ["U1", "U2"])
            await teams.add_manager(session, team_id=team.id, user_id="U1")
            await a_closed_round(session, team, members=["U1", "U2"])
            await an_open_round(session, team, members=["U1", "U2"])
            await an_action_item(session, team, owner_id="U1")
    plans = await _plans(database, query)
    assert "SEARCH" in plans if database.is_sqlite else "Index" in plans
    assert not re.search(r"SCAN (teams|rounds|rosters|managers|round_members|answers|action_items)", plans)
    assert "Seq Scan" not in plans


async def test_a_claim_past_spent_workspaces_looks_into_each_ones_own_queue(database: Database) -> None:
    """Ten thousand waiting messages of one workspace cost the others nothing."""
    await _owe_much(database)
    plans = await _plans(
        database,
        lambda session: claims._with_room(
            session, now=NOW, allowance=claims.Allowance(rate=4, burst=20), without=["T1"], limit=100
        ),
    )
    assert "ix_deliveries_workspace_id" in plans
    plans = await _plans(database, lambda session: claims._oldest(session, now=NOW, limit=100, workspace_id="T1"))
    assert "ix_deliveries_workspace_id" in plans
    assert "SCAN" not in plans
    assert "Seq Scan" not in plans
    assert "TEMP B-TREE" not in plans


LISTS: dict[str, tuple[Query, str]] = {
    "of_person": (
        lambda session: action_items.of_person(session, workspace_id="T1", user_id="U1"),
        "ix_action_items_owner",
    ),
    "open_of": (
        lambda session: action_items.open_of(session, workspace_id="T1", team_ids=[1, 2]),
        "ix_action_items_team_id",
    ),
    "adopted": (
        lambda session: action_items.adopted(session, workspace_id="T1", team_id=1, action_key="A1.1"),
        "ix_action_items_once",
    ),
    "made_by": (
        lambda session: action_items.made_by(session, workspace_id="T1", team_id=1, request="V07"),
        "ix_action_items_request",
    ),
    "of_library": (
        lambda session: action_items.of_library(session, workspace_id="T1", team_id=1, keys=["A1.1", "A1.2"]),
        "ix_action_items_team_id",
    ),
    "taken_on": (
        lambda session: action_items.taken_on(session, workspace_id="T1", team_id=1, before=NOW, since=NOW),
        "ix_action_items_team_id",
    ),
    "known_keys": (
        lambda session: action_items.known_keys(session, workspace_id="T1", team_id=1, before=NOW),
        "ix_action_items_team_id",
    ),
}


async def _take_on_much(database: Database) -> None:
    """Three thousand items of fifty teams in two workspaces."""
    for workspace_id in ("T1", "T2"):
        async with database.begin() as session:
            for number in range(25):
                team = await a_team(session, workspace_id, channel_id=f"C{number}")
                session.add_all(
                    ActionItem(
                        workspace_id=workspace_id,
                        team_id=team.id,
                        dimension="A",
                        action_key=f"A1.{each}",
                        text="Invite residents",
                        owner_id=f"U{each}",
                        due_on=NOW.date(),
                        state=ActionState.DONE if each % 3 else ActionState.OPEN,
                        created_by="U1",
                        created_at=NOW,
                        request=f"V0{each}",
                    )
                    for each in range(60)
                )


@pytest.mark.parametrize("name", LISTS)
async def test_action_items_are_found_by_their_team_or_owner(database: Database, name: str) -> None:
    query, index = LISTS[name]
    await _take_on_much(database)
    plans = await _plans(database, query)
    assert index in plans
    assert "SCAN" not in plans
    assert "Seq Scan" not in plans


async def test_the_newest_of_the_audit_are_read_off_its_index(database: Database) -> None:
    plans = await _plans(database, lambda session: audit.latest(session, workspace_id="T1", limit=30))
    assert "ix_audit_entries_workspace_id" in plans
    assert "TEMP B-TREE" not in plans


async def test_what_was_last_done_to_a_team_is_read_off_the_audits_index(database: Database) -> None:
    async with database.begin() as session:
        team = await a_team(session)
    plans = await _plans(database, lambda session: audit.last_of_team(session, Deed.REMIND, team, since=NOW))
    assert "ix_audit_entries_workspace_id" in plans
    assert "TEMP B-TREE" not in plans


async def test_what_a_team_still_owes_is_found_by_its_rounds(database: Database) -> None:
    await _owe_much(database)
    plans = await _plans(
        database, lambda session: deliveries.under_way(session, team_id=1, kinds=[DeliveryKind.CLOSING])
    )
    assert "ix_deliveries_round_id" in plans
    assert "SCAN" not in plans
    assert "Seq Scan" not in plans


async def test_messages_that_ended_long_ago_are_found_by_the_day_on_which_they_ended(database: Database) -> None:
    await _owe_much(database)
    plans = await _plans(database, lambda session: deliveries.forget_old(session, now=NOW, limit=500))
    assert "ix_deliveries_ended_on" in plans
    assert "SCAN deliveries" not in plans
    assert "Seq Scan" not in plans
    assert "TEMP B-TREE" not in plans  # the first batch reads no more than it deletes


async def test_a_team_that_goes_takes_its_messages_with_it_by_an_index(database: Database) -> None:
    await _owe_much(database)
    plans = await _plans(database, lambda session: session.execute(delete(Delivery).where(Delivery.team_id == 1)))
    assert "ix_deliveries_team_id" in plans


def test_whatever_goes_with_a_team_or_a_round_is_found_by_an_index() -> None:
    """Else each deletion would read the whole table that hangs on it."""
    without = []
    for table in Base.metadata.tables.values():
        first = {index.columns[0].name for index in table.indexes if index.dialect_options["sqlite"]["where"] is None}
        first |= {each.columns[0].name for each in table.constraints if isinstance(each, UniqueConstraint)}
        first.add(table.primary_key.columns[0].name)
        without += [
            f"{table.name}.{key.column_keys[0]}"
            for key in table.foreign_key_constraints
            if key.ondelete and key.referred_table.name != "workspaces" and key.column_keys[0] not in first
        ]
    assert without == [], "workspaces alone are never deleted"


async def test_a_members_own_answers_are_steps_into_the_primary_key(database: Database) -> None:
    plans = await _plans(
        database,
        lambda session: answers.own(session, round_id=1, user_id="U1", dimensions=["A", "B", "C", "D", "E"]),
    )
    assert ("PRIMARY KEY (round_id=? AND dimension=? AND user_id=?)" in plans) is database.is_sqlite
    assert ("pk_answers" in plans) is not database.is_sqlite


OVERVIEWS: dict[str, Query] = {
    f"{question.__name__}, {whose}": partial(question, scope=scope)
    for whose, scope in (("all", Scope("T1")), ("managed", Scope("T1", "U1")))
    for question in (
        overview.teams_of,
        overview.latest_closed,
        overview.counts,
        overview.attendance,
        overview.need_leadership,
    )
}


@pytest.mark.parametrize("name", OVERVIEWS)
async def test_an_overview_reads_its_own_teams_rows_and_no_others(database: Database, name: str) -> None:
    plans = await _plans(database, OVERVIEWS[name])
    assert plans
    assert "SCAN" not in plans, plans
    assert "Seq Scan" not in plans, plans


async def test_a_close_finds_who_manages_several_teams_by_indexes(database: Database) -> None:
    plans = await _plans(database, lambda session: overview.managers_of_several(session, 1))
    assert "SCAN" not in plans, plans
    assert "Seq Scan" not in plans, plans


MANY: dict[str, Query] = {
    "privacy.about": lambda session: privacy._check_ins(session, workspace_id="T0HOME", user_id="U1"),
    "exports.anything": lambda session: exports.anything(session, workspace_id="T0HOME", team_ids=[1, 2]),
    "exports.closed_rounds": lambda session: exports.closed_rounds(session, workspace_id="T0HOME", team_ids=[1, 2]),
    "exports.counts": lambda session: exports.counts(session, workspace_id="T0HOME", team_ids=[1, 2]),
    "exports.attendance": lambda session: exports.attendance(session, workspace_id="T0HOME", team_ids=[1, 2]),
    "exports.newcomers": lambda session: exports.newcomers(session, workspace_id="T0HOME", team_ids=[1, 2]),
    "exports.notes": lambda session: exports.notes(session, workspace_id="T0HOME", team_ids=[1, 2]),
    "exports.action_items": lambda session: exports.action_items(session, workspace_id="T0HOME", team_ids=[1, 2]),
}


@pytest.mark.parametrize("name", MANY)
async def test_what_is_asked_of_some_teams_or_one_person_reads_no_table_whole(database: Database, name: str) -> None:
    plans = await _plans(database, MANY[name])
    assert plans
    # SQLite calls it a scan, too, to read what a query has just collected.
    whole = re.compile(r"Seq Scan|SCAN (?!CONSTANT ROW|pairs|anon|rounds_|\()")
    assert [line for line in plans.splitlines() if whole.search(line)] == []
