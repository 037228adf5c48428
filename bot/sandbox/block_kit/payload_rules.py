"""Rules between the blocks of one payload: unique ids, one table, a limit on markdown in total.

Everything here takes blocks as they came, wrong types and all: what is wrong with one block alone is the grammar's.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from bot.sandbox.block_kit.elements import WITH_ACTION_ID
from bot.sandbox.block_kit.problems import Problem, under

MARKDOWN_IN_ALL = 12_000
CHARTS_IN_ALL = 2
_NESTED = {"container": "child_blocks", "carousel": "elements"}

Placed = tuple[str, dict[str, Any]]
"""A block or an element, with the JSON pointer of its place."""


def kind_of(thing: dict[str, Any]) -> str:
    """The block's or element's type; the empty string when it has none that is one."""
    kind = thing.get("type")
    return kind if isinstance(kind, str) else ""


def placed_blocks(blocks: Any, at: str) -> Iterator[Placed]:
    """Every block, those within containers and carousels too, in reading order."""
    for index, block in enumerate(blocks if isinstance(blocks, list) else []):
        if isinstance(block, dict):
            here = under(at, index)
            yield here, block
            nested = _NESTED.get(kind_of(block))
            if nested is not None:
                yield from placed_blocks(block.get(nested), under(here, nested))


def placed_elements(block: dict[str, Any], at: str) -> Iterator[Placed]:
    """The elements of one block that can have an `action_id`."""
    for name in ("accessory", "element", "elements", "actions"):
        content = block.get(name)
        for place, element in (
            ((under(at, name, index), item) for index, item in enumerate(content))
            if isinstance(content, list)
            else ((under(at, name), content),)
        ):
            if isinstance(element, dict) and kind_of(element) in WITH_ACTION_ID:
                yield place, element


def repeated_ids(blocks: Any, at: str) -> Iterator[Problem]:
    """Each second use of a `block_id` in the list, and of an `action_id` in one block."""
    block_ids: set[str] = set()
    for place, block in placed_blocks(blocks, at):
        yield from _repeated(((place, block),), "block_id", block_ids)
        yield from _repeated(placed_elements(block, place), "action_id", set())


def _repeated(things: Iterable[Placed], name: str, seen: set[str]) -> Iterator[Problem]:
    for place, thing in things:
        value = thing.get(name)
        if isinstance(value, str):
            if value in seen:
                yield Problem(under(place, name), f'`{name}` "{value}" already exists')
            seen.add(value)


def surplus_focus(blocks: Any, at: str) -> Iterator[Problem]:
    """Each element but the first that wants the focus when the view loads."""
    wanting = [
        under(place, "focus_on_load")
        for block_place, block in placed_blocks(blocks, at)
        for place, element in placed_elements(block, block_place)
        if element.get("focus_on_load") is True
    ]
    for place in wanting[1:]:
        yield Problem(place, "only one element can have `focus_on_load`")


def surplus_tables(blocks: Iterable[Placed]) -> Iterator[Problem]:
    tables = [place for place, block in blocks if kind_of(block) in {"table", "data_table"}]
    for place in tables[1:]:
        yield Problem(place, "only_one_table_allowed")


def surplus_charts(blocks: Iterable[Placed]) -> Iterator[Problem]:
    charts = [place for place, block in blocks if kind_of(block) == "data_visualization"]
    for place in charts[CHARTS_IN_ALL:]:
        yield Problem(place, f"no more than {CHARTS_IN_ALL} data_visualization blocks allowed")


def surplus_markdown(blocks: Iterable[Placed]) -> Iterator[Problem]:
    """The block with which the markdown of all blocks together grows past its budget."""
    total = 0
    for place, block in blocks:
        if kind_of(block) == "markdown" and isinstance(block.get("text"), str):
            before, total = total, total + len(block["text"])
            if before <= MARKDOWN_IN_ALL < total:
                yield Problem(
                    under(place, "text"), f"must be less than {MARKDOWN_IN_ALL + 1} characters in all markdown blocks"
                )
