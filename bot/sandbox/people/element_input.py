"""Find the element that a person means, and work out what their client keeps and sends for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from bot.sandbox.block_kit import options_of
from bot.sandbox.block_kit.payload_rules import placed_blocks, placed_elements
from bot.sandbox.state.content import JSON

_OPTION = {"radio_buttons", "static_select", "external_select"}
_OPTIONS = {"checkboxes", "multi_static_select", "multi_external_select"}
_SINGLE = {
    "users_select": "selected_user",
    "conversations_select": "selected_conversation",
    "channels_select": "selected_channel",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "plain_text_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "number_input": "value",
    "rich_text_input": "rich_text_value",
}
_SEVERAL = {
    "multi_users_select": "selected_users",
    "multi_conversations_select": "selected_conversations",
    "multi_channels_select": "selected_channels",
}
_TYPED = {"plain_text_input", "email_text_input", "url_text_input", "number_input"}


def interactive(blocks: list[JSON]) -> Iterator[tuple[JSON, JSON]]:
    """(block, element) for each element that a person can act on, in reading order."""
    for place, block in placed_blocks(blocks, ""):
        for _, element in placed_elements(block, place):
            yield block, element


def find(
    blocks: list[JSON], *, action_id: str | None = None, block_id: str | None = None, value: Any = None
) -> tuple[JSON, JSON]:
    """The one (block, element) meant; among buttons alike, `value` tells. LookupError says what there is instead."""
    fitting = [
        (block, element)
        for block, element in interactive(blocks)
        if action_id in {None, element["action_id"]} and block_id in {None, block["block_id"]}
    ]
    if len(fitting) > 1 and value is not None:
        fitting = [pair for pair in fitting if pair[1]["type"] == "button" and pair[1].get("value") == value] or fitting
    if len(fitting) == 1:
        return fitting[0]
    there = "\n".join(
        f"  {element['type']} action_id={element['action_id']!r} block_id={block['block_id']!r}"
        for block, element in interactive(blocks)
    )
    wanted = f"action_id={action_id!r}, block_id={block_id!r}"
    raise LookupError(f"{len(fitting)} elements with {wanted}; there are:\n{there or '  none'}")


def chosen(element: JSON, value: Any, *, suggested: Sequence[JSON] = ()) -> JSON:
    """The entry in `state.values` after a person gave the element that value.

    Options are named by their values, people and channels by id or as they are; None clears. Raises ValueError for
    what the client wouldn't let them do.
    """
    kind = element["type"]
    options = [*options_of(element), *suggested]
    if kind in _OPTION:
        return {"type": kind, "selected_option": None if value is None else _option(element, value, options)}
    if kind in _OPTIONS:
        return {"type": kind, "selected_options": [_option(element, one, options) for one in value or ()]}
    if kind in _SEVERAL:
        return {"type": kind, _SEVERAL[kind]: [_plain(one) for one in value or ()]}
    if kind not in _SINGLE:
        raise ValueError(f"nobody can fill in a {kind}")
    if kind in _TYPED and value is not None:
        longest = element.get("max_length")
        if longest is not None and len(str(value)) > longest:
            raise ValueError(f"{element['action_id']} takes {longest} characters, these are {len(str(value))}")
        value = str(value) or None
    return {"type": kind, _SINGLE[kind]: _plain(value)}


def action(block: JSON, element: JSON, state: JSON | None, *, value: Any, action_ts: str) -> JSON:
    """The entry in `actions` for one tap."""
    made: JSON = {"type": element["type"], "action_id": element["action_id"], "block_id": block["block_id"]}
    if state is not None:
        made |= state
    elif element["type"] == "overflow":
        made["selected_option"] = _option(element, value, options_of(element))
    else:
        made |= {name: element[name] for name in ("text", "value", "style", "url") if name in element}
    return made | {"action_ts": action_ts}


def is_empty(state: JSON) -> bool:
    """Whether a field holds nothing, so that a required one keeps its form from being sent."""
    return all(content in (None, "", []) for name, content in state.items() if name not in {"type", "timezone"})


def _option(element: JSON, value: Any, options: Sequence[JSON]) -> JSON:
    wanted = value.get("value") if isinstance(value, dict) else value
    for option in options:
        if option.get("value") == wanted:
            return option
    there = ", ".join(repr(option.get("value")) for option in options)
    raise ValueError(f"{element['action_id']} has no option {wanted!r}; there are: {there or 'none'}")


def _plain(value: Any) -> Any:
    """Ids for people and channels, everything else as it is."""
    return getattr(value, "id", value)
