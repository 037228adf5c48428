"""Slack's grants, encrypted, and the one-time states on the way to them: the stores that Slack's OAuth flow asks for.

Installations are by workspace. Slack can also install an app for a whole organization (Enterprise Grid); such a grant
belongs to no workspace and is refused.
"""

import json
import logging
import secrets
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from slack_bolt.error import BoltError
from slack_sdk.oauth.installation_store import Bot, Installation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage import workspaces
from storage.engine import Database
from storage.models import Installation as SealedInstallation
from storage.models import OAuthState

VARIABLE = "MATURITY_ENCRYPTION_KEY"
"""Where the keys come from; every error about them names it."""

WORKSPACE_URL = "workspace_url"
"""The custom value of an installation that holds the workspace's address: Slack's own answer to OAuth lacks it."""


MOST_CHECKED = 100
"""Grants that are tried at the start."""


class WrongKeyError(RuntimeError):
    """A stored installation opens with none of the keys."""

    def __init__(self, workspace_id: str) -> None:
        super().__init__(
            f"No key in {VARIABLE} opens the stored installation of workspace {workspace_id}. "
            "Put the key that it was sealed with back, after the newer ones. Where it is lost: `maturity key forget`, "
            "and install the app there again."
        )


class RefusedInstallationError(BoltError):
    """A grant this app can't work with, in a sentence for who installs it.

    A BoltError, since slack_bolt/oauth/async_oauth_flow.py shows its failure page for no other kind.
    """


def new_key() -> str:
    """A key for MATURITY_ENCRYPTION_KEY."""
    return Fernet.generate_key().decode()


def keyring(keys: Sequence[str]) -> MultiFernet:
    """The keys, newest first, ready to seal with the first and to open with any.

    Raises ValueError where there is none, or one is no key; the message repeats nothing of it.
    """
    if not keys:
        raise ValueError(f"{VARIABLE} is empty. `maturity key` prints a key for it.")
    ring: list[Fernet] = []
    for place, key in enumerate(keys, start=1):
        try:
            ring.append(Fernet(key.strip()))
        except ValueError:
            raise ValueError(
                f"{VARIABLE} holds something that is no key, in place {place} of {len(keys)}. "
                "`maturity key` prints one; several are separated by commas, the newest first."
            ) from None
    return MultiFernet(ring)


def bot_token_of(installation: Installation) -> str:
    """The token that the bot calls Slack with; no installation is kept without one."""
    if not installation.bot_token:
        raise RefusedInstallationError("Slack granted no bot token. Check that the app has a bot user and bot scopes.")
    return installation.bot_token


async def rotate(database: Database, keys: Sequence[str]) -> int:
    """Seal every installation again with the newest key; returns how many.

    All or none: WrongKeyError when one of them opens with no key, and nothing is changed.
    """
    ring = keyring(keys)
    async with database.begin() as session:
        rows = (await session.execute(select(SealedInstallation).with_for_update())).scalars().all()
        for row in rows:
            row.sealed = _seal(ring, _open(ring, row))
    return len(rows)


async def forget_sealed(database: Database, keys: Sequence[str]) -> list[str]:
    """Delete the installations that open with no key; the ids of their workspaces, which can install the app again."""
    ring = keyring(keys)
    forgotten = []
    async with database.begin() as session:
        query = select(SealedInstallation).order_by(SealedInstallation.workspace_id).with_for_update()
        for row in (await session.execute(query)).scalars().all():
            try:
                _open(ring, row)
            except WrongKeyError:
                forgotten.append(row.workspace_id)
                await session.delete(row)
    return forgotten


def _workspace_of(grant: Installation | Bot) -> str:
    if grant.is_enterprise_install or grant.team_id is None:
        raise RefusedInstallationError(
            "This app is installed in one workspace at a time, not in a whole organization. "
            "Choose a workspace where Slack asks for the place to install it."
        )
    return grant.team_id


def _seal(ring: MultiFernet, installation: Installation) -> str:
    # `to_dict` would mix the custom values with Slack's own. Instants are the one thing in it that JSON doesn't know.
    document = json.dumps(installation.to_dict_for_copying(), default=datetime.isoformat)
    return ring.encrypt(document.encode()).decode()


def _open(ring: MultiFernet, row: SealedInstallation) -> Installation:
    try:
        document = json.loads(ring.decrypt(row.sealed))
    except InvalidToken:
        raise WrongKeyError(row.workspace_id) from None
    # Whoever can write to the database could otherwise move one workspace's grant to another's row.
    if document["team_id"] != row.workspace_id:
        raise WrongKeyError(row.workspace_id)
    return Installation(**{name: value for name, value in document.items() if value is not None})


class SealedInstallationStore(AsyncInstallationStore):
    """One grant a workspace, the latest, encrypted; each save also brings the workspace's own row up to date.

    `keys` are newest first (ValueError for a bad one). Finding raises WrongKeyError for a grant that no key opens.
    """

    def __init__(self, database: Database, *, keys: Sequence[str], now: Callable[[], datetime]) -> None:
        self._database = database
        self._ring = keyring(keys)
        self._now = now

    @property
    def logger(self) -> logging.Logger:
        return logging.getLogger(__name__)

    async def check_keys(self) -> None:
        """WrongKeyError where our keys open none of the grants: every request would fail, one by one."""
        async with self._database.reading() as session:
            rows = (await session.execute(select(SealedInstallation).limit(MOST_CHECKED))).scalars().all()
        wrong: list[WrongKeyError] = []
        for row in rows:
            try:
                _open(self._ring, row)
            except WrongKeyError as error:
                wrong.append(error)
        if wrong and len(wrong) == len(rows):
            raise wrong[0]

    async def async_save(self, installation: Installation) -> None:
        """Keep a grant and its workspace, in one transaction.

        The workspace's address is the custom value `WORKSPACE_URL`, where it is set; otherwise what was known stays.
        Raises RefusedInstallationError for a whole organization's grant, and for one without a bot.
        """
        workspace_id = _workspace_of(installation)
        bot_token_of(installation)
        async with self._database.begin() as session:
            await self._keep(session, installation, workspace_id=workspace_id)

    async def async_save_bot(self, bot: Bot) -> None:
        """Keep a bot's renewed token in its workspace's grant, or as a grant of its own where there is none."""
        workspace_id = _workspace_of(bot)
        async with self._database.begin() as session:
            row = await self._row(session, workspace_id)
            values = {"user_id": bot.bot_user_id} if row is None else _open(self._ring, row).to_dict_for_copying()
            values |= bot.to_dict_for_copying()
            await self._keep(session, Installation(**values), workspace_id=workspace_id)

    async def async_find_bot(
        self, *, enterprise_id: str | None, team_id: str | None, is_enterprise_install: bool | None = False
    ) -> Bot | None:
        """The workspace's bot."""
        found = await self.async_find_installation(
            enterprise_id=enterprise_id, team_id=team_id, is_enterprise_install=is_enterprise_install
        )
        return None if found is None else found.to_bot()

    async def async_find_installation(
        self,
        *,
        enterprise_id: str | None,  # noqa: ARG002 - Slack's workspace ids are unique across organizations
        team_id: str | None,
        user_id: str | None = None,
        is_enterprise_install: bool | None = False,
    ) -> Installation | None:
        """The workspace's grant; with `user_id`, only where that person gave it."""
        if is_enterprise_install:
            return None
        async with self._database.reading() as session:
            row = None if team_id is None else await session.get(SealedInstallation, team_id)
        if row is None:
            return None
        found = _open(self._ring, row)
        return found if user_id in {None, found.user_id} else None

    async def async_delete_bot(self, *, enterprise_id: str | None, team_id: str | None) -> None:  # noqa: ARG002 - as above
        """Forget the workspace's grant; from now on nothing is sent there."""
        await self._forget(team_id)

    async def async_delete_installation(
        self,
        *,
        enterprise_id: str | None,  # noqa: ARG002 - as above
        team_id: str | None,
        user_id: str | None = None,
    ) -> None:
        """Forget the workspace's grant; with `user_id`, only that person's own token: the bot's stays good."""
        if user_id is None:
            await self._forget(team_id)
            return
        async with self._database.begin() as session:
            row = await self._row(session, team_id)
            if row is None:
                return
            installation = _open(self._ring, row)
            if installation.user_id == user_id:
                installation.user_token = installation.user_refresh_token = installation.user_token_expires_at = None
                installation.user_scopes = None
                row.sealed = _seal(self._ring, installation)

    async def async_delete_all(self, *, enterprise_id: str | None, team_id: str | None) -> None:  # noqa: ARG002 - as above
        """Forget the workspace's grant: the app is uninstalled there."""
        await self._forget(team_id)

    async def _row(self, session: AsyncSession, workspace_id: str | None) -> SealedInstallation | None:
        query = select(SealedInstallation).where(SealedInstallation.workspace_id == workspace_id).with_for_update()
        return (await session.execute(query)).scalar_one_or_none()

    async def _keep(self, session: AsyncSession, installation: Installation, *, workspace_id: str) -> None:
        known = await workspaces.get(session, workspace_id)
        await workspaces.keep(
            session,
            workspace_id=workspace_id,
            name=installation.team_name or (known.name if known else workspace_id),
            url=installation.get_custom_value(WORKSPACE_URL) or (known.url if known else ""),
            bot_user_id=installation.bot_user_id or "",
            bot_id=installation.bot_id or "",
            enterprise_id=installation.enterprise_id,
            now=self._now(),
        )
        await session.merge(SealedInstallation(workspace_id=workspace_id, sealed=_seal(self._ring, installation)))

    async def _forget(self, workspace_id: str | None) -> None:
        if workspace_id is None:
            return
        async with self._database.begin() as session:
            await session.execute(delete(SealedInstallation).where(SealedInstallation.workspace_id == workspace_id))
            await workspaces.revoke(session, workspace_id, now=self._now())


MOST_STATES = 1_000
"""States that are out at a time: whoever opens the page a thousand times makes others wait, and fills nothing."""


class TooManyStatesError(Exception):
    """More people are installing the app than do at a time; nothing was written."""


class StateStore(AsyncOAuthStateStore):
    """The one-time states of the OAuth flow, stored as digests: reading the table gives nobody a valid one.

    `lasting` matches the cookie that Bolt sets beside each state (`state_expiration_seconds`).
    """

    def __init__(
        self, database: Database, *, now: Callable[[], datetime], lasting: timedelta = timedelta(minutes=10)
    ) -> None:
        self._database = database
        self._now = now
        self._lasting = lasting

    @property
    def logger(self) -> logging.Logger:
        return logging.getLogger(__name__)

    async def async_issue(self, *_args: object, **_named: object) -> str:
        """A new state, good once; states that ran out are cleared away."""
        state = secrets.token_urlsafe(32)
        now = self._now()
        async with self._database.reading() as session:
            out = select(func.count()).select_from(OAuthState).where(OAuthState.expires_at > now)
            if (await session.execute(out)).scalar_one() >= MOST_STATES:
                raise TooManyStatesError
        async with self._database.begin() as session:
            await session.execute(delete(OAuthState).where(OAuthState.expires_at <= now))
            session.add(OAuthState(state=_digest(state), expires_at=now + self._lasting))
        return state

    async def async_consume(self, state: str) -> bool:
        """True for the first to bring a state that was issued and hasn't run out."""
        async with self._database.begin() as session:
            used = await session.execute(
                delete(OAuthState).where(OAuthState.state == _digest(state)).returning(OAuthState.expires_at)
            )
            expires_at = used.scalar_one_or_none()
        return expires_at is not None and expires_at > self._now()


def _digest(state: str) -> str:
    return sha256(state.encode()).hexdigest()
