"""`/maturity ...`: what was typed, led to what answers it."""

import asyncio
import contextlib
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.access import acquaintance, profiles, resolve_team, roles
from bot.access.resolve_team import Asked, Handler
from bot.actions.listeners import show_actions
from bot.admins import audit_listeners
from bot.admins.listeners import show_admins
from bot.check_ins import availability_listeners
from bot.commands import help_views, words
from bot.commands.rubric_views import rubric_text
from bot.exports.listeners import export
from bot.overview.listeners import show_overview, show_summary, show_trend
from bot.privacy.listeners import show_privacy
from bot.rounds.listeners import cancel, close, extend, remind, start
from bot.slack import ids, response_urls, sentences
from bot.slack.blocks import Message
from bot.slack.calls import CALL_FAILED, Patience, pages, patient, refusal_of
from bot.slack.error_sentences import sentence_of
from bot.slack.services import Services
from bot.teams import channels, managing_listeners
from bot.teams.form_listeners import begin, begin_settings

PROFILE_RETRY = Patience(8.0)
"""How long Slack is asked again, in trouble, who somebody is."""
FEW = 20
"""Channels that Slack is asked about one by one; beyond that a list of all is fewer calls."""


ANYONES = frozenset({"help", "rubric", "privacy", "checkin", "away"})
"""Commands that tell nothing, or of nobody but who types them."""
CHECKED_WITHIN = frozenset({"summary", "overview"})
"""Commands that check who asks as the first thing in the one transaction that reads all."""


def register(app: AsyncApp) -> None:
    app.command(ids.COMMAND)(command)


async def command(
    ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond, client: AsyncWebClient, services: Services
) -> None:
    """Answer a typed command, to its typist alone."""
    typed = words.parse(body.get("text") or "")
    asked = resolve_team.read(body, rest=typed.rest, is_quoted=typed.is_quoted)
    if typed.word not in HANDLERS:
        await ack(response_type="ephemeral", **_unknown(typed.word).payload())
        return
    try:
        with services.shares.of(asked.workspace_id, asked.user_id):
            message = await _answer(typed.word, asked, services, client=client)
    except (roles.NotAllowedError, roles.NotKnownError) as error:
        if not await _may_be_otherwise(error, asked, services, met=set()):
            raise
        # Slack knows whether this person is an admin, say; asking takes longer than an answer may.
    else:
        await (ack() if message is None else ack(response_type="ephemeral", **message.payload()))
        return
    await ack()
    services.in_flight.start(_again(typed.word, asked, services, client=client, respond=respond))


async def _answer(word: str, asked: Asked, services: Services, *, client: AsyncWebClient) -> Message | None:
    """What a command is answered; whoever asks is checked before it looks anything up."""
    if word not in ANYONES:
        await acquaintance.meet_again(asked.user_id, client, services, workspace_id=asked.workspace_id)
    if word not in ANYONES | CHECKED_WITHIN:
        async with services.database.reading() as session:
            try:
                await roles.require_asker(session, workspace_id=asked.workspace_id, user_id=asked.user_id)
            except roles.NoFullMemberError as error:
                # The form opens at once, within its time, and asks Slack itself who is at it.
                if word != "setup" or error.is_full_member is False:
                    raise
    return await HANDLERS[word](asked, services)


async def _again(word: str, asked: Asked, services: Services, *, client: AsyncWebClient, respond: AsyncRespond) -> None:
    """Ask Slack what is missing, then answer as if it had been known."""
    message: Message | None
    try:
        message = await _knowing_all(word, asked, services, client=client)
    except Exception as error:  # noqa: BLE001 - the answer was promised: whatever it is, the person is told
        message = sentences.refusal(sentence_of(error))
    if message is not None:
        await response_urls.reply(message, respond=respond, client=client, user_id=asked.user_id)


async def _knowing_all(word: str, asked: Asked, services: Services, *, client: AsyncWebClient) -> Message | None:
    """The answer, once all is known that it rests on: who asks, whom they name, what the teams' channels are called."""
    met = set[str]()
    while True:
        try:
            return await _answer(word, asked, services, client=client)
        except (roles.NotAllowedError, roles.NotKnownError) as error:
            if not await _may_be_otherwise(error, asked, services, met=met):
                raise
            if isinstance(error, resolve_team.NoSuchTeamError) and asked.channel_names is None:
                asked = replace(asked, channel_names=await _channel_names(asked, services, client=client))
                continue
            unknown = error.user_id if isinstance(error, roles.NotKnownError) else asked.user_id
            met.add(unknown)
            await _meet(unknown, asked, services, client=client)


async def _may_be_otherwise(
    error: roles.NotAllowedError | roles.NotKnownError, asked: Asked, services: Services, *, met: set[str]
) -> bool:
    """Whether Slack may say something by which this is no refusal any more."""
    if isinstance(error, roles.NotKnownError):
        return error.user_id not in met
    if isinstance(error, resolve_team.NoSuchTeamError) and asked.channel_names is None and error.may_be_channel:
        return True
    if asked.user_id in met:
        return False
    async with services.database.reading() as session:
        return not await roles.is_known(
            session, workspace_id=asked.workspace_id, user_id=asked.user_id, now=services.clock()
        )


async def _meet(user_id: str, asked: Asked, services: Services, *, client: AsyncWebClient) -> None:
    try:
        await profiles.meet(
            patient(client, PROFILE_RETRY),
            user_id,
            workspace_id=asked.workspace_id,
            database=services.database,
            now=services.clock(),
        )
    except SlackApiError as error:
        if refusal_of(error).code in {"user_not_found", "user_not_visible"}:
            raise roles.NotKnownError(user_id) from error
        raise


async def _channel_names(asked: Asked, services: Services, *, client: AsyncWebClient) -> dict[str, str]:
    """What the channels of the teams are called that this person may know of; those that Slack tells in time."""
    async with services.database.reading() as session:
        known = await resolve_team.known_to(session, workspace_id=asked.workspace_id, user_id=asked.user_id)
    channel_ids = [team.channel_id for team in known]

    async def name_now(channel_id: str) -> str | None:
        with contextlib.suppress(*CALL_FAILED):  # of one: the others are found all the same
            return await channels.name_of(client, channel_id)
        return None

    async def ask() -> dict[str, str]:
        if len(channel_ids) > FEW:
            found = pages(client.conversations_list, "channels", types="public_channel,private_channel")
            return {str(channel["id"]): str(channel["name"]) async for channel in found}
        said = await asyncio.gather(*(name_now(channel_id) for channel_id in channel_ids))
        return {channel_id: name for channel_id, name in zip(channel_ids, said, strict=True) if name is not None}

    about = f"{asked.workspace_id}:{asked.user_id}:{len(channel_ids)}"
    return await services.channel_names.get(about, ask, now=services.clock()) or {}


def _unknown(word: str) -> Message:
    """The command that was probably meant; where none is near, all there are."""
    usages = words.usages()
    meant = words.meant(word, usages)
    if meant is None:
        return help_views.help_text(usages.values(), unknown=word)
    return help_views.probably(word, usages[meant])


async def show_help(asked: Asked, services: Services) -> Message:  # noqa: ARG001 - every answer takes both
    return help_views.help_text(words.usages().values())


async def show_rubric(asked: Asked, services: Services) -> Message:  # noqa: ARG001 - every answer takes both
    return rubric_text(services.rubrics.current)


HANDLERS: dict[str, Handler] = {
    "help": show_help,
    "setup": begin,
    "settings": begin_settings,
    "start": start,
    "close": close,
    "cancel": cancel,
    "checkin": availability_listeners.show_check_ins,
    "actions": show_actions,
    "summary": show_summary,
    "trend": show_trend,
    "overview": show_overview,
    "export": export,
    "pause": managing_listeners.pause,
    "resume": managing_listeners.resume,
    "skip": managing_listeners.skip,
    "extend": extend,
    "remind": remind,
    "away": availability_listeners.be_away,
    "managers": managing_listeners.show_managers,
    "admins": show_admins,
    "rubric": show_rubric,
    "privacy": show_privacy,
    "audit": audit_listeners.show_audit,
}
