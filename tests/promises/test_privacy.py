"""What people answer and write reaches the team's summary and nothing else: no log, metric, metadata or address."""

import ast
import io
import json
import logging
import re
import sys
from collections.abc import AsyncIterator, Iterator
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import text

from bot.charts.render import Renderer
from bot.kit import logs
from bot.sandbox import Person
from bot.slack.ids import METADATA_EVENT, Do
from rubric import load
from storage.engine import Database
from tests.journeys.city import City, city
from tests.promises.source import Module, last_name, our_modules

WORDS = ("Quetzalcoatl", "Xylophonist", "Mississauga", "Zwetschgendatschi", "Ouagadougou")
"""One in each person's note, each in no other sentence."""


@pytest.fixture(params=["console", "json"])
def logged(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """Everything that an operator who asked for LOG_LEVEL=DEBUG is told."""
    root, told = logging.getLogger(), io.StringIO()
    handlers, level = root.handlers[:], root.level
    scheduler = logging.getLogger("apscheduler")
    scheduler_level = scheduler.level
    root.handlers = []  # configure() closes those it finds
    with monkeypatch.context() as patched:
        patched.setattr(sys, "stderr", told)
        logs.configure("DEBUG", request.param)
    yield told
    for handler in root.handlers:
        handler.close()
    root.handlers, root.level = handlers, level
    scheduler.setLevel(scheduler_level)


@pytest.fixture
async def town(database_url: str, renderer: Renderer) -> AsyncIterator[City]:
    """A team whose round is open, with the answers of the example."""
    async with city(database_url, renderer=renderer) as found:
        await found.set_up()
        await found.opened()
        await found.answer_example()
        yield found


async def write_note(person: Person, town: City, words: str) -> str:
    """Put a note on the first dimension and send the form; the error at a field, where there is one."""
    receipt = await town.sees(person, "Thank you")
    await person.taps(receipt, action_id=Do.ADD_NOTES)
    await person.fills("note:A", words)
    submitted = await person.submits()
    return " ".join(submitted.errors.values())


async def fails_with_what_was_written(database: Database) -> None:
    """From now on no tap and no note is taken, and the database's own message quotes what was written."""
    if database.is_sqlite:
        statements = [
            f"CREATE TRIGGER refuse_{action} BEFORE {action} ON answers "
            "BEGIN SELECT RAISE(ABORT, 'no room for this row'); END"
            for action in ("insert", "update")
        ]
    else:
        statements = [
            """CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION 'no room for %', NEW; END $$""",
            "CREATE TRIGGER refuse BEFORE INSERT OR UPDATE ON answers FOR EACH ROW EXECUTE FUNCTION refuse()",
        ]
    async with database.begin() as session:
        for statement in statements:
            await session.execute(text(statement))


def secrets() -> list[str]:
    """What must be nowhere: notes, the words of the levels, and the ids of the questions that were tapped."""
    texts = [level for dimension in load().dimensions for level in dimension.levels]
    return [*WORDS, *texts, "answer:", "cant_say", "selected_option"]


def of_the_bot(told: str) -> str:
    """What was logged, without the local Slack, which here shares a process with the bot."""
    return "\n".join(line for line in told.splitlines() if "uvicorn" not in line)


async def test_no_log_tells_what_people_answered_or_wrote_not_even_when_a_statement_fails(
    logged: io.StringIO, town: City
) -> None:
    for person, words in zip(town.people, WORDS, strict=True):
        assert await write_note(person, town, f"As {words} said") == ""
    await fails_with_what_was_written(town.bot.database)
    refused = await write_note(town.people[0], town, "Quetzalcoatl once more")
    assert "through an error on our side" in refused
    reference = re.search(r"`([0-9a-f]{8})`", refused)
    assert reference is not None
    receipt = await town.sees(town.people[1], "Thank you")
    await town.people[1].taps(receipt, action_id=Do.CHANGE_ANSWERS)
    prompt = await town.sees(town.people[1], "Done")
    await town.tap(town.people[1], prompt, "A", 4)
    await town.sees(town.people[1], "through an error on our side")

    await town.close_early()
    summary = await town.summary()
    assert WORDS[0] in await town.details(summary)  # all may read the notes here, and Bolt would log this call
    await town.manages("summary")

    told = of_the_bot(logged.getvalue())
    assert f"fault {reference[1]}: " in told  # the operator finds what the person was told
    assert "keep_notes" in told  # and where it happened
    assert [secret for secret in secrets() if secret in told] == []


async def test_metrics_tell_how_much_and_how_fast_and_never_who_or_what(town: City) -> None:
    await write_note(town.people[0], town, f"As {WORDS[0]} said")
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=town.bot.pages), base_url="http://bot") as client:
        exposed = (await client.get("/metrics")).text
    samples = [line for line in exposed.splitlines() if not line.startswith("#")]
    assert 'maturity_taps_total{outcome="kept"} 25.0' in samples
    named = {label for line in samples for label in re.findall(r'(\w+)="', line)}
    assert named == {
        "check", "database", "kind", "le", "method", "outcome", "part", "python", "reason", "state", "tick", "version",
        "way",
    }  # fmt: skip
    people = [person.id for person in town.people] + [town.workspace.id, town.channel.id]
    assert [word for word in [*secrets(), *people] if word in exposed] == []


async def test_messages_carry_the_id_of_their_delivery_and_nothing_else_for_apps_to_read(town: City) -> None:
    await write_note(town.people[0], town, f"As {WORDS[0]} said")
    await town.close_early()
    await town.summary()
    sent = [*town.sandbox.traffic.of("chat.postMessage"), *town.sandbox.traffic.of("chat.update")]
    assert len(sent) >= 12  # five prompts, five endings, the summary and its picture
    for record in sent:
        metadata = read(record["body"]["metadata"])
        assert metadata.keys() == {"event_type", "event_payload"}
        assert metadata["event_type"] == METADATA_EVENT
        assert metadata["event_payload"].keys() == {"delivery_id"}
        assert UUID(metadata["event_payload"]["delivery_id"]).version == 4  # random: it tells no time


async def test_every_address_that_is_sent_leads_to_a_message_of_this_workspace_and_tells_nothing(town: City) -> None:
    await write_note(town.people[0], town, f"As {WORDS[0]} said")
    await town.close_early()
    await town.summary()
    said = json.dumps([record["body"] for record in town.sandbox.traffic if record["direction"] != "http"])
    addresses = set(re.findall(r"https?://[^\s\"'|>\\]+", said))
    links = re.compile(re.escape(f"https://{town.workspace.domain}.slack.com/") + r"archives/[CDG][A-Z0-9]+/p\d+")
    assert addresses
    assert [address for address in addresses if not links.fullmatch(address)] == []


async def test_files_are_named_after_the_round_alone(town: City) -> None:
    await town.close_early()
    await town.summary()
    (asked,) = town.sandbox.traffic.of("files.getUploadURLExternal")
    assert asked["body"]["filename"] == "profile-round-1.png"


def read(value: Any) -> dict[str, Any]:
    """An argument that may have travelled as JSON text."""
    found: dict[str, Any] = json.loads(value) if isinstance(value, str) else value
    return found


# The code: errors are logged by their place, never by their message.

LOGGING = {"debug", "info", "warning", "error", "critical", "exception", "log"}
SAFE = {"where", "type"}
"""What a log line may be told of an error: `where(error)`, or the name of its type."""


def log_calls(module: Module) -> Iterator[ast.Call]:
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        if node.func.attr in LOGGING and last_name(node.func.value) in {"log", "logger", "logging"}:
            yield node


def caught(module: Module) -> set[str]:
    """The names under which errors are caught in a module."""
    return {node.name for node in ast.walk(module.tree) if isinstance(node, ast.ExceptHandler) and node.name} | {
        "error"
    }


def bare_errors(module: Module) -> Iterator[str]:
    """Log calls that are told an error's message, or its traceback."""
    names = caught(module)
    for call in log_calls(module):
        hidden = {
            id(inner)
            for node in ast.walk(call)
            if isinstance(node, ast.Call) and last_name(node.func) in SAFE
            for inner in ast.walk(node)
        }
        told = any(
            isinstance(node, ast.Name) and node.id in names and id(node) not in hidden for node in ast.walk(call)
        )
        traced = last_name(call.func) == "exception" or any(
            keyword.arg in {"exc_info", "stack_info"} for keyword in call.keywords
        )
        if told or traced:
            yield module.at(call)


def test_no_log_call_is_told_an_errors_message_which_may_quote_what_someone_wrote() -> None:
    found = our_modules()
    assert sum(len(list(log_calls(module))) for module in found) > 10
    assert [at for module in found for at in bare_errors(module)] == []


@pytest.mark.parametrize(
    "call",
    ["log.error('%s', error)", "log.exception('no')", "log.warning('no', exc_info=True)", "log.info(f'{error}')"],
)
def test_the_search_for_such_calls_finds_them(call: str) -> None:
    written = f"try:\n    go()\nexcept ValueError as error:\n    {call}"
    assert list(bare_errors(Module("bot.x", "bot/x.py", written, ast.parse(written)))) == ["bot/x.py:4"]
