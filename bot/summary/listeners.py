"""What managers and members do with results: see the summary, share it, post it again."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.access import resolve_team, roles
from bot.access.resolve_team import Asked
from bot.access.roles import Power
from bot.kit.errors import UserError
from bot.kit.i18n import _
from bot.notices import file_message
from bot.slack import ids, sentences, tap_replies
from bot.slack.blocks import Message, escape
from bot.slack.services import Services
from bot.summary import views
from bot.summary.cards import card_of
from bot.summary.messages import Share, Summary
from bot.summary.requested_picture import SummaryPicture
from bot.summary.result import latest
from bot.summary.views import ShownPicture
from storage import audit, deliveries, rounds
from storage.kinds import Deed, RoundState
from storage.models import Round, Team


def register(app: AsyncApp) -> None:
    app.action(ids.Do.SHARE)(share)
    app.action(ids.Do.POST_AGAIN)(post_again)


async def show_last_summary(asked: Asked, services: Services) -> Message:
    """A team's last summary, to one person alone; managers may share it."""
    async with services.database.reading() as session:
        team = await resolve_team.team_meant(session, asked)
        found = await summary_of(session, team, asked=asked, services=services)
    return await with_picture(asked, found, services)


@dataclass(frozen=True, slots=True)
class Found:
    """A summary for one person."""

    message: Message
    unpictured: Round | None = None
    """The round whose picture the message can't show, and says that it follows."""


async def with_picture(asked: Asked, found: Found, services: Services) -> Message:
    """The summary; a picture that it can't show is owed as a file."""
    if found.unpictured is not None:
        async with services.database.begin() as session:
            picture = SummaryPicture(
                workspace_id=asked.workspace_id,
                key=SummaryPicture.key_of(asked.user_id, request=asked.trigger_id),
                user_id=asked.user_id,
                team_id=found.unpictured.team_id,
                round=found.unpictured.id,
            )
            await file_message.owe(session, picture, now=services.clock())
    return found.message


async def summary_of(session: AsyncSession, team: Team, *, asked: Asked, services: Services) -> Found:
    """A team's last summary as this person may see it; NotAllowedError for who may not."""
    standing = await roles.require(session, team, user_id=asked.user_id, to=Power.SUMMARY, seen=asked.seen)
    result = await latest(session, team.id, reader=asked.user_id, rubrics=services.rubrics, now=services.clock())
    if result is None:
        return Found(await no_summary_yet(session, team, now=services.clock()))
    card = card_of(result, team)
    closed = result.closed
    # The picture in the channel is for everybody there: of a named round it shows less than its reader may see.
    is_for_all = result.names is None
    if is_for_all and closed.picture_shown and closed.picture_file_id is not None:
        card = replace(card, picture=ShownPicture(closed.picture_file_id, card.alt_text))
    elif not card.summary.shows_nothing:
        card = replace(card, picture_follows=True)
    # A direct message has nobody to share with, and a group's is no team's channel.
    may_share = standing.may(Power.SHARE) and not asked.is_direct
    message = views.summary(card, share_value=str(closed.id) if may_share else None)
    return Found(message, unpictured=closed if card.picture_follows else None)


async def no_summary_yet(session: AsyncSession, team: Team, *, now: datetime) -> Message:
    """What is said of a team before its first close; UserError in the moment before that."""
    found = await rounds.open_of(session, team.id)
    if found is not None and not found.is_open(now):
        raise roles.is_over(team)
    return views.no_summary_yet(
        team.name,
        time_zone=team.time_zone,
        closes_at=found.closes_at if found is not None else None,
        next_round_at=team.next_round_at,
    )


async def _note(
    session: AsyncSession,
    deed: Deed,
    team: Team,
    body: dict[str, Any],
    services: Services,
    *,
    details: audit.Details = audit.NO_DETAILS,
) -> None:
    """Write down what was done to a team by whom."""
    await audit.of_team(session, deed, team, by=body["user"]["id"], now=services.clock(), details=details)


async def share(
    ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond, client: AsyncWebClient, services: Services
) -> None:
    """Post a summary into the channel in which it was looked at; from Home into its team's as it is now."""
    looked_at = ids.channel_of(body)
    async with services.database.begin() as session:
        found, team = await resolve_team.round_tapped(session, body, to=Power.SHARE, state=RoundState.CLOSED)
        channel_id = str(looked_at or team.channel_id)
        # One look shares once, however often its button is tapped, or Slack sends the request.
        shared = Share.into(found, channel_id, by=body["user"]["id"], look=_look(body)).row(due=services.clock())
        new = await deliveries.owe(session, workspace_id=found.workspace_id, messages=[shared])
        if new:
            await _note(session, Deed.SHARE, team, body, services, details=audit.Details(channel=channel_id))
        said = _("Shared the summary of *{team}*.").format(team=escape(team.name))
    await ack()
    tap_replies.answer_tap(sentences.plain_message(said), body, respond=respond, client=client, services=services)


def _look(body: dict[str, Any]) -> str:
    """What tells one look at a summary from another: the message or the modal that shows it."""
    view, container = body.get("view") or {}, body.get("container") or {}
    return str(view.get("id") or container.get("message_ts") or body["actions"][0]["action_ts"])


async def post_again(
    ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond, client: AsyncWebClient, services: Services
) -> None:
    """Post a summary that failed, or may have, into its team's channel as it is now."""
    async with services.database.begin() as session:
        found, team = await resolve_team.round_tapped(session, body, to=Power.SHARE, state=RoundState.CLOSED)
        found.channel_id = team.channel_id
        again = await deliveries.owe_failed_again(
            session, workspace_id=found.workspace_id, key=Summary.of(found).key, due=services.clock()
        )
        if not again:
            raise UserError(
                _("The summary of *{team}* is in <#{channel}>, or on its way there.").format(
                    team=escape(team.name), channel=team.channel_id
                )
            )
        await _note(session, Deed.POST_AGAIN, team, body, services)
        said = _("Posting the summary of *{team}* to <#{channel}> again.").format(
            team=escape(team.name), channel=team.channel_id
        )
    await ack()
    tap_replies.answer_tap(sentences.plain_message(said), body, respond=respond, client=client, services=services)
