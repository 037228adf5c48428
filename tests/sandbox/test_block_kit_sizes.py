"""How large a message and a view may be as a whole."""

import json
from typing import Any

from bot.sandbox.block_kit import check_message, check_view
from tests.sandbox.limits import Json, modal, mrkdwn, plain, pointers, section, x


def characters_of_json(value: Any) -> int:
    return len(json.dumps(value, separators=(",", ":"), ensure_ascii=False))


def blocks_of_json_length(length: int) -> list[Json]:
    blocks = [section(text=mrkdwn(x(2500))) for _ in range(5)]
    blocks[0]["text"]["text"] += x(length - characters_of_json(blocks))
    return blocks


def test_blocks_of_13200_characters_of_json_pass_and_of_one_more_are_too_long() -> None:
    assert check_message("hi", blocks_of_json_length(13_200), None, None) is None
    refusal = check_message("hi", blocks_of_json_length(13_201), None, None)
    assert refusal is not None
    assert refusal.error == "msg_blocks_too_long"
    assert pointers(refusal) == ["/blocks"]


def view_of_bytes(size: int) -> Json:
    """A modal that takes that many bytes of JSON, each field within its own limit."""
    view: Json = modal(blocks=[section(text=plain(x(2440))) for _ in range(100)])["view"]
    view["blocks"][0]["text"]["text"] += x(size - characters_of_json(view))
    return view


def test_a_view_of_250_kilobytes_passes_and_of_one_byte_more_is_too_large() -> None:
    assert check_view(view_of_bytes(250_000)) is None
    refusal = check_view(view_of_bytes(250_001))
    assert refusal is not None
    assert refusal.error == "view_too_large"
    assert pointers(refusal) == ["/view"]


def test_lengths_count_characters_however_many_bytes_they_take() -> None:
    assert check_message("hi", [{"type": "header", "text": plain("🦉" * 150)}], None, None) is None
