"""`/maturity ...`: what was typed, led to what answers it."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot import access, asking, commands, ids, replies
from bot.asking import Asked, Handler
from bot.calls import Patience, patient, refusal_of
from bot.faults import sentence_of
from bot.listeners import action_items, admins, auditing, exports, managing, overview, own, privacy, running, setup
from bot.services import Services
from bot.teams import rosters
from bot.views import help as help_views
from bot.views import notices
from bot.views.message import Message
from bot.views.rubric import rubric_text

PATIENCE = Patience(8.0)
"""How long Slack is asked again, in trouble, who somebody is."""


def register(app: AsyncApp) -> None:
    app.command(ids.COMMAND)(command)


async def command(
    ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond, client: AsyncWebClient, services: Services
) -> None:
    """Answer a typed command, to its typist alone."""
    typed = commands.parse(body.get("text") or "")
    asked = asking.read(body, rest=typed.rest)
    handler = HANDLERS.get(typed.word)
    if handler is None:
        await ack(response_type="ephemeral", **_unknown(typed.word).payload())
        return
    try:
        message = await handler(asked, services)
    except access.NotAllowedError:
        async with services.database.reading() as session:
            is_known = await access.is_known(
                session, workspace_id=asked.workspace_id, user_id=asked.user_id, now=services.clock()
            )
        if is_known:
            raise
        # Slack knows whether this person is an admin; asking takes longer than an answer may.
        unknown = asked.user_id
    except access.NotKnownError as error:
        unknown = error.user_id
    else:
        await (ack() if message is None else ack(response_type="ephemeral", **message.payload()))
        return
    await ack()
    services.in_flight.start(_again(handler, asked, services, unknown=unknown, client=client, respond=respond))


async def _again(
    handler: Handler, asked: Asked, services: Services, *, unknown: str, client: AsyncWebClient, respond: AsyncRespond
) -> None:
    """Ask Slack who this is, then answer as if it had been known."""
    message: Message | None
    try:
        try:
            message = await _knowing(unknown, handler, asked, services, client=client)
        except access.NotKnownError as another:
            # Who asks was looked up; so must be whom they name.
            message = await _knowing(another.user_id, handler, asked, services, client=client)
    except Exception as error:  # noqa: BLE001 - the answer was promised: whatever it is, the person is told
        message = notices.refusal(sentence_of(error))
    if message is not None:
        await replies.reply(message, respond=respond, client=client, user_id=asked.user_id)


async def _knowing(
    user_id: str, handler: Handler, asked: Asked, services: Services, *, client: AsyncWebClient
) -> Message | None:
    try:
        await rosters.meet(
            patient(client, PATIENCE),
            user_id,
            workspace_id=asked.workspace_id,
            database=services.database,
            now=services.clock(),
        )
    except SlackApiError as error:
        if refusal_of(error).code in {"user_not_found", "user_not_visible"}:
            raise access.NotKnownError(user_id) from error
        raise
    return await handler(asked, services)


def _unknown(word: str) -> Message:
    """The command that was probably meant; where none is near, all there are."""
    usages, typed = commands.usages(), commands.unescaped(word)
    meant = commands.meant(word, usages)
    if meant is None:
        return help_views.help_text(usages.values(), unknown=typed)
    return help_views.probably(typed, usages[meant])


async def show_help(asked: Asked, services: Services) -> Message:  # noqa: ARG001 - every answer takes both
    return help_views.help_text(commands.usages().values())


async def show_rubric(asked: Asked, services: Services) -> Message:  # noqa: ARG001 - every answer takes both
    return rubric_text(services.rubrics.current)


HANDLERS: dict[str, Handler] = {
    "help": show_help,
    "setup": setup.begin,
    "settings": setup.begin_settings,
    "start": running.start,
    "close": running.close,
    "cancel": running.cancel,
    "checkin": own.show_check_ins,
    "actions": action_items.show_actions,
    "summary": overview.show_summary,
    "trend": overview.show_trend,
    "overview": overview.show_overview,
    "export": exports.export,
    "pause": managing.pause,
    "resume": managing.resume,
    "skip": managing.skip,
    "extend": running.extend,
    "remind": running.remind,
    "away": own.be_away,
    "managers": managing.show_managers,
    "admins": admins.show_admins,
    "rubric": show_rubric,
    "privacy": privacy.show_privacy,
    "audit": auditing.show_audit,
}
