"""The Slack app's manifest, made from what the code uses, so that the two can't drift."""

import json
from typing import Any

from bot.program.workspace_events import EVENTS
from bot.slack.ids import APP_NAME, COMMAND

SCOPES = {
    "channels:join": "to enter the public channel of a team that sets up check-ins",
    "channels:read": "to read who is in a team's channel",
    "chat:write": "to ask, and to post summaries",
    "commands": "for /maturity",
    "files:write": "for the summary's picture",
    "groups:read": "to read who is in a team's private channel",
    "im:history": "to look whether a direct message of unknown fate arrived, before it is sent again",
    "im:write": "to ask people in direct messages",
    "usergroups:read": "for teams made of a user group",
    "users:read": "for time zones, and to leave out bots, guests and deactivated people",
}
"""The bot's permissions, each with its reason. `maturity doctor` compares them with what Slack granted."""


def manifest(*, address: str | None) -> dict[str, Any]:
    """Slack's app manifest, for Socket Mode (no address) or for HTTP at `https://host`."""
    request_url = None if address is None else address.rstrip("/") + "/slack/events"
    at = {} if request_url is None else {"request_url": request_url}
    command: dict[str, Any] = {
        "command": COMMAND,
        "description": "Team check-ins on a maturity model",
        "usage_hint": "setup | start | checkin | summary | help",
        "should_escape": True,
    }
    oauth: dict[str, Any] = {"scopes": {"bot": sorted(SCOPES)}}
    if address is not None:
        command["url"] = request_url
        oauth["redirect_urls"] = [address.rstrip("/") + "/slack/oauth_redirect"]
    return {
        "_metadata": {"major_version": 1, "minor_version": 1},
        "display_information": {
            "name": "Maturity check-ins",
            "description": "Asks teams where they stand, and suggests the next step",
            "background_color": "#1f4e5a",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": True,
            },
            "bot_user": {"display_name": APP_NAME, "always_online": True},
            "slash_commands": [command],
        },
        "oauth_config": oauth,
        "settings": {
            "event_subscriptions": at | {"bot_events": sorted(EVENTS)},
            "interactivity": {"is_enabled": True} | at | ({"message_menu_options_url": request_url} if at else {}),
            "org_deploy_enabled": False,
            "socket_mode_enabled": address is None,
            "token_rotation_enabled": False,
        },
    }


def document(*, address: str | None) -> str:
    """The manifest as the JSON text that Slack's "Create an app from a manifest" takes."""
    return json.dumps(manifest(address=address), indent=2)
