"""Blocks and mrkdwn as lines of plain text, close to how a client lays them out."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Protocol

from bot.sandbox.block_kit.input_state import options_of

JSON = dict[str, Any]


class _Person(Protocol):
    @property
    def username(self) -> str: ...


class _Channel(Protocol):
    name: str


class Names(Protocol):
    """A workspace, in which mentions find the names of people and channels."""

    @property
    def people(self) -> Mapping[str, _Person]: ...

    @property
    def channels(self) -> Mapping[str, _Channel]: ...


RULE = "─" * 24
_ENTITY = re.compile(r"<([@#!]?)([^>|]*)(?:\|([^>]*))?>")
_SELECTED = (
    "selected_user",
    "selected_conversation",
    "selected_channel",
    "selected_date",
    "selected_time",
    "selected_date_time",
    "value",
)


def blocks_lines(blocks: list[JSON], names: Names, *, state: JSON) -> list[str]:
    """One or more lines a block; `state` is `state.values`, for what is chosen."""
    lines: list[str] = []
    for block in blocks:
        draw = _BLOCKS.get(block["type"], _anything)
        lines += draw(block, names, state.get(block.get("block_id", ""), {}))
    return lines


def plain(text: str, names: Names) -> str:
    """Slack's mrkdwn with mentions, links and dates as people read them."""

    def entity(found: re.Match[str]) -> str:
        sign, name, label = found.groups()
        if sign == "@":
            person = names.people.get(name)
            return f"@{person.username}" if person else f"@{label or name}"
        if sign == "#":
            channel = names.channels.get(name)
            return f"#{channel.name}" if channel else f"#{label or name}"
        if sign == "!":
            return label or f"@{name}"
        return f"{label} ({name})" if label and label != name else name

    return html.unescape(_ENTITY.sub(entity, text))


def _words(text: JSON | None, names: Names) -> str:
    if text is None:
        return ""
    return plain(text["text"], names) if text.get("type") == "mrkdwn" else str(text["text"])


def _section(block: JSON, names: Names, fields: JSON) -> list[str]:
    lines = _words(block.get("text"), names).splitlines()
    lines += [line for one in block.get("fields", ()) for line in _words(one, names).splitlines()]
    if "accessory" in block:
        lines += _element(block["accessory"], names, fields)
    return lines


def _header(block: JSON, names: Names, fields: JSON) -> list[str]:
    del fields
    return [f"# {_words(block['text'], names)}"]


def _context(block: JSON, names: Names, fields: JSON) -> list[str]:
    del fields
    parts = [_picture(one) if one["type"] == "image" else _words(one, names) for one in block["elements"]]
    return "  ".join(parts).splitlines()


def _actions(block: JSON, names: Names, fields: JSON) -> list[str]:
    lines: list[str] = []
    row: list[str] = []
    for element in block["elements"]:
        drawn = _element(element, names, fields)
        if len(drawn) == 1:
            row += drawn
        else:
            lines += drawn
    return [*lines, " ".join(row)] if row else lines


def _input(block: JSON, names: Names, fields: JSON) -> list[str]:
    optional = " (optional)" if block.get("optional") else ""
    hint = [f"  {_words(block['hint'], names)}"] if block.get("hint") else []
    return [f"{_words(block['label'], names)}{optional}", *_element(block["element"], names, fields), *hint]


def _image(block: JSON, names: Names, fields: JSON) -> list[str]:
    del names, fields
    return [_picture(block)]


def _markdown(block: JSON, names: Names, fields: JSON) -> list[str]:
    del names, fields
    return str(block["text"]).splitlines()


def _table(block: JSON, names: Names, fields: JSON) -> list[str]:
    del fields
    return [" | ".join(" ".join(_texts(cell, names)) for cell in row) for row in block.get("rows", ())]


def _divider(block: JSON, names: Names, fields: JSON) -> list[str]:
    del block, names, fields
    return [RULE]


def _rich_text(block: JSON, names: Names, fields: JSON) -> list[str]:
    del fields
    lines: list[str] = []
    for part in block["elements"]:
        items = part["elements"] if part["type"] == "rich_text_list" else [part]
        mark = "• " if part["type"] == "rich_text_list" else ""
        for item in items:
            joined = "".join(_inline(one, names) for one in item["elements"])
            lines += [f"{mark}{line}" for line in joined.splitlines()]
    return lines


def _inline(element: JSON, names: Names) -> str:
    kind = element["type"]
    if kind == "user":
        return plain(f"<@{element['user_id']}>", names)
    if kind == "channel":
        return plain(f"<#{element['channel_id']}>", names)
    if kind == "emoji":
        return f":{element['name']}:"
    return str(element.get("text") or element.get("url") or element.get("fallback") or "")


def _anything(block: JSON, names: Names, fields: JSON) -> list[str]:
    """The texts within a block of a rarer type, in order."""
    del fields
    return list(_texts(block, names))


def _texts(value: object, names: Names) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("text"), str):
            yield plain(value["text"], names) if value.get("type") == "mrkdwn" else value["text"]
        for item in value.values():
            if isinstance(item, dict | list):
                yield from _texts(item, names)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item, names)


def _element(element: JSON, names: Names, fields: JSON) -> list[str]:
    kind = element["type"]
    state = fields.get(element.get("action_id", ""), {})
    if kind == "button":
        return [f"[{_words(element['text'], names)}]"]
    if kind == "image":
        return [_picture(element)]
    if kind in {"radio_buttons", "checkboxes"}:
        return _choices(element, names, state)
    if kind == "overflow":
        return [f"[⋯ {' / '.join(_words(one['text'], names) for one in options_of(element))}]"]
    options = [state["selected_option"]] if state.get("selected_option") else state.get("selected_options", [])
    value = ", ".join(_words(one["text"], names) for one in options)
    value = value or next((str(state[name]) for name in _SELECTED if state.get(name)), "")
    mark = " ▾" if "select" in kind else ""
    return [f"[{plain(value, names) or _words(element.get('placeholder'), names) or '…'}{mark}]"]


def _choices(element: JSON, names: Names, state: JSON) -> list[str]:
    selected = [state["selected_option"]] if state.get("selected_option") else state.get("selected_options", [])
    values = {option["value"] for option in selected}
    on, off = ("(•)", "( )") if element["type"] == "radio_buttons" else ("[x]", "[ ]")
    lines = []
    for option in element["options"]:
        description = f": {_words(option['description'], names)}" if option.get("description") else ""
        mark = on if option["value"] in values else off
        lines.append(f"{mark} {_words(option['text'], names)}{description}")
    return lines


def _picture(image: JSON) -> str:
    return f"[image: {image['alt_text']}]"


_BLOCKS: dict[str, Callable[[JSON, Names, JSON], list[str]]] = {
    "section": _section,
    "header": _header,
    "context": _context,
    "actions": _actions,
    "input": _input,
    "image": _image,
    "markdown": _markdown,
    "table": _table,
    "data_table": _table,
    "divider": _divider,
    "rich_text": _rich_text,
}
