"""How the code is built: rules that a reader may rely on in every file."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.promises.slack_calls import awaited_in_a_transaction, transactions
from tests.promises.source import ROOT, Module, calls, dotted, last_name, modules, our_modules

LONGEST_FILE = 400
"""Lines that aren't blank; a file should have 300."""
BUILT_BY_THE_COMMAND_LINE = {
    "AsyncApp",
    "AsyncIOScheduler",
    "AsyncWebClient",
    "ClientSession",
    "Database",
    "InFlight",
    "Metrics",
    "Renderer",
    "Rubrics",
    "Settings",
    "Slack",
    "Starlette",
    "async_sessionmaker",
    "create_async_engine",
    "create_engine",
    "load",
    "read",
    "read_rubric",
    "read_url",
    "system_clock",
}
CLOCKS = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time"}
MAY_ASK_THE_TIME = {"bot.kit.clock", "bot.program.dispatch", "bot.operations.doctor"}


def at_import(module: Module) -> Iterator[ast.stmt]:
    """The statements that run when a module is imported."""
    waiting: list[ast.stmt] = list(module.tree.body)
    while waiting:
        statement = waiting.pop()
        if isinstance(statement, (ast.If, ast.Try, ast.With, ast.ClassDef)):
            waiting += statement.body
        elif not isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield statement


@pytest.mark.waits
def test_imports_point_one_way() -> None:
    # In a process of its own: import-linter configures logging, which silences every logger that is there.
    asked = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as go; go()", "--no-cache"]
    said = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout + said.stderr
    assert re.search(r"[1-9] kept, 0 broken", said.stdout)


def test_nothing_is_built_at_import() -> None:
    built = [
        f"{module.at(call)} {name}"
        for module in our_modules(sandbox=True)
        for statement in at_import(module)
        for name, call in calls(statement)
        if name in BUILT_BY_THE_COMMAND_LINE
    ]
    assert built == []


def test_nobody_commits() -> None:
    """Whoever starts the work opens the transaction, and its end commits.

    But for migrations, where a lock on the database outlives each transaction, and for that end itself where no session
    makes it.
    """
    found = [
        module.at(call)
        for module in our_modules()
        for name, call in calls(module.tree)
        if name == "commit" and module.name not in {"storage.migrate", "storage.plain"}
    ]
    assert found == []


def test_slack_is_never_awaited_inside_a_transaction() -> None:
    found = our_modules()
    assert sum(len(list(transactions(module))) for module in found) > 40
    assert awaited_in_a_transaction(found) == []


def test_only_entry_points_ask_what_time_it_is() -> None:
    asked = [
        module.at(call)
        for module in our_modules()
        for _name, call in calls(module.tree)
        if dotted(call.func) in CLOCKS
        and module.name not in MAY_ASK_THE_TIME
        and not module.name.startswith("bot.demo")
    ]
    assert asked == []


def test_no_file_is_too_long_to_read() -> None:
    long = {
        module.path: lines
        for module in modules("bot", "storage", "rubric", "tests", "benchmarks")
        if (lines := sum(1 for line in module.text.splitlines() if line.strip())) > LONGEST_FILE
    }
    assert long == {}


def handlers_of_everything(module: Module) -> Iterator[ast.ExceptHandler]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ExceptHandler):
            names = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type] if node.type else []
            if not names or {last_name(name) for name in names} & {"Exception", "BaseException"}:
                yield node


def test_whoever_catches_everything_says_why_or_raises() -> None:
    """The one error handler is Bolt's; every other needs a reason on its line."""
    silent = [
        module.at(handler)
        for module in our_modules(sandbox=True)
        for handler in handlers_of_everything(module)
        if not re.search(r"  # (noqa: BLE001 - )?(?!noqa)[a-z]", module.line(handler))
        and not isinstance(handler.body[-1], ast.Raise)
        and not module.text.splitlines()[handler.lineno].strip().startswith("#")
    ]
    assert silent == []


@pytest.mark.slow
def test_no_work_is_left_to_be_done() -> None:
    left = [
        f"{module.path}:{number}"
        for module in modules("bot", "storage", "rubric", "tests", "benchmarks")
        for number, line in enumerate(module.text.splitlines(), start=1)
        if any(word in line for word in ("TO" + "DO", "FIX" + "ME", "NotImplemented" + "Error"))
    ]
    assert left == []


def test_relationships_and_lazy_loads_are_not_used() -> None:
    found = [module.at(call) for module in our_modules() for name, call in calls(module.tree) if name == "relationship"]
    assert found == []


AWAITING_SLACK = """
async def ask(client):
    return await helper(client)

async def helper(client):
    return await client.users_info(user="U1")

async def wrong(database, client, ack):
    async with database.begin() as session:
        {statement}

async def right(database, client, ack):
    async with database.reading() as session:
        found = await teams.get(session, 1)
    await ask(client)
"""


@pytest.mark.parametrize(
    "statement", ["await client.chat_postMessage(text='x')", "await ack()", "await ask(client)", "await self.helper()"]
)
def test_the_search_for_slack_in_transactions_finds_it(statement: str) -> None:
    text = AWAITING_SLACK.format(statement=statement)
    found = awaited_in_a_transaction([Module("bot.x", "bot/x.py", text, ast.parse(text))])
    assert len(found) == 1
    assert found[0].startswith("bot/x.py:10 ")
