"""What Slack adds to blocks: ids where an app gave none, and the state of what a person can fill in."""

from itertools import chain
from typing import Any

import pytest

from bot.sandbox.block_kit import check_message, initial_state, stateful, with_ids

Json = dict[str, Any]
ONE = {"text": {"type": "plain_text", "text": "One"}, "value": "1"}
TWO = {"text": {"type": "plain_text", "text": "Two"}, "value": "2"}
BUTTON = {"type": "button", "text": {"type": "plain_text", "text": "Go"}}


def element(kind: str, **fields: Any) -> Json:
    return {"type": kind, "action_id": "a", **fields}


def asked(inner: Json, block_id: str = "b") -> Json:
    return {"type": "input", "block_id": block_id, "label": {"type": "plain_text", "text": "?"}, "element": inner}


def section(**fields: Any) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": "hi"}, **fields}


STATES = {
    "radio buttons": (element("radio_buttons", options=[ONE, TWO]), {"selected_option": None}),
    "chosen radio button": (
        element("radio_buttons", options=[ONE, TWO], initial_option=TWO),
        {"selected_option": TWO},
    ),
    "checkboxes": (element("checkboxes", options=[ONE, TWO]), {"selected_options": []}),
    "ticked checkboxes": (
        element("checkboxes", options=[ONE, TWO], initial_options=[ONE]),
        {"selected_options": [ONE]},
    ),
    "select": (element("static_select", options=[ONE], initial_option=ONE), {"selected_option": ONE}),
    "external select": (element("external_select"), {"selected_option": None}),
    "multi-select": (element("multi_static_select", options=[ONE]), {"selected_options": []}),
    "multi-external select": (element("multi_external_select"), {"selected_options": []}),
    "user": (element("users_select", initial_user="U1"), {"selected_user": "U1"}),
    "users": (element("multi_users_select", initial_users=["U1", "U2"]), {"selected_users": ["U1", "U2"]}),
    "conversation": (element("conversations_select"), {"selected_conversation": None}),
    "conversations": (element("multi_conversations_select"), {"selected_conversations": []}),
    "channel": (element("channels_select", initial_channel="C1"), {"selected_channel": "C1"}),
    "channels": (element("multi_channels_select"), {"selected_channels": []}),
    "date": (element("datepicker", initial_date="2026-11-22"), {"selected_date": "2026-11-22"}),
    "time": (element("timepicker", initial_time="09:30"), {"selected_time": "09:30"}),
    "time in a zone": (
        element("timepicker", timezone="Europe/Amsterdam"),
        {"selected_time": None, "timezone": "Europe/Amsterdam"},
    ),
    "date and time": (element("datetimepicker", initial_date_time=1793000000), {"selected_date_time": 1793000000}),
    "text": (element("plain_text_input"), {"value": None}),
    "begun text": (element("plain_text_input", initial_value="So"), {"value": "So"}),
    "number": (element("number_input", is_decimal_allowed=False, initial_value="3"), {"value": "3"}),
    "e-mail": (element("email_text_input"), {"value": None}),
    "address": (element("url_text_input"), {"value": None}),
    "rich text": (element("rich_text_input"), {"rich_text_value": None}),
    "files": (element("file_input"), {"files": []}),
}


@pytest.mark.parametrize(("inner", "state"), [*STATES.values()], ids=[*STATES])
def test_an_untouched_element_has_its_initial_value_for_state(inner: Json, state: Json) -> None:
    assert initial_state([asked(inner)]) == {"b": {"a": {"type": inner["type"], **state}}}


def test_state_covers_accessories_actions_inputs_and_containers_but_no_buttons() -> None:
    radios = element("radio_buttons", options=[ONE])
    blocks = [
        section(block_id="s", accessory=radios),
        section(block_id="t", accessory={**BUTTON, "action_id": "go"}),
        {
            "type": "actions",
            "block_id": "u",
            "elements": [{**BUTTON, "action_id": "go"}, radios, element("overflow", options=[ONE])],
        },
        {
            "type": "container",
            "block_id": "v",
            "title": {"type": "plain_text", "text": "x"},
            "child_blocks": [asked(radios, "w")],
        },
    ]
    untouched = {"a": {"type": "radio_buttons", "selected_option": None}}
    assert initial_state(blocks) == {"s": untouched, "u": untouched, "w": untouched}


def test_elements_with_state_are_found_in_a_block_a_list_and_a_view_alike() -> None:
    note = element("plain_text_input")
    block = asked(note)
    for source in (block, [block], {"type": "modal", "blocks": [block]}):
        assert list(stateful(source)) == [("b", note)]


def test_a_changed_state_leaves_the_blocks_as_they_were() -> None:
    blocks = [asked(element("checkboxes", options=[ONE], initial_options=[ONE]))]
    initial_state(blocks)["b"]["a"]["selected_options"].clear()
    assert blocks[0]["element"]["initial_options"] == [ONE]


def test_missing_ids_are_filled_in_and_given_ones_stay() -> None:
    blocks = [
        section(accessory=BUTTON),
        {"type": "actions", "block_id": "mine", "elements": [{**BUTTON, "action_id": "go"}, BUTTON]},
        {"type": "carousel", "elements": [{"type": "card", "actions": [BUTTON]}]},
    ]
    filled = with_ids(blocks)
    card = filled[2]["elements"][0]
    assert filled[1]["block_id"] == "mine"
    assert filled[1]["elements"][0]["action_id"] == "go"
    new = [
        *(block["block_id"] for block in (filled[0], filled[2], card)),
        *(button["action_id"] for button in (filled[0]["accessory"], filled[1]["elements"][1], card["actions"][0])),
    ]
    assert len(set(new)) == len(new)
    assert all(len(name) == 5 for name in new)
    assert "block_id" not in blocks[0]
    assert "action_id" not in BUTTON


def test_new_ids_avoid_those_already_there() -> None:
    ids = chain(["mine", "new", "new", "other"])
    filled = with_ids([section(), section(block_id="mine"), section()], new_id=lambda: next(ids))
    assert [block["block_id"] for block in filled] == ["new", "mine", "other"]


def test_texts_and_images_get_no_action_id_and_the_result_is_still_good() -> None:
    image = {"type": "image", "alt_text": "x", "slack_file": {"id": "F1"}}
    blocks = [
        {"type": "context", "elements": [{"type": "mrkdwn", "text": "hi"}, image]},
        section(accessory=image),
        {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "x"}]}]},
        {"type": "actions", "elements": [BUTTON, BUTTON]},
    ]
    filled = with_ids(blocks)
    assert filled[0]["elements"] == blocks[0]["elements"]
    assert filled[1]["accessory"] == image
    assert check_message("hi", filled, None, None) is None
