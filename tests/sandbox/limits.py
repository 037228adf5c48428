"""A limit of Block Kit, and what is drawn up to it and beyond."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.sandbox.block_kit import Refusal, check_message, check_view

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def section(**fields: Any) -> Json:
    return {"type": "section", "text": mrkdwn("hi"), **fields}


def message(*blocks: Json, **arguments: Any) -> Json:
    return {"message": {"text": "hi", "blocks": list(blocks), **arguments}}


def accessory(kind: str, **fields: Any) -> Json:
    return message(section(accessory={"type": kind, **fields}))


def button(**fields: Any) -> Json:
    return {"type": "button", "text": plain("Go"), **fields}


def option(**fields: Any) -> Json:
    return {"text": plain("One"), "value": "1", **fields}


def options(count: int) -> list[Json]:
    return [option(value=str(number)) for number in range(count)]


def group(**fields: Any) -> Json:
    return {"label": plain("x"), "options": options(1), **fields}


def confirm(**fields: Any) -> Json:
    return accessory("button", text=plain("Go"), confirm={"text": plain("Sure?"), **fields})


def image(**fields: Any) -> Json:
    return {"type": "image", "alt_text": "A chart", "slack_file": {"id": "F1"}, **fields}


def text_input(**fields: Any) -> Json:
    return {"type": "plain_text_input", "action_id": "note", **fields}


def asked(element: Json | None = None, **fields: Any) -> Json:
    return {"type": "input", "label": plain("Note"), "element": element or text_input(), **fields}


def cells(count: int) -> list[Json]:
    return [{"type": "raw_text", "text": "x"}] * count


def table(rows: list[list[Json]], **fields: Any) -> Json:
    return {"type": "table", "rows": rows, **fields}


def chart(title: str) -> Json:
    return {"type": "data_visualization", "title": title, "chart": {"type": "pie"}}


def card(**fields: Any) -> Json:
    return {"type": "card", "title": mrkdwn("hi"), **fields}


def markdown(text: str) -> Json:
    return {"type": "markdown", "text": text}


def modal(**fields: Any) -> Json:
    return {"view": {"type": "modal", "title": plain("Set up"), "blocks": [section()], **fields}}


def metadata(event_type: str = "delivery", **payload: Any) -> Json:
    return message(section(), metadata={"event_type": event_type, "event_payload": payload})


def refusal_of(payload: Json) -> Refusal | None:
    if "view" in payload:
        return check_view(payload["view"], allowed=("modal", "home"))
    given = payload["message"]
    return check_message(*(given.get(name) for name in ("text", "blocks", "attachments", "metadata")))


def pointers(refusal: Refusal) -> list[str]:
    return [re.search(r"\[json-pointer:(.*)\]$", line)[1] for line in refusal.messages]  # type: ignore[index]


@dataclass(frozen=True)
class Limit:
    """`payload(bound)` passes; `payload(bound + step)` is refused with the code, for what is at the pointer."""

    what: str
    bound: int
    payload: Callable[[int], Json]
    at: str
    error: str = "invalid_blocks"
    step: int = 1


def x(count: int) -> str:
    return "x" * count
