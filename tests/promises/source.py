"""The source code of the project, as text and as syntax trees."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("bot", "storage", "rubric")


@dataclass(frozen=True, slots=True)
class Module:
    """One file."""

    name: str
    """Dotted: `bot.summary.views`."""
    path: str
    """Below the root."""
    text: str
    tree: ast.Module

    def line(self, node: ast.AST) -> str:
        """The line at which a part of it begins."""
        return self.text.splitlines()[node.lineno - 1]  # type: ignore[attr-defined] # nothing else is asked for

    def at(self, node: ast.AST) -> str:
        """Where a part of it is, as an editor takes it."""
        return f"{self.path}:{node.lineno}"  # type: ignore[attr-defined] # as above


@cache
def modules(*folders: str) -> tuple[Module, ...]:
    """Every Python file below these folders of the project."""
    found = []
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            below = path.relative_to(ROOT)
            name = ".".join(below.with_suffix("").parts).removesuffix(".__init__")
            text = path.read_text(encoding="utf-8")
            found.append(Module(name, str(below), text, ast.parse(text)))
    return tuple(found)


def our_modules(*, sandbox: bool = False) -> list[Module]:
    """The product's files; the sandbox, which plays Slack, only if asked for."""
    return [module for module in modules(*PACKAGES) if sandbox or not module.name.startswith("bot.sandbox")]


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Each call with the last part of what is called: `plain_message`, `begin`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield last_name(node.func), node


def last_name(node: ast.expr) -> str:
    """`views.open` -> `open`; empty for what has no name."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def dotted(node: ast.expr) -> str:
    """`self._slack.client` as it is written; empty for anything but names and attributes."""
    if isinstance(node, ast.Attribute):
        inner = dotted(node.value)
        return f"{inner}.{node.attr}" if inner else ""
    return node.id if isinstance(node, ast.Name) else ""
