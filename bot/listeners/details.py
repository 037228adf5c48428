"""The details of a summary, behind its button."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot import access, ids, modals
from bot.errors import UserError
from bot.i18n import _
from bot.results import summaries
from bot.results.cards import card_of
from bot.services import Services
from bot.views.details import details
from bot.views.message import escape
from storage.kinds import RoundState


def register(app: AsyncApp) -> None:
    app.action(ids.Do.DETAILS)(show_details)


async def show_details(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, services: Services) -> None:
    """Everything that may be told of the round of the tapped summary, as a modal."""
    workspace_id = ids.workspace_of(body)
    async with services.database.reading() as session:
        round_id = ids.number(body["actions"][0].get("value"))
        closed, team = await access.round_of(session, round_id, workspace_id=workspace_id)
        await access.require(session, team, user_id=body["user"]["id"], to="summary")
        if closed.state is not RoundState.CLOSED:
            raise UserError(_("That round of *{team}* has no summary.").format(team=escape(team.name)))
        card = card_of(await summaries.of(session, closed, rubrics=services.rubrics), team)
    await modals.open_modal(client, details(card), body, in_flight=services.in_flight)
    await ack()
