"""Blocks as lines of plain text."""

from typing import Any

import pytest

from bot.sandbox import Sandbox
from bot.sandbox.block_kit import initial_state, with_ids
from bot.sandbox.block_kit.rendering import blocks_lines, plain
from tests.sandbox.receiver import option


def text(content: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": content}


def rich(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rich_text", "elements": list(elements)}


CHECKBOXES = {
    "type": "checkboxes",
    "action_id": "c",
    "options": [option("1") | {"description": text("the first")}, option("2")],
    "initial_options": [option("2")],
}
OVERFLOW = {"type": "overflow", "action_id": "o", "options": [option("1"), option("2")]}
DATE = {"type": "datepicker", "action_id": "d", "initial_date": "2026-11-03"}
NOBODY = {"type": "users_select", "action_id": "u", "placeholder": text("Who?")}


@pytest.mark.parametrize(
    ("block", "lines"),
    [
        ({"type": "section", "fields": [text("Left"), text("Right")]}, ["Left", "Right"]),
        ({"type": "markdown", "text": "**Bold**\nplain"}, ["**Bold**", "plain"]),
        ({"type": "actions", "elements": [CHECKBOXES]}, ["[ ] Level 1: the first", "[x] Level 2"]),
        ({"type": "actions", "elements": [OVERFLOW, DATE, NOBODY]}, ["[⋯ Level 1 / Level 2] [2026-11-03] [Who? ▾]"]),
        (
            {"type": "table", "rows": [[{"type": "raw_text", "text": "A"}, {"type": "raw_text", "text": "3"}]]},
            ["A | 3"],
        ),
        (
            {
                "type": "context",
                "elements": [{"type": "image", "alt_text": "A star", "image_url": "https://e.org/s.png"}],
            },
            ["[image: A star]"],
        ),
        (
            rich(
                {
                    "type": "rich_text_section",
                    "elements": [{"type": "text", "text": "Hi "}, {"type": "emoji", "name": "wave"}],
                }
            ),
            ["Hi :wave:"],
        ),
        (
            rich(
                {
                    "type": "rich_text_list",
                    "style": "bullet",
                    "elements": [
                        {"type": "rich_text_section", "elements": [{"type": "user", "user_id": "U1"}]},
                        {"type": "rich_text_section", "elements": [{"type": "channel", "channel_id": "C1"}]},
                        {"type": "rich_text_section", "elements": [{"type": "link", "url": "https://e.org"}]},
                    ],
                }
            ),
            ["• @ana", "• #permits", "• https://e.org"],
        ),
        ({"type": "card", "title": text("A card"), "body": text("Its body")}, ["A card", "Its body"]),
    ],
    ids=["fields", "markdown", "checkboxes", "row", "table", "context image", "rich text", "list", "a rarer block"],
)
def test_blocks_read_as_they_are_laid_out(block: dict[str, Any], lines: list[str]) -> None:
    workspace = Sandbox().add_workspace(name="City", domain="city")
    workspace.add_person(id="U1", name="Ana Ruiz", display_name="ana")
    workspace.add_channel("permits", id="C1")
    blocks = with_ids([block])
    assert blocks_lines(blocks, workspace, state=initial_state(blocks)) == lines


@pytest.mark.parametrize(
    ("mrkdwn", "read"),
    [
        ("<@U1> in <#C1>", "@ana in #permits"),
        ("<@U2|gone> in <#C2|closed>", "@gone in #closed"),
        ("<!channel> and <!subteam^S1|@permits>", "@channel and @permits"),
        ("<https://e.org> and <https://e.org|there>", "https://e.org and there (https://e.org)"),
        ("a &lt;b&gt; &amp; c", "a <b> & c"),
    ],
)
def test_mentions_links_and_escapes_read_as_people_see_them(mrkdwn: str, read: str) -> None:
    workspace = Sandbox().add_workspace(name="City", domain="city")
    workspace.add_person(id="U1", name="Ana Ruiz", display_name="ana")
    workspace.add_channel("permits", id="C1")
    assert plain(mrkdwn, workspace) == read
