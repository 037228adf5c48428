"""OAuth: the page on which a person installs an app, and the code that the app exchanges for its token."""

from __future__ import annotations

import html
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.sandbox.state.records import JSON, Refused

if TYPE_CHECKING:
    from bot.sandbox.people.person import Person
    from bot.sandbox.sandbox import Sandbox
    from bot.sandbox.state.apps import App, Installation
    from bot.sandbox.state.workspace import Workspace

CODE_LIFETIME = timedelta(minutes=10)


@dataclass(kw_only=True, eq=False)
class Grant:
    """A person's consent, waiting behind its code."""

    app: App
    workspace: Workspace
    person: Person | None
    scopes: tuple[str, ...]
    redirect_uri: str
    issued: datetime
    for_organisation: bool = False


class Grants:
    """Codes that were handed out and not used yet."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._grants: dict[str, Grant] = {}

    def issue(
        self,
        app: App,
        workspace: Workspace,
        *,
        person: Person | None,
        scopes: tuple[str, ...],
        redirect_uri: str,
        for_organisation: bool = False,
    ) -> str:
        code = f"{self._sandbox.ids.number()}.{self._sandbox.ids.secret(length=40)}"
        self._grants[code] = Grant(
            app=app,
            workspace=workspace,
            person=person,
            scopes=scopes,
            redirect_uri=redirect_uri,
            issued=self._sandbox.now(),
            for_organisation=for_organisation,
        )
        return code

    def exchange(self, arguments: JSON) -> Installation:
        """The installation that a code stands for. Raises Refused as `oauth.v2.access` does."""
        apps = self._sandbox.apps.values()
        app = next((one for one in apps if one.client_id == arguments.get("client_id")), None)
        if app is None:
            raise Refused("invalid_client_id")
        if arguments.get("client_secret") != app.client_secret:
            raise Refused("bad_client_secret")
        grant = self._grants.get(arguments.get("code", ""))
        if grant is None or grant.app is not app or self._sandbox.now() - grant.issued > CODE_LIFETIME:
            raise Refused("invalid_code")
        if arguments.get("redirect_uri", grant.redirect_uri) != grant.redirect_uri:
            raise Refused("bad_redirect_uri")
        if not grant.scopes:
            raise Refused("no_scopes")
        del self._grants[arguments["code"]]
        installation = app.install(grant.workspace, scopes=grant.scopes, by=grant.person)
        installation.for_organisation = grant.for_organisation
        return installation


async def authorize(request: Request) -> Response:
    """Where `Add to Slack` leads.

    With one workspace, or `team` in the query, the consent is given at once; `user` names who gives it, else the
    first owner or admin does. With several, a page lets one choose. `deny` sends back `error=access_denied`;
    `organisation` consents for the whole of one.
    """
    sandbox: Sandbox = request.app.state.sandbox
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


def _workspace(sandbox: Sandbox, wanted: str | None) -> Workspace | None:
    if wanted is not None:
        return sandbox.workspaces.get(wanted)
    workspaces = list(sandbox.workspaces.values())
    return workspaces[0] if len(workspaces) == 1 else None


def _first_admin(workspace: Workspace) -> Person | None:
    people = [one for one in workspace.people.values() if not one.is_bot and one is not workspace.slackbot]
    return next((one for one in people if one.is_owner or one.is_admin), next(iter(people), None))


def _back(redirect_uri: str, query: dict[str, str]) -> Response:
    joined = "&" if "?" in redirect_uri else "?"
    return RedirectResponse(f"{redirect_uri}{joined}{urlencode(query)}", status_code=302)


def _page(title: str, body: str, *, status: int = 200) -> Response:
    safe = html.escape(title)
    return HTMLResponse(f"<!doctype html><title>{safe}</title><h1>{safe}</h1>{body}", status_code=status)
