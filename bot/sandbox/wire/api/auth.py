"""Methods about the caller's identity, connections, tokens and installations."""

from __future__ import annotations

from bot.sandbox.state.content import JSON, Refused
from bot.sandbox.wire.api.call import Call, Method

ROTATES_AFTER = 43_200
"""Seconds."""


def api_test(call: Call) -> JSON:
    arguments = {name: value for name, value in call.arguments.items() if name != "token"}
    if "error" in arguments:
        raise Refused(str(arguments["error"]), args=arguments)
    return {"args": arguments} if arguments else {}


def auth_test(call: Call) -> JSON:
    installation, workspace = call.installation, call.workspace
    return {
        "url": f"https://{workspace.domain}.slack.com/",
        "team": workspace.name,
        "user": installation.bot.username,
        "team_id": workspace.id,
        "user_id": installation.bot_user_id,
        "bot_id": installation.bot_id,
        "is_enterprise_install": False,
    } | ({"enterprise_id": workspace.enterprise_id} if workspace.enterprise_id is not None else {})


def auth_revoke(call: Call) -> JSON:
    if call.flag("test"):
        return {"revoked": False}
    call.app.end(call.installation, "token_revoked")
    return {"revoked": True}


def apps_uninstall(call: Call) -> JSON:
    app = call.app
    if not any(one.client_id == call.text("client_id") for one in call.sandbox.apps.values()):
        raise Refused("invalid_client_id")
    if call.text("client_id") != app.client_id:
        raise Refused("client_id_token_mismatch")
    if call.text("client_secret") != app.client_secret:
        raise Refused("bad_client_secret")
    app.uninstall(call.workspace)
    return {}


def connections_open(call: Call) -> JSON:
    return {"url": call.sandbox.socket_mode.ticket_url(call.app)}


def oauth_access(call: Call) -> JSON:
    installation = call.sandbox.grants.exchange(call.arguments)
    workspace, installer = installation.workspace, installation.installer
    whole = installation.for_organisation
    renewed = {"refresh_token": call.sandbox.ids.secret("xoxe-1-"), "expires_in": ROTATES_AFTER}
    return {
        "access_token": installation.bot_token,
        "token_type": "bot",
        "scope": ",".join(installation.scopes),
        "bot_user_id": installation.bot_user_id,
        "app_id": installation.app.id,
        "team": None if whole else {"id": workspace.id, "name": workspace.name},
        "enterprise": {"id": "E0ORGANISATION", "name": "Organisation"} if whole else None,
        "is_enterprise_install": whole,
        "authed_user": {"id": installer.id if installer else installation.bot_user_id},
        **(renewed if installation.app.rotates_tokens else {}),
    }


METHODS = {
    "api.test": Method(answer=api_test, bearer="nobody"),
    "auth.test": Method(answer=auth_test),
    "auth.revoke": Method(answer=auth_revoke),
    "apps.uninstall": Method(answer=apps_uninstall, required=("client_id", "client_secret")),
    "apps.connections.open": Method(answer=connections_open, bearer="app"),
    "oauth.v2.access": Method(answer=oauth_access, bearer="nobody"),
}
