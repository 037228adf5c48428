"""The blocks that an app may send, and on which surface."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.sandbox.block_kit import elements
from bot.sandbox.block_kit.grammar import Choice, Flag, Items, Kind, Number, OneOf, Shape, Text, at_least_one_of, one_of
from bot.sandbox.block_kit.objects import (
    ALT_TEXT,
    IMAGE_FIELDS,
    IMAGE_RULES,
    RAW_NUMBER,
    RAW_TEXT,
    RICH_TEXT,
    WEB_ADDRESS,
    mrkdwn,
    plain_text,
    text_object,
)
from bot.sandbox.block_kit.problems import Problem, under

_ID: dict[str, Kind] = {"block_id": Text(255)}


def _one_width(table: Mapping[str, Any], at: str) -> Iterator[Problem]:
    rows = table.get("rows")
    if not isinstance(rows, list) or not rows or not isinstance(rows[0], list):
        return
    for index, row in enumerate(rows):
        if isinstance(row, list) and len(row) != len(rows[0]):
            yield Problem(under(at, "rows", index), "must have as many cells as the first row")


def _plain_header(table: Mapping[str, Any], at: str) -> Iterator[Problem]:
    rows = table.get("rows")
    if isinstance(rows, list) and rows and isinstance(rows[0], list):
        for index, cell in enumerate(rows[0]):
            if isinstance(cell, dict) and cell.get("type") == "rich_text":
                yield Problem(under(at, "rows", 0, index, "type"), "unsupported type: rich_text")


def _collapses_only_if_collapsible(container: Mapping[str, Any], at: str) -> Iterator[Problem]:
    if container.get("default_collapsed") is True and container.get("is_collapsible") is not True:
        yield Problem(under(at, "default_collapsed"), "must define `is_collapsible` to use `default_collapsed`")


ACTIONS = Shape("actions", required={"elements": Items(one_of(*elements.IN_ACTIONS), least=1, most=25)}, optional=_ID)
ALERT = Shape(
    "alert",
    required={"text": text_object(3000)},
    optional={**_ID, "level": Choice(("default", "info", "warning", "error", "success"))},
)
CALL = Shape("call", required={"call_id": Text(least=1)}, optional=_ID)
CARD = Shape(
    "card",
    optional={
        **_ID,
        "hero_image": elements.IMAGE,
        "icon": elements.IMAGE,
        "title": mrkdwn(150),
        "subtitle": mrkdwn(150),
        "body": mrkdwn(200),
        "actions": Items(elements.BUTTON),
    },
    rules=(at_least_one_of("hero_image", "title", "actions", "body"),),
)
CAROUSEL = Shape("carousel", required={"elements": Items(one_of(CARD), least=1, most=10)}, optional=_ID)
CONTEXT = Shape(
    "context",
    required={"elements": Items(one_of(elements.IMAGE, plain_text(3000), mrkdwn(3000)), least=1, most=10)},
    optional=_ID,
)
CONTEXT_ACTIONS = Shape(
    "context_actions",
    required={"elements": Items(one_of(*elements.IN_CONTEXT_ACTIONS), least=1, most=5)},
    optional=_ID,
)
_CELLS = Items(one_of(RAW_TEXT, RAW_NUMBER, RICH_TEXT), least=1, most=20)
DATA_TABLE = Shape(
    "data_table",
    required={"rows": Items(_CELLS, least=2, most=101), "caption": Text(least=1)},
    optional={**_ID, "page_size": Number(1, 100), "row_header_column_index": Number(0)},
    rules=(_one_width, _plain_header),
)
DATA_VISUALIZATION = Shape(
    "data_visualization",
    required={
        "title": Text(50, least=1),
        "chart": Shape(required={"type": Choice(("line", "bar", "area", "pie"))}, open=True),
    },
    optional=_ID,
)
DIVIDER = Shape("divider", optional=_ID)
HEADER = Shape("header", required={"text": plain_text(150)}, optional=_ID)
IMAGE = Shape(
    "image",
    required={"alt_text": ALT_TEXT},
    optional={**_ID, **IMAGE_FIELDS, "title": plain_text(2000)},
    rules=IMAGE_RULES,
)
MARKDOWN = Shape("markdown", required={"text": Text(12_000, least=1)}, optional=_ID)
SECTION = Shape(
    "section",
    optional={
        **_ID,
        "text": text_object(3000),
        "fields": Items(text_object(2000), least=1, most=10),
        "accessory": one_of(*elements.IN_SECTION),
        "expand": Flag(),
    },
    rules=(at_least_one_of("text", "fields"),),
)
TABLE = Shape(
    "table",
    required={"rows": Items(_CELLS, least=1, most=100)},
    optional={
        **_ID,
        "column_settings": Items(
            Shape(optional={"align": Choice(("left", "center", "right")), "is_wrapped": Flag()}), most=20
        ),
    },
)
TASK_CARD = Shape(
    "task_card",
    required={
        "task_id": Text(least=1),
        "title": Text(least=1),
        "status": Choice(("pending", "in_progress", "complete", "error")),
    },
    optional={**_ID, "details": RICH_TEXT, "output": RICH_TEXT, "sources": Items(elements.URL_SOURCE)},
)
PLAN = Shape("plan", required={"title": Text(least=1)}, optional={**_ID, "tasks": Items(TASK_CARD)})
VIDEO = Shape(
    "video",
    required={
        "video_url": Text(least=1, like=r"https://.+"),
        "thumbnail_url": Text(least=1, like=WEB_ADDRESS),
        "alt_text": Text(least=1),
        "title": plain_text(199),
    },
    optional={
        **_ID,
        "title_url": Text(like=r"https://.+"),
        "author_name": Text(49),
        "provider_name": Text(),
        "provider_icon_url": Text(),
        "description": plain_text(3000),
    },
)


def _input(*, files: bool) -> Shape:
    allowed = [shape for shape in elements.IN_INPUT if files or shape is not elements.FILE_INPUT]
    return Shape(
        "input",
        required={"label": plain_text(2000), "element": one_of(*allowed)},
        optional={**_ID, "hint": plain_text(2000), "optional": Flag(), "dispatch_action": Flag()},
    )


def _container(*children: Shape) -> Shape:
    return Shape(
        "container",
        required={"child_blocks": Items(one_of(*children), least=1, most=10)},
        optional={
            **_ID,
            "title": plain_text(150),
            "rich_text_title": RICH_TEXT,
            "subtitle": text_object(150),
            "width": Choice(("narrow", "standard", "wide", "full")),
            "icon": elements.IMAGE,
            "is_collapsible": Flag(),
            "default_collapsed": Flag(),
            "has_header_divider": Flag(),
        },
        rules=(at_least_one_of("title", "rich_text_title"), _collapses_only_if_collapsible),
    )


_INPUT = _input(files=False)
_FILE_INPUT = _input(files=True)
_EVERYWHERE = (ACTIONS, CONTEXT, DIVIDER, HEADER, IMAGE, RICH_TEXT, SECTION, VIDEO)

# A `file` block comes with messages that hold a remote file; no app can send one, so no surface has it.
IN_MESSAGE: OneOf = one_of(
    *_EVERYWHERE,
    _INPUT,
    CALL,
    CARD,
    CAROUSEL,
    CONTEXT_ACTIONS,
    DATA_TABLE,
    DATA_VISUALIZATION,
    MARKDOWN,
    PLAN,
    TABLE,
    TASK_CARD,
    _container(*_EVERYWHERE, _INPUT, TABLE),
)
IN_MODAL: OneOf = one_of(*_EVERYWHERE, _FILE_INPUT, ALERT, _container(*_EVERYWHERE, _FILE_INPUT))
IN_HOME: OneOf = one_of(*_EVERYWHERE, _INPUT, CARD, CAROUSEL, _container(*_EVERYWHERE, _INPUT))
