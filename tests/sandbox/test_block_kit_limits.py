"""The most that Slack takes of everything in Block Kit: that much passes, and one more is refused."""

import pytest

from tests.sandbox.limits import (
    Limit,
    accessory,
    asked,
    button,
    card,
    cells,
    chart,
    confirm,
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

MOST = [
    Limit("section text", 3000, lambda n: message(section(text=mrkdwn(x(n)))), "/blocks/0/text/text"),
    Limit("section field", 2000, lambda n: message(section(fields=[plain(x(n))])), "/blocks/0/fields/0/text"),
    Limit("section fields", 10, lambda n: message(section(fields=[plain("x")] * n)), "/blocks/0/fields"),
    Limit("header", 150, lambda n: message({"type": "header", "text": plain(x(n))}), "/blocks/0/text/text"),
    Limit(
        "context text",
        3000,
        lambda n: message({"type": "context", "elements": [mrkdwn(x(n))]}),
        "/blocks/0/elements/0/text",
    ),
    Limit(
        "context elements",
        10,
        lambda n: message({"type": "context", "elements": [plain("x")] * n}),
        "/blocks/0/elements",
    ),
    Limit("actions", 25, lambda n: message({"type": "actions", "elements": [button()] * n}), "/blocks/0/elements"),
    Limit(
        "context actions",
        5,
        lambda n: message(
            {
                "type": "context_actions",
                "elements": [{"type": "icon_button", "icon": "trash", "text": plain("Delete")}] * n,
            }
        ),
        "/blocks/0/elements",
    ),
    Limit("block_id", 255, lambda n: message(section(block_id=x(n))), "/blocks/0/block_id"),
    Limit(
        "action_id", 255, lambda n: message(section(accessory=button(action_id=x(n)))), "/blocks/0/accessory/action_id"
    ),
    Limit(
        "button text",
        75,
        lambda n: message(section(accessory=button(text=plain(x(n))))),
        "/blocks/0/accessory/text/text",
    ),
    Limit("button value", 2000, lambda n: message(section(accessory=button(value=x(n)))), "/blocks/0/accessory/value"),
    Limit("button url", 3000, lambda n: message(section(accessory=button(url=x(n)))), "/blocks/0/accessory/url"),
    Limit(
        "button accessibility label",
        75,
        lambda n: message(section(accessory=button(accessibility_label=x(n)))),
        "/blocks/0/accessory/accessibility_label",
    ),
    Limit("confirm title", 100, lambda n: confirm(title=plain(x(n))), "/blocks/0/accessory/confirm/title/text"),
    Limit("confirm text", 300, lambda n: confirm(text=mrkdwn(x(n))), "/blocks/0/accessory/confirm/text/text"),
    Limit("confirm confirm", 30, lambda n: confirm(confirm=plain(x(n))), "/blocks/0/accessory/confirm/confirm/text"),
    Limit("confirm deny", 30, lambda n: confirm(deny=plain(x(n))), "/blocks/0/accessory/confirm/deny/text"),
    Limit(
        "placeholder",
        150,
        lambda n: accessory("users_select", placeholder=plain(x(n))),
        "/blocks/0/accessory/placeholder/text",
    ),
    Limit(
        "option text",
        75,
        lambda n: accessory("radio_buttons", options=[option(text=mrkdwn(x(n)))]),
        "/blocks/0/accessory/options/0/text/text",
    ),
    Limit(
        "option description",
        75,
        lambda n: accessory("checkboxes", options=[option(description=plain(x(n)))]),
        "/blocks/0/accessory/options/0/description/text",
    ),
    Limit(
        "option value",
        150,
        lambda n: accessory("static_select", options=[option(value=x(n))]),
        "/blocks/0/accessory/options/0/value",
    ),
    Limit(
        "overflow option url",
        3000,
        lambda n: accessory("overflow", options=[option(url=x(n))]),
        "/blocks/0/accessory/options/0/url",
    ),
    Limit("radio buttons", 10, lambda n: accessory("radio_buttons", options=options(n)), "/blocks/0/accessory/options"),
    Limit("checkboxes", 10, lambda n: accessory("checkboxes", options=options(n)), "/blocks/0/accessory/options"),
    Limit("overflow", 5, lambda n: accessory("overflow", options=options(n)), "/blocks/0/accessory/options"),
    Limit(
        "select options", 100, lambda n: accessory("static_select", options=options(n)), "/blocks/0/accessory/options"
    ),
    Limit(
        "multi-select options",
        100,
        lambda n: accessory("multi_static_select", options=options(n)),
        "/blocks/0/accessory/options",
    ),
    Limit(
        "option groups",
        100,
        lambda n: accessory("static_select", option_groups=[group()] * n),
        "/blocks/0/accessory/option_groups",
    ),
    Limit(
        "options of a group",
        100,
        lambda n: accessory("static_select", option_groups=[group(options=options(n))]),
        "/blocks/0/accessory/option_groups/0/options",
    ),
    Limit(
        "option group label",
        75,
        lambda n: accessory("static_select", option_groups=[group(label=plain(x(n)))]),
        "/blocks/0/accessory/option_groups/0/label/text",
    ),
    Limit("image alt_text", 2000, lambda n: message(image(alt_text=x(n))), "/blocks/0/alt_text"),
    Limit(
        "image_url",
        3000,
        lambda n: message({"type": "image", "alt_text": "x", "image_url": "https://example.org/".ljust(n, "x")}),
        "/blocks/0/image_url",
    ),
    Limit("image title", 2000, lambda n: message(image(title=plain(x(n)))), "/blocks/0/title/text"),
    Limit(
        "alt_text of an accessory",
        2000,
        lambda n: message(section(accessory=image(alt_text=x(n)))),
        "/blocks/0/accessory/alt_text",
    ),
    Limit("input label", 2000, lambda n: message(asked(label=plain(x(n)))), "/blocks/0/label/text"),
    Limit("input hint", 2000, lambda n: message(asked(hint=plain(x(n)))), "/blocks/0/hint/text"),
    Limit("max_length", 3000, lambda n: message(asked(text_input(max_length=n))), "/blocks/0/element/max_length"),
    Limit("min_length", 3000, lambda n: message(asked(text_input(min_length=n))), "/blocks/0/element/min_length"),
    Limit(
        "initial_value",
        3000,
        lambda n: message(asked(text_input(initial_value=x(n)))),
        "/blocks/0/element/initial_value",
    ),
    Limit(
        "initial_value under max_length",
        20,
        lambda n: message(asked(text_input(initial_value=x(n), max_length=20))),
        "/blocks/0/element/initial_value",
    ),
    Limit("markdown", 12_000, lambda n: message(markdown(x(n))), "/blocks/0/text"),
    Limit("markdown in all", 12_000, lambda n: message(markdown(x(6000)), markdown(x(n - 6000))), "/blocks/1/text"),
    Limit("table rows", 100, lambda n: message(table([cells(1)] * n)), "/blocks/0/rows"),
    Limit("table cells", 20, lambda n: message(table([cells(n)])), "/blocks/0/rows/0"),
    Limit(
        "table column settings",
        20,
        lambda n: message(table([cells(1)], column_settings=[{"align": "left"}] * n)),
        "/blocks/0/column_settings",
    ),
    Limit("tables", 1, lambda n: message(*[table([cells(1)])] * n), "/blocks/1", "invalid_attachments"),
    Limit("chart title", 50, lambda n: message(chart(x(n))), "/blocks/0/title"),
    Limit("charts", 2, lambda n: message(*[chart("Levels")] * n), "/blocks/2"),
    Limit("card title", 150, lambda n: message(card(title=mrkdwn(x(n)))), "/blocks/0/title/text"),
    Limit("card subtitle", 150, lambda n: message(card(subtitle=mrkdwn(x(n)))), "/blocks/0/subtitle/text"),
    Limit("card body", 200, lambda n: message(card(body=mrkdwn(x(n)))), "/blocks/0/body/text"),
    Limit("carousel", 10, lambda n: message({"type": "carousel", "elements": [card()] * n}), "/blocks/0/elements"),
    Limit(
        "container",
        10,
        lambda n: message({"type": "container", "title": plain("x"), "child_blocks": [section()] * n}),
        "/blocks/0/child_blocks",
    ),
    Limit("blocks of a message", 50, lambda n: message(*[{"type": "divider"}] * n), "/blocks"),
    Limit(
        "blocks of an attachment",
        50,
        lambda n: message(attachments=[{"blocks": [{"type": "divider"}] * n}]),
        "/attachments/0/blocks",
        "invalid_attachments",
    ),
    Limit(
        "attachments", 100, lambda n: message(attachments=[{"text": "x"}] * n), "/attachments", "too_many_attachments"
    ),
    Limit("text", 40_000, lambda n: {"message": {"text": x(n)}}, "/text", "msg_too_long"),
    Limit("event_type", 255, lambda n: metadata(x(n)), "/metadata/event_type", "invalid_metadata_schema"),
    Limit(
        "bytes of metadata",
        16_000,
        # {"event_type":"delivery","event_payload":{"note":""}} takes 53, and an e with an accent 2.
        lambda n: metadata(note="é" + x(n - 55)),
        "/metadata",
        "metadata_too_large",
    ),
    Limit("modal title", 24, lambda n: modal(title=plain(x(n))), "/view/title/text", "invalid_arguments"),
    Limit("modal submit", 24, lambda n: modal(submit=plain(x(n))), "/view/submit/text", "invalid_arguments"),
    Limit("modal close", 24, lambda n: modal(close=plain(x(n))), "/view/close/text", "invalid_arguments"),
    Limit(
        "private_metadata", 3000, lambda n: modal(private_metadata=x(n)), "/view/private_metadata", "invalid_arguments"
    ),
    Limit("callback_id", 255, lambda n: modal(callback_id=x(n)), "/view/callback_id", "invalid_arguments"),
    Limit("external_id", 255, lambda n: modal(external_id=x(n)), "/view/external_id", "invalid_arguments"),
    Limit("blocks of a modal", 100, lambda n: modal(blocks=[section()] * n), "/view/blocks", "invalid_arguments"),
    Limit(
        "blocks of a Home tab",
        100,
        lambda n: {"view": {"type": "home", "blocks": [section()] * n}},
        "/view/blocks",
        "invalid_arguments",
    ),
]
most = pytest.mark.parametrize("limit", MOST, ids=lambda limit: limit.what)


@most
def test_the_most_that_slack_takes_passes(limit: Limit) -> None:
    assert refusal_of(limit.payload(limit.bound)) is None


@most
def test_one_more_than_slack_takes_is_refused_by_name_and_place(limit: Limit) -> None:
    refusal = refusal_of(limit.payload(limit.bound + limit.step))
    assert refusal is not None
    assert refusal.error == limit.error
    assert set(pointers(refusal)) == {limit.at}
