"""The buttons that explain a check-in: what the levels mean, and who sees what."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.check_ins import explaining_views
from bot.slack import ids, modals
from bot.slack.services import Services
from rubric import Rubric
from storage import rounds


def register(app: AsyncApp) -> None:
    app.action(ids.Do.EXPLAIN_LEVELS)(explain_levels)
    app.action(ids.Do.EXPLAIN_PRIVACY)(explain_privacy)


async def explain_levels(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, services: Services) -> None:
    """What the levels of the round's model mean; of a round that is gone, those of today's."""
    async with services.database.reading() as session:
        asked = await rounds.get(
            session, ids.number(body["actions"][0].get("value")), workspace_id=ids.workspace_of(body)
        )
        current = services.rubrics.current
        model = await services.rubrics.of(session, asked) if asked is not None else current
    view = explaining_views.levels_meaning(_quoting(model, current))
    await modals.open_modal(client, view, body, in_flight=services.in_flight)
    await ack()


def _quoting(model: Rubric, current: Rubric) -> Rubric:
    """Today's model where it means the same: a round that opened before it quoted its source is explained by it."""
    return current if model.version in current.same_meaning_as else model


async def explain_privacy(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, services: Services) -> None:
    """Who sees what: the button holds what its round opened with, which never changes."""
    privacy, minimum = ids.read_promise(body["actions"][0].get("value"))
    view = explaining_views.how_private(privacy, minimum=minimum)
    await modals.open_modal(client, view, body, in_flight=services.in_flight)
    await ack()
