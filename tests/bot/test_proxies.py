"""Which proxy a call goes through: by scheme, by NO_PROXY, and never to this machine."""

from pathlib import Path

import pytest

from bot.kit.proxies import Proxies, without_password
from bot.kit.settings import read
from tests.bot.test_settings import ONE, faults

BOTH = Proxies(https="http://secure:1", http="http://plain:2", direct="internal.example, .corp, files.slack.com:443")


@pytest.mark.parametrize(
    ("url", "proxy"),
    [
        ("https://slack.com/api/", "http://secure:1"),
        ("wss://wss-primary.slack.com/link", "http://secure:1"),
        ("http://slack.test/api/", "http://plain:2"),
        ("ws://slack.test/link", "http://plain:2"),
        ("https://internal.example/api/", None),
        ("https://slack.internal.example/api/", None),
        ("https://slack.corp/api/", None),
        ("https://files.slack.com:443/upload", None),
        ("http://127.0.0.1:8000/api/", None),
        ("http://127.9.9.9/api/", None),
        ("http://[::1]:8000/api/", None),
        ("http://localhost/api/", None),
        ("http://demo.localhost:8000/api/", None),
        ("https://localhost.example/api/", "http://secure:1"),
    ],
)
def test_the_proxy_for_an_address(url: str, proxy: str | None) -> None:
    assert BOTH.to(url) == proxy


def test_a_star_lets_everything_go_directly() -> None:
    assert Proxies(https="http://secure:1", direct="*").to("https://slack.com/api/") is None


def test_the_environment_says_it_in_capitals_or_small_letters_and_a_bare_host_is_http() -> None:
    settings = read("run", ONE | {"https_proxy": "proxy.example:3128", "NO_PROXY": "corp"})
    assert settings.proxies.to("https://slack.com/api/") == "http://proxy.example:3128"
    assert settings.proxies.to("https://slack.corp/api/") is None


def test_they_are_taken_out_of_the_environment_where_slacks_client_would_find_them() -> None:
    environment = ONE | {"https_proxy": "http://proxy.example", "HTTP_PROXY": "http://p", "NO_PROXY": "*"}
    read("run", environment)
    assert environment == {}


def test_a_proxy_of_another_kind_is_a_fault_that_repeats_no_password() -> None:
    (line,) = faults(ONE | {"HTTPS_PROXY": "socks5://me:hunter2@proxy:1080"})
    assert line == "HTTPS_PROXY is no address of an HTTP proxy. Write http://host:port, or leave it out."
    assert "hunter2" not in repr(read("run", ONE | {"HTTPS_PROXY": "http://me:hunter2@proxy"}))
    assert without_password("http://me:hunter2@proxy:3128") == "http://proxy:3128"


def test_a_file_without_certificates_is_a_fault(tmp_path: Path) -> None:
    (line,) = faults(ONE | {"SSL_CERT_FILE": f"{tmp_path}/nowhere.pem"})
    assert line.startswith("SSL_CERT_FILE names ")
    assert line.endswith("which holds no certificates in PEM form. Correct the path.")


def test_with_govslacks_api_oauth_begins_at_govslack() -> None:
    settings = read("run", ONE | {"SLACK_API_URL": "https://slack-gov.com/api"})
    assert settings.authorize_url == "https://slack-gov.com/oauth/v2/authorize"
