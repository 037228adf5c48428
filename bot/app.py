"""The Bolt app: Slack's requests, verified and led to the listeners with what they need."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import fields
from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp, AsyncBoltContext
from slack_bolt.authorization import AuthorizeResult

from bot import access, ids, listeners, modals
from bot.faults import sentence_of
from bot.i18n import _
from bot.in_flight import InFlight
from bot.services import Services
from bot.settings import Settings
from bot.teams import rosters
from bot.views import notices
from bot.views.message import mentions_somebody, without_markup


def create(settings: Settings, services: Services) -> AsyncApp:
    """The app, ready to be asked over HTTP or Socket Mode.

    `process_before_response`: a listener runs to its end before Slack is answered, so "acknowledged" can mean
    "committed"; what need not come first goes to `in_flight`.
    """

    # Bolt hands over arguments by name, and takes a method's `self` for one of them: hence functions.
    async def authorize(enterprise_id: str | None, team_id: str | None, user_id: str | None) -> AuthorizeResult | None:
        return await services.slack.authorize(enterprise_id=enterprise_id, team_id=team_id, user_id=user_id)

    async def answer_fault(error: Exception, context: AsyncBoltContext, body: dict[str, Any]) -> BoltResponse:
        sentence = sentence_of(error)
        if isinstance(error, access.NotAllowedError) and await _asks_slack(context, body, services):
            sentence += " " + _("I have just asked Slack whether you are an admin: if you are, try again.")
        return _say(sentence, context=context, body=body, in_flight=services.in_flight)

    app = AsyncApp(
        name="maturity",
        signing_secret=settings.signing_secret or "",
        authorize=authorize,  # type: ignore[arg-type] # None is Bolt's "not installed"
        client=services.slack.bare_client(),
        process_before_response=True,
        user_facing_authorize_error_message=_(
            "This app isn't installed in your workspace any more. Ask a workspace admin to install it again."
        ),
    )
    given = {field.name: getattr(services, field.name) for field in fields(services)} | {"services": services}

    @app.middleware
    async def provide(context: AsyncBoltContext, next: Callable[[], Awaitable[None]]) -> None:  # noqa: A002 - Bolt's name
        for name, service in given.items():
            context[name] = service
        if context.client is not None:
            # Bolt's own adds the workspace to every call, which no method of ours takes, and its refusals go unheard.
            context["client"] = services.slack.bare_client(context.client.token)
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
        if await access.is_known(session, workspace_id=workspace_id, user_id=user_id, now=now):
            return False
    services.in_flight.start(
        rosters.meet(context.client, user_id, workspace_id=workspace_id, database=services.database, now=now)
    )
    return True


def _say(sentence: str, *, context: AsyncBoltContext, body: dict[str, Any], in_flight: InFlight) -> BoltResponse:
    """The sentence, wherever this kind of request lets a person read one; Slack gets a 200, and repeats nothing."""
    message = notices.refusal(sentence)
    headers: dict[str, str | Sequence[str]] = {"Content-Type": "application/json"}
    if "command" in body:
        return BoltResponse(status=200, headers=headers, body={"response_type": "ephemeral", **message.payload()})
    if body.get("type") == "view_submission":
        view = body.get("view") or {}
        fields = [block for block in view.get("blocks") or [] if block.get("type") == "input"]
        inputs = [block["block_id"] for block in fields if block.get("block_id")]
        if inputs and not mentions_somebody(sentence):
            # At the last field, near the button that was pressed; everything typed stays.
            errors = {inputs[-1]: without_markup(sentence)}
            return BoltResponse(status=200, headers=headers, body={"response_action": "errors", "errors": errors})
        # Beneath a field Slack shows no names of people and channels: those stand on top of the form, which stays.
        above = "push" if inputs else "update"
        shown = {"response_action": above, "view": notices.message_modal(sentence)}
        return BoltResponse(status=200, headers=headers, body=shown)
    if context.response_url is not None and context.client is not None:
        in_flight.start(modals.write(message, body, client=context.client))
    elif body.get("trigger_id") and context.client is not None:
        in_flight.start(modals.show(notices.message_modal(sentence), message, body, client=context.client))
    return BoltResponse(status=200, body="")
