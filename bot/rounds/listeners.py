"""What managers do with a round: start it, remind, extend, close it before its time, cancel it."""

import re
from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.access import resolve_team, roles
from bot.access.resolve_team import Asked
from bot.access.roles import Power
from bot.check_ins import reminders
from bot.check_ins.messages import result_of
from bot.kit.errors import UserError
from bot.kit.i18n import _
from bot.notices import nearly_done
from bot.rounds import lifecycle, starting, views
from bot.slack import ids, modals, sentences, tap_replies
from bot.slack.blocks import Message, escape, local_time
from bot.slack.services import Services
from storage import answers, audit
from storage.kinds import Deed, RoundState
from storage.models import Round, Team

MOST_DAYS = 20
"""Working days that one `/maturity extend` adds at most: a month."""

DAYS = re.compile(r"(?:(?:by|for) )?(?P<number>[+-]?\d+(?:[.,]\d+)?)(?: working)?(?: days?)?")
"""What may stand beside a team's name, a number that can't be as well."""


def register(app: AsyncApp) -> None:
    app.action(ids.Do.START_NOW)(start_now)
    app.action(ids.Do.ASK_CLOSE)(ask_close)
    app.action(ids.Do.CLOSE_NOW)(close_now)
    app.action(ids.Do.ERASE_AND_CLOSE)(erase_and_close)
    app.action(ids.Do.REMIND_NOW)(remind_now)
    app.action(ids.Do.KEEP_OPEN)(keep_open)
    app.action(ids.Do.CANCEL_NOW)(cancel_now)


async def start(asked: Asked, services: Services) -> Message:
    """Open a round now: its roster is read first, then everyone is asked."""
    now = services.clock()
    async with services.database.begin() as session:
        team = await resolve_team.team_asked(session, asked, to=Power.START, held=True)
        return sentences.plain_message(await starting.start_round(session, team, by=asked.user_id, now=now))


async def offer_start(asked: Asked, services: Services) -> Message:
    """What `/maturity start` does at once, behind a button: in a menu it is too easily hit.

    UserError where it must be refused.
    """
    async with services.database.reading() as session:
        team = await resolve_team.team_asked(session, asked, to=Power.START)
        await starting.require_startable(session, team, by=asked.user_id, now=services.clock())
    return views.start_offer(team.name, team_id=team.id)


async def start_now(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, services: Services) -> None:
    """Open a round at once, from the confirmation."""
    user_id = body["user"]["id"]
    async with services.database.begin() as session:
        team = await resolve_team.team_tapped(session, body, to=Power.START, held=True)
        said = await starting.start_round(session, team, by=user_id, now=services.clock())
    await ack()
    message = sentences.plain_message(said)
    services.in_flight.start(
        modals.change(
            client, sentences.done_modal(message, title=_("Start a round")), reader=user_id, view_id=body["view"]["id"]
        )
    )
    if tap_replies.is_over_home(body):
        tap_replies.publish_home_later(services, body)


async def remind(asked: Asked, services: Services) -> Message:
    """Remind who hasn't finished; it counts as one of the two reminders of each."""
    now = services.clock()
    async with services.database.begin() as session:
        held, team = await resolve_team.open_round_asked(session, asked, to=Power.REMIND, now=now)
        return await _remind(session, held, team, by=asked.user_id, now=now)


async def remind_now(
    ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond, client: AsyncWebClient, services: Services
) -> None:
    """The same by a button. What it stands in stays, for what else can be done there."""
    user_id, now = body["user"]["id"], services.clock()
    async with services.database.begin() as session:
        held, team = await _open_round_tapped(session, body, to=Power.REMIND, now=now)
        said = await _remind(session, held, team, by=user_id, now=now)
    await ack()
    tap_replies.answer_beside(said, body, title=_("Remind"), respond=respond, client=client, services=services)


async def _open_round_tapped(
    session: AsyncSession, body: dict[str, Any], *, to: Power, now: datetime
) -> tuple[Round, Team]:
    """The open round that a button is about, held; UserError once it is over, and for who may not do this."""
    held, team = await resolve_team.round_tapped(session, body, to=to, state=RoundState.OPEN)
    return roles.require_open(held, team, now=now), team


async def _remind(session: AsyncSession, held: Round, team: Team, *, by: str, now: datetime) -> Message:
    # Told by when a manager last did it, never by whom it reminded: that would tell who has finished.
    before = await audit.last_of_team(session, Deed.REMIND, team, since=held.opened_at)
    again_at = reminders.again_at(team, reminded_at=before) if before is not None else now
    if again_at > now:
        return views.reminded_already(
            team.name, again_at=again_at if again_at < held.closes_at else None, time_zone=team.time_zone
        )
    await reminders.remind_now(session, held, team, now=now)
    await audit.of_team(session, Deed.REMIND, team, by=by, now=now)
    first_at = await reminders.first_at(session, held, team, now=now)
    if first_at <= now:
        return views.reminded(team.name)
    in_time = first_at if first_at < held.closes_at else None
    return views.reminded_later(team.name, first_at=in_time, time_zone=team.time_zone)


async def extend(asked: Asked, services: Services) -> Message:
    """Close the open round later, by a number of working days."""
    now = services.clock()
    async with services.database.begin() as session:
        typed_days, asked = await resolve_team.apart(session, asked, DAYS)
        days = 1 if typed_days is None else _days(typed_days["number"])
        # A name beside a number is a name; what stands alone may have been meant as a number.
        otherwise = _range_of_days() if typed_days is None else ""
        held, team = await resolve_team.open_round_asked(session, asked, to=Power.EXTEND, now=now, otherwise=otherwise)
        return await _extend(session, held, team, days=days, by=asked.user_id, now=now)


async def _extend(session: AsyncSession, held: Round, team: Team, *, days: int, by: str, now: datetime) -> Message:
    await lifecycle.extend_round(session, held, team, days=days, now=now)
    details = audit.Details(closes=held.closes_at)
    await audit.of_team(session, Deed.EXTEND, team, by=by, now=now, details=details)
    closes = local_time(held.closes_at, zone=team.time_zone)
    return sentences.plain_message(
        _("The round of *{team}* is open until {time}. Its check-ins and reminders follow.").format(
            team=escape(team.name), time=closes
        )
    )


def _days(number: str) -> int:
    """How many working days were typed; UserError for what is no such number."""
    if re.fullmatch("[0-9]{1,4}", number) is None or not 1 <= int(number) <= MOST_DAYS:
        raise UserError(_range_of_days())
    return int(number)


def _range_of_days() -> str:
    return _("A round is extended by 1 to {most} working days: `/maturity extend 2`.").format(most=MOST_DAYS)


async def keep_open(
    ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond, client: AsyncWebClient, services: Services
) -> None:
    """Close the open round two working days later."""
    user_id, now = body["user"]["id"], services.clock()
    async with services.database.begin() as session:
        held, team = await _open_round_tapped(session, body, to=Power.EXTEND, now=now)
        said = await _extend(session, held, team, days=lifecycle.DAYS_MORE, by=user_id, now=now)
    await ack()
    tap_replies.answer_tap(said, body, title=_("Keep open"), respond=respond, client=client, services=services)


async def close(asked: Asked, services: Services) -> Message:
    """How far the open round is and what closing it leads to, with a button that does."""
    now = services.clock()
    async with services.database.reading() as session:
        found, team = await resolve_team.open_round_asked(session, asked, to=Power.CLOSE, now=now, held=False)
        return await _close_question(session, found, team)


async def ask_close(
    ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond, client: AsyncWebClient, services: Services
) -> None:
    """The same by a button, as things are by now."""
    async with services.database.reading() as session:
        found, team = await resolve_team.round_tapped(session, body, to=Power.CLOSE, state=RoundState.OPEN, held=False)
        question = await _close_question(session, found, team)
    await ack()
    tap_replies.answer_tap(question, body, respond=respond, client=client, services=services)


async def _close_question(session: AsyncSession, found: Round, team: Team) -> Message:
    return views.close_question(
        team.name,
        await answers.nearness(session, round_id=found.id),
        needed=nearly_done.needed(found),
        minimum=found.minimum,
        closes_at=found.closes_at,
        time_zone=team.time_zone,
        round_id=found.id,
        can_extend=await lifecycle.can_be_kept_open(session, found, team),
    )


async def close_now(
    ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond, client: AsyncWebClient, services: Services
) -> None:
    """Close a round before its time; one that is over, but not closed yet, all the same."""
    await _close_tapped(ack, body, erasing=False, respond=respond, client=client, services=services)


async def erase_and_close(
    ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond, client: AsyncWebClient, services: Services
) -> None:
    """Close a round that has too few answers to show any."""
    await _close_tapped(ack, body, erasing=True, respond=respond, client=client, services=services)


async def _close_tapped(
    ack: AsyncAck,
    body: dict[str, Any],
    *,
    erasing: bool,
    respond: AsyncRespond,
    client: AsyncWebClient,
    services: Services,
) -> None:
    """Close the round, if that still leads to what the button said; else ask once more."""
    user_id, now = body["user"]["id"], services.clock()
    async with services.database.begin() as session:
        found, team = await resolve_team.round_tapped(session, body, to=Power.CLOSE, state=RoundState.OPEN)
        answered, _members = await answers.progress(session, round_id=found.id)
        closes = not found.is_open(now) or erasing is (answered < nearly_done.needed(found))
        if closes:
            await lifecycle.close_round(session, found, now=now)
            await audit.of_team(session, Deed.CLOSE, team, by=user_id, now=now)
            said = views.closed_early(
                team.name,
                await result_of(session, found),
                channel_id=found.channel_id,
                minimum=found.minimum,
                keeps_answers=await answers.keeps_answers(session, round_id=found.id),
            )
        else:
            said = await _close_question(session, found, team)
    await ack()
    if closes:
        services.in_flight.start(services.database.erase_traces())
    tap_replies.answer_tap(said, body, respond=respond, client=client, services=services)


async def cancel(asked: Asked, services: Services) -> Message:
    """What a cancellation would delete, with a button that does it."""
    now = services.clock()
    async with services.database.reading() as session:
        found, team = await resolve_team.open_round_asked(session, asked, to=Power.CANCEL, now=now, held=False)
        answered, members = await answers.progress(session, round_id=found.id)
        return views.cancel_offer(team.name, answered=answered, asked=members, round_id=found.id)


async def cancel_now(
    ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond, client: AsyncWebClient, services: Services
) -> None:
    """End a round without a result; one that is over, but not closed yet, all the same."""
    user_id, now = body["user"]["id"], services.clock()
    async with services.database.begin() as session:
        found, team = await resolve_team.round_tapped(session, body, to=Power.CANCEL, state=RoundState.OPEN)
        await lifecycle.cancel_round(session, found, now=now)
        await audit.of_team(session, Deed.CANCEL, team, by=user_id, now=now)
        said = _("The round of *{team}* is cancelled. Its answers are deleted and there is no summary.").format(
            team=escape(team.name)
        )
    await ack()
    services.in_flight.start(services.database.erase_traces())
    tap_replies.answer_tap(sentences.plain_message(said), body, respond=respond, client=client, services=services)
