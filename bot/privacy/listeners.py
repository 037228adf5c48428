"""`/maturity privacy`: what is stored about whoever asks, exported and erased at their word."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.access.resolve_team import Asked
from bot.notices import file_message
from bot.privacy import erasing, views
from bot.privacy.my_data import MyData
from bot.slack import ids, modals, response_urls
from bot.slack.blocks import Message
from bot.slack.services import Services
from storage import deliveries, privacy, workspaces


def register(app: AsyncApp) -> None:
    app.action(ids.Do.EXPORT_MY_DATA)(export_my_data)
    app.action(ids.Do.ERASE_MY_DATA)(ask_before_erasing)
    app.view(ids.View.ERASE)(erase_my_data)


async def show_privacy(asked: Asked, services: Services) -> Message:
    """The rules, and what is stored about whoever asks."""
    async with services.database.reading() as session:
        minimum = await workspaces.minimum_of(session, asked.workspace_id)
        stored = await privacy.about(session, workspace_id=asked.workspace_id, user_id=asked.user_id)
    return views.privacy_text(minimum=minimum, stored=stored, messages_kept=deliveries.KEPT.days)


async def export_my_data(
    ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond, client: AsyncWebClient, services: Services
) -> None:
    """Owe a file with all of it."""
    async with services.database.begin() as session:
        wanted = MyData(
            workspace_id=ids.workspace_of(body),
            key=MyData.key_of(body["user"]["id"], request=str(body["actions"][0]["action_ts"])),
            user_id=body["user"]["id"],
        )
        await file_message.owe(session, wanted, now=services.clock())
    await ack()
    message = views.on_its_way()
    services.in_flight.start(response_urls.reply(message, respond=respond, client=client, user_id=body["user"]["id"]))


async def ask_before_erasing(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, services: Services) -> None:
    """Say what goes and what stays."""
    await modals.open_modal(client, views.erasing(), body, in_flight=services.in_flight)
    await ack()


async def erase_my_data(ack: AsyncAck, body: dict[str, Any], services: Services) -> None:
    """Erase it, out of the database's files as well."""
    async with services.database.begin() as session:
        await erasing.erase(
            session, workspace_id=ids.workspace_of(body), user_id=body["user"]["id"], now=services.clock()
        )
    await ack(response_action="update", view=views.erased())
    services.in_flight.start(services.database.erase_traces())
