"""What a person reads of a message or a modal."""

from collections.abc import Iterator
from typing import Any

from bot.slack.blocks import Block, Message


def texts(drawn: Message | Block) -> Iterator[tuple[str, str]]:
    """(kind, text) of each text in it, in order: `plain_text`, `mrkdwn`, `alt_text`; a message's own is `mrkdwn`."""
    if isinstance(drawn, Message):
        yield "mrkdwn", drawn.text
        yield from _within(drawn.blocks)
    else:
        yield from _within(drawn)


def page(drawn: Message | Block) -> str:
    """All of it in lines, without a message's own text."""
    lines = [text for _kind, text in texts(drawn)]
    return "\n".join(lines[1:] if isinstance(drawn, Message) else lines)


def buttons(drawn: Message | Block) -> dict[str, dict[str, Any]]:
    """Its buttons by their words, those beside a section too."""
    blocks = drawn.blocks if isinstance(drawn, Message) else drawn["blocks"]
    elements = [
        element
        for block in blocks
        for element in (*block.get("elements", ()), *([block["accessory"]] if "accessory" in block else ()))
    ]
    return {element["text"]["text"]: element for element in elements if element["type"] == "button"}


def _within(thing: Any) -> Iterator[tuple[str, str]]:
    if isinstance(thing, list):
        for each in thing:
            yield from _within(each)
    elif isinstance(thing, dict):
        if thing.get("type") in {"plain_text", "mrkdwn"}:
            yield thing["type"], thing["text"]
            return
        if "alt_text" in thing:
            yield "alt_text", thing["alt_text"]
        for each in thing.values():
            yield from _within(each)
