"""What happens to the workspace: uninstalled, tokens revoked, people changed; and whatever nobody else answers."""

import logging
import re
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp

from bot.access.profiles import profile
from bot.home import listeners
from bot.kit.clock import Clock
from bot.slack import ids
from bot.slack.client import Slack
from bot.slack.ids import UnreadableError
from bot.slack.in_flight import InFlight
from bot.teams import channel_events, managers
from storage import people
from storage.engine import Database

log = logging.getLogger(__name__)

EVENTS = ("app_uninstalled", "tokens_revoked", "user_change", *listeners.EVENTS, *channel_events.EVENTS)
"""The events that we subscribe to; manifest.py asks for them."""

ANYTHING = re.compile(".*", re.DOTALL)


def register(app: AsyncApp) -> None:
    app.event("app_uninstalled")(uninstalled)
    app.event("tokens_revoked")(revoked)
    app.event("user_change")(user_changed)
    # Last of all: Slack tells of everything tapped, also on messages of versions long gone.
    app.action(ANYTHING)(unknown)
    app.view(ANYTHING)(unknown)
    app.event(ANYTHING)(unheard)
    app.middleware(rate_limited)


async def uninstalled(body: dict[str, Any], slack: Slack, in_flight: InFlight) -> None:
    in_flight.start(slack.still_installed(ids.workspace_of(body)))


async def revoked(body: dict[str, Any], event: dict[str, Any], slack: Slack, in_flight: InFlight) -> None:
    """Tokens of single people are none of ours; the bot's is."""
    if (event.get("tokens") or {}).get("bot"):
        in_flight.start(slack.still_installed(ids.workspace_of(body)))


async def user_changed(
    body: dict[str, Any], event: dict[str, Any], database: Database, slack: Slack, clock: Clock
) -> None:
    """Keep what Slack says of people we know: zones, guests, deactivations, admins; and of admins we didn't know.

    Who can't be asked any more keeps what they answered, and gets no more reminders. An admin is told of teams that
    have no manager, also one who never used the app.
    """
    workspace_id, now = ids.workspace_of(body), clock()
    changed = profile(event["user"], await slack.workspace(workspace_id))
    async with database.begin() as session:
        known = await people.get(session, workspace_id=workspace_id, user_id=changed.user_id)
        if known is None and not (changed.is_admin and changed.is_full_member):
            return
        could_be_asked = known is not None and known.is_full_member is not False
        await people.keep(session, workspace_id=workspace_id, profiles=[changed], now=now)
        if could_be_asked and not changed.is_full_member:
            await managers.gone(session, workspace_id=workspace_id, user_id=changed.user_id, now=now)


async def unknown(body: dict[str, Any]) -> None:
    raise UnreadableError(body.get("type") or "")


async def unheard() -> None:
    """An event that we didn't ask for, of an app with another manifest: taken, since Slack counts what fails."""


async def rate_limited(body: dict[str, Any], next: Callable[[], Awaitable[None]]) -> BoltResponse | None:  # noqa: A002 - Bolt's name
    """Slack's word that it leaves out events for a minute, which is no event itself."""
    if "app_rate_limited" not in {body.get("type"), (body.get("event") or {}).get("type")}:
        await next()
        return None
    log.warning(
        "Slack leaves out events to this app for a minute, since there were more than 30,000 in an hour: who joined or "
        "left a channel meanwhile is read before the next round"
    )
    return BoltResponse(status=200, body="")
