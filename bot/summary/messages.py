"""The messages that show a round's result: the summary in its team's channel, its picture, and where it is shared."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from sqlalchemy.ext.asyncio import AsyncSession

from bot.charts.profile import profile_svg
from bot.delivery import notify
from bot.delivery.drafts import Draft, Kind, PictureDraft
from bot.kit.rubrics import Rubrics
from bot.rounds.loading import round_and_team
from bot.slack.blocks import Message
from bot.summary import result
from bot.summary.cards import caption_of, card_of
from bot.summary.readers import EVERYBODY
from bot.summary.views import Picture, SummaryCard, summary
from storage import deliveries, round_messages, rounds, teams
from storage.kinds import NoticeReason, RoundState
from storage.models import Delivery, Round, Team


async def _card(session: AsyncSession, closed: Round, team: Team, rubrics: Rubrics) -> SummaryCard:
    """What a channel may read, with whoever is in it."""
    return card_of(await result.of(session, closed, reader=EVERYBODY, rubrics=rubrics), team)


async def _draw_summary(session: AsyncSession, delivery: Delivery, rubrics: Rubrics, now: datetime) -> Draft | None:  # noqa: ARG001 - what every kind is handed
    found = await round_and_team(session, delivery)
    if found is None or found[0].state is not RoundState.CLOSED:
        return None
    return Draft(summary(await _card(session, *found, rubrics)), channel_id=found[0].channel_id)


async def _summary_sent(
    session: AsyncSession, delivery: Delivery, *, channel_id: str | None, message_ts: str | None, now: datetime
) -> None:
    """Keep where it is, and owe its picture."""
    closed = await rounds.get(session, delivery.round_id or 0, workspace_id=delivery.workspace_id)
    if closed is None:
        return
    # Where it was posted, should its team have moved while it was in the air.
    closed.summary_ts, closed.channel_id = message_ts, channel_id or closed.channel_id
    picture = round_messages.picture(closed, due=now)
    await deliveries.owe(session, workspace_id=delivery.workspace_id, messages=[picture])


async def _summary_failed(session: AsyncSession, delivery: Delivery, *, error: str, now: datetime) -> None:
    team = await teams.get(session, delivery.team_id or 0, workspace_id=delivery.workspace_id)
    if team is not None:
        told = await notify.answerable(session, team)
        await _tell(session, delivery, team, user_ids=told, reason=NoticeReason.SUMMARY_FAILED, error=error, now=now)


async def _tell(
    session: AsyncSession,
    delivery: Delivery,
    team: Team,
    *,
    user_ids: Sequence[str],
    reason: NoticeReason,
    error: str,
    now: datetime,
) -> None:
    round_id = delivery.round_id or 0
    await notify.tell(
        session,
        team,
        user_ids=user_ids,
        reason=reason,
        about=f"{round_id}:{delivery.attempt}:{delivery.id}",
        now=now,
        error=error,
        round_id=round_id,
        channel=delivery.channel_id or "",
    )


async def _draw_picture(session: AsyncSession, delivery: Delivery, rubrics: Rubrics, now: datetime) -> Draft | None:  # noqa: ARG001 - what every kind is handed
    found = await round_and_team(session, delivery)
    if found is None or found[0].summary_ts is None:
        return None
    closed, _team = found
    card = await _card(session, *found, rubrics)
    if card.summary.shows_nothing:
        return None
    return Draft(
        summary(card),
        channel_id=closed.channel_id,
        update_ts=closed.summary_ts,
        picture=PictureDraft(
            round_id=closed.id,
            filename=f"profile-round-{closed.number}.png",
            title=caption_of(card).round_name,
            alt_text=card.alt_text,
            file_id=closed.picture_file_id,
            svg=partial(profile_svg, card.rubric, card.summary, caption_of(card)),
            showing=partial(_with_picture, card),
        ),
    )


def _with_picture(card: SummaryCard, file_id: str) -> Message:
    return summary(replace(card, picture=Picture(file_id=file_id, alt_text=card.alt_text)))


async def _picture_sent(
    session: AsyncSession,
    delivery: Delivery,
    *,
    channel_id: str | None,  # noqa: ARG001 - it stands in the summary
    message_ts: str | None,  # noqa: ARG001
    now: datetime,  # noqa: ARG001
) -> None:
    closed = await rounds.get(session, delivery.round_id or 0, workspace_id=delivery.workspace_id)
    if closed is not None:
        closed.picture_shown = True


async def _draw_share(session: AsyncSession, delivery: Delivery, rubrics: Rubrics, now: datetime) -> Draft | None:  # noqa: ARG001 - what every kind is handed
    found = await round_and_team(session, delivery)
    if found is None:
        return None
    closed, _team = found
    card = await _card(session, *found, rubrics)
    if closed.picture_file_id is not None and closed.picture_shown and closed.channel_id == delivery.channel_id:
        card = replace(card, picture=Picture(file_id=closed.picture_file_id, alt_text=card.alt_text))
    return Draft(summary(card, shared_by=delivery.details.get("by")), channel_id=delivery.channel_id)


async def _share_failed(session: AsyncSession, delivery: Delivery, *, error: str, now: datetime) -> None:
    team = await teams.get(session, delivery.team_id or 0, workspace_id=delivery.workspace_id)
    if team is not None and delivery.details.get("by"):
        by = [str(delivery.details["by"])]
        await _tell(session, delivery, team, user_ids=by, reason=NoticeReason.SHARE_FAILED, error=error, now=now)


SUMMARY = Kind(_draw_summary, sent=_summary_sent, failed=_summary_failed)
PICTURE = Kind(_draw_picture, sent=_picture_sent)
SHARE = Kind(_draw_share, failed=_share_failed)
