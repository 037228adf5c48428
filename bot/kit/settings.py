"""The environment, read once: every fault named in a line of its own with its mend."""

import os
import ssl
from collections.abc import MutableMapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal
from urllib.parse import urlsplit

from sqlalchemy.engine import URL

from bot.kit.errors import StartError, UnsetError
from bot.kit.proxies import VARIABLES, Proxies
from storage.engine import Limits, read_url

SECRETS = ("SLACK_SIGNING_SECRET", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET",
           "MATURITY_ENCRYPTION_KEY", "DATABASE_URL")  # fmt: skip
"""Taken out of the environment once read: child processes don't inherit them, and Bolt, which reads some of them by
itself, doesn't set up a second OAuth flow of its own.
"""

Part = Literal["run", "web", "worker"]
"""What can be started."""
Purpose = Part | Literal["database"]
"""What settings are read for: `database` needs no Slack."""

DATABASE_URL = "sqlite:///maturity.db"
SLACK_API_URL = "https://slack.com/api/"
AUTHORIZE_URL = "https://slack.com/oauth/v2/authorize"
GOV_AUTHORIZE_URL = "https://slack-gov.com/oauth/v2/authorize"
"""GovSlack's, where SLACK_API_URL is GovSlack's."""
HOST, PORT = "0.0.0.0", 3000  # noqa: S104 - a web process is reached from outside its container
SOCKET_MODE_HOST = "127.0.0.1"  # Slack comes over a connection of ours: what listens is for this machine's monitors
DELIVERY_RATE, DELIVERY_BURST, DELIVERY_SETTLE = 4.0, 20, 60.0
LOG_LEVEL: Final = "INFO"
LOG_FORMAT: Final = "console"
LEASE, TICK, ANSWER_WITHIN = 90.0, 1.0, 2.5
"""What counts where the environment says nothing; the README has it in a table."""
CALL_SHARE = 0.8
"""How much of the time for an answer there is for a call of Slack's in it: what is left is the database's."""
CALL_WITHIN = ANSWER_WITHIN * CALL_SHARE
PERSON_SHARE = 0.4
"""How much of it Slack has to say who somebody is, before anything is decided about them: a second of 2.5."""
PERSON_WITHIN = ANSWER_WITHIN * PERSON_SHARE


@dataclass(frozen=True, slots=True)
class Settings:
    """All that the environment decides. Secrets don't show in its representation."""

    database_url: URL
    signing_secret: str | None = field(default=None, repr=False)
    bot_token: str | None = field(default=None, repr=False)
    client_id: str | None = None
    client_secret: str | None = field(default=None, repr=False)
    app_token: str | None = field(default=None, repr=False)
    slack_api_url: str = SLACK_API_URL
    authorize_url: str = AUTHORIZE_URL
    host: str = HOST
    port: int = PORT
    encryption_keys: tuple[str, ...] = field(default=(), repr=False)
    rubric: Path | None = None
    delivery_rate: float = DELIVERY_RATE
    delivery_burst: int = DELIVERY_BURST
    delivery_settle: float = DELIVERY_SETTLE
    log_level: str = LOG_LEVEL
    log_format: Literal["json", "console"] = LOG_FORMAT
    clock_file: Path | None = None
    lease: float = LEASE
    """Seconds that a worker has to deliver what it claimed, before another may take it over."""
    tick: float = TICK
    """Seconds between two looks at the database."""
    proxies: Proxies = field(default_factory=Proxies)
    ca_file: Path | None = None
    """Certificate authorities to believe in place of the system's. OpenSSL reads the variable itself."""
    database_limits: Limits = field(default_factory=Limits)
    answer_within: float = ANSWER_WITHIN
    """Seconds after which Slack is answered, whatever the database does; of its three, half a one is for the way."""

    @property
    def call_within(self) -> float:
        """Seconds that an answer waits for a call of Slack's, which then goes on beside it."""
        return self.answer_within * CALL_SHARE

    @property
    def person_within(self) -> float:
        """Seconds that an answer waits for Slack to say who somebody is."""
        return self.answer_within * PERSON_SHARE

    @property
    def socket_mode(self) -> bool:
        return self.app_token is not None

    @property
    def many_workspaces(self) -> bool:
        return self.client_id is not None


def is_gov(api_url: str) -> bool:
    """Whether the Web API is GovSlack's."""
    return urlsplit(api_url).hostname == "slack-gov.com"


def _is_http(address: str) -> bool:
    """Whether it names a host that can be called over HTTP, and, where it names a port, a port that there can be."""
    try:
        parts = urlsplit(address)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:  # half an IPv6 address, or a port that is no number
        return False


class _Reader:
    def __init__(self, environment: MutableMapping[str, str]) -> None:
        self.environment = environment
        self.faults: list[str] = []
        self.lacks_something = False
        """Whether something that is needed is not set."""

    def text(self, name: str) -> str | None:
        return self.environment.get(name, "").strip() or None

    def fault(self, name: str, sentence: str) -> None:
        self.faults.append(f"{name} {sentence}")

    def missing(self, name: str, sentence: str) -> None:
        self.lacks_something = True
        self.fault(name, f"is missing{sentence}")

    def number(self, name: str, default: float, *, lowest: float, highest: float) -> float:
        text = self.text(name)
        if text is None:
            return default
        try:
            value = float(text)
        except ValueError:
            self.fault(name, f"is {text!r}, not a number. Write one from {lowest:g} to {highest:g}, or leave it out.")
            return default
        if not lowest <= value <= highest:
            self.fault(name, f"is {text}, out of range. Write a number from {lowest:g} to {highest:g}.")
            return default
        return value

    def whole(self, name: str, default: int, *, lowest: int, highest: int) -> int:
        value = self.number(name, default, lowest=lowest, highest=highest)
        if value != int(value):
            self.fault(name, f"is {value:g}. Write a whole number from {lowest} to {highest}.")
        return int(value)

    def token(self, name: str, prefix: str) -> str | None:
        value = self.text(name)
        if value is not None and value.startswith("xoxe"):
            self.fault(
                name,
                "is a token that rotates: it runs out within hours. Make the app anew from `maturity manifest`, "
                "without token rotation, which can't be switched off again, and copy that one's token.",
            )
        elif value is not None and not value.startswith(prefix):
            self.fault(name, f"doesn't begin with {prefix}. Copy it anew from your app's page at Slack.")
        return value

    def address(self, name: str, default: str) -> str:
        value = self.text(name) or default
        if not _is_http(value):
            self.fault(name, f"is {value!r}, not an address. Write one that begins with https://, or leave it out.")
            return default
        return value

    def either(self, name: str) -> str | None:
        """A variable that may be written in capitals or in small letters, which come first."""
        return self.text(name.lower()) or self.text(name)

    def proxy(self, name: str) -> str | None:
        """A proxy's address."""
        value = self.either(name)
        if value is None:
            return None
        value = value if "://" in value else f"http://{value}"
        if not _is_http(value):
            self.fault(name, "is no address of an HTTP proxy. Write http://host:port, or leave it out.")
        return value

    def keys(self, name: str, given: tuple[str, ...]) -> None:
        """See that each is one that grants can be sealed with."""
        from storage.installations import keyring  # what only a program for many workspaces needs

        try:
            keyring(given)
        except ValueError as error:
            self.fault(name, str(error).removeprefix(f"{name} "))

    def one_of(self, name: str, default: str, choices: tuple[str, ...]) -> str:
        value = self.text(name) or default
        for choice in choices:
            if choice.lower() == value.lower():
                return choice
        self.fault(name, f"is {value!r}. Write one of {', '.join(choices)}.")
        return default


def read(part: Purpose, environment: MutableMapping[str, str] = os.environ) -> Settings:
    """The settings for one part of the program; StartError with a line for each fault."""
    reader = _Reader(environment)
    try:
        database_url = read_url(reader.text("DATABASE_URL") or DATABASE_URL)
    except ValueError as error:
        reader.fault("DATABASE_URL", str(error))
        database_url = read_url(DATABASE_URL)
    keys = tuple(key.strip() for key in (reader.text("MATURITY_ENCRYPTION_KEY") or "").split(",") if key.strip())
    api_url = reader.address("SLACK_API_URL", SLACK_API_URL)
    rubric = reader.text("MATURITY_RUBRIC")
    clock_file = reader.text("MATURITY_CLOCK_FILE")
    ca_file = reader.text("SSL_CERT_FILE")
    settings = Settings(
        database_url=database_url,
        signing_secret=reader.text("SLACK_SIGNING_SECRET"),
        bot_token=reader.token("SLACK_BOT_TOKEN", "xoxb-"),
        client_id=reader.text("SLACK_CLIENT_ID"),
        client_secret=reader.text("SLACK_CLIENT_SECRET"),
        app_token=reader.token("SLACK_APP_TOKEN", "xapp-"),
        slack_api_url=api_url if api_url.endswith("/") else api_url + "/",
        authorize_url=reader.address("SLACK_AUTHORIZE_URL", GOV_AUTHORIZE_URL if is_gov(api_url) else AUTHORIZE_URL),
        host=reader.text("HOST") or (SOCKET_MODE_HOST if reader.text("SLACK_APP_TOKEN") else HOST),
        port=reader.whole("PORT", PORT, lowest=0, highest=65535),
        encryption_keys=keys,
        rubric=Path(rubric) if rubric else None,
        delivery_rate=reader.number("DELIVERY_RATE", DELIVERY_RATE, lowest=0.1, highest=1000),
        delivery_burst=reader.whole("DELIVERY_BURST", DELIVERY_BURST, lowest=1, highest=1000),
        delivery_settle=reader.number("DELIVERY_SETTLE", DELIVERY_SETTLE, lowest=0, highest=3600),
        log_level=reader.one_of("LOG_LEVEL", LOG_LEVEL, ("DEBUG", "INFO", "WARNING", "ERROR")),
        log_format="json" if reader.one_of("LOG_FORMAT", LOG_FORMAT, ("json", "console")) == "json" else "console",
        clock_file=Path(clock_file) if clock_file else None,
        lease=reader.number("MATURITY_LEASE", LEASE, lowest=1, highest=3600),
        tick=reader.number("MATURITY_TICK", TICK, lowest=0.01, highest=60),
        proxies=Proxies(
            https=reader.proxy("HTTPS_PROXY"),
            http=reader.proxy("HTTP_PROXY"),
            direct=reader.either("NO_PROXY") or "",
        ),
        ca_file=Path(ca_file) if ca_file else None,
        database_limits=Limits(
            pool_size=reader.whole("DATABASE_POOL_SIZE", Limits().pool_size, lowest=1, highest=1000),
            max_overflow=reader.whole("DATABASE_MAX_OVERFLOW", Limits().max_overflow, lowest=0, highest=1000),
            prepared_statements=reader.one_of("DATABASE_PREPARED_STATEMENTS", "on", ("on", "off")) == "on",
        ),
        answer_within=reader.number("MATURITY_ANSWER_WITHIN", ANSWER_WITHIN, lowest=0.1, highest=600),
    )
    if settings.clock_file is not None and not settings.clock_file.is_file():
        reader.fault(
            "MATURITY_CLOCK_FILE", "names no file. Leave it out: the machine's clock is right for all but demos."
        )
    if settings.ca_file is not None:
        try:
            ssl.create_default_context(cafile=str(settings.ca_file))
        except OSError:  # ssl.SSLError is one
            reader.fault(
                "SSL_CERT_FILE", f"names {settings.ca_file}, which holds no certificates in PEM form. Correct the path."
            )
    if part != "database":
        _check_slack(reader, settings, part)
    if reader.faults:
        raise (UnsetError if reader.lacks_something else StartError)(*reader.faults)
    for name in (*SECRETS, *VARIABLES, *map(str.lower, VARIABLES)):
        environment.pop(name, None)
    return settings


def _check_slack(reader: _Reader, settings: Settings, part: Purpose) -> None:
    one, many = settings.bot_token is not None, settings.client_id is not None or settings.client_secret is not None
    if one and many:
        reader.fault(
            "SLACK_BOT_TOKEN",
            "and SLACK_CLIENT_ID contradict each other. Keep the token for one workspace, or the client id and secret "
            "for many.",
        )
    if not one and not many:
        reader.missing(
            "SLACK_BOT_TOKEN",
            ". Copy the bot token (xoxb-...) from your app's page at Slack, or set SLACK_CLIENT_ID and "
            "SLACK_CLIENT_SECRET to serve many workspaces.",
        )
    if many and settings.client_id is None:
        reader.missing("SLACK_CLIENT_ID", " beside SLACK_CLIENT_SECRET. Set both, or neither.")
    if many and settings.client_secret is None:
        reader.missing("SLACK_CLIENT_SECRET", " beside SLACK_CLIENT_ID. Set both, or neither.")
    if many and not one and not settings.encryption_keys:
        reader.missing(
            "MATURITY_ENCRYPTION_KEY",
            ": the tokens of many workspaces are stored encrypted. `maturity key` prints one.",
        )
    elif many and not one:
        reader.keys("MATURITY_ENCRYPTION_KEY", settings.encryption_keys)
    if part == "worker" or settings.signing_secret is not None or settings.socket_mode:
        return
    if one and not many:
        reader.missing(
            "SLACK_APP_TOKEN",
            ". Copy the app-level token (xapp-...) from your app's page at Slack (Basic Information, "
            "App-Level Tokens). To serve over HTTP instead, set SLACK_SIGNING_SECRET.",
        )
    else:
        reader.missing(
            "SLACK_SIGNING_SECRET",
            ": without it nobody can tell Slack's requests from forged ones. Copy it from your app's page "
            "at Slack (Basic Information).",
        )
