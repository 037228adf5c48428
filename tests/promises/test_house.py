"""How `bot` is divided: ARCHITECTURE.md gives the figures, and these count them in the code."""

import ast
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from inspect import isabstract

from bot.delivery.message import OwedMessage
from bot.program.messages import MESSAGES
from storage.kinds import DeliveryKind
from tests.promises.source import PACKAGES, ROOT, Module, dotted, modules

CONTRACT = "The house: the program above, features by who needs whom, tools beneath"
IN_EACH_FEATURE = {"listeners", "views", "messages"}
HEADING = "| figure | now |\n|---|---|\n"


def written_down() -> dict[str, int]:
    """The table's figures by what they count."""
    table = (ROOT / "ARCHITECTURE.md").read_text().split(HEADING, maxsplit=1)[1].split("\n\n", maxsplit=1)[0]
    return {what: int(number) for what, number in re.findall(r"^\| (.+) \| (\d+) \|$", table, re.MULTILINE)}


def floors() -> list[list[str]]:
    """What stands on each floor of the contract, the highest first."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    [house] = [each for each in contracts if each["name"] == CONTRACT]
    return [floor.split(" | ") for floor in house["layers"]]


def packages() -> set[str]:
    return {found.parent.name for found in (ROOT / "bot").glob("*/__init__.py")}


def package_of(name: str) -> str:
    """`bot.rounds.views` -> `rounds`; empty for what isn't in `bot`."""
    first, _dot, rest = name.partition(".")
    return rest.partition(".")[0] if first == "bot" else ""


def imported(module: Module) -> Iterator[str]:
    """What it imports, wherever it does."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{each.name}" for each in node.names)


def arrows() -> set[tuple[str, str]]:
    """Which package imports from which other one."""
    there = packages()
    found = {(package_of(module.name), package_of(name)) for module in modules("bot") for name in imported(module)}
    return {(here, other) for here, other in found if here != other and {here, other} <= there}


def same_names() -> dict[str, list[str]]:
    """Names that several modules of `bot` have; the sandbox, which knows nothing of us, has its own."""
    found: dict[str, list[str]] = {}
    for module in modules("bot"):
        package, name = package_of(module.name), module.name.rpartition(".")[2]
        if package not in {"sandbox", name} and name not in IN_EACH_FEATURE:
            found.setdefault(name, []).append(module.path)
    return {name: paths for name, paths in found.items() if len(paths) > 1}


def renamed() -> list[str]:
    """Our own imports under another name: two things of one name meet there."""
    return [
        module.at(node)
        for module in modules("bot", "storage", "rubric")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for each in node.names
        if each.asname and (getattr(node, "module", "") or each.name).partition(".")[0] in PACKAGES
    ]


def known_in() -> dict[DeliveryKind, set[str]]:
    """By kind of message the files that name it, or list its class; beside them the enumeration has its word."""
    found = {kind: {"bot/program/messages.py"} for kind in DeliveryKind}
    written = {f"DeliveryKind.{kind.name}": kind for kind in DeliveryKind}
    for module in modules("bot", "storage"):
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Attribute) and (kind := written.get(dotted(node))) is not None:
                found[kind].add(module.path)
    return found


def test_the_figures_of_the_house_are_those_of_the_code() -> None:
    floor_of = {name: number for number, floor in enumerate(floors()) for name in floor}
    wrong = [(here, other) for here, other in arrows() if floor_of[here] >= floor_of[other]]
    files = {kind: len(paths) for kind, paths in known_in().items()}
    widest = max(files, key=lambda kind: files[kind])
    assert written_down() == {
        "packages in `bot`": len(packages()),
        "floors": len(floors()),
        "arrows: one package imports from another": len(arrows()),
        "arrows that point upwards or along a floor": len(wrong),
        "names that two modules of `bot` share, but for `listeners`, `views` and `messages`": len(same_names()),
        "imports of our own that need `as`": len(renamed()),
        "kinds of message": len({each.kind for each in MESSAGES}),
        "files that the simplest kind of message touches, beside its word in `storage/kinds.py`": min(files.values()),
        f"files that the most widely known kind, `{widest.name}`, touches": files[widest],
    }


def test_the_picture_of_the_house_has_the_floors_of_the_contract() -> None:
    picture = (ROOT / "ARCHITECTURE.md").read_text().split("```\n__main__")[1].split("```")[0]
    lines = [line for line in f"__main__{picture}".splitlines() if not line.startswith("-")]
    assert [re.split(r" {2,}", line)[0].split(" | ") for line in lines] == floors()


def test_the_table_has_a_row_for_each_package() -> None:
    rows = re.findall(r"^\| `bot/(\w+)/` \|", (ROOT / "ARCHITECTURE.md").read_text(), re.MULTILINE)
    assert sorted(rows) == sorted(packages())


def test_every_kind_of_message_has_one_class_and_each_file_one_of_its_own() -> None:
    listed = Counter((each.kind, getattr(each, "what", None)) for each in MESSAGES)
    assert set(listed.values()) == {1}
    assert Counter(kind for kind, what in listed if what is None) == Counter(set(DeliveryKind) - {DeliveryKind.FILE})
    assert {kind for kind, what in listed if what is not None} == {DeliveryKind.FILE}


def test_every_class_of_message_is_listed() -> None:
    # By name: a dataclass with slots is made twice.
    ours = {f"{each.__module__}.{each.__name__}" for each in _below(OwedMessage) if not isabstract(each)}
    assert {name for name in ours if name.startswith("bot.")} == {
        f"{each.__module__}.{each.__name__}" for each in MESSAGES
    }


def _below(message: type[object]) -> Iterator[type[object]]:
    for each in message.__subclasses__():
        yield each
        yield from _below(each)


def test_every_view_is_under_the_contract_that_keeps_views_pure() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    [pure] = [each for each in contracts if each["name"].startswith("Views are pure")]
    views = {module.name for module in modules("bot") if re.search(r"[._]views$", module.name)}
    assert {name for name in views if package_of(name) != "sandbox"} - set(pure["source_modules"]) == set()
