"""What admins do to the workspace: say who else is one, and change what holds for every team."""

from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.access import roles
from bot.access.resolve_team import Asked
from bot.admins import views
from bot.inputs import typed
from bot.kit.errors import UserError
from bot.kit.i18n import _
from bot.slack import ids, modals, sentences, tap_replies
from bot.slack.blocks import Message
from bot.slack.services import Services
from bot.teams import managers, named_people
from storage import audit, workspaces
from storage.kinds import Deed


def register(app: AsyncApp) -> None:
    app.action(ids.Do.ADMIN_SETTINGS)(open_settings)
    app.view(ids.View.ADMIN_SETTINGS)(save_settings)


async def show_admins(asked: Asked, services: Services) -> Message:
    """Who is an admin beside Slack's own; or some more, or some less: all who are named, or nobody."""
    word, _blank, rest = asked.rest.partition(" ")
    word, now = typed.key(word), services.clock()
    async with services.database.begin() as session:
        await roles.require_admin(session, workspace_id=asked.workspace_id, user_id=asked.user_id)
        if word not in {"add", "remove"}:
            minimum = await workspaces.minimum_of(session, asked.workspace_id)
            beside = await workspaces.named_admins(session, workspace_id=asked.workspace_id)
            return views.admins(beside, minimum=minimum)
        whom = await named_people.only_people(session, asked, rest, usage=f"admins {word}")
        change = _add if word == "add" else _remove
        with named_people.all_or_nobody(whom):
            said = [await change(session, asked, user_id, now=now) for user_id in whom]
    return sentences.plain_message("\n".join(said))


async def _add(session: AsyncSession, asked: Asked, user_id: str, *, now: datetime) -> str:
    managers.require_full_member(await named_people.known(session, asked, user_id))
    if await workspaces.add_admin(session, workspace_id=asked.workspace_id, user_id=user_id):
        deed, details = Deed.ADMINS_ADD, audit.Details(user=user_id)
        await audit.of_workspace(session, deed, asked.workspace_id, by=asked.user_id, now=now, details=details)
    return _("<@{user}> is an admin here now: they may see and manage every team.").format(user=user_id)


async def _remove(session: AsyncSession, asked: Asked, user_id: str, *, now: datetime) -> str:
    if await workspaces.remove_admin(session, workspace_id=asked.workspace_id, user_id=user_id):
        deed, details = Deed.ADMINS_REMOVE, audit.Details(user=user_id)
        await audit.of_workspace(session, deed, asked.workspace_id, by=asked.user_id, now=now, details=details)
        return _("<@{user}> is no longer an admin here.").format(user=user_id)
    if await workspaces.is_admin(session, workspace_id=asked.workspace_id, user_id=user_id):
        raise UserError(
            _("<@{user}> is an admin of the Slack workspace, which is changed in Slack.").format(user=user_id)
        )
    raise UserError(_("<@{user}> isn't an admin here.").format(user=user_id))


async def open_settings(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, services: Services) -> None:
    """The workspace's settings in a modal, wherever the button stands."""
    workspace_id = ids.workspace_of(body)
    async with services.database.reading() as session:
        await roles.require_admin(session, workspace_id=workspace_id, user_id=body["user"]["id"])
        minimum = await workspaces.minimum_of(session, workspace_id)
    await modals.open_modal(client, views.settings_modal(minimum=minimum), body, in_flight=services.in_flight)
    await ack()


async def save_settings(ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], services: Services) -> None:
    """Keep the smallest group, for the rounds to come."""
    workspace_id, user_id = ids.workspace_of(body), body["user"]["id"]
    minimum = views.read_minimum(view["state"]["values"])
    async with services.database.begin() as session:
        await roles.require_admin(session, workspace_id=workspace_id, user_id=user_id)
        if await workspaces.change_minimum(session, workspace_id, minimum=minimum):
            details = audit.Details(minimum=minimum)
            await audit.of_workspace(
                session, Deed.MINIMUM, workspace_id, by=user_id, now=services.clock(), details=details
            )
    await ack(
        response_action="update",
        view=sentences.message_modal(views.minimum_saved(minimum=minimum), title=_("Settings saved")),
    )
    tap_replies.publish_home_later(services, body)
