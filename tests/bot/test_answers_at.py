"""Where we answer: at Slack's own addresses for it, and nowhere that somebody wrote into a form."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.kit.settings import Settings
from bot.slack.client import Slack
from storage.engine import Database, read_url

NOON = datetime(2026, 10, 5, 12, tzinfo=UTC)


def slack_at(address: str, folder: Path) -> Slack:
    """A Slack that is never called: only its address counts."""
    settings = Settings(database_url=read_url(f"sqlite:///{folder / 'maturity.db'}"), slack_api_url=address)
    return Slack(settings, database=Database(settings.database_url), clock=lambda: NOON, store=None)


@pytest.mark.parametrize(
    ("url", "is_slacks"),
    [
        ("https://hooks.slack.com/actions/T0CITY/1234567890/AbC-d_9", True),
        ("https://hooks.slack.com/commands/T0CITY/1234567890/AbCd", True),
        ("https://hooks.slack-gov.com/actions/T0CITY/1/AbCd", False),
        ("https://hooks.slack.com/services/T0CITY/B0OTHER/AbCd", False),
        ("https://hooks.slack.com/workflows/T0CITY/A0OTHER/1/AbCd", False),
        ("https://hooks.slack.com/triggers/T0CITY/1/AbCd", False),
        ("https://hooks.slack.com/actions/../services/T0CITY/B0OTHER/AbCd", False),
        ("https://hooks.slack.com/actions/%2e%2e/services/T0CITY/B0OTHER/AbCd", False),
        ("https://hooks.slack.com/actions/", False),
        ("https://hooks.slack.com.example/actions/T0CITY/1/AbCd", False),
        ("https://hooks.slack.com:8443/actions/T0CITY/1/AbCd", False),
        ("https://hooks.slack.com@example.org/actions/T0CITY/1/AbCd", False),
        ("http://hooks.slack.com/actions/T0CITY/1/AbCd", False),
        ("https://hooks.slack.com/actions/T0CITY/1/AbCd\n", False),
        ("http://[", False),
        ("", False),
    ],
)
def test_slack_is_answered_where_taps_and_commands_are_and_nowhere_beside(
    tmp_path: Path, url: str, *, is_slacks: bool
) -> None:
    assert slack_at("https://slack.com/api/", tmp_path).answers_at(url) is is_slacks


def test_govslack_is_answered_at_its_own_addresses(tmp_path: Path) -> None:
    gov = slack_at("https://slack-gov.com/api/", tmp_path)
    assert gov.answers_at("https://hooks.slack-gov.com/actions/T0CITY/1/AbCd")
    assert not gov.answers_at("https://hooks.slack.com/actions/T0CITY/1/AbCd")


@pytest.mark.parametrize(
    ("url", "is_slacks"),
    [
        ("http://127.0.0.1:8000/response/1", True),
        ("http://127.0.0.1:80001/response/1", False),
        ("http://127.0.0.1:8000@example.org/response/1", False),
        ("https://hooks.slack.com/actions/T0CITY/1/AbCd", False),
        ("http://[", False),
    ],
)
def test_a_slack_elsewhere_is_answered_there(tmp_path: Path, url: str, *, is_slacks: bool) -> None:
    assert slack_at("http://127.0.0.1:8000/api/", tmp_path).answers_at(url) is is_slacks
