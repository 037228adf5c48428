"""Slack's Web API, one client a workspace over one set of connections, and whose workspace a request is about."""

import logging
import re
import time
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from urllib.parse import urlsplit

import aiohttp
from slack_bolt.async_app import AsyncRespond
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.kit.clock import Clock
from bot.kit.errors import OutOfReachError, StartError
from bot.kit.metrics import Metrics
from bot.kit.settings import Settings
from bot.slack.calls import (
    NONE,
    UPLOAD,
    Client,
    Patience,
    Refusal,
    outcome_of,
    refusal_of,
    verdict_on,
    word_of,
)
from bot.slack.response_urls import Respond
from bot.slack.verdicts import Verdict
from storage import workspaces
from storage.engine import Database
from storage.installations import SealedInstallationStore
from storage.models import Workspace

log = logging.getLogger(__name__)

TIMEOUT = 10.0
"""Seconds a call to Slack may take. Long enough for a slow day, short enough for a lease."""

ANSWERED_AT = re.compile(r"https://hooks\.(?P<of>slack(?:-gov)?\.com)/(?:actions|commands)/[A-Za-z0-9/_-]+")
"""Where taps and commands are answered. Webhooks and workflows, which are somebody's own, are beside them."""

NOT_ROTATING = (
    "Make the app anew from `maturity manifest`, without token rotation, which can't be switched off again, and "
    "install that one."
)
"""What to do where tokens run out within hours, which this program doesn't renew."""

TOKEN_KEPT = timedelta(minutes=1)
"""How long a stored token is used without looking whether there is a newer one."""


class WorkspaceUnknownError(Exception):
    """No token for this workspace: the app isn't installed there, or no longer."""


class Slack:
    """Clients by workspace. Opened with `await slack.open()`, closed with `await slack.close()`."""

    def __init__(
        self,
        settings: Settings,
        *,
        database: Database,
        clock: Clock,
        store: SealedInstallationStore | None,
        metrics: Metrics | None = None,
    ) -> None:
        self._settings = settings
        self._metrics = metrics
        self._database = database
        self._clock = clock
        self._store = store
        self._session: aiohttp.ClientSession | None = None
        self._clients: dict[str, tuple[Client, datetime]] = {}
        self._workspaces: dict[str, Workspace] = {}

    async def open(self) -> None:
        """Make ready to call Slack; StartError where it refuses our token."""
        # An injected session brings its own timeout: the client's is not applied to it.
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=TIMEOUT))
        if self._settings.bot_token is not None:
            await self._introduce(self._settings.bot_token)
        async with self._database.reading() as session:
            for workspace in await workspaces.active(session):
                self._workspaces[workspace.id] = workspace

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    def bare_client(self, token: str | None = None, *, patience: Patience = NONE) -> Client:
        """A client on our connections, whose refusals are counted, and our own mistakes logged."""
        return Client(
            token=token,
            base_url=self._settings.slack_api_url,
            timeout=int(TIMEOUT),
            session=self._session,
            proxy=self._settings.proxies.to(self._settings.slack_api_url),
            hear=self._hear,
            watch=self._watch,
            patience=patience,
        )

    def _watch(self, method: str, outcome: str, seconds: float) -> None:
        if self._metrics is not None:
            self._metrics.called(method, outcome, seconds)
        log.debug("Slack: %s, %s after %.3f s", method, outcome, seconds)

    def _hear(self, refusal: Refusal) -> None:
        if self._metrics is not None:
            self._metrics.slack_refused(refusal.method, word=str(refusal), verdict=refusal.verdict)
        if not refusal.judgement.known:
            log.error("Slack answered %s with a word that isn't known here: %s", refusal.method, refusal)
        elif refusal.verdict is Verdict.BUG:
            log.error("Slack refused %s for what was asked: %s", refusal.method, refusal)

    async def _introduce(self, token: str) -> None:
        """Ask Slack which workspace the environment's token is for, and remember it."""
        try:
            me = await self.bare_client(token).auth_test()
        except SlackApiError as error:
            if verdict_on(error) is Verdict.PASSING:
                raise _unreachable(self._settings.slack_api_url, error) from error
            if word_of(error) == "token_expired":
                raise StartError(
                    f"SLACK_BOT_TOKEN has run out, so the app's tokens rotate (token_expired). {NOT_ROTATING}"
                ) from error
            raise StartError(
                f"SLACK_BOT_TOKEN is refused by Slack ({refusal_of(error)}). Install the app to the "
                "workspace again and copy its bot token."
            ) from error
        except (TimeoutError, aiohttp.ClientError) as error:
            raise _unreachable(self._settings.slack_api_url, error) from error
        async with self._database.begin() as session:
            await workspaces.keep(
                session,
                workspace_id=str(me["team_id"]),
                name=str(me.get("team") or ""),
                url=str(me.get("url") or ""),
                bot_user_id=str(me["user_id"]),
                bot_id=str(me.get("bot_id") or ""),
                enterprise_id=me.get("enterprise_id"),
                now=self._clock(),
            )
        self._clients[str(me["team_id"])] = (self.bare_client(token), datetime.max.replace(tzinfo=UTC))

    async def try_app_token(self, token: str) -> None:
        """StartError where Slack refuses the token of Socket Mode, whose own client would ask again for ever."""
        try:
            await self.bare_client().apps_connections_open(app_token=token)
        except SlackApiError as error:
            if verdict_on(error) is Verdict.PASSING:
                raise _unreachable(self._settings.slack_api_url, error) from error
            raise StartError(
                f"SLACK_APP_TOKEN is refused by Slack ({refusal_of(error)}). Make an app-level token with "
                "the scope connections:write on your app's page and copy it."
            ) from error
        except (TimeoutError, aiohttp.ClientError) as error:
            raise _unreachable(self._settings.slack_api_url, error) from error

    async def workspace(self, workspace_id: str) -> Workspace:
        """The workspace as we know it; WorkspaceUnknownError where we aren't installed."""
        found = self._workspaces.get(workspace_id)
        if found is None:
            async with self._database.reading() as session:
                found = await workspaces.get(session, workspace_id)
            if found is None or found.revoked_at is not None:
                raise WorkspaceUnknownError(workspace_id)
            self._workspaces[workspace_id] = found
        return found

    async def client(self, workspace_id: str) -> Client:
        """A client that acts as us in this workspace; WorkspaceUnknownError where we have no token."""
        client, good_until = self._clients.get(workspace_id, (None, None))
        if client is None or good_until is None or good_until < self._clock():
            client = self.bare_client(await self._stored_token(workspace_id))
            # Another process may take a new installation: its token is looked up again before long.
            self._clients[workspace_id] = (client, self._clock() + TOKEN_KEPT)
        return client

    async def _stored_token(self, workspace_id: str) -> str:
        bot = None
        if self._store is not None:
            bot = await self._store.async_find_bot(enterprise_id=None, team_id=workspace_id)
        if bot is None:
            raise WorkspaceUnknownError(workspace_id)
        return str(bot.bot_token)

    async def authorize(
        self, *, enterprise_id: str | None, team_id: str | None, user_id: str | None
    ) -> AuthorizeResult | None:
        """Bolt's question for each request, answered from memory: a tap costs no call, the first one neither."""
        if team_id is None:
            return None
        try:
            workspace, client = await self.workspace(team_id), await self.client(team_id)
        except WorkspaceUnknownError:
            return None
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=team_id,
            bot_user_id=workspace.bot_user_id,
            bot_id=workspace.bot_id,
            bot_token=client.token,
            user_id=user_id,
        )

    async def upload(self, client: AsyncWebClient, *, filename: str, content: bytes, alt_text: str) -> str:
        """The id of a file whose bytes Slack has now; nobody sees it before its upload is completed.

        Raises aiohttp.ClientError where the bytes weren't taken.
        """
        file_id, url = await self.place_for(client, filename=filename, length=len(content), alt_text=alt_text)
        await self.put(url, content)
        return file_id

    @staticmethod
    async def place_for(client: AsyncWebClient, *, filename: str, length: int, alt_text: str) -> tuple[str, str]:
        """The id of a file to come, and the address that takes its bytes."""
        said = {"alt_txt": alt_text} if alt_text else {}
        slot = await client.files_getUploadURLExternal(filename=filename, length=length, **said)
        return str(slot["file_id"]), str(slot["upload_url"])

    async def put(self, url: str, content: bytes) -> None:
        """Bring a file's bytes to its address."""
        if self._session is None:
            raise RuntimeError("open() first")
        began, outcome = time.perf_counter(), "unanswered"
        try:
            async with self._session.post(url, data=content, proxy=self._settings.proxies.to(url)) as response:
                outcome = outcome_of(response.status)
                response.raise_for_status()
        finally:
            self._watch(UPLOAD, outcome, time.perf_counter() - began)

    def respond(self, url: str | None) -> AsyncRespond:
        """What answers at the address that came with a tap or a command."""
        return Respond(url, proxy=self._settings.proxies.to(url or ""), watch=self._watch)

    def answers_at(self, url: str) -> bool:
        """Whether Slack gives out such an address to answer at; one that came back through a modal may be anybody's."""
        api = urlsplit(self._settings.slack_api_url)
        if api.scheme == "https" and api.hostname in {"slack.com", "slack-gov.com"}:
            answered_at = ANSWERED_AT.fullmatch(url)
            return answered_at is not None and answered_at["of"] == api.hostname
        return url.startswith(f"{api.scheme}://{api.netloc}/")

    def renew(self, workspace_id: str) -> None:
        """Read the workspace and its token anew when they are asked for next: they may have changed."""
        self._workspaces.pop(workspace_id, None)
        if self._store is not None:
            self._clients.pop(workspace_id, None)

    async def still_installed(self, workspace_id: str) -> bool:
        """Ask Slack whether it takes the newest token we hold; if not, stop sending there, in every process.

        An event or a refused call alone doesn't tell: events come late and in any order, and the app may have been
        installed again since, through another process.
        """
        self.renew(workspace_id)
        try:
            await (await self.client(workspace_id)).auth_test()
        except WorkspaceUnknownError:
            return False
        except SlackApiError as error:
            if verdict_on(error) is not Verdict.INSTALLATION:
                return True
        except (aiohttp.ClientError, TimeoutError):
            return True  # nobody knows; the next refusal asks again
        else:
            return True
        self.renew(workspace_id)
        async with self._database.begin() as session:
            await workspaces.revoke(session, workspace_id, now=self._clock())
        log.warning(
            "workspace %s no longer accepts our token, and nothing is sent there: install the app there again "
            "(`maturity doctor` says how)",
            workspace_id,
        )
        return False


def _unreachable(address: str, error: Exception) -> OutOfReachError:
    mend = on_the_way(error) or "Check the network, and SLACK_API_URL if it is set."
    return OutOfReachError(f"Slack ({address}) can't be reached ({word_of(error)}). {mend}")


def on_the_way(error: BaseException) -> str | None:
    """What to do where something between us and Slack is in the way of a call; None where it says nothing of itself."""
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        return (
            "Its certificate isn't trusted: where a proxy opens TLS, name the file of that proxy's certificate "
            "authority in SSL_CERT_FILE."
        )
    if isinstance(error, aiohttp.ClientProxyConnectionError):
        return "The proxy doesn't answer: correct HTTPS_PROXY, or name Slack's hosts in NO_PROXY."
    if isinstance(error, aiohttp.ClientHttpProxyError):
        if error.status == HTTPStatus.PROXY_AUTHENTICATION_REQUIRED:
            return "The proxy asks who we are: write HTTPS_PROXY=http://user:password@host:port."
        return f"The proxy refuses it (HTTP {error.status}): let it through there, or correct HTTPS_PROXY."
    return None
