"""An app as its owner configures it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(kw_only=True, eq=False)
class AppSettings:
    """`request_url` None means Socket Mode; it can be changed at any time."""

    id: str
    name: str
    client_id: str
    client_secret: str
    signing_secret: str
    verification_token: str
    app_token: str
    scopes: tuple[str, ...]
    commands: tuple[str, ...]
    events: tuple[str, ...]
    request_url: str | None
    redirect_urls: tuple[str, ...]
    should_escape: bool
    home_tab_enabled: bool
    messages_tab_enabled: bool
    hints: Mapping[str, Mapping[str, str]]
    """By command, the `description` and the `usage_hint` that clients show while one types."""
    rotates_tokens: bool = False
    """Token rotation: what it is granted from now on runs out, and comes with a token to renew it by."""
