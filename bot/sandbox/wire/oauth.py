"""OAuth: the page on which a person installs an app."""

from __future__ import annotations

import html
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.sandbox.state.records import Account, Tenant
from bot.sandbox.wire.service import Service


async def authorize(request: Request) -> Response:
    """The page that `Add to Slack` leads to.

    With one workspace, or `team` in the query, the consent is given at once; `user` names who gives it, else the
    first owner or admin does. With several, a page lets one choose. `deny` sends back `error=access_denied`;
    `organisation` consents for the whole of one.
    """
    sandbox: Service = request.app.state.sandbox
    query = dict(request.query_params)
    app = next((one for one in sandbox.apps.values() if one.client_id == query.get("client_id")), None)
    if app is None:
        return _page("Invalid client_id", "<p>No app has this client id.</p>", status=400)
    redirect_uri = query.get("redirect_uri") or next(iter(app.redirect_urls), "")
    if not any(redirect_uri.startswith(allowed) for allowed in app.redirect_urls):
        return _page("Bad redirect_uri", "<p>redirect_uri did not match any configured URIs.</p>", status=400)
    state = query.get("state", "")
    if "deny" in query:
        return _back(redirect_uri, {"error": "access_denied", "state": state})
    workspace = _workspace(sandbox, query.get("team"))
    if workspace is None:
        choices = "".join(
            f'<li><a href="?{html.escape(urlencode(query | {"team": one.id}))}">{html.escape(one.name)}</a></li>'
            for one in sandbox.workspaces.values()
        )
        return _page(f"{app.name} asks for access", f"<p>Install it in</p><ul>{choices}</ul>")
    scopes = tuple(scope for scope in query.get("scope", "").split(",") if scope)
    person = workspace.people.get(query.get("user", "")) or _first_admin(workspace)
    code = sandbox.grants.issue(
        app,
        workspace,
        person=person,
        scopes=scopes,
        redirect_uri=redirect_uri,
        for_organisation="organisation" in query,
    )
    sandbox.traffic.add("oauth", "authorize", body=query, status=302, response={"workspace": workspace.id})
    return _back(redirect_uri, {"code": code, "state": state})


def _workspace(sandbox: Service, wanted: str | None) -> Tenant | None:
    if wanted is not None:
        return sandbox.workspaces.get(wanted)
    workspaces = list(sandbox.workspaces.values())
    return workspaces[0] if len(workspaces) == 1 else None


def _first_admin(workspace: Tenant) -> Account | None:
    people = [one for one in workspace.people.values() if not one.is_bot and one is not workspace.slackbot]
    return next((one for one in people if one.is_owner or one.is_admin), next(iter(people), None))


def _back(redirect_uri: str, query: dict[str, str]) -> Response:
    joined = "&" if "?" in redirect_uri else "?"
    return RedirectResponse(f"{redirect_uri}{joined}{urlencode(query)}", status_code=302)


def _page(title: str, body: str, *, status: int = 200) -> Response:
    safe = html.escape(title)
    return HTMLResponse(f"<!doctype html><title>{safe}</title><h1>{safe}</h1>{body}", status_code=status)
