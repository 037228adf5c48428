"""The check of what was said to Slack finds what is wrong with it."""

import shutil
from typing import Any

import pytest

from tests.journeys.check_traffic import faults, read, type_faults
from tests.parts import missing

SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "fine"}}


def posted(*blocks: dict[str, Any], **more: Any) -> dict[str, Any]:
    """The record of a chat.postMessage."""
    body = {"channel": "C1", "text": "fine", "blocks": list(blocks), **more}
    return {"direction": "api", "method": "chat.postMessage", "body": body, "response": {"ok": True}}


def test_what_slack_takes_has_no_faults() -> None:
    said = read([posted(SECTION), posted(SECTION)])
    assert len(said.messages) == 1, "what is said twice is looked at once"
    assert list(faults(said)) == []


@pytest.mark.parametrize(
    ("record", "fault"),
    [
        (posted(SECTION | {"text": {"type": "mrkdwn", "text": "x" * 3001}}), "cannot exceed 3000 characters"),
        (posted(SECTION | {"colour": "red"}), "a section has no colour"),
        (posted({"type": "poster"}), "slack_sdk knows no 'poster'"),
        (posted(SECTION, text=""), "no text for notifications"),
        (posted(SECTION, tone="kind"), "has what the method doesn't take: tone"),
        ({"direction": "api", "method": "chat.update", "body": {"text": "fine"}, "response": {}}, "lacks channel, ts"),
        ({"direction": "api", "method": "chat.sing", "body": {}, "response": {}}, "has no such method"),
        (
            {
                "direction": "http",
                "method": "view_submission",
                "response": {"view": {"type": "modal", "blocks": [], "title": {"type": "plain_text", "text": "x"}}},
            },
            "between 1 and 100 blocks",
        ),
    ],
)
def test_a_fault_is_found(record: dict[str, Any], fault: str) -> None:
    assert fault in "\n".join(faults(read([record])))


@pytest.mark.slow
def test_slack_s_own_types_find_what_is_not_of_them() -> None:
    if shutil.which("npm") is None:
        missing("npm is missing: apt-get install npm")
    header = {"type": "header", "text": {"type": "mrkdwn", "text": "not plain"}}
    assert type_faults(read([posted(SECTION)])) == []
    [found] = type_faults(read([posted(SECTION, header)]))
    assert found.startswith("chat.postMessage #2, block 1: ")
