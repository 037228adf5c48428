"""The details of a summary, behind its button."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.access import resolve_team
from bot.access.roles import Power
from bot.slack import ids, modals
from bot.slack.services import Services
from bot.summary import result
from bot.summary.cards import card_of
from bot.summary.details_views import details
from storage.kinds import RoundState


def register(app: AsyncApp) -> None:
    app.action(ids.Do.DETAILS)(show_details)


async def show_details(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, services: Services) -> None:
    """Everything of the tapped summary's round that may be told to whoever tapped, as a modal."""
    async with services.database.reading() as session:
        closed, team = await resolve_team.round_tapped(
            session, body, to=Power.SUMMARY, state=RoundState.CLOSED, held=False
        )
        card = card_of(await result.of(session, closed, reader=body["user"]["id"], rubrics=services.rubrics), team)
    await modals.open_modal(client, details(card), body, in_flight=services.in_flight)
    await ack()
