"""The Bolt app: verified requests led to the listeners with what they need."""

from collections.abc import Awaitable, Callable
from dataclasses import fields
from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp, AsyncBoltContext
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.access import acquaintance, profiles, roles
from bot.kit.i18n import _
from bot.kit.settings import Settings
from bot.program import listeners
from bot.slack import error_answers, ids
from bot.slack.error_sentences import not_installed, sentence_of
from bot.slack.services import Services

VERIFIED = "socket_mode"
"""Bolt's mode for requests that somebody else vouches for; ours all come so, from dispatch.py."""


def create(settings: Settings, services: Services) -> AsyncApp:
    """The app, to be asked through a Dispatcher, which vouches for what it brings.

    `process_before_response`: a listener runs to its end before Slack is answered, so "acknowledged" can mean
    "committed"; what need not come first goes to `in_flight`.
    """

    # Bolt hands over arguments by name, and takes a method's `self` for one of them: hence functions.
    async def authorize(enterprise_id: str | None, team_id: str | None, user_id: str | None) -> AuthorizeResult | None:
        return await services.slack.authorize(enterprise_id=enterprise_id, team_id=team_id, user_id=user_id)

    async def answer_fault(
        error: Exception, request: AsyncBoltRequest, context: AsyncBoltContext, body: dict[str, Any]
    ) -> BoltResponse:
        if request.mode != VERIFIED:
            # Bolt also brings what its own check of a signature raised, with a body that is anybody's.
            return BoltResponse(status=401, body="")
        sentence = sentence_of(error)
        if isinstance(error, roles.NoFullMemberError):
            if error.is_full_member is False:
                await _asks_slack(context, body, services)
        elif isinstance(error, roles.NotAllowedError) and await _asks_slack(context, body, services):
            sentence += " " + _("I have just asked Slack whether you are an admin: if you are, try again.")
        return error_answers.tell(sentence, body=body, client=context.client, services=services)

    app = AsyncApp(
        name="maturity",
        signing_secret=settings.signing_secret or "",
        authorize=authorize,  # type: ignore[arg-type] # None is Bolt's "not installed"
        client=services.slack.bare_client(),
        process_before_response=True,
        user_facing_authorize_error_message=not_installed(),
    )
    given = {field.name: getattr(services, field.name) for field in fields(services)} | {"services": services}

    @app.middleware
    async def provide(context: AsyncBoltContext, body: dict[str, Any], next: Callable[[], Awaitable[None]]) -> None:  # noqa: A002 - Bolt's name
        for name, service in given.items():
            context[name] = service
        if context.client is not None:
            # Bolt's own adds the workspace to every call, which no method of ours takes, and its refusals go unheard.
            context["client"] = services.slack.bare_client(context.client.token)
            context["respond"] = services.slack.respond(context.response_url)
            await acquaintance.meet(body, context["client"], services)
            await acquaintance.require_asker(body, context["client"], services)
        await next()

    listeners.register(app)
    app.error(answer_fault)
    return app


async def _asks_slack(context: AsyncBoltContext, body: dict[str, Any], services: Services) -> bool:
    """Have Slack say who was refused, beside the answer, where it didn't lately; a command tried again by itself."""
    user_id = (body.get("user") or {}).get("id")
    if user_id is None:
        return False
    workspace_id, now = ids.workspace_of(body), services.clock()
    async with services.database.reading() as session:
        if await roles.is_known(session, workspace_id=workspace_id, user_id=user_id, now=now):
            return False
    services.in_flight.start(
        profiles.meet(context.client, user_id, workspace_id=workspace_id, database=services.database, now=now)
    )
    return True
