"""Check whether Slack would accept a message."""

import re
from collections.abc import Iterator
from itertools import chain
from typing import Any

from bot.sandbox.block_kit import payload_rules
from bot.sandbox.block_kit.blocks import IN_MESSAGE
from bot.sandbox.block_kit.grammar import Items, Shape
from bot.sandbox.block_kit.problems import Problem, Refusal, json_bytes, json_text, refusal, under

MOST_TEXT = 40_000
MOST_ATTACHMENTS = 100
# Undocumented; seen from about this many characters of JSON on: github.com/slackapi/bolt-js/issues/2509.
MOST_BLOCKS_JSON = 13_200
# Undocumented as well: nobody should come near it, since any member of the workspace can read metadata.
MOST_METADATA_BYTES = 16_000
_BLOCKS = Items(IN_MESSAGE, most=50)
# The other fields of an attachment are older than Block Kit and not checked here.
_ATTACHMENTS = Items(Shape(optional={"blocks": Items(Shape(open=True))}, open=True))
_EVENT_TYPE = re.compile(r"[A-Za-z0-9_.:-]{1,255}")

Found = Iterator[tuple[str, Problem]]
"""Slack's error code and the problem that it is for."""


def check_message(text: Any, blocks: Any, attachments: Any, metadata: Any) -> Refusal | None:
    """Slack's refusal of a message with these arguments (None: not given), or None when Slack would take it.

    The arguments are parsed JSON; one that couldn't be parsed is passed as the string that came. The code is that of
    the first problem in this order: arguments, blocks, blocks of attachments, sizes, metadata.
    """
    lists = [("invalid_blocks", "/blocks", blocks)] + [
        ("invalid_attachments", under("/attachments", index, "blocks"), attachment["blocks"])
        for index, attachment in enumerate(attachments if isinstance(attachments, list) else [])
        if isinstance(attachment, dict) and "blocks" in attachment
    ]
    return refusal(
        [
            *_in_arguments(text, blocks, attachments),
            *_in_blocks([(code, at, content) for code, at, content in lists if isinstance(content, list)]),
            *_in_sizes(text, blocks),
            *_in_metadata(metadata),
        ]
    )


def _in_arguments(text: Any, blocks: Any, attachments: Any) -> Found:
    if text is not None and not isinstance(text, str):
        yield "invalid_arguments", Problem("/text", "must provide a string")
    if blocks is not None and not isinstance(blocks, list):
        yield "invalid_blocks_format", Problem("/blocks", "must provide an array")
    if attachments is not None:
        for problem in _ATTACHMENTS.check(attachments, "/attachments"):
            yield "invalid_attachments", problem
        if isinstance(attachments, list) and len(attachments) > MOST_ATTACHMENTS:
            yield "too_many_attachments", Problem("/attachments", f"no more than {MOST_ATTACHMENTS} items allowed")
    if not text and not blocks and not attachments:
        yield "no_text", Problem("/text", "must define `text`, `blocks` or `attachments`")


def _in_blocks(lists: list[tuple[str, str, list[Any]]]) -> Found:
    """Problems of lists of blocks, each given as (error code, its pointer, the list)."""
    for code, at, blocks in lists:
        for problem in chain(_BLOCKS.check(blocks, at), payload_rules.repeated_ids(blocks, at)):
            yield code, problem
    placed = [block for _, at, blocks in lists for block in payload_rules.placed_blocks(blocks, at)]
    for problem in chain(payload_rules.surplus_markdown(placed), payload_rules.surplus_charts(placed)):
        yield "invalid_blocks", problem
    for problem in payload_rules.surplus_tables(placed):
        yield "invalid_attachments", problem


def _in_sizes(text: Any, blocks: Any) -> Found:
    if isinstance(text, str) and len(text) > MOST_TEXT:
        yield "msg_too_long", Problem("/text", f"must be less than {MOST_TEXT + 1} characters")
    if isinstance(blocks, list) and len(json_text(blocks)) > MOST_BLOCKS_JSON:
        yield "msg_blocks_too_long", Problem("/blocks", f"must be less than {MOST_BLOCKS_JSON + 1} characters of JSON")


def _in_metadata(metadata: Any) -> Found:
    if metadata is None:
        return
    if not isinstance(metadata, dict):
        yield "invalid_metadata_format", Problem("/metadata", "must provide an object")
        return
    for problem in _in_metadata_fields(metadata):
        yield "invalid_metadata_schema", problem
    if json_bytes(metadata) > MOST_METADATA_BYTES:
        yield "metadata_too_large", Problem("/metadata", f"must be less than {MOST_METADATA_BYTES + 1} bytes of JSON")


def _in_metadata_fields(metadata: dict[str, Any]) -> Iterator[Problem]:
    for name in ("event_type", "event_payload"):
        if name not in metadata:
            yield Problem("/metadata", f"missing required field: {name}")
    for name in sorted(metadata.keys() - {"event_type", "event_payload"}):
        yield Problem("/metadata", f"invalid additional property: {name}")
    kind = metadata.get("event_type", "absent")
    if not isinstance(kind, str) or not _EVENT_TYPE.fullmatch(kind):
        yield Problem("/metadata/event_type", "must be an alphanumeric string")
    payload = metadata.get("event_payload", {})
    if not isinstance(payload, dict):
        yield Problem("/metadata/event_payload", "must provide an object")
        return
    for key, value in payload.items():
        yield from _in_payload_value(value, under("/metadata/event_payload", key))


def _in_payload_value(value: Any, at: str) -> Iterator[Problem]:
    """A payload holds strings, numbers and booleans, or one level of objects or of lists of objects with such."""
    if isinstance(value, list):
        objects = [(under(at, index), item) for index, item in enumerate(value)]
    elif isinstance(value, dict):
        objects = [(at, value)]
    else:
        yield from _in_scalar(value, at)
        return
    for place, fields in objects:
        if not isinstance(fields, dict):
            yield Problem(place, "must provide an object")
            continue
        for key, content in fields.items():
            yield from _in_scalar(content, under(place, key))


def _in_scalar(value: Any, at: str) -> Iterator[Problem]:
    if not isinstance(value, str | int | float):
        yield Problem(at, "must provide a string, a number or a boolean")
