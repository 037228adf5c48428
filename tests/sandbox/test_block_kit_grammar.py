"""What Slack takes and what it refuses beside limits: types, fields, surfaces, and what must agree."""

import copy
import re
from collections.abc import Iterator
from typing import Any

import pytest

from bot.sandbox.block_kit import Refusal, check_message, check_view
from tests.sandbox.good_blocks import (
    BUTTON,
    CHART,
    CHOICES,
    DATA_TABLE,
    FILE,
    FILE_INPUT,
    GOOD_ANYWHERE,
    GOOD_IN_HOME,
    GOOD_IN_MESSAGES,
    GOOD_IN_MODALS,
    IMAGE,
    NOTE,
    RADIOS,
    SELECT,
    TABLE,
    TASK,
    Json,
    actions,
    asked,
    container,
    element,
    mrkdwn,
    option,
    plain,
    raw,
    rich_text,
    said,
    section,
)


def modal(*blocks: Json, **fields: Any) -> Json:
    return {"type": "modal", "title": plain(), "submit": plain(), "blocks": list(blocks) or [section()], **fields}


def home(*blocks: Json, **fields: Any) -> Json:
    return {"type": "home", "blocks": list(blocks) or [section()], **fields}


def in_message(block: Any) -> Refusal | None:
    return check_message("hi", [block], None, None)


def in_modal(block: Any) -> Refusal | None:
    return check_view(modal(block))


def in_home(block: Any) -> Refusal | None:
    return check_view(home(block), allowed=("home",))


def pointers(refusal: Refusal) -> list[str]:
    return [re.search(r"\[json-pointer:(.*)\]$", line)[1] for line in refusal.messages]  # type: ignore[index]


@pytest.mark.parametrize("block", [*GOOD_ANYWHERE.values()], ids=[*GOOD_ANYWHERE])
def test_a_good_block_passes_in_messages_modals_and_home(block: Json) -> None:
    assert [in_message(block), in_modal(block), in_home(block)] == [None, None, None]


@pytest.mark.parametrize("block", [*GOOD_IN_MESSAGES.values()], ids=[*GOOD_IN_MESSAGES])
def test_a_good_block_of_messages_passes_in_a_message_and_as_an_attachment(block: Json) -> None:
    assert in_message(block) is None
    assert check_message(None, None, [{"color": "#36a64f", "blocks": [block]}], None) is None


@pytest.mark.parametrize("block", [*GOOD_IN_MODALS.values()], ids=[*GOOD_IN_MODALS])
def test_a_block_of_modals_passes_in_a_modal_and_is_refused_elsewhere(block: Json) -> None:
    assert in_modal(block) is None
    for refusal in (in_message(block), in_home(block)):
        assert refusal is not None
        assert "unsupported type: " in refusal.messages[0]


@pytest.mark.parametrize("block", [*GOOD_IN_HOME.values()], ids=[*GOOD_IN_HOME])
def test_a_block_that_fails_in_modals_passes_on_home(block: Json) -> None:
    assert in_home(block) is None
    refusal = in_modal(block)
    assert refusal is not None
    assert pointers(refusal) == ["/view/blocks/0/type"]


@pytest.mark.parametrize(
    "name", ["table", "data table", "chart", "call", "markdown", "task card", "plan", "context actions"]
)
def test_a_block_of_messages_alone_is_refused_in_views(name: str) -> None:
    block = GOOD_IN_MESSAGES[name]
    for refusal in (in_modal(block), in_home(block)):
        assert refusal == Refusal(
            "invalid_arguments", (f"[ERROR] unsupported type: {block['type']} [json-pointer:/view/blocks/0/type]",)
        )


def test_a_table_in_a_container_is_refused_in_views() -> None:
    refusal = in_modal(container(TABLE))
    assert refusal is not None
    assert pointers(refusal) == ["/view/blocks/0/child_blocks/0/type"]


BAD_BLOCKS: dict[str, tuple[Any, str]] = {
    "not an object": ("hi", "/blocks/0"),
    "no type": ({"text": plain()}, "/blocks/0"),
    "type of a wrong type": ({"type": ["section"]}, "/blocks/0/type"),
    "unknown type": ({"type": "heading", "text": plain()}, "/blocks/0/type"),
    "file": (FILE, "/blocks/0/type"),
    "unknown field of a block": ({"type": "divider", "text": plain()}, "/blocks/0"),
    "unknown field of an element": (actions({**BUTTON, "block_id": "b"}), "/blocks/0/elements/0"),
    "unknown field of a text": (section(text={**mrkdwn(), "emoji": True}), "/blocks/0/text"),
    "unknown field of an option": (
        actions({**RADIOS, "options": [option(label="x")]}),
        "/blocks/0/elements/0/options/0",
    ),
    "link in a radio button": (
        actions({**RADIOS, "options": [option(url="https://example.org")]}),
        "/blocks/0/elements/0/options/0",
    ),
    "missing field of a block": ({"type": "header"}, "/blocks/0"),
    "missing field of an element": (actions(element("button")), "/blocks/0/elements/0"),
    "missing value of an option": (
        actions({**RADIOS, "options": [{"text": plain()}]}),
        "/blocks/0/elements/0/options/0",
    ),
    "neither text nor fields": ({"type": "section"}, "/blocks/0"),
    "text that is a string": (section(text="hi"), "/blocks/0/text"),
    "text of a number": (section(text=mrkdwn(3)), "/blocks/0/text/text"),  # type: ignore[arg-type]
    "block_id of a number": (section(block_id=7), "/blocks/0/block_id"),
    "flag that is a string": (section(expand="true"), "/blocks/0/expand"),
    "null for an object": (actions({**RADIOS, "initial_option": None}), "/blocks/0/elements/0/initial_option"),
    "elements that are no list": ({"type": "actions", "elements": BUTTON}, "/blocks/0/elements"),
    "mrkdwn in a header": ({"type": "header", "text": mrkdwn()}, "/blocks/0/text/type"),
    "mrkdwn on a button": (actions(element("button", text=mrkdwn())), "/blocks/0/elements/0/text/type"),
    "mrkdwn in a select": (
        actions(element("static_select", options=[{"text": mrkdwn(), "value": "1"}])),
        "/blocks/0/elements/0/options/0/text/type",
    ),
    "mrkdwn as a label": (asked(NOTE, label=mrkdwn()), "/blocks/0/label/type"),
    "plain text in a card": ({"type": "card", "title": plain()}, "/blocks/0/title/type"),
    "unknown text type": (section(text={"type": "markdown", "text": "hi"}), "/blocks/0/text/type"),
    "unknown style": (actions({**BUTTON, "style": "default"}), "/blocks/0/elements/0/style"),
    "button in a context": ({"type": "context", "elements": [BUTTON]}, "/blocks/0/elements/0/type"),
    "input in actions": (actions(NOTE), "/blocks/0/elements/0/type"),
    "input in a section": (section(accessory=NOTE), "/blocks/0/accessory/type"),
    "button in an input": (asked(BUTTON), "/blocks/0/element/type"),
    "file input in a message": (FILE_INPUT, "/blocks/0/element/type"),
    "container in a container": (container(container(section())), "/blocks/0/child_blocks/0/type"),
    "initial option that is not offered": (
        actions({**RADIOS, "initial_option": option("3")}),
        "/blocks/0/elements/0/initial_option",
    ),
    "initial option that is not among the groups": (
        asked(
            element("static_select", option_groups=[{"label": plain(), "options": CHOICES}], initial_option=option("3"))
        ),
        "/blocks/0/element/initial_option",
    ),
    "one of the initial options is not offered": (
        asked(element("checkboxes", options=CHOICES, initial_options=[option("1"), option("3")])),
        "/blocks/0/element/initial_options/1",
    ),
    "no initial options": (
        asked(element("checkboxes", options=CHOICES, initial_options=[])),
        "/blocks/0/element/initial_options",
    ),
    "options and groups": (
        actions({**SELECT, "option_groups": [{"label": plain(), "options": CHOICES}]}),
        "/blocks/0/elements/0",
    ),
    "neither options nor groups": (actions(element("static_select")), "/blocks/0/elements/0"),
    "image without a source": ({"type": "image", "alt_text": "x"}, "/blocks/0"),
    "image with two sources": ({**IMAGE, "image_url": "https://example.org/a.png"}, "/blocks/0"),
    "image without alt_text": ({"type": "image", "slack_file": {"id": "F1"}}, "/blocks/0"),
    "image in a context without a source": (
        {"type": "context", "elements": [{"type": "image", "alt_text": "x"}]},
        "/blocks/0/elements/0",
    ),
    "image that is not on the web": (
        {"type": "image", "alt_text": "x", "image_url": "data:image/png;base64,AA=="},
        "/blocks/0/image_url",
    ),
    "file with an id and an address": (
        {**IMAGE, "slack_file": {"id": "F1", "url": "https://example.org/f"}},
        "/blocks/0/slack_file",
    ),
    "file with neither": ({**IMAGE, "slack_file": {}}, "/blocks/0/slack_file"),
    "date that is no date": (
        actions(element("datepicker", initial_date="28.2.2026")),
        "/blocks/0/elements/0/initial_date",
    ),
    "time that is no time": (actions(element("timepicker", initial_time="9:00")), "/blocks/0/elements/0/initial_time"),
    "number for a whole number": (asked({**NOTE, "max_length": 1.5}), "/blocks/0/element/max_length"),
    "boolean for a number": (asked({**NOTE, "max_length": True}), "/blocks/0/element/max_length"),
    "number input without is_decimal_allowed": (asked(element("number_input")), "/blocks/0/element"),
    "unknown chart": ({**CHART, "chart": {"type": "radar"}}, "/blocks/0/chart/type"),
    "unknown cell": ({"type": "table", "rows": [[plain()]]}, "/blocks/0/rows/0/0/type"),
    "rows of different widths in a data table": (
        {**DATA_TABLE, "rows": [[raw("a")], [raw("b"), raw("c")]]},
        "/blocks/0/rows/1",
    ),
    "rich text in the header of a data table": (
        {**DATA_TABLE, "rows": [[rich_text(said())], [raw("b")]]},
        "/blocks/0/rows/0/0/type",
    ),
    "unknown rich text": (rich_text({"type": "bold", "text": "hi"}), "/blocks/0/elements/0/elements/0/type"),
    "empty rich text": (rich_text(said("")), "/blocks/0/elements/0/elements/0/text"),
    "mention in preformatted text": (
        rich_text({"type": "user", "user_id": "U1"}, kind="rich_text_preformatted"),
        "/blocks/0/elements/0/elements/0/type",
    ),
    "rows that are no list": ({**DATA_TABLE, "rows": "Team, Level"}, "/blocks/0/rows"),
    "border of true": (rich_text(said(), kind="rich_text_quote", border=True), "/blocks/0/elements/0/border"),
    "card with a subtitle alone": ({"type": "card", "subtitle": mrkdwn()}, "/blocks/0"),
    "container without a title": ({"type": "container", "child_blocks": [section()]}, "/blocks/0"),
    "collapsed without being collapsible": (
        container(section(), default_collapsed=True),
        "/blocks/0/default_collapsed",
    ),
    "unknown status of a task": ({**TASK, "status": "done"}, "/blocks/0/status"),
    "action_id twice in a block": (
        actions(BUTTON, {**RADIOS, "action_id": "button"}),
        "/blocks/0/elements/1/action_id",
    ),
    "block_id twice within a container": (
        container(section(block_id="s"), {"type": "divider", "block_id": "s"}),
        "/blocks/0/child_blocks/1/block_id",
    ),
}


@pytest.mark.parametrize(("block", "at"), [*BAD_BLOCKS.values()], ids=[*BAD_BLOCKS])
def test_a_bad_block_is_refused_and_the_place_named(block: Any, at: str) -> None:
    refusal = in_message(block)
    assert refusal is not None
    assert refusal.error == "invalid_blocks"
    assert pointers(refusal) == [at]


def test_a_block_id_used_twice_is_refused() -> None:
    refusal = check_message("hi", [section(block_id="a"), section(), section(block_id="a")], None, None)
    assert refusal == Refusal(
        "invalid_blocks", ('[ERROR] `block_id` "a" already exists [json-pointer:/blocks/2/block_id]',)
    )


def test_one_action_id_may_serve_several_blocks() -> None:
    assert check_message("hi", [actions(BUTTON), actions(BUTTON)], None, None) is None


def test_tables_count_over_containers_and_attachments() -> None:
    refusal = check_message("hi", [TABLE, container(TABLE)], None, None)
    assert refusal is not None
    assert (refusal.error, pointers(refusal)) == ("invalid_attachments", ["/blocks/1/child_blocks/0"])
    refusal = check_message("hi", [DATA_TABLE], [{"blocks": [TABLE]}], None)
    assert refusal is not None
    assert (refusal.error, pointers(refusal)) == ("invalid_attachments", ["/attachments/0/blocks/0"])


def test_every_problem_is_reported_with_slacks_sentence() -> None:
    blocks = [section(accessory=element("button", text=plain("x" * 76), colour="red")), {"type": "heading"}]
    assert check_message("hi", blocks, None, None) == Refusal(
        "invalid_blocks",
        (
            "[ERROR] must be less than 76 characters [json-pointer:/blocks/0/accessory/text/text]",
            "[ERROR] invalid additional property: colour [json-pointer:/blocks/0/accessory]",
            "[ERROR] unsupported type: heading [json-pointer:/blocks/1/type]",
        ),
    )


def test_checking_changes_nothing() -> None:
    view = modal(*copy.deepcopy([*GOOD_ANYWHERE.values()]))
    before = copy.deepcopy(view)
    check_view(view)
    check_message("hi", view["blocks"], None, None)
    assert view == before


def nodes(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, content in items:
        yield from nodes(content, (*path, key))


def with_replaced(value: Any, path: tuple[str | int, ...], replacement: Any) -> Any:
    if not path:
        return replacement
    result = copy.copy(value)
    result[path[0]] = with_replaced(value[path[0]], path[1:], replacement)
    return result


WHOLLY_CHECKED = {name: block for name, block in (GOOD_ANYWHERE | GOOD_IN_MESSAGES).items() if block is not CHART}


@pytest.mark.parametrize("block", [*WHOLLY_CHECKED.values()], ids=[*WHOLLY_CHECKED])
def test_a_null_anywhere_in_a_block_is_refused_at_its_place(block: Json) -> None:
    for path in nodes(block):
        refusal = in_message(with_replaced(block, path, None))
        assert refusal is not None
        assert "/".join(["/blocks/0", *map(str, path)]) in pointers(refusal)


@pytest.mark.parametrize("block", [*GOOD_ANYWHERE.values(), *GOOD_IN_MESSAGES.values()])
@pytest.mark.parametrize("value", [3, True, "x", [], {}, [[]], {"type": []}, {"type": "button"}], ids=repr)
def test_no_value_in_any_place_makes_the_check_itself_fail(block: Json, value: Any) -> None:
    answers = [in_message(with_replaced(block, path, value)) for path in nodes(block)]
    assert {answer.error for answer in answers if answer is not None} == {"invalid_blocks"}
