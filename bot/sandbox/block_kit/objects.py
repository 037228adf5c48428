"""Composition objects and rich text, as @slack/types 3.2.0 and the reference of Block Kit have them."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.sandbox.block_kit.grammar import (
    Choice,
    Flag,
    Items,
    Kind,
    Number,
    OneOf,
    Shape,
    Text,
    exactly_one_of,
    one_of,
)
from bot.sandbox.block_kit.problems import Problem, under

WEB_ADDRESS = r"https?://.+"
IMAGE_ADDRESS = Text(3000, like=WEB_ADDRESS)
COLORS = Choice(("primary", "danger"))


def plain_text(most: int) -> Shape:
    return Shape("plain_text", required={"text": Text(most, least=1)}, optional={"emoji": Flag()})


def mrkdwn(most: int) -> Shape:
    return Shape("mrkdwn", required={"text": Text(most, least=1)}, optional={"verbatim": Flag()})


def text_object(most: int) -> OneOf:
    return one_of(plain_text(most), mrkdwn(most))


CONFIRM = Shape(
    required={"text": text_object(300)},
    optional={"title": plain_text(100), "confirm": plain_text(30), "deny": plain_text(30), "style": COLORS},
)

# Slack's types let `value` be left out; its reference requires it, and an answer without one tells the app nothing.
_VALUE: dict[str, Kind] = {"value": Text(150, least=1)}
OPTION = Shape(required={"text": plain_text(75), **_VALUE}, optional={"description": plain_text(75)})
RICH_OPTION = Shape(required={"text": text_object(75), **_VALUE}, optional={"description": plain_text(75)})
LINK_OPTION = Shape(
    required={"text": plain_text(75), **_VALUE}, optional={"description": plain_text(75), "url": Text(3000)}
)
OPTION_GROUP = Shape(required={"label": plain_text(75), "options": Items(OPTION, least=1, most=100)})

CONVERSATION_FILTER = Shape(
    optional={
        "include": Items(Choice(("im", "mpim", "private", "public"))),
        "exclude_external_shared_channels": Flag(),
        "exclude_bot_users": Flag(),
    },
)
DISPATCH_CONFIG = Shape(
    optional={"trigger_actions_on": Items(Choice(("on_enter_pressed", "on_character_entered")))},
)
SLACK_FILE = Shape(optional={"id": Text(least=1), "url": Text(least=1)}, rules=(exactly_one_of("id", "url"),))
IMAGE_FIELDS: dict[str, Kind] = {"image_url": IMAGE_ADDRESS, "slack_file": SLACK_FILE}
IMAGE_RULES = (exactly_one_of("image_url", "slack_file"),)
ALT_TEXT = Text(2000, least=1)

RAW_TEXT = Shape("raw_text", required={"text": Text(least=1)})
RAW_NUMBER = Shape("raw_number", required={"text": Text(least=1), "value": Number(whole=False)})


def _without_look(option: Any) -> Any:
    """The option without what Slack overlooks when it compares: `emoji` and `verbatim`."""
    if isinstance(option, dict):
        return {key: _without_look(part) for key, part in option.items() if key not in {"emoji", "verbatim"}}
    return option


def initial_is_offered(element: Mapping[str, Any], at: str) -> Iterator[Problem]:
    """`initial_option(s)` must be among the options. An empty list of them is refused with the same sentence."""
    groups = element.get("option_groups")
    lists = [element.get("options")] + [
        group.get("options") for group in (groups if isinstance(groups, list) else []) if isinstance(group, dict)
    ]
    offered = [_without_look(option) for options in lists if isinstance(options, list) for option in options]
    if isinstance(element.get("initial_option"), dict) and _without_look(element["initial_option"]) not in offered:
        yield Problem(under(at, "initial_option"), "must be one of the provided options")
    chosen = element.get("initial_options")
    if not isinstance(chosen, list):
        return
    if not chosen:
        yield Problem(under(at, "initial_options"), "must be one of the provided options")
    for index, option in enumerate(chosen):
        if _without_look(option) not in offered:
            yield Problem(under(at, "initial_options", index), "must be one of the provided options")


_STYLE: dict[str, Kind] = {
    "style": Shape(optional={name: Flag() for name in ("bold", "code", "italic", "strike", "underline")})
}
_TEXT = Shape("text", required={"text": Text(least=1)}, optional=_STYLE)
_LINK = Shape("link", required={"url": Text()}, optional={"text": Text(), "unsafe": Flag(), **_STYLE})
_INLINE = one_of(
    _TEXT,
    _LINK,
    Shape("broadcast", required={"range": Choice(("here", "channel", "everyone"))}, optional=_STYLE),
    Shape("color", required={"value": Text()}, optional=_STYLE),
    Shape("channel", required={"channel_id": Text()}, optional=_STYLE),
    Shape(
        "date",
        required={"timestamp": Number(), "format": Text()},
        optional={"url": Text(), "fallback": Text(), **_STYLE},
    ),
    Shape("emoji", required={"name": Text()}, optional={"unicode": Text(), "url": Text(), **_STYLE}),
    Shape("team", required={"team_id": Text()}, optional=_STYLE),
    Shape("user", required={"user_id": Text()}, optional=_STYLE),
    Shape("usergroup", required={"usergroup_id": Text()}, optional=_STYLE),
)
_BORDER = {"border": Choice((0, 1))}
_SECTION = Shape("rich_text_section", required={"elements": Items(_INLINE)})
RICH_TEXT = Shape(
    "rich_text",
    required={
        "elements": Items(
            one_of(
                _SECTION,
                Shape(
                    "rich_text_list",
                    required={"elements": Items(_SECTION), "style": Choice(("bullet", "ordered"))},
                    optional={"indent": Number(0, 8), **_BORDER},
                ),
                Shape("rich_text_quote", required={"elements": Items(_INLINE)}, optional=_BORDER),
                Shape("rich_text_preformatted", required={"elements": Items(one_of(_TEXT, _LINK))}, optional=_BORDER),
            )
        )
    },
    optional={"block_id": Text(255)},
)
