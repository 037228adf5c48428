"""`/maturity ...`: what was typed, led to what answers it."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot import access, asking, commands, ids, rounds
from bot.asking import Asked
from bot.errors import UserError
from bot.faults import sentence_of
from bot.i18n import _
from bot.listeners import action_items, admins, auditing, exports, managing, overview, own, privacy, results, setup
from bot.schedule import schedules
from bot.services import Services
from bot.slack import refusal_of
from bot.teams import rosters
from bot.views import help as help_views
from bot.views import notices
from bot.views.message import Message, escape, local_time
from bot.views.rubric import rubric_text
from storage import audit
from storage import rounds as stored_rounds
from storage.kinds import Deed

Answer = Callable[[Asked, Services], Awaitable[Message | None]]


def register(app: AsyncApp) -> None:
    app.command(ids.COMMAND)(command)


async def command(
    ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond, client: AsyncWebClient, services: Services
) -> None:
    """Answer a typed command, to its typist alone."""
    typed = commands.parse(body.get("text") or "")
    asked = asking.read(body, rest=typed.rest)
    answer = ANSWERS.get(typed.word)
    if answer is None:
        await ack(response_type="ephemeral", **_unknown(typed.word).payload())
        return
    try:
        message = await answer(asked, services)
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
    services.in_flight.start(_again(answer, asked, services, unknown=unknown, client=client, respond=respond))


async def _again(
    answer: Answer, asked: Asked, services: Services, *, unknown: str, client: AsyncWebClient, respond: AsyncRespond
) -> None:
    """Ask Slack who this is, then answer as if it had been known."""
    message: Message | None
    try:
        try:
            message = await _knowing(unknown, answer, asked, services, client=client)
        except access.NotKnownError as another:
            # Who asks was looked up; so must be whom they name.
            message = await _knowing(another.user_id, answer, asked, services, client=client)
    except Exception as error:  # noqa: BLE001 - the answer was promised: whatever it is, the person is told
        message = notices.refusal(sentence_of(error))
    if message is not None:
        await respond(response_type="ephemeral", replace_original=False, **message.payload())


async def _knowing(
    user_id: str, answer: Answer, asked: Asked, services: Services, *, client: AsyncWebClient
) -> Message | None:
    try:
        await rosters.meet(
            client, user_id, workspace_id=asked.workspace_id, database=services.database, now=services.clock()
        )
    except SlackApiError as error:
        if refusal_of(error).code in {"user_not_found", "user_not_visible"}:
            raise access.NotKnownError(user_id) from error
        raise
    return await answer(asked, services)


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


async def start(asked: Asked, services: Services) -> Message:
    """Open a round now: its roster is read first, then everyone is asked."""
    now = services.clock()
    async with services.database.begin() as session:
        team = await asking.team_held(session, asked)
        await access.require(session, team, user_id=asked.user_id, to="start")
        return notices.plain_message(await rounds.start_round(session, team, by=asked.user_id, now=now))


async def close(asked: Asked, services: Services) -> Message:
    """How far the open round is, with a button that closes it."""
    async with services.database.reading() as session:
        team = await asking.team_meant(session, asked)
        await access.require(session, team, user_id=asked.user_id, to="close")
        found = await stored_rounds.open_of(session, team.id)
        if found is None:
            raise UserError(_("*{team}* has no open round.").format(team=escape(team.name)))
        answered, members = await results.progress_of(session, found)
        return notices.progress(
            team.name,
            answered=answered,
            asked=members,
            closes_at=found.closes_at,
            time_zone=team.time_zone,
            round_id=found.id,
        )


async def cancel(asked: Asked, services: Services) -> Message:
    """What a cancellation would erase, with a button that does it."""
    async with services.database.reading() as session:
        team = await asking.team_meant(session, asked)
        await access.require(session, team, user_id=asked.user_id, to="cancel")
        found = await stored_rounds.open_of(session, team.id)
        if found is None:
            raise UserError(_("*{team}* has no open round.").format(team=escape(team.name)))
        answered, members = await results.progress_of(session, found)
        return notices.cancel_offer(team.name, answered=answered, asked=members, round_id=found.id)


async def pause(asked: Asked, services: Services) -> Message:
    now = services.clock()
    async with services.database.begin() as session:
        team = await asking.team_held(session, asked)
        await access.require(session, team, user_id=asked.user_id, to="pause")
        if not schedules.is_paused(team):
            await audit.of_team(session, Deed.PAUSE, team, by=asked.user_id, now=now)
        schedules.pause(team)
        return notices.plain_message(
            _("*{team}* is paused: no round opens until someone types `/maturity resume`.").format(
                team=escape(team.name)
            )
        )


async def resume(asked: Asked, services: Services) -> Message:
    now = services.clock()
    async with services.database.begin() as session:
        team = await asking.team_held(session, asked)
        await access.require(session, team, user_id=asked.user_id, to="resume")
        if schedules.is_paused(team):
            last_opened = await stored_rounds.last_opened(session, team.id)
            schedules.resume(team, now=now, last_opened=last_opened)
            await audit.of_team(session, Deed.RESUME, team, by=asked.user_id, now=now)
        return setup.next_dates(team, now=now)


async def skip(asked: Asked, services: Services) -> Message:
    """Leave out the next round of the schedule; with `off`, ask all the same."""
    now = services.clock()
    word, name = [*asked.rest.split(maxsplit=1), "", ""][:2]
    async with services.database.begin() as session:
        # A team may be called Off the record.
        taken_back = word.casefold() == "off" and not (name and await asking.is_a_name(session, asked))
        team = await asking.team_held(session, replace(asked, rest=name) if taken_back else asked)
        await access.require(session, team, user_id=asked.user_id, to="skip")
        if team.next_round_at is None:
            raise UserError(_("*{team}* is paused, so there is no next round to skip.").format(team=escape(team.name)))
        skipped, last_opened = team.next_round_at, await stored_rounds.last_opened(session, team.id)
        if taken_back:
            schedules.unskip(team, now=now, last_opened=last_opened)
            return setup.next_dates(team, now=now, before=_("No round is left out any more."))
        schedules.skip_next(team, now=now, last_opened=last_opened)
        await audit.of_team(session, Deed.SKIP, team, by=asked.user_id, now=now, skipped=int(skipped.timestamp()))
        left_out = _("The round of {time} is left out; `/maturity skip off` takes that back.").format(
            time=local_time(skipped, zone=team.time_zone)
        )
        return setup.next_dates(team, now=now, before=left_out)


ANSWERS: dict[str, Answer] = {
    "help": show_help,
    "setup": setup.begin,
    "settings": setup.begin_settings,
    "start": start,
    "close": close,
    "cancel": cancel,
    "checkin": own.show_check_ins,
    "actions": action_items.show_actions,
    "summary": overview.show_summary,
    "trend": overview.show_trend,
    "overview": overview.show_overview,
    "export": exports.export,
    "pause": pause,
    "resume": resume,
    "skip": skip,
    "extend": managing.extend,
    "remind": managing.remind,
    "away": own.be_away,
    "managers": managing.show_managers,
    "admins": admins.show_admins,
    "rubric": show_rubric,
    "privacy": privacy.show_privacy,
    "audit": auditing.show_audit,
}
