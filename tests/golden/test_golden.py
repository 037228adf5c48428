"""What is printed of the cases that stand for all others is, byte for byte, what somebody looked at and kept."""

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from bot.sandbox.block_kit import check_message, check_view
from bot.slack.blocks import MOST_BYTES, size
from bot.summary.ideas_views import more_ideas
from tests.golden.cases import CASES, drawn, message, modal

HERE = Path(__file__).parent


@pytest.mark.parametrize("name", CASES)
def test_the_case_is_printed_as_it_was_kept(name: str) -> None:
    kept = {path.name: path.read_text(encoding="utf-8") for path in (HERE / name).iterdir()}
    assert kept == drawn(name), "look at it; if it is meant, run `make golden`"


@pytest.mark.parametrize("name", CASES)
def test_slack_takes_the_case(name: str) -> None:
    card = CASES[name]()
    said = message(card)
    assert check_message(said.text, said.blocks, None, None) is None
    assert size(said.blocks) <= MOST_BYTES
    assert check_view(modal(card)) is None
    assert check_view(more_ideas(card)) is None
    ET.fromstring(drawn(name)["profile.svg"])  # noqa: S314 - our own output


def test_every_folder_is_a_case() -> None:
    folders = {path.name for path in HERE.iterdir() if path.is_dir()} - {"__pycache__", "owed"}
    assert folders == CASES.keys()
