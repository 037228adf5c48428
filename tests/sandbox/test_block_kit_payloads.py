"""What Slack takes and refuses of a message's other arguments and of a view around its blocks."""

import re
from typing import Any

import pytest

from bot.sandbox.block_kit import Refusal, check_message, check_view

Json = dict[str, Any]


def plain(text: str = "hi") -> Json:
    return {"type": "plain_text", "text": text}


def section(**fields: Any) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": "hi"}, **fields}


def asked(**fields: Any) -> Json:
    return {"type": "input", "label": plain(), "element": {"type": "plain_text_input", **fields}}


def modal(*blocks: Json, **fields: Any) -> Json:
    return {"type": "modal", "title": plain(), "submit": plain(), "blocks": list(blocks) or [section()], **fields}


def home(*blocks: Json, **fields: Any) -> Json:
    return {"type": "home", "blocks": list(blocks) or [section()], **fields}


def pointers(refusal: Refusal) -> list[str]:
    return [re.search(r"\[json-pointer:(.*)\]$", line)[1] for line in refusal.messages]  # type: ignore[index]


BAD_MESSAGES: dict[str, tuple[tuple[Any, Any, Any, Any], str, str]] = {
    "nothing at all": ((None, None, None, None), "no_text", "/text"),
    "nothing but empty things": (("", [], [], None), "no_text", "/text"),
    "text of a number": ((3, None, None, None), "invalid_arguments", "/text"),
    "blocks that could not be parsed": (("hi", "[{", None, None), "invalid_blocks_format", "/blocks"),
    "blocks that are an object": (("hi", {"blocks": [section()]}, None, None), "invalid_blocks_format", "/blocks"),
    "attachments that are an object": (("hi", None, {}, None), "invalid_attachments", "/attachments"),
    "attachment that is a string": (("hi", None, ["hi"], None), "invalid_attachments", "/attachments/0"),
    "blocks of an attachment that are an object": (
        ("hi", None, [{"blocks": {}}], None),
        "invalid_attachments",
        "/attachments/0/blocks",
    ),
    "bad block in an attachment": (
        ("hi", None, [{"blocks": [{"type": "heading"}]}], None),
        "invalid_attachments",
        "/attachments/0/blocks/0/type",
    ),
}
BAD_METADATA: dict[str, tuple[Any, str, str]] = {
    "could not be parsed": ("{", "invalid_metadata_format", "/metadata"),
    "a list": ([], "invalid_metadata_format", "/metadata"),
    "no event_type": ({"event_payload": {}}, "invalid_metadata_schema", "/metadata"),
    "no event_payload": ({"event_type": "x"}, "invalid_metadata_schema", "/metadata"),
    "a field more": ({"event_type": "x", "event_payload": {}, "id": 1}, "invalid_metadata_schema", "/metadata"),
    "event_type of two words": (
        {"event_type": "a delivery", "event_payload": {}},
        "invalid_metadata_schema",
        "/metadata/event_type",
    ),
    "event_type of a number": (
        {"event_type": 7, "event_payload": {}},
        "invalid_metadata_schema",
        "/metadata/event_type",
    ),
    "payload that is a list": (
        {"event_type": "x", "event_payload": []},
        "invalid_metadata_schema",
        "/metadata/event_payload",
    ),
    "null in the payload": (
        {"event_type": "x", "event_payload": {"a/b": None}},
        "invalid_metadata_schema",
        "/metadata/event_payload/a~1b",
    ),
    "list of strings": (
        {"event_type": "x", "event_payload": {"a": ["b"]}},
        "invalid_metadata_schema",
        "/metadata/event_payload/a/0",
    ),
    "objects two levels deep": (
        {"event_type": "x", "event_payload": {"a": {"b": {}}}},
        "invalid_metadata_schema",
        "/metadata/event_payload/a/b",
    ),
}


@pytest.mark.parametrize(("arguments", "error", "at"), [*BAD_MESSAGES.values()], ids=[*BAD_MESSAGES])
def test_a_bad_message_is_refused_and_the_place_named(
    arguments: tuple[Any, Any, Any, Any], error: str, at: str
) -> None:
    refusal = check_message(*arguments)
    assert refusal is not None
    assert (refusal.error, pointers(refusal)) == (error, [at])


@pytest.mark.parametrize(("metadata", "error", "at"), [*BAD_METADATA.values()], ids=[*BAD_METADATA])
def test_bad_metadata_is_refused_and_the_place_named(metadata: Any, error: str, at: str) -> None:
    refusal = check_message("hi", None, None, metadata)
    assert refusal is not None
    assert (refusal.error, pointers(refusal)) == (error, [at])


def test_good_metadata_passes() -> None:
    payload = {"delivery_id": "d1", "try": 2, "late": False, "team": {"id": "t"}, "rounds": [{"id": 1}]}
    assert check_message("hi", None, None, {"event_type": "maturity.delivery-1:x", "event_payload": payload}) is None


def test_a_message_needs_only_one_of_text_blocks_and_attachments() -> None:
    assert check_message("hi", None, None, None) is None
    assert check_message(None, [section()], None, None) is None
    assert check_message(None, None, [{"text": "hi"}], None) is None


BAD_VIEWS: dict[str, tuple[Any, str]] = {
    "not an object": ("{", "/view"),
    "no type": ({"blocks": [section()]}, "/view"),
    "unknown type": (modal() | {"type": "dialog"}, "/view/type"),
    "a Home tab to open": (home(), "/view/type"),
    "no title": ({"type": "modal", "blocks": [section()]}, "/view"),
    "no blocks": ({"type": "modal", "title": plain()}, "/view"),
    "blocks that are an object": (modal(blocks={}), "/view/blocks"),
    "mrkdwn title": (modal(title={"type": "mrkdwn", "text": "hi"}), "/view/title/type"),
    "submit that is a string": (modal(submit="Save"), "/view/submit"),
    "a field more": (modal(submit_disabled=True), "/view"),
    "private_metadata that is an object": (modal(private_metadata={}), "/view/private_metadata"),
    "clear_on_close that is a string": (modal(clear_on_close="yes"), "/view/clear_on_close"),
    "block_id twice": (modal(section(block_id="a"), section(block_id="a")), "/view/blocks/1/block_id"),
    "two elements in focus": (
        modal(asked(focus_on_load=True), asked(focus_on_load=True)),
        "/view/blocks/1/element/focus_on_load",
    ),
}


@pytest.mark.parametrize(("view", "at"), [*BAD_VIEWS.values()], ids=[*BAD_VIEWS])
def test_a_bad_view_is_refused_and_the_place_named(view: Any, at: str) -> None:
    refusal = check_view(view)
    assert refusal is not None
    assert refusal.error == "invalid_arguments"
    assert pointers(refusal) == [at]


def test_a_modal_with_an_input_must_define_submit() -> None:
    view = modal(section(), asked())
    del view["submit"]
    assert check_view(view) == Refusal(
        "invalid_arguments",
        ("[ERROR] must define `submit` to use an `input` block in modals [json-pointer:/view/blocks/1/input]",),
    )


def test_a_home_tab_has_neither_title_nor_submit_and_may_have_inputs() -> None:
    assert check_view(home(asked()), allowed=("home",)) is None
    refusal = check_view(home(title=plain(), submit=plain()), allowed=("home",))
    assert refusal is not None
    assert refusal.messages == (
        "[ERROR] invalid additional property: title [json-pointer:/view]",
        "[ERROR] invalid additional property: submit [json-pointer:/view]",
    )


def test_a_method_may_take_both_types_of_view() -> None:
    assert check_view(home(), allowed=("modal", "home")) is None
    assert check_view(modal(), allowed=("modal", "home")) is None
