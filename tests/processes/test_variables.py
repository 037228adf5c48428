"""What is wrong with the environment is said in one line each, with its mend, before anything starts."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.cli import main
from tests.processes.program import INHERITED, ended

GOOD = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "secret"}
MANY = {"SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "secret", "SLACK_SIGNING_SECRET": "secret"}
KEY = "QSBrZXkgdGhhdCBzZWFscyBub3RoaW5nIGF0IGFsbCE="

FAULTS = [
    ({"DATABASE_URL": "maturity.db"}, ["DATABASE_URL isn't a database URL. Write sqlite:///maturity.db, or"]),
    ({"DATABASE_URL": "mysql://host/db"}, ["DATABASE_URL names mysql, which is not supported. Use sqlite:///FILE or"]),
    ({"DATABASE_URL": "sqlite://"}, ["DATABASE_URL names no file. An in-memory database loses every answer"]),
    (
        {"DATABASE_URL": "postgresql://me:p@ss@host/db"},
        ["DATABASE_URL holds an @ too many. In a user name or password"],
    ),
    ({"DATABASE_URL": "postgresql://me:p@s/s@host/db"}, ["DATABASE_URL holds an @ too many. In a user name or"]),
    (
        {"DATABASE_URL": "postgresql://host:99999/db"},
        ["DATABASE_URL names port 99999, which there can't be. Write one"],
    ),
    (
        {"DATABASE_URL": "postgresql://host/db?foo=bar"},
        ["DATABASE_URL has an option after its ? that PostgreSQL doesn't know, or"],
    ),
    ({"SLACK_API_URL": "https://[x"}, ["SLACK_API_URL is 'https://[x', not an address. Write one"]),
    ({"HTTPS_PROXY": "http://[::1"}, ["HTTPS_PROXY is no address of an HTTP proxy. Write http://host:port"]),
    ({"HTTPS_PROXY": "http://proxy:notaport"}, ["HTTPS_PROXY is no address of an HTTP proxy. Write http://host:port"]),
    ({"SLACK_BOT_TOKEN": "xoxp-1"}, ["SLACK_BOT_TOKEN doesn't begin with xoxb-. Copy it anew"]),
    (
        {"SLACK_BOT_TOKEN": "xoxe.xoxb-1"},
        ["SLACK_BOT_TOKEN is a token that rotates: it runs out within hours. Make the"],
    ),
    ({"SLACK_APP_TOKEN": "xoxb-1"}, ["SLACK_APP_TOKEN doesn't begin with xapp-. Copy it anew"]),
    ({"SLACK_API_URL": "slack.com/api"}, ["SLACK_API_URL is 'slack.com/api', not an address. Write one"]),
    ({"SLACK_AUTHORIZE_URL": "https://"}, ["SLACK_AUTHORIZE_URL is 'https://', not an address. Write one"]),
    ({"PORT": "http"}, ["PORT is 'http', not a number. Write one from 0 to 65535"]),
    ({"PORT": "70000"}, ["PORT is 70000, out of range. Write a number from 0 to 65535."]),
    ({"PORT": "80.5"}, ["PORT is 80.5. Write a whole number from 0 to 65535."]),
    ({"DELIVERY_RATE": "0"}, ["DELIVERY_RATE is 0, out of range. Write a number from 0.1 to 1000."]),
    ({"DELIVERY_BURST": "1.5"}, ["DELIVERY_BURST is 1.5. Write a whole number from 1 to 1000."]),
    ({"DELIVERY_SETTLE": "nan"}, ["DELIVERY_SETTLE is nan, out of range. Write a number from 0 to 3600."]),
    ({"LOG_LEVEL": "LOUD"}, ["LOG_LEVEL is 'LOUD'. Write one of DEBUG, INFO, WARNING, ERROR."]),
    ({"LOG_FORMAT": "xml"}, ["LOG_FORMAT is 'xml'. Write one of json, console."]),
    ({"MATURITY_TICK": "-1"}, ["MATURITY_TICK is -1, out of range. Write a number from 0.01 to 60."]),
    ({"MATURITY_CLOCK_FILE": "nowhere"}, ["MATURITY_CLOCK_FILE names no file. Leave it out"]),
    ({"SLACK_BOT_TOKEN": ""}, ["SLACK_BOT_TOKEN is missing. Copy the bot token"]),
    ({"SLACK_SIGNING_SECRET": ""}, ["SLACK_APP_TOKEN is missing. Copy the app-level token (xapp-...)"]),
    (
        {"SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "secret", "MATURITY_ENCRYPTION_KEY": "key"},
        ["SLACK_BOT_TOKEN and SLACK_CLIENT_ID contradict each other. Keep the token for one workspace"],
    ),
    (
        {"SLACK_BOT_TOKEN": "xoxp-1", "SLACK_SIGNING_SECRET": "", "PORT": "http"},
        ["SLACK_BOT_TOKEN doesn't begin with", "PORT is 'http'", "SLACK_APP_TOKEN is missing"],
    ),
]
MANY_FAULTS = [
    ({}, ["MATURITY_ENCRYPTION_KEY is missing: the tokens of many workspaces are stored encrypted. `maturity key`"]),
    (
        {"SLACK_CLIENT_SECRET": "", "MATURITY_ENCRYPTION_KEY": KEY},
        ["SLACK_CLIENT_SECRET is missing beside SLACK_CLIENT_ID. Set both, or neither."],
    ),
    (
        {"SLACK_CLIENT_ID": "", "MATURITY_ENCRYPTION_KEY": KEY},
        ["SLACK_CLIENT_ID is missing beside SLACK_CLIENT_SECRET. Set both, or neither."],
    ),
]


def name_of(environment: dict[str, str]) -> str:
    return ",".join(f"{name}={value}" for name, value in environment.items()) or "nothing"


def left_in(directory: Path) -> list[Path]:
    return list(directory.iterdir())


@dataclass
class Started:
    """The program, in a folder of its own, in an environment of these variables alone."""

    monkeypatch: pytest.MonkeyPatch
    capsys: pytest.CaptureFixture[str]
    directory: Path

    def check(self, part: str, environment: dict[str, str], said: list[str]) -> None:
        """Start it within this process, which takes milliseconds, and see that it says this and begins nothing."""
        for name in os.environ.keys() - INHERITED:
            self.monkeypatch.delenv(name)
        for name, value in environment.items():
            self.monkeypatch.setenv(name, value)
        self.monkeypatch.chdir(self.directory)
        assert main([part]) == 78
        told = self.capsys.readouterr()
        assert told.out == ""
        if any(" is missing" in each for each in said):
            said = [*said, f"No .env was found in {self.directory}, where this was started."]
        assert len(told.err.splitlines()) == len(said), told.err
        for line, beginning in zip(told.err.splitlines(), said, strict=True):
            assert line.startswith(beginning), told.err
        assert left_in(self.directory) == []


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Started:
    return Started(monkeypatch, capsys, tmp_path)


@pytest.mark.parametrize(("wrong", "said"), [pytest.param(wrong, said, id=name_of(wrong)) for wrong, said in FAULTS])
def test_each_fault_is_one_line_with_its_mend(wrong: dict[str, str], said: list[str], started: Started) -> None:
    started.check("run", GOOD | wrong, said)


@pytest.mark.parametrize(
    ("wrong", "said"), [pytest.param(wrong, said, id=name_of(wrong)) for wrong, said in MANY_FAULTS]
)
def test_each_fault_of_a_bot_for_many_workspaces_is_one_line(
    wrong: dict[str, str], said: list[str], started: Started
) -> None:
    started.check("web", MANY | wrong, said)


async def test_a_variable_in_a_file_beside_the_program_counts_unless_the_environment_says_otherwise(
    tmp_path: Path,
) -> None:
    (tmp_path / ".env").write_text("PORT=http\nLOG_FORMAT=xml\n")
    told = await ended("run", environment=GOOD | {"LOG_FORMAT": "json"}, directory=tmp_path)
    assert told.code == 78
    assert told.err.startswith("PORT is 'http', not a number.")
    assert "LOG_FORMAT" not in told.err


async def test_where_a_file_lacks_a_variable_no_other_place_is_named(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("SLACK_BOT_TOKEN=xoxb-1\n")
    told = await ended("web", environment={}, directory=tmp_path)
    assert told.code == 78
    assert "SLACK_APP_TOKEN is missing." in told.err
    assert ".env" not in told.err


async def test_a_file_of_variables_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    """As one of another user's; whoever runs the tests as root may read all of them, but not this."""
    (tmp_path / ".env").symlink_to("/proc/self/mem")
    told = await ended("doctor", environment=GOOD, directory=tmp_path)
    assert told.code == 78
    assert told.err == (
        f"{tmp_path}/.env can't be read (Input/output error). Start the program as the user who owns it, or let this "
        "user read it.\n"
    )


async def test_a_file_of_variables_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes("MATURITY_RUBRIC=Stärke".encode("latin-1"))
    told = await ended("doctor", environment=GOOD, directory=tmp_path)
    assert told.code == 78
    assert told.err == f"{tmp_path}/.env isn't written in UTF-8. Save it as UTF-8.\n"


async def test_a_worker_needs_no_signing_secret(tmp_path: Path) -> None:
    told = await ended("worker", environment={"SLACK_BOT_TOKEN": "xoxb-1"}, directory=tmp_path)
    assert told.err.startswith("The database is behind this program (it is at nothing,")


@pytest.mark.parametrize("command", ["run", "web", "worker", "doctor"])
async def test_a_key_that_is_none_is_told_without_repeating_it_and_no_database_is_waited_for(
    command: str, tmp_path: Path
) -> None:
    environment = MANY | {"MATURITY_ENCRYPTION_KEY": "hunter2", "DATABASE_URL": "postgresql://me@127.0.0.1:1/maturity"}
    told = await ended(command, environment=environment, directory=tmp_path)
    assert told.code == 78
    assert told.err == (
        "MATURITY_ENCRYPTION_KEY holds something that is no key, in place 1 of 1. "
        "`maturity key` prints one; several are separated by commas, the newest first.\n"
    )


async def test_the_doctor_tells_it_to_programs_too(tmp_path: Path) -> None:
    environment = GOOD | {"SLACK_BOT_TOKEN": "xoxe.xoxb-1", "PORT": "http"}
    told = await ended("doctor", "--json", environment=environment, directory=tmp_path)
    assert told.code == 78
    found = json.loads(told.out)
    assert [each["subject"] for each in found] == ["configuration", "configuration"]
    assert found[0]["says"] == "SLACK_BOT_TOKEN is a token that rotates: it runs out within hours"
    assert found[0]["fix"].startswith("Make the app anew from `maturity manifest`, without token rotation")
    assert len(told.err.splitlines()) == 2
