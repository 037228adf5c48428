"""Block elements: what may stand in a section's accessory, in actions, in an input, in a context."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.sandbox.block_kit.grammar import Flag, Items, Kind, Number, Shape, Text, exactly_one_of
from bot.sandbox.block_kit.objects import (
    ALT_TEXT,
    COLORS,
    CONFIRM,
    CONVERSATION_FILTER,
    DISPATCH_CONFIG,
    IMAGE_FIELDS,
    IMAGE_RULES,
    LINK_OPTION,
    OPTION,
    OPTION_GROUP,
    RICH_OPTION,
    RICH_TEXT,
    initial_is_offered,
    plain_text,
)
from bot.sandbox.block_kit.problems import Problem, under

LONGEST_INPUT = 3000


def _initial_value_fits(element: Mapping[str, Any], at: str) -> Iterator[Problem]:
    most = element.get("max_length", LONGEST_INPUT)
    if isinstance(element.get("initial_value"), str) and isinstance(most, int):
        yield from Text(most).check(element["initial_value"], under(at, "initial_value"))


Fields = dict[str, Kind]
_ACTION: Fields = {"action_id": Text(255, least=1)}
_CONFIRM: Fields = {"confirm": CONFIRM}
_FOCUS: Fields = {"focus_on_load": Flag()}
_PLACEHOLDER: Fields = {"placeholder": plain_text(150)}
_DISPATCH: Fields = {"dispatch_action_config": DISPATCH_CONFIG}
_MANY: Fields = {"max_selected_items": Number(1)}
_LABEL: Fields = {"accessibility_label": Text(75)}

_PICKER: Fields = _ACTION | _CONFIRM | _FOCUS
_MENU: Fields = _PICKER | _PLACEHOLDER
_INPUT: Fields = _ACTION | _DISPATCH | _FOCUS | _PLACEHOLDER
_IDS = Items(Text(least=1))
_STATIC: Fields = {
    "options": Items(OPTION, least=1, most=100),
    "option_groups": Items(OPTION_GROUP, least=1, most=100),
}
_STATIC_RULES = (exactly_one_of("options", "option_groups"), initial_is_offered)
_CONVERSATIONS: Fields = {"default_to_current_conversation": Flag(), "filter": CONVERSATION_FILTER}

BUTTON = Shape(
    "button",
    required={"text": plain_text(75)},
    optional={**_ACTION, **_CONFIRM, **_LABEL, "value": Text(2000), "url": Text(3000), "style": COLORS},
)
_PARAMETER = Shape(required={"name": Text(), "value": Text()})
_TRIGGER = Shape(required={"url": Text()}, optional={"customizable_input_parameters": Items(_PARAMETER)})
WORKFLOW_BUTTON = Shape(
    "workflow_button",
    required={"text": plain_text(75), "workflow": Shape(required={"trigger": _TRIGGER})},
    optional={**_ACTION, **_CONFIRM, **_LABEL, "style": COLORS},
)
OVERFLOW = Shape(
    "overflow", required={"options": Items(LINK_OPTION, least=1, most=5)}, optional={**_ACTION, **_CONFIRM}
)
IMAGE = Shape("image", required={"alt_text": ALT_TEXT}, optional=IMAGE_FIELDS, rules=IMAGE_RULES)
_FEEDBACK = Shape(required={"text": plain_text(75), "value": Text(2000)}, optional=_LABEL)
FEEDBACK_BUTTONS = Shape(
    "feedback_buttons",
    required={"positive_button": _FEEDBACK, "negative_button": _FEEDBACK},
    optional=_ACTION,
)
ICON_BUTTON = Shape(
    "icon_button",
    required={"icon": Text(least=1), "text": plain_text(75)},
    optional={**_ACTION, **_CONFIRM, **_LABEL, "value": Text(2000), "visible_to_user_ids": _IDS},
)
URL_SOURCE = Shape("url", required={"url": Text(), "text": Text()})

RADIO_BUTTONS = Shape(
    "radio_buttons",
    required={"options": Items(RICH_OPTION, least=1, most=10)},
    optional={**_PICKER, "initial_option": RICH_OPTION},
    rules=(initial_is_offered,),
)
CHECKBOXES = Shape(
    "checkboxes",
    required={"options": Items(RICH_OPTION, least=1, most=10)},
    optional={**_PICKER, "initial_options": Items(RICH_OPTION)},
    rules=(initial_is_offered,),
)
DATEPICKER = Shape(
    "datepicker", optional={**_MENU, "initial_date": Text(like=r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")}
)
TIMEPICKER = Shape(
    "timepicker",
    optional={**_MENU, "initial_time": Text(like=r"([01][0-9]|2[0-3]):[0-5][0-9]"), "timezone": Text(least=1)},
)
DATETIMEPICKER = Shape(
    "datetimepicker", optional={**_PICKER, "initial_date_time": Number(1_000_000_000, 9_999_999_999)}
)

SELECTS = (
    Shape("static_select", optional={**_MENU, **_STATIC, "initial_option": OPTION}, rules=_STATIC_RULES),
    Shape("external_select", optional={**_MENU, "initial_option": OPTION, "min_query_length": Number(0)}),
    Shape("users_select", optional={**_MENU, "initial_user": Text(least=1)}),
    Shape(
        "conversations_select",
        optional={**_MENU, **_CONVERSATIONS, "initial_conversation": Text(least=1), "response_url_enabled": Flag()},
    ),
    Shape(
        "channels_select",
        optional={**_MENU, "initial_channel": Text(least=1), "response_url_enabled": Flag()},
    ),
)
MULTI_SELECTS = (
    Shape(
        "multi_static_select",
        optional={**_MENU, **_MANY, **_STATIC, "initial_options": Items(OPTION)},
        rules=_STATIC_RULES,
    ),
    Shape(
        "multi_external_select",
        optional={**_MENU, **_MANY, "initial_options": Items(OPTION), "min_query_length": Number(0)},
    ),
    Shape("multi_users_select", optional={**_MENU, **_MANY, "initial_users": _IDS}),
    Shape(
        "multi_conversations_select",
        optional={**_MENU, **_MANY, **_CONVERSATIONS, "initial_conversations": _IDS},
    ),
    Shape("multi_channels_select", optional={**_MENU, **_MANY, "initial_channels": _IDS}),
)

PLAIN_TEXT_INPUT = Shape(
    "plain_text_input",
    optional={
        **_INPUT,
        "initial_value": Text(),
        "multiline": Flag(),
        "min_length": Number(0, LONGEST_INPUT),
        "max_length": Number(1, LONGEST_INPUT),
    },
    rules=(_initial_value_fits,),
)
EMAIL_INPUT = Shape("email_text_input", optional={**_INPUT, "initial_value": Text()})
URL_INPUT = Shape("url_text_input", optional={**_INPUT, "initial_value": Text()})
NUMBER_INPUT = Shape(
    "number_input",
    required={"is_decimal_allowed": Flag()},
    optional={**_INPUT, "initial_value": Text(), "min_value": Text(), "max_value": Text()},
)
RICH_TEXT_INPUT = Shape(
    "rich_text_input",
    optional={**_INPUT, "initial_value": RICH_TEXT, "min_lines": Number(1, 100), "max_lines": Number(1, 100)},
)
FILE_INPUT = Shape("file_input", optional={**_ACTION, "filetypes": Items(Text(least=1)), "max_files": Number(1, 10)})

_EVERYWHERE = (CHECKBOXES, DATEPICKER, *MULTI_SELECTS, RADIO_BUTTONS, *SELECTS, TIMEPICKER)
IN_SECTION = (BUTTON, IMAGE, OVERFLOW, WORKFLOW_BUTTON, *_EVERYWHERE)
IN_ACTIONS = (BUTTON, DATETIMEPICKER, OVERFLOW, RICH_TEXT_INPUT, WORKFLOW_BUTTON, *_EVERYWHERE)
IN_CONTEXT_ACTIONS = (FEEDBACK_BUTTONS, ICON_BUTTON)
IN_INPUT = (
    DATETIMEPICKER,
    EMAIL_INPUT,
    FILE_INPUT,
    NUMBER_INPUT,
    PLAIN_TEXT_INPUT,
    RICH_TEXT_INPUT,
    URL_INPUT,
    *_EVERYWHERE,
)

WITH_ACTION_ID = frozenset(
    shape.type for shape in (*IN_SECTION, *IN_ACTIONS, *IN_CONTEXT_ACTIONS, *IN_INPUT) if "action_id" in shape.optional
)
