"""One of every block that Slack takes, and where it takes it."""

from typing import Any

Json = dict[str, Any]


def plain(text: str = "hi") -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str = "hi") -> Json:
    return {"type": "mrkdwn", "text": text}


def section(**fields: Any) -> Json:
    return {"type": "section", "text": mrkdwn(), **fields}


def option(value: str = "1", **fields: Any) -> Json:
    return {"text": plain("One"), "value": value, **fields}


def element(kind: str, **fields: Any) -> Json:
    return {"type": kind, "action_id": kind, **fields}


def actions(*elements: Json, **fields: Any) -> Json:
    return {"type": "actions", "elements": list(elements), **fields}


def asked(inner: Json, **fields: Any) -> Json:
    return {"type": "input", "label": plain(), "element": inner, **fields}


def container(*children: Json, **fields: Any) -> Json:
    return {"type": "container", "title": plain(), "child_blocks": list(children), **fields}


def raw(text: str) -> Json:
    return {"type": "raw_text", "text": text}


def rich_text(*inline: Json, kind: str = "rich_text_section", **fields: Any) -> Json:
    return {"type": "rich_text", "elements": [{"type": kind, "elements": list(inline), **fields}]}


def said(text: str = "hi", **fields: Any) -> Json:
    return {"type": "text", "text": text, **fields}


CHOICES = [option("1"), option("2")]
BUTTON = element("button", text=plain())
RADIOS = element("radio_buttons", options=CHOICES)
SELECT = element("static_select", options=CHOICES)
NOTE = element("plain_text_input")
IMAGE = {"type": "image", "alt_text": "A chart", "slack_file": {"id": "F1"}}
TABLE = {"type": "table", "rows": [[raw("Team"), raw("Level")], [rich_text(said()), raw("3")]]}
DATA_TABLE = {"type": "data_table", "caption": "Levels", "rows": [[raw("Team")], [rich_text(said())]], "page_size": 10}
CHART = {
    "type": "data_visualization",
    "title": "Levels",
    "chart": {"type": "pie", "segments": [{"label": "A", "value": 1}]},
}
CARD = {"type": "card", "title": mrkdwn(), "actions": [BUTTON], "hero_image": IMAGE}
TASK = {"type": "task_card", "task_id": "t1", "title": "Read", "status": "complete", "details": rich_text(said())}
ALERT = {"type": "alert", "text": mrkdwn(), "level": "info"}
FILE = {"type": "file", "source": "remote", "external_id": "F1"}
FILE_INPUT = asked(element("file_input", filetypes=["png"], max_files=1))
VIDEO = {
    "type": "video",
    "title": plain(),
    "alt_text": "A talk",
    "video_url": "https://example.org/v",
    "thumbnail_url": "https://example.org/v.png",
}
CONFIRM = {"title": plain(), "text": mrkdwn(), "confirm": plain(), "deny": plain(), "style": "danger"}

GOOD_ANYWHERE: dict[str, Json] = {
    "section": section(block_id="s", fields=[plain(), mrkdwn()], accessory=BUTTON, expand=True),
    "section with fields only": {"type": "section", "fields": [plain()]},
    "section with an image": section(accessory=IMAGE),
    "section with an overflow": section(accessory=element("overflow", options=[option(url="https://example.org")])),
    "header": {"type": "header", "text": {**plain(), "emoji": True}},
    "divider": {"type": "divider"},
    "context": {"type": "context", "elements": [{**mrkdwn(), "verbatim": True}, plain(), IMAGE]},
    "image by address": {"type": "image", "alt_text": "x", "image_url": "https://example.org/a.png", "title": plain()},
    "image by file address": {"type": "image", "alt_text": "x", "slack_file": {"url": "https://example.org/f"}},
    "button": actions({**BUTTON, "style": "primary", "value": "1", "confirm": CONFIRM}, block_id="b"),
    "two elements without ids": actions({"type": "button", "text": plain()}, {"type": "button", "text": plain()}),
    "radio buttons": actions({**RADIOS, "initial_option": option("2")}),
    "radio buttons in mrkdwn": actions(element("radio_buttons", options=[{"text": mrkdwn(), "value": "1"}])),
    "initial option that differs in emoji alone": actions(
        {**RADIOS, "initial_option": {"text": {**plain("One"), "emoji": True}, "value": "1"}}
    ),
    "checkboxes": asked(element("checkboxes", options=CHOICES, initial_options=[option("1")]), optional=True),
    "select": asked({**SELECT, "placeholder": plain(), "initial_option": option("1"), "focus_on_load": True}),
    "select with groups": asked(
        element("static_select", option_groups=[{"label": plain(), "options": CHOICES}], initial_option=option("2"))
    ),
    "multi-select": asked(element("multi_static_select", options=CHOICES, max_selected_items=1)),
    "users": asked(element("multi_users_select", initial_users=["U1"])),
    "conversation": asked(
        element("conversations_select", default_to_current_conversation=True, filter={"include": ["public"]})
    ),
    "channel": asked(element("channels_select", initial_channel="C1", response_url_enabled=True)),
    "external": asked(element("external_select", min_query_length=0)),
    "date": actions(element("datepicker", initial_date="2026-02-28"), element("timepicker", initial_time="23:59")),
    "date and time": asked(element("datetimepicker", initial_date_time=1_793_000_000)),
    "note": asked(
        {**NOTE, "multiline": True, "dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"]}},
        hint=plain(),
        dispatch_action=True,
    ),
    "number": asked(element("number_input", is_decimal_allowed=False, min_value="1", max_value="52")),
    "e-mail": asked(element("email_text_input")),
    "address": asked(element("url_text_input", initial_value="https://example.org")),
    "rich text input": asked(element("rich_text_input", initial_value=rich_text(said()))),
    "workflow button": actions(
        element("workflow_button", text=plain(), workflow={"trigger": {"url": "https://example.org"}})
    ),
    "rich text": rich_text(
        said(style={"bold": True}),
        {"type": "link", "url": "https://example.org", "text": "here"},
        {"type": "user", "user_id": "U1"},
        {"type": "emoji", "name": "wave"},
        {"type": "date", "timestamp": 1_793_000_000, "format": "{date}", "fallback": "soon"},
    ),
    "list": {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_list",
                "style": "bullet",
                "indent": 1,
                "elements": [{"type": "rich_text_section", "elements": [said()]}],
            }
        ],
    },
    "quote": rich_text(said(), kind="rich_text_quote", border=1),
    "preformatted": rich_text(said(), kind="rich_text_preformatted"),
    "video": VIDEO,
    "container": container(section(), actions(BUTTON), is_collapsible=True, default_collapsed=True, width="wide"),
}
GOOD_IN_MESSAGES: dict[str, Json] = {
    "table": {**TABLE, "column_settings": [{"align": "right", "is_wrapped": True}]},
    "data table": DATA_TABLE,
    "table with numbers": {"type": "table", "rows": [[{"type": "raw_number", "value": 2.5, "text": "2.5"}]]},
    "table in a container": container(TABLE),
    "chart": CHART,
    "call": {"type": "call", "call_id": "R1"},
    "markdown": {"type": "markdown", "text": "**hi**"},
    "card": CARD,
    "carousel": {"type": "carousel", "elements": [CARD, CARD]},
    "task card": TASK,
    "plan": {"type": "plan", "title": "Plan", "tasks": [TASK]},
    "context actions": {
        "type": "context_actions",
        "elements": [
            element(
                "feedback_buttons",
                positive_button={"text": plain(), "value": "+"},
                negative_button={"text": plain(), "value": "-"},
            ),
            element("icon_button", icon="trash", text=plain()),
        ],
    },
}
GOOD_IN_MODALS: dict[str, Json] = {
    "alert": ALERT,
    "file input": FILE_INPUT,
    "file input in a container": container(FILE_INPUT),
}
GOOD_IN_HOME: dict[str, Json] = {"card": CARD}
