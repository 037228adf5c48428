"""Fill in the ids that an app left out of its blocks, and keep the state of the fields in them."""

import copy
import json
import secrets
import string
from collections.abc import Callable, Iterator
from typing import Any

from bot.sandbox.block_kit.payload_rules import placed_blocks, placed_elements

# Type of element: (its key in `state.values`, the field it starts from).
_ONE = {
    "radio_buttons": ("selected_option", "initial_option"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "users_select": ("selected_user", "initial_user"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "plain_text_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
}
_MANY = {
    "checkboxes": ("selected_options", "initial_options"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "file_input": ("files", "initial_files"),
}
_ID_LETTERS = string.ascii_letters + string.digits


def stateful(source: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """(block_id, element) for each element that a person can fill in, in reading order.

    `source` is a block, a list of blocks, or whatever has `blocks`: a view, a message. Its ids must be there already
    (`with_ids`).
    """
    blocks = source
    if isinstance(source, dict):
        blocks = source.get("blocks", [source])
    for place, block in placed_blocks(blocks, ""):
        for _, element in placed_elements(block, place):
            if element["type"] in _ONE or element["type"] in _MANY:
                yield block["block_id"], element


def initial_state(blocks: Any) -> dict[str, dict[str, dict[str, Any]]]:
    """`state.values` before anybody touched anything: block_id to action_id to the element's type and value."""
    values: dict[str, dict[str, dict[str, Any]]] = {}
    for block_id, element in stateful(blocks):
        values.setdefault(block_id, {})[element["action_id"]] = _untouched(element)
    return values


def _untouched(element: dict[str, Any]) -> dict[str, Any]:
    kind = element["type"]
    if kind in _ONE:
        key, start = _ONE[kind]
        value = copy.deepcopy(element.get(start))
    else:
        key, start = _MANY[kind]
        value = copy.deepcopy(element.get(start, []))
    zone = {"timezone": element["timezone"]} if kind == "timepicker" and "timezone" in element else {}
    return {"type": kind, key: value, **zone}


def _random_id() -> str:
    return "".join(secrets.choice(_ID_LETTERS) for _ in range(5))


def with_ids(blocks: list[dict[str, Any]], *, new_id: Callable[[], str] = _random_id) -> list[dict[str, Any]]:
    """A copy of the blocks in which each has a `block_id`, and each element that sends actions an `action_id`.

    Ids that were given stay; new ones are random and unlike any other in the list.
    """
    # A round trip through JSON, because a deep copy would keep one object that stands in two places one object.
    filled: list[dict[str, Any]] = json.loads(json.dumps(blocks))
    placed = list(placed_blocks(filled, ""))
    elements = [element for place, block in placed for _, element in placed_elements(block, place)]
    taken = {block.get("block_id") for _, block in placed} | {element.get("action_id") for element in elements}

    def fresh() -> str:
        chosen = new_id()
        while chosen in taken:
            chosen = new_id()
        taken.add(chosen)
        return chosen

    for _, block in placed:
        if not block.get("block_id"):
            block["block_id"] = fresh()
    for element in elements:
        if not element.get("action_id"):
            element["action_id"] = fresh()
    return filled


def options_of(element: dict[str, Any]) -> list[dict[str, Any]]:
    """All its options, those in groups too."""
    grouped = [option for group in element.get("option_groups", ()) for option in group["options"]]
    return [*element.get("options", ()), *grouped]


def carried(blocks: list[dict[str, Any]], before: dict[str, Any]) -> dict[str, Any]:
    """`state.values` of blocks that replace others: a client keeps what stood in fields of the same ids.

    Slack's clients ignore a new `initial_option` for an unchanged block_id: github.com/slackapi/bolt-python/issues/629.
    """
    state = initial_state(blocks)
    for block_id, element in stateful(blocks):
        kept = before.get(block_id, {}).get(element["action_id"])
        if kept is not None and kept["type"] == element["type"] and _possible(element, kept):
            state[block_id][element["action_id"]] = kept
    return state


def _possible(element: dict[str, Any], state: dict[str, Any]) -> bool:
    if "external" in element["type"] or not options_of(element):
        return True
    values = {option.get("value") for option in options_of(element)}
    selected = [state["selected_option"]] if state.get("selected_option") else state.get("selected_options", [])
    return all(option["value"] in values for option in selected)
