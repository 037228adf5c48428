"""The sandbox's modules build on one another and never import in a circle, not even for type hints."""

import ast
from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter

import pytest

from tests.promises.source import Module, modules


def imports(module: Module, names: Iterable[str]) -> set[str]:
    """Which of the named modules it imports, at its top, in a function or under TYPE_CHECKING."""
    there, found = set(names), set()
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.module is not None, f"{module.at(node)}: a relative import"
            for alias in node.names:
                submodule = f"{node.module}.{alias.name}"
                found.add(submodule if submodule in there else node.module)
    return (found & there) - {module.name}


def circle(graph: Mapping[str, Iterable[str]]) -> list[str]:
    """The modules of one circle, the first one at its end again; empty when there is none."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        found: list[str] = error.args[1]
        return found
    return []


def graph_of(sources: Iterable[Module]) -> dict[str, set[str]]:
    found = list(sources)
    names = [module.name for module in found]
    return {module.name: imports(module, names) for module in found}


def test_no_module_of_the_sandbox_imports_in_a_circle() -> None:
    graph = graph_of(modules("bot/sandbox"))
    assert "bot.sandbox.state.records" in graph["bot.sandbox.wire.service"]
    assert circle(graph) == []


@pytest.mark.parametrize(
    "text",
    [
        "import a.upper",
        "from a.upper import Thing",
        "from a import upper",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from a.upper import Thing",
        "def late():\n    from a.upper import Thing",
    ],
)
def test_the_search_for_circles_finds_them(text: str) -> None:
    texts = {"a": "", "a.upper": "from a.lower import Other", "a.lower": text}
    sources = [Module(name, f"{name}.py", code, ast.parse(code)) for name, code in texts.items()]
    assert set(circle(graph_of(sources))) == {"a.upper", "a.lower"}
    assert circle(graph_of(sources[:2])) == []
