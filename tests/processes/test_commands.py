"""What operators type once: the manifest, a rubric's check, a key."""

import json
import shutil
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from bot.program.manifest import SCOPES
from tests.processes.program import ended

MODEL = Path(__file__).parents[2] / "rubric" / "smart_city.toml"


def written(path: Path, words: str) -> Path:
    path.write_text(words)
    return path


async def test_the_manifest_is_for_socket_mode_unless_an_address_is_given(tmp_path: Path) -> None:
    told = await ended("manifest", environment={}, directory=tmp_path)
    assert told.code == 0, told.err
    manifest = json.loads(told.out)
    assert manifest["settings"]["socket_mode_enabled"] is True
    assert "request_url" not in told.out
    assert manifest["oauth_config"]["scopes"]["bot"] == sorted(SCOPES)


async def test_the_manifest_for_an_address_sends_everything_there(tmp_path: Path) -> None:
    told = await ended("manifest", "--url", "https://maturity.example.org/", environment={}, directory=tmp_path)
    assert told.code == 0, told.err
    manifest = json.loads(told.out)
    at = "https://maturity.example.org/slack/events"
    assert manifest["settings"]["socket_mode_enabled"] is False
    assert manifest["settings"]["interactivity"]["request_url"] == at
    assert manifest["settings"]["event_subscriptions"]["request_url"] == at
    assert manifest["features"]["slash_commands"][0]["url"] == at
    assert manifest["oauth_config"]["redirect_urls"] == ["https://maturity.example.org/slack/oauth_redirect"]


async def test_the_manifest_for_an_address_without_encryption_is_refused(tmp_path: Path) -> None:
    told = await ended("manifest", "--url", "http://maturity.example.org", environment={}, directory=tmp_path)
    assert told.code == 2
    assert told.err == "--url http://maturity.example.org doesn't begin with https://, which Slack insists on.\n"


async def test_a_good_rubric_is_fine(tmp_path: Path) -> None:
    shutil.copyfile(MODEL, tmp_path / "model.toml")
    told = await ended("rubric", "check", "model.toml", environment={}, directory=tmp_path)
    assert told.code == 0, told.err
    assert told.out.startswith("model.toml is fine: ")
    assert "5 dimensions of 4 levels, version " in told.out


async def test_every_fault_of_a_rubric_is_a_line_of_its_own(tmp_path: Path) -> None:
    words = MODEL.read_text()
    first = next(line for line in words.splitlines() if line.startswith("question"))
    bad = written(tmp_path / "model.toml", words.replace(first, "").replace("\nname =", "\nnaem =", 1))
    for command in (["rubric", "check", bad.name], ["run"]):
        environment = {"MATURITY_RUBRIC": bad.name, "SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "secret"}
        told = await ended(*command, environment=environment | {"PORT": "0"}, directory=tmp_path)
        assert told.code == (1 if command[0] == "rubric" else 78), told
        lines = told.err.splitlines()
        assert len(lines) >= 2, told.err
        assert all(line.startswith("model.toml") for line in lines), told.err
        assert any("question" in line for line in lines), told.err


@pytest.mark.parametrize("command", [("rubric", "check", "nowhere.toml"), ("run",)])
async def test_a_rubric_that_is_not_there_is_told(command: tuple[str, ...], tmp_path: Path) -> None:
    environment = {"MATURITY_RUBRIC": "nowhere.toml", "SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "secret"}
    told = await ended(*command, environment=environment | {"PORT": "0"}, directory=tmp_path)
    assert told.code == (1 if command[0] == "rubric" else 78)
    assert told.err.startswith("nowhere.toml: the file can't be read (No such file or directory)")
    assert len(told.err.splitlines()) == 1


async def test_each_printed_key_is_new_and_seals(tmp_path: Path) -> None:
    first, second = [await ended("key", environment={}, directory=tmp_path) for _ in range(2)]
    assert (first.code, second.code) == (0, 0)
    assert first.out != second.out
    assert Fernet(first.out.strip()).encrypt(b"token")


@pytest.mark.parametrize("typed", [[], ["rnu"], ["db"], ["rubric", "check"]])
async def test_a_command_that_is_none_shows_how_it_is_used(typed: list[str], tmp_path: Path) -> None:
    told = await ended(*typed, environment={}, directory=tmp_path)
    assert told.code == 2
    assert told.err.startswith("usage: maturity")
    assert "Traceback" not in told.err
