"""The least that Slack takes of what can be too short: that much passes, and one less is refused."""

import pytest

from tests.sandbox.limits import (
    Limit,
    accessory,
    asked,
    button,
    card,
    cells,
    chart,
    group,
    image,
    markdown,
    message,
    metadata,
    modal,
    mrkdwn,
    option,
    options,
    plain,
    pointers,
    refusal_of,
    section,
    table,
    text_input,
    x,
)

LEAST = [
    Limit("section text", 1, lambda n: message(section(text=mrkdwn(x(n)))), "/blocks/0/text/text"),
    Limit("section fields", 1, lambda n: message(section(fields=[plain("x")] * n)), "/blocks/0/fields"),
    Limit(
        "context elements",
        1,
        lambda n: message({"type": "context", "elements": [plain("x")] * n}),
        "/blocks/0/elements",
    ),
    Limit("actions", 1, lambda n: message({"type": "actions", "elements": [button()] * n}), "/blocks/0/elements"),
    Limit(
        "action_id", 1, lambda n: message(section(accessory=button(action_id=x(n)))), "/blocks/0/accessory/action_id"
    ),
    Limit("radio buttons", 1, lambda n: accessory("radio_buttons", options=options(n)), "/blocks/0/accessory/options"),
    Limit("checkboxes", 1, lambda n: accessory("checkboxes", options=options(n)), "/blocks/0/accessory/options"),
    Limit("overflow", 1, lambda n: accessory("overflow", options=options(n)), "/blocks/0/accessory/options"),
    Limit("select options", 1, lambda n: accessory("static_select", options=options(n)), "/blocks/0/accessory/options"),
    Limit(
        "option groups",
        1,
        lambda n: accessory("static_select", option_groups=[group()] * n),
        "/blocks/0/accessory/option_groups",
    ),
    Limit(
        "option value",
        1,
        lambda n: accessory("radio_buttons", options=[option(value=x(n))]),
        "/blocks/0/accessory/options/0/value",
    ),
    Limit("image alt_text", 1, lambda n: message(image(alt_text=x(n))), "/blocks/0/alt_text"),
    Limit("max_length", 1, lambda n: message(asked(text_input(max_length=n))), "/blocks/0/element/max_length"),
    Limit("min_length", 0, lambda n: message(asked(text_input(min_length=n))), "/blocks/0/element/min_length"),
    Limit("markdown", 1, lambda n: message(markdown(x(n))), "/blocks/0/text"),
    Limit("table rows", 1, lambda n: message(table([cells(1)] * n)), "/blocks/0/rows"),
    Limit("table cells", 1, lambda n: message(table([cells(n)])), "/blocks/0/rows/0"),
    Limit(
        "text of a table cell",
        1,
        lambda n: message(table([[{"type": "raw_text", "text": x(n)}]])),
        "/blocks/0/rows/0/0/text",
    ),
    Limit("chart title", 1, lambda n: message(chart(x(n))), "/blocks/0/title"),
    Limit("carousel", 1, lambda n: message({"type": "carousel", "elements": [card()] * n}), "/blocks/0/elements"),
    Limit(
        "container",
        1,
        lambda n: message({"type": "container", "title": plain("x"), "child_blocks": [section()] * n}),
        "/blocks/0/child_blocks",
    ),
    Limit("event_type", 1, lambda n: metadata(x(n)), "/metadata/event_type", "invalid_metadata_schema"),
    Limit("modal title", 1, lambda n: modal(title=plain(x(n))), "/view/title/text", "invalid_arguments"),
    Limit("blocks of a modal", 1, lambda n: modal(blocks=[section()] * n), "/view/blocks", "invalid_arguments"),
]
least = pytest.mark.parametrize("limit", LEAST, ids=lambda limit: limit.what)


@least
def test_the_least_that_slack_takes_passes(limit: Limit) -> None:
    assert refusal_of(limit.payload(limit.bound)) is None


@least
def test_less_than_slack_takes_is_refused_by_name_and_place(limit: Limit) -> None:
    refusal = refusal_of(limit.payload(limit.bound - limit.step))
    assert refusal is not None
    assert refusal.error == limit.error
    assert limit.at in pointers(refusal)
