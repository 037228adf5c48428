"""The pages by which a workspace installs the app."""

import html
import logging
import re
from collections.abc import Sequence

import aiohttp
from slack_bolt.error import BoltError
from slack_bolt.oauth.async_callback_options import AsyncFailureArgs
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.oauth.installation_store import Installation

from bot.access import profiles
from bot.kit.clock import Clock
from bot.kit.errors import StartError
from bot.kit.i18n import _
from bot.kit.settings import Settings
from bot.program.manifest import SCOPES
from bot.slack import ids
from bot.slack.calls import CALL_FAILED
from bot.slack.client import Slack, WorkspaceUnknownError
from storage.engine import Database
from storage.installations import (
    WORKSPACE_URL,
    SealedInstallationStore,
    StateStore,
    WrongKeyError,
    forget_sealed,
    rotate,
)

log = logging.getLogger(__name__)

CODE = re.compile(r"[A-Za-z0-9._-]{1,255}")
"""What Slack sends a browser back with."""


class OrganisationError(BoltError):
    """The app was installed for a whole organisation, not in a workspace."""

    def __init__(self) -> None:
        super().__init__("")


class RotatingTokenError(BoltError):
    """The app's tokens run out every twelve hours, and this program doesn't renew them."""

    def __init__(self) -> None:
        super().__init__("")


class Pages(AsyncOAuthFlow):
    """Bolt's pages; what they store is complete, and in use from then on."""

    def __init__(self, *, slack: Slack, settings: AsyncOAuthSettings, database: Database, clock: Clock) -> None:
        # Bolt would log the code that Slack refused, which is a secret and may still be good.
        unheard = logging.getLogger(f"{__name__}.bolt")
        unheard.setLevel(logging.CRITICAL)
        super().__init__(client=slack.bare_client(), settings=settings, logger=unheard)
        self._slack = slack
        self._database = database
        self._clock = clock
        self.failure_handler = _explain

    async def build_authorize_url(self, state: str, request: AsyncBoltRequest) -> str:
        """Slack's page, for the workspace that the address of ours names, as Slack's own links to it do.

        Bolt would put in whatever stands there, so that anybody's link could ask for other permissions in our name.
        """
        team = request.query.get("team", [""])[0]
        return self.settings.authorize_url_generator.generate(
            state=state, team=team if ids.WORKSPACE.fullmatch(team) else None
        )

    async def run_installation(self, code: str) -> Installation | None:
        """The grant behind a code, or None, which Bolt's failure page tells of.

        The code comes with the address of the page, so it may be anybody's.
        """
        if CODE.fullmatch(code) is None:
            return None
        try:
            installation = await super().run_installation(code)
        except (aiohttp.ClientError, TimeoutError) as error:
            log.warning("Slack can't be asked about an installation: %s", type(error).__name__)
            return None
        if installation is None:
            log.warning("Slack refused an installation; its word for it is counted in maturity_slack_refusals")
        return installation

    async def store_installation(self, request: AsyncBoltRequest, installation: Installation) -> None:
        """Keep the grant with its workspace's address, which permalinks begin with; OAuth's answer lacks it."""
        if installation.is_enterprise_install or installation.team_id is None:
            raise OrganisationError
        if installation.bot_refresh_token or installation.bot_token_expires_at:
            log.warning("an installation is refused: the app has token rotation on, which can't be switched off again; "
                        "make the app anew from `maturity manifest`")  # fmt: skip
            raise RotatingTokenError
        try:
            me = await self._slack.bare_client(installation.bot_token).auth_test()
        except CALL_FAILED as error:
            raise BoltError(_("Slack didn't confirm the installation. Install the app again.")) from error
        installation.set_custom_value(WORKSPACE_URL, str(me.get("url") or ""))
        await super().store_installation(request, installation)
        log.info("workspace %s installed the app", installation.team_id)
        if installation.team_id is not None:
            self._slack.renew(installation.team_id)
            await self._meet(installation.user_id, workspace_id=installation.team_id)

    async def _meet(self, user_id: str, *, workspace_id: str) -> None:
        """Keep who installed the app: an admin as a rule, and the first whom we can tell of a team without manager."""
        try:
            client = await self._slack.client(workspace_id)
            await profiles.meet(client, user_id, workspace_id=workspace_id, database=self._database, now=self._clock())
        except (*CALL_FAILED, WorkspaceUnknownError) as error:
            # The app is installed all the same, and knows them once they use it.
            log.warning("who installed the app isn't known: %s", type(error).__name__)


async def _explain(failed: AsyncFailureArgs) -> BoltResponse:
    """The page for an installation that came to nothing: why, and what to do."""
    refused = isinstance(failed.error, OrganisationError | RotatingTokenError)
    title, why, again = _("The app was not installed"), _why_not(failed.reason, failed.error), _("Begin again")
    page = (
        '<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        "<style>body { max-width: 36em; margin: 3em auto; padding: 0 1em; font: 1em/1.5 sans-serif }</style>"
        f'<title>{title}</title><h1>{title}</h1><p>{html.escape(why)}</p><p><a href="install">{again}</a></p>'
    )
    headers: dict[str, str | Sequence[str]] = {
        "Content-Type": "text/html; charset=utf-8",
        "Set-Cookie": failed.settings.state_utils.build_set_cookie_for_deletion(),
    }
    return BoltResponse(status=400 if refused else failed.suggested_status_code, headers=headers, body=page)


def _why_not(reason: str, error: Exception | None) -> str:
    if isinstance(error, RotatingTokenError):
        return _(
            "This app's tokens rotate: each runs out within hours, and this program doesn't renew them. Whoever runs "
            "it makes the app anew at Slack with token rotation off; then begin again."
        )
    if isinstance(error, OrganisationError):
        return _(
            "It was allowed for a whole organisation, and this app is installed in each workspace by itself. Begin "
            "again, and choose a workspace, not the organisation, on Slack's page."
        )
    sentences = {
        "access_denied": _("It was cancelled on Slack's page, so nothing has changed. If you may not allow apps, ask a "
                           "workspace admin to install it."),
        "invalid_browser": _("Slack's answer came back to another browser than the one that began, or not over "
                             "https://. Begin again, and stay in one browser."),
        "invalid_state": _("Slack's answer came back late, or a second time. Begin again."),
    }  # fmt: skip
    if reason in {"missing_code", "invalid_code", "storage_error"}:
        return _("Slack didn't confirm the installation. Begin again in a minute.")
    # The word comes with the address of this page, so it may be anybody's.
    word = reason if re.fullmatch("[a-z_]{1,40}", reason) else "?"
    return sentences.get(reason) or _("Slack refused it ({reason}). Begin again, or ask a workspace admin.").format(
        reason=word
    )


def sealed_store(settings: Settings, *, database: Database, clock: Clock) -> SealedInstallationStore | None:
    """Where many workspaces' tokens are kept; None where the environment's token serves one. StartError: a bad key."""
    if not settings.many_workspaces:
        return None
    try:
        return SealedInstallationStore(database, keys=settings.encryption_keys, now=clock)
    except ValueError as error:
        raise StartError(str(error)) from error


async def rotate_keys(settings: Settings) -> int:
    """Seal every stored grant with the first key; how many. StartError: a bad key, or a grant that no key opens."""
    database = Database(settings.database_url, limits=settings.database_limits)
    try:
        return await rotate(database, settings.encryption_keys)
    except (ValueError, WrongKeyError) as error:
        raise StartError(str(error)) from error
    finally:
        await database.close()


async def forget_grants(settings: Settings) -> list[str]:
    """Delete the stored grants that no key opens; their workspaces' ids. StartError: a bad key."""
    database = Database(settings.database_url, limits=settings.database_limits)
    try:
        return await forget_sealed(database, settings.encryption_keys)
    except ValueError as error:
        raise StartError(str(error)) from error
    finally:
        await database.close()


def pages(
    settings: Settings, *, slack: Slack, store: SealedInstallationStore | None, database: Database, clock: Clock
) -> Pages | None:
    """The pages; None where the environment's token serves one workspace."""
    if store is None or settings.client_id is None or settings.client_secret is None:
        return None
    return Pages(
        slack=slack,
        database=database,
        clock=clock,
        settings=AsyncOAuthSettings(
            client_id=settings.client_id,
            client_secret=settings.client_secret,
            scopes=sorted(SCOPES),
            authorization_url=settings.authorize_url,
            installation_store=store,
            state_store=StateStore(database, now=clock),
        ),
    )
