"""The environment, read: what an operator may write, and the line that answers each fault."""

from pathlib import Path

import pytest

from bot.kit.errors import StartError
from bot.kit.settings import SECRETS, Settings, read

NEWER, OLDER = "QmV0dGVyIHRoYW4gdGhlIGtleSBiZWZvcmUgaXQhISE=", "VGhlIGtleSB0aGF0IHNlYWxlZCBldmVyeXRoaW5nIDE="
ONE = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s3cret"}
MANY = {
    "SLACK_CLIENT_ID": "1.2",
    "SLACK_CLIENT_SECRET": "c3cret",
    "SLACK_SIGNING_SECRET": "s3cret",
    "MATURITY_ENCRYPTION_KEY": f" {NEWER} , {OLDER},",
}


def faults(environment: dict[str, str], part: str = "run") -> list[str]:
    with pytest.raises(StartError) as raised:
        read(part, dict(environment))  # type: ignore[arg-type] # a test's own text
    return list(raised.value.lines)


def test_two_secrets_are_all_that_one_workspace_needs() -> None:
    settings = read("run", dict(ONE))
    assert settings == Settings(database_url=settings.database_url, bot_token="xoxb-1", signing_secret="s3cret")
    assert settings.database_url.render_as_string() == "sqlite+aiosqlite:///maturity.db"
    assert (settings.port, settings.slack_api_url) == (3000, "https://slack.com/api/")
    assert (settings.delivery_rate, settings.delivery_burst, settings.delivery_settle) == (4, 20, 60)
    assert not settings.socket_mode
    assert not settings.many_workspaces


def test_in_socket_mode_only_this_machine_reaches_the_pages_unless_the_operator_says_so() -> None:
    assert read("run", dict(ONE)).host == "0.0.0.0"  # noqa: S104 - nothing is bound here
    assert read("run", ONE | {"SLACK_APP_TOKEN": "xapp-1"}).host == "127.0.0.1"
    assert read("run", ONE | {"SLACK_APP_TOKEN": "xapp-1", "HOST": "10.0.0.7"}).host == "10.0.0.7"


def test_everything_can_be_set(tmp_path: Path) -> None:
    clock = tmp_path / "clock"
    clock.write_text("0")
    settings = read(
        "run",
        ONE
        | {
            "SLACK_APP_TOKEN": "xapp-1",
            "SLACK_API_URL": "http://127.0.0.1:8000/api",
            "SLACK_AUTHORIZE_URL": "http://127.0.0.1:8000/authorize",
            "DATABASE_URL": "postgres://me:pass@host/maturity",
            "HOST": "127.0.0.1",
            "PORT": "8080",
            "MATURITY_RUBRIC": "ours.toml",
            "DELIVERY_RATE": "0.5",
            "DELIVERY_BURST": "5",
            "DELIVERY_SETTLE": "0",
            "LOG_LEVEL": "debug",
            "LOG_FORMAT": "JSON",
            "MATURITY_CLOCK_FILE": str(clock),
            "MATURITY_TICK": "0.05",
        },
    )
    assert settings.socket_mode
    assert settings.slack_api_url == "http://127.0.0.1:8000/api/"
    assert settings.authorize_url == "http://127.0.0.1:8000/authorize"
    assert settings.database_url.drivername == "postgresql+psycopg"
    assert (settings.host, settings.port) == ("127.0.0.1", 8080)
    assert settings.rubric == Path("ours.toml")
    assert (settings.delivery_rate, settings.delivery_burst, settings.delivery_settle) == (0.5, 5, 0)
    assert (settings.log_level, settings.log_format) == ("DEBUG", "json")
    assert (settings.clock_file, settings.tick) == (clock, 0.05)


def test_many_workspaces_need_a_client_and_a_key_the_newest_first() -> None:
    settings = read("web", dict(MANY))
    assert settings.many_workspaces
    assert settings.encryption_keys == (NEWER, OLDER)


def test_secrets_are_taken_out_of_the_environment_and_shown_nowhere() -> None:
    environment = MANY | {"HOST": "127.0.0.1", "DATABASE_URL": "postgresql://me:pass@host/x"}
    settings = read("run", environment)
    assert environment == {"HOST": "127.0.0.1"}
    assert not environment.keys() & set(SECRETS)
    assert not [secret for secret in ("c3cret", "s3cret", NEWER, "pass") if secret in repr(settings)]


def test_a_fault_takes_nothing_out_of_the_environment() -> None:
    environment = ONE | {"PORT": "many"}
    with pytest.raises(StartError):
        read("run", environment)
    assert environment == ONE | {"PORT": "many"}


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"PORT": "many"}, "PORT is 'many', not a number. Write one from 0 to 65535, or leave it out."),
        ({"PORT": "70000"}, "PORT is 70000, out of range. Write a number from 0 to 65535."),
        ({"DELIVERY_RATE": "nan"}, "DELIVERY_RATE is nan, out of range. Write a number from 0.1 to 1000."),
        ({"DELIVERY_RATE": "0"}, "DELIVERY_RATE is 0, out of range."),
        ({"DELIVERY_BURST": "0.5"}, "DELIVERY_BURST is 0.5, out of range."),
        ({"DELIVERY_BURST": "2.5"}, "DELIVERY_BURST is 2.5. Write a whole number from 1 to 1000."),
        ({"DELIVERY_SETTLE": "-1"}, "DELIVERY_SETTLE is -1, out of range."),
        ({"MATURITY_TICK": "0"}, "MATURITY_TICK is 0, out of range."),
        ({"SLACK_BOT_TOKEN": "xoxp-1"}, "SLACK_BOT_TOKEN doesn't begin with xoxb-."),
        ({"SLACK_APP_TOKEN": "xoxb-1"}, "SLACK_APP_TOKEN doesn't begin with xapp-."),
        ({"SLACK_API_URL": "slack.com/api"}, "SLACK_API_URL is 'slack.com/api', not an address."),
        ({"SLACK_AUTHORIZE_URL": "ftp://x"}, "SLACK_AUTHORIZE_URL is 'ftp://x', not an address."),
        ({"SLACK_API_URL": "https://[x"}, "SLACK_API_URL is 'https://[x', not an address."),
        ({"SLACK_API_URL": "https://slack.com:http/api"}, "SLACK_API_URL is 'https://slack.com:http/api', not an"),
        ({"SLACK_AUTHORIZE_URL": "https://slack.com:99999/"}, "SLACK_AUTHORIZE_URL is 'https://slack.com:99999/', not"),
        ({"HTTPS_PROXY": "http://[::1"}, "HTTPS_PROXY is no address of an HTTP proxy. Write http://host:port"),
        ({"HTTPS_PROXY": "http://p:notaport"}, "HTTPS_PROXY is no address of an HTTP proxy."),
        ({"http_proxy": "p:99999"}, "HTTP_PROXY is no address of an HTTP proxy."),
        ({"LOG_LEVEL": "loud"}, "LOG_LEVEL is 'loud'. Write one of DEBUG, INFO, WARNING, ERROR."),
        ({"LOG_FORMAT": "xml"}, "LOG_FORMAT is 'xml'. Write one of json, console."),
        ({"DATABASE_URL": "nonsense"}, "DATABASE_URL isn't a database URL."),
        ({"DATABASE_URL": "mysql://host/x"}, "DATABASE_URL names mysql, which is not supported."),
        ({"DATABASE_URL": "sqlite://"}, "DATABASE_URL names no file."),
        ({"DATABASE_URL": "postgresql://h:99999/db"}, "DATABASE_URL names port 99999, which there can't be."),
        ({"DATABASE_URL": "postgresql://h:0/db"}, "DATABASE_URL names port 0, which there can't be."),
        ({"DATABASE_URL": "postgresql://h:port/db"}, "DATABASE_URL isn't a database URL."),
        (
            {"DATABASE_URL": "postgresql://h/db?foo=bar"},
            "DATABASE_URL has an option after its ? that PostgreSQL doesn't",
        ),
        (
            {"DATABASE_URL": "postgresql:///db?host=a,b&port=1,2,3"},
            "or a value that it doesn't take (host, port). Correct it, or take it out.",
        ),
        ({"MATURITY_CLOCK_FILE": "nowhere"}, "MATURITY_CLOCK_FILE names no file."),
        ({"SLACK_SIGNING_SECRET": " "}, "SLACK_APP_TOKEN is missing"),
        ({"SLACK_BOT_TOKEN": ""}, "SLACK_BOT_TOKEN is missing."),
        (
            {"SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "x", "MATURITY_ENCRYPTION_KEY": "k"},
            "contradict each other",
        ),
    ],
)
def test_each_fault_is_one_line_that_says_what_to_write(environment: dict[str, str], said: str) -> None:
    (line,) = faults(ONE | environment)
    assert said in line


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ("SLACK_SIGNING_SECRET", "SLACK_SIGNING_SECRET is missing: without it nobody can tell"),
        ("SLACK_CLIENT_ID", "SLACK_CLIENT_ID is missing beside SLACK_CLIENT_SECRET. Set both, or neither."),
        ("SLACK_CLIENT_SECRET", "SLACK_CLIENT_SECRET is missing beside SLACK_CLIENT_ID. Set both, or neither."),
        ("MATURITY_ENCRYPTION_KEY", "MATURITY_ENCRYPTION_KEY is missing: the tokens of many workspaces"),
    ],
)
def test_half_of_what_many_workspaces_need_is_a_fault(missing: str, said: str) -> None:
    (line,) = faults({name: value for name, value in MANY.items() if name != missing})
    assert said in line


@pytest.mark.parametrize("part", ["run", "web", "worker"])
def test_a_key_that_is_none_is_told_with_everything_else(part: str) -> None:
    told = faults(MANY | {"MATURITY_ENCRYPTION_KEY": f"{NEWER},hunter2", "PORT": "http"}, part)
    assert [line.split()[0] for line in told] == ["PORT", "MATURITY_ENCRYPTION_KEY"]
    assert told[1].startswith("MATURITY_ENCRYPTION_KEY holds something that is no key, in place 2 of 2. `maturity key`")
    assert "hunter2" not in str(told)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://h/db?sslmode=require&connect_timeout=3&application_name=maturity",
        "postgresql:///db?host=/run/postgresql&port=5433",
        "postgresql://me@/db?host=one:5432&host=two:5433&target_session_attrs=read-write",
    ],
)
def test_what_postgresql_knows_may_stand_in_its_url(url: str) -> None:
    assert read("run", ONE | {"DATABASE_URL": url}).database_url.database == "db"


def test_all_faults_are_told_at_once() -> None:
    told = faults({"PORT": "x", "LOG_LEVEL": "y", "SLACK_APP_TOKEN": "z"})
    assert [line.split()[0] for line in told] == ["SLACK_APP_TOKEN", "PORT", "LOG_LEVEL", "SLACK_BOT_TOKEN"]


def test_a_worker_answers_nobody_and_needs_no_signing_secret() -> None:
    assert read("worker", {"SLACK_BOT_TOKEN": "xoxb-1"}).signing_secret is None


def test_socket_mode_needs_no_signing_secret() -> None:
    assert read("run", {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}).socket_mode


def test_the_database_is_brought_up_to_date_without_any_word_about_slack() -> None:
    settings = read("database", {"DATABASE_URL": "sqlite:///other.db"})
    assert settings.database_url.database == "other.db"


def test_no_fault_repeats_a_secret() -> None:
    told = faults(ONE | {"SLACK_BOT_TOKEN": "secret-token", "SLACK_APP_TOKEN": "secret-app"})
    assert "secret" not in " ".join(told)
