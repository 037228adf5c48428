"""The queries that every tick asks walk their partial index, however many teams are asleep."""

import re
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import UniqueConstraint, delete, event, text
from sqlalchemy.ext.asyncio import AsyncSession

from storage import action_items, answers, audit, claims, deliveries, exports, overview, privacy, readers, rounds, teams
from storage.claims import Lane
from storage.deliveries import Owed
from storage.engine import Database
from storage.kinds import ActionState, Deed, DeliveryKind, TeamStep
from storage.models import ActionItem, Base, Delivery
from storage.overview import Scope
from tests.storage.builders import NOW, a_closed_round, a_team, a_workspace, an_action_item, an_open_round, people_of

Query = Callable[[AsyncSession], Awaitable[Any]]

TICKS: dict[str, tuple[Query, str]] = {
    "teams.any_due": (
        lambda session: teams.due(TeamStep.OPEN, without=["T9"]).any(session, now=NOW),
        "ix_teams_next_step_at",
    ),
    "teams.hold_due": (
        lambda session: teams.due(TeamStep.OPEN, without=["T9"]).hold(session, now=NOW, passed=[9]),
        "ix_teams_next_step_at",
    ),
    "rounds.hold_due": (lambda session: rounds.DUE.hold(session, now=NOW, passed=[9]), "ix_rounds_next_step_at"),
    "rounds.any_due": (lambda session: rounds.DUE.any(session, now=NOW), "ix_rounds_next_step_at"),
    "action_items.any_due": (lambda session: action_items.DUE.any(session, now=NOW), "ix_action_items_remind_at"),
    "action_items.hold_due": (
        lambda session: action_items.DUE.hold(session, now=NOW, passed=[9]),
        "ix_action_items_remind_at",
    ),
    "claims.any_due": (lambda session: claims.any_due(session, now=NOW), "ix_deliveries_next_attempt_at"),
    "claims.any_due: files": (
        lambda session: claims.any_due(session, now=NOW, lane=Lane.FILES),
        "ix_deliveries_files",
    ),
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

READS_ALL = "SCAN|Seq Scan"
"""How SQLite and PostgreSQL say that a whole table is read."""


@contextmanager
def _statements(database: Database) -> Iterator[list[tuple[str, Any]]]:
    """What is sent to the database meanwhile, with its parameters, as the driver gets them."""
    sent: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: Any) -> None:
        sent.append((statement, parameters))

    event.listen(database.engine.sync_engine, "before_cursor_execute", note)
    yield sent
    event.remove(database.engine.sync_engine, "before_cursor_execute", note)


async def _plans(database: Database, queries: Mapping[str, Query]) -> dict[str, str]:
    """How the database would carry out the selects that each query sends, all of the same data.

    Making the data takes longer than all queries of it: so those that ask the same data share a test.
    """
    if not database.is_sqlite:
        async with database.begin() as session:
            await session.execute(text("ANALYZE"))
    return {name: await _explained(database, query) for name, query in queries.items()}


async def _plan(database: Database, query: Query) -> str:
    return (await _plans(database, {"alone": query}))["alone"]


async def _explained(database: Database, query: Query) -> str:
    async with database.begin() as session:
        with _statements(database) as sent:
            await query(session)
        connection = await session.connection()
        if not database.is_sqlite:
            # The tables are small: without this, reading all of nothing is the cheapest.
            await connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        explain = "EXPLAIN QUERY PLAN" if database.is_sqlite else "EXPLAIN"
        lines = []
        for statement, parameters in sent:
            if statement.startswith(("SELECT", "DELETE")):
                rows = await connection.exec_driver_sql(f"{explain} {statement}", parameters)
                lines += [str(row[-1]) for row in rows]
        await session.rollback()  # the next query finds what this one found
    assert lines
    return "\n".join(lines)


def _where(pattern: str, plans: Mapping[str, str]) -> dict[str, str]:
    """The plans in which this is found."""
    return {name: plan for name, plan in plans.items() if re.search(pattern, plan)}


def _without(indexes: Mapping[str, str], plans: Mapping[str, str]) -> dict[str, str]:
    """The plans that go by another index than theirs."""
    return {name: plan for name, plan in plans.items() if indexes[name] not in plan}


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


async def test_a_tick_finds_what_is_due_by_its_partial_index(database: Database) -> None:
    await _owe_much(database)
    plans = await _plans(database, {name: query for name, (query, _index) in TICKS.items()})
    assert _without({name: index for name, (_query, index) in TICKS.items()}, plans) == {}
    assert _where(READS_ALL, plans) == {}
    assert _where("TEMP B-TREE|Incremental Sort", plans) == {}  # the index gives the order as well


async def test_opening_home_reads_no_table_from_end_to_end(database: Database) -> None:
    async with database.begin() as session:
        for number in range(20):
            team = await a_team(session, f"T{number}", next_step_at=None)
            await people_of(session, team, ["U1", "U2"])
            await teams.add_manager(session, team_id=team.id, user_id="U1")
            await a_closed_round(session, team, members=["U1", "U2"])
            await an_open_round(session, team, members=["U1", "U2"])
            await an_action_item(session, team, owner_id="U1")
    plans = await _plans(database, HOME_TAB)
    assert _where("SEARCH" if database.is_sqlite else "Index", plans) == plans
    assert _where("SCAN (teams|rounds|rosters|managers|round_members|answers|action_items)|Seq Scan", plans) == {}


async def test_a_claim_past_spent_workspaces_looks_into_each_ones_own_queue(database: Database) -> None:
    """Ten thousand waiting messages of one workspace cost the others nothing."""
    await _owe_much(database)
    plan = await _plan(
        database,
        lambda session: claims._with_room(
            session,
            now=NOW,
            allowance=claims.Allowance(rate=4, burst=20),
            without=["T1"],
            limit=100,
            lane=Lane.POSTS,
        ),
    )
    assert "ix_deliveries_workspace_id" in plan
    plan = await _plan(
        database, lambda session: claims._oldest(session, now=NOW, limit=100, lane=Lane.POSTS, workspace_id="T1")
    )
    assert "ix_deliveries_workspace_id" in plan
    assert "SCAN" not in plan
    assert "Seq Scan" not in plan
    assert "TEMP B-TREE" not in plan


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


async def test_action_items_are_found_by_their_team_or_owner(database: Database) -> None:
    await _take_on_much(database)
    plans = await _plans(database, {name: query for name, (query, _index) in LISTS.items()})
    assert _without({name: index for name, (_query, index) in LISTS.items()}, plans) == {}
    assert _where(READS_ALL, plans) == {}


async def test_the_newest_of_the_audit_are_read_off_its_index(database: Database) -> None:
    plan = await _plan(database, lambda session: audit.latest(session, workspace_id="T1", limit=30))
    assert "ix_audit_entries_workspace_id" in plan
    assert "TEMP B-TREE" not in plan


async def test_what_was_last_done_to_a_team_is_read_off_the_audits_index(database: Database) -> None:
    async with database.begin() as session:
        team = await a_team(session)
    plan = await _plan(database, lambda session: audit.last_of_team(session, Deed.REMIND, team, since=NOW))
    assert "ix_audit_entries_workspace_id" in plan
    assert "TEMP B-TREE" not in plan


async def test_what_a_team_still_owes_is_found_by_its_rounds(database: Database) -> None:
    await _owe_much(database)
    plan = await _plan(database, lambda session: deliveries.under_way(session, team_id=1, kinds=[DeliveryKind.CLOSING]))
    assert "ix_deliveries_round_id" in plan
    assert "SCAN" not in plan
    assert "Seq Scan" not in plan


async def test_messages_that_ended_long_ago_are_found_by_the_day_on_which_they_ended(database: Database) -> None:
    await _owe_much(database)
    plan = await _plan(database, lambda session: deliveries.forget_old(session, now=NOW, limit=500))
    assert "ix_deliveries_ended_on" in plan
    assert "SCAN deliveries" not in plan
    assert "Seq Scan" not in plan
    assert "TEMP B-TREE" not in plan  # the first batch reads no more than it deletes


async def test_a_team_that_goes_takes_its_messages_with_it_by_an_index(database: Database) -> None:
    await _owe_much(database)
    plan = await _plan(database, lambda session: session.execute(delete(Delivery).where(Delivery.team_id == 1)))
    assert "ix_deliveries_team_id" in plan


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
    plan = await _plan(
        database,
        lambda session: answers.own(session, round_id=1, user_id="U1", dimensions=["A", "B", "C", "D", "E"]),
    )
    assert ("PRIMARY KEY (round_id=? AND dimension=? AND user_id=?)" in plan) is database.is_sqlite
    assert ("pk_answers" in plan) is not database.is_sqlite


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


async def test_an_overview_reads_its_own_teams_rows_and_no_others(database: Database) -> None:
    assert _where(READS_ALL, await _plans(database, OVERVIEWS)) == {}


async def test_a_close_finds_who_manages_several_teams_by_indexes(database: Database) -> None:
    plan = await _plan(database, lambda session: overview.managers_of_several(session, 1))
    assert "SCAN" not in plan, plan
    assert "Seq Scan" not in plan, plan


MANY: dict[str, Query] = {
    "privacy.about": lambda session: privacy._check_ins(session, workspace_id="T0HOME", user_id="U1"),
    "exports.anything": lambda session: exports.anything(session, workspace_id="T0HOME", team_ids=[1, 2]),
    "exports.closed_rounds": lambda session: exports.closed_rounds(session, workspace_id="T0HOME", team_ids=[1, 2]),
    "exports.counts": lambda session: exports.counts(session, workspace_id="T0HOME", team_ids=[1, 2]),
    "exports.attendance": lambda session: exports.attendance(session, workspace_id="T0HOME", team_ids=[1, 2]),
    "exports.in_either": lambda session: exports.in_either(session, workspace_id="T0HOME", team_ids=[1, 2]),
    "exports.notes": lambda session: exports.notes(session, workspace_id="T0HOME", team_ids=[1, 2]),
    "readers.whole_to": lambda session: readers.whole_to(
        session, workspace_id="T0HOME", user_id="U1", round_ids=[1, 2]
    ),
    "exports.action_items": lambda session: exports.action_items(session, workspace_id="T0HOME", team_ids=[1, 2]),
}


async def test_what_is_asked_of_some_teams_or_one_person_reads_no_table_whole(database: Database) -> None:
    # SQLite calls it a scan, too, to read what a query has just collected.
    assert _where(r"Seq Scan|SCAN (?!CONSTANT ROW|pairs|anon|rounds_|\()", await _plans(database, MANY)) == {}
