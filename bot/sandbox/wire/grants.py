"""The consents of people who install an app, and the codes that the app exchanges for its token."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.sandbox.state.content import JSON, Refused
from bot.sandbox.state.records import Account, App, Installation, Tenant, World

CODE_LIFETIME = timedelta(minutes=10)


@dataclass(kw_only=True, eq=False)
class Grant:
    """A person's consent, waiting behind its code."""

    app: App
    workspace: Tenant
    person: Account | None
    scopes: tuple[str, ...]
    redirect_uri: str
    issued: datetime
    for_organisation: bool = False


class Grants:
    """Codes that were handed out and not used yet."""

    def __init__(self, sandbox: World) -> None:
        self._sandbox = sandbox
        self._grants: dict[str, Grant] = {}

    def issue(
        self,
        app: App,
        workspace: Tenant,
        *,
        person: Account | None,
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
