"""What Slack grants to who installs the app, and the store that keeps it."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from slack_sdk.oauth.installation_store import Installation

from storage.installations import WORKSPACE_URL, SealedInstallationStore, new_key
from tests.storage.builders import HOME, NOW

KEY = new_key()
EXPIRY = int(datetime(2026, 9, 16, 3, 0, tzinfo=UTC).timestamp())

OpenStore = Callable[..., SealedInstallationStore]
"""The fixture `store_with`: the store as a process with these keys opens it."""


def grant(workspace_id: str | None = HOME, **changes: Any) -> Installation:
    """A grant with everything that Slack can put into one."""
    given: dict[str, Any] = {
        "app_id": "A1",
        "team_id": workspace_id,
        "team_name": "City of Example",
        "bot_token": "xoxb-the-bots-secret",
        "bot_id": "B1",
        "bot_user_id": "U1BOT",
        "bot_scopes": ["chat:write", "commands"],
        "bot_refresh_token": "xoxe-1-refresh-secret",
        "bot_token_expires_at": EXPIRY,
        "user_id": "U1INSTALLER",
        "user_token": "xoxp-the-installers-secret",
        "user_scopes": "identify",
        "installed_at": NOW.timestamp(),
        "custom_values": {WORKSPACE_URL: "https://example.slack.com/", "note": "ä"},
    }
    return Installation(**given | changes)


async def found(store: SealedInstallationStore, workspace_id: str = HOME, **by: Any) -> Installation | None:
    """The workspace's grant, where there is one."""
    return await store.async_find_installation(enterprise_id=None, team_id=workspace_id, **by)


async def kept(store: SealedInstallationStore) -> Installation:
    """HOME's grant, which must be there."""
    grant_kept = await found(store)
    assert grant_kept is not None
    return grant_kept
