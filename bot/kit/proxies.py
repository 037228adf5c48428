"""Which proxy a call that leaves this machine goes through. Pure."""

import ipaddress
from dataclasses import dataclass, field
from urllib.parse import urlsplit
from urllib.request import proxy_bypass_environment  # type: ignore[attr-defined] # typeshed lacks it

VARIABLES = ("HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY")
"""Read in capitals or small letters, as everywhere, and then taken out of the environment: slack_sdk would find them
there by itself and knows nothing of NO_PROXY (slack_sdk/proxy_env_variable_loader.py).
"""


@dataclass(frozen=True, slots=True)
class Proxies:
    """The proxies of the environment; a user and password in their addresses don't show in a representation."""

    https: str | None = field(default=None, repr=False)
    http: str | None = field(default=None, repr=False)
    direct: str = ""
    """Hosts that are called directly, separated by commas, each with all below it; `*` for all."""

    def to(self, url: str) -> str | None:
        """The proxy for a URL; None where it is called directly. This machine always is."""
        parts = urlsplit(url)
        host = parts.hostname or ""
        proxy = self.https if parts.scheme in {"https", "wss"} else self.http
        if proxy is None or _is_this_machine(host):
            return None
        at = host if parts.port is None else f"{host}:{parts.port}"
        return None if proxy_bypass_environment(at, {"no": self.direct}) else proxy


def without_password(proxy: str) -> str:
    """A proxy's address as it may be shown."""
    parts = urlsplit(proxy)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"


def _is_this_machine(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
