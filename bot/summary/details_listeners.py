"""What stands behind a summary's buttons: its details, more ideas, and the team's action items."""

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
from bot.summary.follow_up_views import action_items
from bot.summary.ideas_views import more_ideas
from bot.summary.views import SummaryCard
from storage.kinds import RoundState


def register(app: AsyncApp) -> None:
    app.action(ids.Do.DETAILS)(show_details)
    app.action(ids.Do.MORE_IDEAS)(show_ideas)
    app.action(ids.Do.FOLLOW_UPS)(show_action_items)


async def show_details(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, services: Services) -> None:
    """Everything of the tapped summary's round that may be told to whoever tapped, as a modal."""
    card = await _card(body, services)
    await modals.open_modal(client, details(card), body, in_flight=services.in_flight)
    await ack()


async def show_ideas(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, services: Services) -> None:
    """The library's actions for the levels that the tapped summary prints, as a modal."""
    card = await _card(body, services)
    await modals.open_modal(client, more_ideas(card), body, in_flight=services.in_flight)
    await ack()


async def show_action_items(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, services: Services) -> None:
    """What the team has taken on by now, and what it ended since the summary before the tapped one, as a modal."""
    card = await _card(body, services)
    await modals.open_modal(client, action_items(card.follow_ups, today=card.day), body, in_flight=services.in_flight)
    await ack()


async def _card(body: dict[str, Any], services: Services) -> SummaryCard:
    """The tapped summary as whoever tapped may read it now."""
    async with services.database.reading() as session:
        closed, team = await resolve_team.round_tapped(
            session, body, to=Power.SUMMARY, state=RoundState.CLOSED, held=False
        )
        reader, now = body["user"]["id"], services.clock()
        return card_of(await result.of(session, closed, reader=reader, rubrics=services.rubrics, now=now), team)
