"""Where the code waits for Slack while it holds a transaction: read from its syntax trees."""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from slack_sdk.web.async_client import AsyncWebClient

from tests.promises.source import Module, dotted, last_name

TRANSACTIONS = {"begin", "reading"}
ANSWERS = {"ack", "respond", "say"}
"""Bolt's ways to answer: an acknowledgement before the commit would promise what may still be rolled back."""
WEB_API = {name for name in dir(AsyncWebClient) if "_" in name.strip("_") and not name.startswith("_")}
OUTSIDE = {"upload"}
"""Methods of ours that talk to Slack and that nothing in their name tells of."""


@dataclass(slots=True)
class Function:
    """A function or method, and what it calls or hands on."""

    name: str
    waits: bool = False
    calls: set[str] = field(default_factory=set)


def transactions(module: Module) -> Iterator[ast.AsyncWith]:
    """Each `async with ....begin()` or `.reading()`."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.AsyncWith) and any(_opens(item.context_expr) for item in node.items):
            yield node


def _opens(expression: ast.expr) -> bool:
    return any(
        isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in TRANSACTIONS
        for node in ast.walk(expression)
    )


def awaited_in_a_transaction(found: Iterable[Module]) -> list[str]:
    """`path:line what` for each await of Slack, by our own functions as well, in a transaction's block."""
    modules = list(found)
    waiting = _waiting_for_slack(modules)
    wrong = []
    for module in modules:
        imported = _imported(module)
        for block in transactions(module):
            for node in (part for statement in block.body for part in ast.walk(statement)):
                if isinstance(node, ast.Await) and isinstance(node.value, ast.Call):
                    called = node.value.func
                    name = _resolved(called, module=module, imported=imported)
                    if _is_slack(called) or name in waiting:
                        wrong.append(f"{module.at(node)} {dotted(called) or last_name(called)}")
    return wrong


def _is_slack(called: ast.expr) -> bool:
    if isinstance(called, ast.Name):
        return called.id in ANSWERS
    return isinstance(called, ast.Attribute) and called.attr in WEB_API | OUTSIDE


def _waiting_for_slack(modules: Iterable[Module]) -> set[str]:
    """The names of our functions that wait for Slack, by themselves or through others of ours."""
    functions: dict[str, Function] = {}
    for module in modules:
        imported = _imported(module)
        for node in ast.walk(module.tree):
            if isinstance(node, ast.AsyncFunctionDef):
                name = f"{module.name}.{node.name}"
                found = functions.setdefault(name, Function(name))
                for part in (inner for statement in node.body for inner in ast.walk(statement)):
                    if isinstance(part, ast.Attribute) and part.attr in WEB_API:
                        found.waits = True
                    if isinstance(part, ast.Call):
                        found.waits |= _is_slack(part.func)
                        found.calls.add(_resolved(part.func, module=module, imported=imported))
    waiting = {name for name, function in functions.items() if function.waits}
    while more := {name for name, function in functions.items() if function.calls & waiting} - waiting:
        waiting |= more
    return waiting


def _imported(module: Module) -> dict[str, str]:
    """What each imported name of a module stands for."""
    found: dict[str, str] = {}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
        if isinstance(node, ast.Import):
            found |= {alias.asname: alias.name for alias in node.names if alias.asname}
    return found


def _resolved(called: ast.expr, *, module: Module, imported: dict[str, str]) -> str:
    """The full name of a function of ours: `bot.access.profiles.look_up`; methods count as their module's functions."""
    written = dotted(called)
    first, _dot, rest = written.partition(".")
    if first == "self":
        return f"{module.name}.{rest}"
    if first in imported:
        return f"{imported[first]}.{rest}" if rest else imported[first]
    return f"{module.name}.{written}"
